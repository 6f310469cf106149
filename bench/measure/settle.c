/* settle.c - when an engine is warm. */
#include "bench/measure/settle.h"

#include <stdlib.h>

static bool do_agree(const double medians[SETTLE_PASSES])
{
    double least = medians[0], most = medians[0];
    for (size_t i = 1; i < SETTLE_PASSES; i++) {
        if (medians[i] < least) least = medians[i];
        if (medians[i] > most) most = medians[i];
    }
    return most <= least * (1 + SETTLE_AGREEMENT);
}

void settle_add(Settle *settle, double median)
{
    settle->medians[settle->passes++ % SETTLE_PASSES] = median;
    if (settle->passes >= SETTLE_PASSES && do_agree(settle->medians))
        settle->is_over = true;
}

static int compare_times(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

double settle_median(int64_t *ns, size_t count)
{
    if (count == 0) return 0;
    qsort(ns, count, sizeof *ns, compare_times);
    size_t first = 0;
    while (first < count && ns[first] == 0) first++;
    return first < count ? (double)ns[first + (count - first) / 2] : 0;
}
