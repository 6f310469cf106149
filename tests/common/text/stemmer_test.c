/* stemmer_test.c - tests common/text/stemmer.c. */
#include "common/text/stemmer.h"

#include "tests/support/check_main.h"

START_TEST(languages_stem_their_words)
{
    static const char *const WORDS[][3] = {
        {"english", "generously", "generous"},
        {"de", "h\u00e4user", "haus"},
        {"french", "continuellement", "continuel"}};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        Stemmer *stemmer;
        Error error;
        ck_assert_int_eq(stemmer_new(WORDS[i][0], &stemmer, &error), OK);
        Span stem = stemmer_stem(stemmer, span_text(WORDS[i][1]));
        ck_assert(span_equals_text(stem, WORDS[i][2]));
        stemmer_free(stemmer);
    }
}
END_TEST

START_TEST(an_unknown_language_lists_the_supported_ones)
{
    Stemmer *stemmer;
    Error error;
    ck_assert_int_eq(stemmer_new("klingon", &stemmer, &error), ERR_USAGE);
    ck_assert_ptr_null(stemmer);
    ck_assert_ptr_nonnull(strstr(error.message, "klingon"));
    ck_assert_ptr_nonnull(strstr(error.message, "swedish"));
    ck_assert_int_gt(stemmer_languages(), 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stemmer");
    TCase *tests = tcase_create("stemmer");
    tcase_add_test(tests, languages_stem_their_words);
    tcase_add_test(tests, an_unknown_language_lists_the_supported_ones);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
