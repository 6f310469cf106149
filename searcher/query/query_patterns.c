/* query_patterns.c - a word with stars, or with ~1 or ~2, as a leaf.
 *
 * A pattern is folded but not stemmed, and works within one word. A compound
 * has its pattern at its end: in that of its joined form, wi-f* is wif*, else
 * in its last part, self.cli* is the phrase "self cli*". An apostrophe is more
 * often forgotten than a hyphen, but not half-way: o'ne* is "o ne*", since one*
 * would find too much.
 */
#include "common/text/word_break.h"
#include "searcher/query/query_limits.h"
#include "searcher/query/query_notes.h"
#include "searcher/query/query_words_internal.h"

typedef enum TargetKind {
    TARGET_WORD,
    TARGET_JOINED, /* a compound with a joined form */
    TARGET_LAST_PART
} TargetKind;

/* What a pattern acts on: bytes of a text. */
typedef struct Target {
    size_t begin, end;
    TargetKind kind;
} Target;

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

/* Whether there is one word; a stop word counts. */
static bool is_single(const Found *found)
{
    return found->count <= 1 && found->positions == 1;
}

/* Whether the text is a run without spaces, cut into overlapping pairs of
 * characters: 東京都. */
static bool is_run(const Found *found, Span text)
{
    if (found->count == 0 || found->positions != found->count + 1) return false;
    for (size_t i = 1; i < found->count; i++)
        if (found->tokens[i].start >= found->tokens[i - 1].end) return false;
    return found->tokens[0].start == 0 &&
           found->tokens[found->count - 1].end == text.size;
}

static bool has_apostrophe(Span text)
{
    for (size_t at = 0; at < text.size; at++)
        if (sign_at(text, at, TRAIT_APOSTROPHE)) return true;
    return false;
}

static bool is_ascii_punctuation(uint8_t byte)
{
    bool is_digit = byte >= '0' && byte <= '9';
    bool is_letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    return byte > ' ' && byte < 0x7F && !is_digit && !is_letter;
}

/* The last word of the text. That of a stop word is not known; the punctuation
 * around it is assumed to be ASCII. */
static Target last_word(const Found *found, Span text)
{
    const Token *last = found->count ? &found->tokens[found->count - 1] : NULL;
    if (last && last->position + 1 == found->positions)
        return (Target){last->start, last->end, TARGET_WORD};
    size_t end = text.size;
    while (end > 0 && is_ascii_punctuation(text.data[end - 1])) end--;
    size_t begin = end;
    while (begin > 0 && !is_ascii_punctuation(text.data[begin - 1])) begin--;
    return (Target){begin, end, TARGET_WORD};
}

static Target find_target(const Found *found, Span text)
{
    const Token *joined = &found->joined;
    if (joined->term.data && !has_apostrophe(text))
        return (Target){joined->start, joined->end, TARGET_JOINED};
    Target target = last_word(found, text);
    if (!is_single(found)) target.kind = TARGET_LAST_PART;
    return target;
}

static void fold_piece(QueryWords *words, Span text, size_t begin, size_t end)
{
    if (begin == end) return;
    Span piece = span_of(text.data + begin, end - begin);
    analyzer_fold(words->analyzer, piece, &words->folded);
}

/* Folds the target up to `end`, of a joined form without hyphens. */
static void fold_target(QueryWords *words, Span text, const Target *target,
                        size_t end)
{
    size_t begin = target->begin;
    buf_clear(&words->folded);
    for (size_t at = begin; target->kind == TARGET_JOINED && at < end; at++) {
        size_t hyphen = sign_at(text, at, TRAIT_HYPHEN);
        if (!hyphen) continue;
        fold_piece(words, text, begin, at);
        begin = at + hyphen;
    }
    fold_piece(words, text, begin, end);
}

/* A leaf of the pattern in `folded`. */
static QueryNode *pattern_leaf(QueryWords *words, QueryPattern pattern,
                               uint32_t edits, QueryField field)
{
    if (!take_word(words) || !take_pattern(words)) return NULL;
    QueryNode *node = new_leaf(words, QUERY_EXPANSION, field);
    if (!node) return NULL;
    node->pattern = pattern;
    node->edits = edits;
    node->term = arena_copy(words->arena, buf_span(&words->folded));
    return node->term.data ? node : NULL;
}

/* A phrase of the words of the text with the pattern in `folded` instead of the
 * last one. */
static QueryNode *pattern_phrase(QueryWords *words, Span text,
                                 QueryPattern pattern, uint32_t edits,
                                 QueryField field)
{
    Found found = find_words(words, text);
    size_t before = found.count;
    while (before && found.tokens[before - 1].position + 1 >= found.positions)
        before--;
    if (before == 0) return pattern_leaf(words, pattern, edits, field);
    uint32_t position = found.positions - 1 - found.tokens[0].position;
    QueryNode *node = phrase_leaf(words, &found, before, field);
    Span term = arena_copy(words->arena, buf_span(&words->folded));
    if (!node || !term.data || !take_pattern(words)) return NULL;
    node->words[node->word_count++] = (PhraseWord){.term = term,
                                                   .position = position,
                                                   .is_pattern = true,
                                                   .pattern = pattern,
                                                   .edits = edits};
    return node;
}

