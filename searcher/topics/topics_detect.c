/* topics_detect.c - detects the format of a file of queries.
 *
 *   json    begins with { or [{
 *   trec    begins with <, and the first tag of <top>, <topic>, <query> and
 *           <DOC> is one of the first three; or any line is <top>
 *   doc     begins with <, and the first of these tags is <DOC>
 *   smart   the first line is .I and an id
 *   csv     the first row names the columns of id and query, or one that the
 *           options name; but qid<TAB>query is tsv
 *   questions  every line is text, a tab, and a list in brackets
 *   tsv     more than half of the lines have a tab after the first word; lines
 *           without a tab are then refused, since their id is missing
 *   colon   there are at least two lines, and every line is an id with a digit,
 *           a colon, and text or none; that of an id with letters does not
 * begin with a slash (so not `title:word`, not `http://...`) words   every line
 * is an integer and text; there are at least five lines with different
 * integers, or three with consecutive ones: with fewer, `10 things` and `12
 * angry men` may be queries lines   everything else, except a file that begins
 * and ends with a tag: its format must be given
 */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

#include <stdlib.h>

enum { MIN_NUMBERED = 5, MIN_CONSECUTIVE = 3, MAX_DIGITS = 18 };

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
        if (tag_is(&tag, "top") || tag_is(&tag, "topic") ||
            tag_is(&tag, "query"))
            return TOPICS_TREC;
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

/* Reads an integer of at most MAX_DIGITS; false if the word is not one. */
static bool read_number(Span word, uint64_t *number)
{
    *number = 0;
    if (!word.size || word.size > MAX_DIGITS) return false;
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < '0' || word.data[i] > '9') return false;
        *number = *number * 10 + (word.data[i] - (uint64_t)'0');
    }
    return true;
}

/* How many lines of a file fit each format. */
typedef struct LineCounts {
    size_t lines, tops, tsv, colon, words, consecutive;
    uint64_t last_number;
    Buf numbers; /* uint64_t[]: the ids of lines that fit `words` */
} LineCounts;

static void count_line(LineCounts *counts, Span line)
{
    Span qid, text;
    uint64_t number;
    counts->lines++;
    counts->tops += span_equals_text(span_trim(line), "<top>");
    counts->tsv += topics_split_tsv(line, &qid, &text);
    counts->colon += topics_split_colon(line, &qid, &text) &&
                     (read_number(qid, &number) ||
                      (has_digit(qid) && !(text.size && *text.data == '/')));
    if (!topics_split_words(line, &qid, &text) || !read_number(qid, &number))
        return;
    counts->words++;
    counts->consecutive += counts->words == 1 ||
                           number == counts->last_number + 1;
    counts->last_number = number;
    buf_put(&counts->numbers, &number, sizeof number);
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

static bool all_differ(Buf *numbers)
{
    size_t count = numbers->size / sizeof(uint64_t);
    if (numbers->status != OK) return false;
    if (count) qsort(numbers->data, count, sizeof(uint64_t), compare_numbers);
    for (size_t i = 1; i < count; i++) {
        const uint8_t *at = numbers->data + i * sizeof(uint64_t);
        if (!compare_numbers(at - sizeof(uint64_t), at)) return false;
    }
    return true;
}

static TopicFormat format_of_lines(LineCounts *counts)
{
    size_t lines = counts->lines;
    if (counts->tops) return TOPICS_TREC;
    if (counts->tsv * 2 > lines) return TOPICS_TSV;
    if (counts->colon == lines && lines > 1) return TOPICS_COLON;
    bool consecutive = counts->consecutive == lines && lines >= MIN_CONSECUTIVE;
    bool numbered = counts->words == lines && lines >= MIN_NUMBERED;
    if (consecutive || (numbered && all_differ(&counts->numbers)))
        return TOPICS_WORDS;
    return TOPICS_LINES;
}

/* <?xml ...>, <parameters> and other markup, whose lines are not queries. */
static bool is_markup(Span text)
{
    bool begins = text.size > 2 && *text.data == '<' &&
                  (text.data[1] == '?' || text.data[1] == '!' ||
                   (text.data[1] | 0x20) >= 'a');
    return begins && text.data[text.size - 1] == '>' &&
           memchr(text.data, '\n', text.size);
}

TopicFormat topics_detect(Span bytes, const TopicOptions *options)
{
    Span text = span_trim(bytes);
    if (!text.size) return TOPICS_LINES;
    if (looks_like_json(text)) return TOPICS_JSON;
    TopicFormat tagged = *text.data == '<' ? detect_tagged(text)
                                           : TOPICS_DETECT;
    if (tagged != TOPICS_DETECT) return tagged;
    if (is_markup(text)) return TOPICS_DETECT;
    if (topics_is_smart(text)) return TOPICS_SMART;
    if (topics_is_table(text, options)) return TOPICS_CSV;
    if (topics_are_questions(text)) return TOPICS_QUESTIONS;
    LineCounts counts = {0};
    for (Span line; topics_take_line(&text, &line);) {
        if (!span_is_blank(line)) count_line(&counts, line);
    }
    TopicFormat format = format_of_lines(&counts);
    buf_release(&counts.numbers);
    return format;
}
