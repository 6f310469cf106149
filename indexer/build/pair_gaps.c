/* pair_gaps.c - the pairs of a source that it has no list of. */
#include "indexer/build/pair_gaps.h"

#include "common/segment/pairs/pair_neighbours.h"
#include "common/segment/positions/positions_scan.h"
#include "common/segment/postings/postings_scan.h"

#include <stdlib.h>

enum { BITS_A_POSITION = 32, MIN_BITS = 1 << 16 };

/* A word at a position of a document. */
typedef struct GapEntry {
    uint32_t docid;
    uint64_t entry; /* pair_entry */
} GapEntry;

typedef struct PairGaps {
    const KnownPairs *known;
    const KnownSource *source;
    GapEntry *entries; /* owned */
    size_t count, capacity, limit;
    uint64_t *marks; /* owned: bits */
    uint32_t mask;   /* of a bit's number */
    PostingBatch batch;
    uint32_t *ends;   /* owned: of each document, as in pair_scan.c */
    uint64_t *sorted; /* owned: entries by document */
    PairNeighbours neighbours;
} PairGaps;

static void release(PairGaps *gaps)
{
    free(gaps->entries);
    free(gaps->marks);
    free(gaps->ends);
    free(gaps->sorted);
    posting_batch_release(&gaps->batch);
    pair_neighbours_release(&gaps->neighbours);
}

/* --- Positions --- */

/* The positions of a document are next to each other. */
static uint32_t mark_of(const PairGaps *gaps, uint32_t docid, uint32_t position)
{
    return (docid * 0x9e3779b1u + position) & gaps->mask;
}

