/* source.c - what readers tell the listener. */
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
                        const char *reason, Error *error)
{
    if (!listener->skipped) return OK;
    return listener->skipped(listener->self, place, reason, error);
}

Status listener_cut(const CorpusListener *listener, const Place *place,
                    const char *reason, Error *error)
{
    if (!listener->cut) return OK;
    return listener->cut(listener->self, place, reason, error);
}

const char *listener_refuses(const CorpusListener *listener, const char *path)
{
    return listener->refuses ? listener->refuses(listener->self, path) : NULL;
}

Status source_skipped(const Source *source, const StreamRecord *record,
                      const char *reason, Error *error)
{
    Place place = source_place(source, record);
    *source->skipped = true;
    return listener_skipped(source->listener, &place, reason, error);
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
    return listener_skipped(source->listener, &place, reason, error);
}

Status source_cut(const Source *source, const StreamRecord *record,
                  const char *reason, Error *error)
{
    Place place = source_place(source, record);
    return listener_cut(source->listener, &place, reason, error);
}

Status source_skipped_long(const Source *source, const StreamRecord *record,
                           Error *error)
{
    char reason[64];
    snprintf(reason, sizeof reason, "longer than %" PRIu64 " bytes",
             source->max_record_bytes);
    return source_skipped(source, record, reason, error);
}

void source_announce(const Source *source, const char *what)
{
    if (span_equals_text(buf_span(source->announced), what)) return;
    buf_clear(source->announced);
    buf_put_text(source->announced, what);
    if (source->listener->detected)
        source->listener->detected(source->listener->self, source->name, what);
}
