/* dictionary.c - a segment's sorted terms: exact look-up and ordered walk.
 *
 * An array has the first 8 bytes of each block of 16 front-coded terms as a
 * number, and another one every 64th of these. A look-up counts in both,
 * without branches, the prefixes that are not above its own; so it touches the
 * small upper array, 512 bytes of the lower one, and one block. Blocks whose
 * first terms share their 8 bytes with the term are distinguished by their
 * whole first terms.
 *
 * Keys of a block are not decoded: the number of bytes that the term shares
 * with the key before decides, for most keys, how the next one compares
 * (front-coded search as in Witten, Moffat and Bell, Managing Gigabytes, 4.1).
 */
#include "common/segment/dictionary/dictionary.h"

#include "common/base/varint.h"
#include "common/segment/segment_internal.h"

#include <inttypes.h>

enum { PROBES = 16 }; /* segments in which a term is looked up at once */

/* The three arrays of terms_index, u64 each. */
typedef struct PrefixIndex {
    uint32_t block_count, top_count;
    uint64_t prefixes_offset, starts_offset; /* in the section */
    const uint8_t *top, *prefixes, *starts;
} PrefixIndex;

static PrefixIndex prefix_index(const Segment *segment)
{
    PrefixIndex index;
    index.block_count = (uint32_t)divide_up(segment->term_count,
                                            TERM_BLOCK_TERMS);
    index.top_count = (uint32_t)divide_up(index.block_count, TERM_INDEX_STEP);
    index.prefixes_offset = 8 * (uint64_t)index.top_count;
    index.starts_offset = index.prefixes_offset +
                          8 * (uint64_t)index.block_count;
    index.top = segment->sections[SECTION_TERMS_INDEX].data;
    index.prefixes = index.top + index.prefixes_offset;
    index.starts = index.top + index.starts_offset;
    return index;
}

/* How many of the ascending numbers are at most `max`; no branch depends on
 * their values. */
static uint32_t count_at_most(const uint8_t *numbers, uint32_t count,
                              uint64_t max)
{
    if (count == 0) return 0;
    const uint8_t *base = numbers;
    while (count > 1) {
        uint32_t half = count / 2;
        size_t step = 8 * (size_t)half;
        bool below = get_u64le(base + step - 8) <= max;
        base += step & -(size_t)below;
        count -= half;
    }
    return (uint32_t)((size_t)(base - numbers) / 8) + (get_u64le(base) <= max);
}

/* A look-up mostly waits for memory, so it prefetches all cache lines of a
 * group of blocks that it may need at once. */
static void prefetch_group(const PrefixIndex *index, uint32_t first)
{
    for (size_t i = first; i < first + TERM_INDEX_STEP; i += 8) {
        PREFETCH(index->prefixes + 8 * i);
        PREFETCH(index->starts + 8 * i);
    }
}

/* How many groups of blocks begin with a term whose prefix is at most `max`;
 * prefetches the last of them. */
static Status count_groups(Segment *segment, const PrefixIndex *index,
                           uint64_t max, uint32_t *count, Error *error)
{
    *count = 0;
    Status status = segment_verify(segment, SECTION_TERMS_INDEX, 0,
                                   index->prefixes_offset, error);
    if (status != OK) return status;
    *count = count_at_most(index->top, index->top_count, max);
    if (*count) prefetch_group(index, (*count - 1) * TERM_INDEX_STEP);
    return OK;
}

/* How many blocks begin with a term whose prefix is at most `max`, of which
 * there are `groups` groups. */
static Status count_in_groups(Segment *segment, const PrefixIndex *index,
                              uint32_t groups, uint64_t max, uint32_t *count,
                              Error *error)
{
    *count = 0;
    if (groups == 0) return OK;
    uint32_t first = (groups - 1) * TERM_INDEX_STEP;
    uint32_t size = index->block_count - first;
    if (size > TERM_INDEX_STEP) size = TERM_INDEX_STEP;
    uint64_t offset = 8 * (uint64_t)first;
    Status status = segment_verify(segment, SECTION_TERMS_INDEX,
                                   index->prefixes_offset + offset, 8ull * size,
                                   error);
    if (status != OK) return status;
    *count = first + count_at_most(index->prefixes + offset, size, max);
    return OK;
}

static Status count_blocks(Segment *segment, const PrefixIndex *index,
                           uint64_t max, uint32_t *count, Error *error)
{
    uint32_t groups;
    *count = 0;
    Status status = count_groups(segment, index, max, &groups, error);
    if (status != OK) return status;
    return count_in_groups(segment, index, groups, max, count, error);
}