static void mark(PairGaps *gaps, uint32_t docid, uint32_t position)
{
    uint32_t bit = mark_of(gaps, docid, position);
    gaps->marks[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static bool is_marked(const PairGaps *gaps, uint32_t docid, uint32_t position)
{
    uint32_t bit = mark_of(gaps, docid, position);
    return gaps->marks[bit / 64] >> (bit % 64) & 1;
}

static bool put_entry(PairGaps *gaps, uint32_t docid, uint64_t entry)
{
    if (gaps->count == gaps->capacity) {
        size_t capacity = gaps->capacity ? 2 * gaps->capacity : 4096;
        GapEntry *entries = realloc(gaps->entries, capacity * sizeof *entries);
        if (!entries) return false;
        gaps->entries = entries;
        gaps->capacity = capacity;
    }
    gaps->entries[gaps->count++] = (GapEntry){docid, entry};
    return true;
}

/* Puts the positions of a word in live documents: all, or with `marks` those
 * that are marked. */
static bool put_batch(PairGaps *gaps, uint16_t word)
{
    const PostingBatch *batch = &gaps->batch;
    const DocidMap *map = gaps->source->source->docid_map;
    const uint32_t *values = batch->positions;
    for (uint32_t i = 0; i < batch->count; i++) {
        uint32_t docid = batch->docids[i], position = UINT32_MAX;
        const uint32_t *end = values + batch->tfs[i];
        if (map && !docid_map_keeps(map, docid)) {
            values = end;
            continue;
        }
        for (; values < end; values++) {
            position += *values + 1;
            if (gaps->marks && !is_marked(gaps, docid, position)) continue;
            if (!put_entry(gaps, docid, pair_entry(position, word)))
                return false;
        }
    }
    return true;
}

static Status put_list(PairGaps *gaps, const Postings *list, uint16_t word,
                       Error *error)
{
    Segment *segment = gaps->source->source->segment;
    PostingBatch *batch = &gaps->batch;
    PostingsScan scan;
    PositionsScan positions;
    Status status = positions_scan_start(&positions, segment, list, error);
    postings_scan_start(&scan, segment, list);
    scan.norms = NULL; /* norm codes are not needed */
    while (status == OK && postings_scan_next(&scan)) {
        batch->count = scan.count;
        memcpy(batch->docids, scan.docids, scan.count * sizeof *scan.docids);
        memcpy(batch->tfs, scan.tfs, scan.count * sizeof *scan.tfs);
        status = positions_scan_next(&positions, batch, error);
        if (status == OK && !put_batch(gaps, word))
            status = fail_memory(error, "finding pairs");
        if (!gaps->marks && gaps->count > gaps->limit) break;
    }
    return status;
}

/* The positions of all words that are frequent in the source, or of all that
 * are not. */
static Status put_words(PairGaps *gaps, bool frequent, Error *error)
{
    Segment *segment = gaps->source->source->segment;
    Status status = OK;
    for (uint32_t i = 0; i < gaps->known->word_count && status == OK; i++) {
        TermRecord record;
        Postings list;
        bool found;
        if (gaps->source->known[i] != frequent) continue;
        status = dictionary_find(segment, gaps->known->terms[i], &record,
                                 &found, error);
        if (status != OK || !found) continue;
        status = postings_open(segment, &record, &list, error);
        if (status == OK) status = put_list(gaps, &list, (uint16_t)i, error);
        if (!gaps->marks && gaps->count > gaps->limit) break;
    }
    return status;
}

/* Marks what is next to the positions so far. */
static Status mark_neighbours(PairGaps *gaps, Error *error)
{
    uint64_t bits = MIN_BITS;
    while (bits < BITS_A_POSITION * (uint64_t)gaps->count && bits < UINT64_C(1)
                                                                        << 31)
        bits *= 2;
    gaps->mask = (uint32_t)(bits - 1);
    gaps->marks = calloc(bits / 64, sizeof *gaps->marks);
    if (!gaps->marks) return fail_memory(error, "finding pairs");
    for (size_t i = 0; i < gaps->count; i++) {
        const GapEntry *entry = &gaps->entries[i];
        uint32_t position = entry_position(entry->entry);
        mark(gaps, entry->docid, position + 1);
        if (position) mark(gaps, entry->docid, position - 1);
    }
    return OK;
}

/* --- Neighbours --- */

/* Entries by document; ends[docid] is where those of a document begin. */
static Status sort_entries(PairGaps *gaps, Error *error)
{
    uint32_t documents = gaps->source->source->segment->document_count;
    gaps->ends = calloc((size_t)documents + 2, sizeof *gaps->ends);
    gaps->sorted = malloc(gaps->count * sizeof *gaps->sorted);
    if (!gaps->ends || !gaps->sorted)
        return fail_memory(error, "finding pairs");
    uint32_t *starts = gaps->ends + 1;
    for (size_t i = 0; i < gaps->count; i++) starts[gaps->entries[i].docid]++;
    uint32_t sum = 0;
    for (uint32_t docid = 0; docid < documents; docid++) {
        uint32_t count = starts[docid];
        starts[docid] = sum;
        sum += count;
    }
    for (size_t i = 0; i < gaps->count; i++) {
        const GapEntry *entry = &gaps->entries[i];
        gaps->sorted[starts[entry->docid]++] = entry->entry;
    }
    return OK;
}

/* Leaves out pairs of which the source has a list. */
static size_t keep_missing(const PairGaps *gaps, uint32_t *codes, size_t count)
{
    const uint8_t *known = gaps->source->known;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool has_list = known[codes[i] >> 16] & known[codes[i] & UINT16_MAX];
        codes[kept] = codes[i];
        kept += !has_list;
    }
    return kept;
}

static Status put_document(PairGaps *gaps, uint32_t docid, uint64_t *entries,
                           size_t count, PairSorter *sorter, Error *error)
{
    const ListSource *source = gaps->source->source;
    PairNeighbours *neighbours = &gaps->neighbours;
    Status status = pair_neighbours_find(neighbours, entries, count, error);
    if (status != OK) return status;
    size_t kept = keep_missing(gaps, neighbours->codes, neighbours->count);
    if (!kept) return OK;
    if (source->docid_map) docid = docid_map_new(source->docid_map, docid);
    return pair_sorter_put(sorter, docid + source->first_docid,
                           neighbours->codes, kept, error);
}

static Status put_documents(PairGaps *gaps, PairSorter *sorter, Error *error)
{
    uint32_t documents = gaps->source->source->segment->document_count;
    Status status = OK;
    for (uint32_t docid = 0; docid < documents && status == OK; docid++) {
        uint32_t start = gaps->ends[docid], end = gaps->ends[docid + 1];
        if (end - start > 1)
            status = put_document(gaps, docid, gaps->sorted + start,
                                  end - start, sorter, error);
    }
    return status;
}

static Status find_gaps(PairGaps *gaps, PairSorter *sorter, bool *too_many,
                        Error *error)
{
    Status status = put_words(gaps, false, error);
    *too_many = gaps->count > gaps->limit;
    if (status != OK || *too_many || gaps->count == 0) return status;
    status = mark_neighbours(gaps, error);
    if (status == OK) status = put_words(gaps, true, error);
    *too_many = gaps->count > UINT32_MAX;
    if (status != OK || *too_many) return status;
    status = sort_entries(gaps, error);
    return status == OK ? put_documents(gaps, sorter, error) : status;
}

Status pair_gaps_find(const KnownPairs *known, size_t source,
                      size_t max_positions, PairSorter *sorter, bool *too_many,
                      Error *error)
{
    PairGaps gaps = {.known = known,
                     .source = &known->sources[source],
                     .limit = max_positions};
    *too_many = false;
    Status status = find_gaps(&gaps, sorter, too_many, error);
    release(&gaps);
    return status;
}
