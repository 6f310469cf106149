/* check_list.c - one list against everything that is recorded about it.
 *
 * Opening the list has checked its structure already (postings_validate.c).
 * Here each posting is looked at: its norm code, the sum of all tf, and what
 * was computed from them: bounds, maxima and k-th values. As x grows with the
 * product tf * c, the greatest product has the greatest x.
 */
#include "common/codec/block_codec.h"
#include "common/segment/check/segment_check_internal.h"
#include "common/segment/positions/positions.h"
#include "common/segment/postings/champions.h"
#include "common/segment/postings/postings_scan.h"
#include "common/segment/score_bounds.h"

#include <inttypes.h>

/* The list under the loop. */
typedef struct ListCheck {
    SegmentCheck *check;
    const TermRecord *record;
    const Postings *list;
    Span term;                      /* empty: a pair's */
    const PairDocuments *documents; /* of a pair */
    Positions positions;
    uint64_t total_tf;
    uint32_t above_packed;   /* postings with a tf that 4 bits cannot hold */
    uint32_t number;         /* postings seen */
    float range_greatest;    /* of the range of the last posting */
    uint32_t range;          /* its number */
    uint8_t window_greatest; /* of the ranges of its window before it */
    bool has_champions;
} ListCheck;

/* The section of a pair's list instead of a term's. */
static SectionKind section_of(const ListCheck *self, SectionKind kind)
{
    if (!self->list->is_pair) return kind;
    if (kind == SECTION_POSTINGS) return list_section(self->record);
    return kind == SECTION_BOUNDS ? SECTION_PAIR_BOUNDS : SECTION_PAIRS;
}

static Status list_fail(const ListCheck *self, SectionKind kind, Error *error,
                        const char *what)
{
    if (self->list->is_pair) {
        return segment_fail(self->check->segment, section_of(self, kind), error,
                            "pair %u: %s", self->record->number, what);
    }
    enum { SHOWN_BYTES = 60 };
    int shown = (int)(self->term.size < SHOWN_BYTES ? self->term.size
                                                    : SHOWN_BYTES);
    return segment_fail(self->check->segment, kind, error, "term %u '%.*s': %s",
                        self->record->number, shown,
                        (const char *)self->term.data, what);
}

static bool block_clean(const Block *block)
{
    return codec_is_clean(block->docs, block->count, block->doc_bits) &&
           codec_is_clean(block->tfs, block->count, block->tf_bits) &&
           (!block->norms ||
            codec_is_clean(block->norms, block->count, block->norm_bits));
}

/* Directory and unused bits of the batch that the scan has just read. */
static Status check_block(const ListCheck *self, float greatest, Error *error)
{
    const Postings *list = self->list;
    if (list->block_count == 0) return OK;
    uint32_t number = (self->number - 1) / BLOCK_POSTINGS;
    Block block = postings_block(list, number);
    if (!block_clean(&block)) {
        return list_fail(self, SECTION_POSTINGS, error,
                         "bits after a stream are not 0");
    }
    if (!postings_has_directory(list)) return OK;
    const uint8_t *header = list->headers + BLOCK_HEADER_BYTES * (size_t)number;
    if (postings_block_bound(list, number) != block_bound(greatest)) {
        return list_fail(
            self, SECTION_POSTINGS, error,
            "the bound of a block is not that of its best posting");
    }
    if (header[BLOCK_BOUND + 1] || header[BLOCK_BOUND + 2] ||
        header[BLOCK_BOUND + 3] || (list->is_pair && header[BLOCK_NORM_MIN])) {
        return list_fail(self, SECTION_POSTINGS, error,
                         "reserved bytes of a block header are not 0");
    }
    return OK;
}

/* Compares the bounds of the ranges and windows before `range`, also of those
 * without a posting. */
