/* removed_lengths.c - the exact lengths of removed documents. */
#include "indexer/update/removed_lengths.h"

#include "common/segment/positions/positions.h"
#include "common/segment/postings/postings_scan.h"

#include <stdlib.h>

/* Positions that are gathered in one pass over the lists. */
enum { POSITIONS_AT_ONCE = 1 << 24 };

Status removed_ranks_init(RemovedRanks *ranks, const SegmentRemovals *removed,
                          uint32_t document_count, Error *error)
{
    size_t words = (size_t)document_count / 64 + 1;
    *ranks = (RemovedRanks){.bits = removed->bits,
                            .before = calloc(words, sizeof *ranks->before),
                            .document_count = document_count};
    if (!ranks->before) return fail_memory(error, "removing documents");
    for (size_t i = 0; i < words; i++) {
        ranks->before[i] = ranks->count;
        ranks->count += (uint32_t)__builtin_popcountll(removed->bits[i]);
    }
    return OK;
}

void removed_ranks_release(RemovedRanks *ranks)
{
    free(ranks->before);
    *ranks = (RemovedRanks){0};
}

/* The docid of each removed document; NULL without memory. */
static uint32_t *list_docids(const RemovedRanks *ranks)
{
    uint32_t *docids = malloc(((size_t)ranks->count + 1) * sizeof *docids);
    uint32_t count = 0;
    for (size_t word = 0; docids && word <= ranks->document_count / 64;
         word++) {
        for (uint64_t left = ranks->bits[word]; left; left &= left - 1)
            docids[count++] = (uint32_t)(64 * word) +
                              (uint32_t)__builtin_ctzll(left);
    }
    return docids;
}

/* The positions of all tokens of some documents. */
typedef struct PositionLists {
    RemovedLengths *lengths;
    const bool *wanted;  /* by number: the length is not known yet */
    uint32_t first, end; /* numbers of the documents */
    uint64_t *starts;    /* owned: where each document's positions begin; sums
                            of tf apart */
    uint64_t *sizes;     /* owned: how many there are so far */
    uint32_t *positions; /* owned */
    PostingsScan scan;
} PositionLists;

static void take_posting(PositionLists *lists, Positions *positions,
                         uint32_t posting, uint32_t number)
{
    uint64_t *size = &lists->sizes[number - lists->first];
    uint64_t room = lists->lengths->tf_sums[number] - *size;
    uint32_t tf = positions_count(positions, posting);
    uint32_t *to = lists->positions + lists->starts[number - lists->first] +
                   *size;
    *size += positions_get(positions, posting, to,
                           tf < room ? tf : (uint32_t)room);
}

/* The number of a document whose length is wanted; false if it is not. */
static bool find_wanted(const PositionLists *lists, uint32_t docid,
                        uint32_t *number)
{
    const RemovedRanks *ranks = lists->lengths->ranks;
    if (!is_removed(ranks, docid)) return false;
    *number = removed_rank(ranks, docid);
    return *number >= lists->first && *number < lists->end &&
           lists->wanted[*number];
}

static Status take_list(PositionLists *lists, const TermRecord *record,
                        Error *error)
{
    Segment *segment = lists->lengths->segment;
    PostingsScan *scan = &lists->scan;
    Postings list;
    Positions positions;
    bool is_open = false;
    Status status = postings_open(segment, record, &list, error);
    if (status != OK) return status;
    postings_scan_start(scan, segment, &list);
    scan->norms = NULL;
    while (postings_scan_next(scan)) {
        uint32_t before = scan->next - scan->count, number;
        for (uint32_t i = 0; i < scan->count; i++) {
            if (!find_wanted(lists, scan->docids[i], &number)) continue;
            if (!is_open)
                status = positions_open(segment, &list, &positions, error);
            if (status != OK) return status;
            is_open = true;
            take_posting(lists, &positions, before + i, number);
        }
    }
    return OK;
}

static Status take_all(PositionLists *lists, Error *error)
{
    TermWalk walk = {0};
    Status status = term_walk_start(&walk, lists->lengths->segment, (Span){0},
                                    error);
    for (bool found = true; status == OK && found;) {
        Span term;
        TermRecord record;
        status = term_walk_next(&walk, &term, &record, &found, error);
        if (status != OK || !found) break;
        status = take_list(lists, &record, error);
    }
    term_walk_release(&walk);
    return status;
}

