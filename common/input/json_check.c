/* json_check.c - finds the position of a syntax error in a JSON object.
 *
 * Called only for records that yajl refused: yajl gives the reason, but its
 * offset is sometimes before and sometimes after the invalid token or byte.
 */
#include "common/input/json_scan.h"

#include "common/input/json.h"

typedef enum Expected {
    OBJECT,
    VALUE,
    VALUE_OR_END, /* the first of a list */
    KEY,
    KEY_OR_END, /* the first of an object */
    COLON,
    COMMA_OR_END,
    NOTHING
} Expected;

typedef struct Check {
    const uint8_t *at, *end;
    size_t depth;
    bool is_map[JSON_MAX_DEPTH]; /* of each depth */
} Check;

static bool is_digit(const Check *check)
{
    return check->at < check->end && *check->at >= '0' && *check->at <= '9';
}

static bool pass_byte(Check *check, uint8_t byte)
{
    bool there = check->at < check->end && *check->at == byte;
    check->at += there;
    return there;
}

static bool pass_digits(Check *check)
{
    if (!is_digit(check)) return false;
    while (is_digit(check)) check->at++;
    return true;
}

static bool pass_number(Check *check)
{
    pass_byte(check, '-');
    if (!pass_byte(check, '0') && !pass_digits(check)) return false;
    if (pass_byte(check, '.') && !pass_digits(check)) return false;
    if (!pass_byte(check, 'e') && !pass_byte(check, 'E')) return true;
    if (!pass_byte(check, '+')) pass_byte(check, '-');
    return pass_digits(check);
}

static bool pass_word(Check *check, const char *word)
{
    while (*word && pass_byte(check, (uint8_t)*word)) word++;
    return !*word;
}

static bool is_hex(uint8_t byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
           (byte >= 'A' && byte <= 'F');
}

/* The rest of an escape, after the backslash. */
static bool pass_escape(Check *check)
{
    if (check->at == check->end || !strchr("\"\\/bfnrtu", *check->at) ||
        !*check->at)
        return false;
    if (*check->at++ != 'u') return true;
    for (int i = 0; i < 4; i++) {
        if (check->at == check->end || !is_hex(*check->at)) return false;
        check->at++;
    }
    return true;
}

static bool pass_string(Check *check)
{
    if (!pass_byte(check, '"')) return false;
    while (check->at < check->end && *check->at >= 0x20) {
        uint8_t byte = *check->at++;
        if (byte == '"') return true;
        if (byte == '\\' && !pass_escape(check)) return false;
    }
    return false;
}

static bool pass_scalar(Check *check)
{
    switch (*check->at) {
    case '"': return pass_string(check);
    case 't': return pass_word(check, "true");
    case 'f': return pass_word(check, "false");
    case 'n': return pass_word(check, "null");
    default: return pass_number(check);
    }
}

static Expected behind_value(const Check *check)
{
    return check->depth ? COMMA_OR_END : NOTHING;
}

/* Enters an object or an array. */
static bool enter(Check *check, Expected *expected)
{
    bool is_map = *check->at == '{';
    if (check->depth == JSON_MAX_DEPTH) return false;
    check->is_map[check->depth++] = is_map;
    check->at++;
    *expected = is_map ? KEY_OR_END : VALUE_OR_END;
    return true;
}

static bool pass_value(Check *check, Expected *expected)
{
    if (*check->at == '{' || *check->at == '[') return enter(check, expected);
    if (!pass_scalar(check)) return false;
    *expected = behind_value(check);
    return true;
}

/* Consumes the closing bracket of the innermost object or array, if it is
 * next. */
static bool pass_end(Check *check, Expected *expected)
{
    bool is_map = check->is_map[check->depth - 1];
    if (!pass_byte(check, is_map ? '}' : ']')) return false;
    check->depth--;
    *expected = behind_value(check);
    return true;
}

static bool pass_comma(Check *check, Expected *expected)
{
    *expected = check->is_map[check->depth - 1] ? KEY : VALUE;
    return pass_byte(check, ',');
}

/* Consumes the next token; false with `at` at the error. */
static bool pass_token(Check *check, Expected *expected)
{
    switch (*expected) {
    case OBJECT: return *check->at == '{' && enter(check, expected);
    case VALUE_OR_END:
        return pass_end(check, expected) || pass_value(check, expected);
    case VALUE: return pass_value(check, expected);
    case KEY_OR_END:
        if (pass_end(check, expected)) return true;
        *expected = COLON;
        return pass_string(check);
    case KEY: *expected = COLON; return pass_string(check);
    case COLON: *expected = VALUE; return pass_byte(check, ':');
    case COMMA_OR_END:
        return pass_end(check, expected) || pass_comma(check, expected);
    case NOTHING: break;
    }
    return false;
}

static bool is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

size_t json_check(Span record)
{
    Check check = {.at = record.data, .end = record.data + record.size};
    Expected expected = OBJECT;
    do {
        while (check.at < check.end && is_space(*check.at)) check.at++;
    } while (check.at < check.end && pass_token(&check, &expected));
    return (size_t)(check.at - record.data);
}
