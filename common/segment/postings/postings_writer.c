/* postings_writer.c - writes the section postings. */
#include "common/segment/postings/postings_writer.h"

#include "common/base/bytes.h"
#include "common/codec/block_codec.h"
#include "common/segment/postings/bounds_writer.h"

void postings_writer_init(PostingsWriter *writer, const char *folder,
                          size_t memory_limit)
{
    *writer = (PostingsWriter){0};
    spool_init(&writer->postings, folder, memory_limit);
}

void postings_writer_release(PostingsWriter *writer)
{
    spool_release(&writer->postings);
    buf_release(&writer->directory);
    buf_release(&writer->blocks);
    buf_release(&writer->scratch);
}

/* Three streams, without norm codes two: the common part of short lists and
 * blocks */

typedef struct BlockWidths {
    uint8_t doc_bits, tf_bits, norm_bits, norm_min;
} BlockWidths;

/* Up to 128 postings from `first`; without norm codes if `codes` is NULL. */
static BlockWidths put_streams(Buf *out, const TermPostings *postings,
                               uint32_t first, uint32_t count,
                               const uint8_t *codes)
{
    uint32_t deltas[BLOCK_POSTINGS], tfs[BLOCK_POSTINGS];
    uint32_t norms[BLOCK_POSTINGS];
    uint32_t all_deltas = 0, all_tfs = 0, norm_min = UINT8_MAX, norm_max = 0;
    if (!codes) norm_min = 0;
    uint32_t before = first ? postings->docids[first - 1] : UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t docid = postings->docids[first + i];
        deltas[i] = docid - before - 1;
        before = docid;
        tfs[i] = postings->tfs[first + i] - 1;
        norms[i] = codes ? codes[docid] : 0;
        all_deltas |= deltas[i];
        all_tfs |= tfs[i];
        if (norms[i] < norm_min) norm_min = norms[i];
        if (norms[i] > norm_max) norm_max = norms[i];
    }
    for (uint32_t i = 0; i < count; i++) norms[i] -= norm_min;
    BlockWidths widths = {
        (uint8_t)codec_width(all_deltas), (uint8_t)codec_width(all_tfs),
        (uint8_t)codec_width(norm_max - norm_min), (uint8_t)norm_min};
    codec_put(out, deltas, count, widths.doc_bits);
    codec_put(out, tfs, count, widths.tf_bits);
    codec_put(out, norms, count, widths.norm_bits);
    return widths;
}

static void put_short(PostingsWriter *writer, const TermPostings *postings,
                      const uint8_t *codes, TermFacts *facts)
{
    BlockWidths widths = put_streams(&writer->blocks, postings, 0,
                                     postings->count, codes);
    facts->doc_bits = widths.doc_bits;
    facts->tf_bits = widths.tf_bits;
    facts->norm_bits = widths.norm_bits;
    facts->norm_min = widths.norm_min;
    facts->postings_offset = spool_size(&writer->postings);
    spool_put_span(&writer->postings, buf_span(&writer->blocks));
}

static void put_blocks(PostingsWriter *writer, const TermPostings *postings,
                       const uint8_t *codes, const float *products,
                       TermFacts *facts)
{
    Buf *headers = &writer->scratch;
    for (uint32_t first = 0; first < postings->count; first += BLOCK_POSTINGS) {
        uint32_t count = postings->count - first;
        if (count > BLOCK_POSTINGS) count = BLOCK_POSTINGS;
        buf_put_u32le(&writer->directory, postings->docids[first + count - 1]);
        buf_put_u32le(headers, (uint32_t)writer->blocks.size);
        BlockWidths widths = put_streams(&writer->blocks, postings, first,
                                         count, codes);
        buf_put_byte(headers, widths.doc_bits);
        buf_put_byte(headers, widths.tf_bits);
        buf_put_byte(headers, widths.norm_bits);
        buf_put_byte(headers, widths.norm_min);
        float most = greatest_product(products + first, count);
        buf_put_byte(headers, block_bound(most));
        buf_put_zeros(headers, 3);
    }
    spool_align(&writer->postings, BLOCK_ALIGNMENT);
    facts->postings_offset = spool_size(&writer->postings);
    spool_put_span(&writer->postings, buf_span(&writer->directory));
    spool_put_span(&writer->postings, buf_span(headers));
    spool_put_span(&writer->postings, buf_span(&writer->blocks));
}

