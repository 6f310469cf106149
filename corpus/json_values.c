/* json_values.c - the text of JSON that is no record: its strings and numbers.
 */
#include "corpus/json_values.h"

#include "common/input/blank.h"
#include "common/input/json_string.h"

void json_values_put(JsonValues *self, const JsonToken *token)
{
    if (token->kind == JSON_NUMBER) buf_put_span(self->out, token->text);
    if (token->kind != JSON_STRING) return;
    uint8_t *start = buf_reserve(self->out, token->text.size);
    if (!start) return;
    uint8_t *end = json_string_decode(token->text, start, &self->has_lone);
    self->out->size += (size_t)(end - start);
}

/* Whether the value that ends at `end` is a number after which another value
 * may begin, or no number. */
static bool is_apart(Span json, size_t end)
{
    uint8_t last = json.data[end - 1];
    bool is_number = last >= '0' && last <= '9';
    return !is_number || end == json.size || byte_is_blank(json.data[end]);
}

/* The first value of `json`; false at an error. *end is where it ends, or the
 * error is. */
static bool put_value(JsonValues *self, Span json, size_t *end)
{
    JsonTokens tokens;
    JsonToken token;
    json_tokens_init(&tokens, json, JSON_EXPECT_VALUE);
    while (json_tokens_next(&tokens, &token)) {
        if (token.kind != JSON_STRING && token.kind != JSON_NUMBER) continue;
        json_values_put(self, &token);
        buf_put_byte(self->out, '\n');
    }
    *end = (size_t)(tokens.at - json.data);
    return json_tokens_done(&tokens) && is_apart(json, *end);
}

bool json_values_put_all(JsonValues *self, Span json, size_t *wrong_at)
{
    size_t before = self->out->size, end;
    bool had_lone = self->has_lone;
    for (Span rest = json; !span_is_blank(rest);) {
        if (!put_value(self, rest, &end)) {
            *wrong_at = json.size - rest.size + end;
            self->out->size = before;
            self->has_lone = had_lone;
            return false;
        }
        rest = span_of(rest.data + end, rest.size - end);
    }
    return true;
}

/* Takes the first line off *rest, with its line feed. */
static Span take_line(Span *rest)
{
    const uint8_t *feed = memchr(rest->data, '\n', rest->size);
    size_t size = feed ? (size_t)(feed - rest->data) + 1 : rest->size;
    Span line = span_of(rest->data, size);
    *rest = span_of(rest->data + size, rest->size - size);
    return line;
}

size_t json_values_put_lines(JsonValues *self, Span lines, size_t *wrong_at)
{
    size_t wrong = 0, at;
    for (Span rest = lines; rest.size;) {
        size_t start = lines.size - rest.size;
        Span line = take_line(&rest);
        if (json_values_put_all(self, line, &at)) continue;
        if (!wrong++) *wrong_at = start + at;
        buf_put_span(self->out, line);
    }
    return wrong;
}

bool json_values_has_lines(Span text)
{
    JsonTokens tokens;
    JsonToken token;
    Span line = {0};
    while (text.size && span_is_blank(line)) line = take_line(&text);
    line = span_trim(line);
    if (!line.size || (*line.data != '{' && *line.data != '[')) return false;
    json_tokens_init(&tokens, line, JSON_EXPECT_VALUE);
    while (json_tokens_next(&tokens, &token)) {
    }
    return json_tokens_done(&tokens) && tokens.at == tokens.end &&
           !span_is_blank(text);
}

bool json_values_has_records(Span start)
{
    Span value = span_trim(start);
    return (value.size && *value.data == '[') || json_values_has_lines(start);
}
