/* change_test.c - tests bench/statistics/change.c. */
#include "bench/statistics/change.h"

#include "bench/statistics/random_draws.h"
#include "tests/support/check_main.h"

#include <math.h>

static const ChangeRule RULE = {.risk = 0.05};

/* log ratios 0.01, 0.02, 0.03: mean 0.02, error 0.01 / sqrt(3), t = 4.3027 */
START_TEST(pairs_are_compared_by_students_t)
{
    double a[] = {100, 100, 100};
    double b[] = {100 * exp(0.01), 100 * exp(0.02), 100 * exp(0.03)};
    Change change = change_paired(a, b, 3, RULE);
    double half = 4.302653 * 0.01 / sqrt(3);
    ck_assert_double_eq_tol(change.ratio, expm1(0.02), 1e-12);
    ck_assert_double_eq_tol(change.low, expm1(0.02 - half), 1e-7);
    ck_assert_double_eq_tol(change.high, expm1(0.02 + half), 1e-7);
    ck_assert(!change.is_significant);
}
END_TEST

START_TEST(a_change_in_all_pairs_is_significant)
{
    double a[] = {100, 110, 120, 130, 140};
    double b[] = {105, 115.6, 125.8, 136.7, 147.1};
    ck_assert(change_paired(a, b, 5, RULE).is_significant);
    ck_assert(change_paired(b, a, 5, RULE).is_significant);
    /* Launches of different runs vary by more than that. */
    ck_assert(!change_unpaired(a, 5, b, 5, RULE).is_significant);
}
END_TEST

START_TEST(the_shift_of_the_machine_widens_the_interval)
{
    double a[] = {100, 101, 100, 101, 100}, b[] = {104, 105, 104, 105, 104};
    ChangeRule wide = {.risk = 0.05, .widening = 0.06};
    ck_assert(change_unpaired(a, 5, b, 5, RULE).is_significant);
    ck_assert(!change_unpaired(a, 5, b, 5, wide).is_significant);
}
END_TEST

START_TEST(two_launches_are_too_few)
{
    double a[] = {100, 100}, b[] = {200, 200};
    Change change = change_paired(a, b, 2, RULE);
    ck_assert_double_eq_tol(change.ratio, 1, 1e-12);
    ck_assert_double_nan(change.low);
    ck_assert(!change.is_significant);
    ck_assert(!change_unpaired(a, 2, b, 2, RULE).is_significant);
}
END_TEST

/* Of 2,000 comparisons of equal launches with six figures each, about 5 % give
 * an alarm in any figure, not 5 % in each. */
START_TEST(equal_launches_rarely_give_an_alarm)
{
    enum { TRIALS = 2000, LAUNCHES = 5, EACH = 6 };
    Draws draws = {3};
    ChangeRule rule = {.risk = change_risk_each(0.05, EACH)};
    int alarms = 0;
    for (int i = 0; i < TRIALS; i++) {
        bool alarm = false;
        for (int f = 0; f < EACH; f++) {
            double a[LAUNCHES], b[LAUNCHES];
            for (int l = 0; l < LAUNCHES; l++) {
                a[l] = 100 + draws_below(&draws, 1000) / 100.0;
                b[l] = 100 + draws_below(&draws, 1000) / 100.0;
            }
            alarm |= change_paired(a, b, LAUNCHES, rule).is_significant;
        }
        alarms += alarm;
    }
    ck_assert_int_lt(alarms, TRIALS * 8 / 100);
    ck_assert_int_gt(alarms, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("change");
    TCase *tests = tcase_create("change");
    tcase_add_test(tests, pairs_are_compared_by_students_t);
    tcase_add_test(tests, a_change_in_all_pairs_is_significant);
    tcase_add_test(tests, the_shift_of_the_machine_widens_the_interval);
    tcase_add_test(tests, two_launches_are_too_few);
    tcase_add_test(tests, equal_launches_rarely_give_an_alarm);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
