/* plan_lists.c - the lists of a term, without what is removed. */
#include "searcher/search/plan/plan.h"

PlanTerm *plan_new_term(const Plan *plan, Span text)
{
    Arena *arena = plan->arena;
    size_t segments = plan->index->manifest.segment_count + 1;
    PlanTerm *term = arena_zeroed(arena, 1, sizeof *term);
    Postings *lists = arena_zeroed(arena, segments, sizeof *lists);
    uint32_t *removed = arena_zeroed(arena, segments, sizeof *removed);
    if (!term || !lists || !removed) return NULL;
    *term = (PlanTerm){.text = text, .lists = lists, .removed = removed};
    return term;
}

static Status find_removed(const Removals *removals, const Postings *list,
                           uint32_t *out, Error *error)
{
    if (list->is_pair)
        return removals_of_pair(removals, list->number, list->df, out, error);
    TermRemoval removal;
    Status status = removals_of_term(removals, list->number, list->df, &removal,
                                     error);
    *out = removal.df;
    return status;
}

Status plan_count_list(const Plan *plan, PlanTerm *term, size_t segment,
                       Error *error)
{
    const Removals *removals = plan->index->removals[segment];
    Postings *list = &term->lists[segment];
    if (removals && list->df) {
        Status status = find_removed(removals, list, &term->removed[segment],
                                     error);
        if (status != OK) return status;
    }
    term->df += list->df - term->removed[segment];
    if (list->df == term->removed[segment]) *list = (Postings){0};
    return OK;
}
