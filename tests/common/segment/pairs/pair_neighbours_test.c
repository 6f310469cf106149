/* pair_neighbours_test.c - the adjacent words of a document, against a count of
 * each with each. */
#include "common/segment/pairs/pair_neighbours.h"

#include "common/segment/pairs/pair_scan.h"
#include "tests/support/check_main.h"
#include "tests/support/random.h"

#include <stdlib.h>

enum { MAX_WORDS = 200 };

static int compare_codes(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void check_words(PairNeighbours *neighbours, const uint32_t *positions,
                        const uint16_t *words, size_t count)
{
    static uint32_t expected[MAX_WORDS * MAX_WORDS];
    uint64_t entries[MAX_WORDS];
    size_t found = 0;
    Error error;
    for (size_t i = 0; i < count; i++) {
        entries[i] = pair_entry(positions[i], words[i]);
        for (size_t j = 0; j < count; j++) {
            if (positions[j] == positions[i] + 1)
                expected[found++] = pair_code(words[i], words[j]);
        }
    }
    ck_assert_int_eq(pair_neighbours_find(neighbours, entries, count, &error),
                     OK);
    ck_assert_uint_eq(neighbours->count, found);
    if (!found) return;
    qsort(neighbours->codes, found, sizeof(uint32_t), compare_codes);
    qsort(expected, found, sizeof *expected, compare_codes);
    ck_assert_mem_eq(neighbours->codes, expected, found * sizeof *expected);
}

/* spread: positions are below it. */
static void check_random(uint32_t spread, uint32_t start, uint16_t last_word)
{
    Random random = {spread};
    PairNeighbours neighbours = {0};
    for (int round = 0; round < 300; round++) {
        uint32_t positions[MAX_WORDS];
        uint16_t words[MAX_WORDS];
        size_t count = random_below(&random, MAX_WORDS);
        size_t used = 0;
        bool taken[MAX_WORDS][8] = {{false}};
        for (size_t i = 0; i < count; i++) {
            size_t position = random_below(&random, spread);
            size_t word = random_below(&random, 8);
            /* A word is at a position once. */
            if (taken[position % MAX_WORDS][word]) continue;
            taken[position % MAX_WORDS][word] = true;
            positions[used] = start + (uint32_t)position;
            words[used++] = (uint16_t)(last_word - word);
        }
        check_words(&neighbours, positions, words, used);
    }
    pair_neighbours_release(&neighbours);
}

START_TEST(words_that_share_positions_meet_all_words_at_the_next_position)
{
    check_random(20, 0, 7);
    check_random(60, 1000, PAIR_MAX_WORDS - 1);
}
END_TEST

START_TEST(words_far_apart_or_late_are_found)
{
    check_random(200, 0, 7);
    check_random(20, 1u << 20, 7);
    check_random(60, (1u << 20) - 30, 7);
    check_random(60, POSITION_LIMIT - 60u, 7);
}
END_TEST

START_TEST(one_word_a_position_and_runs_of_one_word)
{
    PairNeighbours neighbours = {0};
    uint32_t positions[] = {0, 1, 2, 5, 6, 9};
    uint16_t words[] = {3, 3, 3, 0, 3, 0};
    check_words(&neighbours, positions, words, 6);
    ck_assert_uint_eq(neighbours.count, 3);
    check_words(&neighbours, positions, words, 1);
    check_words(&neighbours, positions, words, 0);
    pair_neighbours_release(&neighbours);
}
END_TEST

static Suite *pair_neighbours_suite(void)
{
    Suite *suite = suite_create("pair_neighbours");
    TCase *tests = tcase_create("pair_neighbours");
    tcase_add_test(
        tests, words_that_share_positions_meet_all_words_at_the_next_position);
    tcase_add_test(tests, words_far_apart_or_late_are_found);
    tcase_add_test(tests, one_word_a_position_and_runs_of_one_word);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return check_main(pair_neighbours_suite());
}
