/* run_answers.c - whether all engines answer the same, and how long a pass of
 * each takes.
 *
 * The first engine is the reference: its hits are kept, those of the others are
 * compared as they come. Engines with another k1 or b, or another formula, have
 * other scores for most queries; their hits are not compared.
 */
#include "bench/answers/answer_compare.h"
#include "bench/engines/stop_signal.h"
#include "bench/measure/run_state.h"
#include "common/base/clock.h"
#include "common/base/hash.h"
#include "common/program/log.h"

#include <inttypes.h>
#include <stdio.h>

enum { MAX_COMPARED_HITS = 100, MAX_LISTED = 1000, PLANNING_NS = 500000000 };

typedef struct Answers {
    Run *run;
    uint32_t k;       /* hits compared */
    HitList *first;   /* of the reference, by query; of `arena` */
    HitsMatch *match; /* of the current engine, by query */
    size_t *ranks;
    Arena arena, scratch;
} Answers;

static uint32_t compared_hits(const Workloads *workloads)
{
    uint32_t k = 1;
    for (size_t i = 0; i < workloads->count; i++) {
        if (workloads->items[i].k > k) k = workloads->items[i].k;
    }
    return k < MAX_COMPARED_HITS ? k : MAX_COMPARED_HITS;
}

static const char *hits_digest(Results *results, const HitList *list)
{
    Buf bytes = {0}, text = {0};
    if (!list->is_supported) return "-";
    for (size_t i = 0; i < list->count; i++) {
        float score = (float)list->hits[i].score;
        uint32_t bits;
        memcpy(&bits, &score, sizeof bits);
        buf_put_varint(&bytes, list->hits[i].id.size);
        buf_put_span(&bytes, list->hits[i].id);
        buf_put_u32le(&bytes, bits);
    }
    put_hash128(&text, hash128_bytes(bytes.data, bytes.size));
    const char *digest = result_text(results, buf_span(&text));
    buf_release(&bytes);
    buf_release(&text);
    return digest;
}

static void add_difference(Answers *self, size_t engine, size_t query,
                           const char *what, Span message)
{
    Results *results = self->run->results;
    results->end.differences++;
    if (results->differences.count >= MAX_LISTED) return;
    ResultDifference difference = {0, engine, query, what,
                                   result_text(results, message)};
    results_add_difference(results, &difference);
}

static void compare_counts(Answers *self, size_t engine, size_t query)
{
    Run *run = self->run;
    int64_t first = run->subjects[0].counts[query];
    int64_t second = run->subjects[engine].counts[query];
    if (first < 0 || second < 0 || first == second) return;
    char text[128];
    snprintf(text, sizeof text, "%" PRId64 " and %" PRId64 " matches", first,
             second);
    add_difference(self, engine, query, "count", span_text(text));
}

/* Asks one query of the current engine; the hits of the reference are kept. */
static Status ask_query(Answers *self, size_t engine, size_t query,
                        TextList *digests, Error *error)
{
    Subject *subject = &self->run->subjects[engine];
    HitList list;
    Arena *arena = engine ? &self->scratch : &self->arena;
    arena_reset(&self->scratch);
    Status status = subject_count(subject, query, &subject->counts[query],
                                  error);
    if (status == OK)
        status = subject_hits(subject, query, self->k, arena, &list, error);
    if (status != OK) return status;
    digests->items[query] = hits_digest(self->run->results, &list);
    if (engine == 0) {
        self->first[query] = list;
        return OK;
    }
    compare_counts(self, engine, query);
    const HitList *first = &self->first[query];
    self->match[query] = first->is_supported && list.is_supported
                             ? hits_compare(first, &list, self->k,
                                            &self->ranks[query])
                             : HITS_SAME;
    return OK;
}

/* Whether most queries with hits have other scores than in the reference. */
static bool has_other_formula(const Answers *self, size_t queries)
{
    size_t others = 0, with_hits = 0;
    for (size_t i = 0; i < queries; i++) {
        others += self->match[i] == HITS_OTHER_SCORES;
        with_hits += self->first[i].count > 0;
    }
    return 2 * others > with_hits;
}

