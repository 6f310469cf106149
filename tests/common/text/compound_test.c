/* compound_test.c - tests common/text/compound.c. */
#include "common/text/compound.h"

#include "common/base/buf.h"
#include "tests/support/check_main.h"

typedef struct Case {
    const char *text;
    size_t joined; /* words that are joined to the first, itself included */
} Case;

static const Case CASES[] = {
    {"wi-fi", 2},
    {"wi-fi-enabled", 3},
    {"a-b-c-d-e", COMPOUND_MAX_WORDS},
    {"wi\u2011fi", 2},
    {"wi\u2013fi", 1}, /* a dash */
    {"wi--fi", 1},
    {"wi- fi", 1},
    {"wi-", 1},
    {"covid-19", 1},
    {"7-up", 1},
    {"x-c++", 1},
    {"O'Neill", 2},
    {"O\u2019Neill", 2},
    {"Hawai\u02bbi", 2},
    {"it's", 1},
    {"we're", 1},
    {"WE'RE", 1},
    {"l'eau", 1},
    {"dell'Unione", 1},
    {"jusqu'ici", 1},
    {"aujourd'hui", 2},
    {"rock'n'roll", 3},
    {"n'roll", 1},
    {"1'000", 2},
    {"1'000'000", 3},
    {"5'10", 1},
    {"5-100", 1},
    {"col\u00b7leccio", 2},
    {"a\u00b2-b", 1}, /* raised digits are between */
};

static size_t joined_words(Span text)
{
    WordBreak words = {text, 0, &WORD_RULES_PARTS};
    Word word, all[COMPOUND_MAX_WORDS];
    ck_assert(part_break_next(&words, &word));
    WordBreak before = words;
    size_t count = compound_words(&words, &word, all);
    ck_assert_uint_eq(words.at, before.at);
    ck_assert(count == 1 || compound_may_follow(text, &word));
    return count;
}

START_TEST(hyphens_and_apostrophes_join)
{
    Span text = span_text(CASES[_i].text);
    ck_assert_uint_eq(joined_words(text), CASES[_i].joined);
}
END_TEST

START_TEST(a_long_compound_is_not_joined)
{
    Buf text = {0};
    for (int i = 0; i < 200; i++) buf_put_text(&text, "x");
    buf_put_text(&text, "-");
    for (int i = 0; i < 55; i++) buf_put_text(&text, "y");
    ck_assert_uint_eq(joined_words(buf_span(&text)), 2);
    buf_put_text(&text, "y");
    ck_assert_uint_eq(joined_words(buf_span(&text)), 1);
    buf_release(&text);
}
END_TEST

/* The word at `at` in the text. */
static bool is_letter(const char *text, size_t at)
{
    WordBreak words = {span_text(text), at, &WORD_RULES_PARTS};
    Word word;
    ck_assert(part_break_next(&words, &word));
    return compound_is_letter(words.text, &word);
}

START_TEST(lone_letters_at_apostrophes_are_known)
{
    ck_assert(is_letter("it's", 3));
    ck_assert(!is_letter("it's", 0));
    ck_assert(is_letter("I'd", 0));
    ck_assert(is_letter("I\u2019d", 4));
    ck_assert(is_letter("l'eau", 0));
    ck_assert(!is_letter("'s", 1));
    ck_assert(!is_letter("s'", 0));
    ck_assert(!is_letter("x-ray", 0));
    ck_assert(!is_letter("5'a", 2));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compound");
    TCase *tests = tcase_create("compound");
    tcase_add_loop_test(tests, hyphens_and_apostrophes_join, 0,
                        sizeof CASES / sizeof CASES[0]);
    tcase_add_test(tests, a_long_compound_is_not_joined);
    tcase_add_test(tests, lone_letters_at_apostrophes_are_known);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
