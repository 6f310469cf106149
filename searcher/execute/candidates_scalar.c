/* candidates_scalar.c - the reference. */
#include "searcher/execute/candidates.h"

#include "common/codec/bitpack.h"
#include "common/segment/bm25.h"

#include <float.h>

static void take_range(Candidates *c, double *sums, double least,
                       uint32_t first, float rest)
{
    for (uint32_t i = 0; i < RANGE_DOCUMENTS; i++) {
        c->docids[c->count] = first + i;
        c->sums[c->count] = sums[i];
        c->rests[c->count] = rest;
        c->count += sums[i] >= least;
        sums[i] = 0.0;
    }
}

void candidates_take_scalar(Candidates *candidates, const WindowSums *window,
                            double needed)
{
    for (uint64_t rest = window->touched; rest; rest &= rest - 1) {
        uint32_t range = (uint32_t)__builtin_ctzll(rest);
        double least = needed - (double)window->rests[range];
        take_range(candidates, window->sums + range * RANGE_DOCUMENTS,
                   least > DBL_MIN ? least : DBL_MIN,
                   window->first + range * RANGE_DOCUMENTS, window->rests[range]);
    }
}

void candidates_drop_scalar(Candidates *candidates, double needed)
{
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        double sum = candidates->sums[i];
        float rest = candidates->rests[i];
        candidates->docids[kept] = candidates->docids[i];
        candidates->sums[kept] = sum;
        candidates->rests[kept] = rest;
        kept += sum + (double)rest >= needed;
    }
    candidates->count = kept;
}

size_t candidates_look_up_scalar(Candidates *candidates, const BitmapList *bitmap,
                                 uint32_t *exceptions)
{
    const Postings *list = bitmap->list;
    uint32_t exception = (1u << list->tf_bits) - 1;
    size_t found = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        uint32_t docid = candidates->docids[i];
        uint8_t byte = list->range_bounds[docid / RANGE_DOCUMENTS];
        candidates->rests[i] -= (float)byte * bitmap->byte_weight;
        if (!(list->bits[docid / 64] >> (docid % 64) & 1)) continue;
        uint32_t stored = bitpack_get(list->tf_stream, list->tf_bits,
                                      postings_rank(list, docid));
        if (stored == exception) {
            exceptions[found++] = (uint32_t)i;
        } else {
            candidates->sums[i] += (double)bm25_score(
                bitmap->weight, stored + 1,
                bitmap->inverse[bitmap->norms[docid]]);
        }
    }
    return found;
}
