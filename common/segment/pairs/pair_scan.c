/* pair_scan.c - finds all adjacent words of a segment from its positions. */
#include "common/segment/pairs/pair_scan.h"

#include "common/segment/pairs/pair_neighbours.h"
#include "common/segment/positions/positions.h"
#include "common/segment/postings/postings_scan.h"

#include <stdlib.h>

enum {
    MIN_ENTRIES = 1024,
    MAX_ENTRIES = 1 << 17, /* of a slice: they are written at random, and should
                              be in the cache */
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
    /* The slice: documents first .. end - 1. */
    uint32_t first, end, limit; /* limit: documents a slice may have */
    uint32_t *ends;             /* owned: entries of each document end here */
    uint64_t *entries;          /* owned: pair_entry of each document's words */
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

/* To the first posting at or after the first document. */
static void skip_to_first(const Slices *slices, WordCursor *cursor)
{
    PostingsScan scan;
    start_list(slices, cursor, &scan);
    while (postings_scan_next(&scan)) {
        if (scan.docids[scan.count - 1] < slices->first) continue;
        uint32_t i = 0;
        while (scan.docids[i] < slices->first) i++;
        move_to(cursor, &scan, i);
        return;
    }
    cursor->docid = DOCID_NONE;
}

/* Pages that have been mapped count as memory. */
static void note_touched(Slices *slices, size_t bytes)
{
    slices->touched += bytes;
    if (slices->touched <= slices->scan->memory) return;
    file_map_unload(&slices->scan->segment->file);
    slices->touched = 0;
}

/* --- A slice --- */

/* Adds the positions of a word to the number of each document's. */
static void count_word(Slices *slices, const WordCursor *cursor)
{
    PostingsScan scan;
    uint32_t i = cursor->number % BLOCK_POSTINGS;
    start_list(slices, cursor, &scan);
    for (; postings_scan_next(&scan); i = 0) {
        for (; i < scan.count; i++) {
            if (scan.docids[i] >= slices->end) return;
            slices->ends[scan.docids[i] - slices->first] += scan.tfs[i];
        }
    }
}

static Status grow_entries(Slices *slices, size_t count, Error *error)
{
    if (count <= slices->entry_capacity) return OK;
    uint64_t *entries = realloc(slices->entries, count * sizeof *entries);
    if (!entries) return fail_memory(error, "finding pairs");
    slices->entries = entries;
    slices->entry_capacity = count;
    return OK;
}

/* Ends the slice where its entries are too many, and makes of the numbers in
 * `ends` where the entries of each document begin. */
static Status lay_out(Slices *slices, Error *error)
{
    uint64_t total = 0;
    uint32_t documents = slices->end - slices->first;
    for (uint32_t i = 0; i < documents; i++) {
        uint32_t count = slices->ends[i];
        if (i > 0 && total + count > slices->entry_limit) {
            slices->end = slices->first + i;
            break;
        }
        slices->ends[i] = (uint32_t)total;
        total += count;
    }
    if (total > UINT32_MAX)
        return fail(error, ERR_LIMIT, "a document has too many positions");
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
            uint32_t *at = &slices->ends[scan->docids[i] - slices->first];
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
    uint32_t *at = &slices->ends[docid - slices->first];
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
    for (uint32_t d = 0; d < slices->end - slices->first; d++) {
        uint32_t end = slices->ends[d];
        PairNeighbours *neighbours = &slices->neighbours;
        Status status = pair_neighbours_find(
            neighbours, slices->entries + start, end - start, error);
        start = end;
        if (status == OK && neighbours->count) {
            status = scan->put(scan->self, slices->first + d, neighbours->codes,
                               neighbours->count, error);
        }
        if (status != OK) return status;
    }
    return OK;
}

static bool is_in_slice(const Slices *slices, uint32_t word)
{
    return slices->cursors[word].docid < slices->end;
}

static Status take_slice(Slices *slices, Error *error)
{
    uint32_t left = slices->scan->end_docid - slices->first;
    slices->end = slices->first + (left < slices->limit ? left : slices->limit);
    memset(slices->ends, 0, slices->limit * sizeof *slices->ends);
    uint32_t words = slices->scan->word_count;
    for (uint32_t word = 0; word < words; word++) {
        if (!is_in_slice(slices, word)) continue;
        count_word(slices, &slices->cursors[word]);
        note_touched(slices, PAGES_OF_LIST);
    }
    Status status = lay_out(slices, error);
    for (uint32_t word = 0; status == OK && word < words; word++) {
        if (!is_in_slice(slices, word)) continue;
        status = put_word(slices, (uint16_t)word, error);
        note_touched(slices, PAGES_OF_LIST);
    }
    return status == OK ? put_documents(slices, error) : status;
}

/* --- All of it --- */

/* Slices of as many documents as have about so many entries. */
static Status make_room(Slices *slices, Error *error)
{
    const PairScan *scan = slices->scan;
    uint64_t total = 1;
    for (uint32_t i = 0; i < scan->word_count; i++)
        total += slices->cursors[i].list.total_tf;
    uint64_t entries = scan->memory / sizeof(uint64_t);
    if (entries < MIN_ENTRIES) entries = MIN_ENTRIES;
    if (entries > MAX_ENTRIES) entries = MAX_ENTRIES;
    uint64_t documents = scan->segment->document_count;
    uint64_t limit = entries * 3 / 4 * documents / total + 1;
    if (limit > documents) limit = documents;
    if (limit > entries) limit = entries;
    slices->limit = (uint32_t)limit;
    slices->entry_limit = (size_t)entries;
    slices->ends = malloc((limit + 1) * sizeof *slices->ends);
    return slices->ends ? OK : fail_memory(error, "finding pairs");
}

static Status run(Slices *slices, Error *error)
{
    const PairScan *scan = slices->scan;
    slices->cursors = calloc((size_t)scan->word_count + 1,
                             sizeof *slices->cursors);
    if (!slices->cursors) return fail_memory(error, "finding pairs");
    TermWalk walk = {0};
    Status status = term_walk_start(&walk, scan->segment, (Span){0}, error);
    if (status == OK) status = open_lists(slices, &walk, error);
    term_walk_release(&walk);
    if (status == OK) status = make_room(slices, error);
    if (status != OK) return status;
    slices->first = scan->first_docid;
    for (uint32_t word = 0; word < scan->word_count; word++)
        skip_to_first(slices, &slices->cursors[word]);
    while (status == OK && slices->first < scan->end_docid) {
        status = take_slice(slices, error);
        slices->first = slices->end;
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
