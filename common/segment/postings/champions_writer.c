/* champions_writer.c - writes the section champions: the best postings of
 * frequent terms. */
#include "common/segment/postings/champions_writer.h"

#include "common/base/bytes.h"
#include "common/codec/block_codec.h"

#include <stdlib.h>

void champions_writer_init(ChampionsWriter *writer, const char *folder,
                           size_t memory_limit)
{
    *writer = (ChampionsWriter){0};
    spool_init(&writer->lists, folder, memory_limit);
}

void champions_writer_release(ChampionsWriter *writer)
{
    spool_release(&writer->lists);
    buf_release(&writer->terms);
    buf_release(&writer->list);
}

/* The bits of a non-negative float sort as it does. They are followed by the
 * inverted ordinal of the posting, so that the first of equal products is the
 * greatest. */
static uint64_t key_of(float product, uint32_t number)
{
    uint32_t bits;
    memcpy(&bits, &product, sizeof bits);
    return (uint64_t)bits << 32 | (uint32_t)~number;
}

static int compare_descending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

/* The `wanted` greatest keys, greatest first. They are collected until there
 * are twice as many, then sorted and truncated, which gives the limit that
 * later ones have to exceed. */
static void find_champions(uint64_t *keys, const float *products,
                           uint32_t count, uint32_t wanted)
{
    uint64_t limit = 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t key = key_of(products[i], i);
        if (LIKELY(key <= limit)) continue;
        keys[kept++] = key;
        if (kept < 2 * wanted) continue;
        qsort(keys, kept, sizeof *keys, compare_descending);
        kept = wanted;
        limit = keys[wanted - 1];
    }
    qsort(keys, kept, sizeof *keys, compare_descending);
}

static void put_list(Buf *out, const uint64_t *keys, uint32_t count,
                     const TermPostings *postings, const uint8_t *codes)
{
    uint32_t docids[MAX_CHAMPIONS], tfs[MAX_CHAMPIONS];
    uint32_t norms[MAX_CHAMPIONS], norm_min = UINT8_MAX;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = (uint32_t)~keys[i];
        docids[i] = postings->docids[number];
        tfs[i] = postings->tfs[number] - 1;
        norms[i] = codes[docids[i]];
        if (norms[i] < norm_min) norm_min = norms[i];
    }
    for (uint32_t i = 0; i < count; i++) norms[i] -= norm_min;
    const uint32_t *const streams[] = {docids, tfs, norms};
    for (int i = 0; i < 3; i++) {
        buf_put_byte(out, (uint8_t)codec_width_of(streams[i], count));
    }
    buf_put_byte(out, (uint8_t)norm_min);
    for (int i = 0; i < 3; i++) {
        codec_put(out, streams[i], count, codec_width_of(streams[i], count));
    }
}

void champions_writer_put(ChampionsWriter *writer, uint32_t term,
                          const TermPostings *postings,
                          const DocumentNorms *norms, const float *products,
                          uint32_t count)
{
    if (postings->count / CHAMPIONS_SHARE < count) return;
    find_champions(writer->keys, products, postings->count, count);
    writer->list.size = 0; /* and a failure stays */
    put_list(&writer->list, writer->keys, count, postings, norms->codes);
    buf_put_u32le(&writer->terms, term);
    buf_put_u32le(&writer->terms, count);
    buf_put_u64le(&writer->terms, spool_size(&writer->lists));
    spool_put_span(&writer->lists, buf_span(&writer->list));
}

Status champions_writer_check(const ChampionsWriter *writer, Error *error)
{
    Status status = buf_check(&writer->terms, "writing champions", error);
    if (status == OK)
        status = buf_check(&writer->list, "writing champions", error);
    return status == OK ? spool_check(&writer->lists, error) : status;
}

void champions_writer_write(const ChampionsWriter *writer, SegmentWriter *out)
{
    if (writer->terms.size == 0) return;
    uint8_t head[CHAMPIONS_HEADER_BYTES] = {0};
    put_u32le(head + CHAMPIONS_COUNT,
              (uint32_t)(writer->terms.size / CHAMPIONS_ENTRY_BYTES));
    segment_writer_begin(out, SECTION_CHAMPIONS);
    segment_writer_put(out, head, sizeof head);
    segment_writer_put(out, writer->terms.data, writer->terms.size);
    segment_writer_put_spool(out, &writer->lists, 0,
                             spool_size(&writer->lists));
    segment_writer_end(out);
}
