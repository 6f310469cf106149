/* plan.c - looks up the words of a query tree.
 *
 * What cannot match is dropped here, so that executors never see it: a word
 * that the index lacks, a phrase with such a word, an empty group. A required
 * clause that cannot match removes its whole group.
 */
#include "searcher/search/plan/plan.h"

#include "common/segment/dictionary/dictionary.h"
#include "searcher/query/query_limits.h"
#include "searcher/search/plan/expansion.h"

#include <math.h>
#include <stdio.h>

typedef struct Builder {
    Plan *plan;
    const SearchOptions *options;
    size_t expansions_left; /* for all patterns of the query together */
    TermRecord *records;    /* of the word being looked up, one a segment */
    bool *found;
    QueryNote **last_note;
    bool noted_no_positions;
    Error *error;
} Builder;

static Status build_node(Builder *b, const QueryNode *query, PlanNode **out);

static void add_note(Builder *b, const char *text, Advice advice)
{
    QueryNote *note = arena_alloc(b->plan->arena, sizeof *note);
    Span copy = arena_copy(b->plan->arena, span_text(text));
    if (!note || !copy.data) return;
    *note = (QueryNote){
        .text = (const char *)copy.data, .advice = advice, .is_warning = true};
    *b->last_note = note;
    b->last_note = (QueryNote **)(void *)&note->next;
}

static bool has_positions(const Builder *b)
{
    return b->plan->index->manifest.has_positions;
}

static void note_no_positions(Builder *b)
{
    if (b->noted_no_positions) return;
    b->noted_no_positions = true;
    add_note(b,
             "the index has no positions: phrases, title: and text: match "
             "documents with all of their words",
             ADVICE_NONE);
}

static PlanNode *new_node(Builder *b, PlanKind kind, const QueryNode *query)
{
    PlanNode *node = arena_zeroed(b->plan->arena, 1, sizeof *node);
    if (!node) return NULL;
    node->kind = kind;
    node->query = query;
    return node;
}

static Status no_memory(Builder *b)
{
    return fail_memory(b->error, "planning a query");
}

/* Looks a word up in every segment. */
static Status find_term(Builder *b, Span text, PlanTerm **out)
{
    Index *index = b->plan->index;
    size_t segments = index->manifest.segment_count;
    PlanTerm *term = plan_new_term(b->plan, text);
    if (!term) return no_memory(b);
    Status status = dictionary_find_all(index->segments, segments, text,
                                        b->records, b->found, b->error);
    for (size_t i = 0; status == OK && i < segments; i++) {
        if (b->found[i]) {
            status = postings_open(index->segments[i], &b->records[i],
                                   &term->lists[i], b->error);
        }
        if (status == OK) status = plan_count_list(b->plan, term, i, b->error);
    }
    if (status != OK) return status;
    if (term->df) {
        term->idf = bm25_idf(index->manifest.nonempty_count, term->df);
    }
    b->plan->lacks_words |= term->df == 0;
    *out = term;
    return OK;
}

/* The same for a word of the query: its text is copied, so that the terms of a
 * plan (plan_terms) do not need the query any more. */
static Status find_word(Builder *b, Span text, PlanTerm **out)
{
    Span copy = arena_copy(b->plan->arena, text);
    return copy.data ? find_term(b, copy, out) : no_memory(b);
}

/* The field that a leaf is limited to; FIELD_ANY without positions. */
static QueryField field_of(Builder *b, const QueryNode *query)
{
    if (query->field == FIELD_ANY || has_positions(b)) return query->field;
    note_no_positions(b);
    return FIELD_ANY;
}

static Status build_leaf(Builder *b, PlanKind kind, const QueryNode *query,
                         float idf, PlanNode **out)
{
    PlanNode *node = new_node(b, kind, query);
    if (!node) return no_memory(b);
    node->idf = idf;
    node->weight = query->boost * idf;
    node->field = field_of(b, query);
    node->first_cursor = b->plan->cursor_count;
    *out = node;
    return OK;
}

