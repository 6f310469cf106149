/* encoding_detect.c - the encoding of text, where it is declared or shows. */
#include "common/input/encoding_detect.h"

#include "common/base/utf8.h"
#include "common/base/utf8_clean.h"
#include "common/input/blank.h"
#include "common/input/tags.h"

/* What text would be in one order of UTF-16. */
typedef struct WideText {
    size_t units, ascii, spaces;
    bool is_valid;
} WideText;

/* Letters and line ends; control characters, surrogates without a partner and
 * noncharacters do not occur in text. */
static WideText read_wide(Span text, bool big_endian)
{
    WideText wide = {.units = text.size / 2, .is_valid = true};
    bool after_high = false;
    for (size_t i = 0; i < wide.units && wide.is_valid; i++) {
        const uint8_t *at = text.data + 2 * i;
        unsigned unit = big_endian ? at[0] * 256u + at[1]
                                   : at[1] * 256u + at[0];
        bool is_space = unit == ' ' || (unit >= '\t' && unit <= '\r');
        bool is_low = (unit & 0xfc00) == 0xdc00;
        bool is_control = (unit < ' ' && !is_space) ||
                          (unit >= 0x7f && unit < 0xa0);
        wide.is_valid = is_low == after_high && !is_control && unit < 0xfffe;
        after_high = (unit & 0xfc00) == 0xd800;
        wide.ascii += unit < 0x100;
        wide.spaces += is_space;
    }
    return wide;
}

/* Latin text is full of zeros; in other scripts only blanks and line ends have
 * one, and a short piece of any binary file could be read as such. */
static bool is_plausible(const WideText *wide, const WideText *other)
{
    enum { MIN_UNITS = 4, MIN_FOREIGN_UNITS = 64 };
    if (!wide->is_valid || wide->units < MIN_UNITS) return false;
    if (other->is_valid && other->ascii >= wide->ascii) return false;
    if (wide->ascii >= wide->units - wide->units / 4) return true;
    return wide->units >= MIN_FOREIGN_UNITS && wide->spaces && !other->is_valid;
}

const Encoding *encoding_of_zeros(Span start, bool is_whole)
{
    if (!start.size || !memchr(start.data, 0, start.size)) return NULL;
    if (is_whole && start.size % 2) return NULL;
    WideText little = read_wide(start, false), big = read_wide(start, true);
    if (is_plausible(&little, &big)) return encoding_of_kind(ENCODING_UTF16LE);
    if (is_plausible(&big, &little)) return encoding_of_kind(ENCODING_UTF16BE);
    return NULL;
}

/* Whether the text begins so, after blanks; leaves what comes after it. */
static bool skip_word(Span *text, const char *word)
{
    size_t size = strlen(word);
    *text = span_trim(*text);
    if (text->size < size ||
        !span_equal_caseless(span_of(text->data, size), span_text(word)))
        return false;
    *text = span_of(text->data + size, text->size - size);
    return true;
}

/* The value after "=", in quotes or up to a blank or semicolon. */
static Span take_value(Span text)
{
    if (!skip_word(&text, "=")) return (Span){0};
    text = span_trim(text);
    bool is_quoted = text.size && (*text.data == '"' || *text.data == '\'');
    uint8_t quote = is_quoted ? *text.data : 0;
    if (is_quoted) text = span_of(text.data + 1, text.size - 1);
    size_t size = 0;
    while (size < text.size &&
           (is_quoted ? text.data[size] != quote
                      : !byte_is_blank(text.data[size]) &&
                            text.data[size] != ';' && text.data[size] != '?'))
        size++;
    return span_of(text.data, size);
}

/* The value of the first `name=` in the text. */
static Span find_value(Span text, const char *name)
{
    size_t size = strlen(name);
    for (; text.size > size; text = span_of(text.data + 1, text.size - 1)) {
        if (!span_equal_caseless(span_of(text.data, size), span_text(name)))
            continue;
        Span value = take_value(span_of(text.data + size, text.size - size));
        if (value.size) return value;
    }
    return (Span){0};
}

/* <?xml version="1.0" encoding="iso-8859-1"?> */
static const Encoding *declared_by_xml(Span start)
{
    if (!skip_word(&start, "<?xml")) return NULL;
    const uint8_t *end = start.size ? memchr(start.data, '>', start.size)
                                    : NULL;
    if (!end) return NULL;
    Span inside = span_of(start.data, (size_t)(end - start.data));
    return encoding_find(find_value(inside, "encoding"));
}

/* <meta charset="latin1">, or <meta http-equiv=content-type
 * content="text/html; charset=latin1"> */
static const Encoding *declared_by_tag(const Tag *tag)
{
    Span value, content;
    if (tag_attribute(tag, "charset", &value)) return encoding_find(value);
    if (!tag_attribute(tag, "http-equiv", &value) ||
        !span_equal_caseless(span_trim(value), span_text("content-type")) ||
        !tag_attribute(tag, "content", &content))
        return NULL;
    return encoding_find(find_value(content, "charset"));
}

static const Encoding *declared_by_meta(Span start)
{
    Tag tag;
    const Encoding *found = NULL;
    for (size_t at = 0; !found && tag_next(start, at, &tag); at = tag.end) {
        if (tag_is(&tag, "body")) break;
        if (!tag.closes && tag_is(&tag, "meta")) found = declared_by_tag(&tag);
    }
    return found;
}

const Encoding *encoding_declared(Span start, bool is_html)
{
    enum { NEAR_BYTES = 64 * 1024 };
    if (start.size > NEAR_BYTES) start.size = NEAR_BYTES;
    const Encoding *found = is_html ? declared_by_meta(start) : NULL;
    if (!found) found = declared_by_xml(start);
    bool is_wide = found && (found->kind == ENCODING_UTF16LE ||
                             found->kind == ENCODING_UTF16BE);
    return is_wide ? encoding_of_kind(ENCODING_UTF8) : found;
}

/* Without the character that is cut off at its end. */
static Span without_tail(Span text)
{
    size_t tail = 0;
    while (tail < 3 && tail < text.size &&
           (text.data[text.size - 1 - tail] & 0xc0) == 0x80)
        tail++;
    if (tail < text.size && text.data[text.size - 1 - tail] >= 0xc0)
        text.size -= tail + 1;
    return text;
}

bool encoding_is_utf8(Span text, bool is_whole)
{
    if (!is_whole) text = without_tail(text);
    if (utf8_is_clean(text)) return true;
    const uint8_t *at = text.data, *end = at + text.size;
    size_t valid = 0, invalid = 0, size;
    for (; at < end; at += size) {
        uint32_t code_point = utf8_decode(at, end, &size);
        if (*at < 0x80) continue;
        /* U+FFFD itself has three bytes that begin with EF. */
        bool is_bad = code_point == UTF8_REPLACEMENT &&
                      !(size == 3 && *at == 0xef);
        invalid += is_bad ? size : 0;
        valid += !is_bad;
    }
    return invalid <= valid;
}
