/* advice_words_test.c - tests common/program/advice_words.c. */
#include "common/program/advice_words.h"

#include "tests/support/check_main.h"

START_TEST(every_advice_has_words)
{
    ck_assert_str_eq(advice_words(ADVICE_NONE), "");
    for (int i = ADVICE_NONE + 1; i < ADVICE_COUNT; i++) {
        const char *words = advice_words((Advice)i);
        ck_assert_msg(words && *words, "advice %d", i);
    }
}
END_TEST

START_TEST(an_advice_is_appended_after_a_semicolon)
{
    Buf text = {0};
    buf_put_text(&text, "ix exists");
    put_advice(&text, ADVICE_NONE);
    ck_assert_str_eq(buf_text(&text), "ix exists");
    put_advice(&text, ADVICE_REPLACE_INDEX);
    ck_assert_str_eq(buf_text(&text),
                     "ix exists; use --force to replace it, or -o to name "
                     "another folder");
    buf_release(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("advice_words");
    TCase *tests = tcase_create("advice_words");
    tcase_add_test(tests, every_advice_has_words);
    tcase_add_test(tests, an_advice_is_appended_after_a_semicolon);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
