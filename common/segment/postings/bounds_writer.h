/* bounds_writer.h - writes the section bounds: how much a term can add to a
 * score in each range.
 *
 * Everything here is made from the products tf * c of postings (bm25.h): x, the
 * fraction of its weight that a term adds to a score, grows with the product,
 * so the greatest product of many postings gives their greatest x.
 */
#ifndef QUERN_POSTINGS_BOUNDS_WRITER_H
#define QUERN_POSTINGS_BOUNDS_WRITER_H

#include "common/base/spool.h"
#include "common/segment/score_bounds.h"
#include "common/segment/term_facts.h"

typedef struct BoundsWriter {
    Spool bounds;  /* the section so far */
    float *ranges; /* owned: greatest product of each range */
    Buf windows;   /* scratch: the bytes of one term */
    Status status;
} BoundsWriter;

void bounds_writer_init(BoundsWriter *writer, const char *folder,
                        size_t memory_limit);
void bounds_writer_release(BoundsWriter *writer);

/* products[i] = tf * c of each posting, in float. */
void posting_products(const TermPostings *postings, const DocumentNorms *norms,
                      float *products);

/* 0 of none. */
float greatest_product(const float *products, uint32_t count);

/* Fills max and the k-th values. */
void find_strongest(const float *products, uint32_t count, TermFacts *facts);

/* Writes bounds if the term has them (list_has_bounds). */
void bounds_writer_put(BoundsWriter *writer, const TermPostings *postings,
                       const float *products, uint32_t document_count,
                       const ListLimits *limits, TermFacts *facts);

NODISCARD Status bounds_writer_check(const BoundsWriter *writer, Error *error);

#endif
