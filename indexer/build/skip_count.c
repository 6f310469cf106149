/* skip_count.c - what does not come into the index as it lay in its source. */
#include "indexer/build/skip_count.h"

#include "common/program/log.h"

#include <inttypes.h>

/* Of each kind so many are named, then they are only counted. */
enum { MOST_NAMED = 20 };

static void name(SkipLogKind kind, const Place *place, const char *reason)
{
    Buf text = {0};
    put_place(&text, place);
    buf_printf(&text, ": %s: %s", skip_log_kind_name(kind), reason);
    const char *line = buf_text(&text);
    if (kind == SKIP_LOG_DUPLICATE) {
        log_detail("%s", line ? line : reason);
    } else {
        log_warn("%s", line ? line : reason);
    }
    buf_release(&text);
}

static Status fail_too_many(const Losses *losses, const Place *place,
                            const char *reason, Error *error)
{
    Buf last = {0};
    put_place(&last, place);
    buf_printf(&last, ": %s", reason); /* which may be the error's own */
    const char *text = buf_text(&last);
    Status status = fail(error, ERR_LIMIT,
                         "more than %" PRIu64
                         " records skipped (--max-errors), the last at %s; no "
                         "index was written",
                         losses->max_errors, text ? text : place->source);
    buf_release(&last);
    return status;
}

Status losses_note(Losses *losses, SkipLogKind kind, const Place *place,
                   const char *reason, Error *error)
{
    SkipLogEntry entry = {.kind = kind,
                          .source = span_text(place->source),
                          .line = place->line,
                          .column = place->column,
                          .offset = place->offset,
                          .reason = span_text(reason)};
    skip_log_writer_put(&losses->skip_log, &entry);
    if (losses_of_kind(losses, kind) <= MOST_NAMED) name(kind, place, reason);
    if (kind == SKIP_LOG_SKIPPED &&
        losses_of_kind(losses, kind) > losses->max_errors)
        return fail_too_many(losses, place, reason, error);
    return skip_log_writer_check(&losses->skip_log, error);
}

Status losses_note_duplicate(Losses *losses, Span id, const Place *dropped,
                             const Place *kept, Error *error)
{
    Buf text = {0};
    buf_printf(&text, "id '%.*s' is also at ", SPAN_ARGS(id));
    put_place(&text, kept);
    buf_put_text(&text, ", which is kept");
    const char *reason = buf_text(&text);
    Status status = reason ? losses_note(losses, SKIP_LOG_DUPLICATE, dropped,
                                         reason, error)
                           : fail_memory(error, "keeping the skip log");
    buf_release(&text);
    return status;
}

void losses_sum_up(const Losses *losses, const char *folder)
{
    const SkipLogWriter *skip_log = &losses->skip_log;
    uint64_t more = 0;
    for (int kind = SKIP_LOG_SKIPPED; kind <= SKIP_LOG_CUT; kind++) {
        uint64_t count = skip_log->counts.of_kind[kind];
        if (count > MOST_NAMED) more += count - MOST_NAMED;
    }
    if (more) {
        log_warn("%" PRIu64 " more skipped or cut; 'indexer skipped %s' lists "
                 "them",
                 more, folder);
    }
    if (skip_log->full) {
        log_warn("the skip log is full: it tells %" PRIu64 " of %" PRIu64
                 " records skipped, cut or dropped; the others are counted",
                 skip_log->counts.entries, skip_log_writer_total(skip_log));
    }
}
