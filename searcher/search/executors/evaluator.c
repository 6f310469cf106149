/* evaluator.c - the matches of a plan in a docid range, with their scores.
 *
 * Term-at-a-time within the range: each node yields a bit and a score for each
 * matching document; a Boolean node combines the match sets of its clauses.
 * Sums run in double in the order of the clauses and are rounded once
 * (query.h).
 */
#include "searcher/search/executors/evaluator.h"

/* Workspace of the nodes of one depth, one node at a time. */
struct Level {
    uint64_t wanted[WINDOW_WORDS]; /* other documents may be left out */
    MatchSet matches;
    uint64_t must_bits[WINDOW_WORDS], should_bits[WINDOW_WORDS];
    uint64_t excluded_bits[WINDOW_WORDS];
    double must[WINDOW_DOCUMENTS], should[WINDOW_DOCUMENTS];
    uint32_t counts[WINDOW_DOCUMENTS]; /* should clauses that match; of a
                                          synonym, the sum of tf */
};

/* Of the docid range only: whole windows are rare. */
static size_t bits_bytes(const Evaluator *e)
{
    return e->words * sizeof(uint64_t);
}

static void set_bit(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= 1ull << (at % 64);
}

typedef struct TermVisit {
    const Evaluator *evaluator;
    const ListCursor *cursor;
    MatchSet *matches;
    uint32_t *counts; /* of a synonym */
} TermVisit;

static void score_posting(void *self, uint32_t docid, uint32_t tf)
{
    const TermVisit *visit = self;
    const ListCursor *cursor = visit->cursor;
    uint32_t at = docid - visit->evaluator->first;
    set_bit(visit->matches->bits, at);
    visit->matches->scores[at] = bm25_score(
        cursor->weight, tf, cursor->inverse[cursor->norms[docid]]);
}

static void match_term(Evaluator *e, const PlanNode *node, MatchSet *matches)
{
    if (!node->terms[0]->lists[e->execution->segment_index].df) return;
    ListCursor *cursor = &e->execution->cursors[node->first_cursor];
    TermVisit visit = {e, cursor, matches, NULL};
    list_cursor_visit(cursor, e->first, e->end, score_posting, &visit);
}

static void add_tf(void *self, uint32_t docid, uint32_t tf)
{
    const TermVisit *visit = self;
    uint32_t at = docid - visit->evaluator->first;
    uint64_t *word = &visit->matches->bits[at / 64];
    if (!(*word >> (at % 64) & 1)) visit->counts[at] = 0;
    *word |= 1ull << (at % 64);
    visit->counts[at] += tf;
}

static void match_synonym(Evaluator *e, const PlanNode *node, Level *level)
{
    MatchSet *matches = &level->matches;
    for (size_t i = 0; i < node->term_count; i++) {
        if (!node->terms[i]->lists[e->execution->segment_index].df) continue;
        ListCursor *cursor = &e->execution->cursors[node->first_cursor + i];
        TermVisit visit = {e, cursor, matches, level->counts};
        list_cursor_visit(cursor, e->first, e->end, add_tf, &visit);
    }
    const Execution *x = e->execution;
    for (uint32_t at = match_set_next(e, matches, 0); at < WINDOW_DOCUMENTS;
         at = match_set_next(e, matches, at + 1)) {
        matches->scores[at] = bm25_score(
            node->weight, level->counts[at],
            x->plan->bm25->inverse[x->norms[e->first + at]]);
    }
}

/* bits &= the documents that have any of the terms of a word. */
static void keep_word(Evaluator *e, PlanTerm *const *terms, size_t count,
                      uint32_t cursor_index, uint64_t *bits)
{
    uint64_t word[WINDOW_WORDS];
    memset(word, 0, bits_bytes(e));
    for (size_t i = 0; i < count; i++) {
        if (!terms[i]->lists[e->execution->segment_index].df) continue;
        list_cursor_mark(&e->execution->cursors[cursor_index + i], e->first,
                         e->end, word);
    }
    for (size_t w = 0; w < e->words; w++) bits[w] &= word[w];
}

