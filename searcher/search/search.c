/* search.c - plan, execute segment by segment, rank. */
#include "searcher/search/search.h"

#include "common/base/clock.h"
#include "searcher/search/executors/bounds.h"
#include "searcher/search/executors/executors.h"
#include "searcher/search/id_filter.h"
#include "searcher/search/search_context.h"

#include <stdlib.h>

Status search_context_new(Index *index, SearchContext **out, Error *error)
{
    *out = NULL;
    uint64_t documents = index->first_docids[index->manifest.segment_count];
    if (documents > MAX_DOCUMENTS) {
        return fail(error, ERR_LIMIT,
                    "index '%s' has too many documents: %llu; the limit is %u; "
                    "split it into several indexes",
                    index->folder, (unsigned long long)documents,
                    MAX_DOCUMENTS);
    }
    SearchContext *context = calloc(1, sizeof *context);
    if (!context) return fail_memory(error, "preparing to search");
    context->index = index;
    *out = context;
    return OK;
}

void search_context_free(SearchContext *context)
{
    if (!context) return;
    arena_release(&context->arena);
    scoring_release(&context->scoring);
    free(context);
}

Status context_plan(SearchContext *context, const Query *query,
                    const SearchOptions *options, Error *error)
{
    Arena *arena = &context->arena;
    Plan *plan = &context->plan;
    arena_reset(arena);
    Status status = plan_build(context->index, query, options,
                               &context->scoring, arena, plan, error);
    context->filter = options->filter;
    if (status == OK)
        status = execution_init(&context->execution, plan, arena, error);
    if (status != OK) plan->root = NULL; /* search_terms has none to visit */
    return status;
}

Status context_enter(SearchContext *context, size_t segment_index, Error *error)
{
    const IdFilter *filter = context->filter;
    return execution_enter(
        &context->execution, segment_index,
        filter ? id_filter_bits(filter, segment_index) : NULL, error);
}

/* Ranks and counts one segment: in two passes, because ranking skips documents
 * that must be counted, unless the executor has counted on the way. */
static Status execute_passes(Execution *x, bool exhaustive, Error *error)
{
    if (exhaustive) return execute_exhaustive(x, error);
    ArenaMark mark = arena_mark(x->arena);
    Status status = x->collector ? execute_best(x, error) : OK;
    if (status != OK || !x->count || x->counted) return status;
    arena_rewind(x->arena, mark);
    execution_rewind(x);
    x->counters.ranked_by = x->collector ? x->counters.executor : NULL;
    return execute_count(x, error);
}

static Status execute_segment(Execution *x, bool exhaustive, Error *error)
{
    x->counted = false;
    Status status = execute_passes(x, exhaustive, error);
    if (status == OK && x->counted) x->total += x->matches;
    return status;
}

static Status run_segment(SearchContext *context, bool exhaustive, Error *error)
{
    Execution *x = &context->execution;
    if (!context->trace) return execute_segment(x, exhaustive, error);
    int64_t start = clock_ns();
    Status status = execute_segment(x, exhaustive, error);
    search_trace_segment(context->trace, x, (uint64_t)(clock_ns() - start));
    return status;
}

/* Whether no document of a segment can be among the k best, or match at all. */
static bool is_pointless(const SearchContext *context, size_t segment)
{
    const Execution *x = &context->execution;
    double bound = plan_segment_bound(&context->plan, segment);
    if (bound < 0.0) return true;
    if (x->count || !x->collector) return false;
    uint32_t first = (uint32_t)context->index->first_docids[segment];
    return bound < (double)collector_needed(x->collector, first);
}

static void leave_out(SearchContext *context, size_t segment)
{
    if (context->trace) {
        search_trace_left_out(context->trace,
                              context->index->segments[segment]);
    }
}

static Status execute_segments(SearchContext *context, bool exhaustive,
                               Error *error)
{
    Status status = OK;
    Execution *x = &context->execution;
    size_t segments = context->index->manifest.segment_count;
    ArenaMark mark = arena_mark(x->arena);
    for (size_t i = 0; status == OK && i < segments; i++) {
        Error ignored;
        if (!exhaustive && is_pointless(context, i)) {
            leave_out(context, i);
            continue;
        }
        arena_rewind(x->arena, mark); /* executors' arrays last one segment */
        status = context_enter(context, i, error);
        if (status == OK) status = run_segment(context, exhaustive, error);
        Status left = execution_leave(x, status == OK ? error : &ignored);
        if (status == OK) status = left;
    }
    return status;
}

