/* execution.c - a planned query, one segment after the other. */
#include "searcher/search/executors/execution.h"

Status execution_init(Execution *x, const Plan *plan, Arena *arena,
                      Error *error)
{
    *x = (Execution){.plan = plan, .kernels = range_kernels(), .arena = arena};
    x->cursors = arena_alloc_aligned(arena, (plan->cursor_count + 1) *
                                                sizeof *x->cursors);
    x->matchers = arena_zeroed(arena, plan->cursor_count + 1,
                               sizeof *x->matchers);
    if (!x->cursors || !x->matchers) return fail_memory(error, "searching");
    return OK;
}

static void init_cursor(Execution *x, const PlanTerm *term,
                        uint32_t cursor_index, float weight)
{
    const Postings *list = &term->lists[x->segment_index];
    if (!list->df) return;
    list_cursor_init(&x->cursors[cursor_index], list, x->plan->bm25->inverse,
                     x->norms, weight);
}

static Status init_matcher(Execution *x, const PlanNode *node, Error *error)
{
    PhraseMatcher *matcher = arena_alloc(x->arena, sizeof *matcher);
    if (!matcher) return fail_memory(error, "matching a phrase");
    x->matchers[node->first_cursor] = matcher;
    return phrase_matcher_init(matcher, node, x->segment_index, x->plan,
                               &x->cursors[node->first_cursor], error);
}

/* Those of its words, for the matcher, and of its pairs. */
static void init_phrase_cursors(Execution *x, const PlanNode *phrase)
{
    uint32_t cursor_index = phrase->first_cursor;
    for (size_t i = 0; i < phrase->word_count; i++) {
        const PlanWord *word = &phrase->words[i];
        for (size_t j = 0; j < word->term_count; j++) {
            init_cursor(x, word->terms[j], cursor_index++, 0.0f);
        }
    }
    for (size_t i = 0; i < phrase->part_count; i++) {
        const PlanPart *part = &phrase->parts[i];
        if (part->is_pair)
            init_cursor(x, part->terms[0], part->first_cursor, 0.0f);
    }
}

static Status enter_nodes(Execution *x, PlanNode *const *nodes, size_t count,
                          Error *error);

static Status enter_node(Execution *x, const PlanNode *node, Error *error)
{
    uint32_t cursor_index = node->first_cursor;
    for (size_t i = 0; i < node->term_count; i++) {
        init_cursor(x, node->terms[i], cursor_index++, node->weight);
    }
    if (node->kind == PLAN_PHRASE) init_phrase_cursors(x, node);
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

Status execution_enter(Execution *x, size_t segment_index,
                       const uint64_t *filter, Error *error)
{
    Segment *segment = x->plan->index->segments[segment_index];
    x->segment_index = segment_index;
    x->segment = segment;
    x->first_docid = (uint32_t)x->plan->index->first_docids[segment_index];
    x->scale = &x->plan->scales[segment_index];
    x->live = filter ? filter
                     : removals_live(x->plan->index->removals[segment_index]);
    x->is_filtered = filter != NULL;
    x->counters = (ExecutionCounters){0};
    x->norms = segment->sections[SECTION_NORMS].data;
    Status status = segment_verify(segment, SECTION_NORMS, 0,
                                   segment->document_count, error);
    if (status != OK) return status;
    plan_enter_segment(x->plan->root, segment_index);
    return enter_node(x, x->plan->root, error);
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
