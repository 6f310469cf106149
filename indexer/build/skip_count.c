/* skip_count.c - counts what does not come into the index as it was in its
 * source.
 */
#include "indexer/build/skip_count.h"

#include <inttypes.h>

static Status fail_too_many(const SkipCount *skips, const BuildSkip *skip,
                            Error *error)
{
    Buf last = {0};
    put_place(&last, skip->place);
    buf_printf(&last, ": %s", skip->reason); /* may be the error's own */
    const char *text = buf_text(&last);
    Status status = fail_advising(
        error, ERR_LIMIT, ADVICE_RAISE_MAX_ERRORS,
        "more than %" PRIu64 " record%s skipped, the last at %s; no index was "
        "written",
        skips->max_errors, skips->max_errors == 1 ? " was" : "s were",
        text ? text : skip->place->source);
    buf_release(&last);
    return status;
}

Status skip_count_add(SkipCount *skips, BuildSkip skip, Error *error)
{
    const BuildListener *listener = skips->listener;
    LedgerEntry entry = {.kind = skip.kind,
                         .source = span_text(skip.place->source),
                         .line = skip.place->line,
                         .column = skip.place->column,
                         .offset = skip.place->offset,
                         .reason = span_text(skip.reason)};
    ledger_writer_put(&skips->ledger, &entry);
    skip.count = skip_count_of(skips, skip.kind);
    if (listener && listener->skipped) listener->skipped(listener->self, &skip);
    if (skip.kind == LEDGER_SKIPPED && skip.count > skips->max_errors)
        return fail_too_many(skips, &skip, error);
    return ledger_writer_check(&skips->ledger, error);
}

Status skip_count_add_duplicate(SkipCount *skips, Span id, const Place *dropped,
                                const Place *kept, Error *error)
{
    Buf text = {0};
    buf_printf(&text, "id '%.*s' is also at ", SPAN_ARGS(id));
    put_place(&text, kept);
    buf_put_text(&text, ", which was kept");
    const char *reason = buf_text(&text);
    BuildSkip skip = {
        .kind = LEDGER_DUPLICATE, .place = dropped, .reason = reason};
    Status status = reason ? skip_count_add(skips, skip, error)
                           : fail_memory(error, "writing the skip log");
    buf_release(&text);
    return status;
}
