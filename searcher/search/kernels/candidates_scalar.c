/* candidates_scalar.c - candidates of a window: the scalar reference. */
#include "searcher/search/kernels/candidates.h"

#include "common/segment/bm25.h"
#include "searcher/search/kernels/few_postings.h"

#include <float.h>

static void take_range(Candidates *c, double *sums, double min, uint32_t first)
{
    for (uint32_t i = 0; i < RANGE_DOCUMENTS; i++) {
        c->docids[c->count] = first + i;
        c->sums[c->count] = sums[i];
        c->count += sums[i] >= min;
        sums[i] = 0.0;
    }
}

void candidates_take_scalar(Candidates *candidates, const WindowSums *window,
                            double needed)
{
    for (uint64_t left = window->touched; left; left &= left - 1) {
        uint32_t range = (uint32_t)__builtin_ctzll(left);
        double min = needed - (double)window->rests[range];
        take_range(candidates, window->sums + range * RANGE_DOCUMENTS,
                   min > DBL_MIN ? min : DBL_MIN,
                   window->first + range * RANGE_DOCUMENTS);
    }
}

void candidates_drop_scalar(Candidates *candidates, const float *rests,
                            double needed)
{
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        double sum = candidates->sums[i];
        uint32_t docid = candidates->docids[i];
        candidates->docids[kept] = docid;
        candidates->sums[kept] = sum;
        double rest = (double)rests[docid / RANGE_DOCUMENTS % WINDOW_RANGES];
        kept += sum + rest >= needed;
    }
    candidates->count = kept;
}

size_t candidates_look_up_scalar(Candidates *candidates,
                                 const BitmapList *bitmap, uint32_t *exceptions)
{
    const Postings *list = bitmap->list;
    uint32_t exception = (1u << list->tf_bits) - 1;
    size_t found = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        uint32_t docid = candidates->docids[i];
        if (!(list->bits[docid / 64] >> (docid % 64) & 1)) continue;
        uint32_t stored = stored_tf(list->tf_stream, list->tf_bits,
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
