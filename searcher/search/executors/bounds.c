/* bounds.c - upper bounds of sums of scores; a first threshold for the k-th. */
#include "searcher/search/executors/bounds.h"

#include "common/segment/score_bounds.h"

#include <math.h>

enum { DOUBLE_BITS = 53, FLOAT_BITS = 24 };

/* A guess beyond the last k-th value goes up to this many times its k. */
static const double EXTRAPOLATED = 1.6;

/* This many deviations of a count like k more documents are asked for, so that
 * a guess seldom fails. */
static const double GUESS_DEVIATIONS = 3.0;

/* The smallest weight of a leaf. */
static float min_weight(const PlanNode *node)
{
    if (node->kind != PLAN_BOOLEAN) return node->weight;
    float min = INFINITY;
    for (size_t i = 0; i < node->must_count; i++) {
        min = fminf(min, min_weight(node->must[i]));
    }
    for (size_t i = 0; i < node->should_count; i++) {
        min = fminf(min, min_weight(node->should[i]));
    }
    return min;
}

/* The c of the longest document of the segment. */
static float min_inverse(const Execution *x)
{
    const uint8_t *codes = x->segment->norm_codes;
    for (int word = NORM_CODES / 64 - 1; word >= 0; word--) {
        uint64_t bits = get_u64le(codes + 8 * word);
        if (!bits) continue;
        return x->plan->bm25->inverse[64 * word + 63 - __builtin_clzll(bits)];
    }
    return x->plan->bm25->inverse[0];
}

/* Scores grow with weight, tf and c, in floats too, so the minimum of each
 * gives the smallest score. Its lowest bit is the lowest of all; a sum is exact
 * if it spans at most 53 bits from there to its highest bit. */
SumsKind execution_sums(const Execution *execution)
{
    const PlanNode *root = execution->plan->root;
    float smallest = bm25_score(min_weight(root), 1, min_inverse(execution));
    if (!(smallest >= 0x1p-126f)) return SUMS_ZERO;
    int lowest_bit = ilogbf(smallest) - (FLOAT_BITS - 1);
    int highest_bit = ilogb(plan_weight_sum(root) * (1.0 + 0x1p-20));
    return highest_bit - lowest_bit < DOUBLE_BITS ? SUMS_EXACT : SUMS_ORDERED;
}

/* The stored k-th best fraction of a list, k rounded up to a stored level. Of
 * the documents that reach it all the removed ones may be among the k best. */
static uint16_t kth_fraction(const Postings *list, uint32_t removed, uint32_t k)
{
    for (int level = 0; level < KTH_LEVELS; level++) {
        if (k <= kth_levels[level] && removed <= kth_levels[level] - k)
            return list->kth[level];
    }
    return 0;
}

/* A score that k documents of a segment reach by the k-th value. */
static double kth_score(const Plan *plan, const PlanNode *leaf, size_t segment,
                        uint32_t k)
{
    const PlanTerm *term = leaf->terms[0];
    uint16_t fraction = kth_fraction(&term->lists[segment],
                                     term->removed[segment], k);
    return bound_word_score((double)leaf->weight, fraction) *
           (double)plan->scales[segment].lower * (1.0 - 0x1p-22);
}

static float primed_by(const Plan *plan, const PlanNode *leaf, uint32_t k)
{
    double best = 0.0;
    for (size_t i = 0; i < plan->index->manifest.segment_count; i++) {
        double score = kth_score(plan, leaf, i, k);
        if (score > best) best = score;
    }
    return (float)best;
}

typedef float LeafScore(const Plan *plan, const PlanNode *leaf, uint32_t k);

/* The highest such score of any word whose documents all match. */
static float highest_of_words(const Plan *plan, uint32_t k, LeafScore *score_of)
{
    const PlanNode *root = plan->root;
    if (plan_is_word(root)) return score_of(plan, root, k);
    if (plan_is_preference(root)) return score_of(plan, root->must[0], k);
    if (!plan_is_union(root)) return 0.0f;
    float highest = 0.0f;
    for (size_t i = 0; i < root->should_count; i++) {
        highest = fmaxf(highest, score_of(plan, root->should[i], k));
    }
    return highest;
}

float plan_primed_score(const Plan *plan, uint32_t k)
{
    return highest_of_words(plan, k, primed_by);
}