static bool any_bit(const Evaluator *e, const uint64_t *bits)
{
    uint64_t any = 0;
    for (size_t w = 0; w < e->words; w++) any |= bits[w];
    return any != 0;
}

static void score_phrases(Evaluator *e, const PlanNode *node, MatchSet *matches)
{
    const Execution *x = e->execution;
    PhraseMatcher *matcher = x->matchers[node->first_cursor];
    for (uint32_t at = match_set_next(e, matches, 0); at < WINDOW_DOCUMENTS;
         at = match_set_next(e, matches, at + 1)) {
        uint32_t docid = e->first + at;
        float frequency = phrase_matcher_frequency(matcher, docid);
        if (frequency == 0.0f) {
            matches->bits[at / 64] &= ~(1ull << (at % 64));
        } else {
            float inverse = x->plan->bm25->inverse[x->norms[docid]];
            matches->scores[at] = bm25_score_frequency(node->weight, frequency,
                                                       inverse);
        }
    }
}

/* First the wanted documents with all words, then their frequencies. */
static void match_positional(Evaluator *e, const PlanNode *node, Level *level)
{
    MatchSet *matches = &level->matches;
    memcpy(matches->bits, level->wanted, bits_bytes(e));
    if (node->kind != PLAN_PHRASE) {
        keep_word(e, node->terms, node->term_count, node->first_cursor,
                  matches->bits);
    }
    for (size_t i = 0; i < node->part_count; i++) {
        const PlanPart *part = &node->parts[i];
        keep_word(e, part->terms, part->term_count, part->first_cursor,
                  matches->bits);
        if (!any_bit(e, matches->bits)) return;
    }
    score_phrases(e, node, matches);
}

static void match_node(Evaluator *e, const PlanNode *node, Level *level);

/* Adds the scores of a clause to sums. */
static void add_clause_scores(const Evaluator *e, const MatchSet *clause,
                              double *sums, uint32_t *counts)
{
    for (uint32_t at = match_set_next(e, clause, 0); at < WINDOW_DOCUMENTS;
         at = match_set_next(e, clause, at + 1)) {
        sums[at] += (double)clause->scores[at];
        if (counts) counts[at]++;
    }
}

/* Which documents the clauses of a group have to consider: those that the group
 * has to and, if that saves decoding positions, that have its required words.
 */
static void want(Evaluator *e, const PlanNode *node, const Level *level,
                 uint64_t *wanted)
{
    memcpy(wanted, level->wanted, bits_bytes(e));
    bool spares = false;
    for (size_t i = 0; i < node->must_count; i++) {
        spares |= plan_is_positional(node->must[i]);
    }
    for (size_t i = 0; spares && i < node->must_count; i++) {
        const PlanNode *clause = node->must[i];
        if (clause->kind != PLAN_TERM || plan_is_positional(clause)) continue;
        keep_word(e, clause->terms, 1, clause->first_cursor, wanted);
    }
}

/* False if no document matches all required clauses. */
static bool match_must(Evaluator *e, const PlanNode *node, Level *level)
{
    MatchSet *clause = &level[1].matches;
    memcpy(level->must_bits, level[1].wanted, bits_bytes(e));
    memset(level->must, 0, e->words * 64 * sizeof *level->must);
    for (size_t i = 0; i < node->must_count; i++) {
        if (!any_bit(e, level->must_bits)) return false;
        match_node(e, node->must[i], level + 1);
        add_clause_scores(e, clause, level->must, NULL);
        for (size_t w = 0; w < e->words; w++) {
            level->must_bits[w] &= clause->bits[w];
        }
    }
    return any_bit(e, level->must_bits);
}