static bool ranges_agree(ListCheck *self, uint32_t range)
{
    const Postings *list = self->list;
    if (!list->range_bounds) return true;
    while (self->range < range) {
        uint8_t bound = range_bound(self->range_greatest);
        if (list->range_bounds[self->range] != bound) return false;
        if (bound > self->window_greatest) self->window_greatest = bound;
        uint32_t window = self->range / WINDOW_RANGES;
        self->range++;
        self->range_greatest = 0;
        bool window_ends = self->range % WINDOW_RANGES == 0 ||
                           self->range == self->check->segment->range_count;
        if (!window_ends) continue;
        if (list->window_bounds[window] != self->window_greatest) return false;
        self->window_greatest = 0;
    }
    return true;
}

static bool bytes_zero(const uint8_t *bytes, uint64_t from, uint64_t to)
{
    for (uint64_t i = from; i < to; i++) {
        if (bytes[i]) return false;
    }
    return true;
}

static Status check_positions(ListCheck *self, uint32_t docid, Error *error)
{
    const SegmentCheck *check = self->check;
    uint32_t title_end = 0;
    if (check->title_ends) {
        title_end = title_end_of(check->title_ends, check->title_end_width,
                                 docid);
    }
    if (positions_legal(&self->positions, self->number, title_end)) return OK;
    return list_fail(self, SECTION_POSITIONS, error, "invalid positions");
}

/* Whether the next posting is that of the pair's next document. */
static bool is_document(const ListCheck *self, uint32_t docid, uint32_t tf)
{
    const PairDocuments *documents = self->documents;
    return self->number < documents->count &&
           documents->docids[self->number] == docid &&
           documents->tfs[self->number] == tf;
}

/* The postings of one batch; greatest product in *greatest. */
static Status check_batch(ListCheck *self, const PostingsScan *scan,
                          float *greatest, Error *error)
{
    SegmentCheck *check = self->check;
    const uint8_t *norms = check->segment->sections[SECTION_NORMS].data;
    *greatest = 0;
    for (uint32_t i = 0; i < scan->count; i++) {
        uint32_t docid = scan->docids[i];
        uint32_t tf = scan->tfs[i];
        if (scan->codes[i] != norms[docid]) {
            return list_fail(self, SECTION_POSTINGS, error,
                             "a norm code that is not the document's");
        }
        if (!ranges_agree(self, docid / RANGE_DOCUMENTS)) {
            return list_fail(
                self, SECTION_BOUNDS, error,
                "the bound of a range is not that of its best posting");
        }
        if (self->list->has_positions) {
            Status status = check_positions(self, docid, error);
            if (status != OK) return status;
        }
        float product = (float)tf * check->bm25.inverse[norms[docid]];
        buf_put(&check->products, &product, sizeof product);
        if (self->has_champions) {
            Strength strength = {product, docid, tf};
            buf_put(&check->strengths, &strength, sizeof strength);
        }
        if (product > *greatest) *greatest = product;
        if (product > self->range_greatest) self->range_greatest = product;
        if (self->documents) {
            if (!is_document(self, docid, tf)) {
                return list_fail(self, SECTION_POSTINGS, error,
                                 "a posting that contradicts the positions");
            }
        } else {
            uint32_t *sum = &check->tf_sums[docid];
            *sum = tf < UINT32_MAX - *sum ? *sum + tf : UINT32_MAX;
        }
        self->total_tf += tf;
        self->above_packed += tf > 15;
        self->number++;
    }
    return OK;
}

/* The k-th greatest of `count` values, which end up with the k greatest in
 * front: C. A. R. Hoare, Algorithm 65: Find (CACM 4, 1961). */
static float select_greatest(float *values, size_t count, size_t k)
{
    ptrdiff_t low = 0, high = (ptrdiff_t)count - 1, target = (ptrdiff_t)k - 1;
    while (low < high) {
        float pivot = values[target];
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (values[i] > pivot) i++;
            while (values[j] < pivot) j--;
            if (i > j) break;
            float value = values[i];
            values[i++] = values[j];
            values[j--] = value;
        }
        if (j < target) low = i;
        if (target < i) high = j;
    }
    return values[target];
}

