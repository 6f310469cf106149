/* api_signals_test.c - signal handlers of a program run in its own threads, not
 * in those of the library. */
#include "tests/common/api/api_fixture.h"
#include "tests/support/check_main.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum { QUERY_COUNT = 1000 };

static volatile sig_atomic_t handled;

static void handle(int number)
{
    (void)number;
    handled++;
}

static void mask_signal(int how)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(how, &set, NULL);
}

/* At the first answer the other threads wait until there is room for more. The
 * signal goes to any thread that takes it. */
static bool take(void *self, const quern_answer *answer)
{
    int *early = self;
    if (answer->number == 0) {
        mask_signal(SIG_BLOCK);
        kill(getpid(), SIGUSR1);
        usleep(50 * 1000);
        *early = handled;
        mask_signal(SIG_UNBLOCK);
    }
    return true;
}

START_TEST(threads_of_a_batch_run_no_signal_handler)
{
    static quern_batch_query queries[QUERY_COUNT];
    quern_batch_options options = QUERN_BATCH_OPTIONS_INIT;
    struct sigaction action = {.sa_handler = handle};
    ApiFixture at = api_fixture_open(GOLDEN_INDEX);
    int early = 0;
    options.threads = 4;
    for (size_t i = 0; i < QUERY_COUNT; i++) queries[i].text = quern_text("a");
    sigaction(SIGUSR1, &action, NULL);
    ck_assert_int_eq(quern_search_batch(at.index, queries, QUERY_COUNT,
                                        &options, take, &early, NULL),
                     QUERN_OK);
    ck_assert_int_eq(early, 0);
    ck_assert_int_eq(handled, 1);
    api_fixture_close(&at);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_signals");
    TCase *tests = tcase_create("api_signals");
    tcase_add_test(tests, threads_of_a_batch_run_no_signal_handler);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
