/* search_threads.c - answers the queries of standard input, one on each line,
 * on threads of its own: one index for all, a context for each.
 *
 *     search_threads INDEX THREADS <QUERIES
 *
 * Prints what search_batch prints.
 */
#include <quern/quern.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_QUERIES = 1000, MAX_BYTES = 256, MAX_THREADS = 64, K = 10 };

/* What is borrowed from a context is valid until its next search; what must
 * live longer is copied. */
typedef struct Answer {
    char text[MAX_BYTES];
    char ids[K][MAX_BYTES];
    float scores[K];
    size_t hit_count;
} Answer;

static Answer answers[MAX_QUERIES];
static size_t query_count;

typedef struct Worker {
    const quern_index *index; /* shared */
    size_t first, step;       /* answers queries first, first + step, ... */
    quern_status status;
    quern_error error;
} Worker;

static quern_status answer_one(quern_context *context, quern_query *query,
                               Answer *answer, quern_error *error)
{
    const quern_search_result *result;
    const quern_string *ids;
    quern_status status = quern_query_parse(
        query, context, quern_text(answer->text), NULL, error);
    if (status == QUERN_OK)
        status = quern_search(context, query, NULL, &result, error);
    if (status == QUERN_OK)
        status = quern_hit_ids(context, &ids, &answer->hit_count, error);
    if (status != QUERN_OK) return status;
    for (size_t i = 0; i < answer->hit_count; i++) {
        snprintf(answer->ids[i], MAX_BYTES, "%.*s", (int)ids[i].size,
                 ids[i].data);
        answer->scores[i] = result->hits[i].score;
    }
    return QUERN_OK;
}

static void *work(void *self)
{
    Worker *worker = (Worker *)self;
    quern_context *context = NULL;
    quern_query *query = NULL;
    quern_error *error = &worker->error;
    quern_status status = quern_context_new(worker->index, &context, error);
    if (status == QUERN_OK) status = quern_query_new(&query, error);
    for (size_t i = worker->first; status == QUERN_OK && i < query_count;
         i += worker->step)
        status = answer_one(context, query, &answers[i], error);
    quern_context_free(context);
    quern_query_free(query);
    worker->status = status;
    return NULL;
}

/* The status of the first worker that failed. */
static quern_status answer_all(const quern_index *index, size_t thread_count,
                               quern_error *error)
{
    static Worker workers[MAX_THREADS];
    static pthread_t threads[MAX_THREADS];
    quern_status status = QUERN_OK;
    for (size_t i = 0; i < thread_count; i++) {
        workers[i].index = index;
        workers[i].first = i;
        workers[i].step = thread_count;
        if (pthread_create(&threads[i], NULL, work, &workers[i])) abort();
    }
    for (size_t i = 0; i < thread_count; i++) {
        pthread_join(threads[i], NULL);
        if (status == QUERN_OK && workers[i].status != QUERN_OK) {
            status = workers[i].status;
            *error = workers[i].error;
        }
    }
    return status;
}

int main(int argc, char **argv)
{
    quern_error error;
    quern_index *index;
    size_t thread_count = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    if (thread_count < 1 || thread_count > MAX_THREADS) {
        fprintf(stderr, "usage: search_threads INDEX THREADS <QUERIES\n");
        return 2;
    }
    while (query_count < MAX_QUERIES &&
           fgets(answers[query_count].text, MAX_BYTES, stdin))
        query_count++;

    quern_status status = quern_index_open(quern_text(argv[1]), &index, &error);
    if (status == QUERN_OK) status = answer_all(index, thread_count, &error);
    quern_index_close(index);
    if (status != QUERN_OK) {
        fprintf(stderr, "search_threads: %s\n", error.message);
        return 2;
    }
    for (size_t i = 0; i < query_count; i++) {
        for (size_t hit = 0; hit < answers[i].hit_count; hit++)
            printf("%zu\t%s\t%.9g\n", i + 1, answers[i].ids[hit],
                   (double)answers[i].scores[hit]);
    }
    return 0;
}
