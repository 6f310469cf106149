/* query_trace.c - --trace: how a query was answered. */
#include "searcher/query_trace.h"

#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"

#include <inttypes.h>

/* Puts the lines of the plan, two spaces to the right. */
static void put_plan(Buf *out, const Session *session)
{
    Buf plan = {0};
    search_describe_last(session->context, &plan);
    const char *text = buf_text(&plan);
    for (const char *line = text; line && *line;) {
        size_t size = strcspn(line, "\n") + 1;
        buf_put_text(out, "  ");
        buf_put(out, line, size);
        line += size;
    }
    buf_keep_failure(out, &plan);
    buf_release(&plan);
}

static void put_phase(Buf *out, const char *name, double seconds,
                      const char *end)
{
    buf_printf(out, "%s ", name);
    put_duration(out, seconds);
    buf_put_text(out, end);
}

void put_query_trace(Buf *out, const Session *session, Span qid,
                     double output_seconds)
{
    const SearchTrace *trace = &session->trace;
    buf_put_text(out, "trace");
    if (qid.size) buf_put_text(out, " of query ");
    put_visible(out, qid);
    buf_put_text(out, ":\n");
    put_plan(out, session);
    put_search_trace(out, trace);
    put_phase(out, "  parse", session->parse_seconds, ", ");
    put_phase(out, "plan", (double)trace->plan_ns * 1e-9, ", ");
    put_phase(out, "execute", (double)trace->execute_ns * 1e-9, ", ");
    put_phase(out, "rank", (double)trace->rank_ns * 1e-9, ", ");
    put_phase(out, "output", output_seconds, "\n");
}

void put_query_trace_json(Buf *out, const Session *session, Span qid,
                          double output_seconds)
{
    Buf plan = {0};
    search_describe_last(session->context, &plan);
    buf_put_text(out, "{\"type\":\"trace\"");
    if (qid.size) put_json_member(out, "qid", qid);
    put_json_member(out, "plan", buf_span(&plan));
    buf_put_byte(out, ',');
    put_search_trace_members(out, &session->trace);
    buf_printf(out, ",\"parse_ns\":%.0f,\"output_ns\":%.0f}\n",
               session->parse_seconds * 1e9, output_seconds * 1e9);
    buf_keep_failure(out, &plan);
    buf_release(&plan);
}
