/* index_terms.h - the terms of a whole index in byte order.
 *
 * Walks the dictionaries of all segments at once; equal terms are one, with
 * their counts added up. What is removed is not counted, and a term that no
 * live document has is not there. One thread at a time.
 */
#ifndef QUERN_DICTIONARY_INDEX_TERMS_H
#define QUERN_DICTIONARY_INDEX_TERMS_H

#include "common/segment/dictionary/dictionary.h"
#include "common/segment/index.h"

typedef struct IndexTerm {
    Span text; /* borrowed until the next call */
    uint64_t df, total_tf;
} IndexTerm;

typedef struct IndexTerms IndexTerms;

/* Starts at the first term that begins with `prefix` (empty: all terms) and
 * ends after the last one. Borrows the index. */
NODISCARD Status index_terms_open(const Index *index, Span prefix,
                                  IndexTerms **out, Error *error);
void index_terms_close(IndexTerms *terms); /* NULL is fine */

/* *found false after the last term; after a failure there are no more. */
NODISCARD Status index_terms_next(IndexTerms *terms, IndexTerm *out,
                                  bool *found, Error *error);

/* In how many live documents of the index a term is; 0 if there is none. */
NODISCARD Status index_term_df(const Index *index, Span term, uint64_t *df,
                               Error *error);

#endif
