/* block_scores.h - the scores of all postings of a block. */
#ifndef QUERN_KERNELS_BLOCK_SCORES_H
#define QUERN_KERNELS_BLOCK_SCORES_H

#include "common/codec/block_codec.h"
#include "common/segment/postings/postings.h"
#include "searcher/search/kernels/range_kernels.h"

/* A block and one vector more. */
enum { CURSOR_ROOM = BLOCK_POSTINGS + 16 };

/* What scores are computed from. */
typedef struct BlockScoring {
    const RangeKernels *kernels;
    const float *inverse; /* Bm25.inverse */
    const uint8_t *norms; /* of the segment */
    float weight;
} BlockScoring;

/* Of the block's documents, from the norms of the segment; 0 after the last. */
static inline void gather_codes(const uint8_t *norms, const uint32_t *docs,
                                uint32_t count, uint32_t *codes)
{
    for (uint32_t i = 0; i < count; i++) codes[i] = norms[docs[i]];
    for (uint32_t i = count; i < count + 16; i++) codes[i] = 0;
}

/* `docs` are the block's docids; scores has CURSOR_ROOM. A block of a pair has
 * no norm codes of its own. */
static inline void block_scores(const BlockScoring *scoring, const Block *block,
                                const uint32_t *docs, float *scores)
{
    uint32_t tfs[CURSOR_ROOM], codes[CURSOR_ROOM];
    CodeTable table = {scoring->inverse + block->norm_min, block->norm_bits};
    codec_decode(block->tfs, block->tf_bits, block->count, 1, tfs);
    if (block->norms) {
        codec_decode(block->norms, block->norm_bits, block->count, 0, codes);
    } else {
        gather_codes(scoring->norms, docs, block->count, codes);
        table = (CodeTable){scoring->inverse, 8};
    }
    scoring->kernels->score(tfs, codes, block->count, &table, scoring->weight,
                            scores);
}

#endif
