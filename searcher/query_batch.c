/* query_batch.c - a file of queries, answered on several threads, in file
 * order.
 *
 * Answers are kept in a ring buffer: topic i has slot i mod ring size. Workers
 * take the next topic when its slot is free; the main thread writes the answers
 * in order and frees their slots. So the output does not depend on the number
 * of threads, and memory holds a few answers per thread, however long the file.
 * A single thread answers and writes in turn, without the ring.
 */
#include "searcher/modes.h"

#include "common/base/clock.h"
#include "common/program/log.h"
#include "common/program/progress.h"
#include "searcher/batch_report.h"
#include "searcher/batch_worker.h"
#include "searcher/output/json_form.h"
#include "searcher/output/standard_output.h"
#include "searcher/run_sidecar.h"

#include <pthread.h>
#include <stdlib.h>

enum { ANSWERS_PER_THREAD = 16, WRITE_BYTES = 1 << 16 };

typedef struct Batch {
    Index *index;
    const Settings *settings;
    HitStyle style;
    const char *name; /* of the file, for messages */
    Topics topics;
    BatchWorker *workers; /* owned, settings->threads of them */
    BatchReport report;
    RunOutput run_output;
    Progress progress;
    Buf out;

    BatchAnswer *ring; /* owned */
    bool *answered;    /* owned: one for each slot of the ring */
    size_t ring_size;
    pthread_mutex_t lock; /* guards the members below, and answered */
    pthread_cond_t changed;
    size_t next;    /* topic to be taken */
    size_t written; /* topics */
    bool stopping;  /* the output failed: take no more topics */
} Batch;

typedef struct BatchThread {
    Batch *batch;
    BatchWorker *worker;
    pthread_t thread;
} BatchThread;

/* Removes the first line from *rest. Every line ends with a line feed. */
static bool take_line(Span *rest, Span *line)
{
    const uint8_t *end = rest->size ? memchr(rest->data, '\n', rest->size)
                                    : NULL;
    if (!end) return false;
    size_t size = (size_t)(end - rest->data);
    *line = span_of(rest->data, size);
    *rest = span_of(end + 1, rest->size - size - 1);
    return true;
}

static void log_warnings(const Batch *batch, const Topic *topic,
                         const BatchAnswer *answer)
{
    Span rest = buf_span(&answer->warnings), line;
    while (take_line(&rest, &line)) {
        log_warn("%s:%llu: query %.*s: %.*s", batch->name,
                 (unsigned long long)topic->line, SPAN_ARGS(topic->qid),
                 SPAN_ARGS(line));
    }
}

/* Writes the answer to topic i and logs its error and warnings. */
static Status finish_topic(Batch *batch, size_t i, const BatchAnswer *answer,
                           Error *error)
{
    const Topic *topic = &batch->topics.items[i];
    bool failed = answer->status != OK;
    if (failed) {
        log_error("%s:%llu: query %.*s: %s", batch->name,
                  (unsigned long long)topic->line, SPAN_ARGS(topic->qid),
                  answer->error.message);
    }
    log_warnings(batch, topic, answer);
    log_text(buf_span(&answer->trace));
    batch_report_add(&batch->report, topic->qid, failed, answer->hits,
                     answer->seconds);
    progress_show(&batch->progress, i + 1, 0,
                  (double)(i + 1) / (double)batch->topics.count);
    run_output_add(&batch->run_output, buf_span(&answer->text));
    buf_put_span(&batch->out, buf_span(&answer->text));
    bool last = i + 1 == batch->topics.count;
    if (batch->out.size < WRITE_BYTES && !last) return OK;
    return output_write(&batch->out, error);
}

static Status run_alone(Batch *batch, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < batch->topics.count; i++) {
        batch_worker_answer(&batch->workers[0], &batch->topics.items[i],
                            &batch->ring[0]);
        status = finish_topic(batch, i, &batch->ring[0], error);
    }
    return status;
}

