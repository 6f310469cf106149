/* text_matches.h - where a text matches the query.
 *
 * The text is analyzed by the index's own analyzer, so matches agree with the
 * search. A word of a phrase is a match only inside an occurrence of the
 * phrase, and title:word only in titles.
 */
#ifndef QUERN_SNIPPET_TEXT_MATCHES_H
#define QUERN_SNIPPET_TEXT_MATCHES_H

#include "common/text/analyzer.h"
#include "searcher/snippet/matched_terms.h"

/* A token that matches a word of the query. */
typedef struct Match {
    size_t start, end; /* bytes of the text */
    uint32_t position; /* of the token */
    uint32_t word;     /* of MatchedTerms */
} Match;

/* For one thread at a time; two matches may have the same offsets. */
typedef struct TextMatches {
    TokenStream *tokens; /* owned */
    Buf matches;         /* Match, in text order */
    Buf phrase_slots;    /* tokens that may belong to a phrase */
    Buf counts;          /* uint32_t */
} TextMatches;

NODISCARD Status text_matches_open(TextMatches *matches,
                                   const Analyzer *analyzer, Error *error);
void text_matches_close(TextMatches *matches);

/* Finds the matches in a text that is this field of a document. */
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
