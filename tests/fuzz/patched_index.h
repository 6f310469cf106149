/* patched_index.h - the golden index with patched bytes and valid checksums.
 *
 * The input is a list of patches, each a u32 offset and a byte, for the segment
 * of tests/golden. Checksums are then updated, so that only checks of structure
 * can refuse the index.
 */
#ifndef QUERN_FUZZ_PATCHED_INDEX_H
#define QUERN_FUZZ_PATCHED_INDEX_H

#include <stddef.h>
#include <stdint.h>

/* The folder of the patched index; the same folder each time. */
const char *patched_index(const uint8_t *data, size_t size);

#endif
