/* collector_test.c - tests searcher/search/executors/collector.c against
 * sorting. */
#include "searcher/search/executors/collector.h"

#include "tests/support/check_main.h"

#include <stdlib.h>

enum { SHOWN = 20000 };

static int descending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

/* Pushes documents in docid order with scores of `levels` kinds up to 8 and
 * compares what is kept with the sorted list. The k-th best is asked for after
 * every `exact` documents, unless that is 0. */
static void check_exact(uint32_t k, uint32_t count, int levels, float primed,
                        uint32_t exact)
{
    static uint64_t keys[SHOWN];
    Arena arena = {0};
    Collector collector;
    Error error;
    ck_assert_int_eq(
        collector_init(&collector, k, 8.0f, primed, &arena, &error), OK);
    for (uint32_t i = 0; i < count; i++) {
        float score = 8.0f * (float)(rand() % levels) / (float)levels;
        keys[i] = collector_key(score, i);
        float needed = collector_needed(&collector, i);
        uint64_t before = collector.worst;
        collector_push(&collector, score, i);
        if (score < needed) ck_assert_uint_eq(collector.worst, before);
        if (exact && i % exact == 0) collector_be_exact(&collector);
    }
    collector_finish(&collector);
    qsort(keys, count, sizeof *keys, descending);
    ck_assert_uint_eq(collector.count, k < count ? k : count);
    for (size_t i = 0; i < collector.count; i++) {
        ck_assert_uint_eq(collector.keys[i], keys[i]);
    }
    arena_release(&arena);
}

static void check_kept(uint32_t k, uint32_t count, int levels, float primed)
{
    check_exact(k, count, levels, primed, 0);
}

START_TEST(the_best_are_kept_in_order)
{
    const uint32_t sizes[] = {1, 2, 10, 64, 65, 100, 1000, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        check_kept(sizes[i], SHOWN, 1000000, 0.0f);
        check_kept(sizes[i], sizes[i] / 2 + 1, 1000, 0.0f);
    }
}
END_TEST

START_TEST(of_equal_scores_the_earlier_documents_stay)
{
    check_kept(10, SHOWN, 1, 0.0f);
    check_kept(100, SHOWN, 1, 0.0f);
    check_kept(100, SHOWN, 3, 0.0f);
    check_kept(1000, SHOWN, 7, 0.0f);
}
END_TEST

START_TEST(a_primed_score_loses_no_document_that_reaches_it)
{
    check_kept(10, SHOWN, 8, 7.0f);
    check_kept(100, SHOWN, 8, 7.0f);
    check_kept(1000, SHOWN, 16, 4.0f);
}
END_TEST

START_TEST(asking_for_the_worst_hit_loses_none)
{
    const uint32_t sizes[] = {10, 65, 100, 1000, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        check_exact(sizes[i], SHOWN, 1, 0.0f, 32);
        check_exact(sizes[i], SHOWN, 7, 0.0f, 1);
        check_exact(sizes[i], SHOWN, 1000000, 0.0f, 32);
        check_exact(sizes[i], SHOWN, 16, 4.0f, 32);
    }
}
END_TEST

START_TEST(late_ties_are_too_late_once_the_worst_hit_is_asked_for)
{
    Arena arena = {0};
    Collector collector;
    Error error;
    ck_assert_int_eq(
        collector_init(&collector, 100, 8.0f, 0.0f, &arena, &error), OK);
    for (uint32_t i = 0; i < 100; i++) collector_push(&collector, 2.0f, i);
    ck_assert(collector_needed(&collector, 100) <= 2.0f);
    collector_be_exact(&collector);
    ck_assert(collector_needed(&collector, 100) > 2.0f);
    arena_release(&arena);
}
END_TEST

START_TEST(a_late_tie_is_known_to_be_too_late)
{
    Arena arena = {0};
    Collector collector;
    Error error;
    ck_assert_int_eq(collector_init(&collector, 1, 8.0f, 0.0f, &arena, &error),
                     OK);
    collector_push(&collector, 2.0f, 5);
    ck_assert(collector_needed(&collector, 4) == 2.0f);
    ck_assert(collector_needed(&collector, 6) > 2.0f);
    arena_release(&arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("collector");
    TCase *tests = tcase_create("collector");
    tcase_add_test(tests, the_best_are_kept_in_order);
    tcase_add_test(tests, of_equal_scores_the_earlier_documents_stay);
    tcase_add_test(tests, a_primed_score_loses_no_document_that_reaches_it);
    tcase_add_test(tests, asking_for_the_worst_hit_loses_none);
    tcase_add_test(tests,
                   late_ties_are_too_late_once_the_worst_hit_is_asked_for);
    tcase_add_test(tests, a_late_tie_is_known_to_be_too_late);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
