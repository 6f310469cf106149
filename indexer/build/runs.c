/* runs.c - all sorted runs of a build, and how they become one. */
#include "indexer/build/runs.h"

#include <stdlib.h>

enum { WRITE_BYTES = 1 << 20 };

static void close_readers(Runs *runs)
{
    for (size_t i = 0; i < runs->reader_count; i++)
        byte_reader_release(&runs->readers[i]);
    free(runs->readers);
    runs->readers = NULL;
    runs->reader_count = 0;
}

static void free_spool(Spool *spool)
{
    if (!spool) return;
    spool_release(spool);
    free(spool);
}

void runs_release(Runs *runs)
{
    close_readers(runs);
    for (size_t i = 0; i < runs->count; i++)
        inverter_source_free(runs->list[i].memory);
    free_spool(runs->merged);
    free(runs->list);
    *runs = (Runs){0};
}

static Status add(Runs *runs, const Run *run, Error *error)
{
    if (runs->count == runs->capacity) {
        size_t capacity = runs->capacity ? 2 * runs->capacity : 16;
        Run *list = realloc(runs->list, capacity * sizeof *list);
        if (!list) return fail_memory(error, "keeping runs");
        runs->list = list;
        runs->capacity = capacity;
    }
    runs->list[runs->count++] = *run;
    return OK;
}

Status runs_add_file(Runs *runs, const Spool *spool, uint64_t start,
                     uint64_t end, Error *error)
{
    return add(runs, &(Run){.file = {spool, start, end}}, error);
}

Status runs_add_inverter(Runs *runs, Inverter *inverter, Error *error)
{
    Run run = {0};
    Status status = inverter_source_new(inverter, &run.memory, error);
    if (status == OK) status = add(runs, &run, error);
    if (status != OK) inverter_source_free(run.memory);
    return status;
}

/* Feeds of `count` runs from `first`. */
static Status open_readers(Runs *runs, size_t first, size_t count, Error *error)
{
    close_readers(runs);
    runs->readers = calloc(count + 1, sizeof *runs->readers);
    if (!runs->readers) return fail_memory(error, "reading runs");
    for (; runs->reader_count < count; runs->reader_count++) {
        Run *run = &runs->list[first + runs->reader_count];
        ByteReader *bytes = &runs->readers[runs->reader_count];
        if (run->memory) {
            byte_reader_init(bytes, inverter_source_fill, run->memory);
        } else {
            byte_reader_init(bytes, spool_source_fill, &run->file);
        }
    }
    return OK;
}

Status runs_merge(Runs *runs, bool has_positions, Merger **out, Error *error)
{
    *out = NULL;
    Status status = open_readers(runs, 0, runs->count, error);
    if (status != OK) return status;
    return merger_new(runs->readers, runs->reader_count, has_positions, out,
                      error);
}

static Status copy_term(Merger *merger, RunWriter *writer, Span term,
                        PostingBatch *batch, bool has_positions, Error *error)
{
    run_writer_term(writer, term);
    for (;;) {
        Status status = merger_next_postings(merger, UINT64_MAX, batch, error);
        if (status != OK) return status;
        if (batch->count == 0) break;
        run_writer_put(writer, batch, has_positions);
    }
    run_writer_end_term(writer);
    return spool_check(writer->spool, error);
}

/* Merges `count` runs from `first` to the end of a spool. */
static Status merge_some(Runs *runs, size_t first, size_t count, Spool *spool,
                         bool has_positions, Error *error)
{
    Merger *merger = NULL;
    PostingBatch batch = {0};
    RunWriter writer = {.spool = spool};
    Status status = open_readers(runs, first, count, error);
    if (status == OK) {
        status = merger_new(runs->readers, count, has_positions, &merger,
                            error);
    }
    while (status == OK) {
        Span term;
        bool found;
        status = merger_next_term(merger, &term, &found, error);
        if (status != OK || !found) break;
        status = copy_term(merger, &writer, term, &batch, has_positions, error);
    }
    posting_batch_release(&batch);
    merger_free(merger);
    return status;
}

/* One pass: each `limit` runs become one, all in a new spool. */
static Status merge_pass(Runs *runs, size_t limit, Spool *spool,
                         bool has_positions, Error *error)
{
    Runs longer = {.merged = spool};
    Status status = OK;
    for (size_t first = 0; first < runs->count && status == OK;
         first += limit) {
        size_t count = runs->count - first;
        if (count > limit) count = limit;
        uint64_t start = spool_size(spool);
        status = merge_some(runs, first, count, spool, has_positions, error);
        if (status == OK) {
            status = runs_add_file(&longer, spool, start, spool_size(spool),
                                   error);
        }
    }
    if (status != OK) {
        runs_release(&longer);
        return status;
    }
    runs_release(runs);
    *runs = longer;
    return OK;
}

Status runs_reduce(Runs *runs, size_t limit, const char *folder,
                   bool has_positions, Error *error)
{
    while (runs->count > limit) {
        Spool *spool = malloc(sizeof *spool);
        if (!spool) return fail_memory(error, "merging runs");
        spool_init(spool, folder, WRITE_BYTES);
        Status status = merge_pass(runs, limit, spool, has_positions, error);
        if (status != OK) return status;
    }
    return OK;
}
