/* tags.c - tags of TREC documents and topics. */
#include "common/input/tags.h"

#include "common/base/utf8_clean.h"
#include "common/input/blank.h"
#include "common/input/entities.h"

static size_t comment_end(Span markup, size_t start)
{
    for (size_t end = start + 4;;) {
        end = span_find(markup, end, '>') + 1;
        if (end > markup.size) return markup.size;
        if (!memcmp(markup.data + end - 3, "-->", 3)) return end;
    }
}

/* The end of the comment, declaration or processing instruction (<! or <?) at
 * `start`, or 0. An unclosed comment extends to the end of the markup, as in
 * HTML. */
static size_t declaration_end(Span markup, size_t start)
{
    if (start + 4 > markup.size) return 0;
    const uint8_t *at = markup.data + start;
    if (!memcmp(at, "<!--", 4)) return comment_end(markup, start);
    if ((at[1] != '!' && at[1] != '?') || !byte_is_letter(at[2])) return 0;
    size_t end = start + 2;
    while (end < markup.size && markup.data[end] != '<') {
        if (markup.data[end++] == '>') return end;
    }
    return 0;
}

/* The end of the <![CDATA[ ... ]]> at `start`, or 0. An unclosed one extends to
 * the end of the markup. */
static size_t character_data_end(Span markup, size_t start)
{
    static const char begin[] = "<![CDATA[";
    size_t size = sizeof begin - 1;
    if (markup.size - start < size ||
        memcmp(markup.data + start, begin, size) != 0)
        return 0;
    for (size_t end = start + size;;) {
        end = span_find(markup, end, '>') + 1;
        if (end > markup.size) return markup.size;
        if (!memcmp(markup.data + end - 3, "]]>", 3)) return end;
    }
}

/* Reads the tag at `start`, which is a <; false if it is a lone <. */
static bool read_tag(Span markup, size_t start, Tag *out)
{
    const uint8_t *bytes = markup.data;
    size_t at = start + 1;
    bool closes = at < markup.size && bytes[at] == '/';
    if (closes) at++;
    if (at >= markup.size || !byte_is_letter(bytes[at])) return false;
    size_t name = at;
    while (at < markup.size && bytes[at] != '<' && bytes[at] != '>' &&
           bytes[at] != '/' && !byte_is_blank(bytes[at]))
        at++;
    size_t name_end = at;
    while (at < markup.size && bytes[at] != '<' && bytes[at] != '>') at++;
    if (at == markup.size || bytes[at] != '>') return false;
    *out = (Tag){.name = span_of(bytes + name, name_end - name),
                 .attributes = span_of(bytes + name_end, at - name_end),
                 .closes = closes,
                 .start = start,
                 .end = at + 1};
    return true;
}

bool tag_next(Span markup, size_t from, Tag *out)
{
    *out = (Tag){0};
    for (;;) {
        size_t start = span_find(markup, from, '<');
        if (start == markup.size) return false;
        size_t skipped = character_data_end(markup, start);
        if (!skipped) skipped = declaration_end(markup, start);
        if (!skipped && read_tag(markup, start, out)) return true;
        from = skipped ? skipped : start + 1;
    }
}

bool tag_is(const Tag *tag, const char *name)
{
    return span_equal_caseless(tag->name, span_text(name));
}

/* Reads `name = "value"` at the front of *rest; false at the end. */
static bool next_attribute(Span *rest, Span *name, Span *value)
{
    *rest = span_trim(*rest);
    size_t at = 0;
    while (at < rest->size && rest->data[at] != '=' &&
           !byte_is_blank(rest->data[at]))
        at++;
    *name = span_of(rest->data, at);
    *value = (Span){0};
    *rest = span_trim(span_of(rest->data + at, rest->size - at));
    if (rest->size == 0 || *rest->data != '=') return name->size > 0;
    *rest = span_trim(span_of(rest->data + 1, rest->size - 1));
    if (rest->size == 0) return true;
    uint8_t quote = *rest->data;
    bool quoted = quote == '"' || quote == '\'';
    size_t start = quoted ? 1 : 0, end = start;
    while (end < rest->size && (quoted ? rest->data[end] != quote
                                       : !byte_is_blank(rest->data[end])))
        end++;
    *value = span_of(rest->data + start, end - start);
    end += end < rest->size ? 1 : 0;
    *rest = span_of(rest->data + end, rest->size - end);
    return true;
}

bool tag_attribute(const Tag *tag, const char *wanted, Span *value)
{
    Span rest = tag->attributes, name;
    while (next_attribute(&rest, &name, value)) {
        if (span_equal_caseless(name, span_text(wanted))) return true;
    }
    *value = (Span){0};
    return false;
}

/* Puts text without tags, with its entities decoded. */
static void put_entities(Buf *out, Span text)
{
    while (text.size) {
        size_t plain = span_find(text, 0, '&');
        buf_put(out, text.data, plain);
        text = span_of(text.data + plain, text.size - plain);
        if (text.size == 0) return;
        Span near = text;
        if (near.size > MAX_ENTITY_BYTES) near.size = MAX_ENTITY_BYTES;
        size_t end = span_find(near, 1, ';');
        uint32_t code_point = 0;
        if (end < near.size)
            code_point = entity_code_point(span_of(text.data + 1, end - 1));
        uint8_t bytes[4] = {'&'};
        uint8_t *to = code_point ? utf8_put_code_point(bytes, code_point)
                                 : bytes + 1;
        buf_put(out, bytes, (size_t)(to - bytes));
        size_t used = code_point ? end + 1 : 1;
        text = span_of(text.data + used, text.size - used);
    }
}

/* Puts the content of <![CDATA[ ]]> unchanged. */
static void put_character_data(Buf *out, Span data)
{
    enum { BEGIN = 9, END = 3 };
    size_t size = data.size - BEGIN;
    const uint8_t *text = data.data + BEGIN;
    if (size >= END && !memcmp(text + size - END, "]]>", END)) size -= END;
    buf_put(out, text, size);
}

void tags_put_text(Buf *out, Span markup)
{
    size_t text = 0; /* start of the text not yet put */
    for (size_t at = 0; (at = span_find(markup, at, '<')) < markup.size;) {
        Tag tag;
        size_t data_end = character_data_end(markup, at);
        if (data_end) {
            put_entities(out, span_of(markup.data + text, at - text));
            put_character_data(out, span_of(markup.data + at, data_end - at));
            at = text = data_end;
            continue;
        }
        size_t end = declaration_end(markup, at);
        bool is_tag = !end && read_tag(markup, at, &tag);
        if (is_tag) end = tag.end;
        if (end) {
            put_entities(out, span_of(markup.data + text, at - text));
            if (is_tag) buf_put_byte(out, ' ');
            text = end;
        }
        at = end ? end : at + 1;
    }
    if (text < markup.size)
        put_entities(out, span_of(markup.data + text, markup.size - text));
}
