/* patched_index.h - the golden index with other bytes and good checksums.
 *
 * The input is a list of patches, each a u32 place and a byte to put there,
 * for the segment of tests/golden. Checksums are then made good, so that
 * nothing but the checks of structure stands in the way.
 */
#ifndef QUERN_FUZZ_PATCHED_INDEX_H
#define QUERN_FUZZ_PATCHED_INDEX_H

#include <stddef.h>
#include <stdint.h>

/* The folder of the patched index; the same one each time. */
const char *patched_index(const uint8_t *data, size_t size);

#endif
