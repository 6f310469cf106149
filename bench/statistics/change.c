/* change.c - how much a time changed, and whether that is significant. */
#include "bench/statistics/change.h"

#include "bench/statistics/student.h"

#include <math.h>

typedef struct Moments {
    double mean, variance; /* of one value */
    double count;
} Moments;

/* Of log(b[i] / a[i]), or of log(b[i]) if a is NULL. */
static Moments log_moments(const double *a, const double *b, size_t count)
{
    Moments moments = {.count = (double)count};
    double squares = 0;
    for (size_t i = 0; i < count; i++)
        moments.mean += (a ? log(b[i] / a[i]) : log(b[i])) / (double)count;
    for (size_t i = 0; i < count; i++) {
        double value = a ? log(b[i] / a[i]) : log(b[i]);
        squares += (value - moments.mean) * (value - moments.mean);
    }
    moments.variance = count > 1 ? squares / (double)(count - 1) : (double)NAN;
    return moments;
}

static Change change_of(double difference, double error, double degrees,
                        ChangeRule rule)
{
    double half = student_quantile(rule.risk, degrees) * error + rule.widening;
    Change change = {.ratio = expm1(difference),
                     .low = expm1(difference - half),
                     .high = expm1(difference + half)};
    change.is_significant = change.low > 0 || change.high < 0;
    return change;
}

static Change too_few(double difference)
{
    return (Change){expm1(difference), (double)NAN, (double)NAN, false};
}

Change change_paired(const double *a, const double *b, size_t count,
                     ChangeRule rule)
{
    Moments m = log_moments(a, b, count);
    if (count < MIN_LAUNCHES_COMPARED) return too_few(m.mean);
    return change_of(m.mean, sqrt(m.variance / m.count), m.count - 1, rule);
}

Change change_unpaired(const double *a, size_t a_count, const double *b,
                       size_t b_count, ChangeRule rule)
{
    Moments ma = log_moments(NULL, a, a_count);
    Moments mb = log_moments(NULL, b, b_count);
    double difference = mb.mean - ma.mean;
    if (a_count < MIN_LAUNCHES_COMPARED || b_count < MIN_LAUNCHES_COMPARED)
        return too_few(difference);
    double va = ma.variance / ma.count, vb = mb.variance / mb.count;
    double total = va + vb;
    double degrees = total > 0 ? total * total /
                                     (va * va / (ma.count - 1) +
                                      vb * vb / (mb.count - 1))
                               : ma.count + mb.count - 2;
    return change_of(difference, sqrt(total), degrees, rule);
}

double change_risk_each(double risk, size_t count)
{
    return count > 1 ? risk / (double)count : risk;
}
