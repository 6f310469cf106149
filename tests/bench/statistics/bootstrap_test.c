/* bootstrap_test.c - tests bench/statistics/bootstrap.c. */
#include "bench/statistics/bootstrap.h"

#include "bench/statistics/random_draws.h"
#include "tests/support/check_main.h"

#include <math.h>
#include <stdlib.h>

static double uniform(Draws *draws)
{
    return (double)(draws_next(draws) >> 11) * 0x1p-53;
}

/* Nearly normal, mean 0, variance 1 (Irwin and Hall). */
static double normal(Draws *draws)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += uniform(draws);
    return sum;
}

/* launch effect + query effect + noise around 100 */
static void draw_set(Draws *draws, SampleSet *set, size_t passes)
{
    size_t i = 0;
    double queries[64];
    for (uint32_t q = 0; q < set->queries; q++) queries[q] = 5 * normal(draws);
    for (uint32_t l = 0; l < set->launches; l++) {
        double launch = normal(draws);
        for (uint32_t q = 0; q < set->queries; q++) {
            for (size_t p = 0; p < passes; p++) {
                double value = 100 + launch + queries[q] + normal(draws);
                set->samples[i++] = (Sample){value, l, q};
            }
        }
    }
    set->count = i;
}

/* The mean over all launches and queries that could have been is 100. A 95 %
 * interval with ten launches covers somewhat less; below 85 % it would be
 * wrong, as it is (about 10 %) if samples are drawn one by one. */
START_TEST(intervals_cover_the_mean_of_clustered_samples)
{
    enum { TRIALS = 60, LAUNCHES = 10, QUERIES = 60, PASSES = 3 };
    Draws draws = {7};
    SampleSet set = {.launches = LAUNCHES, .queries = QUERIES};
    set.samples = calloc(LAUNCHES * QUERIES * PASSES, sizeof(Sample));
    int covered = 0;
    for (int i = 0; i < TRIALS; i++) {
        FigureSet figures;
        Error error;
        draw_set(&draws, &set, PASSES);
        ck_assert_int_eq(figures_of_all(&set, &figures, &error), OK);
        Interval mean = figures.intervals[FIGURE_MEAN];
        covered += mean.low <= 100 && 100 <= mean.high;
    }
    free(set.samples);
    ck_assert_int_ge(covered, TRIALS * 85 / 100);
}
END_TEST

START_TEST(minima_are_over_launches_and_figures_over_queries)
{
    enum { QUERIES = 100, LAUNCHES = 5 };
    Sample samples[QUERIES * LAUNCHES];
    SampleSet set = {samples, 0, LAUNCHES, QUERIES};
    for (uint32_t l = 0; l < LAUNCHES; l++) {
        for (uint32_t q = 0; q < QUERIES; q++)
            samples[set.count++] = (Sample){q + 1.0 + 50.0 * (l != 2), l, q};
    }
    FigureSet figures;
    Error error;
    ck_assert_int_eq(figures_of_minima(&set, &figures, &error), OK);
    ck_assert_uint_eq(figures.count, QUERIES);
    ck_assert_double_eq(figures.values[FIGURE_P50], 50);
    ck_assert_double_eq(figures.values[FIGURE_MEAN], 50.5);
    ck_assert_double_eq(figures.values[FIGURE_MAX], 100);
    ck_assert_double_nan(figures.values[FIGURE_P99]);
    ck_assert_double_nan(figures.intervals[FIGURE_MAX].low);
    Interval mean = figures.intervals[FIGURE_MEAN];
    ck_assert(mean.low < 50.5 && 50.5 < mean.high);
}
END_TEST

START_TEST(four_launches_have_no_intervals)
{
    Sample samples[] = {{1, 0, 0}, {2, 1, 0}, {3, 2, 0}, {4, 3, 0}};
    SampleSet set = {samples, 4, 4, 1};
    FigureSet figures;
    Error error;
    ck_assert_int_eq(figures_of_all(&set, &figures, &error), OK);
    ck_assert_double_eq(figures.values[FIGURE_MEAN], 2.5);
    ck_assert_double_nan(figures.intervals[FIGURE_MEAN].low);
}
END_TEST

START_TEST(no_sample_gives_no_figure)
{
    SampleSet set = {.launches = 5, .queries = 5};
    FigureSet figures;
    Error error;
    ck_assert_int_eq(figures_of_all(&set, &figures, &error), OK);
    ck_assert_double_nan(figures.values[FIGURE_MEAN]);
    ck_assert_int_eq(figures_of_minima(&set, &figures, &error), OK);
    ck_assert_double_nan(figures.values[FIGURE_MAX]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bootstrap");
    TCase *tests = tcase_create("bootstrap");
    tcase_add_test(tests, intervals_cover_the_mean_of_clustered_samples);
    tcase_add_test(tests, minima_are_over_launches_and_figures_over_queries);
    tcase_add_test(tests, four_launches_have_no_intervals);
    tcase_add_test(tests, no_sample_gives_no_figure);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
