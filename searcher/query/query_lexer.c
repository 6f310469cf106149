/* query_lexer.c - query text to items: words, quotes, operators.
 *
 * A character is an operator only in these places:
 *   + -      before a word, after white space or "(": not in wi-fi, C++, --x
 *   " "      opening at the start of an item, if closed later: not in 12"
 *   ( )      opening at the start of an item, if closed later: not in f(x)
 *   title:   at the start of an item, directly before its word, quote or group
 *   ~N ^N    at the end of an item
 * Everything else stays in the word and is left to the analyzer.
 *
 * Curly quotes work as straight ones do, since phones and word processors
 * insert them; a quote is closed by its own kind.
 */
#include "searcher/query/query_lexer.h"

#include "common/base/c_locale.h"
#include "common/base/near_miss.h"
#include "searcher/query/query_limits.h"

#include <stdio.h>

typedef struct Lexer {
    Span text;
    size_t at;
    Buf *items;
    NoteList *notes;
    size_t open[QUERY_MAX_DEPTH]; /* offsets in `items` of the open groups */
    size_t open_count;
    size_t too_deep; /* open groups beyond QUERY_MAX_DEPTH, not in `items` */
    bool noted_too_deep;
    size_t last_end;        /* end of the last quote or group */
    bool no_more_quotes[2]; /* straight, curly: keeps the search for a closing
                               quote linear */
} Lexer;

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* Unicode property White_Space. */
size_t query_space_at(Span text, size_t at)
{
    const uint8_t *here = text.data + at;
    size_t left = text.size - at;
    if (left == 0) return 0;
    if (here[0] < 0x80)
        return here[0] == ' ' || (here[0] >= 9 && here[0] <= 13);
    if (here[0] == 0xC2 && left >= 2)
        return here[1] == 0x85 || here[1] == 0xA0 ? 2 : 0;
    if (here[0] < 0xE1 || here[0] > 0xE3 || left < 3) return 0;
    uint32_t tail = (uint32_t)(here[1] << 8 | here[2]);
    bool space = false;
    if (here[0] == 0xE1) space = tail == 0x9A80; /* 1680 */
    if (here[0] == 0xE2)
        space = (tail >= 0x8080 && tail <= 0x808A) || /* 2000.. */
                tail == 0x80A8 || tail == 0x80A9 ||   /* 2028.. */
                tail == 0x80AF || tail == 0x819F;     /* 202F 205F */
    if (here[0] == 0xE3) space = tail == 0x8080;      /* 3000 */
    return space ? 3 : 0;
}

size_t query_quote_at(Span text, size_t at)
{
    const uint8_t *here = text.data + at;
    if (at >= text.size) return 0;
    if (here[0] == '"') return 1;
    bool curly = text.size - at >= 3 && here[0] == 0xE2 && here[1] == 0x80 &&
                 here[2] >= 0x9C && here[2] <= 0x9E; /* U+201C to U+201E */
    return curly ? 3 : 0;
}

/* Whether an item can end at `at`. */
static bool ends_at(const Lexer *lexer, size_t at)
{
    return at == lexer->text.size || query_space_at(lexer->text, at) ||
           (lexer->text.data[at] == ')' && lexer->open_count > 0);
}

static bool begins_with(const Lexer *lexer, size_t at, const char *word)
{
    size_t size = strlen(word);
    return lexer->text.size - at >= size &&
           !memcmp(lexer->text.data + at, word, size);
}

static void put_item(Lexer *lexer, const QueryItem *item)
{
    buf_put(lexer->items, item, sizeof *item);
}

/* --- suffixes ~N and ^N --- */

/* Digits with at most one decimal point. *value is 0 if it is not in
 * (0, 10^6]; false if the text is not a number. */
static bool read_boost(Span digits, float *value)
{
    char text[32];
    size_t points = 0;
    if (digits.size >= sizeof text) return false;
    for (size_t i = 0; i < digits.size; i++) {
        text[i] = (char)digits.data[i];
        points += text[i] == '.';
    }
    if (points > 1 || digits.size == points) return false;
    text[digits.size] = 0;
    *value = c_locale_float(text, NULL);
    if (*value > QUERY_MAX_BOOST) *value = 0;
    return true;
}