/* Waits for the next topic whose slot is free; false when all are taken. */
static bool take_topic(Batch *batch, size_t *topic)
{
    pthread_mutex_lock(&batch->lock);
    while (!batch->stopping && batch->next < batch->topics.count &&
           batch->next >= batch->written + batch->ring_size) {
        pthread_cond_wait(&batch->changed, &batch->lock);
    }
    bool taken = !batch->stopping && batch->next < batch->topics.count;
    if (taken) *topic = batch->next++;
    pthread_mutex_unlock(&batch->lock);
    return taken;
}

static void *run_thread(void *argument)
{
    BatchThread *thread = argument;
    Batch *batch = thread->batch;
    size_t topic;
    while (take_topic(batch, &topic)) {
        size_t slot = topic % batch->ring_size;
        batch_worker_answer(thread->worker, &batch->topics.items[topic],
                            &batch->ring[slot]);
        pthread_mutex_lock(&batch->lock);
        batch->answered[slot] = true;
        pthread_cond_broadcast(&batch->changed);
        pthread_mutex_unlock(&batch->lock);
    }
    return NULL;
}

static void wait_for_answer(Batch *batch, size_t slot)
{
    pthread_mutex_lock(&batch->lock);
    while (!batch->answered[slot]) {
        pthread_cond_wait(&batch->changed, &batch->lock);
    }
    pthread_mutex_unlock(&batch->lock);
}

static void free_slot(Batch *batch, size_t slot, bool stop)
{
    pthread_mutex_lock(&batch->lock);
    batch->answered[slot] = false;
    batch->written++;
    batch->stopping = stop;
    pthread_cond_broadcast(&batch->changed);
    pthread_mutex_unlock(&batch->lock);
}

static Status write_in_order(Batch *batch, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < batch->topics.count; i++) {
        size_t slot = i % batch->ring_size;
        wait_for_answer(batch, slot);
        status = finish_topic(batch, i, &batch->ring[slot], error);
        free_slot(batch, slot, status != OK);
    }
    return status;
}

static Status run_threads(Batch *batch, Error *error)
{
    size_t wanted = batch->settings->threads, started = 0;
    BatchThread *threads = calloc(wanted, sizeof *threads);
    if (!threads) return fail_memory(error, "starting threads");
    for (; started < wanted; started++) {
        BatchThread *thread = &threads[started];
        *thread = (BatchThread){.batch = batch,
                                .worker = &batch->workers[started]};
        if (pthread_create(&thread->thread, NULL, run_thread, thread)) break;
    }
    if (started < wanted) {
        log_warn("could start only %zu of %zu threads", started, wanted);
    }
    Status status = started
                        ? write_in_order(batch, error)
                        : fail(error, ERR_NO_MEMORY, "cannot start a thread");
    for (size_t i = 0; i < started; i++) pthread_join(threads[i].thread, NULL);
    free(threads);
    return status;
}

static Status prepare(Batch *batch, Error *error)
{
    size_t threads = batch->settings->threads;
    batch->ring_size = threads * ANSWERS_PER_THREAD;
    batch->workers = calloc(threads, sizeof *batch->workers);
    batch->ring = calloc(batch->ring_size, sizeof *batch->ring);
    batch->answered = calloc(batch->ring_size, sizeof *batch->answered);
    if (!batch->workers || !batch->ring || !batch->answered) {
        return fail_memory(error, "starting a batch");
    }
    Status status = OK;
    for (size_t i = 0; status == OK && i < threads; i++) {
        status = batch_worker_open(&batch->workers[i], batch->index,
                                   batch->settings, &batch->style, error);
    }
    return status;
}

static void release(Batch *batch)
{
    for (size_t i = 0; batch->workers && i < batch->settings->threads; i++) {
        batch_worker_close(&batch->workers[i]);
    }
    for (size_t i = 0; batch->ring && i < batch->ring_size; i++) {
        batch_answer_release(&batch->ring[i]);
    }
    free(batch->workers);
    free(batch->ring);
    free(batch->answered);
    buf_release(&batch->out);
    run_output_release(&batch->run_output);
    batch_report_release(&batch->report);
    topics_release(&batch->topics);
}

