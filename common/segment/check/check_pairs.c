/* check_pairs.c - the pairs of a segment against the positions of its words.
 *
 * First the tables, and that the frequent words are those in at least D
 * documents. Then all adjacent frequent words are found from the positions
 * (pair_scan.h), sorted, and compared with the lists of the pairs, one after
 * the other: so each pair has exactly its documents, and no pair is missing.
 * For bounded memory this is done for some of the first words at a time.
 */
#include "common/codec/block_codec.h"
#include "common/segment/check/segment_check_internal.h"
#include "common/segment/pairs/pair_scan.h"
#include "common/segment/pairs/pair_tables.h"
#include "common/segment/pairs/pairs.h"

#include <stdlib.h>

enum {
    MAX_OCCURRENCES = 1 << 23, /* sorted at a time, if of several words */
    SCAN_BYTES = 16 << 20,
    MAX_LENGTH = 1 << 27 /* of a document, whose positions are kept in memory */
};

typedef struct PairsCheck {
    SegmentCheck *check;
    const PairWord *words;
    uint64_t *totals; /* owned: of each word, the sum of its tf */
    PairWalk walk;
    Pair pair; /* the next */
    bool has_pair;
    uint64_t postings;
    uint64_t list_bytes[POSTINGS_BITMAP + 1]; /* of the pairs so far */
    uint64_t bounds_bytes;
    /* The first words that are looked at. */
    uint32_t first, end;
    Buf found; /* u64: code << 32 | docid */
    Buf docids, tfs;
} PairsCheck;

static Status pairs_fail(const PairsCheck *self, Error *error, const char *what)
{
    return segment_fail(self->check->segment, SECTION_PAIRS, error, "%s", what);
}

/* --- Tables --- */

static bool is_zero(const uint8_t *at, const uint8_t *end)
{
    while (at < end && *at == 0) at++;
    return at >= end;
}

/* Words, first pairs and second words ascend. */
static bool tables_ascend(const Segment *segment, const PairTables *tables)
{
    uint32_t words = segment->pair_words, next = 0;
    if (get_u32le(tables->starts) != 0) return false;
    for (uint32_t word = 0; word < words; word++) {
        const uint8_t *start = tables->starts + 4 * (size_t)word;
        uint32_t end = get_u32le(start + 4);
        if (end < next || end > segment->pair_count) return false;
        for (uint32_t before = 0; next < end; next++) {
            const uint8_t *second = tables->seconds + 2 * (size_t)next;
            uint32_t here = get_u16le(second);
            if (here >= words || here < before) return false;
            before = here + 1;
        }
    }
    return next == segment->pair_count;
}

static Status check_tables(PairsCheck *self, Error *error)
{
    const Segment *segment = self->check->segment;
    PairTables tables = pair_tables(segment);
    uint64_t size = segment->sections[SECTION_PAIRS].size;
    const uint8_t *end = tables.seconds + 2 * (size_t)segment->pair_count;
    if (tables_ascend(segment, &tables) && is_zero(end, tables.groups) &&
        get_u64le(tables.groups) == 0 &&
        get_u64le(tables.records - 8) == size - tables.records_start) {
        return OK;
    }
    return pairs_fail(self, error, "its tables are out of order");
}

/* --- The frequent words --- */

static Status check_words(PairsCheck *self, const Buf *words, Error *error)
{
    const Segment *segment = self->check->segment;
    uint32_t count = (uint32_t)(words->size / sizeof(PairWord));
    bool good = count == segment->pair_words;
    bool occurs = false;
    for (uint32_t i = 0; good && i < count; i++) {
        good = pairs_word(segment, i) == self->words[i].ordinal &&
               self->words[i].df >= segment->pair_min_df;
        occurs |= self->words[i].df == segment->pair_min_df;
    }
    if (good && occurs) return OK;
    return pairs_fail(self, error,
                      "its words are not those in enough documents");
}

/* --- Sorting what is found --- */

static Status put_found(void *context, uint32_t docid, const uint32_t *codes,
                        size_t count, Error *error)
{
    PairsCheck *self = context;
    for (size_t i = 0; i < count; i++) {
        uint32_t first = codes[i] >> 16;
        if (first < self->first || first >= self->end) continue;
        uint64_t entry = (uint64_t)codes[i] << 32 | docid;
        buf_put(&self->found, &entry, sizeof entry);
    }
    return buf_check(&self->found, "checking pairs", error);
}

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* --- Comparing --- */

