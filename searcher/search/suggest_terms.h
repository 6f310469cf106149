/* suggest_terms.h - the words of an index that somebody may have meant.
 *
 * Words one edit away and words that go on where this one ends; if those are
 * few and the word is long, words two edits away; if there are none at all,
 * words that begin alike. The most frequent first.
 */
#ifndef QUERN_SEARCH_SUGGEST_TERMS_H
#define QUERN_SEARCH_SUGGEST_TERMS_H

#include "searcher/search/plan/expansion.h"

enum { MAX_SUGGESTED_TERMS = 5 };

typedef struct SuggestedTerms {
    ExpandedTerm terms[MAX_SUGGESTED_TERMS]; /* texts of the arena */
    size_t count;
    bool goes_on; /* some begin with the whole word */
} SuggestedTerms;

/* `word` as the index would hold it, and does not. */
NODISCARD Status suggest_terms(Index *index, Span word, Arena *arena,
                               SuggestedTerms *out, Error *error);

#endif
