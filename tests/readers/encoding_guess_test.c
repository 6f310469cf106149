/* encoding_guess_test.c - tests readers/encoding_guess.c. */
#include "readers/encoding_guess.h"

#include "common/base/buf.h"

#include "tests/support/check_main.h"

static const char *guess(const char *text)
{
    const char *name = encoding_guess(span_text(text));
    return name ? name : "none";
}

START_TEST(a_few_latin_letters_are_windows_1252)
{
    ck_assert_str_eq(guess("caf\xe9"), "windows-1252");
    ck_assert_str_eq(guess("na\xefve"), "windows-1252");
    ck_assert_str_eq(guess("El ni\xf1o comi\xf3 pi\xf1"
                           "a"),
                     "windows-1252");
    ck_assert_str_eq(guess("It\x92s \x93quoted\x94"), "windows-1252");
}
END_TEST

START_TEST(other_scripts_are_told_apart)
{
    ck_assert_str_eq(guess("\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0, "
                           "\xea\xe0\xea \xe4\xe5\xeb\xe0"),
                     "windows-1251");
    ck_assert_str_eq(guess("\xf0\xd2\xc9\xd7\xc5\xd4 \xcd\xc9\xd2, "
                           "\xcb\xc1\xcb \xc4\xc5\xcc\xc1"),
                     "KOI8-R");
    ck_assert_str_eq(guess("\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x83\x65\x83\x4c"
                           "\x83\x58\x83\x67"),
                     "Shift_JIS");
}
END_TEST

START_TEST(the_first_letter_may_be_far_from_the_start)
{
    Buf text = {0};
    for (int i = 0; i < 200000; i++) buf_put_text(&text, "plain words ");
    buf_put_text(&text, "stra\xdf"
                        "e caf\xe9");
    ck_assert_str_eq(guess(buf_text(&text)), "windows-1252");
    buf_release(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("encoding_guess");
    TCase *tests = tcase_create("encoding_guess");
    tcase_add_test(tests, a_few_latin_letters_are_windows_1252);
    tcase_add_test(tests, other_scripts_are_told_apart);
    tcase_add_test(tests, the_first_letter_may_be_far_from_the_start);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
