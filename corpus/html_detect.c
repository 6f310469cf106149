/* html_detect.c - whether a source is HTML or XHTML.
 *
 * After a byte-order mark, blanks, comments and an XML declaration comes
 * <!doctype html> or <html>, <head> or <body>. Pages without them, which begin
 * anyhow, are known by their names, unless they are other XML; Markdown may
 * begin with <p> or <div>.
 */
#include "corpus/html_detect.h"

#include "common/input/blank.h"
#include "corpus/file_ending.h"

static bool begins_with(Span text, const char *word)
{
    size_t size = strlen(word);
    return text.size >= size &&
           span_equal_caseless(span_of(text.data, size), span_text(word));
}

/* Skips up to after `end`; all of the text if it is not there. */
static Span skip_to(Span text, const char *end)
{
    size_t size = strlen(end);
    while (text.size && !begins_with(text, end))
        text = span_of(text.data + 1, text.size - 1);
    size_t used = text.size < size ? text.size : size;
    return span_of(text.data + used, text.size - used);
}

/* The text from its first tag on. */
static Span skip_prolog(Span text)
{
    for (;;) {
        text = span_trim(text);
        if (begins_with(text, "<!--")) {
            text = skip_to(text, "-->");
        } else if (begins_with(text, "<?")) {
            text = skip_to(text, "?>");
        } else {
            return text;
        }
    }
}

static bool begins_with_tag(Span text, const char *tag)
{
    size_t size = strlen(tag);
    return begins_with(text, tag) && text.size > size &&
           (byte_is_blank(text.data[size]) || text.data[size] == '>');
}

static bool begins_with_doctype(Span text)
{
    if (!begins_with_tag(text, "<!doctype")) return false;
    size_t size = strlen("<!doctype");
    text = span_trim(span_of(text.data + size, text.size - size));
    return begins_with(text, "html");
}

static bool is_named_html(const char *name)
{
    return name_ends(name, ".html") || name_ends(name, ".htm") ||
           name_ends(name, ".xhtml") || name_ends(name, ".xht") ||
           name_ends(name, ".shtml");
}

/* Whether it is XML without XHTML in it, such as the feeds that mirrors of a
 * site keep as feed/index.html: in HTML all but the first title would be lost.
 */
static bool is_other_xml(Span start)
{
    static const char name[] = "http://www.w3.org/1999/xhtml";
    enum { NEAR_BYTES = 2048 };
    Span text = span_trim(start);
    if (!begins_with(text, "<?xml")) return false;
    if (text.size > NEAR_BYTES) text.size = NEAR_BYTES;
    return skip_to(text, name).size == 0;
}

bool looks_like_html(Span start, const char *name)
{
    Span text = skip_prolog(start);
    if (begins_with_doctype(text) || begins_with_tag(text, "<html") ||
        begins_with_tag(text, "<head") || begins_with_tag(text, "<body"))
        return true;
    return is_named_html(name) && start.size && !is_other_xml(start) &&
           !memchr(start.data, 0, start.size);
}