static int compare_positions(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* How many different ones there are. */
static uint64_t count_different(uint32_t *positions, uint64_t count)
{
    uint64_t different = count > 0;
    if (count) qsort(positions, count, sizeof *positions, compare_positions);
    for (uint64_t i = 1; i < count; i++)
        different += positions[i] != positions[i - 1];
    return different;
}

static bool lists_init(PositionLists *lists, RemovedLengths *lengths,
                       const bool *wanted, uint32_t first, uint32_t end)
{
    size_t count = end - first;
    uint64_t sum = 0;
    *lists = (PositionLists){.lengths = lengths,
                             .wanted = wanted,
                             .first = first,
                             .end = end,
                             .starts = calloc(count, sizeof *lists->starts),
                             .sizes = calloc(count, sizeof *lists->sizes)};
    if (!lists->starts || !lists->sizes) return false;
    for (size_t i = 0; i < count; i++) {
        lists->starts[i] = sum;
        if (wanted[first + i]) sum += lengths->tf_sums[first + i];
    }
    lists->positions = malloc((sum + 1) * sizeof *lists->positions);
    return lists->positions != NULL;
}

/* Replaces the sums of tf of documents first ... end - 1 by their lengths. */
static Status count_positions(RemovedLengths *lengths, const bool *wanted,
                              uint32_t first, uint32_t end, Error *error)
{
    PositionLists lists;
    Status status = lists_init(&lists, lengths, wanted, first, end)
                        ? take_all(&lists, error)
                        : fail_memory(error, "removing documents");
    for (uint32_t i = first; status == OK && i < end; i++) {
        if (!wanted[i]) continue;
        lengths->tf_sums[i] = count_different(
            lists.positions + lists.starts[i - first], lists.sizes[i - first]);
    }
    free(lists.starts);
    free(lists.sizes);
    free(lists.positions);
    return status;
}

/* The documents whose positions fit into memory at once. */
static uint32_t end_of_slice(const RemovedLengths *lengths, uint32_t first)
{
    uint64_t sum = 0;
    uint32_t end = first;
    while (end < lengths->ranks->count &&
           (end == first || sum < POSITIONS_AT_ONCE))
        sum += lengths->tf_sums[end++];
    return end;
}

/* Takes what is known without positions; returns how many lengths are not. */
static uint32_t take_known(RemovedLengths *lengths, const uint32_t *docids,
                           bool *wanted)
{
    const uint8_t *norms = lengths->segment->sections[SECTION_NORMS].data;
    uint32_t unknown = 0;
    for (uint32_t i = 0; i < lengths->ranks->count; i++) {
        uint64_t *length = &lengths->tf_sums[i];
        uint8_t code = norms[docids[i]];
        if (lengths->contents) {
            *length = contents_length(lengths->contents, docids[i]);
        } else if (norm_decode(code) == norm_max_length(code)) {
            *length = norm_decode(code);
        } else if (*length != norm_decode(code)) {
            wanted[i] = true; /* at most the sum of its tf */
            unknown++;
        }
    }
    return unknown;
}

static Status find_lengths(RemovedLengths *lengths, const uint32_t *docids,
                           bool *wanted, Error *error)
{
    Segment *segment = lengths->segment;
    uint32_t unknown = take_known(lengths, docids, wanted);
    if (unknown && !segment_has(segment, SECTION_POSITIONS)) {
        return fail(error, ERR_UNSUPPORTED,
                    "%s: the exact lengths of its documents are not known, "
                    "without which none can be removed; index again",
                    segment->path);
    }
    uint32_t count = lengths->ranks->count;
    Status status = OK;
    for (uint32_t first = 0, end; unknown && status == OK && first < count;
         first = end) {
        end = end_of_slice(lengths, first);
        status = count_positions(lengths, wanted, first, end, error);
    }
    return status;
}

Status removed_lengths_find(RemovedLengths *lengths, Error *error)
{
    Segment *segment = lengths->segment;
    if (!lengths->is_shared) return OK;
    Status status = segment_verify(segment, SECTION_NORMS, 0,
                                   segment->document_count, error);
    if (status != OK) return status;
    uint32_t *docids = list_docids(lengths->ranks);
    bool *wanted = calloc((size_t)lengths->ranks->count + 1, sizeof *wanted);
    status = docids && wanted ? find_lengths(lengths, docids, wanted, error)
                              : fail_memory(error, "removing documents");
    free(docids);
    free(wanted);
    return status;
}
