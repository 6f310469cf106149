/* snippet.c - the passage of a text that shows best why it was found.
 *
 * Three steps: find the matches (the analyzer's tokens that are terms of the
 * query), choose the window, copy it cleaned with the marks moved along.
 * Matches and marks lie in Bufs that are kept from text to text.
 */
#include "searcher/output/snippet.h"

#include "searcher/output/passage.h"
#include "searcher/output/plain_text.h"
#include "searcher/output/terminal.h"

#include <stdlib.h>

/* Matches may take this share of a passage; the rest is for what stands around
 * them, so that it can begin where a sentence does. */
enum { MATCHES_NUMERATOR = 2, MATCHES_DENOMINATOR = 3 };

/* Of a longer text no more is read once every word of the query was seen. */
enum { READ_ENOUGH = 1 << 20 };

typedef struct Match {
    size_t start, end;
    uint32_t word;
    bool beside; /* directly behind the match before it, another word */
} Match;

struct SnippetMaker {
    TokenStream *tokens;
    Buf matches;        /* Match */
    Buf counts;         /* uint32_t: matches of each word in the window */
    Buf text;           /* the cleaned passage */
    Buf marks, sources; /* SnippetMark */
};

Status snippet_maker_new(const Analyzer *analyzer, SnippetMaker **out,
                         Error *error)
{
    *out = NULL;
    SnippetMaker *maker = calloc(1, sizeof *maker);
    if (!maker) return fail_memory(error, "preparing snippets");
    Status status = token_stream_new(analyzer, &maker->tokens, error);
    if (status != OK) {
        free(maker);
        return status;
    }
    *out = maker;
    return OK;
}

void snippet_maker_free(SnippetMaker *maker)
{
    if (!maker) return;
    token_stream_free(maker->tokens);
    buf_release(&maker->matches);
    buf_release(&maker->counts);
    buf_release(&maker->text);
    buf_release(&maker->marks);
    buf_release(&maker->sources);
    free(maker);
}

static const Match *all_matches(const SnippetMaker *maker)
{
    return (const Match *)(const void *)maker->matches.data;
}

static size_t match_count(const SnippetMaker *maker)
{
    return maker->matches.size / sizeof(Match);
}

/* Fresh zeros, one for each word of the query; NULL without memory. */
static uint32_t *clear_counts(SnippetMaker *maker, const MatchedTerms *terms)
{
    buf_clear(&maker->counts);
    buf_put_zeros(&maker->counts, terms->word_count * sizeof(uint32_t));
    if (maker->counts.status != OK) return NULL;
    return (uint32_t *)(void *)maker->counts.data;
}

static Status find_matches(SnippetMaker *maker, const MatchedTerms *terms,
                           Span text, Error *error)
{
    buf_clear(&maker->matches);
    uint32_t *counts = clear_counts(maker, terms);
    if (!counts) return fail_memory(error, "making a snippet");
    uint32_t seen = 0, last_word = NO_WORD, last_position = 0;
    token_stream_start(maker->tokens, text, TEXT_DOCUMENT);
    for (;;) {
        size_t count = 0;
        const Token *tokens = token_stream_batch(maker->tokens, &count);
        if (count == 0) break;
        for (size_t i = 0; i < count; i++) {
            uint32_t word = matched_terms_find(terms, tokens[i].term);
            if (word == NO_WORD) continue;
            bool beside = last_word != NO_WORD && last_word != word &&
                          tokens[i].position == last_position + 1;
            Match match = {tokens[i].start, tokens[i].end, word, beside};
            buf_put(&maker->matches, &match, sizeof match);
            last_word = word;
            last_position = tokens[i].position;
            seen += counts[word]++ == 0;
        }
        /* Word 0 stands for expansions, which there may be none of. */
        if (tokens[count - 1].end > READ_ENOUGH &&
            seen + 1 >= terms->word_count) {
            break;
        }
    }
    Status status = token_stream_status(maker->tokens);
    if (status != OK) return fail_memory(error, "cutting a text");
    return buf_check(&maker->matches, "making a snippet", error);
}

/* What a window shows; compared in this order. */
typedef struct WindowWorth {
    uint32_t words, neighbours, matches;
} WindowWorth;

static bool worth_more(WindowWorth a, WindowWorth b)
{
    if (a.words != b.words) return a.words > b.words;
    if (a.neighbours != b.neighbours) return a.neighbours > b.neighbours;
    return a.matches > b.matches;
}

