/* stop_words_test.c - tests common/text/stop_words.c. */
#include "common/text/stop_words.h"

#include "tests/support/check_main.h"

static bool has(const StopWords *words, const char *word)
{
    return stop_words_contain(words, span_text(word));
}

START_TEST(words_are_folded_like_terms)
{
    Arena arena = {0};
    Span list = span_text(" The\nD\u00c9J\u00c0\t the \r\nof ");
    StopWords words = stop_words_new(list, FOLD_FULL, &arena);
    ck_assert_int_eq(arena.status, OK);
    ck_assert(has(&words, "the") && has(&words, "deja") && has(&words, "of"));
    ck_assert(!has(&words, "The") && !has(&words, "") && !has(&words, "o"));
    arena_release(&arena);
}
END_TEST

START_TEST(an_empty_list_has_none)
{
    Arena arena = {0};
    StopWords words = stop_words_new(span_text(" \n"), FOLD_FULL, &arena);
    ck_assert(!has(&words, "the"));
    arena_release(&arena);
}
END_TEST

START_TEST(every_word_of_a_long_list_is_found)
{
    Arena arena = {0};
    Buf list = {0};
    for (int i = 0; i < 5000; i++) buf_printf(&list, "w%d ", i);
    StopWords words = stop_words_new(buf_span(&list), FOLD_LOWER, &arena);
    ck_assert(has(&words, "w0") && has(&words, "w4999"));
    ck_assert(!has(&words, "w5000"));
    buf_release(&list);
    arena_release(&arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stop_words");
    TCase *tests = tcase_create("stop_words");
    tcase_add_test(tests, words_are_folded_like_terms);
    tcase_add_test(tests, an_empty_list_has_none);
    tcase_add_test(tests, every_word_of_a_long_list_is_found);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
