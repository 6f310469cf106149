/* inverter.c - tokens in, terms with their postings out, all in memory.
 *
 *   slots (2^n of 8 bytes, at most 5/8 full)
 *     16 bits of the hash | 48-bit address
 *                               |
 *                               v        at            end
 *   Term: at, end, docid, ... | bytes | n n n ......... | link
 *                                                          |
 *                                        +-----------------+
 *                                        v
 *                                        n n n n n n n n ... | link ...
 *
 * A term begins with a small chunk for its numbers (run.h); when it is full
 * a link after it leads to one about twice as large. Most terms are rare: a
 * term that occurs once takes one cache line.
 *
 * What costs time here is waiting for memory: a rare word misses the cache in
 * its slot, in its term, in its last chunk. So tokens are taken some dozens
 * at a time and each step is done for all of them, asking for the memory of
 * the next step ahead.
 */
#include "indexer/build/inverter.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "indexer/build/inverter_internal.h"

#include <stddef.h>
#include <stdlib.h>

enum {
    LINK_BYTES = sizeof(uint8_t *),
    FIRST_SLOTS = 1 << 16,
    SLICE = 64 /* tokens that go through the steps together */
};

static size_t slot_bytes(const Inverter *inverter)
{
    return inverter->slot_count * sizeof *inverter->slots;
}

Status inverter_new(bool has_positions, Inverter **out, Error *error)
{
    *out = NULL;
    Inverter *inverter = calloc(1, sizeof *inverter);
    if (!inverter) return fail_memory(error, "starting to index");
    inverter->slot_count = FIRST_SLOTS;
    inverter->slots = big_memory_new(slot_bytes(inverter));
    inverter->seed = hash_seed();
    inverter->has_positions = has_positions;
    if (!inverter->slots) {
        inverter_free(inverter);
        return fail_memory(error, "starting to index");
    }
    *out = inverter;
    return OK;
}

void inverter_free(Inverter *inverter)
{
    if (!inverter) return;
    big_memory_free(inverter->slots, slot_bytes(inverter));
    for (TermPage *page = inverter->pages, *next; page; page = next) {
        next = page->next;
        big_memory_free(page, BIG_PAGE_BYTES);
    }
    free(inverter);
}

size_t inverter_memory(const Inverter *inverter)
{
    return inverter->used_pages * BIG_PAGE_BYTES + slot_bytes(inverter);
}

size_t inverter_term_count(const Inverter *inverter)
{
    return inverter->term_count;
}

Status inverter_check(const Inverter *inverter, Error *error)
{
    if (inverter->status == OK) return OK;
    fail_memory(error, "indexing");
    error->advice = ADVICE_LESS_MEMORY;
    return ERR_NO_MEMORY;
}

void inverter_clear(Inverter *inverter)
{
    memset(inverter->slots, 0, slot_bytes(inverter));
    inverter->term_count = 0;
    inverter->used_pages = 0;
    inverter->page = NULL;
    inverter->free = inverter->free_end = NULL;
}

/* The next page becomes the current one: one that is left from before, or a
 * new one. */
static bool enter_page(Inverter *inverter)
{
    TermPage **link = inverter->page ? &inverter->page->next : &inverter->pages;
    if (!*link) *link = big_memory_new(BIG_PAGE_BYTES);
    if (!*link) {
        inverter->status = ERR_NO_MEMORY;
        return false;
    }
    inverter->page = *link;
    inverter->used_pages++;
    inverter->free = (uint8_t *)(inverter->page + 1);
    inverter->free_end = (uint8_t *)inverter->page + BIG_PAGE_BYTES;
    return true;
}

/* Aligned to 8; `size` is far below a page. */
static void *take_memory(Inverter *inverter, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if ((size_t)(inverter->free_end - inverter->free) < size &&
        !enter_page(inverter)) {
        return NULL;
    }
    uint8_t *memory = inverter->free;
    inverter->free += size;
    return memory;
}

