/* json_text.h - writes JSON strings and member names. */
#ifndef QUERN_BASE_JSON_TEXT_H
#define QUERN_BASE_JSON_TEXT_H

#include "common/base/buf.h"

/* The text in double quotes, escaped; invalid UTF-8 is replaced by U+FFFD, so
 * that every line we print is valid JSON. */
void put_json_string(Buf *out, Span text);

/* "name": with its quotes and colon */
void put_json_name(Buf *out, const char *name);

/* ,"name":"text", after another member */
void put_json_member(Buf *out, const char *name, Span text);

#endif
