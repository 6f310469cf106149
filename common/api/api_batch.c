/* api_batch.c - many queries on several threads, answered in their order.
 *
 * Threads take the queries in order and answer each in the slot of a ring; the
 * calling thread hands the slots over in order. A thread waits while the slot
 * of its query is not handed over yet. Each slot has a context, since an answer
 * borrows it; each thread has a parser.
 */
#include "common/api/api_search.h"

#include "common/base/thread.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_THREADS = 1024, SLOTS_PER_THREAD = 4 };

typedef struct BatchSlot {
    quern_context *context;
    quern_query *query; /* for texts */
    quern_answer answer;
    quern_error error;
    bool answered;
} BatchSlot;

typedef struct Batch {
    const quern_index *index;
    const quern_batch_query *queries;
    size_t query_count;
    ParseOptions parse;
    SearchOptions search;
    quern_answer_function *hand_over;
    void *self;

    size_t thread_count;
    QueryParser **parsers; /* one a thread */
    BatchSlot *slots;
    size_t slot_count;

    pthread_mutex_t lock; /* of all below, and of `answered` of the slots */
    pthread_cond_t changed;
    size_t next; /* query that no thread has taken */
    size_t handed_over;
    bool stopping;
} Batch;

/* --- one query --- */

static Status answer_query(Batch *batch, QueryParser *parser, BatchSlot *slot,
                           const quern_batch_query *item, Error *error)
{
    const quern_query *query = item->query;
    Status status = OK;
    if (!query) {
        query = slot->query;
        status = api_is_string(item->text)
                     ? api_query_parse(slot->query, parser,
                                       api_span(item->text), &batch->parse,
                                       error)
                     : fail(error, ERR_USAGE, "the text is NULL");
    }
    slot->answer.query = query;
    if (status == OK)
        status = api_search(slot->context, query, &batch->search, error);
    return status;
}

static void answer_slot(Batch *batch, QueryParser *parser, size_t number)
{
    Error own;
    BatchSlot *slot = &batch->slots[number % batch->slot_count];
    slot->answer = (quern_answer){.number = number, .context = slot->context};
    api_context_forget(slot->context);
    Status status = answer_query(batch, parser, slot, &batch->queries[number],
                                 &own);
    slot->answer.status = api_return(status, &own, &slot->error);
    if (status == OK)
        slot->answer.result = &slot->context->result;
    else
        slot->answer.error = &slot->error;
}

/* --- threads --- */

/* The next query, once its slot is free; false at the end. */
static bool take_query(Batch *batch, size_t *number)
{
    pthread_mutex_lock(&batch->lock);
    while (!batch->stopping && batch->next < batch->query_count &&
           batch->next - batch->handed_over >= batch->slot_count)
        pthread_cond_wait(&batch->changed, &batch->lock);
    bool taken = !batch->stopping && batch->next < batch->query_count;
    if (taken) *number = batch->next++;
    pthread_mutex_unlock(&batch->lock);
    return taken;
}

typedef struct BatchThread {
    Batch *batch;
    QueryParser *parser;
    pthread_t thread;
} BatchThread;

static void *run_thread(void *argument)
{
    BatchThread *self = argument;
    Batch *batch = self->batch;
    size_t number;
    while (take_query(batch, &number)) {
        answer_slot(batch, self->parser, number);
        pthread_mutex_lock(&batch->lock);
        batch->slots[number % batch->slot_count].answered = true;
        pthread_cond_broadcast(&batch->changed);
        pthread_mutex_unlock(&batch->lock);
    }
    return NULL;
}

static void wait_for(Batch *batch, const BatchSlot *slot)
{
    pthread_mutex_lock(&batch->lock);
    while (!slot->answered) pthread_cond_wait(&batch->changed, &batch->lock);
    pthread_mutex_unlock(&batch->lock);
}

static void free_slot(Batch *batch, BatchSlot *slot, bool goes_on)
{
    pthread_mutex_lock(&batch->lock);
    slot->answered = false;
    batch->handed_over++;
    batch->stopping = !goes_on;
    pthread_cond_broadcast(&batch->changed);
    pthread_mutex_unlock(&batch->lock);
}

static bool hand_over_all(Batch *batch)
{
    bool goes_on = true;
    for (size_t i = 0; goes_on && i < batch->query_count; i++) {
        BatchSlot *slot = &batch->slots[i % batch->slot_count];
        wait_for(batch, slot);
        goes_on = batch->hand_over(batch->self, &slot->answer);
        free_slot(batch, slot, goes_on);
    }
    return goes_on;
}

/* On the calling thread. */
static bool run_alone(Batch *batch)
{
    bool goes_on = true;
    for (size_t i = 0; goes_on && i < batch->query_count; i++) {
        answer_slot(batch, batch->parsers[0], i);
        goes_on = batch->hand_over(batch->self,
                                   &batch->slots[i % batch->slot_count].answer);
    }
    return goes_on;
}

