/* term_facts.h - what the writers of a segment find out about a term, one after
 * the other, for its record in the dictionary (FORMAT.md, terms).
 */
#ifndef QUERN_SEGMENT_TERM_FACTS_H
#define QUERN_SEGMENT_TERM_FACTS_H

#include "common/segment/bm25.h"
#include "common/segment/posting_class.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All postings of a term in one segment. */
typedef struct TermPostings {
    const uint32_t *docids; /* of the segment, ascending */
    const uint32_t *tfs;
    uint32_t count; /* df, >= 1 */
} TermPostings;

/* The documents of the postings. */
typedef struct DocumentNorms {
    const uint8_t *codes; /* the length byte of each document */
    uint32_t count;       /* of documents */
    Bm25 bm25;            /* over the whole index */
} DocumentNorms;

typedef struct TermFacts {
    PostingsClass kind;
    uint32_t df;
    uint64_t total_tf;
    uint32_t docid; /* of the one posting: inline */
    uint64_t postings_offset;
    uint8_t doc_bits, tf_bits, norm_bits, norm_min; /* short; bitmap: tf_bits */
    uint32_t exception_count;                       /* bitmap */

    bool has_positions;
    uint64_t positions_offset;
    uint32_t positions[INLINE_POSITIONS]; /* inline with tf <= 4: as packed,
                                             the first, then differences - 1 */

    uint16_t max;
    uint16_t kth[KTH_LEVELS];
    uint32_t kth_count;
    bool has_bounds;
    uint64_t bounds_offset; /* bytes */
} TermFacts;

#endif
