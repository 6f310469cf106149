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

static bool is_header(Span qid, Span text)
{
    static const char *const qids[] = {"qid", "id", "_id", "query_id",
                                       "query-id"};
    static const char *const texts[] = {"query", "text", "title"};
    bool is_qid = false, is_text = false;
    for (size_t i = 0; i < sizeof qids / sizeof *qids; i++)
        is_qid |= span_equals_text(qid, qids[i]);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        is_text |= span_equals_text(text, texts[i]);
    return is_qid && is_text;
}

Status topics_read_lines(TopicFile *file, TopicFormat format, Error *error)
{
    Span rest = file->bytes, line;
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
                   is_header(qid, text)) {
            continue;
        }
        Status status = topics_add(file, qid, text, line_number, error);
        if (status != OK) return status;
    }
    return OK;
}