/* False if the caller cancelled. */
static bool run_threads(Batch *batch, BatchThread *threads)
{
    size_t started = 0;
    for (; started < batch->thread_count; started++) {
        BatchThread *thread = &threads[started];
        *thread = (BatchThread){.batch = batch,
                                .parser = batch->parsers[started]};
        if (thread_create(&thread->thread, run_thread, thread)) break;
    }
    bool goes_on = started ? hand_over_all(batch) : run_alone(batch);
    for (size_t i = 0; i < started; i++) pthread_join(threads[i].thread, NULL);
    return goes_on;
}

/* --- the whole --- */

static quern_status prepare_slots(Batch *batch, quern_error *error)
{
    batch->slots = calloc(batch->slot_count, sizeof *batch->slots);
    if (!batch->slots) return api_no_memory(error, "starting a batch");
    quern_status status = QUERN_OK;
    for (size_t i = 0; status == QUERN_OK && i < batch->slot_count; i++) {
        BatchSlot *slot = &batch->slots[i];
        status = quern_context_new(batch->index, &slot->context, error);
        if (status == QUERN_OK) status = quern_query_new(&slot->query, error);
    }
    return status;
}

static quern_status prepare_parsers(Batch *batch, quern_error *error)
{
    batch->parsers = calloc(batch->thread_count, sizeof *batch->parsers);
    if (!batch->parsers) return api_no_memory(error, "starting a batch");
    Error own;
    Status status = OK;
    for (size_t i = 0; status == OK && i < batch->thread_count; i++)
        status = query_parser_new(batch->index->index->analyzer,
                                  &batch->parsers[i], &own);
    return api_return(status, &own, error);
}

static void release(Batch *batch)
{
    for (size_t i = 0; batch->slots && i < batch->slot_count; i++) {
        quern_context_free(batch->slots[i].context);
        quern_query_free(batch->slots[i].query);
    }
    for (size_t i = 0; batch->parsers && i < batch->thread_count; i++)
        query_parser_free(batch->parsers[i]);
    free(batch->slots);
    free(batch->parsers);
}

static quern_status run(Batch *batch, quern_error *error)
{
    quern_status status = prepare_slots(batch, error);
    if (status == QUERN_OK) status = prepare_parsers(batch, error);
    if (status != QUERN_OK) return status;
    bool alone = batch->thread_count == 1, finished;
    BatchThread *threads = alone ? NULL
                                 : calloc(batch->thread_count, sizeof *threads);
    finished = threads ? run_threads(batch, threads) : run_alone(batch);
    free(threads);
    if (finished) return QUERN_OK;
    Error own;
    return api_return(
        fail(&own, ERR_INTERRUPTED, "the batch was cancelled by its caller"),
        &own, error);
}

static size_t choose_threads(uint32_t wanted, size_t query_count)
{
    long processors = wanted ? (long)wanted : sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = processors > 0 ? (size_t)processors : 1;
    if (threads > MAX_THREADS) threads = MAX_THREADS;
    if (threads > query_count) threads = query_count;
    return threads ? threads : 1;
}

static quern_status take_batch_options(const quern_batch_options *given,
                                       Batch *batch, quern_error *error)
{
    quern_batch_options options = QUERN_BATCH_OPTIONS_INIT;
    quern_status status = api_take_options(&options, sizeof options,
                                           sizeof options, given,
                                           "quern_batch_options", error);
    if (status == QUERN_OK && options.threads > MAX_THREADS)
        status = api_invalid(error, "%u threads: at most %d are possible",
                             options.threads, MAX_THREADS);
    if (status == QUERN_OK)
        status = api_take_parse_options(options.parse, &batch->parse, error);
    if (status == QUERN_OK)
        status = api_take_search_options(options.search, batch->index,
                                         &batch->search, error);
    batch->thread_count = choose_threads(options.threads, batch->query_count);
    batch->slot_count = batch->thread_count * SLOTS_PER_THREAD;
    return status;
}

quern_status quern_search_batch(const quern_index *index,
                                const quern_batch_query *queries,
                                size_t query_count,
                                const quern_batch_options *options,
                                quern_answer_function *answer, void *self,
                                quern_error *error)
{
    if (!index || !answer || (!queries && query_count))
        return api_invalid(error, "an argument of quern_search_batch is NULL");
    Batch batch = {.index = index,
                   .queries = queries,
                   .query_count = query_count,
                   .hand_over = answer,
                   .self = self,
                   .lock = PTHREAD_MUTEX_INITIALIZER,
                   .changed = PTHREAD_COND_INITIALIZER};
    quern_status status = take_batch_options(options, &batch, error);
    if (status == QUERN_OK && query_count) status = run(&batch, error);
    release(&batch);
    return status;
}
