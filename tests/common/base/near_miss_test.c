/* near_miss_test.c - tests common/base/near_miss.c. */
#include "common/base/near_miss.h"

#include "tests/support/check_main.h"

static size_t distance(const char *a, const char *b)
{
    return edit_distance(span_text(a), span_text(b), 9);
}

START_TEST(edits_are_counted)
{
    ck_assert_uint_eq(distance("", ""), 0);
    ck_assert_uint_eq(distance("abc", "abc"), 0);
    ck_assert_uint_eq(distance("abc", ""), 3);
    ck_assert_uint_eq(distance("treads", "threads"), 1);
    ck_assert_uint_eq(distance("ab", "ba"), 1);
    ck_assert_uint_eq(distance("kitten", "sitting"), 3);
    ck_assert_uint_eq(edit_distance(span_text("abcdef"), span_text("x"), 2), 3);
}
END_TEST

static const char *nearest(const char *word)
{
    NearMiss search = {.word = word};
    near_miss_offer(&search, "threads");
    near_miss_offer(&search, "tag");
    near_miss_offer(&search, "max-expansions");
    near_miss_offer(&search, "k1");
    return search.best;
}

START_TEST(only_near_words_are_suggested)
{
    ck_assert_str_eq(nearest("treads"), "threads");
    ck_assert_str_eq(nearest("htreads"), "threads");
    ck_assert_str_eq(nearest("max-exp"), "max-expansions");
    ck_assert_str_eq(nearest("tga"), "tag");
    ck_assert_ptr_null(nearest("colour"));
    ck_assert_ptr_null(nearest("zz"));
}
END_TEST

START_TEST(long_words_are_never_near)
{
    char word[200];
    memset(word, 'a', sizeof word);
    word[sizeof word - 1] = 0;
    ck_assert_ptr_null(nearest(word));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("near_miss");
    TCase *tests = tcase_create("near_miss");
    tcase_add_test(tests, edits_are_counted);
    tcase_add_test(tests, only_near_words_are_suggested);
    tcase_add_test(tests, long_words_are_never_near);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
