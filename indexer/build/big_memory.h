/* big_memory.h - large pieces of memory, in huge pages where the system has
 * them: tables that are accessed at random spend much of their time on looking
 * up small pages.
 */
#ifndef QUERN_BUILD_BIG_MEMORY_H
#define QUERN_BUILD_BIG_MEMORY_H

#include <stddef.h>

enum { BIG_PAGE_BYTES = 2 << 20 };

/* Zeroed; NULL on failure. */
void *big_memory_new(size_t size);

/* The same size again; NULL is fine. */
void big_memory_free(void *memory, size_t size);

#endif
