/* posting_find.c - one document's posting in a list. */
#include "common/segment/postings/posting_find.h"

#include "common/codec/block_codec.h"

/* The first block whose last docid is not below docid; block_count: none. */
static uint32_t find_block(const Postings *list, uint32_t docid)
{
    uint32_t low = 0, high = list->block_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (postings_last_docid(list, middle) < docid) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool find_in_block(const Postings *list, uint32_t number, uint32_t docid,
                          uint32_t *in_block, uint32_t *tf)
{
    uint32_t docids[BLOCK_POSTINGS + 16];
    Block block = postings_block(list, number);
    codec_decode_deltas(block.docs, block.doc_bits, block.count, block.before,
                        docids);
    for (uint32_t i = 0; i < block.count; i++) {
        if (docids[i] != docid) continue;
        *in_block = i;
        *tf = codec_get(block.tfs, block.tf_bits, i) + 1;
        return true;
    }
    return false;
}

bool posting_find(const Postings *list, uint32_t docid, uint32_t *number,
                  uint32_t *tf)
{
    *number = *tf = 0;
    if (postings_is_inline(list)) {
        *tf = list->tf;
        return list->docid == docid;
    }
    if (postings_is_bitmap(list)) {
        if (!(list->bits[docid / 64] >> (docid % 64) & 1)) return false;
        *number = postings_rank(list, docid);
        *tf = postings_bitmap_tf(list, *number);
        return true;
    }
    uint32_t block = postings_has_directory(list) ? find_block(list, docid) : 0;
    uint32_t in_block;
    if (block == list->block_count ||
        !find_in_block(list, block, docid, &in_block, tf))
        return false;
    *number = block * BLOCK_POSTINGS + in_block;
    return true;
}
