/* run_sums.h - sums of the tfs of a run, without decoding them.
 *
 * The positions of a posting are as many values of its run as its tf says,
 * after those of the postings before it. Most runs of a frequent word are asked
 * for one posting, so the tfs of a bitmap, 4 or 8 bits each, are added up as
 * they are, eight bytes at a time.
 */
#ifndef QUERN_POSITIONS_RUN_SUMS_H
#define QUERN_POSITIONS_RUN_SUMS_H

#include "common/segment/postings/postings.h"

/* The values of a run: how many before a posting, of it, and of all. */
typedef struct RunSums {
    uint32_t before, tf, all;
} RunSums;

/* 32 bytes that are set, then 32 that are not. */
static const uint8_t byte_mask[2 * RUN_POSTINGS] = {
#define SET_8 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
    SET_8, SET_8, SET_8, SET_8};
#undef SET_8

/* Sums of the bytes of a run, up to a posting and all; false if one is 255. Two
 * bytes at a time, as 16 of 255 fit in 16 bits. */
static inline bool sum_tf_bytes(const uint8_t *stream, uint32_t place,
                                RunSums *out)
{
    const uint64_t even = 0x00ff00ff00ff00ffu, ones = 0x0001000100010001u;
    const uint8_t *mask = byte_mask + RUN_POSTINGS - place;
    uint64_t head = 0, all = 0, full = 0;
    for (int i = 0; i < RUN_POSTINGS; i += 8) {
        uint64_t word = get_u64le(stream + i);
        uint64_t below = word & get_u64le(mask + i);
        all += (word & even) + (word >> 8 & even);
        head += (below & even) + (below >> 8 & even);
        full |= (word & even) + ones;
        full |= (word >> 8 & even) + ones;
    }
    *out = (RunSums){(uint32_t)(head * ones >> 48) + place, stream[place] + 1u,
                     (uint32_t)(all * ones >> 48) + RUN_POSTINGS};
    return !(full & even << 8);
}

/* The same of halves of bytes; false if one is 15. */
static inline bool sum_tf_nibbles(const uint8_t *stream, uint32_t place,
                                  RunSums *out)
{
    const uint64_t low = 0x0f0f0f0f0f0f0f0fu, ones = 0x0101010101010101u;
    uint64_t head = 0, all = 0, full = 0;
    for (uint32_t i = 0; i < RUN_POSTINGS; i += 16) {
        uint64_t word = get_u64le(stream + i / 2);
        uint64_t below = place >= i + 16 ? word
                         : place > i ? word & ((1ull << 4 * (place - i)) - 1)
                                     : 0;
        uint64_t pairs = (word & low) + (word >> 4 & low);
        all += (pairs * ones) >> 56;
        pairs = (below & low) + (below >> 4 & low);
        head += (pairs * ones) >> 56;
        full |= (word & low) + ones;
        full |= (word >> 4 & low) + ones;
    }
    *out = (RunSums){(uint32_t)head + place,
                     ((uint32_t)stream[place / 2] >> place % 2 * 4 & 15u) + 1,
                     (uint32_t)all + RUN_POSTINGS};
    return !(full & low << 4);
}

/* Of a whole run of a bitmap without decoding it, as most runs of a frequent
 * word are asked once; false if one of its tfs is an exception. */
static inline bool sum_bitmap_tfs(const Postings *list, uint32_t run,
                                  uint32_t place, RunSums *out)
{
    const uint8_t *stream = list->tf_stream +
                            (size_t)run * (RUN_POSTINGS / 8) * list->tf_bits;
    return list->tf_bits == 8 ? sum_tf_bytes(stream, place, out)
                              : sum_tf_nibbles(stream, place, out);
}

#endif
