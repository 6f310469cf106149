/* postings_validate.c - checks a list's checksums and structure before its
 * first use.
 *
 * After this the hot loops need no test: every stream is in its section, docids
 * ascend below document_count, the directory of blocks and the ranks of a
 * bitmap agree with the postings, norm codes fit a byte, a tf is at least 1 and
 * at most the greatest length of its norm code, no bound is set for a range
 * that does not exist. Not checked here, because nothing but a score depends on
 * it: how high bounds are, k-th values, whether a norm code is the document's,
 * and sums of tf (segment_check does).
 */
#include "common/codec/block_codec.h"
#include "common/segment/postings/champions.h"
#include "common/segment/segment_internal.h"

enum { UNPACKED = BLOCK_POSTINGS + 16 };

static const char *kind_of(const TermRecord *record)
{
    return record->is_pair ? "pair" : "term";
}

static Status list_fail(const Segment *segment, const TermRecord *record,
                        Error *error, const char *what)
{
    return segment_fail(segment, list_section(record), error,
                        "the list of %s %u: %s", kind_of(record),
                        record->number, what);
}

static uint64_t sum_of(const uint32_t *values, uint32_t count)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) sum += values[i];
    return sum;
}

static uint32_t greatest_of(const uint32_t *values, uint32_t count)
{
    uint32_t greatest = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (values[i] > greatest) greatest = values[i];
    }
    return greatest;
}

/* No tf is above what the norm code of its document allows; docids are in
 * range. */
static const char *check_pair_scores(const Segment *segment, const Block *block)
{
    const uint8_t *norms = segment->sections[SECTION_NORMS].data;
    uint32_t docids[UNPACKED], tfs[UNPACKED];
    codec_decode_deltas(block->docs, block->doc_bits, block->count,
                        block->before, docids);
    codec_decode(block->tfs, block->tf_bits, block->count, 0, tfs);
    for (uint32_t i = 0; i < block->count; i++) {
        if (tfs[i] >= norm_max_length(norms[docids[i]]))
            return "a tf above the length of its document";
    }
    return NULL;
}

/* Norm codes fit a byte, and no tf is above what its code allows. In most cases
 * the widths alone prove it. */
static const char *check_scores(const Block *block)
{
    bool codes_fit = block->norm_min + (1u << block->norm_bits) - 1 <=
                     UINT8_MAX;
    bool tfs_fit = block->tf_bits < 31 && /* a tf is at most 2^tf_bits */
                   1u << block->tf_bits <= norm_max_length(block->norm_min);
    if (codes_fit && tfs_fit) return NULL;
    uint32_t codes[UNPACKED], tfs[UNPACKED];
    codec_decode(block->norms, block->norm_bits, block->count, block->norm_min,
                 codes);
    if (greatest_of(codes, block->count) > UINT8_MAX) {
        return "a norm code above 255";
    }
    codec_decode(block->tfs, block->tf_bits, block->count, 0, tfs);
    for (uint32_t i = 0; i < block->count; i++) {
        if (tfs[i] >= norm_max_length((uint8_t)codes[i])) {
            return "a tf above the length of its document";
        }
    }
    return NULL;
}

/* Checks a block, whose last docid is put in *last; what is wrong with it, or
 * NULL. As deltas are added in 64 bits, a last docid in range means that all
 * are, and that they ascend; so `before` is in range in the next block. */
static const char *check_block(const Segment *segment, const Block *block,
                               uint64_t *last)
{
    uint32_t values[UNPACKED];
    codec_decode(block->docs, block->doc_bits, block->count, 0, values);
    uint64_t next = (uint64_t)block->before + 1;
    if (block->before == UINT32_MAX) next = 0;
    *last = next + sum_of(values, block->count) + block->count - 1;
    if (*last >= segment->document_count) return "a docid out of range";
    return block->norms ? check_scores(block)
                        : check_pair_scores(segment, block);
}

static uint64_t block_bytes(const Block *block)
{
    return codec_size(block->count, block->doc_bits) +
           codec_size(block->count, block->tf_bits) +
           (block->norms ? codec_size(block->count, block->norm_bits) : 0);
}

static Status validate_short(Segment *segment, const TermRecord *record,
                             const Postings *list, Error *error)
{
    Block block = postings_block(list, 0);
    Status status = segment_verify(segment, list_section(record),
                                   record->postings_offset, block_bytes(&block),
                                   error);
    if (status != OK) return status;
    uint64_t last;
    const char *wrong = check_block(segment, &block, &last);
    return wrong ? list_fail(segment, record, error, wrong) : OK;
}

