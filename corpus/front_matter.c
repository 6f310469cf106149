/* front_matter.c - metadata at the start of a text file, line by line.
 *
 * No full YAML or TOML: enough to tell keys from values. A line is a key and a
 * value, or (an element of a list, a line of a longer text) a value alone.
 */
#include "corpus/front_matter.h"

#include "common/base/utf8_clean.h"
#include "common/input/blank.h"

typedef struct FrontMatter {
    bool is_toml;
    bool in_table;       /* TOML: below [name], where a title is another's */
    bool in_title;       /* its value continues on the next lines */
    size_t block_indent; /* YAML: lines with more blanks are a text; or NONE */
    uint8_t quote;       /* TOML: within """ or '''; else 0 */
    Buf *title, *values;
} FrontMatter;

static const size_t NONE = SIZE_MAX;

/* Takes the first line off *rest, without its line end. */
static Span take_line(Span *rest)
{
    const uint8_t *feed = memchr(rest->data, '\n', rest->size);
    size_t size = feed ? (size_t)(feed - rest->data) : rest->size;
    Span line = span_of(rest->data, size);
    size_t used = size + (feed ? 1 : 0);
    *rest = span_of(rest->data + used, rest->size - used);
    while (line.size && byte_is_blank(line.data[line.size - 1])) line.size--;
    return line;
}

static size_t indent_of(Span line)
{
    size_t blanks = 0;
    while (blanks < line.size && line.data[blanks] == ' ') blanks++;
    return blanks;
}

static Span without(Span span, size_t size)
{
    return span_of(span.data + size, span.size - size);
}

/* The offset after the quoted text that begins `span`, or 0. */
static size_t quoted_end(Span span)
{
    if (!span.size || (*span.data != '"' && *span.data != '\'')) return 0;
    for (size_t i = 1; i < span.size; i++) {
        bool doubled = *span.data == '\'' && i + 1 < span.size &&
                       span.data[i] == '\'' && span.data[i + 1] == '\'';
        if (doubled || (span.data[i] == '\\' && *span.data == '"')) {
            i++;
        } else if (span.data[i] == *span.data) {
            return i + 1;
        }
    }
    return 0;
}

/* Splits a line at the : of YAML, which a blank or the end follows, or the = of
 * TOML; false if it is no key with a value. */
static bool split(const FrontMatter *self, Span line, Span *key, Span *value)
{
    size_t at = quoted_end(line);
    bool quoted = at > 0;
    uint8_t mark = self->is_toml ? '=' : ':';
    for (; at < line.size; at++) {
        uint8_t byte = line.data[at];
        bool ends = byte == mark && (self->is_toml || at + 1 == line.size ||
                                     byte_is_blank(line.data[at + 1]));
        if (ends) break;
        if (quoted ? !byte_is_blank(byte) : strchr("\"'[]{},#", byte) != NULL)
            return false;
    }
    if (at == line.size || at == 0) return false;
    *key = span_trim(span_of(line.data, at));
    if (quoted && key->size >= 2) *key = span_of(key->data + 1, key->size - 2);
    *value = span_trim(without(line, at + 1));
    return true;
}

/* The character of \x, \u or \U, whose digits begin at `at`; *used is 0 if some
 * are not digits. */
static uint32_t numbered_escape(Span text, size_t at, size_t *used)
{
    uint8_t letter = text.data[at - 1];
    size_t count = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
    uint32_t value = 0;
    *used = 0;
    if (text.size - at < count) return 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t byte = text.data[at + i], low = byte | 0x20;
        bool is_digit = byte >= '0' && byte <= '9';
        if (!is_digit && (low < 'a' || low > 'f')) return 0;
        value = value << 4 | (is_digit ? byte - 0x30u : low - 0x61u + 10);
    }
    if (value > 0x10ffff) return 0;
    *used = count;
    return value;
}

/* Puts text between single quotes, in which '' is one. */
static void put_undoubled(Buf *out, Span text)
{
    for (size_t i = 0; i < text.size; i++) {
        buf_put_byte(out, text.data[i]);
        if (text.data[i] == '\'') i++;
    }
}

/* Puts text between double quotes with its escapes decoded. */
static void put_unescaped_text(Buf *out, Span text)
{
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i], bytes[4];
        if (byte != '\\' || i + 1 == text.size) {
            buf_put_byte(out, byte);
            continue;
        }
        byte = text.data[++i];
        size_t used = 0;
        if (byte == 'x' || byte == 'u' || byte == 'U') {
            uint32_t point = numbered_escape(text, i + 1, &used);
            uint8_t *end = utf8_put_code_point(bytes, point);
            if (used) buf_put(out, bytes, (size_t)(end - bytes));
            i += used;
        }
        if (!used) buf_put_byte(out, strchr("nrt", byte) ? ' ' : byte);
    }
}

/* A further value or line of the text. */
static void separate(const FrontMatter *self, Buf *out)
{
    if (out->size) buf_put_byte(out, out == self->title ? ' ' : '\n');
}

/* Without a comment at its end. */
static Span without_comment(Span value)
{
    size_t size = 0;
    while (size < value.size &&
           !(value.data[size] == '#' &&
             (size == 0 || byte_is_blank(value.data[size - 1]))))
        size++;
    return span_trim(span_of(value.data, size));
}

/* Whether it is brackets alone, of a list over several lines. */
static bool is_bracket(Span value)
{
    size_t i = 0;
    while (i < value.size && memchr("[]{},", value.data[i], 5)) i++;
    return i == value.size;
}

