/* json_tokens.h - the tokens of JSON in memory, one after the other.
 *
 * Checks the syntax on the way, as RFC 8259 has it, except that bytes of
 * strings need not be UTF-8 and a vertical tab or form feed is white space (as
 * for yajl). No recursion and no memory of its own.
 */
#ifndef QUERN_INPUT_JSON_TOKENS_H
#define QUERN_INPUT_JSON_TOKENS_H

#include "common/input/json.h"

typedef enum JsonTokenKind {
    JSON_OPEN_OBJECT,
    JSON_CLOSE_OBJECT,
    JSON_OPEN_LIST,
    JSON_CLOSE_LIST,
    JSON_KEY,
    JSON_STRING,
    JSON_NUMBER,
    JSON_WORD /* true, false, null */
} JsonTokenKind;

typedef struct JsonToken {
    JsonTokenKind kind;
    Span text; /* of a key or string without the quotes, escapes undecoded */
} JsonToken;

typedef enum JsonExpected {
    JSON_EXPECT_OBJECT,
    JSON_EXPECT_VALUE,
    JSON_EXPECT_VALUE_OR_END, /* the first of a list */
    JSON_EXPECT_KEY,
    JSON_EXPECT_KEY_OR_END, /* the first of an object */
    JSON_EXPECT_COLON,
    JSON_EXPECT_COMMA_OR_END,
    JSON_EXPECT_NOTHING
} JsonExpected;

/* Begin with json_tokens_init. */
typedef struct JsonTokens {
    const uint8_t *at, *end;
    JsonExpected expected;
    size_t depth;
    bool is_map[JSON_MAX_DEPTH]; /* of each depth */
} JsonTokens;

/* For one value; an object only with JSON_EXPECT_OBJECT. Borrows the text. */
void json_tokens_init(JsonTokens *tokens, Span text, JsonExpected expected);

/* The next token; false at the end of the value or at an error: then `at` is
 * the invalid byte within a token, the start of an unexpected token, or the end
 * of the text if it ends too early. Arrays and objects nested deeper than
 * JSON_MAX_DEPTH are an error. */
bool json_tokens_next(JsonTokens *tokens, JsonToken *out);

/* Whether the value is complete, after json_tokens_next returned false. */
static inline bool json_tokens_done(const JsonTokens *tokens)
{
    return tokens->expected == JSON_EXPECT_NOTHING;
}

#endif
