/* search.c - plan, execute segment by segment, rank. */
#include "searcher/execute/search.h"

#include "searcher/execute/counting.h"
#include "searcher/execute/pruned.h"
#include "searcher/execute/search_context.h"

#include <stdlib.h>

Status search_context_new(Index *index, SearchContext **out, Error *error)
{
    *out = NULL;
    if (index->manifest.document_count > MAX_DOCUMENTS) {
        return fail(error, ERR_LIMIT,
                    "index '%s' has %llu documents; up to %u can be searched "
                    "as one: split it into several indexes",
                    index->folder,
                    (unsigned long long)index->manifest.document_count,
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
    free(context);
}

Status context_plan(SearchContext *context, const Query *query,
                    const SearchOptions *options, Error *error)
{
    Arena *arena = &context->arena;
    Plan *plan = &context->plan;
    arena_reset(arena);
    Status status = plan_build(context->index, query, options, &context->bm25,
                               arena, plan, error);
    if (status != OK) return status;
    context->execution = (Execution){.plan = plan,
                                     .filter = options->filter,
                                     .kernels = range_kernels(),
                                     .arena = arena};
    Execution *x = &context->execution;
    x->cursors = arena_alloc_aligned(arena, (plan->cursor_count + 1) *
                                                sizeof *x->cursors);
    x->matchers = arena_zeroed(arena, plan->cursor_count + 1,
                               sizeof *x->matchers);
    if (!x->cursors || !x->matchers) return fail_memory(error, "searching");
    return OK;
}

static void init_cursor(Execution *x, const PlanTerm *term, uint32_t number,
                        float weight)
{
    const Postings *list = &term->lists[x->segment_number];
    if (!list->df) return;
    list_cursor_init(&x->cursors[number], list, x->plan->bm25->inverse,
                     x->norms, weight);
}

static Status init_matcher(Execution *x, const PlanNode *node, Error *error)
{
    PhraseMatcher *matcher = arena_alloc(x->arena, sizeof *matcher);
    if (!matcher) return fail_memory(error, "matching a phrase");
    x->matchers[node->number] = matcher;
    return phrase_matcher_init(matcher, node, x->segment_number, x->plan,
                               &x->cursors[node->number], error);
}

static Status enter_nodes(Execution *x, PlanNode *const *nodes, size_t count,
                          Error *error);

static Status enter_node(Execution *x, const PlanNode *node, Error *error)
{
    uint32_t number = node->number;
    for (size_t i = 0; i < node->term_count; i++) {
        init_cursor(x, node->terms[i], number++, node->weight);
    }
    for (size_t i = 0; i < node->word_count; i++) {
        const PlanWord *word = &node->words[i];
        for (size_t j = 0; j < word->term_count; j++) {
            init_cursor(x, word->terms[j], number++, 0.0f);
        }
    }
    if (plan_is_positional(node)) {
        return init_matcher(x, node, error);
    }
    Status status = enter_nodes(x, node->must, node->must_count, error);
    if (status == OK) {
        status = enter_nodes(x, node->should, node->should_count, error);
    }
    if (status == OK) {
        status = enter_nodes(x, node->excluded, node->excluded_count, error);
    }
    return status;
}

static Status enter_nodes(Execution *x, PlanNode *const *nodes, size_t count,
                          Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < count; i++) {
        status = enter_node(x, nodes[i], error);
    }
    return status;
}

Status execution_enter(Execution *x, size_t segment_number, Error *error)
{
    Segment *segment = x->plan->index->segments[segment_number];
    x->segment_number = segment_number;
    x->segment = segment;
    x->first_docid = (uint32_t)x->plan->index->first_docids[segment_number];
    x->live = x->filter ? id_filter_bits(x->filter, segment_number) : NULL;
    x->norms = segment->sections[SECTION_NORMS].data;
    Status status = segment_verify(segment, SECTION_NORMS, 0,
                                   segment->document_count, error);
    return status == OK ? enter_node(x, x->plan->root, error) : status;
}

void execution_rewind(Execution *x)
{
    for (uint32_t i = 0; i < x->plan->cursor_count; i++) {
        list_cursor_rewind(&x->cursors[i]);
    }
}

Status execution_leave(Execution *x, Error *error)
{
    bool failed = false, exceeded = false;
    for (uint32_t i = 0; i < x->plan->cursor_count; i++) {
        if (!x->matchers[i]) continue;
        failed |= x->matchers[i]->failed;
        exceeded |= x->matchers[i]->exceeded;
        phrase_matcher_release(x->matchers[i]);
        x->matchers[i] = NULL;
    }
    if (failed) return fail_memory(error, "matching a phrase");
    if (!exceeded) return OK;
    return fail(error, ERR_LIMIT,
                "%s: a document has more than %d positions of the words of a "
                "phrase",
                x->segment->path, MATCHER_MAX_POSITIONS);
}

/* Ranks and counts one segment: two passes, since what ranking skips has to
 * be counted too, unless an executor of the first has counted already. */
static Status execute_passes(Execution *x, bool exhaustive, Error *error)
{
    if (exhaustive) return execute_exhaustive(x, error);
    ArenaMark mark = arena_mark(x->arena);
    Status status = x->collector ? execute_best(x, error) : OK;
    if (status != OK || !x->count || x->counted) return status;
    arena_rewind(x->arena, mark);
    execution_rewind(x);
    return execute_count(x, error);
}

static Status execute_segment(Execution *x, bool exhaustive, Error *error)
{
    x->counted = false;
    Status status = execute_passes(x, exhaustive, error);
    if (status == OK && x->counted) x->total += x->matches;
    return status;
}

static Status execute_segments(Execution *x, bool exhaustive, Error *error)
{
    Status status = OK;
    size_t segments = x->plan->index->manifest.segment_count;
    ArenaMark mark = arena_mark(x->arena);
    for (size_t i = 0; status == OK && i < segments; i++) {
        Error ignored;
        arena_rewind(x->arena, mark); /* executors' arrays are a segment's */
        status = execution_enter(x, i, error);
        if (status == OK) status = execute_segment(x, exhaustive, error);
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

Status search_run(SearchContext *context, const Query *query,
                  const SearchOptions *options, SearchResult *out, Error *error)
{
    *out = (SearchResult){0};
    Status status = context_plan(context, query, options, error);
    if (status != OK) return status;
    Execution *x = &context->execution;
    Collector collector;
    uint64_t documents = context->index->manifest.document_count;
    uint32_t k = options->k < documents ? options->k : (uint32_t)documents;
    if (k) {
        bool primes = !options->exhaustive && !options->filter;
        float primed = primes ? plan_primed_score(&context->plan, k) : 0.0f;
        double highest = plan_weight_sum(context->plan.root) * (1.0 + 0x1p-20);
        status = collector_init(&collector, k, (float)highest, primed,
                                &context->arena, error);
        x->collector = &collector;
    }
    x->count = options->count;
    if (status == OK && context->plan.root->kind != PLAN_NOTHING) {
        status = execute_segments(x, options->exhaustive, error);
    }
    if (status == OK && k) {
        collector_finish(&collector);
        status = take_hits(&collector, &context->arena, out, error);
    }
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