/* Puts a value, without its quotes if it is one quoted text. */
static void put_value(const FrontMatter *self, Buf *out, Span value)
{
    size_t end = quoted_end(value);
    if (is_bracket(value)) return;
    separate(self, out);
    if (!end || without_comment(without(value, end)).size) {
        buf_put_span(out, without_comment(value));
    } else if (*value.data == '"') {
        put_unescaped_text(out, span_of(value.data + 1, end - 2));
    } else {
        put_undoubled(out, span_of(value.data + 1, end - 2));
    }
}

/* | or >, with how it is indented and how it ends: the next lines are a text.
 */
static bool begins_block(Span value)
{
    if (!value.size || (*value.data != '|' && *value.data != '>')) return false;
    for (size_t i = 1; i < value.size; i++) {
        if (!strchr("+-123456789", value.data[i])) return false;
    }
    return true;
}

/* Takes """ or ''' off the front of *value. */
static bool begins_long_string(Span *value)
{
    bool begins = span_begins(*value, span_text("\"\"\"")) ||
                  span_begins(*value, span_text("'''"));
    if (begins) *value = without(*value, 3);
    return begins;
}

/* A line within """, up to the closing ones. */
static void take_long_string(FrontMatter *self, Buf *out, Span line)
{
    for (size_t i = 0; i + 3 <= line.size; i++) {
        const uint8_t *at = line.data + i;
        if (at[0] != self->quote || at[1] != at[0] || at[2] != at[0]) continue;
        line.size = i;
        self->quote = 0;
        break;
    }
    line = span_trim(line);
    if (!line.size) return;
    separate(self, out);
    buf_put_span(out, line);
}

static void take_pair(FrontMatter *self, Span key, Span value, size_t indent)
{
    bool is_top = indent == 0 && !self->in_table;
    self->in_title = is_top && !self->title->size &&
                     span_equal_caseless(key, span_text("title"));
    Buf *out = self->in_title ? self->title : self->values;
    uint8_t quote = value.size ? *value.data : 0;
    self->block_indent = NONE;
    if (self->is_toml && begins_long_string(&value)) {
        self->quote = quote;
        take_long_string(self, out, value);
    } else if (!self->is_toml && begins_block(value)) {
        self->block_indent = indent;
    } else if (value.size) {
        put_value(self, out, value);
    }
}

/* A line that is no key with a value. */
static void take_rest(FrontMatter *self, Span line, bool is_indented)
{
    if (!is_indented) self->in_title = false;
    put_value(self, self->in_title ? self->title : self->values, line);
}

static void take_yaml(FrontMatter *self, Span line)
{
    size_t indent = indent_of(line);
    Span content = without(line, indent), key, value;
    if (self->block_indent != NONE && indent > self->block_indent) {
        Buf *out = self->in_title ? self->title : self->values;
        separate(self, out);
        buf_put_span(out, content);
        return;
    }
    self->block_indent = NONE;
    if (*content.data == '#') return;
    bool is_element = false;
    while (content.size && *content.data == '-' &&
           (content.size == 1 || byte_is_blank(content.data[1]))) {
        content = span_trim(without(content, 1));
        is_element = true;
    }
    if (split(self, content, &key, &value)) {
        take_pair(self, key, value, indent + is_element);
    } else if (content.size) {
        take_rest(self, content, indent > 0 && !is_element);
    }
}

static void take_toml(FrontMatter *self, Span line)
{
    Span content = span_trim(line), key, value;
    if (self->quote) {
        take_long_string(self, self->in_title ? self->title : self->values,
                         content);
    } else if (*content.data == '#') {
        return;
    } else if (split(self, content, &key, &value)) {
        take_pair(self, key, value, 0);
    } else if (*content.data == '[' && line.data == content.data &&
               content.data[content.size - 1] == ']') {
        self->in_table = true;
    } else {
        take_rest(self, content, false);
    }
}

static bool is_mark(Span line, bool is_toml)
{
    if (is_toml) return span_equals_text(line, "+++");
    return span_equals_text(line, "---") || span_equals_text(line, "...");
}

/* Whether the first line that says something is a key with a value. */
static bool begins_with_key(const FrontMatter *self, Span block)
{
    Span line = {0}, key, value;
    while (block.size && (!line.size || *line.data == '#'))
        line = take_line(&block);
    if (self->is_toml && line.size && *line.data == '[') return true;
    return split(self, line, &key, &value) && indent_of(line) == 0;
}

/* The text between the marks; false if the second is missing. *size is that of
 * all. */
static bool find_block(Span text, bool is_toml, Span *block, size_t *size)
{
    Span rest = text;
    take_line(&rest);
    size_t start = text.size - rest.size;
    while (rest.size && text.size - rest.size < FRONT_MATTER_BYTES) {
        size_t at = text.size - rest.size;
        if (!is_mark(take_line(&rest), is_toml)) continue;
        *block = span_of(text.data + start, at - start);
        *size = text.size - rest.size;
        return true;
    }
    return false;
}

size_t front_matter_take(Span text, Buf *title, Buf *values)
{
    FrontMatter self = {.block_indent = NONE, .title = title, .values = values};
    Span rest = text, block;
    size_t size;
    if (text.size < 3 || (*text.data != '-' && *text.data != '+')) return 0;
    self.is_toml = *text.data == '+';
    Span first = take_line(&rest);
    if (!is_mark(first, self.is_toml) || *first.data == '.') return 0;
    if (!find_block(text, self.is_toml, &block, &size) ||
        !begins_with_key(&self, block))
        return 0;
    while (block.size) {
        Span line = take_line(&block);
        if (span_is_blank(line)) continue;
        if (self.is_toml) {
            take_toml(&self, line);
        } else {
            take_yaml(&self, line);
        }
    }
    return size;
}