/* The end of the digits and points at `at`. */
static size_t digits_end(Span text, size_t at, size_t max)
{
    size_t end = at;
    while (end < text.size && end - at < max &&
           (is_digit(text.data[end]) || text.data[end] == '.'))
        end++;
    return end;
}

/* ~N after a quote, at most six digits. Its end, or `at`. */
static size_t read_slop(Span text, size_t at, uint32_t *slop)
{
    size_t end = at + 1;
    uint32_t value = 0;
    if (at >= text.size || text.data[at] != '~') return at;
    for (; end < text.size && is_digit(text.data[end]) && end - at <= 6; end++)
        value = value * 10 + text.data[end] - '0';
    if (end == at + 1) return at;
    *slop = value;
    return end;
}

/* After a quote or a group: ~N (quotes only), then ^N, then the item's end.
 * False if the text there is anything else. */
static bool read_suffixes(const Lexer *lexer, QueryItem *item, size_t *end)
{
    uint32_t slop = 0;
    float boost = 0;
    *end = lexer->at;
    if (item->kind == ITEM_QUOTED) *end = read_slop(lexer->text, *end, &slop);
    if (*end < lexer->text.size && lexer->text.data[*end] == '^') {
        size_t begin = *end + 1;
        *end = digits_end(lexer->text, begin, 31);
        Span digits = span_of(lexer->text.data + begin, *end - begin);
        if (!read_boost(digits, &boost) || boost == 0.0F) return false;
    }
    if (!ends_at(lexer, *end)) return false;
    item->tilde = slop;
    item->boost = boost;
    return true;
}

/* An invalid suffix is text; there is a warning if it has a number. */
static void lex_suffixes(Lexer *lexer, QueryItem *item)
{
    Span text = lexer->text;
    size_t at = lexer->at, end;
    if (read_suffixes(lexer, item, &end)) {
        lexer->at = end;
        return;
    }
    bool numbered = text.size - at >= 2 && is_digit(text.data[at + 1]);
    if (!numbered || (text.data[at] != '~' && text.data[at] != '^')) return;
    for (end = at; end < text.size && !query_space_at(text, end);) end++;
    note_warning(lexer->notes,
                 "%.*s: invalid suffix, treated as text; ~ takes up to 6 "
                 "digits after a phrase, ^ a number above 0 and up to 1000000",
                 NOTE_WORD(span_of(text.data + at, end - at)));
}

static void strip_boost(Lexer *lexer, QueryItem *item)
{
    Span *text = &item->text;
    size_t begin = text->size;
    while (begin > 0 &&
           (is_digit(text->data[begin - 1]) || text->data[begin - 1] == '.'))
        begin--;
    if (begin < 2 || begin == text->size || text->data[begin - 1] != '^')
        return;
    float boost;
    Span digits = span_of(text->data + begin, text->size - begin);
    if (!read_boost(digits, &boost)) return;
    if (boost == 0.0F) {
        note_warning(
            lexer->notes,
            "%.*s: boost out of range, treated as text; use a number above 0 "
            "and up to 1000000",
            NOTE_WORD(*text));
        return;
    }
    item->boost = boost;
    text->size = begin - 1;
}

/* word~1 and word~2; with another digit or none ~ is text, with a warning. */
static void strip_edits(Lexer *lexer, QueryItem *item)
{
    Span *text = &item->text;
    if (text->size >= 2 && text->data[text->size - 1] == '~')
        note_warning(lexer->notes,
                     "%.*s: ~ without a number, treated as text; use ~1 or ~2",
                     NOTE_WORD(*text));
    if (text->size < 3 || text->data[text->size - 2] != '~') return;
    uint8_t digit = text->data[text->size - 1];
    if (digit == '1' || digit == '2') {
        item->tilde = (uint32_t)(digit - '0');
        text->size -= 2;
    } else if (is_digit(digit)) {
        note_warning(lexer->notes,
                     "%.*s: unsupported edit distance, treated as text; use "
                     "~1 or ~2",
                     NOTE_WORD(*text));
    }
}

/* --- items --- */

/* A word ends at white space or at the ")" of its group; a "(" inside the word
 * is matched with a ")" inside it. */
static size_t word_end(const Lexer *lexer)
{
    size_t inner = 0;
    size_t at = lexer->at;
    for (; at < lexer->text.size && !query_space_at(lexer->text, at); at++) {
        uint8_t byte = lexer->text.data[at];
        if (byte == '(') inner++;
        if (byte == ')') {
            if (inner == 0 && lexer->open_count > 0) break;
            if (inner > 0) inner--;
        }
    }
    return at;
}

