/* topics_smart.c - queries in the form of SMART's collections (Cranfield, CACM,
 * CISI).
 *
 *     .I 1
 *     .W
 *      What articles exist which deal with TSS?
 *     .N
 *      1. Richard Alexander
 *
 * A line that is a full stop and a capital begins a section. The query is .W,
 * without one .T; other sections are not read.
 */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"

typedef struct SmartQuery {
    Span qid;
    uint64_t line; /* 0: none is open */
    uint8_t section;
    Buf text, title;
} SmartQuery;

/* The letter of a section that begins with this line, and what follows it. */
static bool begins_section(Span line, uint8_t *section, Span *rest)
{
    if (line.size < 2 || line.data[0] != '.' || line.data[1] < 'A' ||
        line.data[1] > 'Z' || (line.size > 2 && !byte_is_blank(line.data[2])))
        return false;
    *section = line.data[1];
    *rest = span_trim(span_of(line.data + 2, line.size - 2));
    return true;
}

bool topics_is_smart(Span bytes)
{
    uint8_t section;
    Span line, rest;
    while (topics_take_line(&bytes, &line)) {
        if (span_is_blank(line)) continue;
        return begins_section(line, &section, &rest) && section == 'I' &&
               rest.size;
    }
    return false;
}

static Status end_query(TopicFile *file, SmartQuery *query, Error *error)
{
    if (!query->line) return OK;
    Status status = buf_check(&query->text, "reading queries", error);
    if (status == OK)
        status = buf_check(&query->title, "reading queries", error);
    if (status != OK) return status;
    const Buf *text = query->text.size ? &query->text : &query->title;
    if (!text->size) {
        topics_refuse(file, (TopicPosition){.line = query->line},
                      "qid %.*s has no text in .W or .T",
                      SPAN_ARGS(query->qid));
        return OK;
    }
    return topics_add(file, query->qid, buf_span(text), query->line, error);
}

static Status take_line(TopicFile *file, SmartQuery *query, Span line,
                        uint64_t line_number, Error *error)
{
    Span rest = line;
    uint8_t section;
    Status status = OK;
    bool begins = begins_section(line, &section, &rest);
    if (begins && section == 'I') {
        status = end_query(file, query, error);
        buf_clear(&query->text);
        buf_clear(&query->title);
        query->qid = rest;
        query->line = line_number;
    }
    if (begins) query->section = section;
    if (query->section == 'W') topics_put_words(&query->text, rest);
    if (query->section == 'T') topics_put_words(&query->title, rest);
    return status;
}

Status topics_read_smart(TopicFile *file, Error *error)
{
    SmartQuery query = {0};
    Span rest = file->bytes, line;
    Status status = OK;
    for (uint64_t number = 1; status == OK && topics_take_line(&rest, &line);
         number++)
        status = take_line(file, &query, line, number, error);
    if (status == OK) status = end_query(file, &query, error);
    buf_release(&query.text);
    buf_release(&query.title);
    return status;
}
