/* check_terms.c - the dictionary of a segment, each term of it.
 *
 * The walk goes through the blocks in order; that each term is also found by
 * a look-up proves the arrays above them.
 */
#include "common/segment/check/segment_check_internal.h"

#include <inttypes.h>

/* Blocks follow each other from the first byte to the last: one that has just
 * been walked through has nothing left, and ends where the next one starts. */
static Status check_block_end(const SegmentCheck *check, const TermBlock *block,
                              Error *error)
{
    const Segment *segment = check->segment;
    Span index = segment->sections[SECTION_TERMS_INDEX];
    Span terms = segment->sections[SECTION_TERMS];
    uint64_t blocks = divide_up(segment->term_count, TERM_BLOCK_TERMS);
    const uint8_t *starts = index.data + index.size - 8 * (blocks + 1);
    uint64_t end = get_u64le(starts + 8 * ((uint64_t)block->number + 1));
    if (block->keys != block->keys_end ||
        block->records != block->records_end ||
        block->records_end != terms.data + end ||
        (block->number + 1 == blocks && end != terms.size) ||
        (block->number == 0 && get_u64le(starts) != 0)) {
        return segment_fail(segment, SECTION_TERMS, error,
                            "block %u does not fill its bytes", block->number);
    }
    return OK;
}

/* The prefix of a block, and that of the level above, are its first term's. */
static Status check_prefixes(const Segment *segment, uint32_t block, Span term,
                             Error *error)
{
    Span index = segment->sections[SECTION_TERMS_INDEX];
    uint64_t blocks = divide_up(segment->term_count, TERM_BLOCK_TERMS);
    const uint8_t *prefixes = index.data +
                              8 * divide_up(blocks, TERM_INDEX_STEP);
    uint64_t prefix = term_prefix(term);
    bool is_top = block % TERM_INDEX_STEP == 0;
    size_t top = block / TERM_INDEX_STEP;
    if (get_u64le(prefixes + 8 * (size_t)block) == prefix &&
        (!is_top || get_u64le(index.data + 8 * top) == prefix)) {
        return OK;
    }
    return segment_fail(segment, SECTION_TERMS_INDEX, error,
                        "the prefix of block %u is not that of its first term",
                        block);
}

static Status check_term(SegmentCheck *check, Span term,
                         const TermRecord *record, Error *error)
{
    Segment *segment = check->segment;
    TermRecord found_record;
    bool found;
    Status status = OK;
    if (record->number % TERM_BLOCK_TERMS == 0) {
        status = check_prefixes(segment, record->number / TERM_BLOCK_TERMS,
                                term, error);
    }
    if (status == OK) {
        status = dictionary_find(segment, term, &found_record, &found, error);
    }
    if (status != OK) return status;
    if (!found || found_record.number != record->number) {
        return segment_fail(segment, SECTION_TERMS_INDEX, error,
                            "term %u is not found by a look-up",
                            record->number);
    }
    return check_list(check, term, record, error);
}

static Status walk_terms(SegmentCheck *check, TermWalk *walk, Buf *before,
                         Error *error)
{
    Segment *segment = check->segment;
    Status status = term_walk_start(walk, segment, (Span){0}, error);
    if (status != OK) return status;
    for (;;) {
        Span term;
        TermRecord record;
        bool found;
        status = term_walk_next(walk, &term, &record, &found, error);
        if (status != OK || !found) return status;
        if (span_compare(buf_span(before), term) >= 0) {
            return segment_fail(segment, SECTION_TERMS, error,
                                "term %u is out of order", record.number);
        }
        buf_clear(before);
        buf_put_span(before, term);
        status = buf_check(before, "checking terms", error);
        if (status == OK) status = check_term(check, term, &record, error);
        if (status != OK) return status;
        bool last = walk->next_number == segment->term_count;
        if (last || walk->next_number % TERM_BLOCK_TERMS == 0) {
            status = check_block_end(check, &walk->block, error);
            if (status != OK) return status;
        }
    }
}

Status check_terms(SegmentCheck *check, Error *error)
{
    TermWalk walk = {0};
    Buf before = {0};
    Status status = walk_terms(check, &walk, &before, error);
    buf_release(&before);
    term_walk_release(&walk);
    return status;
}

/* A length counts positions that have a token, so it is at most the sum of all
 * tf. Where the lengths of a segment add up to the sum of all tf, no two tokens
 * share a position, and each length is that sum (`exact`). */
static bool norm_agrees(uint8_t code, uint32_t tf_sum, bool exact)
{
    if (exact) return code == norm_encode(tf_sum);
    return norm_decode(code) <= tf_sum && (code == 0) == (tf_sum == 0);
}

static Status check_norms(const SegmentCheck *check, bool exact, Error *error)
{
    const Segment *segment = check->segment;
    const uint8_t *norms = segment->sections[SECTION_NORMS].data;
    for (uint32_t d = 0; d < segment->document_count; d++) {
        if (norm_agrees(norms[d], check->tf_sums[d], exact)) continue;
        return segment_fail(segment, SECTION_NORMS, error,
                            "document %u has norm code %u for %u tokens", d,
                            norms[d], check->tf_sums[d]);
    }
    return OK;
}

Status check_totals(const SegmentCheck *check, Error *error)
{
    const Segment *segment = check->segment;
    const uint8_t *norms = segment->sections[SECTION_NORMS].data;
    uint8_t codes[NORM_CODES / 8] = {0};
    uint32_t nonempty = 0;
    uint64_t shortest = 0, longest = 0; /* sums of what the codes allow */
    Status status = check_norms(check, check->tf_sum == segment->token_count,
                                error);
    if (status != OK) return status;
    for (uint32_t d = 0; d < segment->document_count; d++) {
        uint8_t code = norms[d];
        codes[code / 8] |= (uint8_t)(1u << (code % 8));
        nonempty += code > 0;
        shortest += norm_decode(code);
        longest += norm_max_length(code);
    }
    if (memcmp(codes, segment->norm_codes, sizeof codes) != 0 ||
        nonempty != segment->nonempty_count ||
        segment->token_count > check->tf_sum ||
        segment->token_count < shortest || segment->token_count > longest ||
        check->posting_count != segment->posting_count) {
        return fail(error, ERR_CORRUPT,
                    "%s: header: its totals are not those of the lists",
                    segment->path);
    }
    return OK;
}
