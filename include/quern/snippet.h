/* snippet.h - the passages of a text that best show why it matched.
 *
 * A snippet is of the context's last search: its words, patterns and phrases
 * are marked as they matched. If that search failed, or there was none, a
 * snippet is the beginning of the text, without marks.
 */
#ifndef QUERN_SNIPPET_H
#define QUERN_SNIPPET_H

#include <quern/query.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quern_snippet_options {
    size_t struct_size;
    quern_field field; /* which field of the document the text is:
                          QUERN_FIELD_TEXT or QUERN_FIELD_TITLE */
    size_t size;       /* approximate bytes of a passage, at least 1; a shorter
                          text is kept whole. SIZE_MAX: the whole text */
    size_t passages;   /* how many at most, from 1 to 100 */
} quern_snippet_options;

#define QUERN_SNIPPET_OPTIONS_INIT                              \
    {                                                           \
        sizeof(quern_snippet_options), QUERN_FIELD_TEXT, 240, 1 \
    }

/* Bytes [start, end); an element of an array. */
typedef struct quern_range {
    size_t start, end;
} quern_range;

typedef struct quern_snippet {
    /* One line of valid UTF-8: white space of any kind is a single space,
     * control and invisible characters are left out, invalid UTF-8 is U+FFFD.
     * " \u2026 " separates passages. */
    quern_string text;

    /* The matches, ascending and disjoint: marks[i] in `text` is
     * source_marks[i] in the text that the snippet was made from. */
    const quern_range *marks;
    const quern_range *source_marks;
    size_t mark_count;

    /* The passages, in the same way. */
    const quern_range *passages;
    const quern_range *source_passages;
    size_t passage_count;

    bool cut_before, cut_after; /* the text begins before the first passage,
                                   goes on after the last */
} quern_snippet;

/* The snippet of a text of the caller's, such as one kept in a database. The
 * text is analyzed with the analyzer of the index; it is borrowed during the
 * call. *snippet is borrowed from the context until the next snippet of the
 * same field. */
QUERN_API quern_status quern_snippet_text(quern_context *context,
                                          quern_string text,
                                          const quern_snippet_options *options,
                                          const quern_snippet **snippet,
                                          quern_error *error);

/* The snippet of the stored title or text of a document, chosen by
 * options->field; otherwise the same. Fails like quern_stored_read
 * (stored.h). */
QUERN_API quern_status
quern_snippet_document(quern_context *context, uint64_t document,
                       const quern_snippet_options *options,
                       const quern_snippet **snippet, quern_error *error);

#ifdef __cplusplus
}
#endif

#endif
