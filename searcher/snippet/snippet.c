/* snippet.c - the passages of a text that best show why it matched.
 *
 * Three steps: find the matches, choose the passages, copy them cleaned, with
 * marks at the new offsets. The buffers are kept from text to text.
 */
#include "searcher/snippet/snippet.h"

#include "common/base/character.h"
#include "common/base/plain_text.h"
#include "searcher/snippet/passage.h"
#include "searcher/snippet/text_matches.h"

#include <stdlib.h>

/* Matches may take this share of a passage; the rest is for context, so that
 * the passage can begin with a sentence. */
enum { MATCHES_NUMERATOR = 2, MATCHES_DENOMINATOR = 3 };

static const char BETWEEN_PASSAGES[] = " \u2026 ";

struct SnippetMaker {
    TextMatches matches;
    Buf counts;         /* uint32_t: matches of each word in the window */
    Buf shown;          /* uint8_t: whether a passage shows the word already */
    Buf passages;       /* Passage, in the order of the text */
    Buf text;           /* the cleaned passages */
    Buf marks, sources; /* SnippetMark */
    Buf copied, copied_sources; /* SnippetMark: passages in `text` */
};

Status snippet_maker_new(const Analyzer *analyzer, SnippetMaker **out,
                         Error *error)
{
    *out = NULL;
    SnippetMaker *maker = calloc(1, sizeof *maker);
    if (!maker) return fail_memory(error, "preparing snippets");
    Status status = text_matches_open(&maker->matches, analyzer, error);
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
    text_matches_close(&maker->matches);
    buf_release(&maker->counts);
    buf_release(&maker->shown);
    buf_release(&maker->passages);
    buf_release(&maker->text);
    buf_release(&maker->marks);
    buf_release(&maker->sources);
    buf_release(&maker->copied);
    buf_release(&maker->copied_sources);
    free(maker);
}

/* --- choosing passages --- */

/* The value of a window; compared in this order. */
typedef struct WindowWorth {
    uint64_t words;
    uint32_t neighbours, matches;
} WindowWorth;

static bool worth_more(WindowWorth a, WindowWorth b)
{
    if (a.words != b.words) return a.words > b.words;
    if (a.neighbours != b.neighbours) return a.neighbours > b.neighbours;
    return a.matches > b.matches;
}

/* Whether a match directly follows the previous one. */
static bool is_adjacent(const Match *match)
{
    return match->position == match[-1].position + 1;
}

typedef struct Window {
    Passage span;
    const Match *first, *last;
    WindowWorth worth; /* 0 if there is no match */
} Window;

/* The text between two chosen passages, and the matches that start in it. */
typedef struct Gap {
    Passage span;
    const Match *matches;
    size_t match_count;
} Gap;

/* A match may go on after the gap, as a whole compound with a part in it. */
static size_t end_in_gap(const Match *match, const Gap *gap)
{
    return match->end < gap->span.end ? match->end : gap->span.end;
}

/* The best window among the matches of a gap that spans at most `size` bytes
 * (or one match): both ends walk over the matches once. `counts` is zero
 * before and after. */
static Window best_window(const SnippetMaker *maker, const MatchedTerms *terms,
                          const Gap *gap, size_t size)
{
    const Match *matches = gap->matches;
    size_t count = gap->match_count;
    const MatchedWord *words = matched_words(terms);
    const uint8_t *shown = maker->shown.data;
    uint32_t *counts = (uint32_t *)(void *)maker->counts.data;
    Window best = {0};
    WindowWorth worth = {0};
    size_t left = 0;
    for (size_t right = 0; right < count; right++) {
        uint32_t word = matches[right].word;
        if (counts[word]++ == 0 && !shown[word]) {
            worth.words += words[word].weight;
        }
        worth.neighbours += right > left && is_adjacent(&matches[right]);
        worth.matches++;
        size_t end = end_in_gap(&matches[right], gap);
        while (left < right && end - matches[left].start > size) {
            word = matches[left++].word;
            if (--counts[word] == 0 && !shown[word]) {
                worth.words -= words[word].weight;
            }
            worth.neighbours -= is_adjacent(&matches[left]);
            worth.matches--;
        }
        if (worth_more(worth, best.worth)) {
            best.worth = worth;
            best.span = (Passage){matches[left].start, end};
            best.first = &matches[left];
            best.last = &matches[right];
        }
    }
    for (; left < count; left++) counts[matches[left].word]--;
    return best;
}

/* The first match that starts at `start` or later. */
static const Match *match_from(const SnippetMaker *maker, size_t start)
{
    const Match *matches = text_matches_items(&maker->matches);
    size_t low = 0, high = text_matches_count(&maker->matches);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matches[middle].start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return matches ? matches + low : NULL;
}