/* Bitmaps */

static void put_bits(Buf *out, const TermPostings *postings,
                     uint32_t document_count)
{
    size_t rank_count = ((size_t)document_count - 1) / BITMAP_RANK_DOCUMENTS +
                        1;
    size_t bit_bytes = rank_count * BITMAP_RANK_DOCUMENTS / 8;
    buf_put_zeros(out, bit_bytes + rank_count * sizeof(uint32_t));
    if (out->status != OK) return;
    uint8_t *ranks = out->data + bit_bytes;
    uint32_t posting = 0;
    for (size_t i = 0; i < rank_count; i++) {
        put_u32le(ranks + i * sizeof(uint32_t), posting);
        uint64_t end = (i + 1) * (uint64_t)BITMAP_RANK_DOCUMENTS;
        for (; posting < postings->count && postings->docids[posting] < end;
             posting++) {
            uint32_t docid = postings->docids[posting];
            out->data[docid / 8] |= (uint8_t)(1u << (docid % 8));
        }
    }
}

/* 4 bits if few postings need more: FORMAT.md, postings. */
static uint32_t bitmap_tf_bits(const TermPostings *postings)
{
    enum { NARROW = 4, WIDE = 8, FEW_SHARE = 64 };
    uint32_t large = 0;
    for (uint32_t i = 0; i < postings->count; i++)
        large += postings->tfs[i] >= 1u << NARROW;
    return (uint64_t)large * FEW_SHARE <= postings->count ? NARROW : WIDE;
}

/* tf - 1 of each, in 128s that fill whole bytes; what is too large becomes
 * all ones and goes to `exceptions`. */
static void put_tfs(Buf *out, Buf *exceptions, const TermPostings *postings,
                    uint32_t width)
{
    uint32_t ones = (1u << width) - 1;
    uint32_t values[BLOCK_POSTINGS];
    for (uint32_t first = 0; first < postings->count; first += BLOCK_POSTINGS) {
        uint32_t count = postings->count - first;
        if (count > BLOCK_POSTINGS) count = BLOCK_POSTINGS;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t tf = postings->tfs[first + i];
            values[i] = tf - 1;
            if (tf - 1 < ones) continue;
            values[i] = ones;
            buf_put_u32le(exceptions, first + i);
            buf_put_u32le(exceptions, tf);
        }
        codec_put(out, values, count, width);
    }
}

static void put_bitmap(PostingsWriter *writer, const TermPostings *postings,
                       uint32_t document_count, TermFacts *facts)
{
    Buf *list = &writer->blocks, *exceptions = &writer->scratch;
    put_bits(list, postings, document_count);
    facts->tf_bits = (uint8_t)bitmap_tf_bits(postings);
    put_tfs(list, exceptions, postings, facts->tf_bits);
    buf_put_zeros(list, -list->size % sizeof(uint32_t));
    facts->exception_count = (uint32_t)(exceptions->size /
                                        BITMAP_EXCEPTION_BYTES);
    spool_align(&writer->postings, BITMAP_ALIGNMENT);
    facts->postings_offset = spool_size(&writer->postings);
    spool_put_span(&writer->postings, buf_span(list));
    spool_put_span(&writer->postings, buf_span(exceptions));
}

void postings_writer_put(PostingsWriter *writer, const TermPostings *postings,
                         const DocumentNorms *norms, const float *products,
                         TermFacts *facts)
{
    writer->directory.size = 0;
    writer->blocks.size = 0;
    writer->scratch.size = 0;
    const uint8_t *codes = writer->is_pair ? NULL : norms->codes;
    switch (facts->kind) {
    case POSTINGS_INLINE: facts->docid = postings->docids[0]; break;
    case POSTINGS_SHORT: put_short(writer, postings, codes, facts); break;
    case POSTINGS_BLOCKS:
        put_blocks(writer, postings, codes, products, facts);
        break;
    case POSTINGS_BITMAP:
        put_bitmap(writer, postings, norms->count, facts);
        break;
    }
}

Status postings_writer_check(const PostingsWriter *writer, Error *error)
{
    Status status = buf_check(&writer->directory, "writing postings", error);
    if (status == OK)
        status = buf_check(&writer->blocks, "writing postings", error);
    if (status == OK)
        status = buf_check(&writer->scratch, "writing postings", error);
    return status == OK ? spool_check(&writer->postings, error) : status;
}