/* False if the hits are not to be compared. */
static bool compare_hits(Answers *self, size_t engine, size_t queries)
{
    if (has_other_formula(self, queries)) return false;
    for (size_t i = 0; i < queries; i++) {
        if (self->match[i] == HITS_SAME) continue;
        bool scores = self->match[i] == HITS_OTHER_SCORES;
        char text[128];
        snprintf(text, sizeof text, "%s at rank %zu",
                 scores ? "another score" : "another document", self->ranks[i]);
        add_difference(self, engine, i, scores ? "scores" : "hits",
                       span_text(text));
    }
    return true;
}

/* Passes of all workloads for some time, to plan with their mean: a busy
 * machine makes single ones longer. Also what the process shows. */
static Status time_passes(Answers *self, Subject *subject, Error *error)
{
    const Workloads *workloads = &self->run->options->workloads;
    size_t queries = subject->queries->count, passes = 0;
    int64_t *ns = arena_zeroed(&self->arena, queries, sizeof *ns);
    if (!ns) return fail_memory(error, "timing a pass");
    Status status = OK;
    int64_t start = clock_ns(), took = 0;
    for (; status == OK && took < PLANNING_NS; passes++) {
        for (size_t i = 0; status == OK && i < workloads->count; i++) {
            status = subject_pass(subject, &workloads->items[i], ns, error);
            run_advance(self->run, 0, queries);
        }
        took = clock_ns() - start;
    }
    subject->pass_seconds = (double)took * 1e-9 / (double)passes;
    if (subject->kind == ENGINE_PEER)
        subject->compiles |= engine_compiles(&subject->pipe.process);
    return status;
}

static Status ask_queries(Answers *self, size_t engine, Error *error)
{
    Run *run = self->run;
    size_t queries = run->results->queries.count;
    TextList digests = result_texts(run->results, queries);
    Status status = results_check(run->results, error);
    for (size_t i = 0; status == OK && i < queries; i++) {
        status = ask_query(self, engine, i, &digests, error);
        run->asked++;
        run_advance(run, 0, 0);
        if (status == OK && stop_signal_seen())
            status = stop_signal_fail(error);
    }
    if (status != OK) return status;
    bool compared = engine == 0 || compare_hits(self, engine, queries);
    results_add_hits(run->results,
                     &(ResultHits){engine, self->k, compared, digests});
    return OK;
}

static Status ask_engine(Answers *self, size_t engine, Error *error)
{
    Run *run = self->run;
    Subject *subject = &run->subjects[engine];
    int64_t start_ns;
    Status status = subject_launch(subject, &run->options->workloads.items[0],
                                   &start_ns, error);
    if (status == OK && subject->kind != ENGINE_NULL)
        status = ask_queries(self, engine, error);
    if (status == OK) status = time_passes(self, subject, error);
    subject_end(subject);
    return run_give_up(run, subject, status, error);
}

static void add_counts(Run *run, size_t engine)
{
    size_t queries = run->results->queries.count;
    IntegerList counts = result_integers(run->results, queries);
    for (size_t i = 0; i < counts.count; i++) {
        int64_t count = run->subjects[engine].counts[i];
        counts.items[i] = count < 0 ? COUNT_UNSUPPORTED : count;
    }
    results_add_answers(run->results, &(ResultAnswers){engine, counts});
}

Status run_answers(Run *run, Error *error)
{
    size_t queries = run->results->queries.count;
    Answers self = {.run = run, .k = compared_hits(&run->options->workloads)};
    self.first = arena_zeroed(&self.arena, queries, sizeof *self.first);
    self.match = arena_zeroed(&self.arena, queries, sizeof *self.match);
    self.ranks = arena_zeroed(&self.arena, queries, sizeof *self.ranks);
    Status status = self.ranks && self.match && self.first
                        ? OK
                        : fail_memory(error, "comparing answers");
    for (size_t i = 0; status == OK && i < run->subject_count; i++) {
        status = ask_engine(&self, i, error);
        if (run->subjects[i].kind != ENGINE_NULL) add_counts(run, i);
    }
    arena_release(&self.arena);
    arena_release(&self.scratch);
    return status;
}
