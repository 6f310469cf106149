/* zero_hits.h - why a query found nothing. */
#ifndef QUERN_SEARCHER_ZERO_HITS_H
#define QUERN_SEARCHER_ZERO_HITS_H

#include "searcher/search_session.h"

/* Hints about the session's last query, which found nothing: words the index
 * lacks and what is near them, or how many documents each word finds alone.
 * They live as long as the query. */
NODISCARD Status zero_hits_explain(Session *session, const QueryNote **hints,
                                   Error *error);

#endif