static Status build_terms(Builder *b, const QueryNode *query, PlanTerm **terms,
                          size_t count, PlanNode **out)
{
    float idf = terms[0]->idf;
    for (size_t i = 1; i < count; i++) {
        if (terms[i]->idf < idf) idf = terms[i]->idf; /* of the largest df */
    }
    PlanKind kind = count == 1 ? PLAN_TERM : PLAN_SYNONYM;
    Status status = build_leaf(b, kind, query, idf, out);
    if (status != OK) return status;
    (*out)->terms = terms;
    (*out)->term_count = count;
    b->plan->cursor_count += (uint32_t)count;
    return OK;
}

static Status build_term(Builder *b, const QueryNode *query, PlanNode **out)
{
    PlanTerm **terms = arena_alloc(b->plan->arena, sizeof *terms);
    if (!terms) return no_memory(b);
    Status status = find_word(b, query->term, &terms[0]);
    if (status != OK || !terms[0]->df) return status;
    return build_terms(b, query, terms, 1, out);
}

/* Looks up all terms of an expansion. */
static Status find_terms(Builder *b, const Expansion *expansion,
                         PlanTerm ***out)
{
    PlanTerm **terms = arena_alloc(b->plan->arena,
                                   (expansion->count + 1) * sizeof *terms);
    if (!terms) return no_memory(b);
    for (size_t i = 0; i < expansion->count; i++) {
        Status status = find_term(b, expansion->terms[i].text, &terms[i]);
        if (status != OK) return status;
    }
    b->plan->lacks_words |= expansion->count == 0;
    *out = terms;
    return OK;
}

static void note_cap(Builder *b, Span pattern, const char *mark,
                     const Expansion *expansion)
{
    if (expansion->found == expansion->count) return;
    char text[256];
    snprintf(text, sizeof text,
             "%.*s%s: the %zu most frequent of %zu terms are searched",
             (int)(pattern.size < 80 ? pattern.size : 80),
             (const char *)pattern.data, mark, expansion->count,
             expansion->found);
    add_note(b, text, ADVICE_RAISE_MAX_EXPANSIONS);
}

/* How many terms the next pattern may match; each gets at least one. */
static size_t expansion_limit(const Builder *b)
{
    size_t limit = b->options->max_expansions;
    if (limit > b->expansions_left) limit = b->expansions_left;
    return limit ? limit : 1;
}

static void take_expansions(Builder *b, size_t count)
{
    size_t left = b->expansions_left;
    b->expansions_left = count < left ? left - count : 0;
}

static Status build_expansion(Builder *b, const QueryNode *query,
                              PlanNode **out)
{
    Expansion expansion;
    PlanTerm **terms = NULL;
    Status status = expansion_find(b->plan->index, query, expansion_limit(b),
                                   b->plan->arena, &expansion, b->error);
    if (status == OK) status = find_terms(b, &expansion, &terms);
    if (status != OK || !expansion.count) return status;
    take_expansions(b, expansion.count);
    note_cap(b, query->term, query_pattern_mark(query), &expansion);
    return build_terms(b, query, terms, expansion.count, out);
}

static Status build_word(Builder *b, const PhraseWord *word, PlanWord *out)
{
    Plan *plan = b->plan;
    *out = (PlanWord){.position = word->position};
    if (!word->is_pattern) {
        out->terms = arena_alloc(plan->arena, sizeof *out->terms);
        if (!out->terms) return no_memory(b);
        Status status = find_word(b, word->term, &out->terms[0]);
        out->term_count = status == OK && out->terms[0]->df;
        return status;
    }
    Expansion expansion;
    QueryNode pattern = query_word_expansion(word);
    Status status = expansion_find(plan->index, &pattern, expansion_limit(b),
                                   plan->arena, &expansion, b->error);
    if (status == OK) status = find_terms(b, &expansion, &out->terms);
    if (status != OK) return status;
    out->term_count = expansion.count;
    take_expansions(b, expansion.count);
    note_cap(b, word->term, query_pattern_mark(&pattern), &expansion);
    return OK;
}

static float word_idf(const PlanWord *word)
{
    float idf = word->terms[0]->idf;
    for (size_t i = 1; i < word->term_count; i++) {
        if (word->terms[i]->idf < idf) idf = word->terms[i]->idf;
    }
    return idf;
}

