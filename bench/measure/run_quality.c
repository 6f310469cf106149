/* run_quality.c - ranking quality: a pass of its own, at k = 1,000.
 *
 * Quern is asked in process only, since over the pipe its hits are the same.
 */
#include "bench/engines/stop_signal.h"
#include "bench/measure/run_state.h"
#include "bench/quality/evaluation.h"
#include "common/program/log.h"

enum { QUALITY_DEPTH = 1000 };

/* All hits of an engine as a run. *supported: of how many queries. */
static Status collect_run(Run *run, Subject *subject, TrecRun *hits,
                          size_t *supported, Error *error)
{
    Arena arena = {0};
    int64_t start_ns;
    Status status = subject_launch(subject, &run->options->workloads.items[0],
                                   &start_ns, error);
    for (size_t q = 0; status == OK && q < subject->queries->count; q++) {
        HitList list;
        arena_reset(&arena);
        status = subject_hits(subject, q, QUALITY_DEPTH, &arena, &list, error);
        Span qid = span_text(subject->queries->items[q].qid);
        *supported += status == OK && list.is_supported;
        for (size_t i = 0; status == OK && i < list.count; i++) {
            trec_run_add(hits, qid, list.hits[i].id, (float)list.hits[i].score,
                         q + 1);
        }
        run_advance(run, 0, 1);
        if (status == OK && stop_signal_seen())
            status = stop_signal_fail(error);
    }
    subject_end(subject);
    arena_release(&arena);
    return status;
}

static void add_measures(Run *run, size_t engine, const MeasureList *measures,
                         const Evaluation *evaluation)
{
    for (size_t i = 0; i < measures->count; i++) {
        Buf name = {0};
        if (measures->items[i].k > QUALITY_DEPTH) continue;
        put_measure(&name, measures->items[i]);
        ResultQuality quality = {
            engine, result_text(run->results, buf_span(&name)),
            evaluation->means[i], (int64_t)evaluation->query_count};
        results_add_quality(run->results, &quality);
        buf_release(&name);
    }
}

static void warn_of_mismatch(const Run *run, const Evaluation *evaluation)
{
    if (evaluation->query_count == 0) {
        log_warn("%s judges none of the queries (are the qids the same?)",
                 run->options->qrels_name);
    } else if (evaluation->shared_ids == 0) {
        log_warn("%s judges none of the documents that were found (are the ids "
                 "the same?)",
                 run->options->qrels_name);
    }
}

static Status evaluate_engine(Run *run, size_t engine, Error *error)
{
    Subject *subject = &run->subjects[engine];
    TrecRun hits = {0};
    Evaluation evaluation = {0};
    MeasureList measures;
    size_t supported = 0;
    Status status = measures_parse(DEFAULT_MEASURES, &measures, error);
    if (status == OK)
        status = collect_run(run, subject, &hits, &supported, error);
    if (status == OK) status = trec_run_sort(&hits, subject->name, error);
    if (status == OK) {
        status = evaluation_compute(&hits, run->options->qrels, &measures,
                                    false, &evaluation, error);
    }
    if (status == OK && supported < subject->queries->count)
        log_note("quality of '%s': it supports %zu of %zu queries",
                 subject->name, supported, subject->queries->count);
    if (status == OK) {
        warn_of_mismatch(run, &evaluation);
        if (evaluation.query_count)
            add_measures(run, engine, &measures, &evaluation);
    }
    evaluation_release(&evaluation);
    trec_run_release(&hits);
    return run_give_up(run, subject, status, error);
}

Status run_quality(Run *run, Error *error)
{
    Status status = OK;
    progress_start(&run->progress, "measuring quality", "queries");
    run->planned = 0;
    for (size_t i = 0; status == OK && i < run->subject_count; i++) {
        const Subject *subject = &run->subjects[i];
        bool asked = subject->kind == ENGINE_PROCESS ||
                     subject->kind == ENGINE_PEER;
        if (asked && !subject->has_failed)
            status = evaluate_engine(run, i, error);
    }
    progress_end(&run->progress);
    return status;
}
