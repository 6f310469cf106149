/* json_values.h - the text of JSON that is no record: its strings and numbers.
 *
 * In their order, each followed by a line feed, with escapes decoded. Keys,
 * true, false and null are not text: they say how the data is arranged, and are
 * the same in every file of a kind. Private to corpus/.
 */
#ifndef QUERN_CORPUS_JSON_VALUES_H
#define QUERN_CORPUS_JSON_VALUES_H

#include "common/base/buf.h"
#include "common/input/json_tokens.h"

typedef struct JsonValues {
    Buf *out; /* gets at most as many bytes as the JSON has */
    bool has_lone;
} JsonValues;

/* A string or the text of a number. */
void json_values_put(JsonValues *self, const JsonToken *token);

/* Puts the text of all values of `json`. False if there is a syntax error: then
 * *wrong_at is its offset, and nothing was put. */
bool json_values_put_all(JsonValues *self, Span json, size_t *wrong_at);

/* Puts the text of each line that is JSON, and any other line as it is. Returns
 * how many others there are; *wrong_at is where the first has an error. */
size_t json_values_put_lines(JsonValues *self, Span lines, size_t *wrong_at);

/* Whether the first line that is not blank is an object or a list by itself,
 * and not the last line. */
bool json_values_has_lines(Span text);

/* Whether JSON begins like records: a list, or such a line. */
bool json_values_has_records(Span start);

#endif
