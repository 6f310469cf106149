/* change.h - how much a time changed, and whether that is significant.
 *
 * The unit is the launch: each gives one figure (a percentile, a mean), and
 * times within a launch are not independent. Figures are compared as
 * logarithms, so a change is a ratio and does not depend on its direction.
 * Launches that were interleaved are compared in pairs (Student); launches of
 * different runs as two samples of different variance (Welch, Biometrika 34,
 * 1947).
 */
#ifndef QUERN_STATISTICS_CHANGE_H
#define QUERN_STATISTICS_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

enum { MIN_LAUNCHES_COMPARED = 3 };

/* All as ratios of the second to the first, less 1: 0.05 is 5 % slower. */
typedef struct Change {
    double ratio;
    double low, high; /* NaN: too few launches */
    bool is_significant;
} Change;

typedef struct ChangeRule {
    double risk;     /* of a false alarm, for one figure: 0.05 */
    double widening; /* logarithm by which the interval grows at each end */
} ChangeRule;

/* Figures of launch i in a[i] and b[i], all above 0. */
Change change_paired(const double *a, const double *b, size_t count,
                     ChangeRule rule);

Change change_unpaired(const double *a, size_t a_count, const double *b,
                       size_t b_count, ChangeRule rule);

/* The risk of each of `count` figures such that the risk that any of them is a
 * false alarm is at most `risk` (Bonferroni). */
double change_risk_each(double risk, size_t count);

#endif
