/* segment_mend.h - checksums made good behind damage, so that it passes them.
 */
#ifndef QUERN_SUPPORT_SEGMENT_MEND_H
#define QUERN_SUPPORT_SEGMENT_MEND_H

#include <stddef.h>
#include <stdint.h>

/* Every checksum of the segment file as its bytes now are, as far as its
 * section table makes sense. Any bytes will do. */
void segment_mend_checksums(uint8_t *file, size_t size);

#endif
