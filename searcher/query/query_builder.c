/* query_builder.c - constructs a query tree node by node. */
#include "searcher/query/query_builder.h"

#include "common/base/utf8_clean.h"
#include "searcher/query/query_limits.h"

#include <float.h>
#include <stdarg.h>
#include <stdio.h>

struct BuilderNode {
    QueryBuilder *builder;
    QueryNode *node;
    BuilderNode *parent; /* NULL: in no group */
    size_t capacity;     /* of a group's clauses */
    uint32_t height;     /* groups inside groups; 0 for a node that is not one
                            of query_builder_group */
    bool is_group;
};

void query_builder_start(QueryBuilder *builder, Arena *arena)
{
    /* The error is not cleared: it is large, and valid with a status only. */
    builder->arena = arena;
    builder->state = (ParseState){.arena = arena, .notes.arena = arena};
    builder->nothing = (QueryNode){.kind = QUERY_NOTHING, .boost = 1};
    builder->finished = false;
    builder->status = OK;
}

Query query_builder_nothing(QueryBuilder *builder)
{
    return (Query){.root = &builder->nothing};
}

void query_builder_fail(QueryBuilder *builder, Status status,
                        const char *format, ...)
{
    if (builder->status != OK) return;
    char text[ERROR_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    builder->status = fail(&builder->error, status, "%s", text);
}

static void fail_without_memory(QueryBuilder *builder)
{
    if (builder->status == OK)
        builder->status = fail_memory(&builder->error, "constructing a query");
}

/* Whether the builder goes on: no failure yet, and not finished. */
static bool goes_on(QueryBuilder *builder)
{
    if (builder->finished)
        query_builder_fail(builder, ERR_USAGE,
                           "the query is complete; clear it before "
                           "constructing another");
    return builder->status == OK;
}

static BuilderNode *wrap(QueryBuilder *builder, QueryNode *node)
{
    BuilderNode *self = arena_zeroed(builder->arena, 1, sizeof *self);
    if (!self || !node) {
        fail_without_memory(builder);
        return NULL;
    }
    self->builder = builder;
    self->node = node;
    return self;
}

static BuilderNode *new_leaf(QueryBuilder *builder, QueryKind kind,
                             QueryField field)
{
    QueryNode *node = arena_zeroed(builder->arena, 1, sizeof *node);
    if (node) {
        node->kind = kind;
        node->boost = 1;
        node->field = field;
    }
    return wrap(builder, node);
}

/* --- leaves --- */

/* Counts words against the limit of a query. */
static bool take_words(QueryBuilder *builder, size_t count)
{
    size_t left = QUERY_MAX_WORDS - builder->state.word_count;
    if (!goes_on(builder)) return false;
    if (count > left) {
        query_builder_fail(builder, ERR_LIMIT,
                           "the query has more than %d words", QUERY_MAX_WORDS);
        return false;
    }
    builder->state.word_count += count;
    return true;
}

static bool check_slop(QueryBuilder *builder, uint32_t slop)
{
    if (slop > QUERY_MAX_SLOP)
        query_builder_fail(builder, ERR_LIMIT,
                           "a slop of %u: at most %d is possible", slop,
                           QUERY_MAX_SLOP);
    return builder->status == OK;
}

static bool take_pattern(QueryBuilder *builder)
{
    if (builder->state.pattern_count < QUERY_MAX_PATTERNS) {
        builder->state.pattern_count++;
        return true;
    }
    query_builder_fail(builder, ERR_LIMIT,
                       "the query has more than %d patterns",
                       QUERY_MAX_PATTERNS);
    return false;
}

/* A copy of a term or pattern; {NULL, 0} with a failure if it is invalid. */
static Span copy_term(QueryBuilder *builder, const char *what, Span term)
{
    if (builder->status != OK) return (Span){0};
    if (term.size == 0 || !utf8_is_clean(term)) {
        query_builder_fail(builder, ERR_USAGE, "%s %s", what,
                           term.size ? "is not valid UTF-8" : "is empty");
        return (Span){0};
    }
    Span copy = arena_copy(builder->arena, term);
    if (!copy.data) fail_without_memory(builder);
    return copy;
}

BuilderNode *query_builder_term(QueryBuilder *builder, QueryField field,
                                Span term)
{
    if (!take_words(builder, 1)) return NULL;
    BuilderNode *self = new_leaf(builder, QUERY_TERM, field);
    if (self) self->node->term = copy_term(builder, "the term", term);
    return builder->status == OK ? self : NULL;
}

static bool check_pattern(QueryBuilder *builder, QueryPattern kind,
                          Span pattern, uint32_t edits)
{
    if (pattern.size > QUERY_MAX_PATTERN_BYTES)
        query_builder_fail(builder, ERR_LIMIT,
                           "the pattern is longer than %d bytes",
                           QUERY_MAX_PATTERN_BYTES);
    else if (kind == PATTERN_WILDCARD && pattern.size && *pattern.data == '*')
        query_builder_fail(builder, ERR_USAGE,
                           "the wildcard begins with a star");
    else if (kind == PATTERN_FUZZY && edits != 1 && edits != 2)
        query_builder_fail(builder, ERR_USAGE,
                           "%u edits of a fuzzy pattern: 1 or 2 are possible",
                           edits);
    else if (kind != PATTERN_FUZZY && edits)
        query_builder_fail(builder, ERR_USAGE,
                           "only a fuzzy pattern has edits");
    return builder->status == OK;
}

BuilderNode *query_builder_pattern(QueryBuilder *builder, QueryField field,
                                   QueryPattern kind, Span pattern,
                                   uint32_t edits)
{
    if (!take_words(builder, 1) || !take_pattern(builder)) return NULL;
    if (!check_pattern(builder, kind, pattern, edits)) return NULL;
    BuilderNode *self = new_leaf(builder, QUERY_EXPANSION, field);
    if (!self) return NULL;
    self->node->term = copy_term(builder, "the pattern", pattern);
    self->node->pattern = kind;
    self->node->edits = edits;
    return builder->status == OK ? self : NULL;
}

BuilderNode *query_builder_phrase(QueryBuilder *builder, QueryField field,
                                  size_t count, uint32_t slop)
{
    size_t max = slop ? QUERY_MAX_SLOPPY : QUERY_MAX_PHRASE;
    if (!goes_on(builder)) return NULL;
    if (count == 0)
        query_builder_fail(builder, ERR_USAGE, "the phrase has no terms");
    if (count > max)
        query_builder_fail(builder, ERR_LIMIT,
                           "the phrase%s has more than %zu terms",
                           slop ? " with slop" : "", max);
    if (!check_slop(builder, slop) || !take_words(builder, count)) return NULL;
    BuilderNode *self = new_leaf(builder,
                                 count == 1 ? QUERY_TERM : QUERY_PHRASE, field);
    if (!self || count == 1) return self;
    self->node->words = arena_zeroed(builder->arena, count,
                                     sizeof *self->node->words);
    self->node->word_count = count;
    self->node->slop = slop;
    if (self->node->words) return self;
    fail_without_memory(builder);
    return NULL;
}

void query_builder_word(BuilderNode *phrase, size_t i, Span term,
                        uint32_t position)
{
    if (!phrase) return;
    QueryBuilder *builder = phrase->builder;
    QueryNode *node = phrase->node;
    Span copy = copy_term(builder, "a term of the phrase", term);
    if (node->kind == QUERY_TERM) {
        node->term = copy;
        return;
    }
    /* The first word keeps its position until the last one is there. */
    uint32_t first = i ? node->words[0].position : position;
    if (i && position <= node->words[i - 1].position)
        query_builder_fail(builder, ERR_USAGE,
                           "the positions of a phrase do not ascend");
    else if (position - first >= QUERY_MAX_WORDS)
        query_builder_fail(builder, ERR_LIMIT,
                           "the positions of a phrase are more than %d apart",
                           QUERY_MAX_WORDS);
    node->words[i] = (PhraseWord){.term = copy, .position = position};
    if (i + 1 < node->word_count || builder->status != OK) return;
    for (size_t at = 0; at < node->word_count; at++)
        node->words[at].position -= first;
}

/* --- texts --- */

/* The node of a text; NULL without words, or with a failure. */
static BuilderNode *wrap_part(QueryBuilder *builder, Status status,
                              const Error *error, QueryNode *node)
{
    if (status != OK && builder->status == OK) {
        builder->status = status;
        builder->error = *error;
    }
    return status == OK && node ? wrap(builder, node) : NULL;
}

BuilderNode *query_builder_quoted(QueryBuilder *builder, QueryParser *parser,
                                  QueryField field, Span text, uint32_t slop)
{
    Error error;
    QueryNode *node;
    if (!goes_on(builder) || !check_slop(builder, slop)) return NULL;
    Status status = query_parse_quoted(parser, text, field, slop,
                                       &builder->state, &node, &error);
    return wrap_part(builder, status, &error, node);
}

BuilderNode *query_builder_parsed(QueryBuilder *builder, QueryParser *parser,
                                  Span text, const ParseOptions *options)
{
    Error error;
    QueryNode *node;
    if (!goes_on(builder)) return NULL;
    Status status = query_parse_part(parser, text, options, &builder->state,
                                     &node, &error);
    return wrap_part(builder, status, &error, node);
}

/* --- groups --- */

BuilderNode *query_builder_group(QueryBuilder *builder)
{
    if (!goes_on(builder)) return NULL;
    BuilderNode *self = new_leaf(builder, QUERY_BOOLEAN, FIELD_ANY);
    if (!self) return NULL;
    self->node->boost = 0; /* none: query_simplify.h */
    self->is_group = true;
    return self;
}

/* Room for one more clause. */
static bool reserve_clause(BuilderNode *group)
{
    QueryNode *node = group->node;
    if (node->clause_count < group->capacity) return true;
    size_t capacity = group->capacity ? 2 * group->capacity : 4;
    QueryClause *clauses = arena_alloc(group->builder->arena,
                                       capacity * sizeof *clauses);
    if (!clauses) {
        fail_without_memory(group->builder);
        return false;
    }
    if (node->clause_count)
        memcpy(clauses, node->clauses, node->clause_count * sizeof *clauses);
    node->clauses = clauses;
    group->capacity = capacity;
    return true;
}

/* Raises the heights above a new clause, in at most QUERY_MAX_DEPTH steps: the
 * height of a group that contains itself would exceed it. */
static void raise_heights(BuilderNode *group, BuilderNode *clause)
{
    uint32_t height = clause->height + 1;
    for (BuilderNode *at = group; at && at->height < height; at = at->parent) {
        at->height = height++;
        if (at->height <= QUERY_MAX_DEPTH + 1) continue;
        query_builder_fail(group->builder, ERR_LIMIT,
                           "groups are more than %d deep", QUERY_MAX_DEPTH);
        return;
    }
}

static bool contains(const BuilderNode *clause, const BuilderNode *group)
{
    while (group && group != clause) group = group->parent;
    return group != NULL;
}

void query_builder_add(BuilderNode *group, QueryOccur occur,
                       BuilderNode *clause)
{
    if (!group || !clause || !goes_on(group->builder)) return;
    QueryBuilder *builder = group->builder;
    if ((unsigned)occur > OCCUR_NOT)
        query_builder_fail(builder, ERR_USAGE, "unknown kind of clause %d",
                           (int)occur);
    else if (!group->is_group || clause->builder != builder)
        query_builder_fail(builder, ERR_USAGE,
                           group->is_group
                               ? "the clause belongs to another query"
                               : "clauses can be added to a group only");
    else if (clause->parent || contains(clause, group))
        query_builder_fail(builder, ERR_USAGE,
                           clause->parent ? "a node was added to two groups"
                                          : "a group was added to itself");
    if (builder->status != OK || !reserve_clause(group)) return;
    QueryNode *node = group->node;
    node->clauses[node->clause_count++] = (QueryClause){occur, clause->node};
    clause->parent = group;
    raise_heights(group, clause);
}

void query_builder_boost(BuilderNode *node, float boost)
{
    if (!node || !goes_on(node->builder)) return;
    if (!(boost > 0.0F && boost <= QUERY_MAX_BOOST)) { /* NaN too */
        query_builder_fail(node->builder, ERR_USAGE,
                           "boost %g is not above 0 and at most %g",
                           (double)boost, (double)QUERY_MAX_BOOST);
        return;
    }
    float own = node->node->boost;
    float product = own == 0.0F ? boost : own * boost;
    node->node->boost = product > 0.0F ? product : FLT_MIN; /* 0: none */
}

/* --- the whole --- */

/* The raw tree of a root: a Boolean node, as the parser's. */
static QueryNode *raw_root(QueryBuilder *builder, BuilderNode *root)
{
    if (root->node->kind == QUERY_BOOLEAN) return root->node;
    BuilderNode *group = query_builder_group(builder);
    query_builder_add(group, OCCUR_SHOULD, root);
    return group ? group->node : NULL;
}

static Status simplify(QueryBuilder *builder, BuilderNode *root,
                       uint32_t min_match, Query *out)
{
    QueryNode *raw = root ? raw_root(builder, root) : NULL, *node = NULL;
    if (builder->status != OK) return builder->status;
    if (raw && query_simplify_raw(raw, min_match, &builder->state, &node) != OK)
        fail_without_memory(builder);
    if (!node)
        note_add(&builder->state.notes,
                 builder->state.dropped_stop_words
                     ? "query has only stop words: no hits"
                     : "query has no words: no hits");
    if (builder->arena->status != OK) fail_without_memory(builder);
    if (builder->status == OK)
        *out = (Query){node ? node : &builder->nothing,
                       builder->state.notes.first};
    return builder->status;
}

Status query_builder_finish(QueryBuilder *builder, BuilderNode *root,
                            uint32_t min_match, Query *out, Error *error)
{
    *out = query_builder_nothing(builder);
    if (goes_on(builder) && root && (root->parent || root->builder != builder))
        query_builder_fail(builder, ERR_USAGE,
                           "the root of the query is part of %s",
                           root->parent ? "a group" : "another query");
    if (builder->status == OK && min_match > QUERY_MAX_WORDS)
        query_builder_fail(builder, ERR_USAGE,
                           "a minimum match of %u: at most %d is possible",
                           min_match, QUERY_MAX_WORDS);
    Status status = builder->status;
    if (status == OK) status = simplify(builder, root, min_match, out);
    builder->finished = true;
    if (status != OK) *error = builder->error;
    return status;
}