/* Finds repeated words. Quadratic in at most QUERY_MAX_PHRASE words, once a
 * query: this takes no longer than their dictionary lookups. */
static void find_repeats(PlanWord *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Span text = words[i].terms[0]->text;
        uint32_t first = 0;
        while (!span_equal(words[first].terms[0]->text, text)) first++;
        words[i].first = first;
    }
}

static Status build_positional(Builder *b, const QueryNode *query,
                               PlanWord *words, PlanNode **out)
{
    double idf = 0.0;
    for (size_t i = 0; i < query->word_count; i++) {
        idf += (double)word_idf(&words[i]);
    }
    Status status = build_leaf(b, PLAN_PHRASE, query, (float)idf, out);
    if (status != OK) return status;
    PlanNode *node = *out;
    find_repeats(words, query->word_count);
    node->words = words;
    node->word_count = query->word_count;
    node->slop = query->slop;
    for (size_t i = 0; i < query->word_count; i++) {
        b->plan->cursor_count += (uint32_t)words[i].term_count;
    }
    node->parts = arena_alloc(b->plan->arena,
                              2 * query->word_count * sizeof *node->parts);
    if (!node->parts) return no_memory(b);
    /* Scoring every match shows what pairs must not change. */
    if (b->options->exhaustive) return OK;
    return plan_find_pairs(b->plan, node, b->error);
}

/* Without positions a phrase is the conjunction of its words. */
static Status build_conjunction(Builder *b, const QueryNode *query,
                                PlanWord *words, PlanNode **out)
{
    note_no_positions(b);
    PlanNode *node = new_node(b, PLAN_BOOLEAN, query);
    if (!node) return no_memory(b);
    node->depth = 1;
    node->must = arena_alloc(b->plan->arena,
                             query->word_count * sizeof *node->must);
    if (!node->must) return no_memory(b);
    for (size_t i = 0; i < query->word_count; i++) {
        Status status = build_terms(b, query, words[i].terms,
                                    words[i].term_count, &node->must[i]);
        if (status != OK) return status;
    }
    node->must_count = query->word_count;
    *out = node;
    return OK;
}

static Status build_phrase(Builder *b, const QueryNode *query, PlanNode **out)
{
    PlanWord *words = arena_alloc(b->plan->arena,
                                  query->word_count * sizeof *words);
    if (!words) return no_memory(b);
    for (size_t i = 0; i < query->word_count; i++) {
        Status status = build_word(b, &query->words[i], &words[i]);
        if (status != OK || !words[i].term_count) return status;
    }
    return has_positions(b) ? build_positional(b, query, words, out)
                            : build_conjunction(b, query, words, out);
}

static void add_clause(PlanNode *node, QueryOccur occur, PlanNode *clause)
{
    switch (occur) {
    case OCCUR_MUST: node->must[node->must_count++] = clause; break;
    case OCCUR_SHOULD: node->should[node->should_count++] = clause; break;
    case OCCUR_NOT: node->excluded[node->excluded_count++] = clause; break;
    }
}

static PlanNode **new_clauses(Builder *b, size_t count)
{
    return arena_alloc(b->plan->arena, (count + 1) * sizeof(PlanNode *));
}

/* Reduces a group to itself, its only clause, or NULL if it cannot match. */
static PlanNode *finalize_group(PlanNode *node)
{
    size_t positive = node->must_count + node->should_count;
    uint32_t min = node->min_match;
    if (min == 0 && node->must_count == 0) min = 1;
    if (positive == 0 || node->should_count < min) return NULL;
    if (positive == 1 && node->excluded_count == 0) {
        return node->must_count ? node->must[0] : node->should[0];
    }
    node->min_match = min;
    return node;
}