/* Checks the directory; *bytes is the size of the blocks after it. */
static const char *check_directory(const Postings *list, uint64_t *bytes)
{
    *bytes = 0;
    for (uint32_t b = 0; b < list->block_count; b++) {
        const uint8_t *header = list->headers + BLOCK_HEADER_BYTES * (size_t)b;
        Block block = postings_block(list, b);
        if (!codec_width_is_legal(block.doc_bits) ||
            !codec_width_is_legal(block.tf_bits) ||
            block.norm_bits > (list->is_pair ? 0 : 8)) {
            return "invalid width of a block";
        }
        if (get_u32le(header + BLOCK_OFFSET) != *bytes) {
            return "a block at the wrong offset";
        }
        *bytes += block_bytes(&block);
    }
    return NULL;
}

static Status validate_blocks(Segment *segment, const TermRecord *record,
                              const Postings *list, Error *error)
{
    uint64_t offset = record->postings_offset;
    uint64_t directory = (uint64_t)(list->data - list->last_docids);
    if (offset % BLOCK_ALIGNMENT) {
        return list_fail(segment, record, error, "misaligned");
    }
    Status status = segment_verify(segment, list_section(record), offset,
                                   directory, error);
    if (status != OK) return status;
    uint64_t bytes;
    const char *wrong = check_directory(list, &bytes);
    if (wrong) return list_fail(segment, record, error, wrong);
    status = segment_verify(segment, list_section(record), offset + directory,
                            bytes, error);
    if (status != OK) return status;

    for (uint32_t b = 0; b < list->block_count; b++) {
        uint64_t last;
        Block block = postings_block(list, b);
        wrong = check_block(segment, &block, &last);
        if (!wrong && last != postings_last_docid(list, b)) {
            wrong = "the last docid of a block is not that of its directory";
        }
        if (wrong) return list_fail(segment, record, error, wrong);
    }
    return OK;
}

/* Population, ranks, and no bit after the last document. */
static const char *check_bits(const Segment *segment, const Postings *list)
{
    uint32_t documents = segment->document_count;
    uint32_t words = (uint32_t)(8 *
                                divide_up(documents, BITMAP_RANK_DOCUMENTS));
    uint64_t population = 0;
    for (uint32_t i = 0; i < words; i++) {
        if (i % 8 == 0 && list->ranks[i / 8] != population) {
            return "a rank that contradicts the bits";
        }
        uint64_t first = 64 * (uint64_t)i;
        bool partial = first + 64 > documents;
        uint32_t legal = first < documents ? documents % 64 : 0;
        if (partial && list->bits[i] >> legal) return "a docid out of range";
        population += (uint64_t)__builtin_popcountll(list->bits[i]);
    }
    return population == list->df ? NULL : "the number of bits is not df";
}

/* A walk over the postings of a bitmap, for their docids and tf values. */
typedef struct BitmapWalk {
    const Postings *list;
    const uint8_t *norms;
    uint32_t max_lengths[NORM_CODES];
    uint32_t values[UNPACKED]; /* tf - 1 of the postings of a block */
    uint32_t number;           /* of the next posting */
    uint32_t exception;        /* the next */
} BitmapWalk;

/* tf - 1 of the next posting, as its stream has it. */
static uint32_t next_value(BitmapWalk *walk)
{
    const Postings *list = walk->list;
    uint32_t place = walk->number % BLOCK_POSTINGS;
    if (place == 0) {
        uint32_t left = list->df - walk->number;
        uint32_t count = left < BLOCK_POSTINGS ? left : BLOCK_POSTINGS;
        size_t first = codec_size(walk->number, list->tf_bits);
        codec_decode(list->tf_stream + first, list->tf_bits, count, 0,
                     walk->values);
    }
    walk->number++;
    return walk->values[place];
}

/* The tf of posting `number`, which the stream says is the next exception; 0
 * if that belongs to another posting. */
static uint32_t next_exception(BitmapWalk *walk, uint32_t number)
{
    const Postings *list = walk->list;
    if (walk->exception == list->exception_count) return 0;
    const uint8_t *entry = list->exceptions +
                           BITMAP_EXCEPTION_BYTES * (size_t)walk->exception++;
    return get_u32le(entry) == number ? get_u32le(entry + 4) : 0;
}

/* The postings of a word of the bitmap. */
static const char *check_word_tfs(BitmapWalk *walk, uint32_t word)
{
    const uint32_t all_ones = (1u << walk->list->tf_bits) - 1;
    const uint8_t *norms = walk->norms + 64 * (size_t)word;
    uint64_t bits = walk->list->bits[word];
    for (; bits; bits &= bits - 1) {
        uint32_t number = walk->number;
        uint32_t tf = next_value(walk) + 1;
        if (tf > all_ones) {
            tf = next_exception(walk, number);
            if (tf == 0) return "its exceptions are not those of the stream";
        }
        uint8_t code = norms[__builtin_ctzll(bits)];
        if (tf > walk->max_lengths[code]) {
            return "a tf above the length of its document";
        }
    }
    return NULL;
}

