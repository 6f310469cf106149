/* command_terms.c - indexer terms: the terms of an index with their counts. */
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/segment/dictionary/index_terms.h"
#include "indexer/commands.h"

#include <inttypes.h>

enum { FLUSH_BYTES = 1 << 16 };

static void put_term(Buf *text, const IndexTerm *term, bool json)
{
    if (json) {
        buf_put_text(text, "{\"type\":\"term\",\"term\":");
        put_json_string(text, term->text);
        buf_printf(text, ",\"df\":%" PRIu64 ",\"total_tf\":%" PRIu64 "}\n",
                   term->df, term->total_tf);
    } else {
        put_plain_id(text, term->text);
        buf_printf(text, "\t%" PRIu64 "\t%" PRIu64 "\n", term->df,
                   term->total_tf);
    }
}

static Status print_terms(IndexTerms *terms, bool json, FILE *out, Error *error)
{
    Buf text = {0};
    IndexTerm term;
    bool found = true;
    Status status = OK;
    while (status == OK && found) {
        status = index_terms_next(terms, &term, &found, error);
        if (status != OK || !found) break;
        put_term(&text, &term, json);
        if (text.size >= FLUSH_BYTES) status = program_print(&text, out, error);
    }
    if (status == OK) status = program_print(&text, out, error);
    buf_release(&text);
    return status;
}

Status command_terms(const char *folder, const CommandOptions *options,
                     FILE *out, Error *error)
{
    Index *index;
    Status status = index_open(folder, &index, error);
    if (status != OK) return status;
    IndexTerms *terms;
    Span prefix = span_text(options->prefix ? options->prefix : "");
    status = index_terms_open(index, prefix, &terms, error);
    if (status == OK) status = print_terms(terms, options->json, out, error);
    index_terms_close(terms);
    index_close(index);
    return status;
}
