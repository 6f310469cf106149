/* source.c - what readers tell the listener. */
#include "corpus/reader.h"

#include <inttypes.h>
#include <stdio.h>

void source_skipped(const Source *source, uint64_t line, uint64_t offset,
                    const char *reason)
{
    Place place = {source->name, line, offset};
    if (source->listener->skipped)
        source->listener->skipped(source->listener->self, &place, reason);
}

void source_skipped_long(const Source *source, const StreamRecord *record)
{
    char reason[64];
    snprintf(reason, sizeof reason, "longer than %" PRIu64 " bytes",
             source->max_record_bytes);
    source_skipped(source, record->line, record->offset, reason);
}

void source_announce(const Source *source, const char *what)
{
    if (span_equals_text(buf_span(source->announced), what)) return;
    buf_clear(source->announced);
    buf_put_text(source->announced, what);
    if (source->listener->detected)
        source->listener->detected(source->listener->self, source->name, what);
}
