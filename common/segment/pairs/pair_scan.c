/* pair_scan.c - finds all adjacent words of a segment from its positions. */
#include "common/segment/pairs/pair_scan.h"

#include "common/segment/pairs/pair_neighbours.h"
#include "common/segment/positions/positions.h"
#include "common/segment/postings/postings_scan.h"

#include <stdlib.h>

enum {
    MIN_ENTRIES = 1024,
    MAX_ENTRIES = 1 << 19,    /* of a slice: they are written at random, and
                                 should be in the cache */
    PAGES_OF_LIST = 192 << 10 /* bytes that the system maps around those that
                                 are read of a list: 64 KiB each of postings,
                                 their directory and positions */
};

/* How far a word has been read. */
typedef struct WordCursor {
    Postings list;
    uint32_t number;      /* of the next posting */
    uint32_t docid;       /* its docid; DOCID_NONE: no more */
    uint32_t group_docid; /* where its group of 128 begins, at the earliest */
} WordCursor;

typedef struct Slices {
    const PairScan *scan;
    WordCursor *cursors; /* owned */
    uint32_t first, end; /* the slice: documents first .. end - 1 */
    uint32_t *ends; /* owned: of each document, first the number of its entries,
                       then where they end in those of its slice */
    uint64_t *entries; /* owned: pair_entry of each document's words */
    size_t entry_limit, entry_capacity;
    uint32_t *values; /* owned: positions of a run */
    size_t value_capacity;
    PairNeighbours neighbours;
    size_t touched; /* bytes of the file mapped since they were given back */
} Slices;

/* --- Reading lists --- */

static Status open_lists(Slices *slices, TermWalk *walk, Error *error)
{
    const PairScan *scan = slices->scan;
    uint32_t opened = 0;
    while (opened < scan->word_count) {
        Span term;
        TermRecord record;
        bool found;
        Status status = term_walk_next(walk, &term, &record, &found, error);
        if (status != OK) return status;
        if (!found)
            return segment_fail(scan->segment, SECTION_PAIRS, error,
                                "a word that is not there");
        if (record.number != scan->words[opened].ordinal) continue;
        status = postings_open(scan->segment, &record,
                               &slices->cursors[opened++].list, error);
        if (status != OK) return status;
    }
    return OK;
}

/* A scan that begins with the group of the next posting. */
static void start_list(const Slices *slices, const WordCursor *cursor,
                       PostingsScan *out)
{
    postings_scan_start(out, slices->scan->segment, &cursor->list);
    out->norms = NULL; /* norm codes are not needed */
    out->next = cursor->number / BLOCK_POSTINGS * BLOCK_POSTINGS;
    out->next_docid = cursor->group_docid;
}

/* The cursor moves on to posting `number`, the i-th of the scan's batch, or to
 * the end. */
static void move_to(WordCursor *cursor, const PostingsScan *scan, uint32_t i)
{
    cursor->number = scan->next - scan->count + i;
    cursor->docid = i < scan->count ? scan->docids[i] : DOCID_NONE;
    cursor->group_docid = scan->docids[0];
}

/* Pages that have been mapped count as memory. */
static void note_touched(Slices *slices, size_t bytes)
{
    slices->touched += bytes;
    if (slices->touched <= slices->scan->memory) return;
    file_map_unload(&slices->scan->segment->file);
    slices->touched = 0;
}

/* Adds the positions of a word to the number of each document's, and puts its
 * cursor before the first posting. */
static void count_word(Slices *slices, WordCursor *cursor)
{
    uint32_t end = slices->scan->end_docid;
    PostingsScan scan;
    start_list(slices, cursor, &scan);
    cursor->docid = DOCID_NONE;
    while (postings_scan_next(&scan)) {
        if (cursor->docid == DOCID_NONE) move_to(cursor, &scan, 0);
        for (uint32_t i = 0; i < scan.count; i++) {
            if (scan.docids[i] >= end) return;
            uint32_t *count = &slices->ends[scan.docids[i]];
            *count += scan.tfs[i] < UINT32_MAX - *count ? scan.tfs[i] : 0;
        }
    }
}

static void count_words(Slices *slices)
{
    for (uint32_t word = 0; word < slices->scan->word_count; word++) {
        count_word(slices, &slices->cursors[word]);
        note_touched(slices, (size_t)slices->cursors[word].list.df * 2);
    }
}

/* --- A slice --- */

static Status grow_entries(Slices *slices, size_t count, Error *error)
{
    if (count <= slices->entry_capacity) return OK;
    uint64_t *entries = realloc(slices->entries, count * sizeof *entries);
    if (!entries) return fail_memory(error, "finding pairs");
    slices->entries = entries;
    slices->entry_capacity = count;
    return OK;
}

/* Takes as many documents as have room, at least one, and makes of the numbers
 * of their entries where these begin. */
static Status lay_out(Slices *slices, Error *error)
{
    uint64_t total = 0;
    uint32_t docid = slices->first;
    for (; docid < slices->scan->end_docid; docid++) {
        uint32_t count = slices->ends[docid];
        if (docid > slices->first && total + count > slices->entry_limit) break;
        slices->ends[docid] = (uint32_t)total;
        total += count;
    }
    slices->end = docid;
    return grow_entries(slices, (size_t)total, error);
}

static Status read_run(Slices *slices, Positions *positions, uint32_t run,
                       Error *error)
{
    uint64_t count = positions_run_count(positions, run);
    if (count + BLOCK_POSTINGS > slices->value_capacity) {
        free(slices->values);
        slices->value_capacity = (size_t)count * 2 + BLOCK_POSTINGS;
        slices->values = malloc(slices->value_capacity * sizeof(uint32_t));
        if (!slices->values) {
            slices->value_capacity = 0;
            return fail_memory(error, "finding pairs");
        }
    }
    positions_get_run(positions, run, slices->values);
    return OK;
}

