/* percentiles_test.c - tests bench/statistics/percentiles.c. */
#include "bench/statistics/percentiles.h"

#include "tests/support/check_main.h"

#include <math.h>
#include <stdlib.h>

/* 1 .. count, each of a query of its own. */
static Sample *count_up(size_t count)
{
    Sample *samples = calloc(count, sizeof *samples);
    for (size_t i = 0; i < count; i++)
        samples[i] = (Sample){.value = (double)(i + 1), .query = (uint32_t)i};
    return samples;
}

START_TEST(percentiles_are_nearest_ranks)
{
    Sample *samples = count_up(1000);
    double figures[FIGURES];
    figures_compute(samples, 1000, NULL, NULL, figures);
    ck_assert_double_eq(figures[FIGURE_P50], 500);
    ck_assert_double_eq(figures[FIGURE_P90], 900);
    ck_assert_double_eq(figures[FIGURE_P99], 990);
    ck_assert_double_eq(figures[FIGURE_P999], 999);
    ck_assert_double_eq(figures[FIGURE_MAX], 1000);
    ck_assert_double_eq(figures[FIGURE_MEAN], 500.5);
    figures_compute(samples, 3, NULL, NULL, figures);
    ck_assert_double_eq(figures[FIGURE_P50], 2);
    ck_assert_double_eq(figures[FIGURE_P90], 3);
    free(samples);
}
END_TEST

START_TEST(a_percentile_needs_ten_samples_beyond_it)
{
    ck_assert(!figure_is_supported(FIGURE_P50, 19));
    ck_assert(figure_is_supported(FIGURE_P50, 20));
    ck_assert(!figure_is_supported(FIGURE_P99, 999));
    ck_assert(figure_is_supported(FIGURE_P99, 1000));
    ck_assert(!figure_is_supported(FIGURE_P999, 9999));
    ck_assert(figure_is_supported(FIGURE_P999, 10000));
    ck_assert(figure_is_supported(FIGURE_MAX, 1));
    ck_assert(!figure_is_supported(FIGURE_MEAN, 0));
}
END_TEST

START_TEST(a_weight_of_two_counts_a_sample_twice)
{
    Sample samples[] = {{1, 0, 0}, {2, 0, 1}, {3, 1, 0}, {9, 1, 1}};
    uint32_t launches[] = {1, 2}, queries[] = {3, 0};
    double figures[FIGURES]; /* of 1 1 1 3 3 3 3 3 3 */
    figures_compute(samples, 4, launches, queries, figures);
    ck_assert_double_eq(figures[FIGURE_P50], 3);
    ck_assert_double_eq(figures[FIGURE_MAX], 3);
    ck_assert_double_eq_tol(figures[FIGURE_MEAN], 21.0 / 9, 1e-12);
    uint32_t none[] = {0, 0};
    figures_compute(samples, 4, none, queries, figures);
    ck_assert_double_nan(figures[FIGURE_MEAN]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("percentiles");
    TCase *tests = tcase_create("percentiles");
    tcase_add_test(tests, percentiles_are_nearest_ranks);
    tcase_add_test(tests, a_percentile_needs_ten_samples_beyond_it);
    tcase_add_test(tests, a_weight_of_two_counts_a_sample_twice);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
