/* snippet.h - the passages of a text that show best why it was found.
 *
 * Among all windows of the wanted size the one wins whose distinct words of
 * the query are worth most together, a rare word more than a frequent one;
 * then the one with the most matches side by side, then the one with the most
 * matches, then the first. Of several passages each is the best of what the
 * ones before it left: words that these show count no more. A passage starts
 * where a paragraph or a sentence starts if there is one near, else between
 * words. White space of any kind, control and invisible characters come out
 * as single spaces or not at all.
 */
#ifndef QUERN_SNIPPET_SNIPPET_H
#define QUERN_SNIPPET_SNIPPET_H

#include "common/text/analyzer.h"
#include "searcher/snippet/matched_terms.h"

/* Bytes [start, end). */
typedef struct SnippetMark {
    size_t start, end;
} SnippetMark;

typedef struct Snippet {
    Span text;                  /* cleaned, on one line; " \u2026 " stands
                                   between passages */
    const SnippetMark *marks;   /* what matched, in `text`; ascending, apart */
    const SnippetMark *sources; /* the same in the text that was given */
    size_t mark_count;
    bool cut_before, cut_after; /* more text stands there */
} Snippet;

/* What is wanted of a text. */
typedef struct SnippetShape {
    QueryField field; /* of a document that the text is */
    size_t size;      /* bytes of a passage, about; a shorter text is whole */
    size_t passages;  /* at most so many, at least 1 */
} SnippetShape;

/* One thread's maker. */
typedef struct SnippetMaker SnippetMaker;

NODISCARD Status snippet_maker_new(const Analyzer *analyzer, SnippetMaker **out,
                                   Error *error);
void snippet_maker_free(SnippetMaker *maker); /* NULL is fine */

/* Everything in *out is borrowed until the next call. */
NODISCARD Status snippet_make(SnippetMaker *maker, const MatchedTerms *terms,
                              const SnippetShape *shape, Span text,
                              Snippet *out, Error *error);

#endif
