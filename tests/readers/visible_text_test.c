/* visible_text_test.c - tests readers/visible_text.c. */
#include "readers/visible_text.h"

#include "tests/support/check_main.h"

static VisibleText text;

static void tear_down(void)
{
    buf_release(&text.text);
    text = (VisibleText){0};
}

static void put(const char *part)
{
    visible_text_put(&text, span_text(part), false);
}

static void expect(const char *wanted)
{
    ck_assert_str_eq(buf_text(&text.text), wanted);
}

START_TEST(white_space_becomes_one_space_and_none_at_the_ends)
{
    put("\n  one \t\r\n two");
    put(" ");
    put("three ");
    expect("one two three");
}
END_TEST

START_TEST(a_word_goes_on_over_parts_without_a_break)
{
    put("foo");
    put("bar");
    put("baz");
    expect("foobarbaz");
}
END_TEST

START_TEST(the_strongest_of_several_breaks_counts)
{
    visible_text_break(&text, BREAK_LINE); /* nothing before it */
    put("a ");
    visible_text_break(&text, BREAK_LINE);
    visible_text_break(&text, BREAK_SPACE);
    put(" b");
    visible_text_break(&text, BREAK_SPACE);
    put("c");
    visible_text_break(&text, BREAK_LINE); /* nothing after it */
    expect("a\nb c");
}
END_TEST

START_TEST(kept_white_space_is_text)
{
    put("a ");
    visible_text_break(&text, BREAK_LINE);
    visible_text_put(&text, span_text("  x\n\ty "), true);
    visible_text_break(&text, BREAK_LINE);
    put(" b");
    expect("a\n  x\n\ty \nb");
}
END_TEST

START_TEST(a_no_break_space_is_kept)
{
    put(" \xc2\xa0 a");
    expect("\xc2\xa0 a");
}
END_TEST

START_TEST(clearing_forgets_text_and_break)
{
    put("a ");
    visible_text_clear(&text);
    put("b");
    expect("b");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visible_text");
    TCase *tests = tcase_create("visible_text");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, white_space_becomes_one_space_and_none_at_the_ends);
    tcase_add_test(tests, a_word_goes_on_over_parts_without_a_break);
    tcase_add_test(tests, the_strongest_of_several_breaks_counts);
    tcase_add_test(tests, kept_white_space_is_text);
    tcase_add_test(tests, a_no_break_space_is_kept);
    tcase_add_test(tests, clearing_forgets_text_and_break);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
