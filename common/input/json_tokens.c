/* json_tokens.c - the tokens of JSON in memory, one after the other. */
#include "common/input/json_tokens.h"

static bool is_digit(const JsonTokens *tokens)
{
    return tokens->at < tokens->end && *tokens->at >= '0' && *tokens->at <= '9';
}

static bool pass_byte(JsonTokens *tokens, uint8_t byte)
{
    bool there = tokens->at < tokens->end && *tokens->at == byte;
    tokens->at += there;
    return there;
}

static bool pass_digits(JsonTokens *tokens)
{
    if (!is_digit(tokens)) return false;
    while (is_digit(tokens)) tokens->at++;
    return true;
}

static bool pass_number(JsonTokens *tokens)
{
    pass_byte(tokens, '-');
    if (!pass_byte(tokens, '0') && !pass_digits(tokens)) return false;
    if (pass_byte(tokens, '.') && !pass_digits(tokens)) return false;
    if (!pass_byte(tokens, 'e') && !pass_byte(tokens, 'E')) return true;
    if (!pass_byte(tokens, '+')) pass_byte(tokens, '-');
    return pass_digits(tokens);
}

static bool pass_word(JsonTokens *tokens, const char *word)
{
    while (*word && pass_byte(tokens, (uint8_t)*word)) word++;
    return !*word;
}

static bool is_hex(uint8_t byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
           (byte >= 'A' && byte <= 'F');
}

/* The rest of an escape, after the backslash. */
static bool pass_escape(JsonTokens *tokens)
{
    if (tokens->at == tokens->end || !strchr("\"\\/bfnrtu", *tokens->at) ||
        !*tokens->at)
        return false;
    if (*tokens->at++ != 'u') return true;
    for (int i = 0; i < 4; i++) {
        if (tokens->at == tokens->end || !is_hex(*tokens->at)) return false;
        tokens->at++;
    }
    return true;
}

static bool pass_string(JsonTokens *tokens, JsonToken *out)
{
    if (!pass_byte(tokens, '"')) return false;
    const uint8_t *start = tokens->at;
    while (tokens->at < tokens->end && *tokens->at >= 0x20) {
        uint8_t byte = *tokens->at++;
        if (byte == '"') {
            out->text = span_of(start, (size_t)(tokens->at - start) - 1);
            return true;
        }
        if (byte == '\\' && !pass_escape(tokens)) return false;
    }
    return false;
}

static bool pass_scalar(JsonTokens *tokens, JsonToken *out)
{
    out->kind = JSON_WORD;
    switch (*tokens->at) {
    case '"': out->kind = JSON_STRING; return pass_string(tokens, out);
    case 't': return pass_word(tokens, "true");
    case 'f': return pass_word(tokens, "false");
    case 'n': return pass_word(tokens, "null");
    default: break;
    }
    const uint8_t *start = tokens->at;
    out->kind = JSON_NUMBER;
    bool passed = pass_number(tokens);
    out->text = span_of(start, (size_t)(tokens->at - start));
    return passed;
}

static JsonExpected after_value(const JsonTokens *tokens)
{
    return tokens->depth ? JSON_EXPECT_COMMA_OR_END : JSON_EXPECT_NOTHING;
}

/* Enters an object or an array. */
static bool enter(JsonTokens *tokens, JsonToken *out)
{
    bool is_map = *tokens->at == '{';
    if (tokens->depth == JSON_MAX_DEPTH) return false;
    tokens->is_map[tokens->depth++] = is_map;
    tokens->at++;
    tokens->expected = is_map ? JSON_EXPECT_KEY_OR_END
                              : JSON_EXPECT_VALUE_OR_END;
    out->kind = is_map ? JSON_OPEN_OBJECT : JSON_OPEN_LIST;
    return true;
}

static bool pass_value(JsonTokens *tokens, JsonToken *out)
{
    if (*tokens->at == '{' || *tokens->at == '[') return enter(tokens, out);
    if (!pass_scalar(tokens, out)) return false;
    tokens->expected = after_value(tokens);
    return true;
}

/* Consumes the closing bracket of the innermost object or array, if it is
 * next. */
static bool pass_end(JsonTokens *tokens, JsonToken *out)
{
    bool is_map = tokens->is_map[tokens->depth - 1];
    if (!pass_byte(tokens, is_map ? '}' : ']')) return false;
    tokens->depth--;
    tokens->expected = after_value(tokens);
    out->kind = is_map ? JSON_CLOSE_OBJECT : JSON_CLOSE_LIST;
    return true;
}

static bool pass_key(JsonTokens *tokens, JsonToken *out)
{
    out->kind = JSON_KEY;
    tokens->expected = JSON_EXPECT_COLON;
    return pass_string(tokens, out);
}

static void skip_blanks(JsonTokens *tokens)
{
    while (tokens->at < tokens->end &&
           (*tokens->at == ' ' || (*tokens->at >= '\t' && *tokens->at <= '\r')))
        tokens->at++;
}

/* Consumes the comma or colon that must be next, and the blanks after it. */
static bool pass_separator(JsonTokens *tokens)
{
    bool is_colon = tokens->expected == JSON_EXPECT_COLON;
    bool is_map = !is_colon && tokens->is_map[tokens->depth - 1];
    if (!pass_byte(tokens, is_colon ? ':' : ',')) return false;
    tokens->expected = is_map ? JSON_EXPECT_KEY : JSON_EXPECT_VALUE;
    skip_blanks(tokens);
    return tokens->at < tokens->end;
}

static bool pass_token(JsonTokens *tokens, JsonToken *out)
{
    switch (tokens->expected) {
    case JSON_EXPECT_OBJECT: return *tokens->at == '{' && enter(tokens, out);
    case JSON_EXPECT_VALUE_OR_END:
        return pass_end(tokens, out) || pass_value(tokens, out);
    case JSON_EXPECT_VALUE: return pass_value(tokens, out);
    case JSON_EXPECT_KEY_OR_END:
        return pass_end(tokens, out) || pass_key(tokens, out);
    case JSON_EXPECT_KEY: return pass_key(tokens, out);
    case JSON_EXPECT_COLON:
    case JSON_EXPECT_COMMA_OR_END:
    case JSON_EXPECT_NOTHING: break;
    }
    return false;
}

void json_tokens_init(JsonTokens *tokens, Span text, JsonExpected expected)
{
    tokens->at = text.data;
    tokens->end = text.size ? text.data + text.size : text.data;
    tokens->expected = expected;
    tokens->depth = 0;
}

bool json_tokens_next(JsonTokens *tokens, JsonToken *out)
{
    *out = (JsonToken){0};
    skip_blanks(tokens);
    if (tokens->at == tokens->end) return false;
    bool follows = tokens->expected == JSON_EXPECT_COMMA_OR_END;
    if (follows && pass_end(tokens, out)) return true;
    follows = follows || tokens->expected == JSON_EXPECT_COLON;
    if (follows && !pass_separator(tokens)) return false;
    return pass_token(tokens, out);
}
