/* hit_writer.h - an answer becomes text: ids, ties, titles, snippets, form.
 *
 * Stored text is read only for the hits that are written, and not at all for
 * forms that show none.
 */
#ifndef QUERN_OUTPUT_HIT_WRITER_H
#define QUERN_OUTPUT_HIT_WRITER_H

#include "searcher/output/hit_forms.h"
#include "searcher/search/search.h"

/* One thread's. */
typedef struct HitWriter HitWriter;

/* Index and style must outlive the writer. */
NODISCARD Status hit_writer_new(Index *index, const HitStyle *style,
                                HitWriter **out, Error *error);
void hit_writer_free(HitWriter *writer); /* NULL is fine */

/* Appends the hits of the context's last search.
 * After a failure what was appended is no whole answer. */
NODISCARD Status hit_writer_put(HitWriter *writer, SearchContext *context,
                                const SearchResult *result, Span qid, Buf *out,
                                Error *error);

/* Whether an id or qid had to be escaped in a run so far. */
bool hit_writer_escaped(const HitWriter *writer);

#endif
