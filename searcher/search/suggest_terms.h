/* suggest_terms.h - terms of an index that a misspelt word may have meant ("did
 * you mean").
 *
 * Terms one edit away and terms that begin with the word; if those are few and
 * the word is long, terms two edits away; if there are none, terms with a long
 * common prefix. Most frequent first.
 */
#ifndef QUERN_SEARCH_SUGGEST_TERMS_H
#define QUERN_SEARCH_SUGGEST_TERMS_H

#include "searcher/search/plan/expansion.h"

enum { MAX_SUGGESTED_TERMS = 5 };

typedef struct SuggestedTerms {
    ExpandedTerm terms[MAX_SUGGESTED_TERMS]; /* texts are the arena's */
    size_t count;
    bool goes_on; /* some terms begin with the word */
} SuggestedTerms;

/* `word` is analyzed, and not a term of the index. */
NODISCARD Status suggest_terms(Index *index, Span word, Arena *arena,
                               SuggestedTerms *out, Error *error);

#endif
