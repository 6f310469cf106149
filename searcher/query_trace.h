/* query_trace.h - --trace: how a query was answered, and how long each phase
 * took. */
#ifndef QUERN_SEARCHER_QUERY_TRACE_H
#define QUERN_SEARCHER_QUERY_TRACE_H

#include "searcher/search_session.h"

/* For people, about the session's last query. `qid` is empty for a single
 * query; `output_seconds` is how long its hits took to format. */
void put_query_trace(Buf *out, const Session *session, Span qid,
                     double output_seconds);

/* {"type":"trace",...}: the same as JSON, on one line. */
void put_query_trace_json(Buf *out, const Session *session, Span qid,
                          double output_seconds);

#endif