/* The folded product of two words that are masked by the seed (as foldhash and
 * wyhash do it): without the seed nobody can make words that share their
 * hash. */
static ALWAYS_INLINE uint64_t fold_product(HashSeed seed, uint64_t a,
                                           uint64_t b)
{
    __extension__ typedef unsigned __int128 Product;
    Product product = (Product)(a ^ seed.a) * (b ^ seed.b);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Most words have at most 16 bytes: two loads that may overlap and one
 * multiplication; longer ones take XXH3. */
static ALWAYS_INLINE uint64_t term_hash(HashSeed seed, Span term)
{
    const uint8_t *bytes = term.data;
    size_t size = term.size;
    if (size > 16) return hash_key(term);
    if (size >= 8)
        return fold_product(seed, get_u64le(bytes) + size,
                            get_u64le(bytes + size - 8));
    if (size >= 4)
        return fold_product(seed, get_u32le(bytes) + size,
                            get_u32le(bytes + size - 4));
    uint32_t few = (uint32_t)bytes[0] | (uint32_t)bytes[size / 2] << 8 |
                   (uint32_t)bytes[size - 1] << 16;
    return fold_product(seed, few + (size << 24), size);
}

/* A table twice as large. The tag in a slot stays as it is. */
static void grow_slots(Inverter *inverter)
{
    size_t count = inverter->slot_count * 2;
    uint64_t *slots = big_memory_new(count * sizeof *slots);
    if (!slots) {
        inverter->status = ERR_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < inverter->slot_count; i++) {
        uint64_t slot = inverter->slots[i];
        if (!slot) continue;
        size_t at = slot_term(slot)->hash & (count - 1);
        while (slots[at]) at = (at + 1) & (count - 1);
        slots[at] = slot;
    }
    big_memory_free(inverter->slots, slot_bytes(inverter));
    inverter->slots = slots;
    inverter->slot_count = count;
}

static Term *new_term(Inverter *inverter, Span bytes, uint64_t hash)
{
    size_t room = bytes.size + chunk_bytes[0] + LINK_BYTES;
    Term *term = take_memory(inverter, sizeof *term + room);
    if (!term) return NULL;
    memcpy(term->bytes, bytes.data, bytes.size);
    term->at = term->bytes + bytes.size;
    term->end = term->at + chunk_bytes[0];
    term->docid = UINT32_MAX;
    term->position = 0;
    term->hash = (uint32_t)hash;
    term->size = (uint16_t)bytes.size;
    term->level = 0;
    return term;
}

/* The up to 16 bytes that term_hash loads also distinguish terms. */
static bool same_bytes(const uint8_t *a, const uint8_t *b, size_t size)
{
    if (size > 16) return !memcmp(a, b, size);
    if (size >= 8) {
        return get_u64le(a) == get_u64le(b) &&
               get_u64le(a + size - 8) == get_u64le(b + size - 8);
    }
    if (size >= 4) {
        return get_u32le(a) == get_u32le(b) &&
               get_u32le(a + size - 4) == get_u32le(b + size - 4);
    }
    return a[0] == b[0] && a[size / 2] == b[size / 2] &&
           a[size - 1] == b[size - 1];
}

/* The term of these bytes, made if there is none; NULL without memory. */
static Term *find_term(Inverter *inverter, Span bytes, uint64_t hash)
{
    size_t mask = inverter->slot_count - 1;
    size_t i = (uint32_t)hash & mask;
    for (uint64_t slot; (slot = inverter->slots[i]); i = (i + 1) & mask) {
        if ((slot ^ hash) >> TAG_SHIFT) continue;
        Term *term = slot_term(slot);
        if (term->size == bytes.size &&
            same_bytes(term->bytes, bytes.data, bytes.size)) {
            return term;
        }
    }
    Term *term = new_term(inverter, bytes, hash);
    if (!term) return NULL;
    inverter->slots[i] = (hash >> TAG_SHIFT << TAG_SHIFT) |
                         (uint64_t)(uintptr_t)term;
    inverter->term_count++;
    if (inverter->term_count > inverter->slot_count / 8 * 5)
        grow_slots(inverter);
    return term;
}

/* A new chunk after the last one, whose link leads to it. */
static bool grow_term(Inverter *inverter, Term *term)
{
    uint8_t level = term->level < LAST_LEVEL ? (uint8_t)(term->level + 1)
                                             : LAST_LEVEL;
    uint8_t *chunk = take_memory(inverter,
                                 chunk_bytes[level] + (size_t)LINK_BYTES);
    if (!chunk) return false;
    memcpy(term->end, &chunk, sizeof chunk);
    term->at = chunk;
    term->end = chunk + chunk_bytes[level];
    term->level = level;
    return true;
}

/* A number that may run over the end of a chunk. */
static NEVER_INLINE void put_number_split(Inverter *inverter, Term *term,
                                          uint64_t number)
{
    uint8_t bytes[VARINT_MAX_BYTES];
    uint8_t *end = varint_put(bytes, number);
    for (const uint8_t *byte = bytes; byte < end; byte++) {
        if (term->at == term->end && !grow_term(inverter, term)) return;
        *term->at++ = *byte;
    }
}

static ALWAYS_INLINE void put_number(Inverter *inverter, Term *term,
                                     uint64_t number)
{
    enum { MOST_BYTES = 5 }; /* of twice a 32-bit number */
    uint8_t *at = term->at;
    if (LIKELY(number < 0x80 && at < term->end)) {
        *at = (uint8_t)number;
        term->at = at + 1;
    } else if (LIKELY(term->end - at >= MOST_BYTES)) {
        term->at = varint_put(at, number);
    } else {
        put_number_split(inverter, term, number);
    }
}

/* A term counts once at a position: fooFoo has two parts foo. */
static ALWAYS_INLINE void put_occurrence(Inverter *inverter, Term *term,
                                         uint32_t docid, uint32_t position)
{
    uint32_t before = term->position;
    if (term->docid != docid) {
        put_number(inverter, term, 2 * (uint64_t)(docid - term->docid) + 1);
        term->docid = docid;
        before = 0;
    } else if (UNLIKELY(before == position)) {
        return;
    }
    uint32_t step = inverter->has_positions ? position - before : 0;
    put_number(inverter, term, 2 * (uint64_t)step);
    term->position = position;
}

static void add_slice(Inverter *inverter, uint32_t docid, const Token *tokens,
                      size_t count, uint32_t shift)
{
    uint64_t hashes[SLICE];
    Term *terms[SLICE];
    HashSeed seed = inverter->seed;
    size_t mask = inverter->slot_count - 1;
    for (size_t i = 0; i < count; i++) {
        hashes[i] = term_hash(seed, tokens[i].term);
        PREFETCH(&inverter->slots[(uint32_t)hashes[i] & mask]);
    }
    for (size_t i = 0; i < count; i++) {
        const Term *term = slot_term(
            inverter->slots[(uint32_t)hashes[i] & mask]);
        /* Its bytes may lie on the next line; there may be no term at all. */
        uintptr_t bytes = (uintptr_t)term + offsetof(Term, bytes);
        PREFETCH(term);
        PREFETCH((const void *)(bytes + sizeof(uint64_t)));
    }
    for (size_t i = 0; i < count; i++) {
        terms[i] = find_term(inverter, tokens[i].term, hashes[i]);
        if (UNLIKELY(inverter->status != OK)) return;
        PREFETCH(terms[i]->at);
    }
    for (size_t i = 0; i < count; i++) {
        put_occurrence(inverter, terms[i], docid, tokens[i].position + shift);
    }
}

void inverter_add(Inverter *inverter, uint32_t docid, const Token *tokens,
                  size_t count, uint32_t shift)
{
    while (count && inverter->status == OK) {
        size_t here = count < SLICE ? count : SLICE;
        add_slice(inverter, docid, tokens, here, shift);
        tokens += here;
        count -= here;
    }
}
