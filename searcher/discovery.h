/* discovery.h - which index a search means. */
#ifndef QUERN_SEARCHER_DISCOVERY_H
#define QUERN_SEARCHER_DISCOVERY_H

#include "common/base/buf.h"

/* Puts the path of the index: `given` (-i) if not NULL, else QUERN_INDEX,
 * else .quern here or in the nearest folder above. ERR_IO says what was looked
 * for, what may have been meant, what to do. */
NODISCARD Status index_discover(const char *given, Buf *path, Error *error);

#endif
