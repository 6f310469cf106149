/* writer_property_test.c - after any history of adds, updates, removes, commits
 * and reopenings an index answers as one built of its documents.
 *
 * QUERN_SECONDS says how long (default 10), QUERN_SEED with which seed to
 * begin, QUERN_ROUNDS how many histories at most.
 */
#include "tests/indexer/update/writer_model.h"
#include "tests/support/check_main.h"
#include "tests/support/environment.h"

#include <time.h>

enum { STEPS = 30, COMPARE_EVERY = 6, DEFAULT_SECONDS = 10 };

static void run_history(uint64_t seed)
{
    WriterModel model;
    model_init(&model, seed);
    for (int step = 1; step <= STEPS; step++) {
        model_step(&model);
        if (step % COMPARE_EVERY == 0) model_compare(&model);
    }
    model_commit(&model);
    model_compare(&model);
    model_merge(&model);
    model_compare(&model);
    model_release(&model);
}

START_TEST(any_history_gives_the_answers_of_a_fresh_build)
{
    uint64_t seed = environment_number("QUERN_SEED", 1);
    uint64_t rounds = environment_number("QUERN_ROUNDS", UINT64_MAX);
    time_t end = time(NULL) +
                 (time_t)environment_number("QUERN_SECONDS", DEFAULT_SECONDS);
    for (uint64_t i = 0; i < rounds && (i == 0 || time(NULL) < end); i++)
        run_history(seed + i);
}
END_TEST

int main(void)
{
    TCase *histories = tcase_create("histories");
    tcase_set_timeout(histories, 900);
    tcase_add_test(histories, any_history_gives_the_answers_of_a_fresh_build);
    Suite *suite = suite_create("index writer");
    suite_add_tcase(suite, histories);
    return check_main(suite);
}
