/* index_terms.c - the terms of a whole index in byte order. */
#include "common/segment/dictionary/index_terms.h"

#include <stdlib.h>

/* The position in one segment: its current term. */
typedef struct SegmentTerms {
    TermWalk walk;
    Span term;
    TermRecord record;
    bool found;
} SegmentTerms;

struct IndexTerms {
    SegmentTerms *segments; /* owned */
    size_t count;
    Buf prefix;
    Buf term; /* the current one */
    bool failed;
};

static Status step(SegmentTerms *segment, Error *error)
{
    return term_walk_next(&segment->walk, &segment->term, &segment->record,
                          &segment->found, error);
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
        SegmentTerms *segment = &terms->segments[i];
        status = term_walk_start(&segment->walk, index->segments[i], prefix,
                                 error);
        if (status == OK) status = step(segment, error);
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