static Status block_fail(const Segment *segment, uint32_t block, Error *error)
{
    return segment_fail(segment, SECTION_TERMS, error,
                        "invalid block %u of terms", block);
}

/* The numbers at the head of a block, which spans [*at, end). */
static bool read_block_head(TermBlock *block, const uint8_t *at,
                            const uint8_t *end)
{
    uint64_t bounds_base, keys_bytes;
    if (!varint_get(&at, end, &block->postings_base) ||
        !varint_get(&at, end, &block->positions_base) ||
        !varint_get(&at, end, &bounds_base) ||
        !varint_get(&at, end, &keys_bytes) ||
        keys_bytes > (uint64_t)(end - at) ||
        bounds_base > UINT64_MAX / BOUNDS_ALIGNMENT) {
        return false;
    }
    block->bounds_base = bounds_base * BOUNDS_ALIGNMENT;
    block->keys = at;
    block->keys_end = block->records = at + keys_bytes;
    block->records_end = end;
    return true;
}

static Status open_block(Segment *segment, const PrefixIndex *index,
                         uint32_t number, TermBlock *block, Error *error)
{
    uint64_t place = 8 * (uint64_t)number;
    Status status = segment_verify(segment, SECTION_TERMS_INDEX,
                                   index->starts_offset + place, 16, error);
    if (status != OK) return status;
    uint64_t start = get_u64le(index->starts + place);
    uint64_t end = get_u64le(index->starts + place + 8);
    if (start > end) return block_fail(segment, number, error);
    status = segment_verify(segment, SECTION_TERMS, start, end - start, error);
    if (status != OK) return status;

    const uint8_t *terms = segment->sections[SECTION_TERMS].data;
    for (int line = 0; line < 4; line++) PREFETCH(terms + start + 64 * line);
    uint32_t first_term = number * TERM_BLOCK_TERMS;
    uint32_t left = segment->term_count - first_term;
    block->number = number;
    block->term_count = left < TERM_BLOCK_TERMS ? left : TERM_BLOCK_TERMS;
    if (read_block_head(block, terms + start, terms + end)) return OK;
    return block_fail(segment, number, error);
}

/* Takes the first key of a block. */
static bool take_first_key(TermBlock *block, Span *key)
{
    uint64_t size;
    if (!varint_get(&block->keys, block->keys_end, &size) || size == 0 ||
        size > TERM_MAX_BYTES ||
        size > (uint64_t)(block->keys_end - block->keys)) {
        return false;
    }
    *key = span_of(block->keys, size);
    block->keys += size;
    return true;
}

/* The next key as the bytes shared with the one before, which has
 * `before_size` bytes, and the rest. */
static bool take_key(TermBlock *block, size_t before_size, size_t *shared,
                     Span *rest)
{
    uint64_t common, size;
    if (!varint_get(&block->keys, block->keys_end, &common) ||
        !varint_get(&block->keys, block->keys_end, &size) ||
        common > before_size || size == 0 || size > TERM_MAX_BYTES - common ||
        size > (uint64_t)(block->keys_end - block->keys)) {
        return false;
    }
    *shared = common;
    *rest = span_of(block->keys, size);
    block->keys += size;
    return true;
}

static bool take_record(TermBlock *block, Span *record)
{
    uint64_t size;
    if (!varint_get(&block->records, block->records_end, &size) ||
        size > (uint64_t)(block->records_end - block->records)) {
        return false;
    }
    *record = span_of(block->records, size);
    block->records += size;
    return true;
}

/* Whether a block begins with a term <= the term. */
static Status block_reaches(Segment *segment, const PrefixIndex *index,
                            uint32_t number, Span term, bool *reaches,
                            Error *error)
{
    TermBlock block;
    *reaches = false;
    Status status = open_block(segment, index, number, &block, error);
    if (status != OK) return status;
    Span first = {0};
    if (!take_first_key(&block, &first)) {
        return block_fail(segment, number, error);
    }
    *reaches = span_compare(first, term) <= 0;
    return OK;
}

/* Among blocks [low, high), whose first terms have the term's own prefix,
 * how many in front begin with a term <= the term; added to low. */
static Status count_first_terms(Segment *segment, const PrefixIndex *index,
                                Span term, uint32_t *low, uint32_t high,
                                Error *error)
{
    while (*low < high) {
        uint32_t middle = *low + (high - *low) / 2;
        bool reaches;
        Status status = block_reaches(segment, index, middle, term, &reaches,
                                      error);
        if (status != OK) return status;
        if (reaches) {
            *low = middle + 1;
        } else {
            high = middle;
        }
    }
    return OK;
}

