/* skip_log_writer.c - keeps what did not come into the index, for its ledger.
 */
#include "common/segment/skip_log/skip_log_writer.h"

#include "common/base/bytes.h"

void ledger_writer_init(LedgerWriter *writer, const char *folder,
                        size_t memory_limit, uint64_t limit)
{
    *writer = (LedgerWriter){.limit = limit};
    spool_init(&writer->entries, folder, memory_limit);
}

void ledger_writer_release(LedgerWriter *writer)
{
    spool_release(&writer->entries);
    buf_release(&writer->source);
    buf_release(&writer->reason);
    buf_release(&writer->record);
}

/* `text` by what it shares with the one before, whose place it takes. */
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

void ledger_writer_put(LedgerWriter *writer, const LedgerEntry *entry)
{
    writer->counts.of_kind[entry->kind]++;
    if (writer->full) return;
    Buf *record = &writer->record;
    buf_clear(record);
    buf_put_byte(record, (uint8_t)entry->kind);
    put_text(record, &writer->source, entry->source, LEDGER_MAX_SOURCE);
    buf_put_varint(record, entry->line);
    buf_put_varint(record, entry->column);
    buf_put_varint(record, entry->offset);
    put_text(record, &writer->reason, entry->reason, LEDGER_MAX_REASON);
    writer->full = spool_size(&writer->entries) + record->size > writer->limit;
    if (writer->full) return;
    spool_put_span(&writer->entries, buf_span(record));
    writer->counts.entries++;
}

uint64_t ledger_writer_total(const LedgerWriter *writer)
{
    uint64_t total = 0;
    for (int kind = 0; kind < LEDGER_KINDS; kind++)
        total += writer->counts.of_kind[kind];
    return total;
}

Status ledger_writer_check(const LedgerWriter *writer, Error *error)
{
    const char *doing = "keeping the ledger";
    Status status = spool_check(&writer->entries, error);
    if (status == OK) status = buf_check(&writer->source, doing, error);
    if (status == OK) status = buf_check(&writer->reason, doing, error);
    return status == OK ? buf_check(&writer->record, doing, error) : status;
}

void ledger_writer_write(const LedgerWriter *writer, SegmentWriter *out)
{
    uint8_t head[LEDGER_HEADER_BYTES] = {0};
    if (ledger_writer_total(writer) == 0) return;
    for (int kind = 0; kind < LEDGER_KINDS; kind++)
        put_u64le(head + LEDGER_COUNTS + 8 * kind,
                  writer->counts.of_kind[kind]);
    put_u64le(head + LEDGER_ENTRY_COUNT, writer->counts.entries);
    segment_writer_begin(out, SECTION_LEDGER);
    segment_writer_put(out, head, sizeof head);
    segment_writer_put_spool(out, &writer->entries, 0,
                             spool_size(&writer->entries));
    segment_writer_end(out);
}
