/* human_test.c - tests common/base/human.c. */
#include "common/base/human.h"

#include "tests/support/check_main.h"

static void check_text(Buf *out, const char *wanted)
{
    ck_assert_str_eq(buf_text(out), wanted);
    buf_clear(out);
}

START_TEST(counts_have_commas)
{
    Buf out = {0};
    put_count(&out, 0);
    check_text(&out, "0");
    put_count(&out, 999);
    check_text(&out, "999");
    put_count(&out, 1000);
    check_text(&out, "1,000");
    put_count(&out, UINT64_MAX);
    check_text(&out, "18,446,744,073,709,551,615");
    put_counted(&out, 1, "hit");
    check_text(&out, "1 hit");
    put_counted(&out, 2345, "hit");
    check_text(&out, "2,345 hits");
    buf_release(&out);
}
END_TEST

START_TEST(bytes_have_two_or_three_digits)
{
    Buf out = {0};
    put_bytes(&out, 1);
    check_text(&out, "1 byte");
    put_bytes(&out, 999);
    check_text(&out, "999 bytes");
    put_bytes(&out, 4096);
    check_text(&out, "4.1 kB");
    put_bytes(&out, 609123456);
    check_text(&out, "609 MB");
    put_bytes(&out, 999999);
    check_text(&out, "1.0 MB");
    buf_release(&out);
}
END_TEST

START_TEST(limits_are_in_units_of_options)
{
    Buf out = {0};
    put_limit(&out, 500);
    check_text(&out, "500 bytes");
    put_limit(&out, 268435456);
    check_text(&out, "256 MB");
    put_limit(&out, (uint64_t)4 << 30);
    check_text(&out, "4 GB");
    buf_release(&out);
}
END_TEST

START_TEST(durations_fit_their_size)
{
    Buf out = {0};
    put_duration(&out, 12e-6);
    check_text(&out, "12 us");
    put_duration(&out, 0.00083);
    check_text(&out, "0.8 ms");
    put_duration(&out, 0.123);
    check_text(&out, "123 ms");
    put_duration(&out, 3.21);
    check_text(&out, "3.2 s");
    put_duration(&out, 62);
    check_text(&out, "1:02");
    put_duration(&out, 3723);
    check_text(&out, "1:02:03");
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("human");
    TCase *tests = tcase_create("human");
    tcase_add_test(tests, counts_have_commas);
    tcase_add_test(tests, bytes_have_two_or_three_digits);
    tcase_add_test(tests, limits_are_in_units_of_options);
    tcase_add_test(tests, durations_fit_their_size);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
