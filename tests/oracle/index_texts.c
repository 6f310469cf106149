/* index_texts.c - what an index says, as text. */
#include "tests/oracle/index_texts.h"

#include "common/segment/dictionary/index_terms.h"
#include "common/segment/documents/documents.h"
#include "searcher/search/suggest_terms.h"

static Status put_hits(const Index *index, const SearchResult *result, Buf *out,
                       Error *error)
{
    Status status = OK;
    for (uint32_t i = 0; status == OK && i < result->hit_count; i++) {
        uint32_t docid;
        size_t number;
        const Hit *hit = &result->hits[i];
        Segment *segment = index_locate(index, hit->document, &docid, &number);
        status = document_id(segment, docid, out, error);
        buf_printf(out, " %a\n", (double)hit->score);
    }
    return status;
}

/* The first and the last hit. */
static Status put_reasons(SearchContext *context, const Query *query,
                          const SearchOptions *options,
                          const uint64_t documents[2], Buf *out, Error *error)
{
    bool matched;
    Status status = search_explain(context, query, options, documents[0], out,
                                   &matched, error);
    if (status != OK || documents[0] == documents[1]) return status;
    return search_explain(context, query, options, documents[1], out, &matched,
                          error);
}

Status put_answer(SearchContext *context, const Index *index,
                  const Query *query, const SearchOptions *options, Buf *out,
                  Error *error)
{
    SearchResult result;
    Status status = search_run(context, query, options, &result, error);
    if (status == OK) status = put_hits(index, &result, out, error);
    if (status != OK) return status;
    buf_printf(out, "%llu matches, lacks words %d\n",
               options->count ? (unsigned long long)result.total : 0,
               result.lacks_words);
    for (const QueryNote *note = result.notes; note; note = note->next)
        buf_printf(out, "note: %s\n", note->text);
    search_describe_last(context, out);
    if (!result.hit_count) return OK;
    uint64_t ends[2] = {result.hits[0].document,
                        result.hits[result.hit_count - 1].document};
    return put_reasons(context, query, options, ends, out, error);
}

static Status put_term(const Index *index, const IndexTerm *term, Buf *out,
                       Error *error)
{
    uint64_t df;
    Status status = index_term_df(index, term->text, &df, error);
    if (status != OK) return status;
    buf_put_span(out, term->text);
    buf_printf(out, " %llu %llu\n", (unsigned long long)term->df,
               (unsigned long long)term->total_tf);
    if (df == term->df) return OK;
    return fail(error, ERR_CORRUPT, "%.*s: df %llu, in the list of terms %llu",
                SPAN_ARGS(term->text), (unsigned long long)df,
                (unsigned long long)term->df);
}

Status put_terms(const Index *index, Span prefix, Buf *out, Error *error)
{
    IndexTerms *terms;
    Status status = index_terms_open(index, prefix, &terms, error);
    while (status == OK) {
        IndexTerm term;
        bool found;
        status = index_terms_next(terms, &term, &found, error);
        if (status != OK || !found) break;
        status = put_term(index, &term, out, error);
    }
    index_terms_close(terms);
    return status;
}

Status put_words(const Index *index, Buf *out, Error *error)
{
    const Manifest *manifest = &index->manifest;
    buf_printf(out, "%llu documents, %llu nonempty, %llu tokens\n",
               (unsigned long long)manifest->document_count,
               (unsigned long long)manifest->nonempty_count,
               (unsigned long long)manifest->token_count);
    return put_terms(index, (Span){0}, out, error);
}

Status put_suggestions(Index *index, Span word, Buf *out, Error *error)
{
    Arena arena = {0};
    SuggestedTerms terms;
    Status status = suggest_terms(index, word, &arena, &terms, error);
    if (status == OK) buf_printf(out, "%d:", terms.goes_on);
    for (size_t i = 0; status == OK && i < terms.count; i++) {
        buf_printf(out, " %.*s %llu", SPAN_ARGS(terms.terms[i].text),
                   (unsigned long long)terms.terms[i].df);
    }
    arena_release(&arena);
    return status;
}
