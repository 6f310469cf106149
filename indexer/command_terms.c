/* command_terms.c - indexer terms: the terms of an index with their counts.
 *
 * Segments are read in parallel in term order; the counts of equal terms are
 * added up.
 */
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/segment/dictionary/dictionary.h"
#include "common/segment/index.h"
#include "indexer/commands.h"

#include <inttypes.h>
#include <stdlib.h>

enum { FLUSH_BYTES = 1 << 16 };

/* The position in one segment: its current term. */
typedef struct SegmentTerms {
    TermWalk walk;
    Span term;
    TermRecord record;
    bool found;
} SegmentTerms;

static Status step(SegmentTerms *terms, Error *error)
{
    return term_walk_next(&terms->walk, &terms->term, &terms->record,
                          &terms->found, error);
}

/* The smallest current term, or NULL. */
static const SegmentTerms *smallest(const SegmentTerms *terms, size_t count)
{
    const SegmentTerms *min = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!terms[i].found) continue;
        if (!min || span_compare(terms[i].term, min->term) < 0) {
            min = &terms[i];
        }
    }
    return min;
}

static void put_term(Buf *text, Span term, uint64_t df, uint64_t total_tf,
                     bool json)
{
    if (json) {
        buf_put_text(text, "{\"type\":\"term\",\"term\":");
        put_json_string(text, term);
        buf_printf(text, ",\"df\":%" PRIu64 ",\"total_tf\":%" PRIu64 "}\n", df,
                   total_tf);
    } else {
        put_plain_id(text, term);
        buf_printf(text, "\t%" PRIu64 "\t%" PRIu64 "\n", df, total_tf);
    }
}

/* Prints one term and moves every segment at that term to its next. */
static Status print_term(SegmentTerms *terms, size_t count, Buf *text,
                         Buf *term, bool json, Error *error)
{
    uint64_t df = 0, total_tf = 0;
    for (size_t i = 0; i < count; i++) {
        if (!terms[i].found || !span_equal(terms[i].term, buf_span(term))) {
            continue;
        }
        df += terms[i].record.df;
        total_tf += terms[i].record.total_tf;
        Status status = step(&terms[i], error);
        if (status != OK) return status;
    }
    put_term(text, buf_span(term), df, total_tf, json);
    return OK;
}

static Status print_terms(SegmentTerms *terms, size_t count, Span prefix,
                          bool json, FILE *out, Error *error)
{
    Buf text = {0};
    Buf term = {0};
    Status status = OK;
    while (status == OK) {
        const SegmentTerms *min = smallest(terms, count);
        if (!min || !span_begins(min->term, prefix)) break;
        buf_clear(&term);
        buf_put_span(&term, min->term);
        status = buf_check(&term, "printing terms", error);
        if (status != OK) break;
        status = print_term(terms, count, &text, &term, json, error);
        if (status == OK && text.size >= FLUSH_BYTES) {
            status = command_flush(&text, out, error);
        }
    }
    if (status == OK) status = command_flush(&text, out, error);
    buf_release(&term);
    buf_release(&text);
    return status;
}

static Status walk_index(Index *index, Span prefix, bool json, FILE *out,
                         Error *error)
{
    size_t count = index->manifest.segment_count;
    SegmentTerms *terms = calloc(count + 1, sizeof *terms);
    if (!terms) return fail_memory(error, "printing terms");
    Status status = OK;
    for (size_t i = 0; status == OK && i < count; i++) {
        status = term_walk_start(&terms[i].walk, index->segments[i], prefix,
                                 error);
        if (status == OK) status = step(&terms[i], error);
    }
    if (status == OK) {
        status = print_terms(terms, count, prefix, json, out, error);
    }
    for (size_t i = 0; i < count; i++) term_walk_release(&terms[i].walk);
    free(terms);
    return status;
}

Status command_terms(const char *folder, const CommandOptions *options,
                     FILE *out, Error *error)
{
    Index *index;
    Status status = index_open(folder, &index, error);
    if (status != OK) return status;
    Span prefix = span_text(options->prefix ? options->prefix : "");
    status = walk_index(index, prefix, options->json, out, error);
    index_close(index);
    return status;
}
