/* search_session.c - parser and search context of one thread. */
#include "searcher/search_session.h"

#include "common/base/clock.h"
#include "common/program/advice_words.h"

Status session_open(Session *session, Index *index, const Settings *settings,
                    bool count, Error *error)
{
    uint64_t documents = index->manifest.document_count;
    uint64_t k = settings->count ? 0 : settings->k;
    *session = (Session){
        .index = index,
        .parse_options = {.plain = settings->plain,
                          .require_all = settings->all,
                          .min_match = (uint32_t)settings->min_match},
        .search_options = {.k = (uint32_t)(k < documents ? k : documents),
                           .count = count || settings->count,
                           .exhaustive = settings->exhaustive,
                           .k1 = (float)settings->k1,
                           .b = (float)settings->b,
                           .max_expansions = (uint32_t)settings->max_expansions,
                           .filter = settings->filter}};
    if (settings->trace) session->search_options.trace = &session->trace;
    Status status = query_parser_new(index->analyzer, &session->parser, error);
    if (status == OK) {
        status = search_context_new(index, &session->context, error);
    }
    if (status != OK) session_close(session);
    return status;
}

void session_close(Session *session)
{
    query_parser_free(session->parser);
    search_context_free(session->context);
    arena_release(&session->arena);
    *session = (Session){0};
}

Status session_parse(Session *session, Span text, Error *error)
{
    arena_reset(&session->arena);
    session->text = text;
    return query_parse(session->parser, text, &session->parse_options,
                       &session->arena, &session->query, error);
}

/* A copy of a note whose text ends with its advice; NULL without memory. */
static QueryNote *complete_note(Session *session, const QueryNote *note)
{
    Buf text = {0};
    buf_put_text(&text, note->text);
    put_advice(&text, note->advice);
    const char *complete = buf_text(&text);
    Span kept = complete ? arena_copy(&session->arena, span_text(complete))
                         : (Span){0};
    QueryNote *copy = arena_alloc(&session->arena, sizeof *copy);
    buf_release(&text);
    if (!copy || !kept.data) return NULL;
    *copy = (QueryNote){.text = (const char *)kept.data,
                        .is_warning = note->is_warning};
    return copy;
}

/* The search names no option; its notes get their advice here. */
static void complete_notes(Session *session)
{
    QueryNote *first = NULL, *last = NULL;
    for (const QueryNote *note = session->result.notes; note;
         note = note->next) {
        QueryNote *copy = complete_note(session, note);
        if (!copy) return;
        if (last) last->next = copy;
        if (!first) first = copy;
        last = copy;
    }
    session->result.notes = first;
}

Status session_search(Session *session, Span text, Error *error)
{
    double start = clock_seconds();
    Status status = session_parse(session, text, error);
    session->parse_seconds = clock_seconds() - start;
    if (status == OK) {
        status = search_run(session->context, &session->query,
                            &session->search_options, &session->result, error);
        if (status == OK) complete_notes(session);
    }
    session->seconds = clock_seconds() - start;
    return status;
}

void put_interpreted(const Query *query, Buf *out)
{
    const QueryNode *root = query->root;
    query_format(query, out);
    if (root->kind == QUERY_BOOLEAN && root->min_match > 0)
        buf_printf(out, " --min-match %u", root->min_match);
}
