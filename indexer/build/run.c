/* run.c - sorted terms with their postings, as bytes in order. */
#include "indexer/build/run.h"

void run_reader_init(RunReader *reader, ByteReader *bytes, bool has_positions)
{
    *reader = (RunReader){.bytes = bytes, .has_positions = has_positions};
    reader->ended = true;
}

void run_reader_release(RunReader *reader)
{
    buf_release(&reader->term);
}

/* The number that opens a posting, or RUN_END. */
static void open_posting(RunReader *reader, uint64_t number)
{
    reader->ended = number <= RUN_END;
    reader->docid += (uint32_t)(number >> 1);
}

bool run_reader_next_term(RunReader *reader)
{
    if (!byte_reader_has_more(reader->bytes)) return false;
    size_t size = (size_t)byte_reader_number(reader->bytes);
    buf_clear(&reader->term);
    byte_reader_bytes(reader->bytes, size, &reader->term);
    reader->docid = UINT32_MAX;
    open_posting(reader, byte_reader_number(reader->bytes));
    return reader->bytes->status == OK;
}

/* Rare: the positions need more room. */
static bool make_room(ByteReader *bytes, PostingBatch *batch)
{
    if (posting_batch_grow(batch)) return true;
    bytes->status = fail_memory(&bytes->error, "reading positions");
    return false;
}

/* Reads the positions of the current posting; the number behind them. The
 * byte reader's position is kept in a register: this is the loop of merging. */
static uint64_t take_positions(RunReader *reader, PostingBatch *batch)
{
    ByteReader *bytes = reader->bytes;
    const uint8_t *at = bytes->at, *end = bytes->end;
    size_t count = batch->position_count;
    uint32_t least = 0; /* of the difference to the position before */
    uint64_t number;
    for (;;) {
        if (LIKELY(at < end && *at < 0x80)) {
            number = *at++;
        } else {
            bytes->at = at;
            number = byte_reader_number_slow(bytes);
            at = bytes->at;
            end = bytes->end;
            if (UNLIKELY(bytes->status != OK)) number = RUN_END;
        }
        if (number & 1) break;
        batch->position_count = count;
        if (UNLIKELY(count == batch->position_capacity) &&
            !make_room(bytes, batch)) {
            number = RUN_END;
            break;
        }
        batch->positions[count++] = (uint32_t)(number >> 1) - least;
        least = reader->has_positions;
    }
    bytes->at = at;
    batch->position_count = count;
    return number;
}

void run_reader_take(RunReader *reader, uint64_t limit, PostingBatch *batch)
{
    while (!reader->ended && reader->docid < limit &&
           batch->count < BLOCK_POSTINGS) {
        size_t before = batch->position_count;
        uint32_t n = batch->count++;
        batch->docids[n] = reader->docid;
        open_posting(reader, take_positions(reader, batch));
        batch->tfs[n] = (uint32_t)(batch->position_count - before);
    }
}

static void put_number(RunWriter *writer, uint64_t number)
{
    uint8_t bytes[VARINT_MAX_BYTES];
    size_t size = (size_t)(varint_put(bytes, number) - bytes);
    spool_put(writer->spool, bytes, size);
}

void run_writer_term(RunWriter *writer, Span term)
{
    put_number(writer, term.size);
    spool_put_span(writer->spool, term);
    writer->last_docid = UINT32_MAX;
}

void run_writer_put(RunWriter *writer, const PostingBatch *batch,
                    bool has_positions)
{
    const uint32_t *position = batch->positions;
    for (uint32_t i = 0; i < batch->count; i++) {
        uint32_t delta = batch->docids[i] - writer->last_docid;
        put_number(writer, 2 * (uint64_t)delta + 1);
        writer->last_docid = batch->docids[i];
        uint32_t least = 0;
        for (uint32_t j = 0; j < batch->tfs[i]; j++) {
            put_number(writer, 2 * ((uint64_t)*position++ + least));
            least = has_positions;
        }
    }
}

void run_writer_end_term(RunWriter *writer)
{
    put_number(writer, RUN_END);
}
