/* segment_mend.h - updates the checksums of a damaged segment. */
#ifndef QUERN_SUPPORT_SEGMENT_MEND_H
#define QUERN_SUPPORT_SEGMENT_MEND_H

#include <stddef.h>
#include <stdint.h>

/* Sets every checksum of the segment file to that of its current bytes, as far
 * as its section table is valid. Accepts any bytes. */
void segment_mend_checksums(uint8_t *file, size_t size);

#endif
