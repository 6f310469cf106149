/* score_tree.c - the exact score of one document, by random access.
 *
 * The same sums in the same order as evaluator.c, hence the same bits.
 */
#include "searcher/search/executors/executors.h"

static bool segment_has_term(const Execution *x, const PlanTerm *term)
{
    return term->lists[x->segment_index].df != 0;
}

static float inverse_length(const Execution *x, uint32_t docid)
{
    return x->plan->bm25->inverse[x->norms[docid]];
}

static bool score_term(Execution *x, const PlanNode *node, uint32_t docid,
                       float *score)
{
    ListCursor *cursor = &x->cursors[node->first_cursor];
    if (!segment_has_term(x, node->terms[0]) ||
        !list_cursor_find(cursor, docid)) {
        return false;
    }
    *score = list_cursor_score(cursor, docid);
    return true;
}

static bool score_synonym(Execution *x, const PlanNode *node, uint32_t docid,
                          float *score)
{
    uint32_t tf = 0;
    for (size_t i = 0; i < node->term_count; i++) {
        ListCursor *cursor = &x->cursors[node->first_cursor + i];
        if (segment_has_term(x, node->terms[i]) &&
            list_cursor_find(cursor, docid)) {
            tf += list_cursor_tf(cursor);
        }
    }
    *score = bm25_score(node->weight, tf, inverse_length(x, docid));
    return tf > 0;
}

static bool score_positional(Execution *x, const PlanNode *node, uint32_t docid,
                             float *score)
{
    float frequency = phrase_matcher_frequency(x->matchers[node->first_cursor],
                                               docid);
    *score = bm25_score_frequency(node->weight, frequency,
                                  inverse_length(x, docid));
    return frequency > 0.0f;
}

static bool score_boolean(Execution *x, const PlanNode *node, uint32_t docid,
                          float *score)
{
    double must = 0.0, should = 0.0;
    uint32_t matched = 0;
    float clause_score;
    for (size_t i = 0; i < node->must_count; i++) {
        if (!score_document(x, node->must[i], docid, &clause_score))
            return false;
        must += (double)clause_score;
    }
    for (size_t i = 0; i < node->should_count; i++) {
        if (!score_document(x, node->should[i], docid, &clause_score)) continue;
        should += (double)clause_score;
        matched++;
    }
    if (matched < node->min_match) return false;
    for (size_t i = 0; i < node->excluded_count; i++) {
        if (score_document(x, node->excluded[i], docid, &clause_score))
            return false;
    }
    *score = node->must_count ? (float)must + (float)should : (float)should;
    return true;
}

bool score_document(Execution *execution, const PlanNode *node, uint32_t docid,
                    float *score)
{
    if (node->kind == PLAN_NOTHING) return false;
    if (node->kind == PLAN_BOOLEAN) {
        return score_boolean(execution, node, docid, score);
    }
    if (plan_is_positional(node)) {
        return score_positional(execution, node, docid, score);
    }
    if (node->kind == PLAN_SYNONYM) {
        return score_synonym(execution, node, docid, score);
    }
    return score_term(execution, node, docid, score);
}