/* The gap before passage i, or after the last. */
static Gap find_gap(const SnippetMaker *maker, size_t i, size_t text_size)
{
    const Passage *passages = (const Passage *)(const void *)
                                  maker->passages.data;
    size_t count = maker->passages.size / sizeof *passages;
    Gap gap = {.span = {i ? passages[i - 1].end : 0,
                        i < count ? passages[i].start : text_size}};
    gap.matches = match_from(maker, gap.span.start);
    const Match *end = match_from(maker, gap.span.end);
    gap.match_count = (size_t)(end - gap.matches);
    return gap;
}

/* The last start at which a window still has all of its words. */
static size_t latest_start(const SnippetMaker *maker, const Window *window)
{
    uint32_t *counts = (uint32_t *)(void *)maker->counts.data;
    const Match *match = window->first;
    for (; match <= window->last; match++) counts[match->word]++;
    for (match = window->first; counts[match->word] > 1; match++) {
        counts[match->word]--;
    }
    size_t start = match->start;
    for (; match <= window->last; match++) counts[match->word]--;
    return start;
}

/* The passage around a window of the text in `room`: all of its matches, or
 * fewer if only then it begins where a sentence does. */
static Passage place_passage(const SnippetMaker *maker, const Window *window,
                             Passage room, Span text, size_t size)
{
    Span inside = span_of(text.data + room.start, room.end - room.start);
    size_t last = window->span.end - room.start;
    Passage passage = passage_around(inside, window->span.start - room.start,
                                     last, size);
    if (!passage_begins_well(inside, passage.start)) {
        size_t start = latest_start(maker, window) - room.start;
        Passage later = passage_around(inside, start, last, size);
        if (passage_begins_well(inside, later.start)) passage = later;
    }
    return (Passage){passage.start + room.start, passage.end + room.start};
}

/* Inserts a passage at index `at`. */
static void insert_passage(SnippetMaker *maker, size_t at, Passage passage)
{
    buf_put(&maker->passages, &passage, sizeof passage);
    if (maker->passages.status != OK) return;
    Passage *passages = (Passage *)(void *)maker->passages.data;
    for (size_t i = maker->passages.size / sizeof passage - 1; i > at; i--) {
        passages[i] = passages[i - 1];
    }
    passages[at] = passage;
}

static void note_shown(SnippetMaker *maker, Passage passage)
{
    const Match *matches = text_matches_items(&maker->matches);
    size_t count = text_matches_count(&maker->matches);
    for (size_t i = 0; i < count; i++) {
        bool inside = matches[i].start >= passage.start &&
                      matches[i].end <= passage.end;
        if (inside) maker->shown.data[matches[i].word] = 1;
    }
}

/* Chooses one more passage; false if no gap has a match any more. */
static bool choose_passage(SnippetMaker *maker, const MatchedTerms *terms,
                           Span text, size_t size)
{
    size_t gaps = maker->passages.size / sizeof(Passage) + 1, best_gap = 0;
    Window best = {0};
    Passage room = {0};
    for (size_t i = 0; i < gaps; i++) {
        Gap gap = find_gap(maker, i, text.size);
        size_t share = size / MATCHES_DENOMINATOR * MATCHES_NUMERATOR;
        Window window = best_window(maker, terms, &gap, share);
        if (!worth_more(window.worth, best.worth)) continue;
        best = window;
        best_gap = i;
        room = gap.span;
    }
    if (!best.worth.matches) return false;
    Passage passage = place_passage(maker, &best, room, text, size);
    insert_passage(maker, best_gap, passage);
    note_shown(maker, passage);
    return true;
}

static Status choose_passages(SnippetMaker *maker, const MatchedTerms *terms,
                              const SnippetShape *shape, Span text,
                              Error *error)
{
    size_t words = matched_word_count(terms);
    buf_clear(&maker->passages);
    buf_clear(&maker->counts);
    buf_clear(&maker->shown);
    buf_put_zeros(&maker->counts, (words + 1) * sizeof(uint32_t));
    buf_put_zeros(&maker->shown, words + 1);
    if (maker->counts.status != OK || maker->shown.status != OK) {
        return fail_memory(error, "making a snippet");
    }
    bool whole = text.size <= shape->size;
    for (size_t i = 0; !whole && i < shape->passages; i++) {
        if (!choose_passage(maker, terms, text, shape->size)) break;
    }
    if (!maker->passages.size) {
        insert_passage(maker, 0,
                       whole ? (Passage){0, text.size}
                             : passage_opening(text, shape->size));
    }
    return buf_check(&maker->passages, "making a snippet", error);
}

/* --- copying --- */