/* About the x that n postings of a list reach: its greatest and its k-th values
 * lie on lines over the logarithm of their number. 0 if n is far from all. */
static double nth_fraction(const Postings *list, double n)
{
    double x = list->max, number = 1.0, step = 0.0;
    for (int level = 0; level < KTH_LEVELS; level++) {
        if (list->df < kth_levels[level] || number >= n) break;
        step = (x - list->kth[level]) / log((double)kth_levels[level] / number);
        x = list->kth[level];
        number = (double)kth_levels[level];
    }
    if (n > EXTRAPOLATED * number) return 0.0;
    return x - step * log(n / number);
}

/* By the segment with the most postings of the word, as if the others, and what
 * is removed, were alike. */
static float guessed_by(const Plan *plan, const PlanNode *leaf, uint32_t k)
{
    const PlanTerm *term = leaf->terms[0];
    size_t most = 0;
    for (size_t i = 1; i < plan->index->manifest.segment_count; i++) {
        if (term->lists[i].df > term->lists[most].df) most = i;
    }
    const Postings *list = &term->lists[most];
    double wanted = (double)k + GUESS_DEVIATIONS * sqrt((double)k);
    double n = wanted * list->df / (double)term->df;
    if (list->df < kth_levels[0] || n < 1.0) return 0.0f;
    return (float)((double)leaf->weight / BOUND_WORD_ONE *
                   nth_fraction(list, n) * (double)plan->scales[most].lower);
}

float plan_guessed_score(const Plan *plan, uint32_t k)
{
    return highest_of_words(plan, k, guessed_by);
}

/* The greatest x of any of these terms in a segment; below 0 if it has none. */
static double greatest_fraction(const Plan *plan, PlanTerm *const *terms,
                                size_t count, size_t segment)
{
    double greatest = -1.0;
    for (size_t i = 0; i < count; i++) {
        const Postings *list = &terms[i]->lists[segment];
        if (!list->df) continue;
        double x = count > 1 ? 1.0 /* a synonym adds its tf up */
                             : bound_word_score(1.0, list->max) *
                                   (double)plan->scales[segment].upper;
        if (!(x < 1.0)) x = 1.0;
        if (x > greatest) greatest = x;
    }
    return greatest;
}

/* A phrase is at most as frequent as each of its words and pairs; with a slop,
 * when it has no pairs, it may be more frequent. */
static double phrase_fraction(const Plan *plan, const PlanNode *phrase,
                              size_t segment)
{
    double min = 1.0;
    for (size_t i = 0; i < phrase->word_count; i++) {
        const PlanWord *word = &phrase->words[i];
        double x = greatest_fraction(plan, word->terms, word->term_count,
                                     segment);
        if (x < 0.0) return x;
        if (x < min && !phrase->slop) min = x;
    }
    for (size_t i = 0; phrase->pairs && i + 1 < phrase->word_count; i++) {
        const PlanPair *pair = &phrase->pairs[i];
        if (!pair->term || pair->presences[segment] == PAIR_UNKNOWN) continue;
        double x = greatest_fraction(plan, &pair->term, 1, segment);
        if (x < min) min = x;
    }
    return min;
}

/* Below 0 if no document matches. */
static double node_bound(const Plan *plan, const PlanNode *node, size_t segment)
{
    if (node->kind == PLAN_NOTHING) return -1.0;
    if (node->kind != PLAN_BOOLEAN) {
        double x = plan_is_phrase(node)
                       ? phrase_fraction(plan, node, segment)
                       : greatest_fraction(plan, node->terms, node->term_count,
                                           segment);
        return x < 0.0 ? x : x * (double)node->weight;
    }
    double sum = 0.0;
    uint32_t matching = 0;
    for (size_t i = 0; i < node->must_count; i++) {
        double bound = node_bound(plan, node->must[i], segment);
        if (bound < 0.0) return bound;
        sum += bound;
    }
    for (size_t i = 0; i < node->should_count; i++) {
        double bound = node_bound(plan, node->should[i], segment);
        if (bound < 0.0) continue;
        sum += bound;
        matching++;
    }
    return matching < node->min_match ? -1.0 : sum;
}

double plan_segment_bound(const Plan *plan, size_t segment)
{
    /* Nested groups round their sums once more at each level. */
    double slack = 1.0 + (16.0 + (double)plan->root->depth) * 0x1p-22;
    return node_bound(plan, plan->root, segment) * slack;
}
