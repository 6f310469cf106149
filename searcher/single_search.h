/* single_search.h - one query from the command line, answered and printed. */
#ifndef QUERN_SEARCHER_SINGLE_SEARCH_H
#define QUERN_SEARCHER_SINGLE_SEARCH_H

#include "common/segment/index.h"
#include "searcher/search_settings.h"

/* *found: whether there was a hit, for the exit status. */
NODISCARD Status search_single(Index *index, const Settings *settings,
                               Span text, bool *found, Error *error);

#endif