/* Each tf of all ones in the stream has its exception, and no other has; none
 * is above what the norm code of its document allows. */
static const char *check_tfs(const Segment *segment, const Postings *list)
{
    BitmapWalk walk = {.list = list,
                       .norms = segment->sections[SECTION_NORMS].data};
    for (int code = 0; code < NORM_CODES; code++) {
        walk.max_lengths[code] = norm_max_length((uint8_t)code);
    }
    const char *wrong = NULL;
    for (uint32_t range = 0; !wrong && range < segment->range_count; range++) {
        wrong = check_word_tfs(&walk, range);
    }
    if (wrong || walk.exception == list->exception_count) return wrong;
    return "its exceptions are not those of the stream";
}

static Status validate_bitmap(Segment *segment, const TermRecord *record,
                              const Postings *list, Error *error)
{
    uint64_t offset = record->postings_offset;
    uint64_t bytes = (uint64_t)(list->exceptions - list->data) +
                     BITMAP_EXCEPTION_BYTES * (uint64_t)list->exception_count;
    if (offset % BITMAP_ALIGNMENT) {
        return list_fail(segment, record, error, "misaligned");
    }
    Status status = segment_verify(segment, list_section(record), offset, bytes,
                                   error);
    if (status != OK) return status;
    status = segment_verify(segment, SECTION_NORMS, 0, segment->document_count,
                            error);
    if (status != OK) return status;
    const char *wrong = check_bits(segment, list);
    if (!wrong) wrong = check_tfs(segment, list);
    if (wrong) return list_fail(segment, record, error, wrong);
    return champions_validate(segment, list, error);
}

static Status validate_inline(Segment *segment, const TermRecord *record,
                              Error *error)
{
    Status status = segment_verify(segment, SECTION_NORMS, record->docid, 1,
                                   error);
    if (status != OK) return status;
    uint8_t code = segment->sections[SECTION_NORMS].data[record->docid];
    if (record->total_tf <= norm_max_length(code)) return OK;
    return segment_fail(segment,
                        record->is_pair ? SECTION_PAIRS : SECTION_TERMS, error,
                        "the record of %s %u: a tf above the length of its "
                        "document",
                        kind_of(record), record->number);
}

static bool bytes_zero(const uint8_t *bytes, uint64_t from, uint64_t to)
{
    for (uint64_t i = from; i < to; i++) {
        if (bytes[i]) return false;
    }
    return true;
}

/* The bound of a window is the greatest of its ranges. Zeros are read as
 * ranges of the last window that do not exist. */
static bool windows_agree(const Segment *segment, const Postings *list)
{
    for (uint32_t w = 0; w < segment->window_count; w++) {
        const uint8_t *ranges = list->range_bounds + WINDOW_RANGES * (size_t)w;
        uint8_t greatest = 0;
        for (int i = 0; i < WINDOW_RANGES; i++) {
            greatest = ranges[i] > greatest ? ranges[i] : greatest;
        }
        if (list->window_bounds[w] != greatest) return false;
    }
    return true;
}

static Status validate_bounds(Segment *segment, const TermRecord *record,
                              const Postings *list, Error *error)
{
    uint64_t ranges = round_up(segment->range_count, BOUNDS_ALIGNMENT);
    uint64_t windows = round_up(segment->window_count, BOUNDS_ALIGNMENT);
    SectionKind kind = list_bounds_section(record);
    Status status = segment_verify(segment, kind, record->bounds_offset,
                                   ranges + windows, error);
    if (status != OK) return status;
    const char *wrong = NULL;
    if (!bytes_zero(list->range_bounds, segment->range_count, ranges) ||
        !bytes_zero(list->window_bounds, segment->window_count, windows)) {
        wrong = "a bound for documents that do not exist";
    } else if (!windows_agree(segment, list)) {
        wrong = "the bound of a window is not the greatest of its ranges";
    }
    if (!wrong) return OK;
    return segment_fail(segment, kind, error, "the bounds of %s %u: %s",
                        kind_of(record), record->number, wrong);
}

Status postings_validate(Segment *segment, const TermRecord *record,
                         const Postings *list, Error *error)
{
    if (record->is_pair) { /* norm codes are there alone */
        Status status = segment_verify(segment, SECTION_NORMS, 0,
                                       segment->document_count, error);
        if (status != OK) return status;
    }
    if (record->has_bounds) {
        Status status = validate_bounds(segment, record, list, error);
        if (status != OK) return status;
    }
    switch (record->kind) {
    case POSTINGS_INLINE: return validate_inline(segment, record, error);
    case POSTINGS_SHORT: return validate_short(segment, record, list, error);
    case POSTINGS_BLOCKS: return validate_blocks(segment, record, list, error);
    case POSTINGS_BITMAP: return validate_bitmap(segment, record, list, error);
    }
    return OK;
}
