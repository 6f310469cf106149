/* page_cache.h - what of an index is in memory, and getting it out. */
#ifndef QUERN_MEASURE_PAGE_CACHE_H
#define QUERN_MEASURE_PAGE_CACHE_H

#include "common/base/status.h"

/* The share of the bytes of a folder's files that is in memory, 0 to 1, by
 * mincore. */
NODISCARD Status page_cache_resident(const char *folder, double *share,
                                     Error *error);

/* Evicts the files, as far as no process has their pages mapped: by
 * posix_fadvise, and as root, if that leaves more than `most`, by dropping all
 * caches of the machine. *method is "fadvise" or "drop_caches". OK also if
 * pages stayed: ask page_cache_resident. */
NODISCARD Status page_cache_evict(const char *folder, double most,
                                  const char **method, Error *error);

#endif
