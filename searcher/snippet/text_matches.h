/* text_matches.h - where a text shows what was searched.
 *
 * The text is cut by the index's own analyzer, so that what is found is what
 * was searched. A word of a phrase is a match only where the phrase is, and
 * title:word only in titles.
 */
#ifndef QUERN_SNIPPET_TEXT_MATCHES_H
#define QUERN_SNIPPET_TEXT_MATCHES_H

#include "common/text/analyzer.h"
#include "searcher/snippet/matched_terms.h"

/* A token that shows a word of the query. */
typedef struct Match {
    size_t start, end; /* bytes of the text */
    uint32_t position; /* of the token */
    uint32_t word;     /* of MatchedTerms */
} Match;

/* One thread's; a text may have two matches at the same place. */
typedef struct TextMatches {
    TokenStream *tokens; /* owned */
    Buf matches;         /* Match, in the order of the text */
    Buf phrase_slots;    /* tokens that may belong to a phrase */
    Buf counts;          /* uint32_t */
} TextMatches;

NODISCARD Status text_matches_open(TextMatches *matches,
                                   const Analyzer *analyzer, Error *error);
void text_matches_close(TextMatches *matches);

/* Fills `matches` for a text that is this part of a document. */
NODISCARD Status text_matches_find(TextMatches *matches,
                                   const MatchedTerms *terms, QueryField field,
                                   Span text, Error *error);

static inline const Match *text_matches_items(const TextMatches *matches)
{
    return (const Match *)(const void *)matches->matches.data;
}

static inline size_t text_matches_count(const TextMatches *matches)
{
    return matches->matches.size / sizeof(Match);
}

#endif
