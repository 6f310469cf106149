/* query_format.c - prints a tree as one line of the query language.
 *
 * Parsing the line gives the same tree, if the analyzer leaves words unchanged
 * and treats "_" as a stop word. A few things have no syntax: min_match is
 * not shown; a pattern inside a phrase is shown as one, where it would be
 * text; a pattern that begins with "title:" looks like one for the title
 * field; and a term with both kinds of quotation marks, which only the
 * whitespace analyzer produces, is shown in curly quotes.
 */
#include "common/base/c_locale.h"
#include "searcher/query/query_lexer.h"
#include "searcher/query/query_parser.h"
#include "searcher/query/query_simplify.h"

#include <stdio.h>
#include <stdlib.h>

/* --- leaves --- */

/* With the fewest decimals that read back as the same float. */
static void put_boost(Buf *out, float boost)
{
    enum { MAX_DECIMALS = 16 };
    char digits[64];
    locale_t locale = c_locale_enter();
    for (int decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
        snprintf(digits, sizeof digits, "%.*f", decimals, (double)boost);
        if (strtof(digits, NULL) == boost) break;
    }
    c_locale_leave(locale);
    buf_printf(out, "^%s", digits);
}

/* Whether the term, written without quotes, is read as a word without
 * operators. */
static bool is_plain_word(Span term)
{
    if (term.size == 0 || term.data[0] == '+' || term.data[0] == '-')
        return false;
    for (size_t i = 0; i < term.size; i++)
        if (memchr("()*^~:", term.data[i], 6) || query_quote_at(term, i) ||
            query_space_at(term, i))
            return false;
    return !span_equals_text(term, "AND") && !span_equals_text(term, "OR") &&
           !span_equals_text(term, "NOT");
}

static bool has_straight_quote(const QueryNode *leaf)
{
    if (leaf->kind != QUERY_PHRASE)
        return memchr(leaf->term.data, '"', leaf->term.size) != NULL;
    for (size_t i = 0; i < leaf->word_count; i++) {
        Span term = leaf->words[i].term;
        if (memchr(term.data, '"', term.size)) return true;
    }
    return false;
}

/* The words with "_" where a stop word was removed. */
static void put_words(Buf *out, const QueryNode *phrase)
{
    uint32_t next = 0;
    for (size_t i = 0; i < phrase->word_count; i++) {
        const PhraseWord *word = &phrase->words[i];
        for (; next < word->position; next++) buf_put_text(out, "_ ");
        buf_put_span(out, word->term);
        QueryNode expansion = query_word_expansion(word);
        if (word->is_pattern) buf_put_text(out, query_pattern_mark(&expansion));
        if (i + 1 < phrase->word_count) buf_put_byte(out, ' ');
        next++;
    }
}

static void put_quoted(Buf *out, const QueryNode *leaf)
{
    bool curly = has_straight_quote(leaf);
    buf_put_text(out, curly ? "\xE2\x80\x9C" : "\"");
    if (leaf->kind == QUERY_PHRASE)
        put_words(out, leaf);
    else
        buf_put_span(out, leaf->term);
    buf_put_text(out, curly ? "\xE2\x80\x9D" : "\"");
    if (leaf->slop > 0) buf_printf(out, "~%u", leaf->slop);
}

static void put_leaf(Buf *out, const QueryNode *leaf)
{
    if (leaf->field == FIELD_TITLE) buf_put_text(out, "title:");
    if (leaf->field == FIELD_TEXT) buf_put_text(out, "text:");
    if (leaf->kind == QUERY_EXPANSION) {
        buf_put_span(out, leaf->term);
        buf_put_text(out, query_pattern_mark(leaf));
    } else if (leaf->kind == QUERY_TERM && is_plain_word(leaf->term)) {
        buf_put_span(out, leaf->term);
    } else {
        put_quoted(out, leaf);
    }
}

/* --- groups --- */

/* The boost shared by all clauses, if they are leaves; else 1. */
static float common_boost(const QueryNode *group)
{
    for (size_t i = 0; i < group->clause_count; i++) {
        const QueryNode *node = group->clauses[i].node;
        if (node->kind == QUERY_BOOLEAN ||
            node->boost != group->clauses[0].node->boost)
            return 1;
    }
    return group->clauses[0].node->boost;
}

static void put_clauses(Buf *out, const QueryNode *group, float factor);

/* In parentheses, with a boost if it has one or would be flattened without. */
static void put_group(Buf *out, const QueryNode *group, bool dissolves)
{
    float common = common_boost(group);
    buf_put_byte(out, '(');
    put_clauses(out, group, common);
    buf_put_byte(out, ')');
    if (common != 1.0F || dissolves) put_boost(out, common);
}

/* The clauses in a row; `factor` is the boost written after the group. */
static void put_clauses(Buf *out, const QueryNode *group, float factor)
{
    size_t offers = query_offer_count(group);
    for (size_t i = 0; i < group->clause_count; i++) {
        const QueryClause *clause = &group->clauses[i];
        const QueryNode *node = clause->node;
        if (i > 0) buf_put_byte(out, ' ');
        if (clause->occur == OCCUR_MUST) buf_put_byte(out, '+');
        if (clause->occur == OCCUR_NOT) buf_put_byte(out, '-');
        if (node->kind == QUERY_BOOLEAN) {
            put_group(out, node, query_group_dissolves(group, clause, offers));
        } else {
            put_leaf(out, node);
            if (node->boost != factor) put_boost(out, node->boost);
        }
    }
}

void query_format(const Query *query, Buf *out)
{
    const QueryNode *root = query->root;
    if (root->kind == QUERY_NOTHING) {
        buf_put_text(out, "()");
    } else if (root->kind == QUERY_BOOLEAN) {
        put_clauses(out, root, 1);
    } else {
        put_leaf(out, root);
        if (root->boost != 1.0F) put_boost(out, root->boost);
    }
}
