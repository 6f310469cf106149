/* postings.c - what is in a list: blocks, and the tf values of a bitmap. */
#include "common/segment/postings/postings.h"

#include "common/codec/block_codec.h"
#include "common/segment/segment_internal.h"

static Block block_at(const uint8_t *data, uint32_t count, uint32_t before,
                      const uint8_t widths[4], bool is_pair)
{
    Block block = {.docs = data,
                   .doc_bits = widths[0],
                   .tf_bits = widths[1],
                   .norm_bits = widths[2],
                   .norm_min = widths[3],
                   .count = count,
                   .before = before};
    block.tfs = block.docs + codec_size(count, block.doc_bits);
    if (!is_pair) block.norms = block.tfs + codec_size(count, block.tf_bits);
    return block;
}

Block postings_block(const Postings *list, uint32_t block)
{
    if (!postings_has_directory(list)) {
        const uint8_t widths[4] = {list->doc_bits, list->tf_bits,
                                   list->norm_bits, list->norm_min};
        return block_at(list->data, list->df, UINT32_MAX, widths,
                        list->is_pair);
    }
    const uint8_t *header = list->headers + BLOCK_HEADER_BYTES * (size_t)block;
    uint32_t count = list->df - block * BLOCK_POSTINGS;
    if (count > BLOCK_POSTINGS) count = BLOCK_POSTINGS;
    uint32_t before = block ? postings_last_docid(list, block - 1) : UINT32_MAX;
    return block_at(list->data + get_u32le(header + BLOCK_OFFSET), count,
                    before, header + BLOCK_DOC_BITS, list->is_pair);
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
    uint32_t less_one = codec_get(list->tf_stream, list->tf_bits, number);
    if (less_one < (1u << list->tf_bits) - 1) return less_one + 1;
    uint32_t place = postings_exception(list, number);
    return get_u32le(list->exceptions + BITMAP_EXCEPTION_BYTES * (size_t)place +
                     4);
}

void postings_bitmap_tfs(const Postings *list, uint32_t first, uint32_t count,
                         uint32_t *out)
{
    codec_decode(list->tf_stream + codec_size(first, list->tf_bits),
                 list->tf_bits, count, 1, out);
    for (uint32_t i = postings_exception(list, first);
         i < list->exception_count; i++) {
        const uint8_t *entry = list->exceptions +
                               BITMAP_EXCEPTION_BYTES * (size_t)i;
        uint32_t number = get_u32le(entry);
        if (number - first >= count) break;
        out[number - first] = get_u32le(entry + 4);
    }
}
