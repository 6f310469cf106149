/* api_batch_test.c - tests common/api/api_batch.c: many threads over one index
 * give the answers of one. */
#include "tests/common/api/api_fixture.h"
#include "tests/support/check_main.h"

#include <pthread.h>

enum { THREADS = 8, QUERY_COUNT = 400, KEPT_HITS = 10 };

static ApiFixture at;
static char texts[QUERY_COUNT][64];
static quern_batch_query queries[QUERY_COUNT];

/* The answer to a query, as far as it is compared. */
typedef struct Kept {
    uint64_t total;
    size_t hit_count;
    quern_hit hits[KEPT_HITS];
} Kept;

static Kept expected[QUERY_COUNT];

static Kept keep(const quern_search_result *result)
{
    Kept kept;
    memset(&kept, 0, sizeof kept);
    kept.total = result->total;
    kept.hit_count = result->hit_count;
    for (size_t i = 0; i < result->hit_count; i++) {
        kept.hits[i].document = result->hits[i].document;
        kept.hits[i].score = result->hits[i].score;
    }
    return kept;
}

static quern_search_options options_of(void)
{
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    options.count = true;
    return options;
}

/* Queries of every form, in an order that mixes fast and slow ones. */
static void write_queries(void)
{
    static const char *const words[] = {"baba", "giba", "sagi", "debaba",
                                        "often"};
    static const char *const forms[] = {
        "%s %s",          "+%s +%s", "\"%s %s\"~3", "%s -%s",
        "title:%s %.2s*", "%s~1 %s", "%.3s* %s",    "(%s OR b*a)^2 +%s"};
    for (int i = 0; i < QUERY_COUNT; i++) {
        _Pragma("GCC diagnostic push")
            _Pragma("GCC diagnostic ignored \"-Wformat-nonliteral\"")
                snprintf(texts[i], sizeof texts[i], forms[i % 8],
                         words[i / 8 % 5], words[i / 40 % 5]);
        _Pragma("GCC diagnostic pop")
            queries[i] = (quern_batch_query){NULL, quern_text(texts[i])};
    }
}

static void set_up(void)
{
    at = api_fixture_open(GOLDEN_INDEX);
    write_queries();
    quern_search_options options = options_of();
    for (int i = 0; i < QUERY_COUNT; i++)
        expected[i] = keep(api_fixture_search(&at, texts[i], &options));
}

static void tear_down(void)
{
    api_fixture_close(&at);
}

/* --- threads with contexts of their own --- */

typedef struct Worker {
    pthread_t thread;
    const quern_query *shared; /* the query texts[0], of all threads */
    int first;
    int differences;
} Worker;

static bool answers_alike(quern_context *context, const quern_query *query,
                          int number)
{
    quern_search_options options = options_of();
    const quern_search_result *result;
    if (quern_search(context, query, &options, &result, NULL) != QUERN_OK)
        return false;
    Kept kept = keep(result);
    return !memcmp(&kept, &expected[number], sizeof kept);
}

/* No Check here: a failure is counted. */
static void *work(void *argument)
{
    Worker *self = argument;
    quern_context *context;
    quern_query *query;
    if (quern_context_new(at.index, &context, NULL) != QUERN_OK) return NULL;
    if (quern_query_new(&query, NULL) != QUERN_OK) return NULL;
    for (int i = 0; i < QUERY_COUNT; i++) {
        int number = (self->first + i) % QUERY_COUNT;
        quern_string text = quern_text(texts[number]);
        bool alike = quern_query_parse(query, context, text, NULL, NULL) ==
                         QUERN_OK &&
                     answers_alike(context, query, number) &&
                     answers_alike(context, self->shared, 0);
        self->differences += !alike;
    }
    quern_query_free(query);
    quern_context_free(context);
    return NULL;
}

START_TEST(eight_threads_over_one_index_answer_as_one)
{
    Worker workers[THREADS];
    api_fixture_parse(&at, texts[0]);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (Worker){.shared = at.query,
                              .first = i * QUERY_COUNT / THREADS};
        ck_assert_int_eq(
            pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        ck_assert_int_eq(workers[i].differences, 0);
    }
}
END_TEST

/* --- batches --- */

typedef struct Taken {
    size_t next, cancel_at, failed;
    bool differ, disordered, snippets;
    quern_status status; /* of the failed ones */
    pthread_t thread;
} Taken;

static bool take(void *self, const quern_answer *answer)
{
    Taken *taken = self;
    taken->disordered |= answer->number != taken->next++;
    taken->disordered |= !pthread_equal(taken->thread, pthread_self());
    if (answer->status != QUERN_OK) {
        taken->failed++;
        taken->status = answer->error->status;
        taken->differ |= answer->result != NULL;
    } else {
        Kept kept = keep(answer->result);
        taken->differ |= answer->error != NULL;
        taken->differ |= memcmp(&kept, &expected[answer->number],
                                sizeof kept) != 0;
    }
    if (answer->status == QUERN_OK && answer->result->hit_count) {
        const quern_snippet *snippet;
        uint64_t best = answer->result->hits[0].document;
        quern_status status = quern_snippet_document(answer->context, best,
                                                     NULL, &snippet, NULL);
        taken->snippets |= status == QUERN_OK && snippet->mark_count > 0;
    }
    return taken->next != taken->cancel_at;
}

