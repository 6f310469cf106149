/* zero_hits.h - what is said when a query finds nothing. */
#ifndef QUERN_SEARCHER_ZERO_HITS_H
#define QUERN_SEARCHER_ZERO_HITS_H

#include "searcher/search_session.h"

/* Says of the session's last query that it found nothing and, where the index
 * knows, why: words it lacks and what is near them, or how many documents
 * each word finds alone. */
NODISCARD Status say_zero_hits(Session *session, Span text, Error *error);

#endif
