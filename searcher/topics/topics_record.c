/* topics_record.c - queries as records of named fields: JSON objects and rows
 * of tables.
 */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"

#include <inttypes.h>
#include <stdio.h>

/* Names of Anserini, BEIR, TREC and handwritten files, in order of preference;
 * case does not matter. */
static const char *const QID_NAMES[] = {
    "id",       "_id",      "qid",     "query_id",    "query-id",
    "topic_id", "topic-id", "topicid", "question_id", "number",
    "num",      "topic",    NULL};
static const char *const QUERY_NAMES[] = {"query",    "title",      "text",
                                          "question", "query_text", "query_txt",
                                          "content",  NULL};
static const char *const DESC_NAMES[] = {"desc", "description", "question",
                                         NULL};
static const char *const NARR_NAMES[] = {"narr", "narrative", "background",
                                         NULL};

static bool is_one_of(Span name, const char *const *names)
{
    while (*names && !span_equal_caseless(name, span_text(*names))) names++;
    return *names != NULL;
}

bool topics_name_qid(const TopicOptions *options, Span name)
{
    const char *const named[] = {options->qid_field, NULL};
    return is_one_of(name, options->qid_field ? named : QID_NAMES);
}

bool topics_name_query(const TopicOptions *options, Span name)
{
    const char *const named[] = {options->query_field, NULL};
    return is_one_of(name, options->query_field ? named : QUERY_NAMES);
}

/* The field that has the first of the names, the last of several; `named` is
 * what the options name instead, or NULL. */
static const JsonMember *find(JsonObject record, const char *named,
                              const char *const *names)
{
    const JsonMember *found = NULL;
    const char *const only[] = {named, NULL};
    for (names = named ? only : names; !found && *names; names++) {
        for (size_t i = record.count; i-- > 0 && !found;) {
            const JsonMember *member = &record.members[i];
            if (member->kind == JSON_VALUE &&
                span_equal_caseless(member->key, span_text(*names)))
                found = member;
        }
    }
    return found;
}

/* The names that are tried for a field of topics, one list or two. */
static void names_of(TopicField field, const char *const *lists[2])
{
    lists[0] = field == TOPIC_DESC   ? DESC_NAMES
               : field == TOPIC_NARR ? NARR_NAMES
                                     : QUERY_NAMES;
    lists[1] = field == TOPIC_TITLE_DESC ? DESC_NAMES : NULL;
}

/* Puts the requested field into `text`; false if the record has none. */
static bool put_field(const TopicOptions *options, JsonObject record, Buf *text)
{
    const char *const *lists[2];
    const JsonMember *last = NULL;
    names_of(options->field, lists);
    buf_clear(text);
    for (size_t i = 0; i < 2 && lists[i]; i++) {
        const JsonMember *member = find(record, options->query_field, lists[i]);
        if (!member || member == last) continue;
        if (last) buf_put_byte(text, ' ');
        buf_put_span(text, member->value);
        last = member;
    }
    return last != NULL;
}

static void put_names(Buf *out, const char *const *names)
{
    for (; *names; names++)
        buf_printf(out, "%s%s", out->size ? ", " : "", *names);
}

static void refuse_record(TopicFile *file, JsonObject record, uint64_t line)
{
    const char *const *lists[2];
    const TopicOptions *options = file->options;
    Buf tried = {0}, keys = {0};
    names_of(options->field, lists);
    for (size_t i = 0; i < 2 && lists[i] && !options->query_field; i++)
        put_names(&tried, lists[i]);
    if (options->query_field) buf_put_text(&tried, options->query_field);
    for (size_t i = 0; i < record.count; i++)
        buf_printf(&keys, "%s%.*s", i ? ", " : "",
                   SPAN_ARGS(record.members[i].key));
    const char *names = buf_text(&keys), *wanted = buf_text(&tried);
    topics_refuse(file, (TopicPosition){.line = line},
                  "no query text (tried %s); the fields are %s; name it with "
                  "--query-field",
                  wanted ? wanted : "", names && *names ? names : "none");
    buf_release(&tried);
    buf_release(&keys);
}

Status topics_add_record(TopicFile *file, JsonObject record, uint64_t line,
                         Error *error)
{
    file->record_count++;
    const JsonMember *qid = find(record, file->options->qid_field, QID_NAMES);
    if (!put_field(file->options, record, &file->text)) {
        refuse_record(file, record, line);
        return OK;
    }
    Status status = buf_check(&file->text, "reading queries", error);
    if (status != OK) return status;
    Span text = span_trim(buf_span(&file->text));
    if (qid && !span_is_blank(qid->value))
        return topics_add(file, span_trim(qid->value), text, line, error);
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, file->record_count);
    size_t index = file->topics->list.size / sizeof(Topic);
    buf_put(&file->unnamed, &index, sizeof index);
    return topics_add(file, span_text(digits), text, line, error);
}

/* Refuses the queries without an id, since others have one. */
static void refuse_unnamed(TopicFile *file)
{
    Topics *topics = file->topics;
    Topic *items = (Topic *)(void *)topics->list.data;
    size_t count = topics->list.size / sizeof *items, kept = 0;
    const uint8_t *next = file->unnamed.data;
    const uint8_t *end = next + file->unnamed.size;
    for (size_t i = 0; i < count; i++) {
        size_t unnamed = count;
        if (next < end) memcpy(&unnamed, next, sizeof unnamed);
        if (i != unnamed) {
            items[kept++] = items[i];
            continue;
        }
        next += sizeof unnamed;
        topics_refuse(file, (TopicPosition){.line = items[i].line},
                      "query without an id; name it with --qid-field");
    }
    topics->list.size = kept * sizeof *items;
}

Status topics_check_unnamed(TopicFile *file, Error *error)
{
    Topics *topics = file->topics;
    size_t unnamed = file->unnamed.size / sizeof(size_t);
    Buf tried = {0};
    Status status = buf_check(&file->unnamed, "reading queries", error);
    if (status != OK || unnamed == 0) return status;
    if (unnamed < topics->list.size / sizeof(Topic)) {
        refuse_unnamed(file);
        return OK;
    }
    put_names(&tried, QID_NAMES);
    const char *wanted = file->options->qid_field ? file->options->qid_field
                                                  : buf_text(&tried);
    buf_printf(&topics->warnings,
               "%s: no query has an id (tried %s), so their numbers are their "
               "ids; name it with --qid-field\n",
               file->name, wanted ? wanted : "");
    buf_release(&tried);
    return OK;
}
