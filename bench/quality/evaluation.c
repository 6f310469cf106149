/* evaluation.c - the quality of a run by judgements. */
#include "bench/quality/evaluation.h"

#include <stdlib.h>

/* A document of the run with its relevance. */
typedef struct RankedDocument {
    const RunEntry *entry;
    int32_t relevance;
} RankedDocument;

/* The entries of one query in the run, and its judgements. */
typedef struct QueryGroup {
    const RunEntry *entries;
    size_t entry_count;
    const Judgement *judgements;
    size_t judgement_count;
} QueryGroup;

typedef struct Evaluator {
    const MeasureList *measures;
    bool complete;
    Evaluation *out;
} Evaluator;

/* By score, equal ones by id, both descending: trec_eval's order. */
static int compare_ranks(const void *a, const void *b)
{
    const RankedDocument *left = a, *right = b;
    float mine = left->entry->score, other = right->entry->score;
    if (mine != other) return mine > other ? -1 : 1;
    return span_compare(right->entry->id, left->entry->id);
}

static int compare_gains(const void *a, const void *b)
{
    const int32_t *left = a, *right = b;
    return (*left < *right) - (*left > *right);
}

static int compare_queries(const void *a, const void *b)
{
    const QueryQuality *left = a, *right = b;
    if (left->is_missing != right->is_missing) return left->is_missing ? 1 : -1;
    return (left->line > right->line) - (left->line < right->line);
}

/* Looks up the relevance of each document; both are sorted by id. */
static void judge(const QueryGroup *group, RankedDocument *documents,
                  size_t *shared)
{
    size_t next = 0;
    for (size_t i = 0; i < group->entry_count; i++) {
        const RunEntry *entry = &group->entries[i];
        while (next < group->judgement_count &&
               span_compare(group->judgements[next].id, entry->id) < 0)
            next++;
        bool found = next < group->judgement_count &&
                     span_equal(group->judgements[next].id, entry->id);
        documents[i].entry = entry;
        documents[i].relevance = found ? group->judgements[next].relevance
                                       : RELEVANCE_UNJUDGED;
        *shared += found;
    }
}

/* Fills what the judgements say of the query, whatever was returned. */
static void collect_ideal(const QueryGroup *group, int32_t *ideal,
                          JudgedRanking *out)
{
    for (size_t i = 0; i < group->judgement_count; i++) {
        int32_t relevance = group->judgements[i].relevance;
        if (relevance > 0) ideal[out->relevant++] = relevance;
        if (relevance == 0) out->not_relevant++;
    }
    if (out->relevant)
        qsort(ideal, out->relevant, sizeof *ideal, compare_gains);
    out->ideal = ideal;
}

static void rank(const QueryGroup *group, RankedDocument *documents,
                 int32_t *relevance, JudgedRanking *out)
{
    if (group->entry_count)
        qsort(documents, group->entry_count, sizeof *documents, compare_ranks);
    for (size_t i = 0; i < group->entry_count; i++)
        relevance[i] = documents[i].relevance;
    out->relevance = relevance;
    out->count = group->entry_count;
}

static bool compute_values(const Evaluator *evaluator, const QueryGroup *group,
                           double *values)
{
    Arena *arena = &evaluator->out->arena;
    const MeasureList *measures = evaluator->measures;
    ArenaMark mark = arena_mark(arena);
    RankedDocument *documents = arena_zeroed(arena, group->entry_count + 1,
                                             sizeof *documents);
    int32_t *relevance = arena_zeroed(arena, group->entry_count + 1,
                                      sizeof *relevance);
    int32_t *ideal = arena_zeroed(arena, group->judgement_count + 1,
                                  sizeof *ideal);
    if (!documents || !relevance || !ideal) return false;
    JudgedRanking ranking = {0};
    judge(group, documents, &evaluator->out->shared_ids);
    rank(group, documents, relevance, &ranking);
    collect_ideal(group, ideal, &ranking);
    for (size_t i = 0; i < measures->count; i++)
        values[i] = measure_compute(measures->items[i], &ranking);
    arena_rewind(arena, mark);
    return true;
}

