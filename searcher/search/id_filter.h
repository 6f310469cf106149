/* id_filter.h - limits a search to documents whose ids match globs.
 *
 * Globs follow .gitignore (glob.h): `*.md` matches notes/plan.md, and `2024`
 * everything in a folder of that name. A leading `!` excludes what the glob
 * matches.
 *
 * A document passes if it matches one of the globs without `!` (or if there are
 * none) and none of those with `!`. Scores stay those of the whole index.
 * Thread-safe once made.
 */
#ifndef QUERN_SEARCH_ID_FILTER_H
#define QUERN_SEARCH_ID_FILTER_H

#include "common/segment/index.h"

typedef struct IdFilter IdFilter;

/* Reads all ids of the index. Without globs *out is NULL: all documents.
 * ERR_USAGE for a glob that can match no id, ERR_CORRUPT. */
NODISCARD Status id_filter_new(const Index *index, const char *const *globs,
                               size_t count, IdFilter **out, Error *error);
void id_filter_free(IdFilter *filter); /* NULL is fine */

/* A bit for each document of the segment, and 512 bits of padding; that of a
 * removed document is 0. */
const uint64_t *id_filter_bits(const IdFilter *filter, size_t segment_index);

/* The number of documents that pass. */
uint64_t id_filter_count(const IdFilter *filter);

#endif
