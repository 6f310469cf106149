/* id_filter.h - which documents a search is about, told by their ids.
 *
 * A glob is compared with an id part by part, as slashes divide both, from any
 * part of the id on: `*.md` fits notes/plan.md, and `2024` all that lies below
 * a folder of that name. `*` and `?` stand for what is no slash, [abc] for one
 * of these. A slash at the front binds a glob to the start of the id, one at
 * the end to folders. A `!` before a glob leaves out what fits it.
 *
 * A document fits if it fits one of the globs without `!` (any will do if
 * there are none), and none of those with it. Scores stay those of the whole
 * index. Thread-safe once made.
 */
#ifndef QUERN_SEARCH_ID_FILTER_H
#define QUERN_SEARCH_ID_FILTER_H

#include "common/segment/index.h"

typedef struct IdFilter IdFilter;

/* Reads all ids of the index. Without globs *out is NULL: all documents.
 * ERR_USAGE for a glob that could fit nothing, ERR_CORRUPT. */
NODISCARD Status id_filter_new(const Index *index, const char *const *globs,
                               size_t count, IdFilter **out, Error *error);
void id_filter_free(IdFilter *filter); /* NULL is fine */

/* A bit for each document of the segment, with 512 bits behind the last. */
const uint64_t *id_filter_bits(const IdFilter *filter, size_t segment_index);

/* How many documents fit. */
uint64_t id_filter_count(const IdFilter *filter);

#endif
