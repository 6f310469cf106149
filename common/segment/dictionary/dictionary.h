/* dictionary.h - a segment's sorted terms: exact look-up and ordered walk. */
#ifndef QUERN_DICTIONARY_DICTIONARY_H
#define QUERN_DICTIONARY_DICTIONARY_H

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/segment/segment.h"

/* The record of a term (FORMAT.md, terms). Offsets are absolute in their
 * sections. The lists themselves have not been read yet. */
typedef struct TermRecord {
    bool is_pair;    /* of two terms: `number` is the pair's, there are no norm
                        codes and no positions (pairs.h) */
    uint32_t number; /* of the term in its segment, in byte order, from 0 */
    uint32_t df;
    uint64_t total_tf;
    PostingsClass kind;
    bool has_bounds;
    bool has_positions;
    uint8_t kth_count;
    uint8_t doc_bits, tf_bits, norm_bits, norm_min; /* short; bitmap: tf_bits */
    uint16_t max;                                   /* inline: 65535 */
    uint16_t kth[KTH_LEVELS];                       /* 0 beyond kth_count */
    uint32_t exception_count;                       /* bitmap */
    uint32_t docid;                                 /* inline */
    Span inline_positions; /* inline with tf <= 4: varints, borrowed */
    uint64_t postings_offset;
    uint64_t positions_offset;
    uint64_t bounds_offset; /* bytes */
} TermRecord;

/* *found false if the segment has no such term. Thread-safe. */
NODISCARD Status dictionary_find(Segment *segment, Span term, TermRecord *out,
                                 bool *found, Error *error);

/* The same in several segments, which takes less time than one by one. */
NODISCARD Status dictionary_find_all(Segment *const *segments, size_t count,
                                     Span term, TermRecord *records,
                                     bool *found, Error *error);

/* A block of 16 terms, read up to some term of it. */
typedef struct TermBlock {
    uint32_t number; /* of the block */
    uint32_t term_count;
    const uint8_t *keys, *keys_end, *records, *records_end; /* what is left */
    uint64_t postings_base, positions_base, bounds_base;    /* all in bytes */
} TermBlock;

/* Reads the record of a term from the bytes of `terms`. Everything that can be
 * known without the lists themselves is checked: counts, widths, class. */
NODISCARD Status term_record_parse(const Segment *segment,
                                   const TermBlock *block, uint32_t number,
                                   Span bytes, TermRecord *out, Error *error);

/* The first bytes of a term as a number: numbers compare as terms do. */
static inline uint64_t term_prefix(Span term)
{
    uint8_t bytes[TERM_PREFIX_BYTES] = {0};
    size_t size = term.size < TERM_PREFIX_BYTES ? term.size : TERM_PREFIX_BYTES;
    if (size) memcpy(bytes, term.data, size);
    return __builtin_bswap64(get_u64le(bytes));
}

/* Walks terms in byte order. Start with {0}, release at the end. */
typedef struct TermWalk {
    Segment *segment;
    uint32_t next_number;
    bool has_term;   /* `term` is the next to hand out, its record not read */
    Buf term;        /* owned */
    TermBlock block; /* the one of the last term */
} TermWalk;

/* To just before the first term >= `from` (empty: the first of all). */
NODISCARD Status term_walk_start(TermWalk *walk, Segment *segment, Span from,
                                 Error *error);

/* To just before term `number`, if there is one. */
NODISCARD Status term_walk_start_at(TermWalk *walk, Segment *segment,
                                    uint32_t number, Error *error);

/* The next term; *found false after the last. *term lives until the next
 * call. */
NODISCARD Status term_walk_next(TermWalk *walk, Span *term, TermRecord *out,
                                bool *found, Error *error);
void term_walk_release(TermWalk *walk);

#endif
