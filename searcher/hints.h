/* hints.h - why a query found nothing, or less than it asked for. */
#ifndef QUERN_SEARCHER_HINTS_H
#define QUERN_SEARCHER_HINTS_H

#include "searcher/search_session.h"

/* Hints about the session's last query: words the index lacks and what is near
 * them; if nothing was found, also how many documents each word finds alone.
 * None (NULL), and nothing looked up, where there are hits and the index has
 * all that was asked for. They live as long as the query. */
NODISCARD Status hints_find(Session *session, bool found,
                            const QueryNote **hints, Error *error);

#endif
