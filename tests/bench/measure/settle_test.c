/* settle_test.c - tests bench/measure/settle.c. */
#include "bench/measure/settle.h"

#include "tests/support/check_main.h"

START_TEST(three_medians_within_two_percent_are_warm)
{
    Settle settle = {0};
    settle_add(&settle, 0, 162);
    settle_add(&settle, 0, 120);
    settle_add(&settle, 0, 121);
    ck_assert(!settle_is_over(&settle, 1));
    settle_add(&settle, 0, 122); /* 120 121 122 */
    ck_assert(settle_is_over(&settle, 1));
}
END_TEST

START_TEST(two_passes_are_never_enough)
{
    Settle settle = {0};
    settle_add(&settle, 0, 100);
    settle_add(&settle, 0, 100);
    ck_assert(!settle_is_over(&settle, 1));
}
END_TEST

START_TEST(slowly_falling_times_are_not_warm)
{
    Settle settle = {0};
    for (int i = 0; i < 20; i++) settle_add(&settle, 0, 1000 - 20 * i);
    ck_assert(!settle_is_over(&settle, 1));
}
END_TEST

START_TEST(all_workloads_must_be_warm_each_at_its_time)
{
    Settle settle = {0};
    for (int i = 0; i < 3; i++) settle_add(&settle, 0, 100);
    for (int i = 0; i < 3; i++) settle_add(&settle, 1, 100 + 10 * i);
    ck_assert(settle_is_over(&settle, 1));
    ck_assert(!settle_is_over(&settle, 2));
    settle_add(&settle, 0, 150);
    for (int i = 0; i < 3; i++) settle_add(&settle, 1, 70);
    ck_assert(settle_is_over(&settle, 2));
}
END_TEST

START_TEST(the_median_leaves_out_what_was_not_measured)
{
    int64_t ns[] = {0, 30, 0, 10, 20};
    ck_assert_double_eq(settle_median(ns, 5), 20);
    int64_t none[] = {0, 0};
    ck_assert_double_eq(settle_median(none, 2), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settle");
    TCase *tests = tcase_create("settle");
    tcase_add_test(tests, three_medians_within_two_percent_are_warm);
    tcase_add_test(tests, two_passes_are_never_enough);
    tcase_add_test(tests, slowly_falling_times_are_not_warm);
    tcase_add_test(tests, all_workloads_must_be_warm_each_at_its_time);
    tcase_add_test(tests, the_median_leaves_out_what_was_not_measured);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
