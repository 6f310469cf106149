/* query_batch.h - a file of queries, answered on several threads, in file
 * order. */
#ifndef QUERN_SEARCHER_QUERY_BATCH_H
#define QUERN_SEARCHER_QUERY_BATCH_H

#include "common/segment/index.h"
#include "searcher/search_settings.h"

/* Reads topics from `path` ("-": standard input), prints the answers. A query
 * that cannot be answered is named with its line, the others go on;
 * *failed_count says how many. */
NODISCARD Status search_batch(Index *index, const Settings *settings,
                              const char *path, uint64_t *failed_count,
                              Error *error);

#endif
