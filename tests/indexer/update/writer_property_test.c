/* writer_property_test.c - after each step of any history of adds, updates,
 * removes, commits, merges, reopenings and writers that are killed an index
 * answers as one built of its documents.
 *
 * QUERN_SECONDS says how long (default 10), QUERN_SEED with which seed to
 * begin, QUERN_ROUNDS how many histories at most.
 */
#include "tests/indexer/update/writer_model.h"
#include "tests/support/check_main.h"
#include "tests/support/environment.h"

#include <stdio.h>
#include <time.h>

enum { STEPS = 30, DEFAULT_SECONDS = 10 };

/* Of all histories. */
typedef struct Totals {
    uint64_t histories, steps, kills, killed[2];
} Totals;

static void run_history(uint64_t seed, Totals *totals)
{
    WriterModel model;
    model_init(&model, seed);
    for (int step = 1; step <= STEPS; step++) {
        model_step(&model);
        model_compare(&model);
    }
    model_commit(&model);
    model_compare(&model);
    model_merge(&model);
    model_compare(&model);
    totals->histories++;
    totals->steps += model.steps;
    totals->kills += model.kills;
    for (int i = 0; i < 2; i++) totals->killed[i] += model.killed[i];
    model_release(&model);
}

START_TEST(any_history_gives_the_answers_of_a_fresh_build)
{
    uint64_t seed = environment_number("QUERN_SEED", 1);
    uint64_t rounds = environment_number("QUERN_ROUNDS", UINT64_MAX);
    time_t end = time(NULL) +
                 (time_t)environment_number("QUERN_SECONDS", DEFAULT_SECONDS);
    Totals totals = {0};
    for (uint64_t i = 0; i < rounds && (i == 0 || time(NULL) < end); i++)
        run_history(seed + i, &totals);
    printf("%llu histories of %llu steps; writers ended early %llu times; "
           "%llu published nothing, %llu something\n",
           (unsigned long long)totals.histories,
           (unsigned long long)totals.steps, (unsigned long long)totals.kills,
           (unsigned long long)totals.killed[0],
           (unsigned long long)totals.killed[1]);
}
END_TEST

int main(void)
{
    TCase *histories = tcase_create("histories");
    tcase_set_timeout(
        histories,
        300 + 2 * (double)environment_number("QUERN_SECONDS", DEFAULT_SECONDS));
    tcase_add_test(histories, any_history_gives_the_answers_of_a_fresh_build);
    Suite *suite = suite_create("index writer");
    suite_add_tcase(suite, histories);
    return check_main(suite);
}
