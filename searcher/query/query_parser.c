/* query_parser.c - parses any bytes into a query tree, in linear time.
 *
 * Recursive descent: the lexer splits the text into items, query_words.c makes
 * leaves of them, this file joins the leaves by the grammar below, and
 * query_simplify.c rewrites the tree:
 *
 *   sequence  = { choice }
 *   choice    = both { OR both }                 a should clause for each
 *   both      = operand { AND operand }          a must clause for each
 *   operand   = [NOT] [+|-] ( word | quote | "(" sequence ")" )
 *
 * AND and OR are operators between two operands, NOT before one; elsewhere
 * they are words. A sign has the same meaning everywhere: inside a choice, +a
 * is required and -a excluded. An operand that is left without words is
 * ignored.
 */
#include "searcher/query/query_parser.h"

#include "common/base/utf8_clean.h"
#include "searcher/query/query_simplify.h"
#include "searcher/query/query_words.h"

#include <stdlib.h>

struct QueryParser {
    QueryWords words;
    Buf items;   /* QueryItems of the text */
    Buf clauses; /* a stack: QueryClauses of the groups being read */
    Buf table;
};

/* One query being read. */
typedef struct Parse {
    QueryWords *words;
    Buf *clauses;
    const QueryItem *items;
    size_t count;
    size_t at;
    QueryOccur bare; /* occur of a word without sign and operator */
} Parse;

typedef struct Operand {
    ItemSign sign;
    QueryNode *node; /* NULL: no words left */
} Operand;

Status query_parser_new(const Analyzer *analyzer, QueryParser **out,
                        Error *error)
{
    *out = NULL;
    QueryParser *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "making a query parser");
    self->words.analyzer = analyzer;
    Status status = token_stream_new(analyzer, &self->words.stream, error);
    if (status != OK) {
        query_parser_free(self);
        return status;
    }
    *out = self;
    return OK;
}

void query_parser_free(QueryParser *parser)
{
    if (!parser) return;
    token_stream_free(parser->words.stream);
    buf_release(&parser->words.tokens);
    buf_release(&parser->words.folded);
    buf_release(&parser->items);
    buf_release(&parser->clauses);
    buf_release(&parser->table);
    free(parser);
}

/* --- groups --- */

static void put_clause(Parse *parse, Operand operand, QueryOccur unsigned_occur)
{
    if (!operand.node) return;
    QueryClause clause = {unsigned_occur, operand.node};
    if (operand.sign == SIGN_PLUS) clause.occur = OCCUR_MUST;
    if (operand.sign == SIGN_MINUS) clause.occur = OCCUR_NOT;
    buf_put(parse->clauses, &clause, sizeof clause);
}

/* Pops the clauses since `mark` into a raw group; NULL without any. */
static QueryNode *take_group(Parse *parse, size_t mark)
{
    Buf *clauses = parse->clauses;
    size_t size = clauses->size - mark;
    clauses->size = mark;
    if (size == 0 || clauses->status != OK) return NULL;
    QueryNode *group = arena_zeroed(parse->words->arena, 1, sizeof *group);
    QueryClause *copy = arena_alloc(parse->words->arena, size);
    if (!group || !copy) return NULL;
    memcpy(copy, clauses->data + mark, size);
    group->kind = QUERY_BOOLEAN;
    group->clauses = copy;
    group->clause_count = size / sizeof *copy;
    return group;
}

/* --- the grammar; at most QUERY_MAX_DEPTH groups deep --- */

static QueryNode *read_sequence(Parse *parse, QueryField field);

/* Whether the current item is the keyword `kind` and an operand follows. */
static bool is_operator(const Parse *parse, ItemKind kind)
{
    return parse->at + 1 < parse->count &&
           parse->items[parse->at].kind == kind &&
           parse->items[parse->at + 1].kind != ITEM_CLOSE;
}

static Operand read_operand(Parse *parse, QueryField field)
{
    bool negated = is_operator(parse, ITEM_NOT) &&
                   parse->items[parse->at + 1].kind != ITEM_NOT;
    parse->at += negated;
    const QueryItem *item = &parse->items[parse->at++];
    if (item->field != FIELD_ANY) field = item->field;
    Operand operand = {negated ? SIGN_MINUS : item->sign, NULL};
    if (item->kind == ITEM_OPEN) {
        operand.node = read_sequence(parse, field);
        if (operand.node) operand.node->boost = item->boost;
        parse->at++;
    } else {
        operand.node = query_words_leaf(parse->words, item, field);
    }
    return operand;
}

/* Operands joined by `keyword`: a group if there is more than one. */
static Operand read_joined(Parse *parse, QueryField field, ItemKind keyword,
                           QueryOccur occur,
                           Operand (*read_one)(Parse *, QueryField))
{
    size_t mark = parse->clauses->size;
    Operand operand = read_one(parse, field);
    if (!is_operator(parse, keyword)) return operand;
    put_clause(parse, operand, occur);
    while (is_operator(parse, keyword)) {
        parse->at++;
        put_clause(parse, read_one(parse, field), occur);
    }
    return (Operand){SIGN_NONE, take_group(parse, mark)};
}

static Operand read_both(Parse *parse, QueryField field)
{
    return read_joined(parse, field, ITEM_AND, OCCUR_MUST, read_operand);
}

