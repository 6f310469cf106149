/* workload_test.c - tests bench/measure/workload.c. */
#include "bench/measure/workload.h"

#include "tests/support/check_main.h"

START_TEST(depths_become_commands_of_the_protocol)
{
    Workloads workloads;
    Error error;
    ck_assert_int_eq(workloads_parse("10,1000", true, &workloads, &error), OK);
    ck_assert_uint_eq(workloads.count, 3);
    ck_assert_str_eq(workloads.items[0].name, "TOP_10");
    ck_assert_uint_eq(workloads.items[1].k, 1000);
    ck_assert_str_eq(workloads.items[2].name, "COUNT");
}
END_TEST

START_TEST(what_is_no_list_of_numbers_is_refused)
{
    static const char *const wrong[] = {"",      "0",   "10,",     ",10", "-1",
                                        "10 20", "ten", "1000001", "1,,2"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Workloads workloads;
        Error error;
        ck_assert_int_eq(workloads_parse(wrong[i], false, &workloads, &error),
                         ERR_USAGE);
    }
}
END_TEST

START_TEST(a_depth_given_twice_is_refused)
{
    Workloads workloads;
    Error error;
    ck_assert_int_eq(workloads_parse("10,20,10", false, &workloads, &error),
                     ERR_USAGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("workload");
    TCase *tests = tcase_create("workload");
    tcase_add_test(tests, depths_become_commands_of_the_protocol);
    tcase_add_test(tests, what_is_no_list_of_numbers_is_refused);
    tcase_add_test(tests, a_depth_given_twice_is_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
