/* snippet.h - the passages of a text that best show why it matched.
 *
 * Among all windows of the given size the one wins whose distinct words of the
 * query weigh most together, a rare word more than a frequent one; then the one
 * with the most adjacent matches, then with the most matches, then the first.
 * Each further passage is the best of the rest of the text; words that earlier
 * passages show do not count again. A passage starts at a paragraph or sentence
 * if one starts nearby, otherwise between words. White space of any kind,
 * control and invisible characters become single spaces or are dropped.
 */
#ifndef QUERN_SNIPPET_SNIPPET_H
#define QUERN_SNIPPET_SNIPPET_H

#include "common/text/analyzer.h"
#include "searcher/snippet/matched_terms.h"

/* Bytes [start, end): a match or a passage. */
typedef struct SnippetMark {
    size_t start, end;
} SnippetMark;

typedef struct Snippet {
    Span text; /* cleaned, on one line; " \u2026 " separates passages */
    const SnippetMark *marks;   /* matches in `text`; ascending, disjoint */
    const SnippetMark *sources; /* the same in the source text */
    size_t mark_count;
    const SnippetMark *passages;        /* in `text`, in the same way ... */
    const SnippetMark *source_passages; /* ... and in the source text */
    size_t passage_count;
    bool cut_before, cut_after; /* there is more text */
} Snippet;

/* How to make a snippet. */
typedef struct SnippetShape {
    QueryField field; /* the field of the document that the text is */
    size_t
        size; /* approximate bytes of a passage; a shorter text is kept whole */
    size_t passages; /* maximum number; at least 1 */
} SnippetShape;

/* For one thread at a time. */
typedef struct SnippetMaker SnippetMaker;

NODISCARD Status snippet_maker_new(const Analyzer *analyzer, SnippetMaker **out,
                                   Error *error);
void snippet_maker_free(SnippetMaker *maker); /* NULL is fine */

/* Everything in *out is borrowed until the next call. */
NODISCARD Status snippet_make(SnippetMaker *maker, const MatchedTerms *terms,
                              const SnippetShape *shape, Span text,
                              Snippet *out, Error *error);

#endif
