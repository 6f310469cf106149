/* snippet.h - the passage of a text that shows best why it was found.
 *
 * The text is cut by the index's own analyzer, so that what is marked is what
 * was searched. Among all windows of the wanted size the one with the most
 * distinct words of the query wins, then the one with the most matches side
 * by side, then the one with the most matches, then the first. It starts
 * where a paragraph or a sentence starts if there is one near, else between
 * words. White space of any kind, control and invisible characters come out
 * as single spaces or not at all.
 */
#ifndef QUERN_OUTPUT_SNIPPET_H
#define QUERN_OUTPUT_SNIPPET_H

#include "common/text/analyzer.h"
#include "searcher/output/matched_terms.h"

/* Bytes [start, end). */
typedef struct SnippetMark {
    size_t start, end;
} SnippetMark;

typedef struct Snippet {
    Span text;                  /* cleaned, on one line */
    const SnippetMark *marks;   /* what matched, in `text`; ascending, apart */
    const SnippetMark *sources; /* the same in the text that was given */
    size_t mark_count;
    bool cut_before, cut_after; /* more text stands there */
} Snippet;

/* One thread's maker. */
typedef struct SnippetMaker SnippetMaker;

NODISCARD Status snippet_maker_new(const Analyzer *analyzer, SnippetMaker **out,
                                   Error *error);
void snippet_maker_free(SnippetMaker *maker); /* NULL is fine */

/* The best passage of about `size` bytes; the whole text if it is shorter.
 * Everything in *out is borrowed until the next call. */
NODISCARD Status snippet_make(SnippetMaker *maker, const MatchedTerms *terms,
                              Span text, size_t size, Snippet *out,
                              Error *error);

#endif
