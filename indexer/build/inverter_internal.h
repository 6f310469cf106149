/* inverter_internal.h - how an inverter keeps its terms. */
#ifndef QUERN_BUILD_INVERTER_INTERNAL_H
#define QUERN_BUILD_INVERTER_INTERNAL_H

#include "common/base/hash.h"
#include "indexer/build/inverter.h"
#include <stddef.h>

typedef struct Term {
    uint8_t *at;  /* where the next byte goes */
    uint8_t *end; /* of the last chunk; the link is after it */
    uint32_t docid;
    uint32_t position;
    uint32_t hash; /* its low bits, for larger tables */
    uint16_t size;
    uint8_t level;   /* of the last chunk */
    uint8_t bytes[]; /* of the term, then its first chunk */
} Term;

/* Memory of terms comes in huge pages, which an emptied inverter keeps. */
typedef struct TermPage {
    struct TermPage *next;
} TermPage;

enum { TAG_SHIFT = 48 }; /* of the hash in a slot, above the address */

/* Bytes of a chunk by level, without its link. */
static const uint16_t chunk_bytes[] = {9,    24,   56,   120,   248,  504,
                                       1016, 2040, 4088, 16376, 32760};
enum { LAST_LEVEL = sizeof chunk_bytes / sizeof *chunk_bytes - 1 };

struct Inverter {
    uint64_t *slots; /* owned; 0: free */
    size_t slot_count, term_count;
    TermPage *pages; /* owned: memory of terms and chunks */
    TermPage *page;  /* the one that is being filled */
    size_t used_pages;
    uint8_t *free, *free_end; /* what is left of it */
    HashSeed seed;
    bool has_positions;
    Status status;
};

static inline Term *slot_term(uint64_t slot)
{
    return (Term *)(uintptr_t)(slot & ((1ull << TAG_SHIFT) - 1));
}

/* big_memory.c: large pieces of memory, in huge pages where the system has
 * them: tables that are accessed at random spend much of their time on looking
 * up small pages. */

enum { BIG_PAGE_BYTES = 2 << 20 };

/* Zeroed; NULL on failure. */
void *big_memory_new(size_t size);

/* The same size again; NULL is fine. */
void big_memory_free(void *memory, size_t size);

#endif