/* How many blocks begin with a term <= the term: the last of them is where
 * it stands if it is there. *count is how many begin with a prefix at most its
 * own. */
static Status refine_blocks(Segment *segment, const PrefixIndex *index,
                            Span term, uint32_t *count, Error *error)
{
    uint64_t prefix = term_prefix(term);
    if (*count == 0) return OK;
    uint64_t last = get_u64le(index->prefixes + 8 * (size_t)(*count - 1));
    if (last != prefix) return OK;

    /* Mostly it is the last of them at once. */
    bool reaches = false;
    uint32_t high = *count - 1, low = 0;
    Status status = block_reaches(segment, index, high, term, &reaches, error);
    if (status != OK || reaches) return status;
    if (prefix > 0) {
        status = count_blocks(segment, index, prefix - 1, &low, error);
        if (status != OK) return status;
    }
    status = count_first_terms(segment, index, term, &low, high, error);
    *count = low;
    return status;
}

static Status count_blocks_to(Segment *segment, const PrefixIndex *index,
                              Span term, uint32_t *count, Error *error)
{
    Status status = count_blocks(segment, index, term_prefix(term), count,
                                 error);
    if (status != OK) return status;
    return refine_blocks(segment, index, term, count, error);
}

/* Finds the key of the block that is the term: *place counts from 0, *found is
 * false if no key is. False if the keys are invalid.
 *
 * Always true in the loop: the key before is smaller than the term, and
 * `matched` of its bytes are the term's. */
static bool find_key(TermBlock *block, Span term, uint32_t *place, bool *found)
{
    Span key;
    *found = false;
    *place = 0;
    if (!take_first_key(block, &key)) return false;
    size_t matched = span_common(key, term);
    size_t key_size = key.size;
    if (matched == term.size) {
        *found = key_size == matched;
        return true;
    }
    for (uint32_t i = 1; i < block->term_count; i++) {
        size_t shared;
        Span rest;
        if (!take_key(block, key_size, &shared, &rest)) return false;
        key_size = shared + rest.size;
        if (shared > matched) continue;
        if (shared < matched) return true;
        Span term_rest = span_of(term.data + shared, term.size - shared);
        size_t more = span_common(rest, term_rest);
        matched += more;
        if (matched == term.size) {
            *place = i;
            *found = key_size == matched;
            return true;
        }
        if (more < rest.size && rest.data[more] > term_rest.data[more]) {
            return true;
        }
    }
    return true;
}

/* In the last of the blocks that begin with a term <= the term. */
static Status find_in_block(Segment *segment, const PrefixIndex *index,
                            uint32_t blocks, Span term, TermRecord *out,
                            bool *found, Error *error)
{
    if (blocks == 0) return OK;
    TermBlock block;
    Status status = open_block(segment, index, blocks - 1, &block, error);
    if (status != OK) return status;
    uint32_t place;
    if (!find_key(&block, term, &place, found)) {
        *found = false;
        return block_fail(segment, block.number, error);
    }
    if (!*found) return OK;
    Span record = {0};
    for (uint32_t i = 0; i <= place; i++) {
        if (!take_record(&block, &record)) {
            *found = false;
            return block_fail(segment, block.number, error);
        }
    }
    uint32_t number = block.number * TERM_BLOCK_TERMS + place;
    status = term_record_parse(segment, &block, number, record, out, error);
    *found = status == OK;
    return status;
}

Status dictionary_find(Segment *segment, Span term, TermRecord *out,
                       bool *found, Error *error)
{
    *found = false;
    *out = (TermRecord){0};
    PrefixIndex index = prefix_index(segment);
    uint32_t blocks;
    Status status = count_blocks_to(segment, &index, term, &blocks, error);
    if (status != OK) return status;
    return find_in_block(segment, &index, blocks, term, out, found, error);
}

/* Where the block begins is not verified yet: it only says what to prefetch. */
static void prefetch_block(const Segment *segment, const PrefixIndex *index,
                           uint32_t number)
{
    Span terms = segment->sections[SECTION_TERMS];
    uint64_t start = get_u64le(index->starts + 8 * (size_t)number);
    if (start >= terms.size) return;
    for (int line = 0; line < 4; line++)
        PREFETCH(terms.data + start + 64 * line);
}

/* Up to PROBES segments: step by step in all of them, so that they wait for
 * memory at the same time. */
