/* pruned.c - which executor fits a plan, and what all of them rest on. */
#include "searcher/search/executors/pruned.h"

#include <math.h>

enum {
    DOUBLE_BITS = 53,
    FLOAT_BITS = 24,
    MOST_LISTS = 1000 /* integer bounds get too coarse beyond */
};

/* Bounds made with quite other parameters prune too little. */
static const float MOST_CORRECTION = 8.0f;

/* Plain words, one of which is enough. */
static bool is_union(const PlanNode *root)
{
    return root->kind == PLAN_BOOLEAN && root->must_count == 0 &&
           root->excluded_count == 0 && root->min_match <= 1 &&
           root->should_count <= MOST_LISTS &&
           plan_are_words(root->should, root->should_count);
}

/* Plain words, some of which are required. */
static bool is_flat_conjunction(const PlanNode *root)
{
    return root->kind == PLAN_BOOLEAN && root->must_count > 0 &&
           root->min_match == 0 &&
           root->must_count + root->should_count <= MOST_LISTS &&
           plan_are_words(root->must, root->must_count) &&
           plan_are_words(root->should, root->should_count) &&
           plan_are_words(root->excluded, root->excluded_count);
}

/* Every document with the one required word matches. */
static bool is_preference(const PlanNode *root)
{
    return is_flat_conjunction(root) && root->must_count == 1 &&
           root->excluded_count == 0;
}

double plan_weight_sum(const PlanNode *node)
{
    if (node->kind != PLAN_BOOLEAN) return (double)node->weight;
    double sum = 0.0;
    for (size_t i = 0; i < node->must_count; i++) {
        sum += plan_weight_sum(node->must[i]);
    }
    for (size_t i = 0; i < node->should_count; i++) {
        sum += plan_weight_sum(node->should[i]);
    }
    return sum;
}

/* The least weight of a leaf. */
static float least_weight(const PlanNode *node)
{
    if (node->kind != PLAN_BOOLEAN) return node->weight;
    float least = INFINITY;
    for (size_t i = 0; i < node->must_count; i++) {
        least = fminf(least, least_weight(node->must[i]));
    }
    for (size_t i = 0; i < node->should_count; i++) {
        least = fminf(least, least_weight(node->should[i]));
    }
    return least;
}

/* The c of the longest document of the segment. */
static float least_inverse(const Execution *x)
{
    const uint8_t *codes = x->segment->norm_codes;
    for (int word = NORM_CODES / 64 - 1; word >= 0; word--) {
        uint64_t bits = get_u64le(codes + 8 * word);
        if (!bits) continue;
        return x->plan->bm25->inverse[64 * word + 63 - __builtin_clzll(bits)];
    }
    return x->plan->bm25->inverse[0];
}

/* Scores grow with weight, tf and c, in floats too, so the smallest is that of
 * the least of each. Its lowest bit is the lowest of all; a sum is exact if
 * there are no more than 53 bits from there to its highest. */
SumsKind execution_sums(const Execution *execution)
{
    const PlanNode *root = execution->plan->root;
    float smallest = bm25_score(least_weight(root), 1,
                                least_inverse(execution));
    if (!(smallest >= 0x1p-126f)) return SUMS_ZERO;
    int lowest_bit = ilogbf(smallest) - (FLOAT_BITS - 1);
    int highest_bit = ilogb(plan_weight_sum(root) * (1.0 + 0x1p-20));
    return highest_bit - lowest_bit < DOUBLE_BITS ? SUMS_EXACT : SUMS_ORDERED;
}

/* The k-th best of a list, k rounded up to a level there is. */
static uint16_t kth_part(const Postings *list, uint32_t k)
{
    for (int level = 0; level < KTH_LEVELS; level++) {
        if (k <= kth_levels[level]) return list->kth[level];
    }
    return 0;
}

static float primed_by(const Plan *plan, const PlanNode *leaf, uint32_t k)
{
    uint16_t best = 0;
    for (size_t i = 0; i < plan->index->manifest.segment_count; i++) {
        uint16_t part = kth_part(&leaf->terms[0]->lists[i], k);
        if (part > best) best = part;
    }
    return (float)((double)leaf->weight * (double)best / 65535.0 *
                   (1.0 - 0x1p-22));
}

float plan_primed_score(const Plan *plan, uint32_t k)
{
    const PlanNode *root = plan->root;
    if (!plan->own_parameters) return 0.0f;
    if (plan_is_word(root)) return primed_by(plan, root, k);
    if (is_preference(root)) return primed_by(plan, root->must[0], k);
    if (!is_union(root)) return 0.0f;
    float primed = 0.0f;
    for (size_t i = 0; i < root->should_count; i++) {
        primed = fmaxf(primed, primed_by(plan, root->should[i], k));
    }
    return primed;
}

Status execute_best(Execution *execution, Error *error)
{
    const PlanNode *root = execution->plan->root;
    float correction = ranged_correction(execution);
    if (!(correction <= MOST_CORRECTION) ||
        execution_sums(execution) == SUMS_ZERO) {
        return execute_exhaustive(execution, error);
    }
    if (plan_is_word(root)) {
        return execute_single_term(execution, correction, error);
    }
    if (is_union(root)) return execute_union(execution, correction, error);
    bool done;
    Status status = execute_two_phase(execution, correction, &done, error);
    if (status != OK || done) return status;
    if (is_flat_conjunction(root)) {
        return execute_conjunction(execution, correction, error);
    }
    if (execution->plan->cursor_count > MOST_LISTS) {
        return execute_exhaustive(execution, error);
    }
    return execute_bounded_tree(execution, correction, error);
}