/* The best window of matches that spans at most `size` bytes (or one match):
 * both ends walk over the matches once. Only called with matches. */
static Passage best_window(const SnippetMaker *maker, uint32_t *counts,
                           size_t size)
{
    const Match *matches = all_matches(maker);
    Passage best = {matches[0].start, matches[0].end};
    WindowWorth best_worth = {0}, worth = {0};
    size_t left = 0;
    for (size_t right = 0; right < match_count(maker); right++) {
        worth.words += counts[matches[right].word]++ == 0;
        worth.neighbours += right > left && matches[right].beside;
        worth.matches++;
        while (left < right &&
               matches[right].end - matches[left].start > size) {
            worth.words -= --counts[matches[left].word] == 0;
            worth.matches--;
            left++;
            worth.neighbours -= matches[left].beside;
        }
        if (worth_more(worth, best_worth)) {
            best_worth = worth;
            best = (Passage){matches[left].start, matches[right].end};
        }
    }
    return best;
}

static void put_mark(Buf *marks, size_t start, size_t end)
{
    SnippetMark mark = {start, end};
    buf_put(marks, &mark, sizeof mark);
}

/* Copies text[passage] to maker->text in one line, with the matches in it. A
 * match that overlaps the one before it makes that longer. */
static void copy_passage(SnippetMaker *maker, Span text, Passage passage)
{
    const Match *match = all_matches(maker);
    const Match *end = match ? match + match_count(maker) : NULL;
    while (match < end && match->start < passage.start) match++;
    size_t source_start = 0, source_end = 0, mark_start = 0;
    bool open = false, space = false;
    for (size_t at = passage.start; at < passage.end;) {
        while (match < end && match->start <= at) {
            if (open && match->end > source_end) source_end = match->end;
            if (!open && match->end > at) {
                open = true;
                source_start = at;
                source_end = match->end;
                mark_start = maker->text.size + (space && maker->text.size);
            }
            match++;
        }
        Span rest = span_of(text.data + at, passage.end - at);
        size_t size = character_size(rest);
        CharacterKind kind = character_kind(rest.data, size);
        if (kind == CHARACTER_SPACE) space = true;
        if (kind == CHARACTER_PLAIN) {
            if (space && maker->text.size) buf_put_byte(&maker->text, ' ');
            buf_put(&maker->text, rest.data, size);
            space = false;
        }
        at += size;
        if (open && at >= source_end) {
            put_mark(&maker->marks, mark_start, maker->text.size);
            put_mark(&maker->sources, source_start, source_end);
            open = false;
        }
    }
    if (open) {
        put_mark(&maker->marks, mark_start, maker->text.size);
        put_mark(&maker->sources, source_start, passage.end);
    }
}

static bool is_blank(Span text)
{
    while (text.size) {
        size_t size = character_size(text);
        if (character_kind(text.data, size) == CHARACTER_PLAIN) return false;
        text = span_of(text.data + size, text.size - size);
    }
    return true;
}

Status snippet_make(SnippetMaker *maker, const MatchedTerms *terms, Span text,
                    size_t size, Snippet *out, Error *error)
{
    *out = (Snippet){0};
    buf_clear(&maker->text);
    buf_clear(&maker->marks);
    buf_clear(&maker->sources);
    Status status = find_matches(maker, terms, text, error);
    if (status != OK) return status;
    uint32_t *counts = clear_counts(maker, terms);
    if (!counts) return fail_memory(error, "making a snippet");

    Passage passage = {0, text.size};
    if (text.size > size && maker->matches.size) {
        size_t share = size / MATCHES_DENOMINATOR * MATCHES_NUMERATOR;
        Passage window = best_window(maker, counts, share);
        passage = passage_around(text, window.start, window.end, size);
    } else if (text.size > size) {
        passage = passage_opening(text, size);
    }
    copy_passage(maker, text, passage);

    status = buf_check(&maker->text, "making a snippet", error);
    if (status == OK) status = buf_check(&maker->marks, "marking", error);
    if (status == OK) status = buf_check(&maker->sources, "marking", error);
    if (status != OK) return status;
    out->text = buf_span(&maker->text);
    out->marks = (const SnippetMark *)(const void *)maker->marks.data;
    out->sources = (const SnippetMark *)(const void *)maker->sources.data;
    out->mark_count = maker->marks.size / sizeof(SnippetMark);
    out->cut_before = !is_blank(span_of(text.data, passage.start));
    out->cut_after = !is_blank(
        span_of(text.data + passage.end, text.size - passage.end));
    return OK;
}
