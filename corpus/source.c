/* source.c - what readers report to the listener. */
#include "corpus/reader.h"

#include <inttypes.h>
#include <stdio.h>

Place source_place(const Source *source, const StreamRecord *record)
{
    return (Place){
        .source = source->name, .line = record->line, .offset = record->offset};
}

Place source_whole(const Source *source)
{
    return (Place){.source = source->name};
}

Status listener_skipped(const CorpusListener *listener, const Place *place,
                        const char *reason, Advice advice, Error *error)
{
    if (!listener->skipped) return OK;
    return listener->skipped(listener->self, place, reason, advice, error);
}

Status listener_changed(const CorpusListener *listener, const Place *place,
                        const char *reason, Advice advice, Error *error)
{
    if (!listener->changed) return OK;
    return listener->changed(listener->self, place, reason, advice, error);
}

void listener_note(const CorpusListener *listener, const char *source,
                   const char *what, Advice advice)
{
    if (listener->detected)
        listener->detected(listener->self, source, what, advice);
}

const char *listener_refuses(const CorpusListener *listener, const char *path)
{
    return listener->refuses ? listener->refuses(listener->self, path) : NULL;
}

Status source_skipped(const Source *source, const StreamRecord *record,
                      const char *reason, Error *error)
{
    return source_skipped_advising(source, record, reason, ADVICE_NONE, error);
}

Status source_skipped_advising(const Source *source, const StreamRecord *record,
                               const char *reason, Advice advice, Error *error)
{
    Place place = source_place(source, record);
    *source->skipped = true;
    return listener_skipped(source->listener, &place, reason, advice, error);
}

Status source_skipped_at(const Source *source, const StreamRecord *record,
                         size_t at, const char *reason, Error *error)
{
    Place place = source_place(source, record);
    place.column = record->column;
    *source->skipped = true;
    for (size_t i = 0; i < at && i < record->bytes.size; i++) {
        bool feed = record->bytes.data[i] == '\n';
        place.line += feed;
        place.column = feed ? 1 : place.column + 1;
    }
    return listener_skipped(source->listener, &place, reason, ADVICE_NONE,
                            error);
}

Status source_changed(const Source *source, const StreamRecord *record,
                      const char *reason, Error *error)
{
    Place place = source_place(source, record);
    return listener_changed(source->listener, &place, reason, ADVICE_NONE,
                            error);
}

/* A limit in the unit in which people set it: "256 MB" are 2^28 bytes. */
static void put_limit(char *out, size_t size, uint64_t bytes)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB"};
    size_t unit = 0;
    for (; unit < 3 && bytes && bytes % 1024 == 0; unit++) bytes /= 1024;
    snprintf(out, size, "%" PRIu64 " %s", bytes, units[unit]);
}

Status source_skipped_large(const Source *source, const StreamRecord *record,
                            Error *error)
{
    char limit[32], reason[64];
    put_limit(limit, sizeof limit, source->max_record_bytes);
    snprintf(reason, sizeof reason, "larger than %s", limit);
    return source_skipped_advising(source, record, reason,
                                   ADVICE_RAISE_MAX_RECORD, error);
}

void source_announce(const Source *source, const char *what, Advice advice)
{
    if (span_equals_text(buf_span(source->announced), what)) return;
    buf_clear(source->announced);
    buf_put_text(source->announced, what);
    listener_note(source->listener, source->name, what, advice);
}