static void put_mark(Buf *marks, size_t start, size_t end)
{
    SnippetMark mark = {start, end};
    buf_put(marks, &mark, sizeof mark);
}

/* Appends text[passage] to maker->text in one line, with the matches in it. A
 * match that overlaps the one before it makes that longer. */
static void copy_passage(SnippetMaker *maker, Span text, Passage passage)
{
    const Match *match = text_matches_items(&maker->matches);
    const Match *end = match ? match + text_matches_count(&maker->matches)
                             : NULL;
    while (match < end && match->start < passage.start) match++;
    size_t begin = maker->text.size;
    size_t source_start = 0, source_end = 0, mark_start = 0;
    bool open = false, space = false;
    for (size_t at = passage.start; at < passage.end;) {
        while (match < end && match->start <= at) {
            if (open && match->end > source_end) source_end = match->end;
            if (!open && match->end > at) {
                open = true;
                source_start = at;
                source_end = match->end;
                mark_start = maker->text.size +
                             (space && maker->text.size > begin);
            }
            match++;
        }
        Span rest = span_of(text.data + at, passage.end - at);
        size_t size = character_size(rest);
        CharacterKind kind = character_kind(rest.data, size);
        if (kind == CHARACTER_SPACE) space = true;
        if (kind == CHARACTER_PLAIN || kind == CHARACTER_INVALID) {
            if (space && maker->text.size > begin)
                buf_put_byte(&maker->text, ' ');
            put_plain_text(&maker->text, span_of(rest.data, size));
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
        CharacterKind kind = character_kind(text.data, size);
        if (kind == CHARACTER_PLAIN || kind == CHARACTER_INVALID) return false;
        text = span_of(text.data + size, text.size - size);
    }
    return true;
}

/* Appends all passages, joining those separated only by white space. */
static void copy_passages(SnippetMaker *maker, Span text)
{
    const Passage *passages = (const Passage *)(const void *)
                                  maker->passages.data;
    size_t count = maker->passages.size / sizeof *passages;
    for (size_t i = 0; i < count; i++) {
        Passage passage = passages[i];
        while (i + 1 < count &&
               is_blank(span_of(text.data + passage.end,
                                passages[i + 1].start - passage.end))) {
            passage.end = passages[++i].end;
        }
        if (maker->text.size) buf_put_text(&maker->text, BETWEEN_PASSAGES);
        size_t begin = maker->text.size;
        copy_passage(maker, text, passage);
        put_mark(&maker->copied, begin, maker->text.size);
        put_mark(&maker->copied_sources, passage.start, passage.end);
    }
}

/* Whether there is text before the first passage and after the last. */
static void note_cuts(const SnippetMaker *maker, Span text, Snippet *out)
{
    const Passage *passages = (const Passage *)(const void *)
                                  maker->passages.data;
    size_t count = maker->passages.size / sizeof *passages;
    if (!text.size) return; /* its pointer may be NULL */
    size_t end = passages[count - 1].end;
    out->cut_before = !is_blank(span_of(text.data, passages[0].start));
    out->cut_after = !is_blank(span_of(text.data + end, text.size - end));
}

Status snippet_make(SnippetMaker *maker, const MatchedTerms *terms,
                    const SnippetShape *shape, Span text, Snippet *out,
                    Error *error)
{
    *out = (Snippet){0};
    buf_clear(&maker->text);
    buf_clear(&maker->marks);
    buf_clear(&maker->sources);
    buf_clear(&maker->copied);
    buf_clear(&maker->copied_sources);
    Status status = text_matches_find(&maker->matches, terms, shape->field,
                                      text, error);
    if (status == OK) {
        status = choose_passages(maker, terms, shape, text, error);
    }
    if (status != OK) return status;
    copy_passages(maker, text);

    status = buf_check(&maker->text, "making a snippet", error);
    if (status == OK) status = buf_check(&maker->marks, "marking", error);
    if (status == OK) status = buf_check(&maker->sources, "marking", error);
    if (status == OK) status = buf_check(&maker->copied, "marking", error);
    if (status == OK)
        status = buf_check(&maker->copied_sources, "marking", error);
    if (status != OK) return status;
    out->text = buf_span(&maker->text);
    out->marks = (const SnippetMark *)(const void *)maker->marks.data;
    out->sources = (const SnippetMark *)(const void *)maker->sources.data;
    out->mark_count = maker->marks.size / sizeof(SnippetMark);
    out->passages = (const SnippetMark *)(const void *)maker->copied.data;
    out->source_passages = (const SnippetMark *)(const void *)
                               maker->copied_sources.data;
    out->passage_count = maker->copied.size / sizeof(SnippetMark);
    note_cuts(maker, text, out);
    return OK;
}
