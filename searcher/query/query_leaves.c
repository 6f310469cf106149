/* query_leaves.c - the words of a text without operators as a leaf.
 *
 * One word gives a term, several give a phrase with their distances. A word
 * with a joined form gives that term alone: documents have it wherever they
 * have the parts, so wi-fi finds wifi, too, and needs no positions. In quotes
 * the parts count, as in "the wi fi router".
 */
#include "common/base/utf8.h"
#include "common/text/word_break.h"
#include "searcher/query/query_limits.h"
#include "searcher/query/query_notes.h"
#include "searcher/query/query_words_internal.h"

size_t sign_at(Span text, size_t at, uint32_t trait)
{
    size_t size;
    const uint8_t *end = text.data + text.size;
    uint32_t code_point = utf8_decode(text.data + at, end, &size);
    return word_traits(code_point) & trait ? size : 0;
}

bool take_word(QueryWords *words)
{
    if (words->word_count < QUERY_MAX_WORDS) {
        words->word_count++;
        return true;
    }
    if (!words->noted_words)
        note_limit(words->notes,
                   "query has more than %d words: the rest is ignored",
                   QUERY_MAX_WORDS);
    words->noted_words = true;
    return false;
}

bool take_pattern(QueryWords *words)
{
    if (words->pattern_count < QUERY_MAX_PATTERNS) {
        words->pattern_count++;
        return true;
    }
    if (!words->noted_patterns)
        note_limit(words->notes,
                   "query has more than %d patterns: the rest is ignored",
                   QUERY_MAX_PATTERNS);
    words->noted_patterns = true;
    return false;
}

/* Keeps a word, or the longest joined form of the first words; false if there
 * are too many words. */
static bool keep_token(QueryWords *words, const Token *token, Token *joined)
{
    bool is_word = token->kind == TOKEN_WORD;
    bool is_joined = token->kind == TOKEN_JOINED && token->position == 0 &&
                     (!joined->term.data || token->span > joined->span);
    if (is_word && !take_word(words)) return false;
    if (!is_word && !is_joined) return true;
    Token copy = *token;
    copy.term = arena_copy(words->arena, token->term);
    if (is_joined)
        *joined = copy;
    else
        buf_put(&words->tokens, &copy, sizeof copy);
    return true;
}

Found find_words(QueryWords *words, Span text)
{
    size_t count;
    bool more = true;
    Token joined = {0};
    buf_clear(&words->tokens);
    token_stream_start(words->stream, text, TEXT_QUERY);
    while (more) {
        const Token *batch = token_stream_batch(words->stream, &count);
        if (count == 0) break;
        for (size_t i = 0; i < count && more; i++)
            more = keep_token(words, &batch[i], &joined);
    }
    Status status = token_stream_status(words->stream);
    if (words->tokens.status != OK) status = words->tokens.status;
    if (status != OK && words->status == OK) words->status = status;
    if (status != OK || words->arena->status != OK) return (Found){0};

    Found found = {(const Token *)(const void *)words->tokens.data,
                   words->tokens.size / sizeof(Token), 0, joined};
    if (more)
        found.positions = token_stream_positions(words->stream);
    else if (found.count)
        found.positions = found.tokens[found.count - 1].position + 1;
    if (joined.span != found.positions) found.joined = (Token){0};
    return found;
}

Found look_at_words(QueryWords *words, Span text)
{
    size_t count = words->word_count;
    Found found = find_words(words, text);
    words->word_count = count;
    return found;
}

static void note_no_word(QueryWords *words, Span text, const Found *found)
{
    if (words->noted_words) return;
    if (text.size == 0) {
        note_add(words->notes, "empty quotes, dropped");
    } else if (found->positions > 0) {
        words->dropped_stop_words = true;
        note_add(words->notes, "%.*s: stop word, dropped", NOTE_WORD(text));
    } else {
        note_add(words->notes, "%.*s: contains no word, dropped",
                 NOTE_WORD(text));
    }
}

QueryNode *new_leaf(QueryWords *words, QueryKind kind, QueryField field)
{
    QueryNode *node = arena_zeroed(words->arena, 1, sizeof *node);
    if (!node) return NULL;
    node->kind = kind;
    node->boost = 1;
    node->field = field;
    return node;
}

QueryNode *token_leaf(QueryWords *words, const Token *token, QueryField field)
{
    QueryKind kind = token->is_prefix ? QUERY_EXPANSION : QUERY_TERM;
    if (token->is_prefix && !take_pattern(words)) return NULL;
    QueryNode *node = new_leaf(words, kind, field);
    if (!node) return NULL;
    node->term = token->term;
    node->pattern = PATTERN_PREFIX;
    return node;
}

QueryNode *phrase_leaf(QueryWords *words, const Found *found, size_t count,
                       QueryField field)
{
    QueryNode *node = new_leaf(words, QUERY_PHRASE, field);
    if (!node) return NULL;
    node->words = arena_alloc(words->arena, (count + 1) * sizeof *node->words);
    if (!node->words) return NULL;
    node->word_count = count;
    for (size_t i = 0; i < count; i++) {
        const Token *token = &found->tokens[i];
        if (token->is_prefix && !take_pattern(words)) return NULL;
        node->words[i] = (PhraseWord){.term = token->term,
                                      .position = token->position -
                                                  found->tokens[0].position,
                                      .is_pattern = token->is_prefix,
                                      .pattern = PATTERN_PREFIX};
    }
    return node;
}

QueryNode *text_leaf(QueryWords *words, Span text, bool is_quoted,
                     QueryField field)
{
    Found found = find_words(words, text);
    if (found.joined.term.data && !is_quoted)
        return token_leaf(words, &found.joined, field);
    if (found.count == 0) {
        note_no_word(words, text, &found);
        return NULL;
    }
    if (found.count == 1) return token_leaf(words, &found.tokens[0], field);
    return phrase_leaf(words, &found, found.count, field);
}
