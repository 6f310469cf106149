/* word_cache_test.c - tests common/text/word_cache.c. */
#include "common/text/word_cache.h"

#include "tests/support/check_main.h"

#include <stdlib.h>

START_TEST(an_entry_that_was_set_is_found)
{
    WordCache *cache = calloc(1, sizeof *cache);
    Span word = span_text("Running");
    WordTerms terms = {.term = 3, .variant = 4, .has_humps = true}, taken;
    uint8_t bytes[16] = {0};
    WordEntry *entry = word_cache_entry(cache, word);
    ck_assert(!word_entry_take(entry, word, bytes, &taken));
    word_entry_set(entry, word, terms, (const uint8_t *)"runrunn");
    entry = word_cache_entry(cache, word);
    ck_assert(word_entry_take(entry, word, bytes, &taken));
    ck_assert_uint_eq(taken.term, 3);
    ck_assert_uint_eq(taken.variant, 4);
    ck_assert(taken.has_humps);
    ck_assert_str_eq((const char *)bytes, "runrunn");
    ck_assert(!word_entry_is(entry, span_text("Runnin")));
    free(cache);
}
END_TEST

START_TEST(terms_too_long_leave_the_entry_unchanged)
{
    WordEntry entry = {0};
    uint8_t word[300] = {0};
    word_entry_set(&entry, span_text("a"), (WordTerms){0}, word);
    word_entry_set(&entry, span_of(word, 30),
                   (WordTerms){.term = 30, .variant = 2}, word);
    word_entry_set(&entry, span_of(word, 257), (WordTerms){0}, word);
    ck_assert(word_entry_is(&entry, span_text("a")));
    ck_assert_uint_eq(entry.term_size, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("word_cache");
    TCase *tests = tcase_create("word_cache");
    tcase_add_test(tests, an_entry_that_was_set_is_found);
    tcase_add_test(tests, terms_too_long_leave_the_entry_unchanged);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
