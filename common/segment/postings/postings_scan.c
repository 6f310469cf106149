/* postings_scan.c - all postings of a list in order, 128 at a time. */
#include "common/segment/postings/postings_scan.h"

#include "common/codec/block_codec.h"

void postings_scan_start(PostingsScan *scan, const Segment *segment,
                         const Postings *list)
{
    scan->list = list;
    scan->norms = segment->sections[SECTION_NORMS].data;
    scan->next = 0;
    scan->next_docid = 0;
    scan->count = 0;
}

static void scan_inline(PostingsScan *scan)
{
    scan->docids[0] = scan->list->docid;
    scan->tfs[0] = scan->list->tf;
    if (scan->norms) scan->codes[0] = scan->norms[scan->list->docid];
}

static void scan_block(PostingsScan *scan)
{
    Block block = postings_block(scan->list, scan->next / BLOCK_POSTINGS);
    codec_decode_deltas(block.docs, block.doc_bits, block.count, block.before,
                        scan->docids);
    codec_decode(block.tfs, block.tf_bits, block.count, 1, scan->tfs);
    if (!scan->norms) return;
    if (!scan->list->is_pair) {
        codec_decode(block.norms, block.norm_bits, block.count, block.norm_min,
                     scan->codes);
        return;
    }
    for (uint32_t i = 0; i < block.count; i++)
        scan->codes[i] = scan->norms[scan->docids[i]];
}

static void scan_bitmap(PostingsScan *scan)
{
    const Postings *list = scan->list;
    uint32_t docid = scan->next_docid;
    for (uint32_t i = 0; i < scan->count; i++) {
        uint64_t rest = list->bits[docid / 64] >> (docid % 64);
        while (!rest) {
            docid = (docid / 64 + 1) * 64;
            rest = list->bits[docid / 64];
        }
        docid += (uint32_t)__builtin_ctzll(rest);
        scan->docids[i] = docid;
        docid++;
    }
    for (uint32_t i = 0; scan->norms && i < scan->count; i++)
        scan->codes[i] = scan->norms[scan->docids[i]];
    scan->next_docid = docid;
    postings_bitmap_tfs(list, scan->next, scan->count, scan->tfs);
}

bool postings_scan_next(PostingsScan *scan)
{
    const Postings *list = scan->list;
    scan->count = list->df - scan->next;
    if (scan->count > BLOCK_POSTINGS) scan->count = BLOCK_POSTINGS;
    if (scan->count == 0) return false;
    if (postings_is_inline(list)) {
        scan_inline(scan);
    } else if (postings_is_bitmap(list)) {
        scan_bitmap(scan);
    } else {
        scan_block(scan);
    }
    scan->next += scan->count;
    return true;
}