QueryNode *fuzzy_leaf(QueryWords *words, const QueryItem *item,
                      QueryField field)
{
    Span text = item->text;
    Found found = look_at_words(words, text);
    if (found.positions == 0 || is_run(&found, text)) {
        note_warning(words->notes,
                     "%.*s: ~%u works on a single word only, ignored",
                     NOTE_WORD(text), item->tilde);
        return text_leaf(words, text, false, field);
    }
    Target target = find_target(&found, text);
    fold_target(words, text, &target, target.end);
    if (!folded_is_whole(words)) return NULL;
    note_stems(words, text);
    return target.kind == TARGET_LAST_PART
               ? pattern_phrase(words, text, PATTERN_FUZZY, item->tilde, field)
               : pattern_leaf(words, PATTERN_FUZZY, item->tilde, field);
}

/* --- stars --- */

/* Whether the word that a piece between stars has is all of it. Punctuation at
 * the very end, as in "eclips*, moon", is dropped. */
static bool is_whole_word(const Found *found, Span piece, bool last,
                          size_t *end)
{
    Target word = last_word(found, piece);
    *end = word.end;
    return is_single(found) && word.begin == 0 &&
           (last || word.end == piece.size);
}

/* Folds the rest of a pattern, from its first star. False if a piece between
 * stars is more than a single word. */
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
        Span piece = span_of(rest.data + begin, at - begin);
        Found found = look_at_words(words, piece);
        size_t end;
        if (last && found.positions == 0) continue;
        if (!is_whole_word(&found, piece, last, &end)) return false;
        fold_piece(words, piece, 0, end);
    }
    return true;
}

void note_leading_star(QueryWords *words, Span text, const QueryNode *leaf)
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
    Found found = look_at_words(words, before);
    size_t end = last_word(&found, before).end;
    if (end == before.size) return true;
    char *longer = arena_alloc(words->arena, before.size + 1);
    if (!longer) return true;
    memcpy(longer, before.data, before.size);
    for (size_t i = 0; i < sizeof next; i++) {
        longer[before.size] = next[i];
        found = look_at_words(words, span_of(longer, before.size + 1));
        if (found.count && found.tokens[found.count - 1].start < end)
            return true;
    }
    return false;
}

static QueryNode *star_as_text(QueryWords *words, Span text, QueryField field,
                               const char *reason)
{
    note_warning(words->notes, "%.*s: * %s, treated as text", NOTE_WORD(text),
                 reason);
    return text_leaf(words, text, false, field);
}

/* Whether the only star of the pattern in `folded` is at its end. */
static bool is_prefix(const Buf *folded)
{
    const uint8_t *star = memchr(folded->data, '*', folded->size);
    return star == folded->data + folded->size - 1;
}

/* Folds the pattern. False if it has no letters before its star, or a star
 * inside of a compound. */
static bool fold_pattern(QueryWords *words, Span text, size_t star,
                         const Target *target)
{
    Span rest = span_of(text.data + star, text.size - star);
    fold_target(words, text, target, star);
    return words->folded.size > 0 && fold_rest(words, rest) &&
           (target->kind == TARGET_WORD || is_prefix(&words->folded));
}

QueryNode *star_leaf(QueryWords *words, Span text, size_t star,
                     QueryField field)
{
    static const char within[] = "works within a single word only";
    Span before = span_of(text.data, star);
    Found found = look_at_words(words, before);
    if (found.positions == 0) {
        QueryNode *leaf = text_leaf(words, text, false, field);
        note_leading_star(words, text, leaf);
        return leaf;
    }
    /* Every pair of characters of a run is found wherever it goes on. */
    if (is_run(&found, before) && star + 1 == text.size)
        return text_leaf(words, before, false, field);
    if (is_run(&found, before)) return star_as_text(words, text, field, within);
    if (!may_go_on(words, before))
        return star_as_text(words, text, field,
                            "not directly after a letter or digit");
    found = look_at_words(words, before);
    Target target = find_target(&found, before);
    bool acts = fold_pattern(words, text, star, &target);
    if (!folded_is_whole(words)) return NULL;
    if (!acts) return star_as_text(words, text, field, within);
    note_stems(words, text);
    if (!is_prefix(&words->folded))
        return pattern_leaf(words, PATTERN_WILDCARD, 0, field);
    words->folded.size--;
    return target.kind == TARGET_LAST_PART
               ? pattern_phrase(words, before, PATTERN_PREFIX, 0, field)
               : pattern_leaf(words, PATTERN_PREFIX, 0, field);
}

size_t pattern_star(Span text)
{
    const uint8_t *star = memchr(text.data, '*', text.size);
    if (!star) return 0;
    for (size_t i = 0; i < text.size; i++)
        if (memchr("()\"^~", text.data[i], 5)) return 0;
    return (size_t)(star - text.data);
}
