/* plan_pairs.c - pairs of neighbouring words in the phrases of a plan.
 *
 * Where the list of a pair is stored it says more than those of its words: it
 * has the documents with both words next to each other. A pair that a segment
 * would store but does not rules out the phrase there (pairs.h). None of this
 * holds for a phrase with a slop, nor for words with a gap between them.
 */
#include "searcher/search/plan/plan.h"

static bool are_neighbours(const PlanWord *a, const PlanWord *b)
{
    return a->term_count == 1 && b->term_count == 1 &&
           b->position == a->position + 1;
}

/* Whether an earlier pair has the same words. Quadratic, as finding repeated
 * words is. */
static bool is_repeated(const PlanNode *phrase, size_t at)
{
    const PlanWord *words = phrase->words;
    for (size_t i = 0; i < at; i++) {
        if (phrase->pairs[i].term && words[i].first == words[at].first &&
            words[i + 1].first == words[at + 1].first) {
            return true;
        }
    }
    return false;
}

static Status look_up(const Plan *plan, const PlanWord *words, size_t segment,
                      PlanPair *pair, Error *error)
{
    const Postings *first = &words[0].terms[0]->lists[segment];
    const Postings *second = &words[1].terms[0]->lists[segment];
    pair->presences[segment] = PAIR_ABSENT;
    if (!first->df || !second->df) return OK;
    Postings *list = &pair->term->lists[segment];
    Status status = pairs_find(plan->index->segments[segment], first->number,
                               second->number, list, &pair->presences[segment],
                               error);
    if (status == OK)
        status = plan_count_list(plan, pair->term, segment, error);
    if (status == OK && pair->presences[segment] == PAIR_STORED && !list->df)
        pair->presences[segment] = PAIR_ABSENT;
    return status;
}

/* "new york": for traces. */
static Span text_of(const Plan *plan, const PlanWord *words)
{
    Span first = words[0].terms[0]->text, second = words[1].terms[0]->text;
    uint8_t *text = arena_alloc(plan->arena, first.size + 1 + second.size);
    if (!text) return (Span){0};
    memcpy(text, first.data, first.size);
    text[first.size] = ' ';
    memcpy(text + first.size + 1, second.data, second.size);
    return span_of(text, first.size + 1 + second.size);
}

static Status find_pair(const Plan *plan, const PlanWord *words, PlanPair *pair,
                        Error *error)
{
    size_t segments = plan->index->manifest.segment_count;
    pair->term = plan_new_term(plan, text_of(plan, words));
    pair->presences = arena_zeroed(plan->arena, segments + 1,
                                   sizeof *pair->presences);
    if (!pair->term || !pair->presences)
        return fail_memory(error, "planning a query");
    Status status = OK;
    for (size_t i = 0; status == OK && i < segments; i++)
        status = look_up(plan, words, i, pair, error);
    return status;
}

static bool has_pairs(const Index *index)
{
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        if (index->segments[i]->pair_words) return true;
    }
    return false;
}

/* Whether the phrase occurs exactly where, and as often as, its only pair. */
static bool is_pair(const PlanNode *phrase)
{
    return phrase->word_count == 2 && phrase->field == FIELD_ANY &&
           phrase->pairs && phrase->pairs[0].term;
}

static void become_term(PlanNode *phrase)
{
    phrase->kind = PLAN_TERM;
    phrase->terms = &phrase->pairs[0].term;
    phrase->term_count = 1;
}

static void become_phrase(PlanNode *phrase)
{
    phrase->kind = PLAN_PHRASE;
    phrase->terms = NULL;
    phrase->term_count = 0;
}

Status plan_find_pairs(Plan *plan, PlanNode *phrase, Error *error)
{
    size_t count = phrase->word_count;
    if (phrase->slop || !has_pairs(plan->index)) return OK;
    phrase->pairs = arena_zeroed(plan->arena, count, sizeof *phrase->pairs);
    if (!phrase->pairs) return fail_memory(error, "planning a query");
    for (size_t i = 0; i + 1 < count; i++) {
        const PlanWord *words = &phrase->words[i];
        if (!are_neighbours(&words[0], &words[1]) || is_repeated(phrase, i))
            continue;
        plan->cursor_count++;
        Status status = find_pair(plan, words, &phrase->pairs[i], error);
        if (status != OK) return status;
    }
    if (is_pair(phrase) && phrase->pairs[0].term->df) become_term(phrase);
    return OK;
}

/* --- In a segment --- */

static void cover(PlanNode *phrase, size_t at)
{
    PlanWord *word = &phrase->words[at];
    PlanWord *first = &phrase->words[word->first];
    word->is_covered = true;
    if (first->term_count == 1) first->is_covered = true;
}

/* Whether the word adds nothing to the parts: it is in a pair, or it
 * is repeated. With a slop each counts. */
static bool is_implied(const PlanNode *phrase, size_t at)
{
    const PlanWord *word = &phrase->words[at];
    const PlanWord *first = &phrase->words[word->first];
    if (phrase->slop) return false;
    if (word->is_covered) return true;
    return word->term_count == 1 && first->term_count == 1 &&
           (first != word || first->is_covered);
}

static void add_pairs(PlanNode *phrase, size_t segment, uint32_t first_cursor)
{
    for (size_t i = 0; i + 1 < phrase->word_count; i++) {
        PlanPair *pair = &phrase->pairs[i];
        if (!pair->term) continue;
        uint32_t cursor = first_cursor++;
        if (pair->presences[segment] == PAIR_UNKNOWN) continue;
        phrase->parts[phrase->part_count++] = (PlanPart){&pair->term, 1, cursor,
                                                         (uint32_t)i, true};
        cover(phrase, i);
        cover(phrase, i + 1);
    }
}

static void choose_parts(PlanNode *phrase, size_t segment)
{
    uint32_t cursor = phrase->first_cursor;
    phrase->part_count = 0;
    for (size_t i = 0; i < phrase->word_count; i++) {
        phrase->words[i].is_covered = false;
        cursor += (uint32_t)phrase->words[i].term_count;
    }
    if (phrase->pairs) add_pairs(phrase, segment, cursor);
    cursor = phrase->first_cursor;
    for (size_t i = 0; i < phrase->word_count; i++) {
        const PlanWord *word = &phrase->words[i];
        if (!is_implied(phrase, i)) {
            phrase->parts[phrase->part_count++] = (PlanPart){
                word->terms, word->term_count, cursor, (uint32_t)i, false};
        }
        cursor += (uint32_t)word->term_count;
    }
}

static void enter_nodes(PlanNode *const *nodes, size_t count, size_t segment)
{
    for (size_t i = 0; i < count; i++) plan_enter_segment(nodes[i], segment);
}

void plan_enter_segment(PlanNode *node, size_t segment)
{
    if (plan_is_phrase(node)) {
        become_phrase(node);
        choose_parts(node, segment);
        if (is_pair(node) && node->pairs[0].presences[segment] != PAIR_UNKNOWN)
            become_term(node);
    }
    enter_nodes(node->must, node->must_count, segment);
    enter_nodes(node->should, node->should_count, segment);
    enter_nodes(node->excluded, node->excluded_count, segment);
}