static Status build_boolean(Builder *b, const QueryNode *query, PlanNode **out)
{
    PlanNode *node = new_node(b, PLAN_BOOLEAN, query);
    if (!node) return no_memory(b);
    node->must = new_clauses(b, query->clause_count);
    node->should = new_clauses(b, query->clause_count);
    node->excluded = new_clauses(b, query->clause_count);
    if (b->plan->arena->status != OK) return no_memory(b);
    node->min_match = query->min_match;
    for (size_t i = 0; i < query->clause_count; i++) {
        PlanNode *clause = NULL;
        QueryOccur occur = query->clauses[i].occur;
        Status status = build_node(b, query->clauses[i].node, &clause);
        if (status != OK) return status;
        if (clause) {
            add_clause(node, occur, clause);
            if (clause->depth >= node->depth) node->depth = clause->depth + 1;
        } else if (occur == OCCUR_MUST) {
            return OK;
        }
    }
    *out = finalize_group(node);
    return OK;
}

/* *out is NULL if the node cannot match. */
static Status build_node(Builder *b, const QueryNode *query, PlanNode **out)
{
    *out = NULL;
    switch (query->kind) {
    case QUERY_NOTHING: return OK;
    case QUERY_TERM: return build_term(b, query, out);
    case QUERY_PHRASE: return build_phrase(b, query, out);
    case QUERY_EXPANSION: return build_expansion(b, query, out);
    case QUERY_BOOLEAN: return build_boolean(b, query, out);
    }
    return OK;
}

static Status choose_parameters(Plan *plan, const SearchOptions *options,
                                Scoring *scoring, Error *error)
{
    const Manifest *manifest = &plan->index->manifest;
    float k1 = isnan(options->k1) ? manifest->k1 : options->k1;
    float b = isnan(options->b) ? manifest->b : options->b;
    Status status = scoring_set(scoring, plan->index, k1, b, error);
    plan->bm25 = &scoring->bm25;
    plan->scales = scoring->segments;
    return status;
}

Status plan_build(Index *index, const Query *query,
                  const SearchOptions *options, Scoring *scoring, Arena *arena,
                  Plan *out, Error *error)
{
    *out = (Plan){.index = index, .arena = arena};
    Builder builder = {.plan = out, .options = options, .error = error};
    builder.expansions_left = options->max_expansions > QUERY_MAX_EXPANSIONS
                                  ? options->max_expansions
                                  : QUERY_MAX_EXPANSIONS;
    size_t segments = index->manifest.segment_count + 1;
    builder.records = arena_alloc(arena, segments * sizeof *builder.records);
    builder.found = arena_alloc(arena, segments * sizeof *builder.found);
    if (!builder.records || !builder.found) return no_memory(&builder);
    builder.last_note = (QueryNote **)(void *)&out->notes;
    PlanNode *root;
    Status status = choose_parameters(out, options, scoring, error);
    if (status == OK) status = build_node(&builder, query->root, &root);
    if (status != OK) return status;
    if (!root) {
        root = new_node(&builder, PLAN_NOTHING, query->root);
        if (!root) return no_memory(&builder);
    }
    out->root = root;
    return OK;
}

static void visit_leaf(const PlanNode *node,
                       void (*visit)(void *self, const SearchTerm *term),
                       void *self, uint32_t word)
{
    SearchTerm term = {
        .word = word, .idf = node->idf, .field = node->field, .slot_count = 1};
    for (size_t i = 0; !plan_is_phrase(node) && i < node->term_count; i++) {
        term.text = node->terms[i]->text;
        visit(self, &term);
    }
    if (!plan_is_phrase(node)) return;
    term.slot_count = (uint32_t)node->word_count;
    term.slop = node->slop;
    for (; term.slot < node->word_count; term.slot++) {
        const PlanWord *phrase_word = &node->words[term.slot];
        term.offset = phrase_word->position;
        for (size_t i = 0; i < phrase_word->term_count; i++) {
            term.text = phrase_word->terms[i]->text;
            visit(self, &term);
        }
    }
}

void plan_terms(const PlanNode *node,
                void (*visit)(void *self, const SearchTerm *term), void *self,
                uint32_t *word)
{
    if (node->term_count || node->word_count) {
        visit_leaf(node, visit, self, (*word)++);
    }
    for (size_t i = 0; i < node->must_count; i++) {
        plan_terms(node->must[i], visit, self, word);
    }
    for (size_t i = 0; i < node->should_count; i++) {
        plan_terms(node->should[i], visit, self, word);
    }
}
