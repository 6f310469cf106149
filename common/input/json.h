/* json.h - one JSON object at a time, as a flat list of its members.
 *
 * Numbers, true and false come as their text, a list of such as its values with
 * line feeds between; what nests deeper comes as the JSON it is. Strings may
 * hold invalid UTF-8 (made clean by the caller); a lone surrogate (\ud800)
 * becomes U+FFFD. Where a string has no escapes it is borrowed from the
 * record. One thread at a time.
 */
#ifndef QUERN_INPUT_JSON_H
#define QUERN_INPUT_JSON_H

#include "common/base/span.h"
#include "common/base/status.h"

#include <stdbool.h>

enum { JSON_MAX_DEPTH = 512 };

typedef enum JsonKind {
    JSON_NULL,  /* value is empty */
    JSON_VALUE, /* a string, number, true, false, or a list of such */
    JSON_NESTED /* an object, or a list that holds objects or lists */
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

/* Reads a record that must be exactly one object. Everything in *out is
 * borrowed from the record and the reader until the next call. ERR_USAGE if it
 * is anything else; the message is a phrase, "not JSON: invalid char in json
 * text"; the next record can be read all the same. */
NODISCARD Status json_read(JsonReader *reader, Span record, JsonObject *out,
                           Error *error);

/* After ERR_USAGE, while the record is still there: the byte from which on it
 * is wrong; its size where it ends too early. */
size_t json_wrong_at(const JsonReader *reader);

/* The member with this key, the last if there are several; or NULL. */
const JsonMember *json_find(JsonObject object, Span key);

#endif
