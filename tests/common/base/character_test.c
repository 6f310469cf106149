/* character_test.c - tests common/base/character.c. */
#include "common/base/character.h"

#include "tests/support/check_main.h"

static CharacterKind kind_of(const char *text)
{
    Span all = span_text(text);
    return character_kind(all.data, character_size(all));
}

static bool is_control(const char *text)
{
    Span all = span_text(text);
    return character_is_control(all.data, character_size(all));
}

START_TEST(a_character_is_as_long_as_its_valid_sequence)
{
    ck_assert_uint_eq(character_size(span_text("a\u00e9")), 1);
    ck_assert_uint_eq(character_size(span_text("\u00e9a")), 2);
    ck_assert_uint_eq(character_size(span_text("\u6771a")), 3);
    ck_assert_uint_eq(character_size(span_text("\U0001F600a")), 4);
}
END_TEST

START_TEST(a_lead_byte_does_not_swallow_what_follows_it)
{
    static const char *const INVALID[] = {
        "\xe2\033[31m", "\xc3\033[31m", "\xf0\033[31m", "\x9b[m",
        "\xc0\x9b",     "\xed\xa0\x9b", "\xe0\x80\x9b", "\xff\033"};
    for (size_t i = 0; i < sizeof INVALID / sizeof *INVALID; i++) {
        ck_assert_uint_eq(character_size(span_text(INVALID[i])), 1);
        ck_assert_int_eq(kind_of(INVALID[i]), CHARACTER_INVALID);
        ck_assert(is_control(INVALID[i]));
    }
    ck_assert_uint_eq(character_size(span_of("\xe2\x80", 2)), 2);
    ck_assert_int_eq(kind_of("\xe2\x80"), CHARACTER_INVALID);
    ck_assert_int_eq(kind_of("\uFFFD"), CHARACTER_PLAIN);
}
END_TEST

START_TEST(controls_are_c0_c1_and_what_changes_the_direction_of_text)
{
    static const char *const CONTROLS[] = {
        "\033",     "\n",     "\t",     "\x7f",   "\xc2\x80",
        "\xc2\x9b", "\u061c", "\u200e", "\u200f", "\u202a",
        "\u202e",   "\u2066", "\u2069"};
    for (size_t i = 0; i < sizeof CONTROLS / sizeof *CONTROLS; i++) {
        ck_assert(is_control(CONTROLS[i]));
        ck_assert_int_ne(kind_of(CONTROLS[i]), CHARACTER_PLAIN);
    }
    static const char *const OTHERS[] = {" ",      "a",      "~",
                                         "\u00a0", "\u200d", "\u2029",
                                         "\u2065", "\u05d0", "\U000E0001"};
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        ck_assert(!is_control(OTHERS[i]));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("character");
    TCase *tests = tcase_create("character");
    tcase_add_test(tests, a_character_is_as_long_as_its_valid_sequence);
    tcase_add_test(tests, a_lead_byte_does_not_swallow_what_follows_it);
    tcase_add_test(tests,
                   controls_are_c0_c1_and_what_changes_the_direction_of_text);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
