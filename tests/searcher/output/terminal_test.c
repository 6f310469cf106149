/* terminal_test.c - tests searcher/output/terminal.c. */
#include "searcher/output/terminal.h"

#include "tests/support/check_main.h"

START_TEST(columns_are_counted_by_display_width)
{
    ck_assert_uint_eq(text_columns(span_text("abc")), 3);
    ck_assert_uint_eq(text_columns(span_text("e\u0301")), 1);
    ck_assert_uint_eq(text_columns(span_text("\u6771\u4eac")), 4);
    ck_assert_uint_eq(text_columns(span_text("\U0001F600")), 2);
    ck_assert_uint_eq(text_columns(span_text("na\u00efve \u2013")), 7);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tests = tcase_create("terminal");
    tcase_add_test(tests, columns_are_counted_by_display_width);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
