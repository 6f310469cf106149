/* block_scores.h - the scores of all postings of a block. */
#ifndef QUERN_KERNELS_BLOCK_SCORES_H
#define QUERN_KERNELS_BLOCK_SCORES_H

#include "common/codec/bitpack.h"
#include "common/segment/postings/postings.h"
#include "searcher/search/kernels/range_kernels.h"

/* A block and one vector more. */
enum { CURSOR_ROOM = BLOCK_POSTINGS + 16 };

/* `inverse` is Bm25.inverse; scores has CURSOR_ROOM. */
static inline void block_scores(const RangeKernels *kernels, const Block *block,
                                const float *inverse, float weight,
                                float *scores)
{
    uint32_t tfs[CURSOR_ROOM], codes[CURSOR_ROOM];
    CodeTable table = {inverse + block->norm_min, block->norm_bits};
    bitpack_unpack(block->tfs, block->tf_bits, block->count, 1, tfs);
    bitpack_unpack(block->norms, block->norm_bits, block->count, 0, codes);
    kernels->score(tfs, codes, block->count, &table, weight, scores);
}

#endif