static bool has_escaped(const Batch *batch)
{
    for (size_t i = 0; i < batch->settings->threads; i++) {
        if (hit_writer_escaped(batch->workers[i].writer)) return true;
    }
    return false;
}

static void log_totals(Batch *batch)
{
    if (has_escaped(batch)) {
        log_note("white space, %%, control characters and invalid UTF-8 in "
                 "ids are written as %%XX");
    }
    if (batch->topics.refused) {
        log_error("%zu quer%s could not be read; see the errors above",
                  batch->topics.refused,
                  batch->topics.refused == 1 ? "y" : "ies");
    }
    batch_report_log(&batch->report);
    if (batch->settings->timing) batch_report_log_times(&batch->report);
}

static Status put_summary(Batch *batch, Error *error)
{
    const BatchReport *report = &batch->report;
    size_t refused = batch->topics.refused;
    JsonBatch summary = {.queries = report->queries + refused,
                         .failed = report->failed + refused,
                         .without_hits = report->without_hits,
                         .hits = report->hits,
                         .seconds = report->seconds};
    put_json_batch_summary(&summary, &batch->out);
    return output_write(&batch->out, error);
}

static Status run(Batch *batch, Error *error)
{
    Status status = prepare(batch, error);
    if (status == OK) {
        status = run_output_start(&batch->run_output, batch->settings, error);
    }
    if (status != OK) return status;
    double start = clock_seconds();
    progress_start(&batch->progress, "searching", "queries");
    status = batch->settings->threads == 1 ? run_alone(batch, error)
                                           : run_threads(batch, error);
    progress_end(&batch->progress);
    batch->report.seconds = clock_seconds() - start;
    if (status == OK && batch->settings->json) {
        status = put_summary(batch, error);
    }
    if (status == OK) {
        status = run_sidecar_write(&batch->run_output, batch->index,
                                   batch->settings, error);
    }
    if (status == OK) log_totals(batch);
    return status;
}

static void log_problems(const Topics *topics)
{
    Span rest = buf_span(&topics->problems), line;
    while (take_line(&rest, &line)) log_error("%.*s", SPAN_ARGS(line));
    rest = buf_span(&topics->warnings);
    while (take_line(&rest, &line)) log_warn("%.*s", SPAN_ARGS(line));
}

Status search_batch(Index *index, const Settings *settings, const char *path,
                    uint64_t *failed_count, Error *error)
{
    *failed_count = 0;
    Batch batch = {.index = index,
                   .settings = settings,
                   .style = settings_style(settings, true),
                   .name = strcmp(path, "-") ? path : "standard input",
                   .report.threads = settings->threads,
                   .lock = PTHREAD_MUTEX_INITIALIZER,
                   .changed = PTHREAD_COND_INITIALIZER};
    TopicOptions options = {.format = (TopicFormat)settings->topic_format,
                            .field = (TopicField)settings->topic_field,
                            .qid_field = settings->qid_field,
                            .query_field = settings->query_field};
    Status status = topics_read(path, &options, &batch.topics, error);
    if (status == OK) log_problems(&batch.topics);
    if (status == OK && batch.topics.count == 0) {
        status = fail(error, ERR_USAGE, "%s: %s", batch.name,
                      batch.topics.refused
                          ? "none of the queries could be read"
                          : "no queries; to search for words use: searcher "
                            "WORDS");
    }
    if (status == OK) {
        log_note("%s: %zu quer%s, %s", batch.name, batch.topics.count,
                 batch.topics.count == 1 ? "y" : "ies", batch.topics.format);
        status = run(&batch, error);
        *failed_count = batch.report.failed + batch.topics.refused;
    }
    release(&batch);
    return status;
}
