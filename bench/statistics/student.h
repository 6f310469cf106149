/* student.h - quantiles of Student's t distribution. */
#ifndef QUERN_STATISTICS_STUDENT_H
#define QUERN_STATISTICS_STUDENT_H

/* The probability that |T| exceeds t >= 0, with this many degrees of freedom
 * (any positive number). */
double student_tails(double t, double degrees);

/* The t that |T| exceeds with this probability, 0 < tails < 1. */
double student_quantile(double tails, double degrees);

#endif
