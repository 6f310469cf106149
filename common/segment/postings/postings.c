/* postings.c - one term's list in one segment, ready for the hot loops.
 *
 * Where everything of a list lies follows from its record alone, without a
 * look at the list; so a term met before costs a bit test and additions.
 */
#include "common/segment/postings/postings.h"

#include "common/codec/bitpack.h"
#include "common/segment/segment_internal.h"

/* Pointers to the lists, which nobody has looked at yet. */
static void locate_lists(const Segment *segment, const TermRecord *record,
                         Postings *out)
{
    const uint8_t *list = segment->sections[SECTION_POSTINGS].data +
                          record->postings_offset;
    out->data = list;
    if (record->kind == POSTINGS_SHORT) {
        out->block_count = 1;
    } else if (record->kind == POSTINGS_BLOCKS) {
        size_t count = divide_up(record->df, BLOCK_POSTINGS);
        out->block_count = (uint32_t)count;
        out->last_docids = list;
        out->headers = list + 4 * count;
        out->data = out->headers + BLOCK_HEADER_BYTES * count;
    } else if (record->kind == POSTINGS_BITMAP) {
        size_t rank_count = divide_up(segment->document_count,
                                      BITMAP_RANK_DOCUMENTS);
        size_t bits_bytes = rank_count * (BITMAP_RANK_DOCUMENTS / 8);
        size_t tf_bytes = bitpack_bytes(record->df, record->tf_bits);
        size_t tf_start = bits_bytes + 4 * rank_count;
        out->bits = (const void *)list;
        out->ranks = (const void *)(list + bits_bytes);
        out->tf_stream = list + tf_start;
        out->exceptions = list + round_up(tf_start + tf_bytes, 4);
        out->exception_count = record->exception_count;
    }
    if (record->has_bounds) {
        out->range_bounds = segment->sections[SECTION_BOUNDS].data +
                            record->bounds_offset;
        out->window_bounds = out->range_bounds +
                             round_up(segment->range_count, BOUNDS_ALIGNMENT);
    }
}

Status postings_open(Segment *segment, const TermRecord *record, Postings *out,
                     Error *error)
{
    *out = (Postings){.kind = record->kind,
                      .df = record->df,
                      .total_tf = record->total_tf,
                      .max = record->max,
                      .docid = record->docid,
                      .doc_bits = record->doc_bits,
                      .tf_bits = record->tf_bits,
                      .norm_bits = record->norm_bits,
                      .norm_min = record->norm_min,
                      .number = record->number,
                      .has_positions = record->has_positions,
                      .inline_positions = record->inline_positions,
                      .positions_offset = record->positions_offset};
    memcpy(out->kth, record->kth, sizeof out->kth);
    if (record->kind == POSTINGS_INLINE) {
        out->tf = (uint32_t)record->total_tf;
    } else {
        locate_lists(segment, record, out);
    }
    if (verified_bit(segment->verified_terms, record->number)) return OK;
    Status status = postings_validate(segment, record, out, error);
    if (status == OK) set_verified_bit(segment->verified_terms, record->number);
    return status;
}

static Block block_at(const uint8_t *data, uint32_t count, uint32_t before,
                      const uint8_t widths[4])
{
    Block block = {.docs = data,
                   .doc_bits = widths[0],
                   .tf_bits = widths[1],
                   .norm_bits = widths[2],
                   .norm_min = widths[3],
                   .count = count,
                   .before = before};
    block.tfs = block.docs + bitpack_bytes(count, block.doc_bits);
    block.norms = block.tfs + bitpack_bytes(count, block.tf_bits);
    return block;
}

Block postings_block(const Postings *list, uint32_t block)
{
    if (list->kind == POSTINGS_SHORT) {
        const uint8_t widths[4] = {list->doc_bits, list->tf_bits,
                                   list->norm_bits, list->norm_min};
        return block_at(list->data, list->df, UINT32_MAX, widths);
    }
    const uint8_t *header = list->headers + BLOCK_HEADER_BYTES * (size_t)block;
    uint32_t count = list->df - block * BLOCK_POSTINGS;
    if (count > BLOCK_POSTINGS) count = BLOCK_POSTINGS;
    uint32_t before = block ? postings_last_docid(list, block - 1) : UINT32_MAX;
    return block_at(list->data + get_u32le(header + BLOCK_OFFSET), count,
                    before, header + BLOCK_DOC_BITS);
}

uint32_t postings_exception(const Postings *list, uint32_t number)
{
    uint32_t low = 0, high = list->exception_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const uint8_t *entry = list->exceptions +
                               BITMAP_EXCEPTION_BYTES * (size_t)middle;
        if (get_u32le(entry) < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t postings_bitmap_tf(const Postings *list, uint32_t number)
{
    uint32_t less_one = bitpack_get(list->tf_stream, list->tf_bits, number);
    if (less_one < (1u << list->tf_bits) - 1) return less_one + 1;
    uint32_t place = postings_exception(list, number);
    return get_u32le(list->exceptions + BITMAP_EXCEPTION_BYTES * (size_t)place +
                     4);
}
