/* humps.h - the parts of a camelCase word: get and user of getUser. */
#ifndef QUERN_TEXT_HUMPS_H
#define QUERN_TEXT_HUMPS_H

#include "common/base/span.h"

/* More humps are no name (but base64, say), and such a word has no parts. */
enum { HUMPS_MAX = 32 };

/* The parts of a word of valid UTF-8, all of it, in order; how many, 0 if it
 * has no hump or too many. A part begins
 *   - with a capital after a small letter: getUser, iPhone, WiFi
 *   - with the last of several capitals, if small letters follow: XMLHttp; a
 *     plural s is no such letter: URLs
 * Digits belong to what is before them. */
size_t humps_split(Span word, Span parts[HUMPS_MAX]);

#endif
