/* settle_test.c - tests bench/measure/settle.c. */
#include "bench/measure/settle.h"

#include "tests/support/check_main.h"

START_TEST(three_medians_within_two_percent_are_warm)
{
    Settle settle = {0};
    settle_add(&settle, 162);
    settle_add(&settle, 120);
    settle_add(&settle, 121);
    ck_assert(!settle.is_over);
    settle_add(&settle, 122); /* 120 121 122 */
    ck_assert(settle.is_over);
}
END_TEST

START_TEST(two_passes_are_never_enough)
{
    Settle settle = {0};
    settle_add(&settle, 100);
    settle_add(&settle, 100);
    ck_assert(!settle.is_over);
}
END_TEST

START_TEST(slowly_falling_times_are_not_warm)
{
    Settle settle = {0};
    for (int i = 0; i < 20; i++) settle_add(&settle, 1000 - 20 * i);
    ck_assert(!settle.is_over);
}
END_TEST

START_TEST(what_was_warm_stays_warm)
{
    Settle settle = {0};
    for (int i = 0; i < 3; i++) settle_add(&settle, 100);
    settle_add(&settle, 150);
    ck_assert(settle.is_over);
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
    tcase_add_test(tests, what_was_warm_stays_warm);
    tcase_add_test(tests, the_median_leaves_out_what_was_not_measured);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
