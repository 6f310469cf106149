/* topics_lines.c - one query per line, with or without an id. */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"

#include <inttypes.h>
#include <stdio.h>

/* The bytes before the first `mark` or white space. */
static Span first_word(Span line, uint8_t mark)
{
    size_t size = 0;
    while (size < line.size && line.data[size] != mark &&
           !byte_is_blank(line.data[size]))
        size++;
    return span_of(line.data, size);
}

/* word, mark, text */
static bool split_at(Span line, uint8_t mark, Span *qid, Span *text)
{
    *qid = first_word(line, mark);
    if (!qid->size || qid->size == line.size || line.data[qid->size] != mark)
        return false;
    size_t start = qid->size + 1;
    *text = span_trim(span_of(line.data + start, line.size - start));
    return true;
}

/* In a file with tabs an id may contain spaces. */
static bool split_at_tab(Span line, Span *qid, Span *text)
{
    const uint8_t *tab = memchr(line.data, '\t', line.size);
    if (!tab) return false;
    *qid = span_trim(span_of(line.data, (size_t)(tab - line.data)));
    *text = span_trim(span_of(tab, (size_t)(line.data + line.size - tab)));
    return qid->size > 0;
}

bool topics_split_tsv(Span line, Span *qid, Span *text)
{
    return split_at(line, '\t', qid, text);
}

bool topics_split_colon(Span line, Span *qid, Span *text)
{
    return split_at(line, ':', qid, text);
}

bool topics_split_words(Span line, Span *qid, Span *text)
{
    return split_at(line, ' ', qid, text) && text->size > 0;
}

/* Splits a line by format; false if it does not fit. *form names the format. */
static bool split(TopicFormat format, Span line, Span *qid, Span *text,
                  const char **form)
{
    if (format == TOPICS_TSV) {
        *form = "qid<TAB>query";
        return split_at_tab(line, qid, text);
    }
    if (format == TOPICS_COLON) {
        *form = "qid:query";
        return topics_split_colon(line, qid, text);
    }
    *form = "qid query words";
    return topics_split_words(line, qid, text);
}

/* The query after a priority: `1:obama` (the prioritized queries of TREC's
 * Million Query track); false if there is none. */
static bool skip_priority(Span *text)
{
    size_t size = 0;
    while (size < text->size && text->data[size] >= '0' &&
           text->data[size] <= '9')
        size++;
    if (!size || size == text->size || text->data[size] != ':') return false;
    *text = span_trim(span_of(text->data + size + 1, text->size - size - 1));
    return true;
}

/* Whether each line is qid:priority:query, at least two. */
static bool have_priorities(Span bytes)
{
    size_t count = 0;
    for (Span line, qid, text; topics_take_line(&bytes, &line);) {
        if (span_is_blank(line)) continue;
        if (!topics_split_colon(line, &qid, &text) || !skip_priority(&text))
            return false;
        count++;
    }
    return count > 1;
}

static bool is_header(const TopicOptions *options, Span qid, Span text)
{
    return topics_name_qid(options, qid) && topics_name_query(options, text);
}

Status topics_read_lines(TopicFile *file, TopicFormat format, Error *error)
{
    Span rest = file->bytes, line;
    bool has_priorities = format == TOPICS_COLON && have_priorities(rest);
    if (has_priorities) file->topics->format = "qid:priority:query";
    for (uint64_t line_number = 1; topics_take_line(&rest, &line);
         line_number++) {
        if (span_is_blank(line)) continue;
        char digits[24];
        Span qid, text = span_trim(line);
        const char *form;
        if (format == TOPICS_LINES) {
            snprintf(digits, sizeof digits, "%" PRIu64, line_number);
            qid = span_text(digits);
        } else if (!split(format, line, &qid, &text, &form)) {
            topics_refuse(file, (TopicPosition){.line = line_number},
                          "malformed line; expected %s", form);
            continue;
        } else if (line_number == 1 && format == TOPICS_TSV &&
                   is_header(file->options, qid, text)) {
            continue;
        }
        if (has_priorities) (void)skip_priority(&text);
        Status status = topics_add(file, qid, text, line_number, error);
        if (status != OK) return status;
    }
    return OK;
}

/* question<TAB>[answers], where the answers may be in quotes as in CSV. */
static bool split_question(Span line, Span *question)
{
    const uint8_t *tab = line.size ? memchr(line.data, '\t', line.size) : NULL;
    if (!tab) return false;
    *question = span_trim(span_of(line.data, (size_t)(tab - line.data)));
    Span answers = span_trim(
        span_of(tab, (size_t)(line.data + line.size - tab)));
    if (answers.size > 2 && *answers.data == '"' &&
        answers.data[answers.size - 1] == '"')
        answers = span_of(answers.data + 1, answers.size - 2);
    return question->size && answers.size > 1 && *answers.data == '[' &&
           answers.data[answers.size - 1] == ']';
}

bool topics_are_questions(Span bytes)
{
    size_t count = 0;
    for (Span line, question; topics_take_line(&bytes, &line);) {
        if (span_is_blank(line)) continue;
        if (!split_question(line, &question)) return false;
        count++;
    }
    return count > 0;
}

Status topics_read_questions(TopicFile *file, Error *error)
{
    Span rest = file->bytes, line, question;
    for (uint64_t number = 1; topics_take_line(&rest, &line); number++) {
        char digits[24];
        if (span_is_blank(line)) continue;
        if (!split_question(line, &question)) {
            topics_refuse(file, (TopicPosition){.line = number},
                          "malformed line; expected question<TAB>[answers]");
            continue;
        }
        snprintf(digits, sizeof digits, "%" PRIu64, number);
        Status status = topics_add(file, span_text(digits), question, number,
                                   error);
        if (status != OK) return status;
    }
    return OK;
}