/* The end of "name:" if the word begins with it and goes on; else 0. */
static size_t unknown_field_end(const Lexer *lexer)
{
    Span text = lexer->text;
    size_t at = lexer->at;
    if (!is_letter(text.data[at])) return 0;
    while (at < text.size && (is_letter(text.data[at]) ||
                              is_digit(text.data[at]) || text.data[at] == '_'))
        at++;
    if (at + 1 >= text.size || text.data[at] != ':') return 0;
    uint8_t next = text.data[++at];
    bool follows = is_letter(next) || is_digit(next) || next == '(' ||
                   (next >= 0x80 && !query_space_at(text, at)) || next == '"';
    return follows ? at : 0;
}

/* A warning on "titel:" */
static void note_unknown_field(Lexer *lexer, Span name)
{
    char word[NOTE_WORD_BYTES + 1];
    snprintf(word, sizeof word, "%.*s", NOTE_WORD(name));
    NearMiss near = {.word = word};
    near_miss_offer(&near, "title");
    near_miss_offer(&near, "text");
    note_warning(lexer->notes,
                 "unknown field \"%s\"%s%s%s, treated as text; fields are "
                 "title and text",
                 word, near.best ? " (did you mean " : "",
                 near.best ? near.best : "", near.best ? ":?)" : "");
}

/* "author:" before a quote or a group becomes a separate word, so that the
 * quote or group is read as one. True if it did. */
static bool lex_unknown_field(Lexer *lexer, QueryItem *item)
{
    size_t end = unknown_field_end(lexer);
    if (!end) return false;
    item->text = span_of(lexer->text.data + lexer->at, end - lexer->at);
    note_unknown_field(lexer, span_of(item->text.data, item->text.size - 1));
    if (!query_quote_at(lexer->text, end) && lexer->text.data[end] != '(')
        return false;
    lexer->at = end;
    put_item(lexer, item);
    return true;
}

static void lex_word(Lexer *lexer, QueryItem *item)
{
    if (item->field == FIELD_ANY && lex_unknown_field(lexer, item)) return;
    size_t end = word_end(lexer);
    item->text = span_of(lexer->text.data + lexer->at, end - lexer->at);
    lexer->at = end;
    strip_boost(lexer, item);
    strip_edits(lexer, item);
    put_item(lexer, item);
}

/* The offset of the quote that closes the one before `from`, or SIZE_MAX. */
static size_t find_close(Lexer *lexer, size_t from, size_t quote_size)
{
    bool *no_more = &lexer->no_more_quotes[quote_size > 1];
    int mark = quote_size == 1 ? '"' : 0xE2;
    while (!*no_more && from < lexer->text.size) {
        const uint8_t *found = memchr(lexer->text.data + from, mark,
                                      lexer->text.size - from);
        if (!found) break;
        from = (size_t)(found - lexer->text.data);
        if (query_quote_at(lexer->text, from)) return from;
        from++;
    }
    *no_more = true;
    return SIZE_MAX;
}

static bool lex_quoted(Lexer *lexer, QueryItem *item)
{
    size_t quote_size = query_quote_at(lexer->text, lexer->at);
    if (!quote_size) return false;
    size_t begin = lexer->at + quote_size;
    size_t close = find_close(lexer, begin, quote_size);
    if (close == SIZE_MAX) return false;
    item->kind = ITEM_QUOTED;
    item->text = span_of(lexer->text.data + begin, close - begin);
    lexer->at = close + quote_size;
    lexer->last_end = lexer->at;
    lex_suffixes(lexer, item);
    put_item(lexer, item);
    return true;
}

static bool lex_open(Lexer *lexer, QueryItem *item)
{
    if (lexer->text.data[lexer->at] != '(') return false;
    lexer->at++;
    if (lexer->open_count == QUERY_MAX_DEPTH) {
        lexer->too_deep++;
        if (!lexer->noted_too_deep)
            note_limit(lexer->notes,
                       "groups nested more than %d deep: "
                       "deeper parentheses are ignored",
                       QUERY_MAX_DEPTH);
        lexer->noted_too_deep = true;
        return true;
    }
    item->kind = ITEM_OPEN;
    lexer->open[lexer->open_count++] = lexer->items->size;
    put_item(lexer, item);
    return true;
}

