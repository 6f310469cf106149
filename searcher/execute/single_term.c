/* single_term.c - the k best of one word that is no frequent one.
 *
 * Its list is walked block by block; a block whose bound does not reach the
 * threshold, which the stored k-th best value sets from the start, is not
 * unpacked. (Frequent words have bounds for ranges: union.c.)
 */
#include "searcher/execute/pruned.h"

static void show_block(Execution *x, ListCursor *cursor, const Block *view)
{
    uint32_t tfs[CURSOR_ROOM], codes[CURSOR_ROOM];
    float scores[CURSOR_ROOM];
    bitpack_unpack(view->tfs, view->tf_bits, view->count, 1, tfs);
    bitpack_unpack(view->norms, view->norm_bits, view->count, view->norm_min,
                   codes);
    x->kernels->score(tfs, codes, view->count, cursor->inverse, cursor->weight,
                      scores);
    float needed = x->collector->threshold;
    for (uint32_t i = 0; i < view->count; i++) {
        if (scores[i] < needed) continue;
        collector_push(x->collector, scores[i],
                       x->first_docid + cursor->docs[i]);
    }
}

Status execute_single_term(Execution *x, float correction, Error *error)
{
    const PlanNode *root = x->plan->root;
    const Postings *list = &root->terms[0]->lists[x->segment_number];
    ListCursor *cursor = &x->cursors[root->number];
    if (!list->df) return OK;
    if (list->range_bounds || x->live) {
        return execute_union(x, correction, error);
    }
    if (list->kind == POSTINGS_INLINE) {
        float inverse = cursor->inverse[cursor->norms[list->docid]];
        collector_push(x->collector,
                       bm25_score(root->weight, list->tf, inverse),
                       x->first_docid + list->docid);
        return OK;
    }
    if (list->kind == POSTINGS_BITMAP) return execute_exhaustive(x, error);
    double byte_weight = (double)root->weight * (double)correction *
                         (1.0 + 0x1p-20) / 255.0;
    for (uint32_t block = 0; block < list->block_count; block++) {
        double bound = list->kind == POSTINGS_SHORT
                           ? (double)root->weight
                           : postings_block_bound(list, block) * byte_weight;
        if (bound < (double)x->collector->threshold) continue;
        list_cursor_load(cursor, block);
        show_block(x, cursor, &cursor->view);
    }
    return OK;
}
