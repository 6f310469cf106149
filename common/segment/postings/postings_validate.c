/* postings_validate.c - a list's checksums and structure, on first meeting.
 *
 * After this the hot loops need no test: every stream lies in its section,
 * docids ascend below document_count, what the directory of blocks or the
 * ranks of a bitmap say of the postings is true, norm codes fit a byte, no tf
 * is 0. Not checked here, because nothing but a score depends on it: bounds,
 * k-th values, norm codes and sums of tf (segment_check does).
 */
#include "common/codec/bitpack.h"
#include "common/segment/postings/champions.h"
#include "common/segment/segment_internal.h"

enum { UNPACKED = BLOCK_POSTINGS + 16 };

static Status list_fail(const Segment *segment, const TermRecord *record,
                        Error *error, const char *what)
{
    return segment_fail(segment, SECTION_POSTINGS, error,
                        "the list of term %u: %s", record->number, what);
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

/* The last docid of a block in *last; what is wrong with it, or NULL. As
 * deltas are added in 64 bits, a last docid in range means that all are, and
 * that they ascend. */
static const char *check_block(const Block *block, uint64_t *last)
{
    uint32_t values[UNPACKED];
    bitpack_unpack(block->docs, block->doc_bits, block->count, 0, values);
    uint64_t next = (uint64_t)block->before + 1;
    if (block->before == UINT32_MAX) next = 0;
    *last = next + sum_of(values, block->count) + block->count - 1;
    if (block->norm_min + (1u << block->norm_bits) - 1 > UINT8_MAX) {
        bitpack_unpack(block->norms, block->norm_bits, block->count,
                       block->norm_min, values);
        if (greatest_of(values, block->count) > UINT8_MAX) {
            return "a norm code above 255";
        }
    }
    if (block->tf_bits == WIDTH_RAW) {
        bitpack_unpack(block->tfs, block->tf_bits, block->count, 0, values);
        if (greatest_of(values, block->count) == UINT32_MAX) {
            return "a tf out of range";
        }
    }
    return NULL;
}

static uint64_t block_bytes(const Block *block)
{
    return bitpack_bytes(block->count, block->doc_bits) +
           bitpack_bytes(block->count, block->tf_bits) +
           bitpack_bytes(block->count, block->norm_bits);
}

static Status validate_short(Segment *segment, const TermRecord *record,
                             const Postings *list, Error *error)
{
    Block block = postings_block(list, 0);
    Status status = segment_verify(segment, SECTION_POSTINGS,
                                   record->postings_offset, block_bytes(&block),
                                   error);
    if (status != OK) return status;
    uint64_t last;
    const char *wrong = check_block(&block, &last);
    if (!wrong && last >= segment->document_count) {
        wrong = "a docid out of range";
    }
    return wrong ? list_fail(segment, record, error, wrong) : OK;
}

/* Checks the directory; how many bytes the blocks behind it take. */
static const char *check_directory(const Postings *list, uint64_t *bytes)
{
    *bytes = 0;
    for (uint32_t b = 0; b < list->block_count; b++) {
        const uint8_t *header = list->headers + BLOCK_HEADER_BYTES * (size_t)b;
        Block block = postings_block(list, b);
        if (!width_legal(block.doc_bits) || !width_legal(block.tf_bits) ||
            block.norm_bits > 8) {
            return "a block with an impossible width";
        }
        if (get_u32le(header + BLOCK_OFFSET) != *bytes) {
            return "a block out of its place";
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
    Status status = segment_verify(segment, SECTION_POSTINGS, offset, directory,
                                   error);
    if (status != OK) return status;
    uint64_t bytes;
    const char *wrong = check_directory(list, &bytes);
    if (wrong) return list_fail(segment, record, error, wrong);
    status = segment_verify(segment, SECTION_POSTINGS, offset + directory,
                            bytes, error);
    if (status != OK) return status;

    uint64_t last = 0;
    for (uint32_t b = 0; b < list->block_count; b++) {
        Block block = postings_block(list, b);
        wrong = check_block(&block, &last);
        if (!wrong && last != postings_last_docid(list, b)) {
            wrong = "a block that does not end where its directory says";
        }
        if (wrong) return list_fail(segment, record, error, wrong);
    }
    if (last < segment->document_count) return OK;
    return list_fail(segment, record, error, "a docid out of range");
}

/* Population, ranks, and no bit behind the last document. */
static const char *check_bits(const Segment *segment, const Postings *list)
{
    uint32_t documents = segment->document_count;
    uint32_t words = (uint32_t)(8 *
                                divide_up(documents, BITMAP_RANK_DOCUMENTS));
    uint64_t population = 0;
    for (uint32_t i = 0; i < words; i++) {
        if (i % 8 == 0 && list->ranks[i / 8] != population) {
            return "a rank that does not agree with the bits";
        }
        uint64_t first = 64 * (uint64_t)i;
        bool partial = first + 64 > documents;
        uint32_t legal = first < documents ? documents % 64 : 0;
        if (partial && list->bits[i] >> legal) return "a docid out of range";
        population += (uint64_t)__builtin_popcountll(list->bits[i]);
    }
    return population == list->df ? NULL : "another number of bits than df";
}

/* Each tf of all ones in the stream has its exception, and no other has. */
static const char *check_exceptions(const Postings *list)
{
    const uint32_t all_ones = (1u << list->tf_bits) - 1;
    uint32_t place = 0;
    for (uint32_t i = 0; i < list->df; i += BLOCK_POSTINGS) {
        uint32_t values[UNPACKED];
        uint32_t count = list->df - i;
        if (count > BLOCK_POSTINGS) count = BLOCK_POSTINGS;
        bitpack_unpack(list->tf_stream + (size_t)i * list->tf_bits / 8,
                       list->tf_bits, count, 0, values);
        for (uint32_t k = 0; k < count; k++) {
            if (values[k] != all_ones) continue;
            const uint8_t *entry = list->exceptions +
                                   BITMAP_EXCEPTION_BYTES * (size_t)place;
            if (place >= list->exception_count || get_u32le(entry) != i + k ||
                get_u32le(entry + 4) == 0) {
                return "its exceptions do not match";
            }
            place++;
        }
    }
    return place == list->exception_count ? NULL
                                          : "its exceptions do not match";
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
    Status status = segment_verify(segment, SECTION_POSTINGS, offset, bytes,
                                   error);
    if (status != OK) return status;
    const char *wrong = check_bits(segment, list);
    if (!wrong) wrong = check_exceptions(list);
    if (wrong) return list_fail(segment, record, error, wrong);
    status = segment_verify(segment, SECTION_NORMS, 0, segment->document_count,
                            error);
    return status == OK ? champions_validate(segment, record->number, error)
                        : status;
}

static Status verify_bounds(Segment *segment, const TermRecord *record,
                            Error *error)
{
    uint64_t bytes = round_up(segment->range_count, BOUNDS_ALIGNMENT) +
                     round_up(segment->window_count, BOUNDS_ALIGNMENT);
    return segment_verify(segment, SECTION_BOUNDS, record->bounds_offset, bytes,
                          error);
}

Status postings_validate(Segment *segment, const TermRecord *record,
                         const Postings *list, Error *error)
{
    if (record->has_bounds) {
        Status status = verify_bounds(segment, record, error);
        if (status != OK) return status;
    }
    switch (record->kind) {
    case POSTINGS_INLINE:
        return segment_verify(segment, SECTION_NORMS, record->docid, 1, error);
    case POSTINGS_SHORT: return validate_short(segment, record, list, error);
    case POSTINGS_BLOCKS: return validate_blocks(segment, record, list, error);
    case POSTINGS_BITMAP: return validate_bitmap(segment, record, list, error);
    }
    return OK;
}
