/* json.h - reads one JSON object at a time as a flat list of its members.
 *
 * The value of a number, true or false is its text; that of an array of scalars
 * is their texts separated by line feeds; that of anything deeper is its JSON.
 * Strings may contain invalid UTF-8 (the caller replaces it); a lone surrogate
 * (\ud800) becomes U+FFFD. A string without escapes is borrowed from the
 * record. Not thread-safe.
 */
#ifndef QUERN_INPUT_JSON_H
#define QUERN_INPUT_JSON_H

#include "common/base/span.h"
#include "common/base/status.h"

#include <stdbool.h>

enum { JSON_MAX_DEPTH = 512 };

typedef enum JsonKind {
    JSON_NULL,  /* value is empty */
    JSON_VALUE, /* a scalar, or an array of scalars */
    JSON_NESTED /* an object, or an array of objects or arrays */
} JsonKind;

typedef struct JsonMember {
    Span key;
    Span value;
    JsonKind kind;
    bool has_lone; /* a lone surrogate in the value became U+FFFD */
} JsonMember;

typedef struct JsonObject {
    const JsonMember *members; /* in the order of the record */
    size_t count;
} JsonObject;

typedef struct JsonReader JsonReader;

NODISCARD Status json_reader_new(JsonReader **out, Error *error);
void json_reader_free(JsonReader *reader); /* NULL is fine */

/* Reads a record of exactly one object. Everything in *out is borrowed from the
 * record and the reader until the next call. ERR_USAGE for anything else, with
 * a message such as "not JSON: invalid char in json text"; the reader can go on
 * with the next record. */
NODISCARD Status json_read(JsonReader *reader, Span record, JsonObject *out,
                           Error *error);

/* After ERR_USAGE, while the record is still valid: the offset of the error;
 * the record's size if it ends too early. */
size_t json_wrong_at(const JsonReader *reader);

/* The member with this key, the last of several, or NULL. */
const JsonMember *json_find(JsonObject object, Span key);

#endif
