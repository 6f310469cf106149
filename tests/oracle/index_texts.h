/* index_texts.h - what an index says, as text, so that two can be compared.
 *
 * All that is the same for the same live documents in the same order, however
 * they came to be there: ids instead of numbers, scores with all their bits.
 */
#ifndef QUERN_ORACLE_INDEX_TEXTS_H
#define QUERN_ORACLE_INDEX_TEXTS_H

#include "searcher/search/search.h"

/* Hits, their number if it is asked for, notes, plan, and why the first and the
 * last hit match. */
NODISCARD Status put_answer(SearchContext *context, const Index *index,
                            const Query *query, const SearchOptions *options,
                            Buf *out, Error *error);

/* The numbers of documents and tokens, and all terms with theirs. */
NODISCARD Status put_words(const Index *index, Buf *out, Error *error);

/* The terms with this prefix, with df and total tf. */
NODISCARD Status put_terms(const Index *index, Span prefix, Buf *out,
                           Error *error);

/* What a misspelt word may have meant. */
NODISCARD Status put_suggestions(Index *index, Span word, Buf *out,
                                 Error *error);

#endif
