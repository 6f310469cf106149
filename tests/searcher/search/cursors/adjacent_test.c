/* adjacent_test.c - positions of two words are intersected as one by one. */
#include "searcher/search/cursors/adjacent.h"

#include "tests/support/check_main.h"
#include "tests/support/cpu_levels.h"
#include "tests/support/random.h"

enum { TRIALS = 3000, LONGEST = 700 };

/* Ascending numbers with this chance each. */
static uint32_t draw(Random *random, double chance, uint32_t *out)
{
    uint32_t count = 0, limit = (uint32_t)random_between(random, 1, LONGEST);
    for (uint32_t value = 0; value < limit; value++)
        if (random_chance(random, chance)) out[count++] = value;
    return count;
}

static uint32_t keep_slowly(uint32_t *values, uint32_t count, uint32_t shift,
                            const uint32_t *others, uint32_t other_count,
                            uint32_t other_shift)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = 0;
        while (j < other_count && others[j] + other_shift != values[i] + shift)
            j++;
        if (j < other_count) values[kept++] = values[i];
    }
    return kept;
}

static void check_trial(Random *random)
{
    static const double chances[] = {0.01, 0.1, 0.5, 1.0};
    uint32_t values[LONGEST], same[LONGEST], others[LONGEST + ADJACENT_ROOM];
    uint32_t count = draw(random, chances[random_below(random, 4)], values);
    uint32_t other_count = draw(random, chances[random_below(random, 4)],
                                others);
    memset(others + other_count, 0xff, ADJACENT_ROOM * sizeof *others);
    uint32_t shift = (uint32_t)random_below(random, 20);
    uint32_t other_shift = (uint32_t)random_below(random, 20);
    memcpy(same, values, count * sizeof *same);
    uint32_t expected = keep_slowly(same, count, shift, others, other_count,
                                    other_shift);
    uint32_t kept = adjacent_keep(values, count, shift, others, other_count,
                                  other_shift);
    ck_assert_uint_eq(kept, expected);
    ck_assert_mem_eq(values, same, kept * sizeof *same);
}

/* The others are followed by the numbers of another document, which are
 * greater. */
static void check_few(Random *random)
{
    uint32_t values[ADJACENT_ROOM], same[ADJACENT_ROOM], others[ADJACENT_ROOM];
    uint32_t count = (uint32_t)random_below(random, ADJACENT_ROOM + 1);
    uint32_t other_count = (uint32_t)random_between(random, 1, ADJACENT_ROOM);
    for (uint32_t i = 0, last = 0, other = 0; i < ADJACENT_ROOM; i++) {
        values[i] = last += 1 + (uint32_t)random_below(random, 4);
        others[i] = other += 1 + (uint32_t)random_below(random, 4);
    }
    uint32_t shift = (uint32_t)random_below(random, 9);
    uint32_t other_shift = (uint32_t)random_below(random, 9);
    memcpy(same, values, sizeof same);
    uint32_t expected = keep_slowly(same, count, shift, others, other_count,
                                    other_shift);
    uint32_t kept = adjacent_keep_few(values, count, shift - other_shift,
                                      others, other_count);
    ck_assert_uint_eq(kept, expected);
    ck_assert_mem_eq(values, same, kept * sizeof *same);
}

START_TEST(few_positions_are_kept_whatever_follows_the_others)
{
    Random random = {4};
    for (int i = 0; i < 10 * TRIALS; i++) check_few(&random);
}
END_TEST

START_TEST(positions_are_kept_where_the_other_word_matches)
{
    CpuLevel best = cpu_level();
    for (int level = CPU_SCALAR; take_cpu_level(&level, best); level++) {
        Random random = {3};
        for (int i = 0; i < TRIALS; i++) check_trial(&random);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("adjacent");
    TCase *tests = tcase_create("adjacent");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, positions_are_kept_where_the_other_word_matches);
    tcase_add_test(tests, few_positions_are_kept_whatever_follows_the_others);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