/* max and k-th values from the products of all postings. */
static bool strongest_agree(const ListCheck *self)
{
    const TermRecord *record = self->record;
    float *products = (void *)self->check->products.data;
    size_t count = record->df;
    for (int level = record->kth_count - 1; level >= 0; level--) {
        uint32_t k = kth_levels[level];
        float product = select_greatest(products, count, k);
        if (record->kth[level] != kth_word(product_fraction(product)))
            return false;
        count = k;
    }
    float greatest = select_greatest(products, count, 1);
    return record->max == bound_word(product_fraction(greatest));
}

/* tf_bits is that of FORMAT.md, and the bytes after the stream are 0. */
static bool bitmap_agrees(const ListCheck *self)
{
    const Postings *list = self->list;
    bool four = self->above_packed <= list->df / 64;
    uint64_t bytes = codec_size(list->df, list->tf_bits);
    return list->tf_bits == (four ? 4 : 8) &&
           codec_is_clean(list->tf_stream, list->df, list->tf_bits) &&
           bytes_zero(list->tf_stream, bytes,
                      (uint64_t)(list->exceptions - list->tf_stream));
}

static Status check_end(ListCheck *self, Error *error)
{
    const Segment *segment = self->check->segment;
    if (self->total_tf != self->list->total_tf) {
        return list_fail(self, SECTION_TERMS, error,
                         "its total tf is not the sum of its postings");
    }
    if (postings_is_inline(self->list)) return OK;
    if (!ranges_agree(self, segment->range_count)) {
        return list_fail(
            self, SECTION_BOUNDS, error,
            "the bound of a range is not that of its best posting");
    }
    if (postings_is_bitmap(self->list) && !bitmap_agrees(self)) {
        return list_fail(
            self, SECTION_POSTINGS, error,
            "its tf values are not packed as the format prescribes");
    }
    if (!strongest_agree(self)) {
        return list_fail(
            self, SECTION_TERMS, error,
            "its max or k-th values are not those of its postings");
    }
    return check_champions(self->check, self->list, error);
}

static Status check_postings(ListCheck *self, Error *error)
{
    PostingsScan scan;
    postings_scan_start(&scan, self->check->segment, self->list);
    while (postings_scan_next(&scan)) {
        float greatest;
        Status status = check_batch(self, &scan, &greatest, error);
        if (status == OK) status = check_block(self, greatest, error);
        if (status != OK) return status;
    }
    Status status = buf_check(&self->check->products, "checking postings",
                              error);
    if (status == OK) {
        status = buf_check(&self->check->strengths, "checking postings", error);
    }
    return status == OK ? check_end(self, error) : status;
}

/* `self` without its list. */
static Status check_opened(ListCheck *self, Error *error)
{
    SegmentCheck *check = self->check;
    Postings list;
    Status status = postings_open(check->segment, self->record, &list, error);
    if (status != OK) return status;
    self->list = &list;
    if (list.has_positions) {
        status = positions_open(check->segment, &list, &self->positions, error);
        if (status != OK) return status;
    }
    self->has_champions = champions_find(check->segment, &list).count;
    buf_clear(&check->products);
    buf_clear(&check->strengths);
    status = check_postings(self, error);
    self->list = NULL;
    return status;
}

Status check_list(SegmentCheck *check, Span term, const TermRecord *record,
                  Error *error)
{
    ListCheck self = {.check = check, .record = record, .term = term};
    Status status = check_opened(&self, error);
    check->posting_count += self.number;
    check->tf_sum += self.total_tf;
    return status;
}

Status check_pair_list(SegmentCheck *check, const TermRecord *record,
                       const PairDocuments *documents, Error *error)
{
    ListCheck self = {.check = check, .record = record, .documents = documents};
    if (record->df != documents->count) {
        return segment_fail(check->segment, SECTION_PAIRS, error,
                            "pair %u: its df contradicts the positions",
                            record->number);
    }
    return check_opened(&self, error);
}