/* The records of a group fill it. */
static Status next_pair(PairsCheck *self, Error *error)
{
    PairWalk *walk = &self->walk;
    Status status = pair_walk_next(walk, &self->pair, &self->has_pair, error);
    if (status != OK || !self->has_pair) return status;
    bool ends = walk->next % PAIR_GROUP_PAIRS == 0 ||
                walk->next == self->check->segment->pair_count;
    if (!ends || walk->at == walk->end) return OK;
    return pairs_fail(self, error,
                      "a group of records does not fill its bytes");
}

/* The end of a list of blocks or of a bitmap. */
static const uint8_t *list_end(const Postings *list)
{
    if (postings_is_bitmap(list)) {
        return list->exceptions +
               BITMAP_EXCEPTION_BYTES * (size_t)list->exception_count;
    }
    Block block = postings_block(list, list->block_count - 1);
    return block.tfs + codec_size(block.count, block.tf_bits);
}

/* Lists and bounds follow each other, zeros between them. */
static Status check_place(PairsCheck *self, const TermRecord *record,
                          Error *error)
{
    Segment *segment = self->check->segment;
    if (!class_has_groups(record->kind)) return OK;
    Postings list;
    Status status = postings_open(segment, record, &list, error);
    if (status != OK) return status;
    Span section = segment->sections[SECTION_PAIR_POSTINGS];
    bool is_bitmap = class_is_bitmap(record->kind);
    uint64_t start = is_bitmap
                         ? 0
                         : get_u64le(segment->sections[SECTION_PAIRS].data +
                                     PAIRS_BLOCKS_START);
    uint64_t *bytes = &self->list_bytes[record->kind];
    const uint8_t *end = list_end(&list);
    uint64_t size = (uint64_t)(end - section.data) - record->postings_offset;
    uint64_t padded = round_up(size,
                               is_bitmap ? BITMAP_ALIGNMENT : BLOCK_ALIGNMENT);
    bool good = record->postings_offset == start + *bytes &&
                padded - size <=
                    (uint64_t)(section.data + section.size - end) &&
                is_zero(end, end + (padded - size));
    *bytes += padded;
    if (record->has_bounds) {
        good = good && record->bounds_offset == self->bounds_bytes;
        self->bounds_bytes += round_up(segment->range_count, BOUNDS_ALIGNMENT) +
                              round_up(segment->window_count, BOUNDS_ALIGNMENT);
    }
    if (good) return OK;
    return pairs_fail(self, error, "lists or bounds do not follow each other");
}

/* The sections have nothing else. */
static Status check_sizes(const PairsCheck *self, Error *error)
{
    const Segment *segment = self->check->segment;
    const Span *sections = segment->sections;
    uint64_t lists = sections[SECTION_PAIR_CHAMPIONS].data
                         ? get_u32le(sections[SECTION_PAIR_CHAMPIONS].data +
                                     CHAMPIONS_COUNT)
                         : 0;
    uint64_t bitmaps = self->list_bytes[POSTINGS_BITMAP];
    if (sections[SECTION_PAIR_POSTINGS].size ==
            bitmaps + self->list_bytes[POSTINGS_BLOCKS] &&
        get_u64le(sections[SECTION_PAIRS].data + PAIRS_BLOCKS_START) ==
            bitmaps &&
        sections[SECTION_PAIR_BOUNDS].size == self->bounds_bytes &&
        lists == self->check->pair_champion_lists) {
        return OK;
    }
    return pairs_fail(self, error,
                      "the sizes of its sections are not those of the lists");
}

/* The documents of a pair as they were found: entries [i, end). */
static Status compare_pair(PairsCheck *self, size_t i, size_t end, Error *error)
{
    const uint64_t *found = (const void *)self->found.data;
    uint32_t code = (uint32_t)(found[i] >> 32);
    if (!self->has_pair ||
        pair_code(self->pair.first, self->pair.second) > code)
        return pairs_fail(self, error,
                          "a pair of frequent words that is in a document is "
                          "missing");
    if (pair_code(self->pair.first, self->pair.second) != code) {
        return pairs_fail(self, error,
                          "a pair that is in no document, or out of order");
    }
    buf_clear(&self->docids);
    buf_clear(&self->tfs);
    while (i < end) {
        uint32_t docid = (uint32_t)found[i], tf = 0;
        for (; i < end && (uint32_t)found[i] == docid; i++) tf++;
        buf_put(&self->docids, &docid, sizeof docid);
        buf_put(&self->tfs, &tf, sizeof tf);
    }
    Status status = buf_check(&self->docids, "checking pairs", error);
    if (status == OK) status = buf_check(&self->tfs, "checking pairs", error);
    if (status != OK) return status;
    PairDocuments documents = {
        (const void *)self->docids.data, (const void *)self->tfs.data,
        (uint32_t)(self->docids.size / sizeof(uint32_t))};
    self->postings += documents.count;
    status = check_pair_list(self->check, &self->pair.record, &documents,
                             error);
    return status == OK ? check_place(self, &self->pair.record, error) : status;
}

