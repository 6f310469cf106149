/* human.h - numbers, sizes and durations in human-readable form.
 *
 * Each appends to a Buf: 63,217 / 609 MB / 0.8 ms / 1:02:03.
 */
#ifndef QUERN_BASE_HUMAN_H
#define QUERN_BASE_HUMAN_H

#include "common/base/buf.h"

#include <stdint.h>

/* 1234567 as 1,234,567 */
void put_count(Buf *out, uint64_t count);

/* "1 document", "2,345 documents": adds an s. */
void put_counted(Buf *out, uint64_t count, const char *noun);

/* 512 bytes, 4.1 kB, 609 MB: SI units, powers of 1,000. */
void put_bytes(Buf *out, uint64_t bytes);

/* A limit in the units of the option that sets it, powers of 1,024: 256 MB. */
void put_limit(Buf *out, uint64_t bytes);

/* How long something took: 12 us, 0.8 ms, 3.2 s, 1:02, 1:02:03. */
void put_duration(Buf *out, double seconds);

#endif
