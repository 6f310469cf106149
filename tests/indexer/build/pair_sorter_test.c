/* pair_sorter_test.c - sorting in memory and in parts. */
#include "indexer/build/pair_sorter.h"

#include "tests/indexer/build/trial_build.h"
#include "tests/support/random.h"

enum { ENTRIES = 150000, DOCUMENTS = 5000 };

static uint64_t expected[ENTRIES];
static size_t taken;
static bool is_sorted;

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void take(void *self, uint32_t code, uint32_t docid)
{
    (void)self;
    uint64_t entry = (uint64_t)code << 32 | docid;
    is_sorted = is_sorted && taken < ENTRIES && expected[taken] == entry;
    taken++;
}

/* `words`: indexes are below it. */
static void sort_with(size_t memory, size_t words, uint32_t entries)
{
    Random random = {words};
    PairSorter sorter;
    Error error;
    pair_sorter_init(&sorter, scratch.path, memory);
    for (uint32_t i = 0; i < entries; i++) {
        uint32_t code = (uint32_t)(random_zipf(&random, words) << 16 |
                                   random_below(&random, words));
        uint32_t docid = i / (ENTRIES / DOCUMENTS);
        expected[i] = (uint64_t)code << 32 | docid;
        ck_assert_int_eq(pair_sorter_put(&sorter, docid, &code, 1, &error), OK);
    }
    qsort(expected, entries, sizeof *expected, compare_numbers);
    taken = 0;
    is_sorted = true;
    ck_assert_int_eq(pair_sorter_read(&sorter, take, NULL, &error), OK);
    ck_assert(is_sorted);
    ck_assert_uint_eq(taken, entries);
    pair_sorter_release(&sorter);
}

START_TEST(what_memory_does_not_hold_comes_sorted_from_a_file)
{
    static const size_t memories[] = {0, 2 << 20, 1 << 30};
    static const size_t word_counts[] = {1, 200, 3000, 65535};
    for (size_t i = 0; i < sizeof word_counts / sizeof *word_counts; i++)
        sort_with(memories[_i], word_counts[i], ENTRIES);
    sort_with(memories[_i], 10, 0);
    sort_with(memories[_i], 10, 1);
    sort_with(memories[_i], 10, 1 << 16);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pair_sorter");
    TCase *tests = tcase_create("pair_sorter");
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_loop_test(
        tests, what_memory_does_not_hold_comes_sorted_from_a_file, 0, 3);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
