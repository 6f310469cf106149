/* timed_pass_test.c - tests bench/measure/timed_pass.c: what is inside the
 * timed region. */
#include "bench/measure/timed_pass.h"

#include "bench/engines/engine_process.h"
#include "common/base/clock.h"
#include "tests/support/check_main.h"

#include <string.h>

/* What happened: c for a reading of the clock, a for a question. */
static char happened[64];
static int64_t now;

static int64_t count_clock(void)
{
    strcat(happened, "c");
    return now += 10;
}

static Status note_ask(void *self, size_t i, Error *error)
{
    (void)self;
    strcat(happened, "a");
    now += (int64_t)(100 * i);
    error->status = i == 3 ? ERR_CORRUPT : OK;
    return error->status;
}

START_TEST(the_clock_is_read_once_a_question_and_nothing_else_is_timed)
{
    int64_t ns[3] = {0};
    Error error;
    *happened = 0;
    ck_assert_int_eq(timed_pass(note_ask, NULL, 3, count_clock, ns, &error),
                     OK);
    ck_assert_str_eq(happened, "cacacac");
    ck_assert_int_eq(ns[0], 10);
    ck_assert_int_eq(ns[1], 110);
    ck_assert_int_eq(ns[2], 210);
}
END_TEST

START_TEST(a_failure_ends_the_pass_and_leaves_later_times)
{
    int64_t ns[5] = {0};
    Error error;
    *happened = 0;
    ck_assert_int_eq(timed_pass(note_ask, NULL, 5, count_clock, ns, &error),
                     ERR_CORRUPT);
    ck_assert_int_gt(ns[2], 0);
    ck_assert_int_eq(ns[3], 0);
    ck_assert_int_eq(ns[4], 0);
}
END_TEST

static int64_t still_clock(void)
{
    return 5;
}

START_TEST(a_time_is_never_0_which_means_not_measured)
{
    int64_t ns[2] = {0};
    Error error;
    *happened = 0;
    ck_assert_int_eq(timed_pass(note_ask, NULL, 2, still_clock, ns, &error),
                     OK);
    ck_assert_int_eq(ns[0], 1);
}
END_TEST

static Status do_nothing(void *self, size_t i, Error *error)
{
    (void)self, (void)i, (void)error;
    return OK;
}

/* The least: a busy machine adds to the others. Debug builds and sanitizers
 * take a few times as long as what is installed. */
START_TEST(asking_nothing_takes_no_more_than_two_readings_of_the_clock)
{
    enum { COUNT = 20001, ALLOWED_NS = 20 };
    static int64_t ns[COUNT];
    Error error;
    int64_t before = clock_ns(), cost = INT64_MAX;
    for (int i = 0; i < COUNT; i++) {
        int64_t reading = clock_ns();
        if (reading - before < cost) cost = reading - before;
        before = reading;
    }
    ck_assert_int_eq(timed_pass(do_nothing, NULL, COUNT, clock_ns, ns, &error),
                     OK);
    int64_t least = INT64_MAX;
    for (int i = 0; i < COUNT; i++) {
        if (ns[i] < least) least = ns[i];
    }
    ck_assert_int_le(least, 2 * cost + ALLOWED_NS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("timed_pass");
    TCase *tests = tcase_create("timed_pass");
    tcase_add_test(tests,
                   the_clock_is_read_once_a_question_and_nothing_else_is_timed);
    tcase_add_test(tests, a_failure_ends_the_pass_and_leaves_later_times);
    tcase_add_test(tests, a_time_is_never_0_which_means_not_measured);
    tcase_add_test(tests,
                   asking_nothing_takes_no_more_than_two_readings_of_the_clock);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