static Status take_hits(const Collector *collector, Arena *arena,
                        SearchResult *out, Error *error)
{
    Hit *hits = arena_alloc(arena, (collector->count + 1) * sizeof *hits);
    if (!hits) return fail_memory(error, "collecting hits");
    for (size_t i = 0; i < collector->count; i++) {
        hits[i] = (Hit){key_docid(collector->keys[i]),
                        key_score(collector->keys[i])};
    }
    out->hits = hits;
    out->hit_count = (uint32_t)collector->count;
    return OK;
}

/* Plans, and notes how long that takes if a trace is asked for. */
static Status plan_traced(SearchContext *context, const Query *query,
                          const SearchOptions *options, Error *error)
{
    context->trace = options->trace;
    if (!context->trace) return context_plan(context, query, options, error);
    int64_t start = clock_ns();
    Status status = context_plan(context, query, options, error);
    int64_t end = clock_ns();
    if (status == OK) {
        status = search_trace_start(context->trace, &context->plan,
                                    &context->arena, error);
    }
    context->trace->plan_ns = (uint64_t)(end - start);
    return status;
}

/* Orders and returns what was collected. */
static Status rank_hits(SearchContext *context, Collector *collector,
                        SearchResult *out, Error *error)
{
    int64_t start = context->trace ? clock_ns() : 0;
    collector_finish(collector);
    Status status = take_hits(collector, &context->arena, out, error);
    if (context->trace)
        context->trace->rank_ns = (uint64_t)(clock_ns() - start);
    return status;
}

/* Executes the plan with a first threshold, which k documents reach, or are
 * guessed to reach. */
static Status execute_from(SearchContext *context, const SearchOptions *options,
                           float threshold, Collector *collector, Error *error)
{
    Execution *x = &context->execution;
    Status status = OK;
    x->count = options->count;
    x->total = 0;
    if (x->collector) {
        double highest = plan_weight_sum(context->plan.root) * (1.0 + 0x1p-20);
        if (context->trace) context->trace->first_threshold = threshold;
        status = collector_init(collector, collector->k, (float)highest,
                                threshold, &context->arena, error);
    }
    if (status != OK || context->plan.root->kind == PLAN_NOTHING) return status;
    return execute_segments(context, options->exhaustive, error);
}

/* Where a single segment without removals knows the k-th value, others are
 * guessed. If fewer than k documents reach the guess, the query is executed
 * again without it. */
static Status execute_plan(SearchContext *context, const SearchOptions *options,
                           Collector *collector, Error *error)
{
    const Index *index = context->index;
    float primed = 0.0f, guessed = 0.0f;
    if (collector->k && !options->exhaustive && !options->filter) {
        primed = plan_primed_score(&context->plan, collector->k);
        if (index->manifest.segment_count > 1 || index_has_removals(index))
            guessed = plan_guessed_score(&context->plan, collector->k);
    }
    if (!(guessed > primed))
        return execute_from(context, options, primed, collector, error);
    if (context->trace) context->trace->is_guessed = true;
    ArenaMark mark = arena_mark(&context->arena);
    Status status = execute_from(context, options, guessed, collector, error);
    if (status != OK || collector->count >= collector->k) return status;
    arena_rewind(&context->arena, mark);
    if (context->trace) {
        search_trace_restart(context->trace);
        context->trace->is_guessed = false;
    }
    return execute_from(context, options, primed, collector, error);
}

Status search_run(SearchContext *context, const Query *query,
                  const SearchOptions *options, SearchResult *out, Error *error)
{
    *out = (SearchResult){0};
    Status status = plan_traced(context, query, options, error);
    if (status != OK) return status;
    Execution *x = &context->execution;
    uint64_t documents = context->index->manifest.document_count;
    uint32_t k = options->k < documents ? options->k : (uint32_t)documents;
    Collector collector = {.k = k};
    if (k) x->collector = &collector;
    status = execute_plan(context, options, &collector, error);
    if (status == OK && k) status = rank_hits(context, &collector, out, error);
    x->collector = NULL;
    out->total = x->total;
    out->notes = context->plan.notes;
    out->lacks_words = context->plan.lacks_words;
    return status;
}

void search_terms(const SearchContext *context,
                  void (*visit)(void *self, const SearchTerm *term), void *self)
{
    uint32_t word = 0;
    if (context->plan.root) plan_terms(context->plan.root, visit, self, &word);
}