static uint64_t first_line(const QueryGroup *group)
{
    uint64_t line = UINT64_MAX;
    for (size_t i = 0; i < group->entry_count; i++)
        if (group->entries[i].line < line) line = group->entries[i].line;
    for (size_t i = 0; !group->entry_count && i < group->judgement_count; i++)
        if (group->judgements[i].line < line) line = group->judgements[i].line;
    return line;
}

static Status evaluate_query(Evaluator *evaluator, const QueryGroup *group,
                             Error *error)
{
    Evaluation *out = evaluator->out;
    bool missing = !group->entry_count;
    out->not_judged += !group->judgement_count;
    out->missing += missing;
    if (!group->judgement_count || (missing && !evaluator->complete)) return OK;
    size_t count = evaluator->measures->count;
    double *values = arena_zeroed(&out->arena, count, sizeof *values);
    if (!values || !compute_values(evaluator, group, values))
        return fail_memory(error, "evaluating a run");
    Span qid = missing ? group->judgements->qid : group->entries->qid;
    out->queries[out->query_count++] = (QueryQuality){qid, first_line(group),
                                                      missing, values};
    for (size_t i = 0; i < count; i++) out->means[i] += values[i];
    return OK;
}

/* Moves the entries of the first query to the group. */
static void take_entries(QueryGroup *group, const RunEntry **at,
                         const RunEntry *end)
{
    group->entries = *at;
    while (*at < end && span_equal((*at)->qid, group->entries->qid)) ++*at;
    group->entry_count = (size_t)(*at - group->entries);
}

static void take_judgements(QueryGroup *group, const Judgement **at,
                            const Judgement *end)
{
    group->judgements = *at;
    while (*at < end && span_equal((*at)->qid, group->judgements->qid)) ++*at;
    group->judgement_count = (size_t)(*at - group->judgements);
}

/* Merges run and judgements, which are sorted by qid. */
static Status evaluate_queries(Evaluator *evaluator, const TrecRun *run,
                               const Qrels *qrels, Error *error)
{
    size_t entries, judgements;
    const RunEntry *entry = trec_run_entries(run, &entries);
    const RunEntry *last_entry = entry + entries;
    const Judgement *judgement = qrels_judgements(qrels, &judgements);
    const Judgement *last_judgement = judgement + judgements;
    Status status = OK;
    while (status == OK && (entry < last_entry || judgement < last_judgement)) {
        int order = entry == last_entry ? 1
                    : judgement == last_judgement
                        ? -1
                        : span_compare(entry->qid, judgement->qid);
        QueryGroup group = {0};
        if (order <= 0) take_entries(&group, &entry, last_entry);
        if (order >= 0) take_judgements(&group, &judgement, last_judgement);
        status = evaluate_query(evaluator, &group, error);
    }
    return status;
}

static size_t count_queries(const Qrels *qrels)
{
    size_t count, queries = 0;
    const Judgement *judgements = qrels_judgements(qrels, &count);
    for (size_t i = 0; i < count; i++)
        queries += !i || !span_equal(judgements[i].qid, judgements[i - 1].qid);
    return queries;
}

Status evaluation_compute(const TrecRun *run, const Qrels *qrels,
                          const MeasureList *measures, bool complete,
                          Evaluation *out, Error *error)
{
    *out = (Evaluation){0};
    Evaluator evaluator = {measures, complete, out};
    out->queries = arena_zeroed(&out->arena, count_queries(qrels) + 1,
                                sizeof *out->queries);
    Status status = out->queries
                        ? evaluate_queries(&evaluator, run, qrels, error)
                        : fail_memory(error, "evaluating a run");
    if (status != OK) {
        evaluation_release(out);
        return status;
    }
    if (out->query_count)
        qsort(out->queries, out->query_count, sizeof *out->queries,
              compare_queries);
    for (size_t i = 0; i < measures->count && out->query_count; i++)
        out->means[i] /= (double)out->query_count;
    return OK;
}

void evaluation_release(Evaluation *evaluation)
{
    arena_release(&evaluation->arena);
    *evaluation = (Evaluation){0};
}
