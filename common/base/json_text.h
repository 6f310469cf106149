/* json_text.h - writes JSON strings and member names. */
#ifndef QUERN_BASE_JSON_TEXT_H
#define QUERN_BASE_JSON_TEXT_H

#include "common/base/buf.h"

/* The text in double quotes, escaped; invalid UTF-8 is replaced by U+FFFD, so
 * that every line we print is valid JSON. Every control character is escaped,
 * C1 and those that change the direction of text too (character_is_control):
 * the line may be printed on a terminal. */
void put_json_string(Buf *out, Span text);

/* An id, which may be any bytes: those that are not UTF-8 are \xhh in it. */
void put_json_id(Buf *out, Span id);

/* "name": with its quotes and colon */
void put_json_name(Buf *out, const char *name);

/* ,"name":"text", after another member */
void put_json_member(Buf *out, const char *name, Span text);

#endif
