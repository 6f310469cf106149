/* merger.c - many sorted runs read as one.
 *
 * A binary heap of runs by their current term; those that share the smallest
 * one are taken out, and their postings are merged by docid. Documents come to
 * a run in batches, so that mostly many postings in a row are of one run.
 */
#include "indexer/build/merger.h"

#include <stdlib.h>

struct Merger {
    RunReader *readers; /* owned */
    size_t reader_count;
    RunReader **heap; /* owned: the smallest term first */
    size_t heap_size;
    RunReader **current; /* owned: those that have the current term */
    size_t current_count;
    Buf term;                  /* the current one */
    const DocidMap *docid_map; /* borrowed; NULL: nothing was dropped */
};

/* Equal terms in the order of runs, to make no difference between them. */
static bool reader_before(const RunReader *a, const RunReader *b)
{
    int order = span_compare(buf_span(&a->term), buf_span(&b->term));
    return order ? order < 0 : a < b;
}

static void sift_down(Merger *merger, size_t i)
{
    RunReader **heap = merger->heap;
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++) {
            if (child < merger->heap_size &&
                reader_before(heap[child], heap[least])) {
                least = child;
            }
        }
        if (least == i) return;
        RunReader *reader = heap[i];
        heap[i] = heap[least];
        heap[least] = reader;
        i = least;
    }
}

static void heap_push(Merger *merger, RunReader *reader)
{
    RunReader **heap = merger->heap;
    size_t i = merger->heap_size++;
    for (; i && reader_before(reader, heap[(i - 1) / 2]); i = (i - 1) / 2)
        heap[i] = heap[(i - 1) / 2];
    heap[i] = reader;
}

static RunReader *heap_pop(Merger *merger)
{
    RunReader *least = merger->heap[0];
    merger->heap[0] = merger->heap[--merger->heap_size];
    sift_down(merger, 0);
    return least;
}

/* The next term of a run; the run leaves if it has none. */
static Status advance(Merger *merger, RunReader *reader, Error *error)
{
    if (run_reader_next_term(reader)) heap_push(merger, reader);
    return byte_reader_check(reader->bytes, error);
}

Status merger_new(ByteReader *runs, size_t reader_count, bool has_positions,
                  Merger **out, Error *error)
{
    *out = NULL;
    Merger *merger = calloc(1, sizeof *merger);
    if (!merger) return fail_memory(error, "merging");
    merger->readers = calloc(reader_count + 1, sizeof *merger->readers);
    merger->heap = calloc(reader_count + 1, sizeof(RunReader *));
    merger->current = calloc(reader_count + 1, sizeof(RunReader *));
    if (!merger->readers || !merger->heap || !merger->current) {
        merger_free(merger);
        return fail_memory(error, "merging");
    }
    merger->reader_count = reader_count;
    for (size_t i = 0; i < reader_count; i++) {
        run_reader_init(&merger->readers[i], &runs[i], has_positions);
        Status status = advance(merger, &merger->readers[i], error);
        if (status != OK) {
            merger_free(merger);
            return status;
        }
    }
    *out = merger;
    return OK;
}

void merger_free(Merger *merger)
{
    if (!merger) return;
    for (size_t i = 0; i < merger->reader_count; i++)
        run_reader_release(&merger->readers[i]);
    free(merger->readers);
    free(merger->heap);
    free(merger->current);
    buf_release(&merger->term);
    free(merger);
}

void merger_drop(Merger *merger, const DocidMap *docid_map)
{
    merger->docid_map = docid_map;
}

Status merger_next_term(Merger *merger, Span *term, bool *found, Error *error)
{
    *term = (Span){0};
    *found = false;
    for (size_t i = 0; i < merger->current_count; i++) {
        Status status = advance(merger, merger->current[i], error);
        if (status != OK) return status;
    }
    merger->current_count = 0;
    if (merger->heap_size == 0) return OK;
    buf_clear(&merger->term);
    buf_put_span(&merger->term, buf_span(&merger->heap[0]->term));
    *term = buf_span(&merger->term);
    do {
        merger->current[merger->current_count++] = heap_pop(merger);
    } while (merger->heap_size &&
             span_equal(buf_span(&merger->heap[0]->term), *term));
    *found = true;
    return buf_check(&merger->term, "merging", error);
}

/* The run whose next posting comes first, and how far it may be read until
 * another one comes first. */
static RunReader *first_reader(const Merger *merger, uint64_t *limit)
{
    RunReader *first = NULL;
    uint64_t second = *limit;
    for (size_t i = 0; i < merger->current_count; i++) {
        RunReader *reader = merger->current[i];
        if (reader->ended) continue;
        if (!first || reader->docid < first->docid) {
            if (first && first->docid < second) second = first->docid;
            first = reader;
        } else if (reader->docid < second) {
            second = reader->docid;
        }
    }
    if (!first || first->docid >= *limit) return NULL;
    *limit = second;
    return first;
}

Status merger_next_postings(Merger *merger, uint64_t limit, PostingBatch *out,
                            Error *error)
{
    out->count = 0;
    out->position_count = 0;
    while (out->count < BLOCK_POSTINGS) {
        uint64_t until = limit;
        RunReader *reader = first_reader(merger, &until);
        if (!reader) break;
        uint32_t before = out->count;
        run_reader_take(reader, until, out);
        if (merger->docid_map) docid_map_filter(merger->docid_map, out, before);
        Status status = byte_reader_check(reader->bytes, error);
        if (status != OK) return status;
    }
    return OK;
}
