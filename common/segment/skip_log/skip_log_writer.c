/* skip_log_writer.c - collects what was not indexed.
 */
#include "common/segment/skip_log/skip_log_writer.h"

#include "common/base/bytes.h"

void skip_log_writer_init(SkipLogWriter *writer, const char *folder,
                          size_t memory_limit, uint64_t limit)
{
    *writer = (SkipLogWriter){.limit = limit};
    spool_init(&writer->entries, folder, memory_limit);
}

void skip_log_writer_release(SkipLogWriter *writer)
{
    spool_release(&writer->entries);
    buf_release(&writer->source);
    buf_release(&writer->reason);
    buf_release(&writer->record);
}

/* `text`, front-coded against the one before, which it replaces. */
static void put_text(Buf *record, Buf *before, Span text, size_t most)
{
    if (text.size > most) text.size = most;
    size_t shared = span_common(buf_span(before), text);
    buf_put_varint(record, shared);
    buf_put_varint(record, text.size - shared);
    buf_put(record, text.data + shared, text.size - shared);
    before->size = shared;
    buf_put(before, text.data + shared, text.size - shared);
}

void skip_log_writer_put(SkipLogWriter *writer, const SkipLogEntry *entry)
{
    writer->counts.of_kind[entry->kind]++;
    if (writer->full) return;
    Buf *record = &writer->record;
    buf_clear(record);
    buf_put_byte(record, (uint8_t)entry->kind);
    put_text(record, &writer->source, entry->source, SKIP_LOG_MAX_SOURCE);
    buf_put_varint(record, entry->line);
    buf_put_varint(record, entry->column);
    buf_put_varint(record, entry->offset);
    put_text(record, &writer->reason, entry->reason, SKIP_LOG_MAX_REASON);
    writer->full = spool_size(&writer->entries) + record->size > writer->limit;
    if (writer->full) return;
    spool_put_span(&writer->entries, buf_span(record));
    writer->counts.entries++;
}

uint64_t skip_log_writer_total(const SkipLogWriter *writer)
{
    uint64_t total = 0;
    for (int kind = 0; kind < SKIP_LOG_KINDS; kind++)
        total += writer->counts.of_kind[kind];
    return total;
}

Status skip_log_writer_check(const SkipLogWriter *writer, Error *error)
{
    const char *doing = "keeping the skip log";
    Status status = spool_check(&writer->entries, error);
    if (status == OK) status = buf_check(&writer->source, doing, error);
    if (status == OK) status = buf_check(&writer->reason, doing, error);
    return status == OK ? buf_check(&writer->record, doing, error) : status;
}

void skip_log_writer_write(const SkipLogWriter *writer, SegmentWriter *out)
{
    uint8_t head[SKIP_LOG_HEADER_BYTES] = {0};
    if (skip_log_writer_total(writer) == 0) return;
    for (int kind = 0; kind < SKIP_LOG_KINDS; kind++)
        put_u64le(head + SKIP_LOG_COUNTS + 8 * kind,
                  writer->counts.of_kind[kind]);
    put_u64le(head + SKIP_LOG_ENTRY_COUNT, writer->counts.entries);
    segment_writer_begin(out, SECTION_SKIP_LOG);
    segment_writer_put(out, head, sizeof head);
    segment_writer_put_spool(out, &writer->entries, 0,
                             spool_size(&writer->entries));
    segment_writer_end(out);
}