/* Sets the boost of the group; removes an empty group. */
static bool lex_close(Lexer *lexer)
{
    if (lexer->text.data[lexer->at] != ')' || lexer->open_count == 0)
        return false;
    lexer->last_end = ++lexer->at;
    if (lexer->too_deep > 0) {
        lexer->too_deep--;
        return true;
    }
    QueryItem item = {.kind = ITEM_CLOSE};
    size_t open = lexer->open[--lexer->open_count];
    lex_suffixes(lexer, &item);
    if (open + sizeof item == lexer->items->size) {
        lexer->items->size = open;
    } else if (lexer->items->status == OK) {
        QueryItem *opened = (QueryItem *)(void *)(lexer->items->data + open);
        opened->boost = item.boost;
        put_item(lexer, &item);
    }
    return true;
}

/* AND, OR or NOT as a whole word, or directly before a group: NOT(a b). */
static bool lex_keyword(Lexer *lexer)
{
    static const char *const words[] = {"AND", "OR", "NOT"};
    for (size_t i = 0; i < 3; i++) {
        size_t end = lexer->at + strlen(words[i]);
        if (!begins_with(lexer, lexer->at, words[i])) continue;
        if (!ends_at(lexer, end) && lexer->text.data[end] != '(') return false;
        QueryItem item = {.kind = (ItemKind)(ITEM_AND + i)};
        item.text = span_of(lexer->text.data + lexer->at, end - lexer->at);
        lexer->at = end;
        put_item(lexer, &item);
        return true;
    }
    return false;
}

/* A sign is an operator directly before anything but another sign, and not
 * directly after a quote or group: "- x", "--x", "C++" and "a"-b are text. */
static void lex_sign(Lexer *lexer, QueryItem *item)
{
    Span text = lexer->text;
    uint8_t sign = text.data[lexer->at];
    if (sign != '+' && sign != '-') return;
    if (lexer->at > 0 && lexer->at == lexer->last_end) return;
    size_t next = lexer->at + 1;
    if (ends_at(lexer, next)) return;
    if (text.data[next] == '+' || text.data[next] == '-') return;
    item->sign = sign == '+' ? SIGN_PLUS : SIGN_MINUS;
    lexer->at = next;
}

static void lex_field(Lexer *lexer, QueryItem *item)
{
    size_t size = begins_with(lexer, lexer->at, "title:")  ? 6
                  : begins_with(lexer, lexer->at, "text:") ? 5
                                                           : 0;
    if (!size || ends_at(lexer, lexer->at + size)) return;
    item->field = size == 6 ? FIELD_TITLE : FIELD_TEXT;
    lexer->at += size;
}

static void lex_item(Lexer *lexer)
{
    if (lex_close(lexer) || lex_keyword(lexer)) return;
    QueryItem item = {.kind = ITEM_WORD};
    lex_sign(lexer, &item);
    lex_field(lexer, &item);
    if (lex_open(lexer, &item) || lex_quoted(lexer, &item)) return;
    lex_word(lexer, &item);
}

/* An unclosed parenthesis is text, and the analyzer would drop it. */
static void remove_unclosed(Lexer *lexer)
{
    Buf *items = lexer->items;
    if (lexer->open_count == 0 || items->status != OK) return;
    size_t to = lexer->open[0];
    for (size_t from = to, next = 0; from < items->size;
         from += sizeof(QueryItem)) {
        if (next < lexer->open_count && from == lexer->open[next]) {
            next++;
            continue;
        }
        memmove(items->data + to, items->data + from, sizeof(QueryItem));
        to += sizeof(QueryItem);
    }
    items->size = to;
}

void query_lex(Span text, Buf *items, NoteList *notes)
{
    Lexer lexer = {.text = text, .items = items, .notes = notes};
    buf_clear(items);
    while (lexer.at < text.size) {
        size_t space = query_space_at(text, lexer.at);
        lexer.at += space;
        if (space) continue;
        if (items->size == QUERY_MAX_ITEMS * sizeof(QueryItem)) {
            note_limit(notes,
                       "query has more than %d words and operators: "
                       "the rest is ignored",
                       QUERY_MAX_ITEMS);
            break;
        }
        lex_item(&lexer);
    }
    remove_unclosed(&lexer);
}
