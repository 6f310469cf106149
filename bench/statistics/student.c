/* student.c - quantiles of Student's t distribution.
 *
 * The tails are a regularised incomplete beta function, computed by Lentz's
 * continued fraction (DLMF 8.17.22; Press et al., Numerical Recipes, 6.4).
 */
#include "bench/statistics/student.h"

#include <float.h>
#include <math.h>

enum { MAX_TERMS = 500, BISECTIONS = 200 };

/* Away from zero, so that the fraction can be inverted. */
static double nonzero(double x)
{
    return fabs(x) < DBL_MIN * 1e10 ? DBL_MIN * 1e10 : x;
}

static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / nonzero(1 - (a + b) * x / (a + 1)), value = d;
    for (int m = 1; m < MAX_TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x /
                     ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / nonzero(1 + even * d);
        c = nonzero(1 + even / c);
        value *= d * c;
        d = 1 / nonzero(1 + odd * d);
        c = nonzero(1 + odd / c);
        value *= d * c;
        if (fabs(d * c - 1) < 1e-15) break;
    }
    return value;
}

/* I_x(a, b) */
static double beta_share(double a, double b, double x)
{
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) +
                       b * log1p(-x));
    return x < (a + 1) / (a + b + 2)
               ? front * beta_fraction(a, b, x) / a
               : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double student_tails(double t, double degrees)
{
    return beta_share(degrees / 2, 0.5, degrees / (degrees + t * t));
}

double student_quantile(double tails, double degrees)
{
    double low = 0, high = 1;
    while (student_tails(high, degrees) > tails && high < 1e12) high *= 2;
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = (low + high) / 2;
        if (student_tails(middle, degrees) > tails) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}
