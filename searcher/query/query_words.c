/* query_words.c - analyzes one item's text into a leaf of the tree.
 *
 * A text without words gives no leaf; one word gives a term; several give a
 * phrase with their distances. Patterns are folded but not stemmed, and work
 * within a single word only: "wi-f*" is the phrase "wi f*", and the star of
 * "w-o*rd" is text.
 */
#include "searcher/query/query_words.h"

#include "searcher/query/query_limits.h"
#include "searcher/query/query_notes.h"

/* Words found in a text, and how many positions they span. */
typedef struct Found {
    const Token *tokens;
    size_t count;
    uint32_t positions; /* with stop words; 0: no word at all */
} Found;

static bool take_word(QueryWords *words)
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

static bool take_pattern(QueryWords *words)
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

/* Tokenizes the text, within what is left of QUERY_MAX_WORDS. */
static Found find_words(QueryWords *words, Span text)
{
    size_t count;
    bool more = true;
    buf_clear(&words->tokens);
    token_stream_start(words->stream, text, TEXT_QUERY);
    while (more) {
        const Token *batch = token_stream_batch(words->stream, &count);
        if (count == 0) break;
        for (size_t i = 0; i < count && (more = take_word(words)); i++) {
            Token token = batch[i];
            token.term = arena_copy(words->arena, token.term);
            buf_put(&words->tokens, &token, sizeof token);
        }
    }
    Status status = token_stream_status(words->stream);
    if (words->tokens.status != OK) status = words->tokens.status;
    if (status != OK && words->status == OK) words->status = status;
    if (status != OK || words->arena->status != OK) return (Found){0};

    Found found = {(const Token *)(const void *)words->tokens.data,
                   words->tokens.size / sizeof(Token), 0};
    if (more)
        found.positions = token_stream_positions(words->stream);
    else if (found.count)
        found.positions = found.tokens[found.count - 1].position + 1;
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

static QueryNode *new_leaf(QueryWords *words, QueryKind kind, QueryField field)
{
    QueryNode *node = arena_zeroed(words->arena, 1, sizeof *node);
    if (!node) return NULL;
    node->kind = kind;
    node->boost = 1;
    node->field = field;
    return node;
}

static QueryNode *term_leaf(QueryWords *words, const Token *token,
                            QueryField field)
{
    QueryKind kind = token->is_prefix ? QUERY_EXPANSION : QUERY_TERM;
    if (token->is_prefix && !take_pattern(words)) return NULL;
    QueryNode *node = new_leaf(words, kind, field);
    if (!node) return NULL;
    node->term = token->term;
    node->pattern = PATTERN_PREFIX;
    return node;
}

static QueryNode *phrase_leaf(QueryWords *words, const Found *found,
                              QueryField field)
{
    QueryNode *node = new_leaf(words, QUERY_PHRASE, field);
    if (!node) return NULL;
    node->words = arena_alloc(words->arena, found->count * sizeof *node->words);
    if (!node->words) return NULL;
    node->word_count = found->count;
    for (size_t i = 0; i < found->count; i++) {
        const Token *token = &found->tokens[i];
        if (token->is_prefix && !take_pattern(words)) return NULL;
        node->words[i] = (PhraseWord){.term = token->term,
                                      .position = token->position -
                                                  found->tokens[0].position,
                                      .is_prefix = token->is_prefix};
    }
    return node;
}

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

static QueryNode *text_leaf(QueryWords *words, Span text, QueryField field)
{
    Found found = find_words(words, text);
    if (found.count == 0) {
        note_no_word(words, text, &found);
        return NULL;
    }
    if (found.count == 1) return term_leaf(words, &found.tokens[0], field);
    return phrase_leaf(words, &found, field);
}

/* --- patterns --- */

static void note_stems(QueryWords *words, Span text)
{
    const AnalyzerOptions *options = analyzer_options(words->analyzer);
    bool english = options->name && !strcmp(options->name, "english");
    if (words->noted_stems || (!english && !options->stem)) return;
    words->noted_stems = true;
    note_warning(words->notes,
                 "%.*s: patterns match stems, since this index stores no whole "
                 "words; try a shorter pattern, or an index without stemming",
                 NOTE_WORD(text));
}

/* Whether `folded` has no failure; keeps one. */
static bool folded_is_whole(QueryWords *words)
{
    if (words->folded.status != OK) words->status = words->folded.status;
    return words->folded.status == OK;
}

/* A leaf of the pattern in `folded`. */
static QueryNode *pattern_leaf(QueryWords *words, QueryPattern pattern,
                               QueryField field)
{
    if (!folded_is_whole(words)) return NULL;
    if (!take_word(words) || !take_pattern(words)) return NULL;
    QueryNode *node = new_leaf(words, QUERY_EXPANSION, field);
    if (!node) return NULL;
    node->pattern = pattern;
    node->term = arena_copy(words->arena, buf_span(&words->folded));
    return node->term.data ? node : NULL;
}

/* Tokenizes the text without counting its words. */
static Found look_at(QueryWords *words, Span text)
{
    size_t count = words->word_count;
    Found found = find_words(words, text);
    words->word_count = count;
    return found;
}

/* Whether there is one word; a stop word counts. */
static bool is_single(const Found *found)
{
    return found->count <= 1 && found->positions == 1;
}

static bool is_ascii_punctuation(uint8_t byte)
{
    bool is_digit = byte >= '0' && byte <= '9';
    bool is_letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    return byte > ' ' && byte < 0x7F && !is_digit && !is_letter;
}

/* The start of the first word, and its *end. Those of a stop word are not
 * known; the punctuation around it is assumed to be ASCII. */
static size_t word_begin(const Found *found, Span text, size_t *end)
{
    size_t begin = 0;
    if (found->count) {
        *end = found->tokens[0].end;
        return found->tokens[0].start;
    }
    *end = text.size;
    while (begin < *end && is_ascii_punctuation(text.data[begin])) begin++;
    while (*end > begin && is_ascii_punctuation(text.data[*end - 1])) --*end;
    return begin;
}

static void fold_into(QueryWords *words, Span text, size_t begin, size_t end)
{
    Span piece = span_of(text.data + begin, end - begin);
    analyzer_fold(words->analyzer, piece, &words->folded);
}

static QueryNode *fuzzy_leaf(QueryWords *words, const QueryItem *item,
                             QueryField field)
{
    Span text = item->text;
    Found found = look_at(words, text);
    if (!is_single(&found)) {
        note_warning(words->notes,
                     "%.*s: ~%u works on a single word only, ignored",
                     NOTE_WORD(text), item->tilde);
        return text_leaf(words, text, field);
    }
    size_t end, begin = word_begin(&found, text, &end);
    buf_clear(&words->folded);
    fold_into(words, text, begin, end);
    note_stems(words, text);
    QueryNode *node = pattern_leaf(words, PATTERN_FUZZY, field);
    if (node) node->edits = item->tilde;
    return node;
}

/* "wi-f*": a phrase whose last word is a prefix, folded but not stemmed. */
static QueryNode *prefix_phrase(QueryWords *words, Span before,
                                QueryField field)
{
    Found found = find_words(words, before);
    if (found.count < 2) return text_leaf(words, before, field);
    if (!take_pattern(words)) return NULL;
    const Token *last = &found.tokens[found.count - 1];
    buf_clear(&words->folded);
    fold_into(words, before, last->start, before.size);
    QueryNode *node = phrase_leaf(words, &found, field);
    Span prefix = arena_copy(words->arena, buf_span(&words->folded));
    if (!folded_is_whole(words) || !node || !prefix.data) return NULL;
    node->words[found.count - 1].term = prefix;
    node->words[found.count - 1].is_prefix = true;
    return node;
}

/* Folds the rest of a pattern, from its first star. False if a piece between
 * stars is more than a single word. Punctuation at the very end, as in
 * "eclips*, moon", is dropped. */
static bool fold_rest(QueryWords *words, Span rest)
{
    size_t at = 0;
    while (at < rest.size) {
        size_t begin = at;
        while (begin < rest.size && rest.data[begin] == '*') begin++;
        const uint8_t *star = memchr(rest.data + begin, '*', rest.size - begin);
        bool last = !star;
        at = last ? rest.size : (size_t)(star - rest.data);
        buf_put_byte(&words->folded, '*');
        if (begin == at) continue;
        Found found = look_at(words, span_of(rest.data + begin, at - begin));
        if (last && found.positions == 0) continue;
        if (!is_single(&found)) return false;
        size_t end, piece = at - begin;
        word_begin(&found, span_of(rest.data + begin, piece), &end);
        fold_into(words, rest, begin, begin + (last ? end : piece));
    }
    return true;
}

/* A warning on *ation and .*ation; none on a star without a word, as in a * b.
 */
static void note_leading_star(QueryWords *words, Span text,
                              const QueryNode *leaf)
{
    if (!leaf) return;
    note_warning(words->notes,
                 "%.*s: * without letters before it, treated as text",
                 NOTE_WORD(text));
}

/* Whether a word that ends with these bytes can go on: after "10.0." it can,
 * after "03-" it cannot. */
static bool may_go_on(QueryWords *words, Span before)
{
    static const char next[] = {'a', '1'};
    Found found = look_at(words, before);
    size_t end = found.count ? found.tokens[found.count - 1].end : before.size;
    if (end == before.size) return true;
    char *longer = arena_alloc(words->arena, before.size + 1);
    if (!longer) return true;
    memcpy(longer, before.data, before.size);
    for (size_t i = 0; i < sizeof next; i++) {
        longer[before.size] = next[i];
        found = look_at(words, span_of(longer, before.size + 1));
        if (found.count && found.tokens[found.count - 1].start < end)
            return true;
    }
    return false;
}

/* A leaf for a word with a star after its first byte. */
static QueryNode *star_leaf(QueryWords *words, Span text, size_t star,
                            QueryField field)
{
    Span before = span_of(text.data, star);
    Span rest = span_of(text.data + star, text.size - star);
    Found found = look_at(words, before);
    if (found.positions == 0) {
        QueryNode *leaf = text_leaf(words, text, field);
        note_leading_star(words, text, leaf);
        return leaf;
    }
    if (!may_go_on(words, before)) {
        note_warning(
            words->notes,
            "%.*s: * not directly after a letter or digit, treated as text",
            NOTE_WORD(text));
        return text_leaf(words, text, field);
    }
    found = look_at(words, before);
    size_t end, begin = word_begin(&found, before, &end);
    buf_clear(&words->folded);
    fold_into(words, before, begin, star);
    bool acts = fold_rest(words, rest);
    if (!folded_is_whole(words)) return NULL;
    const uint8_t *folded = words->folded.data;
    size_t size = words->folded.size;
    bool prefix = acts && size > 0 &&
                  memchr(folded, '*', size) == folded + size - 1;
    if (prefix && found.count > 1) return prefix_phrase(words, before, field);
    if (!acts || !is_single(&found) || size < 2) {
        note_warning(words->notes,
                     "%.*s: * works within a single word only, treated as text",
                     NOTE_WORD(text));
        return text_leaf(words, text, field);
    }
    note_stems(words, text);
    if (prefix) words->folded.size--;
    return pattern_leaf(words, prefix ? PATTERN_PREFIX : PATTERN_WILDCARD,
                        field);
}

/* The offset of the star that makes the word a pattern; 0 if it is not one:
 * without a star, with a leading one, or with operator characters. */
static size_t pattern_star(Span text)
{
    const uint8_t *star = memchr(text.data, '*', text.size);
    if (!star) return 0;
    for (size_t i = 0; i < text.size; i++)
        if (memchr("()\"^~", text.data[i], 5)) return 0;
    return (size_t)(star - text.data);
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
        leaf = text_leaf(words, item->text, field);
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

QueryNode *query_words_bag(QueryWords *words, Span text, QueryOccur occur)
{
    Found found = find_words(words, text);
    if (found.count < found.positions) {
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
    for (size_t i = 0; i < found.count; i++) {
        QueryNode *leaf = term_leaf(words, &found.tokens[i], FIELD_ANY);
        if (!leaf && words->arena->status != OK) return NULL;
        if (leaf)
            bag->clauses[bag->clause_count++] = (QueryClause){occur, leaf};
    }
    return bag->clause_count ? bag : NULL;
}
