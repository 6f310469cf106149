/* query_words.c - analyzes one item's text into a leaf of the tree. */
#include "searcher/query/query_words.h"

#include "common/text/compound.h"
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

static Span spelling(Span text, const Token *token)
{
    return span_of(text.data + token->start, token->end - token->start);
}

/* Whether an apostrophe between two words makes a short form of them. */
static ShortForm short_form(Span text, const Token *first, const Token *second)
{
    if (first->end >= second->start || second->start - first->end > 3)
        return SHORT_FORM_NONE;
    size_t size = sign_at(text, first->end, TRAIT_APOSTROPHE);
    if (first->end + size != second->start) return SHORT_FORM_NONE;
    return compound_short_form(spelling(text, first), spelling(text, second));
}

/* The leaf of the word at *at, which is moved after it. Of a short form only
 * the word counts, the other part would find what was not meant: alice's is
 * alice, l'eau is eau. But i'm, which is not about an i, is "i m". */
static QueryNode *bag_leaf(QueryWords *words, Span text, const Found *found,
                           size_t *at)
{
    const Token *token = &found->tokens[(*at)++];
    bool is_last = *at == found->count;
    ShortForm form = is_last ? SHORT_FORM_NONE
                             : short_form(text, token, token + 1);
    if (form == SHORT_FORM_ELISION) return NULL;
    *at += form == SHORT_FORM_CLITIC;
    if (form == SHORT_FORM_NONE || token->term.size > 1)
        return token_leaf(words, token, FIELD_ANY);
    Found pair = {.tokens = token, .count = 2};
    return phrase_leaf(words, &pair, 2, FIELD_ANY);
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
    for (size_t at = 0; at < found.count;) {
        QueryNode *leaf = bag_leaf(words, text, &found, &at);
        if (!leaf && words->arena->status != OK) return NULL;
        if (leaf)
            bag->clauses[bag->clause_count++] = (QueryClause){occur, leaf};
    }
    return bag->clause_count ? bag : NULL;
}