static Operand read_choice(Parse *parse, QueryField field)
{
    return read_joined(parse, field, ITEM_OR, OCCUR_SHOULD, read_both);
}

static QueryNode *read_sequence(Parse *parse, QueryField field)
{
    size_t mark = parse->clauses->size;
    while (parse->at < parse->count &&
           parse->items[parse->at].kind != ITEM_CLOSE)
        put_clause(parse, read_choice(parse, field), parse->bare);
    return take_group(parse, mark);
}

/* --- the whole --- */

static QueryNode *read_operators(QueryParser *parser, Span text,
                                 QueryOccur bare)
{
    query_lex(text, &parser->items, parser->words.notes);
    if (parser->items.status != OK) return NULL;
    Parse parse = {.words = &parser->words,
                   .clauses = &parser->clauses,
                   .items = (const QueryItem *)(const void *)parser->items.data,
                   .count = parser->items.size / sizeof(QueryItem),
                   .bare = bare};
    return read_sequence(&parse, FIELD_ANY);
}

/* min_match counts the alternatives of the whole query, also if they are one
 * clause: a OR b OR c. */
static void set_min_match(QueryNode *root, uint32_t min_match)
{
    while (root->clause_count == 1 && root->clauses[0].occur != OCCUR_NOT &&
           root->clauses[0].node->kind == QUERY_BOOLEAN)
        root = root->clauses[0].node;
    root->min_match = min_match;
}

static QueryNode *read_raw(QueryParser *parser, Span text,
                           const ParseOptions *options)
{
    QueryOccur bare = options->require_all ? OCCUR_MUST : OCCUR_SHOULD;
    return options->plain ? query_words_bag(&parser->words, text, bare)
                          : read_operators(parser, text, bare);
}

static QueryNode *simplify_raw(QueryNode *raw, uint32_t min_match, Arena *arena,
                               NoteList *notes, Buf *table)
{
    set_min_match(raw, min_match);
    QuerySimplifier simplifier = {arena, notes, table};
    return query_simplify(&simplifier, raw);
}

static bool out_of_memory(const QueryParser *parser)
{
    return parser->words.status != OK || parser->words.arena->status != OK ||
           parser->items.status != OK || parser->clauses.status != OK ||
           parser->table.status != OK;
}

/* Begins a text of a query. */
static void begin(QueryParser *parser, Span text, ParseState *state)
{
    QueryWords *words = &parser->words;
    words->arena = state->arena;
    words->notes = &state->notes;
    words->word_count = state->word_count;
    words->pattern_count = state->pattern_count;
    words->dropped_stop_words = state->dropped_stop_words;
    words->noted_stems = false;
    words->noted_words = false;
    words->noted_phrases = false;
    words->noted_patterns = false;
    words->status = OK;
    buf_clear(&parser->items);
    buf_clear(&parser->clauses);
    buf_clear(&parser->table);

    if (!utf8_is_clean(text))
        note_warning(&state->notes, "invalid UTF-8 separates words");
}

static Status end(QueryParser *parser, ParseState *state, Error *error)
{
    QueryWords *words = &parser->words;
    bool failed = out_of_memory(parser);
    state->word_count = words->word_count;
    state->pattern_count = words->pattern_count;
    state->dropped_stop_words = words->dropped_stop_words;
    words->notes = NULL;
    words->arena = NULL;
    return failed ? fail_memory(error, "parsing a query") : OK;
}

Status query_parse(QueryParser *parser, Span text, const ParseOptions *options,
                   Arena *arena, Query *out, Error *error)
{
    ParseState state = {.arena = arena, .notes.arena = arena};
    *out = (Query){0};
    begin(parser, text, &state);
    QueryNode *root = read_raw(parser, text, options);
    if (root)
        root = simplify_raw(root, options->min_match, arena, &state.notes,
                            &parser->table);
    if (!root) {
        note_add(&state.notes, parser->words.dropped_stop_words
                                   ? "query has only stop words: no hits"
                                   : "query has no words: no hits");
        root = arena_alloc(arena, sizeof *root);
        if (root) *root = (QueryNode){.kind = QUERY_NOTHING, .boost = 1};
    }
    Status status = end(parser, &state, error);
    if (status == OK) *out = (Query){root, state.notes.first};
    return status;
}

/* --- parts of a query under construction --- */

Status query_parse_part(QueryParser *parser, Span text,
                        const ParseOptions *options, ParseState *state,
                        QueryNode **out, Error *error)
{
    begin(parser, text, state);
    *out = read_raw(parser, text, options);
    return end(parser, state, error);
}

Status query_parse_quoted(QueryParser *parser, Span text, QueryField field,
                          uint32_t slop, ParseState *state, QueryNode **out,
                          Error *error)
{
    QueryItem item = {.kind = ITEM_QUOTED, .tilde = slop, .text = text};
    begin(parser, text, state);
    *out = query_words_leaf(&parser->words, &item, field);
    return end(parser, state, error);
}

Status query_simplify_raw(QueryNode *raw, uint32_t min_match, ParseState *state,
                          QueryNode **out)
{
    Buf table = {0};
    *out = simplify_raw(raw, min_match, state->arena, &state->notes, &table);
    Status status = table.status != OK ? table.status : state->arena->status;
    buf_release(&table);
    return status;
}
