/* query_fixture.h - a parser with everything it needs, for tests of queries. */
#ifndef QUERN_QUERY_QUERY_FIXTURE_H
#define QUERN_QUERY_QUERY_FIXTURE_H

#include "searcher/query/query_parser.h"

#include <check.h>
#include <stdio.h>

typedef struct QueryFixture {
    Analyzer *analyzer;
    QueryParser *parser;
    Arena arena;
    Query query; /* the last one parsed */
    Buf line;    /* its format */
} QueryFixture;

static inline void fixture_open_options(QueryFixture *self,
                                        const AnalyzerOptions *options)
{
    Error error;
    *self = (QueryFixture){0};
    ck_assert_int_eq(analyzer_new(options, &self->analyzer, &error), OK);
    ck_assert_int_eq(query_parser_new(self->analyzer, &self->parser, &error),
                     OK);
}

static inline void fixture_open(QueryFixture *self, const char *analyzer)
{
    fixture_open_options(self, &(AnalyzerOptions){.name = analyzer});
}

static inline void fixture_close(QueryFixture *self)
{
    query_parser_free(self->parser);
    analyzer_free(self->analyzer);
    arena_release(&self->arena);
    buf_release(&self->line);
}

/* The tree as a line; borrowed until the next call. */
static inline const char *fixture_parse_span(QueryFixture *self, Span text,
                                             const ParseOptions *options)
{
    Error error;
    arena_reset(&self->arena);
    buf_clear(&self->line);
    Status status = query_parse(self->parser, text, options, &self->arena,
                                &self->query, &error);
    ck_assert_int_eq(status, OK);
    query_format(&self->query, &self->line);
    const QueryNode *root = self->query.root;
    if (root->kind == QUERY_BOOLEAN && root->min_match) /* has no syntax */
        buf_printf(&self->line, " --min-match %u", root->min_match);
    return buf_text(&self->line);
}

static inline const char *fixture_parse(QueryFixture *self, const char *text)
{
    return fixture_parse_span(self, span_text(text), &(ParseOptions){0});
}

/* Whether the last query has this note. */
static inline bool fixture_has_note(const QueryFixture *self, const char *text)
{
    for (const QueryNote *note = self->query.notes; note; note = note->next)
        if (!strcmp(note->text, text)) return true;
    return false;
}

#endif
