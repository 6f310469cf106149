/* hit_ids.h - prefetches the ids of hits that are read one after the other.
 *
 * The ids of hits are spread over their section: those of later hits are
 * fetched while earlier ones are read.
 */
#ifndef QUERN_SEARCH_HIT_IDS_H
#define QUERN_SEARCH_HIT_IDS_H

#include "searcher/search/search.h"

/* Call before the id of hit `at` is read. */
void hit_ids_prefetch(const Index *index, const Hit *hits, size_t count,
                      size_t at);

#endif
