/* hit_writer.h - formats the hits of a search: ids, ties, titles, snippets.
 *
 * Stored text is read only for the hits that are written, and only for forms
 * that print it.
 */
#ifndef QUERN_OUTPUT_HIT_WRITER_H
#define QUERN_OUTPUT_HIT_WRITER_H

#include "searcher/output/hit_forms.h"
#include "searcher/search/search.h"

/* For one thread. */
typedef struct HitWriter HitWriter;

/* Index and style must outlive the writer. */
NODISCARD Status hit_writer_new(Index *index, const HitStyle *style,
                                HitWriter **out, Error *error);
void hit_writer_free(HitWriter *writer); /* NULL is fine */

/* Appends the hits of the context's last search. After a failure, `out` holds
 * only a part of them. */
NODISCARD Status hit_writer_put(HitWriter *writer, SearchContext *context,
                                const SearchResult *result, Span qid, Buf *out,
                                Error *error);

/* Whether an id or qid of a run has been escaped so far. */
bool hit_writer_escaped(const HitWriter *writer);

#endif