static Status find_in_some(Segment *const *segments, size_t count, Span term,
                           TermRecord *records, bool *found, Error *error)
{
    PrefixIndex indexes[PROBES];
    uint32_t blocks[PROBES];
    uint64_t prefix = term_prefix(term);
    Status status = OK;
    for (size_t i = 0; status == OK && i < count; i++) {
        found[i] = false;
        records[i] = (TermRecord){0};
        indexes[i] = prefix_index(segments[i]);
        status = count_groups(segments[i], &indexes[i], prefix, &blocks[i],
                              error);
    }
    for (size_t i = 0; status == OK && i < count; i++) {
        status = count_in_groups(segments[i], &indexes[i], blocks[i], prefix,
                                 &blocks[i], error);
        if (status == OK && blocks[i])
            prefetch_block(segments[i], &indexes[i], blocks[i] - 1);
    }
    for (size_t i = 0; status == OK && i < count; i++) {
        status = refine_blocks(segments[i], &indexes[i], term, &blocks[i],
                               error);
        if (status == OK)
            status = find_in_block(segments[i], &indexes[i], blocks[i], term,
                                   &records[i], &found[i], error);
    }
    return status;
}

Status dictionary_find_all(Segment *const *segments, size_t count, Span term,
                           TermRecord *records, bool *found, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < count; i += PROBES) {
        size_t some = count - i < PROBES ? count - i : PROBES;
        status = find_in_some(segments + i, some, term, records + i, found + i,
                              error);
    }
    return status;
}

/* Puts the next key together in walk->term. */
static Status advance_term(TermWalk *walk, Error *error)
{
    Segment *segment = walk->segment;
    TermBlock *block = &walk->block;
    bool first = walk->next_number % TERM_BLOCK_TERMS == 0;
    size_t shared = 0;
    Span rest;
    if (first) {
        PrefixIndex index = prefix_index(segment);
        uint32_t number = walk->next_number / TERM_BLOCK_TERMS;
        Status status = open_block(segment, &index, number, block, error);
        if (status != OK) return status;
    }
    if (!(first ? take_first_key(block, &rest)
                : take_key(block, walk->term.size, &shared, &rest))) {
        return block_fail(segment, block->number, error);
    }
    walk->term.size = shared;
    buf_put_span(&walk->term, rest);
    return buf_check(&walk->term, "walking through terms", error);
}

static Status take_walk_record(TermWalk *walk, Span *record, Error *error)
{
    if (take_record(&walk->block, record)) return OK;
    return block_fail(walk->segment, walk->block.number, error);
}

Status term_walk_start(TermWalk *walk, Segment *segment, Span from,
                       Error *error)
{
    walk->segment = segment;
    walk->has_term = false;
    walk->next_number = 0;
    buf_clear(&walk->term);
    PrefixIndex index = prefix_index(segment);
    uint32_t blocks;
    Status status = count_blocks_to(segment, &index, from, &blocks, error);
    if (status != OK || blocks == 0) return status;

    walk->next_number = (blocks - 1) * TERM_BLOCK_TERMS;
    while (walk->next_number < segment->term_count) {
        status = advance_term(walk, error);
        if (status != OK) return status;
        walk->has_term = span_compare(buf_span(&walk->term), from) >= 0;
        if (walk->has_term) return OK;
        Span skipped;
        status = take_walk_record(walk, &skipped, error);
        if (status != OK) return status;
        walk->next_number++;
    }
    return OK;
}

Status term_walk_next(TermWalk *walk, Span *term, TermRecord *out, bool *found,
                      Error *error)
{
    *found = false;
    *term = (Span){0};
    if (walk->next_number >= walk->segment->term_count) return OK;
    Status status = OK;
    if (!walk->has_term) status = advance_term(walk, error);
    walk->has_term = false;
    Span record;
    if (status == OK) status = take_walk_record(walk, &record, error);
    if (status != OK) return status;
    status = term_record_parse(walk->segment, &walk->block, walk->next_number,
                               record, out, error);
    if (status != OK) return status;
    walk->next_number++;
    *term = buf_span(&walk->term);
    *found = true;
    return OK;
}

Status term_walk_start_at(TermWalk *walk, Segment *segment, uint32_t number,
                          Error *error)
{
    walk->segment = segment;
    walk->has_term = false;
    walk->next_number = number / TERM_BLOCK_TERMS * TERM_BLOCK_TERMS;
    buf_clear(&walk->term);
    Status status = OK;
    while (status == OK && walk->next_number < number &&
           walk->next_number < segment->term_count) {
        Span term;
        TermRecord record;
        bool found;
        status = term_walk_next(walk, &term, &record, &found, error);
    }
    return status;
}

void term_walk_release(TermWalk *walk)
{
    buf_release(&walk->term);
    *walk = (TermWalk){0};
}
