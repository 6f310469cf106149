/* query_words.c - analyzes one item's text into a leaf of the tree. */
#include "searcher/query/query_words.h"

#include "searcher/query/query_limits.h"
#include "searcher/query/query_notes.h"
#include "searcher/query/query_words_internal.h"

/* Truncating is safe: documents with the whole phrase match its beginning. */
static void limit_phrase(QueryWords *words, QueryNode *phrase, size_t max)
{
    if (phrase->word_count <= max) return;
    phrase->word_count = max;
    if (words->noted_phrases) return;
    words->noted_phrases = true;
    note_limit(words->notes,
               "phrase%s has more than %zu words: the rest is ignored",
               phrase->slop ? " with ~" : "", max);
}

QueryNode *query_words_leaf(QueryWords *words, const QueryItem *item,
                            QueryField field)
{
    size_t star = item->kind == ITEM_WORD ? pattern_star(item->text) : 0;
    QueryNode *leaf;
    if (star && item->text.size > QUERY_MAX_PATTERN_BYTES) {
        note_warning(words->notes,
                     "%.*s...: pattern longer than %d bytes, treated as text",
                     NOTE_WORD(item->text), QUERY_MAX_PATTERN_BYTES);
        star = 0;
    }
    if (star)
        leaf = star_leaf(words, item->text, star, field);
    else if (item->kind == ITEM_WORD && item->tilde)
        leaf = fuzzy_leaf(words, item, field);
    else
        leaf = text_leaf(words, item->text, item->kind == ITEM_QUOTED, field);
    if (item->kind == ITEM_WORD) note_foreign_syntax(words->notes, item->text);
    bool leads = item->text.size && item->text.data[0] == '*';
    if (leads && item->kind == ITEM_WORD)
        note_leading_star(words, item->text, leaf);
    if (star && item->tilde)
        note_warning(words->notes,
                     "%.*s: ~%u cannot be combined with *, ignored",
                     NOTE_WORD(item->text), item->tilde);
    if (!leaf) return NULL;
    if (leaf->kind == QUERY_PHRASE) {
        if (item->kind == ITEM_QUOTED) leaf->slop = item->tilde;
        limit_phrase(words, leaf,
                     leaf->slop ? QUERY_MAX_SLOPPY : QUERY_MAX_PHRASE);
    }
    if (item->boost > 0) leaf->boost = item->boost;
    return leaf;
}

/* Other words leave no position without a word, except the last character of a
 * run such as 東京都. */
static bool has_stop_words(const Analyzer *analyzer)
{
    const AnalyzerOptions *options = analyzer_options(analyzer);
    return options->has_stop_words ? options->stop_words.size > 0
                                   : !strcmp(options->name, "english");
}

/* Whether only lone letters of short forms (it's, l'eau) were found. Otherwise
 * a bag of words is better without them: they are frequent initials, too. */
static bool has_only_letters(const Found *found)
{
    for (size_t i = 0; i < found->count; i++)
        if (!found->tokens[i].is_letter) return false;
    return true;
}

QueryNode *query_words_bag(QueryWords *words, Span text, QueryOccur occur)
{
    Found found = find_words(words, text);
    if (has_stop_words(words->analyzer) && found.count < found.positions) {
        words->dropped_stop_words = true;
        note_add(words->notes, "stop words dropped: %u",
                 found.positions - (uint32_t)found.count);
    }
    QueryNode *bag = found.count ? new_leaf(words, QUERY_BOOLEAN, FIELD_ANY)
                                 : NULL;
    if (!bag) return NULL;
    bag->boost = 0;
    bag->clauses = arena_alloc(words->arena,
                               found.count * sizeof *bag->clauses);
    if (!bag->clauses) return NULL;
    bool keeps_letters = has_only_letters(&found);
    for (size_t i = 0; i < found.count; i++) {
        if (found.tokens[i].is_letter && !keeps_letters) continue;
        QueryNode *leaf = token_leaf(words, &found.tokens[i], FIELD_ANY);
        if (!leaf && words->arena->status != OK) return NULL;
        if (leaf)
            bag->clauses[bag->clause_count++] = (QueryClause){occur, leaf};
    }
    return bag->clause_count ? bag : NULL;
}
