/* topics_detect.c - which format a file of queries has.
 *
 *   json    begins with { or [{ as JSON does
 *   trec    begins with <, and its first tag of those is <top> or <topic>; or
 *           a line is <top>, whatever stands before the first
 *   doc     the same with <DOC>
 *   tsv     more than half of the lines have a tab behind a first word; a line
 *           without is then an error rather than a query that lost its id
 *   colon   every line is an id with a digit, a colon, and something that does
 *           not begin with a slash (so not `title:word`, not `http://...`)
 *   words   every line begins with a whole number and goes on, the numbers
 *           rise, and there are at least five: below that, `10 things` and
 *           `12 angry men` may well be queries
 *   lines   everything else
 */
#include "searcher/query/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

enum { FEWEST_NUMBERED_LINES = 5, LONGEST_NUMBER = 18 };

static bool looks_like_json(Span text)
{
    if (*text.data != '{' && *text.data != '[') return false;
    Span rest = span_trim(span_of(text.data + 1, text.size - 1));
    if (!rest.size) return false;
    return *text.data == '{' ? *rest.data == '"'
                             : *rest.data == '{' || *rest.data == ']';
}

static TopicFormat detect_tagged(Span text)
{
    Tag tag = {0};
    while (tag_next(text, tag.end, &tag)) {
        if (tag_is(&tag, "top") || tag_is(&tag, "topic")) return TOPICS_TREC;
        if (tag_is(&tag, "DOC")) return TOPICS_DOC;
    }
    return TOPICS_DETECT;
}

static bool has_digit(Span span)
{
    for (size_t i = 0; i < span.size; i++) {
        if (span.data[i] >= '0' && span.data[i] <= '9') return true;
    }
    return false;
}

/* A whole number of a length that fits; false if the word is none. */
static bool read_number(Span word, uint64_t *number)
{
    *number = 0;
    if (!word.size || word.size > LONGEST_NUMBER) return false;
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < '0' || word.data[i] > '9') return false;
        *number = *number * 10 + (word.data[i] - (uint64_t)'0');
    }
    return true;
}

/* What the lines of a file could be, counted over all of them. */
typedef struct LineCounts {
    size_t lines, tops, tsv, colon, words;
    uint64_t last_number;
} LineCounts;

static void count_line(LineCounts *counts, Span line)
{
    Span qid, text;
    uint64_t number;
    bool first = counts->lines == 0;
    counts->lines++;
    counts->tops += span_equals_text(span_trim(line), "<top>");
    counts->tsv += topics_split_tsv(line, &qid, &text);
    counts->colon += topics_split_colon(line, &qid, &text) && has_digit(qid) &&
                     text.size && *text.data != '/';
    if (topics_split_words(line, &qid, &text) && read_number(qid, &number) &&
        (first || number > counts->last_number)) {
        counts->words++;
        counts->last_number = number;
    }
}

TopicFormat topics_detect(Span bytes)
{
    Span text = span_trim(bytes);
    if (!text.size) return TOPICS_LINES;
    if (looks_like_json(text)) return TOPICS_JSON;
    TopicFormat tagged = *text.data == '<' ? detect_tagged(text)
                                           : TOPICS_DETECT;
    if (tagged != TOPICS_DETECT) return tagged;
    LineCounts counts = {0};
    for (Span line; topics_take_line(&text, &line);) {
        if (!span_is_blank(line)) count_line(&counts, line);
    }
    if (counts.tops) return TOPICS_TREC;
    if (counts.tsv * 2 > counts.lines) return TOPICS_TSV;
    if (counts.colon == counts.lines) return TOPICS_COLON;
    if (counts.words == counts.lines && counts.lines >= FEWEST_NUMBERED_LINES)
        return TOPICS_WORDS;
    return TOPICS_LINES;
}
