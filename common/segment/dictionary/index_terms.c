/* index_terms.c - the terms of a whole index in byte order. */
#include "common/segment/dictionary/index_terms.h"

#include <stdlib.h>

/* The position in one segment: its current term. */
typedef struct SegmentTerms {
    TermWalk walk;
    Span term;
    TermRecord record;
    bool found;
    RemovalWalk removals;
    bool has_removal; /* removals.number is the next to be corrected */
} SegmentTerms;

struct IndexTerms {
    SegmentTerms *segments; /* owned */
    size_t count;
    Buf prefix;
    Buf term; /* the current one */
    bool failed;
};

/* Takes what is removed off the counts of the current term. */
static Status correct(SegmentTerms *segment, Error *error)
{
    TermRecord *record = &segment->record;
    const TermRemoval *removal = &segment->removals.removal;
    Status status = OK;
    while (status == OK && segment->has_removal &&
           segment->removals.number < record->number) {
        status = removal_walk_next(&segment->removals, &segment->has_removal,
                                   error);
    }
    if (status != OK || !segment->has_removal ||
        segment->removals.number != record->number) {
        return status;
    }
    if (removal->df > record->df || removal->tf > record->total_tf ||
        record->df - removal->df > record->total_tf - removal->tf) {
        return segment_fail(segment->walk.segment, SECTION_TERMS, error,
                            "more is removed of term %u than it has",
                            record->number);
    }
    record->df -= removal->df;
    record->total_tf -= removal->tf;
    return OK;
}

/* To the next term that a live document has. */
static Status step(SegmentTerms *segment, Error *error)
{
    Status status = OK;
    do {
        status = term_walk_next(&segment->walk, &segment->term,
                                &segment->record, &segment->found, error);
        if (status == OK && segment->found && segment->has_removal)
            status = correct(segment, error);
    } while (status == OK && segment->found && !segment->record.df);
    return status;
}

static Status start_segment(SegmentTerms *self, Segment *segment,
                            const Removals *removals, Span prefix, Error *error)
{
    Status status = term_walk_start(&self->walk, segment, prefix, error);
    if (status != OK) return status;
    removal_walk_terms(&self->removals, removals, self->walk.next_number);
    status = removal_walk_next(&self->removals, &self->has_removal, error);
    return status == OK ? step(self, error) : status;
}

static Status start(IndexTerms *terms, const Index *index, Span prefix,
                    Error *error)
{
    terms->count = index->manifest.segment_count;
    terms->segments = calloc(terms->count + 1, sizeof *terms->segments);
    buf_put_span(&terms->prefix, prefix);
    if (!terms->segments || terms->prefix.status != OK)
        return fail_memory(error, "reading terms");
    Status status = OK;
    for (size_t i = 0; status == OK && i < terms->count; i++) {
        status = start_segment(&terms->segments[i], index->segments[i],
                               index->removals[i], prefix, error);
    }
    return status;
}

Status index_terms_open(const Index *index, Span prefix, IndexTerms **out,
                        Error *error)
{
    *out = NULL;
    IndexTerms *terms = calloc(1, sizeof *terms);
    if (!terms) return fail_memory(error, "reading terms");
    Status status = start(terms, index, prefix, error);
    if (status == OK) {
        *out = terms;
    } else {
        index_terms_close(terms);
    }
    return status;
}

void index_terms_close(IndexTerms *terms)
{
    if (!terms) return;
    for (size_t i = 0; terms->segments && i < terms->count; i++)
        term_walk_release(&terms->segments[i].walk);
    free(terms->segments);
    buf_release(&terms->prefix);
    buf_release(&terms->term);
    free(terms);
}

/* The smallest current term, or NULL. */
static const SegmentTerms *smallest(const IndexTerms *terms)
{
    const SegmentTerms *min = NULL;
    for (size_t i = 0; i < terms->count; i++) {
        const SegmentTerms *segment = &terms->segments[i];
        if (!segment->found) continue;
        if (!min || span_compare(segment->term, min->term) < 0) min = segment;
    }
    return min;
}

/* Adds up the current term and moves every segment at it to its next. */
static Status take_term(IndexTerms *terms, IndexTerm *out, Error *error)
{
    Status status = buf_check(&terms->term, "reading terms", error);
    *out = (IndexTerm){.text = buf_span(&terms->term)};
    for (size_t i = 0; status == OK && i < terms->count; i++) {
        SegmentTerms *segment = &terms->segments[i];
        if (!segment->found || !span_equal(segment->term, out->text)) continue;
        out->df += segment->record.df;
        out->total_tf += segment->record.total_tf;
        status = step(segment, error);
    }
    return status;
}

Status index_terms_next(IndexTerms *terms, IndexTerm *out, bool *found,
                        Error *error)
{
    *found = false;
    *out = (IndexTerm){0};
    const SegmentTerms *min = terms->failed ? NULL : smallest(terms);
    if (!min || !span_begins(min->term, buf_span(&terms->prefix))) return OK;
    buf_clear(&terms->term);
    buf_put_span(&terms->term, min->term);
    Status status = take_term(terms, out, error);
    *found = status == OK;
    terms->failed = status != OK;
    return status;
}

Status index_term_df(const Index *index, Span term, uint64_t *df, Error *error)
{
    Status status = OK;
    *df = 0;
    for (size_t i = 0; status == OK && i < index->manifest.segment_count; i++) {
        TermRecord record;
        TermRemoval removal = {0};
        bool found;
        status = dictionary_find(index->segments[i], term, &record, &found,
                                 error);
        if (status != OK || !found) continue;
        status = removals_of_term(index->removals[i], record.number, record.df,
                                  &removal, error);
        *df += record.df - removal.df;
    }
    return status;
}