/* Up to 32 postings, from the i-th of the batch on, of which the first `skip`
 * are before the slice. */
static void put_run(Slices *slices, const PostingsScan *scan, uint32_t i,
                    uint32_t skip, uint16_t word)
{
    const uint32_t *values = slices->values;
    uint32_t end = i + RUN_POSTINGS < scan->count ? i + RUN_POSTINGS
                                                  : scan->count;
    for (; i < end; i++) {
        uint32_t tf = scan->tfs[i];
        if (scan->docids[i] >= slices->end) return;
        if (i >= skip) {
            uint32_t *at = &slices->ends[scan->docids[i]];
            for (uint32_t j = 0; j < tf; j++)
                slices->entries[(*at)++] = pair_entry(values[j], word);
        }
        values += tf;
    }
}

/* The postings of a batch from the i-th on. */
static Status put_batch(Slices *slices, const PostingsScan *scan,
                        Positions *positions, uint32_t i, uint16_t word,
                        Error *error)
{
    uint32_t first = (scan->next - scan->count) / RUN_POSTINGS;
    uint32_t start = i / RUN_POSTINGS * RUN_POSTINGS;
    for (uint32_t at = start; at < scan->count; at += RUN_POSTINGS) {
        if (scan->docids[at] >= slices->end) break;
        Status status = read_run(slices, positions, first + at / RUN_POSTINGS,
                                 error);
        if (status != OK) return status;
        put_run(slices, scan, at, i, word);
    }
    return OK;
}

/* The one posting of a list whose positions are in its record. */
static void put_inline(Slices *slices, Positions *positions, uint32_t docid,
                       uint16_t word)
{
    uint32_t values[INLINE_POSITIONS];
    uint32_t *at = &slices->ends[docid];
    uint32_t count = positions_get(positions, 0, values, INLINE_POSITIONS);
    for (uint32_t i = 0; i < count; i++)
        slices->entries[(*at)++] = pair_entry(values[i], word);
}

/* Moves the positions of a word to the entries of their documents. */
static Status put_word(Slices *slices, uint16_t word, Error *error)
{
    WordCursor *cursor = &slices->cursors[word];
    PostingsScan scan;
    Positions positions;
    Status status = positions_open(slices->scan->segment, &cursor->list,
                                   &positions, error);
    if (status != OK) return status;
    if (cursor->list.inline_positions.size) {
        put_inline(slices, &positions, cursor->docid, word);
        cursor->docid = DOCID_NONE;
        return OK;
    }
    uint32_t i = cursor->number % BLOCK_POSTINGS;
    start_list(slices, cursor, &scan);
    for (bool more = true; more && postings_scan_next(&scan); i = 0) {
        status = put_batch(slices, &scan, &positions, i, word, error);
        if (status != OK) return status;
        while (i < scan.count && scan.docids[i] < slices->end) i++;
        move_to(cursor, &scan, i);
        more = i == scan.count;
    }
    return OK;
}

static Status put_documents(Slices *slices, Error *error)
{
    const PairScan *scan = slices->scan;
    uint32_t start = 0;
    for (uint32_t docid = slices->first; docid < slices->end; docid++) {
        uint32_t end = slices->ends[docid];
        PairNeighbours *neighbours = &slices->neighbours;
        Status status = pair_neighbours_find(
            neighbours, slices->entries + start, end - start, error);
        start = end;
        if (status == OK && neighbours->count) {
            status = scan->put(scan->self, docid, neighbours->codes,
                               neighbours->count, error);
        }
        if (status != OK) return status;
    }
    return OK;
}

static Status take_slice(Slices *slices, Error *error)
{
    Status status = lay_out(slices, error);
    for (uint32_t word = 0; word < slices->scan->word_count; word++) {
        if (slices->cursors[word].docid >= slices->end) continue;
        if (status == OK) status = put_word(slices, (uint16_t)word, error);
        note_touched(slices, PAGES_OF_LIST);
    }
    return status == OK ? put_documents(slices, error) : status;
}

/* --- All of it --- */

static Status make_room(Slices *slices, Error *error)
{
    const PairScan *scan = slices->scan;
    size_t entries = scan->memory / sizeof(uint64_t);
    if (entries < MIN_ENTRIES) entries = MIN_ENTRIES;
    slices->entry_limit = entries < MAX_ENTRIES ? entries : MAX_ENTRIES;
    slices->cursors = calloc((size_t)scan->word_count + 1,
                             sizeof *slices->cursors);
    slices->ends = calloc((size_t)scan->end_docid + 1, sizeof *slices->ends);
    return slices->cursors && slices->ends
               ? OK
               : fail_memory(error, "finding pairs");
}

static Status run(Slices *slices, Error *error)
{
    const PairScan *scan = slices->scan;
    Status status = make_room(slices, error);
    if (status != OK) return status;
    TermWalk walk = {0};
    status = term_walk_start(&walk, scan->segment, (Span){0}, error);
    if (status == OK) status = open_lists(slices, &walk, error);
    term_walk_release(&walk);
    if (status == OK) count_words(slices);
    while (status == OK && slices->end < scan->end_docid) {
        slices->first = slices->end;
        status = take_slice(slices, error);
    }
    return status;
}

Status pair_scan_run(const PairScan *scan, Error *error)
{
    Slices slices = {.scan = scan};
    Status status = run(&slices, error);
    free(slices.cursors);
    free(slices.ends);
    free(slices.entries);
    free(slices.values);
    pair_neighbours_release(&slices.neighbours);
    return status;
}
