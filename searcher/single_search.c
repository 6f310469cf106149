/* single_search.c - one query from the command line, answered and printed. */
#include "searcher/modes.h"

#include "common/base/clock.h"
#include "common/base/human.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "searcher/hints.h"
#include "searcher/output/hit_writer.h"
#include "searcher/output/json_form.h"
#include "searcher/output/number_text.h"
#include "searcher/output/standard_output.h"
#include "searcher/query_trace.h"
#include "searcher/search_session.h"

static Status put_hits(Session *session, const HitStyle *style, Buf *out,
                       double *seconds, Error *error)
{
    double start = clock_seconds();
    HitWriter *writer = NULL;
    Status status = hit_writer_new(session->index, style, &writer, error);
    if (status == OK) {
        status = hit_writer_put(writer, session->context, &session->result,
                                span_text("1"), out, error);
    }
    if (status == OK && hit_writer_escaped(writer)) {
        log_note("white space, %%, control characters and invalid UTF-8 in "
                 "ids are written as %%XX");
    }
    hit_writer_free(writer);
    *seconds = clock_seconds() - start;
    return status;
}

static void put_summary(const Session *session, Span text,
                        const QueryNote *hints, Buf *out)
{
    Buf interpreted = {0};
    put_interpreted(&session->query, &interpreted);
    JsonQuery query = {.text = text,
                       .interpreted = buf_span(&interpreted),
                       .total = session->result.total,
                       .notes = session->query.notes,
                       .warnings = session->result.notes};
    put_json_summary(&query, hints, session->seconds, out);
    buf_keep_failure(out, &interpreted);
    buf_release(&interpreted);
}

static void log_notes(const Session *session, bool found)
{
    for (const QueryNote *note = session->query.notes; note;
         note = note->next) {
        if (found && !note->is_warning) {
            log_detail("%s", note->text);
        } else {
            log_note("%s", note->text);
        }
    }
    for (const QueryNote *note = session->result.notes; note;
         note = note->next) {
        log_warn("%s", note->text);
    }
}

/* "10 of 123 hits in 0.8 ms; paths are relative to /home/me/notes" */
static void log_total(const Session *session, const char *paths_from)
{
    Buf line = {0};
    const SearchResult *result = &session->result;
    if (result->hit_count < result->total)
        buf_printf(&line, "%u of ", result->hit_count);
    put_counted(&line, result->total, "hit");
    buf_put_text(&line, " in ");
    put_duration(&line, session->seconds);
    if (paths_from) {
        buf_put_text(&line, "; paths are relative to ");
        put_visible(&line, span_text(paths_from));
    }
    buf_put_byte(&line, '\n');
    log_text(buf_span(&line));
    buf_release(&line);
}

/* On a terminal the number of hits; and, if the index was found in a parent
 * folder, what the paths are relative to. */
static void log_hits(const Session *session, const Settings *settings,
                     const HitStyle *style)
{
    bool lines = style->form == FORM_LINES || style->form == FORM_IDS;
    if (style->form == FORM_TERMINAL) {
        log_total(session, settings->paths_from);
    } else if (lines && settings->paths_from) {
        log_note("paths are relative to %s", settings->paths_from);
    }
}

static void log_timing(const Session *session)
{
    Buf line = {0};
    put_duration(&line, session->seconds);
    const char *text = buf_text(&line);
    if (text) log_note("timing: 1 query in %s", text);
    buf_release(&line);
}

static void put_trace(const Session *session, const Settings *settings,
                      double output_seconds, Buf *out)
{
    if (settings->json) {
        put_query_trace_json(out, session, (Span){0}, output_seconds);
        return;
    }
    Buf text = {0};
    put_query_trace(&text, session, (Span){0}, output_seconds);
    log_text(buf_span(&text));
    buf_release(&text);
}

static Status put_answer(Session *session, const Settings *settings,
                         const HitStyle *style, Span text,
                         const QueryNote *hints, Error *error)
{
    Buf out = {0};
    Status status = OK;
    double seconds = 0.0;
    if (settings->count && !settings->json) {
        put_number(&out, session->result.total);
        buf_put_byte(&out, '\n');
    } else if (!settings->count) {
        status = put_hits(session, style, &out, &seconds, error);
    }
    if (settings->trace) put_trace(session, settings, seconds, &out);
    if (settings->json) put_summary(session, text, hints, &out);
    bool terminal = style->form == FORM_TERMINAL && !settings->count;
    if (terminal && session->result.hit_count) buf_put_byte(&out, '\n');
    if (status == OK) status = output_write(&out, error);
    buf_release(&out);
    return status;
}

static void log_hints(const QueryNote *hints)
{
    for (; hints; hints = hints->next) log_note("hint: %s", hints->text);
}

static Status answer(Session *session, const Settings *settings,
                     const HitStyle *style, Span text, bool *found,
                     Error *error)
{
    const QueryNote *hints = NULL;
    Status status = session_search(session, text, error);
    if (status != OK) return status;
    *found = session->result.hit_count > 0 ||
             (session->search_options.count && session->result.total > 0);
    bool wants_hints = settings->json || log_level() != LOG_QUIET;
    if (wants_hints) status = hints_find(session, *found, &hints, error);
    if (status == OK) {
        status = put_answer(session, settings, style, text, hints, error);
    }
    if (status != OK) return status;

    log_notes(session, *found);
    if (!*found && !settings->count) {
        log_note("no hits in %s for: %.*s", session->index->folder,
                 SPAN_ARGS(text));
    }
    if (*found && !settings->count) log_hits(session, settings, style);
    log_hints(hints);
    if (settings->timing) log_timing(session);
    return OK;
}

Status search_single(Index *index, const Settings *settings, Span text,
                     bool *found, Error *error)
{
    *found = false;
    HitStyle style = settings_style(settings, false);
    bool counts = style.form == FORM_TERMINAL || style.form == FORM_JSON;
    Session session;
    Status status = session_open(&session, index, settings, counts, error);
    if (status != OK) return status;
    status = answer(&session, settings, &style, text, found, error);
    session_close(&session);
    return status;
}
