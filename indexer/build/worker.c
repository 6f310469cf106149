/* worker.c - one thread tokenizes, inverts and compresses batches. */
#include "indexer/build/worker.h"

#include "common/base/bytes.h"
#include "common/segment/format.h"

enum { RUN_WRITE_BYTES = 1 << 20 };

Status worker_init(Worker *worker, const WorkerOptions *options, Error *error)
{
    *worker = (Worker){.options = options};
    spool_init(&worker->runs, options->folder, RUN_WRITE_BYTES);
    Status status = token_stream_new(options->analyzer, &worker->stream, error);
    if (status != OK) return status;
    return inverter_new(options->has_positions, &worker->inverter, error);
}

void worker_release(Worker *worker)
{
    token_stream_free(worker->stream);
    inverter_free(worker->inverter);
    zip_packer_free(worker->packer);
    spool_release(&worker->runs);
    buf_release(&worker->run_ends);
    *worker = (Worker){.runs.fd = -1};
}

/* How many positions have a token, if *last is the last one before them; sets
 * *last. Tokens of one position follow each other. */
static uint64_t count_positions(const Token *tokens, size_t count,
                                uint32_t *last)
{
    uint64_t positions = 0;
    for (size_t i = 0; i < count; i++) {
        positions += tokens[i].position != *last;
        *last = tokens[i].position;
    }
    return positions;
}

/* Inverts a title or a text; its length: how many positions have a token.
 * *positions is how many positions it takes. */
static uint64_t invert_text(Worker *worker, uint32_t docid, Span text,
                            uint32_t shift, uint32_t *positions)
{
    uint64_t length = 0;
    uint32_t last = UINT32_MAX;
    size_t count;
    token_stream_start(worker->stream, text, TEXT_DOCUMENT);
    for (;;) {
        const Token *batch = token_stream_batch(worker->stream, &count);
        if (count == 0) break;
        inverter_add(worker->inverter, docid, batch, count, shift);
        length += count_positions(batch, count, &last);
    }
    *positions = token_stream_positions(worker->stream);
    return length;
}

/* Title first, then text with one empty position between them (FORMAT.md,
 * positions), where the title has any position at all. */
static Status invert_document(Worker *worker, Batch *batch, uint32_t i,
                              Error *error)
{
    uint32_t docid = batch->first_docid + i;
    uint32_t title_positions = 0, positions;
    uint64_t length = 0;
    Span title = batch_title(batch, i);
    if (title.size)
        length = invert_text(worker, docid, title, 0, &title_positions);
    Status status = token_stream_status(worker->stream);
    uint32_t shift = title_positions ? title_positions + 1 : 0;
    length += invert_text(worker, docid, batch_text(batch, i), shift,
                          &positions);
    if (status == OK) status = token_stream_status(worker->stream);
    if (status != OK) return fail_memory(error, "tokenizing text");
    if (length > UINT32_MAX) length = UINT32_MAX;
    buf_put_varint(&batch->lengths, length);
    buf_put_varint(&batch->lengths, title_positions);
    return inverter_check(worker->inverter, error);
}

static Status pack_frames(Worker *worker, Batch *batch, Error *error)
{
    Status status = OK;
    if (!worker->packer) {
        status = stored_packer_new(buf_span(worker->options->dictionary),
                                   &worker->packer, error);
    }
    for (uint32_t i = 0; i < batch->count && status == OK;
         i += STORED_BLOCK_DOCUMENTS) {
        size_t before = batch->frames.size;
        status = zip_pack(worker->packer, batch_frame(batch, i), &batch->frames,
                          error);
        size_t size = batch->frames.size - before;
        if (status == OK && size > UINT32_MAX) {
            status = fail_advising(error, ERR_LIMIT, ADVICE_STORE_LESS,
                                   "16 documents take more than 4 GB "
                                   "compressed");
        }
        buf_put_u32le(&batch->frame_sizes, (uint32_t)size);
    }
    return status;
}

static Status spill(Worker *worker, Error *error)
{
    InverterSource *source;
    Status status = inverter_source_new(worker->inverter, &source, error);
    if (status != OK) return status;
    uint8_t buffer[1 << 16];
    size_t size = 1;
    while (status == OK && size) {
        status = inverter_source_fill(source, buffer, sizeof buffer, &size,
                                      error);
        spool_put(&worker->runs, buffer, size);
    }
    inverter_source_free(source);
    inverter_clear(worker->inverter);
    buf_put_u64le(&worker->run_ends, spool_size(&worker->runs));
    if (status == OK) status = spool_check(&worker->runs, error);
    return status == OK ? buf_check(&worker->run_ends, "keeping runs", error)
                        : status;
}

Status worker_process(Worker *worker, Batch *batch, uint64_t memory,
                      Error *error)
{
    Status status = OK;
    for (uint32_t i = 0; i < batch->count && status == OK; i++)
        status = invert_document(worker, batch, i, error);
    if (status == OK && worker->options->dictionary)
        status = pack_frames(worker, batch, error);
    if (status == OK && inverter_memory(worker->inverter) > memory)
        status = spill(worker, error);
    if (status == OK) status = buf_check(&batch->lengths, "indexing", error);
    return status == OK ? buf_check(&batch->frame_sizes, "indexing", error)
                        : status;
}

Status worker_add_runs(Worker *worker, Runs *runs, Error *error)
{
    Status status = OK;
    uint64_t start = 0;
    for (size_t i = 0; i < worker->run_ends.size && status == OK;
         i += sizeof(uint64_t)) {
        uint64_t end = get_u64le(worker->run_ends.data + i);
        status = runs_add_file(runs, &worker->runs, start, end, error);
        start = end;
    }
    if (status == OK && inverter_term_count(worker->inverter))
        status = runs_add_inverter(runs, worker->inverter, error);
    return status;
}
