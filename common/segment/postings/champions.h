/* champions.h - the best postings of a frequent term.
 *
 * Champion lists (Manning, Raghavan and Schuetze, Introduction to Information
 * Retrieval, 7.1.3), made exact: with the segment's own k1, b and average
 * length, the first k are the k best of the term alone. FORMAT.md, champions.
 * Read-only, so any number of threads may share one.
 */
#ifndef QUERN_POSTINGS_CHAMPIONS_H
#define QUERN_POSTINGS_CHAMPIONS_H

#include "common/segment/postings/postings.h"

typedef struct Champions {
    uint32_t count;                    /* 0: the term has none */
    const uint8_t *docs, *tfs, *norms; /* streams; in `tfs` tf - 1 */
    uint8_t doc_bits, tf_bits, norm_bits, norm_min;
} Champions;

/* Those of an open list. Opening it has verified that each is a posting of the
 * list and that no posting is repeated. */
Champions champions_find(const Segment *segment, const Postings *list);

typedef struct Champion {
    uint32_t docid, tf;
    uint32_t code; /* of norm */
} Champion;

/* i < count */
Champion champion_at(const Champions *champions, uint32_t i);

/* What FORMAT.md tells a reader to refuse before a term's first use: checks the
 * champions of a list that has been validated. Called by postings_validate. */
NODISCARD Status champions_validate(Segment *segment, const Postings *list,
                                    Error *error);

#endif