static void match_should(Evaluator *e, const PlanNode *node, Level *level)
{
    MatchSet *clause = &level[1].matches;
    memset(level->should_bits, 0, bits_bytes(e));
    memset(level->should, 0, e->words * 64 * sizeof *level->should);
    memset(level->counts, 0, e->words * 64 * sizeof *level->counts);
    for (size_t i = 0; i < node->should_count; i++) {
        match_node(e, node->should[i], level + 1);
        add_clause_scores(e, clause, level->should, level->counts);
        for (size_t w = 0; w < e->words; w++) {
            level->should_bits[w] |= clause->bits[w];
        }
    }
}

static void match_excluded(Evaluator *e, const PlanNode *node, Level *level)
{
    memset(level->excluded_bits, 0, bits_bytes(e));
    for (size_t i = 0; i < node->excluded_count; i++) {
        match_node(e, node->excluded[i], level + 1);
        for (size_t w = 0; w < e->words; w++) {
            level->excluded_bits[w] |= level[1].matches.bits[w];
        }
    }
}

static void match_boolean(Evaluator *e, const PlanNode *node, Level *level)
{
    MatchSet *matches = &level->matches;
    want(e, node, level, level[1].wanted);
    if (!match_must(e, node, level)) return;
    if (node->must_count) {
        memcpy(level[1].wanted, level->must_bits, bits_bytes(e));
    }
    match_should(e, node, level);
    match_excluded(e, node, level);
    for (size_t w = 0; w < e->words; w++) {
        matches->bits[w] = node->must_count ? level->must_bits[w]
                                            : level->should_bits[w];
        matches->bits[w] &= ~level->excluded_bits[w];
    }
    for (uint32_t at = match_set_next(e, matches, 0); at < WINDOW_DOCUMENTS;
         at = match_set_next(e, matches, at + 1)) {
        if (level->counts[at] < node->min_match) {
            matches->bits[at / 64] &= ~(1ull << (at % 64));
        }
        float score = (float)level->should[at];
        matches->scores[at] = node->must_count ? (float)level->must[at] + score
                                               : score;
    }
}

static void match_node(Evaluator *e, const PlanNode *node, Level *level)
{
    memset(level->matches.bits, 0, bits_bytes(e));
    if (node->kind == PLAN_NOTHING) return;
    if (node->kind == PLAN_BOOLEAN) {
        match_boolean(e, node, level);
    } else if (plan_is_positional(node)) {
        match_positional(e, node, level);
    } else if (node->kind == PLAN_SYNONYM) {
        match_synonym(e, node, level);
    } else {
        match_term(e, node, &level->matches);
    }
}

Status evaluator_init(Evaluator *evaluator, Execution *execution, Error *error)
{
    const PlanNode *root = execution->plan->root;
    *evaluator = (Evaluator){.execution = execution};
    evaluator->levels = arena_alloc_aligned(
        execution->arena, (root->depth + 1) * sizeof *evaluator->levels);
    return evaluator->levels ? OK : fail_memory(error, "searching");
}

/* Documents that are not live need not be matched, nor their positions be
 * decoded. */
static void want_live(Evaluator *e)
{
    uint64_t *wanted = e->levels->wanted;
    const uint64_t *live = e->execution->live;
    memset(wanted, 0xff, bits_bytes(e));
    for (uint32_t w = 0; live && e->first + w * 64 < e->end; w++)
        wanted[w] = live[e->first / 64 + w];
}

const MatchSet *evaluator_match(Evaluator *evaluator, uint32_t first,
                                uint32_t words)
{
    const Execution *x = evaluator->execution;
    MatchSet *matches = &evaluator->levels->matches;
    uint32_t left = x->segment->document_count - first;
    evaluator->first = first;
    evaluator->words = words;
    evaluator->end = first + (left < words * 64 ? left : words * 64);
    want_live(evaluator);
    match_node(evaluator, x->plan->root, evaluator->levels);
    for (uint32_t w = 0; x->live && first + w * 64 < evaluator->end; w++) {
        matches->bits[w] &= x->live[first / 64 + w];
    }
    return matches;
}