static Taken batch(uint32_t threads, size_t count, size_t cancel_at,
                   quern_status status)
{
    Taken taken = {.cancel_at = cancel_at, .thread = pthread_self()};
    quern_search_options search = options_of();
    quern_batch_options options = QUERN_BATCH_OPTIONS_INIT;
    options.threads = threads;
    options.search = &search;
    ck_assert_int_eq(quern_search_batch(at.index, queries, count, &options,
                                        take, &taken, &error),
                     status);
    ck_assert(!taken.disordered);
    ck_assert(!taken.differ);
    return taken;
}

START_TEST(a_batch_answers_in_order_on_any_number_of_threads)
{
    static const uint32_t counts[] = {0, 1, 2, THREADS};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        Taken taken = batch(counts[i], QUERY_COUNT, 0, QUERN_OK);
        ck_assert_uint_eq(taken.next, QUERY_COUNT);
        ck_assert_uint_eq(taken.failed, 0);
        ck_assert(taken.snippets);
    }
    ck_assert_uint_eq(batch(THREADS, 3, 0, QUERN_OK).next, 3);
    ck_assert_uint_eq(batch(THREADS, 0, 0, QUERN_OK).next, 0);
}
END_TEST

START_TEST(a_batch_ends_when_its_caller_cancels)
{
    ck_assert_uint_eq(batch(1, QUERY_COUNT, 1, QUERN_CANCELLED).next, 1);
    ck_assert_int_eq(error.status, QUERN_CANCELLED);
    for (int i = 0; i < 20; i++)
        ck_assert_uint_eq(batch(THREADS, QUERY_COUNT, 7, QUERN_CANCELLED).next,
                          7);
}
END_TEST

START_TEST(a_query_that_fails_is_an_answer)
{
    queries[3].text = (quern_string){NULL, 5};
    for (uint32_t threads = 1; threads <= THREADS; threads += 7) {
        Taken taken = batch(threads, QUERY_COUNT, 0, QUERN_OK);
        ck_assert_uint_eq(taken.next, QUERY_COUNT);
        ck_assert_uint_eq(taken.failed, 1);
        ck_assert_int_eq(taken.status, QUERN_INVALID);
    }
}
END_TEST

START_TEST(a_batch_takes_queries_that_were_made_before)
{
    api_fixture_parse(&at, texts[0]);
    for (int i = 0; i < QUERY_COUNT; i += 5) {
        queries[i] = (quern_batch_query){at.query, {NULL, 0}};
        expected[i] = expected[0];
    }
    ck_assert_uint_eq(batch(THREADS, QUERY_COUNT, 0, QUERN_OK).failed, 0);
}
END_TEST

START_TEST(wrong_arguments_of_a_batch_are_refused)
{
    Taken taken = {0};
    quern_parse_options parse = QUERN_PARSE_OPTIONS_INIT;
    quern_search_options search = QUERN_SEARCH_OPTIONS_INIT;
    quern_batch_options options = QUERN_BATCH_OPTIONS_INIT;
    ck_invalid(quern_search_batch(NULL, queries, 1, NULL, take, &taken, &error),
               "NULL");
    ck_invalid(
        quern_search_batch(at.index, NULL, 1, NULL, take, &taken, &error),
        "NULL");
    ck_invalid(
        quern_search_batch(at.index, queries, 1, NULL, NULL, &taken, &error),
        "NULL");
    options.threads = 1025;
    ck_invalid(quern_search_batch(at.index, queries, 1, &options, take, &taken,
                                  &error),
               "1025 threads");
    options.threads = 1;
    options.parse = &parse;
    parse.struct_size = 0;
    ck_invalid(quern_search_batch(at.index, queries, 1, &options, take, &taken,
                                  &error),
               "quern_parse_options");
    options.parse = NULL;
    options.search = &search;
    search.k1 = -3;
    ck_invalid(quern_search_batch(at.index, queries, 1, &options, take, &taken,
                                  &error),
               "k1");
    ck_assert_uint_eq(taken.next, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_batch");
    TCase *tests = tcase_create("api_batch");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, eight_threads_over_one_index_answer_as_one);
    tcase_add_test(tests, a_batch_answers_in_order_on_any_number_of_threads);
    tcase_add_test(tests, a_batch_ends_when_its_caller_cancels);
    tcase_add_test(tests, a_query_that_fails_is_an_answer);
    tcase_add_test(tests, a_batch_takes_queries_that_were_made_before);
    tcase_add_test(tests, wrong_arguments_of_a_batch_are_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
