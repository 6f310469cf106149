/* batch_worker.c - answers the queries of a batch on one thread. */
#include "searcher/batch_worker.h"

#include "common/base/clock.h"
#include "common/base/human.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "searcher/output/json_form.h"
#include "searcher/output/number_text.h"
#include "searcher/query_trace.h"

void batch_answer_release(BatchAnswer *answer)
{
    buf_release(&answer->text);
    buf_release(&answer->warnings);
    buf_release(&answer->trace);
}

Status batch_worker_open(BatchWorker *worker, Index *index,
                         const Settings *settings, const HitStyle *style,
                         Error *error)
{
    *worker = (BatchWorker){.settings = settings, .style = style};
    bool counts = style->form == FORM_TERMINAL || style->form == FORM_JSON;
    Status status = session_open(&worker->session, index, settings, counts,
                                 error);
    if (status != OK) return status;
    status = hit_writer_new(index, style, &worker->writer, error);
    if (status != OK) batch_worker_close(worker);
    return status;
}

void batch_worker_close(BatchWorker *worker)
{
    hit_writer_free(worker->writer);
    worker->writer = NULL;
    session_close(&worker->session);
}

/* "301: international organized crime - 123 hits" */
static void put_heading(const BatchWorker *worker, const Topic *topic, Buf *out)
{
    const char *bold = worker->style->colors ? "\033[1m" : "";
    const char *reset = worker->style->colors ? "\033[0m" : "";
    buf_put_text(out, bold);
    put_plain_text(out, topic->qid);
    buf_put_text(out, ": ");
    put_plain_text(out, topic->text);
    buf_put_text(out, reset);
    buf_put_text(out, " - ");
    put_counted(out, worker->session.result.total, "hit");
    buf_put_text(out, "\n\n");
}

static void put_count_line(const BatchWorker *worker, const Topic *topic,
                           Buf *out)
{
    put_plain_text(out, topic->qid);
    buf_put_byte(out, '\t');
    put_number(out, worker->session.result.total);
    buf_put_byte(out, '\n');
}

static void put_json_line(const BatchWorker *worker, const Topic *topic,
                          Buf *out)
{
    Buf interpreted = {0};
    put_interpreted(&worker->session.query, &interpreted);
    JsonQuery query = {.qid = topic->qid,
                       .text = topic->text,
                       .interpreted = buf_span(&interpreted),
                       .total = worker->session.result.total,
                       .notes = worker->session.query.notes,
                       .warnings = worker->session.result.notes};
    put_json_query(&query, out);
    buf_keep_failure(out, &interpreted);
    buf_release(&interpreted);
}

static void put_trace(const Session *session, const Topic *topic,
                      double output_seconds, bool json, BatchAnswer *answer)
{
    if (json) {
        put_query_trace_json(&answer->text, session, topic->qid,
                             output_seconds);
    } else {
        put_query_trace(&answer->trace, session, topic->qid, output_seconds);
    }
}

static Status put_answer(BatchWorker *worker, const Topic *topic,
                         BatchAnswer *answer)
{
    Session *session = &worker->session;
    Buf *out = &answer->text;
    bool json = worker->settings->json, count = worker->settings->count;
    bool terminal = worker->style->form == FORM_TERMINAL;
    Status status = OK;
    double start = clock_seconds();
    if (count && !json) {
        put_count_line(worker, topic, out);
    } else if (!count) {
        if (terminal) put_heading(worker, topic, out);
        status = hit_writer_put(worker->writer, session->context,
                                &session->result, topic->qid, out,
                                &answer->error);
        if (terminal && session->result.hit_count) buf_put_byte(out, '\n');
    }
    if (worker->settings->trace)
        put_trace(session, topic, clock_seconds() - start, json, answer);
    if (json) put_json_line(worker, topic, out);
    if (status != OK) return status;
    return buf_check(out, "formatting hits", &answer->error);
}

static void put_notes(Buf *out, const QueryNote *note, bool all)
{
    for (; note; note = note->next) {
        if (all || note->is_warning) buf_printf(out, "%s\n", note->text);
    }
}

void batch_worker_answer(BatchWorker *worker, const Topic *topic,
                         BatchAnswer *answer)
{
    Session *session = &worker->session;
    buf_clear(&answer->text);
    buf_clear(&answer->warnings);
    buf_clear(&answer->trace);
    answer->hits = 0;
    answer->status = session_search(session, topic->text, &answer->error);
    answer->seconds = session->seconds;
    if (answer->status == OK) {
        answer->status = put_answer(worker, topic, answer);
        answer->hits = session->search_options.count
                           ? session->result.total
                           : session->result.hit_count;
        put_notes(&answer->warnings, session->result.notes, true);
        put_notes(&answer->warnings, session->query.notes,
                  log_level() == LOG_VERBOSE);
    }
    if (answer->status != OK) buf_clear(&answer->text);
}
