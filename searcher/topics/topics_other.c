/* topics_other.c - files that belong to queries, and are taken for them by
 * mistake: judgements and runs.
 *
 *   judgements  qid 0 docid grade (TREC), query-id corpus-id score (BEIR)
 *   a run       qid Q0 docid rank score tag (TREC), qid docid rank (MS MARCO)
 *
 * All lines must have the form, of those that are looked at.
 */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"

#include <stdlib.h>

enum { MAX_WORDS = 7, LOOKED_AT_LINES = 1000 };

typedef struct Words {
    Span items[MAX_WORDS];
    size_t count; /* MAX_WORDS: or more */
} Words;

static Words split_words(Span line)
{
    Words words = {.count = 0};
    for (line = span_trim(line); line.size && words.count < MAX_WORDS;
         line = span_trim(line)) {
        size_t size = 0;
        while (size < line.size && !byte_is_blank(line.data[size])) size++;
        words.items[words.count++] = span_of(line.data, size);
        line = span_of(line.data + size, line.size - size);
    }
    return words;
}

/* Digits, with a sign before them and points and an exponent among them. */
static bool is_number(Span word, bool is_whole)
{
    size_t digits = 0;
    for (size_t i = 0; i < word.size; i++) {
        uint8_t byte = word.data[i];
        bool is_digit = byte >= '0' && byte <= '9';
        bool is_mark = byte == '-' && i == 0;
        bool is_real = !is_whole && (byte == '.' || byte == '-' ||
                                     byte == '+' || (byte | 0x20) == 'e');
        if (!is_digit && !is_mark && !is_real) return false;
        digits += is_digit;
    }
    return digits > 0;
}

static bool is_q0(Span word)
{
    return span_equals_text(word, "0") ||
           span_equal_caseless(word, span_text("Q0"));
}

static bool is_judgement(const Words *words)
{
    return words->count == 4 && is_q0(words->items[1]) &&
           is_number(words->items[3], true);
}

/* TREC-COVID writes the round in place of 0. */
static bool is_round_judgement(const Words *words)
{
    return words->count == 4 && is_number(words->items[0], true) &&
           is_number(words->items[1], false) &&
           is_number(words->items[3], true);
}

static bool is_run(const Words *words)
{
    return words->count == 6 && is_q0(words->items[1]) &&
           is_number(words->items[3], true) &&
           is_number(words->items[4], false);
}

static bool is_short_run(const Words *words)
{
    return words->count == 3 && is_number(words->items[0], true) &&
           is_number(words->items[1], true) && is_number(words->items[2], true);
}

static bool names_judgements(const Words *words)
{
    return words->count == 3 &&
           (span_equal_caseless(words->items[1], span_text("corpus-id")) ||
            span_equal_caseless(words->items[1], span_text("corpus_id")));
}

const char *topics_other_kind(Span bytes)
{
    static const struct {
        bool (*fits)(const Words *words);
        size_t min_lines; /* fewer may be queries */
        const char *name;
    } kinds[] = {
        {is_judgement, 1, "judgements (qid 0 docid grade)"},
        {is_round_judgement, 3, "judgements (qid round docid grade)"},
        {is_run, 1, "a run (qid Q0 docid rank score tag)"},
        {is_short_run, 3, "a run (qid docid rank)"},
    };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    size_t fitting[KINDS] = {0}, lines = 0;
    for (Span line;
         lines < LOOKED_AT_LINES && topics_take_line(&bytes, &line);) {
        if (span_is_blank(line)) continue;
        Words words = split_words(line);
        if (lines++ == 0 && names_judgements(&words))
            return "judgements (query-id corpus-id score)";
        for (size_t i = 0; i < KINDS; i++) fitting[i] += kinds[i].fits(&words);
    }
    for (size_t i = 0; i < KINDS; i++) {
        if (fitting[i] == lines && lines >= kinds[i].min_lines)
            return kinds[i].name;
    }
    return NULL;
}
