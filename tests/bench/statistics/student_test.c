/* student_test.c - tests bench/statistics/student.c. */
#include "bench/statistics/student.h"

#include "tests/support/check_main.h"

/* Two-sided critical values of the tables in any textbook. */
START_TEST(quantiles_are_those_of_the_tables)
{
    static const struct {
        double tails, degrees, t;
    } rows[] = {{0.05, 1, 12.7062}, {0.05, 4, 2.7764},  {0.05, 9, 2.2622},
                {0.05, 30, 2.0423}, {0.01, 4, 4.6041},  {0.01, 9, 3.2498},
                {0.1, 5, 2.0150},   {0.001, 9, 4.7809}, {0.05, 1e6, 1.9600}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double t = student_quantile(rows[i].tails, rows[i].degrees);
        ck_assert_double_eq_tol(t, rows[i].t, 1e-4);
        ck_assert_double_eq_tol(student_tails(t, rows[i].degrees),
                                rows[i].tails, 1e-9);
    }
}
END_TEST

START_TEST(tails_are_one_at_zero_and_vanish_far_out)
{
    ck_assert_double_eq_tol(student_tails(0, 3), 1, 1e-12);
    ck_assert_double_eq_tol(student_tails(1, 1), 0.5, 1e-12); /* Cauchy */
    ck_assert(student_tails(1e6, 4) < 1e-20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("student");
    TCase *tests = tcase_create("student");
    tcase_add_test(tests, quantiles_are_those_of_the_tables);
    tcase_add_test(tests, tails_are_one_at_zero_and_vanish_far_out);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
