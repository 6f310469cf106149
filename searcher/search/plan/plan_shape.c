/* plan_shape.c - recognises plans that have executors of their own. */
#include "searcher/search/plan/plan.h"

/* A disjunction of plain words. */
bool plan_is_union(const PlanNode *root)
{
    return root->kind == PLAN_BOOLEAN && root->must_count == 0 &&
           root->excluded_count == 0 && root->min_match <= 1 &&
           root->should_count <= PLAN_MAX_LISTS &&
           plan_are_words(root->should, root->should_count);
}

/* Plain words, some of which are required. */
bool plan_is_conjunction(const PlanNode *root)
{
    return root->kind == PLAN_BOOLEAN && root->must_count > 0 &&
           root->min_match == 0 &&
           root->must_count + root->should_count <= PLAN_MAX_LISTS &&
           plan_are_words(root->must, root->must_count) &&
           plan_are_words(root->should, root->should_count) &&
           plan_are_words(root->excluded, root->excluded_count);
}

/* One required word, whose documents all match. */
bool plan_is_preference(const PlanNode *root)
{
    return plan_is_conjunction(root) && root->must_count == 1 &&
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