static Status compare_found(PairsCheck *self, Error *error)
{
    uint64_t *found = (void *)self->found.data;
    size_t count = self->found.size / sizeof *found;
    Status status = OK;
    if (count) qsort(found, count, sizeof *found, compare_numbers);
    for (size_t i = 0, end; status == OK && i < count; i = end) {
        uint64_t code = found[i] >> 32;
        for (end = i; end < count && found[end] >> 32 == code;) end++;
        status = compare_pair(self, i, end, error);
        if (status == OK) status = next_pair(self, error);
    }
    if (status == OK && self->has_pair && self->pair.first < self->end)
        status = pairs_fail(self, error,
                            "a pair that is in no document, or out of order");
    return status;
}

/* As many first words as together have not too many occurrences. */
static void choose_words(PairsCheck *self)
{
    uint32_t words = self->check->segment->pair_words;
    uint64_t total = 0;
    self->first = self->end;
    while (self->end < words) {
        total += self->totals[self->end];
        if (self->end > self->first && total > MAX_OCCURRENCES) break;
        self->end++;
    }
}

static Status check_lists(PairsCheck *self, Error *error)
{
    Segment *segment = self->check->segment;
    PairScan scan = {.segment = segment,
                     .words = self->words,
                     .word_count = segment->pair_words,
                     .end_docid = segment->document_count,
                     .memory = SCAN_BYTES,
                     .put = put_found,
                     .self = self};
    Status status = next_pair(self, error);
    while (status == OK && self->end < segment->pair_words) {
        choose_words(self);
        buf_clear(&self->found);
        status = pair_scan_run(&scan, error);
        if (status == OK) status = compare_found(self, error);
    }
    if (status != OK) return status;
    if (self->has_pair)
        return pairs_fail(self, error,
                          "a pair that is in no document, or out of order");
    if (self->postings == segment->pair_postings) return OK;
    return pairs_fail(self, error,
                      "the header's number of postings is not the pairs'");
}

/* --- All of it --- */

/* How many pairs a word begins at most, unless words share positions. */
static Status sum_totals(PairsCheck *self, Error *error)
{
    Segment *segment = self->check->segment;
    TermWalk walk = {0};
    uint32_t next = 0;
    self->totals = calloc((size_t)segment->pair_words + 1, sizeof(uint64_t));
    if (!self->totals) return fail_memory(error, "checking pairs");
    Status status = term_walk_start(&walk, segment, (Span){0}, error);
    while (status == OK && next < segment->pair_words) {
        Span term;
        TermRecord record;
        bool found;
        status = term_walk_next(&walk, &term, &record, &found, error);
        if (status != OK || !found) break;
        if (record.number == self->words[next].ordinal)
            self->totals[next++] = record.total_tf;
    }
    term_walk_release(&walk);
    return status;
}

/* A document that is too long, or document_count. */
static uint32_t find_long_document(const SegmentCheck *check)
{
    uint32_t docid = 0, count = check->segment->document_count;
    while (docid < count && check->tf_sums[docid] <= MAX_LENGTH) docid++;
    return docid;
}

Status check_pairs(SegmentCheck *check, CheckReport *report, Error *error)
{
    Segment *segment = check->segment;
    if (!segment->pair_min_df) return OK;
    uint32_t docid = find_long_document(check);
    if (docid < segment->document_count) {
        Error limit;
        Status status = segment_fail(segment, SECTION_PAIRS, &limit,
                                     "document %u has more than %d positions",
                                     docid, MAX_LENGTH);
        if (status != OK) check_report_add_unchecked(report, &limit);
        return OK;
    }
    PairsCheck self = {.check = check, .walk = {.segment = segment}};
    Buf words = {0};
    Status status = pairs_verify(segment, error);
    if (status == OK) status = check_tables(&self, error);
    if (status == OK)
        status = pair_words_find(segment, segment->pair_min_df, &words, error);
    self.words = (const void *)words.data;
    if (status == OK) status = check_words(&self, &words, error);
    if (status == OK) status = sum_totals(&self, error);
    if (status == OK) status = check_lists(&self, error);
    if (status == OK) status = check_sizes(&self, error);
    free(self.totals);
    buf_release(&words);
    buf_release(&self.found);
    buf_release(&self.docids);
    buf_release(&self.tfs);
    return status;
}
