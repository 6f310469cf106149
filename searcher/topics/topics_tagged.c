/* topics_tagged.c - topics in tags: TREC's <top>, the web tracks' <topic>,
 * CACM's <DOC>.
 *
 *     <top>                            <topic number="51" type="faceted">
 *     <num> Number: 301                  <query>horse hooves</query>
 *     <title> Organized Crime            <description> ... </description>
 *     <desc> Description:              </topic>
 *     Identify organizations ...
 *     </top>
 *
 * Many files do not close the inner tags, so a field ends at the next known
 * tag (topics_tags.h); other tags, such as <b>, are skipped. White space is
 * collapsed to one space. The labels that TREC puts before the fields
 * ("Number:", "Description:") are removed. A topic without fields is a query as
 * a whole (CACM); one whose tags are all unknown is refused.
 */
#include "searcher/topics/topics_internal.h"
#include "searcher/topics/topics_tags.h"

#include "common/input/blank.h"

#include <inttypes.h>
#include <strings.h>

static const char *const FIELD_LABELS[FIELDS] = {[NUMBER] = "Number:",
                                                 [TITLE] = "Topic:",
                                                 [DESC] = "Description:",
                                                 [NARR] = "Narrative:"};

typedef struct TaggedTopic {
    TopicTags tags;
    bool open;
    bool is_tipster; /* has <head>, as TREC-1 to 3 do */
    uint64_t line;
    TaggedField field; /* the current one */
    bool takes;        /* the first field of its kind: later ones are ignored */
    bool seen[FIELDS];
    Buf fields[FIELDS];
    Buf ignored; /* the names of the tags that are not read */
} TaggedTopic;

/* A number after "Number:" as the judgements write it: 51 for `051` of TREC-1
 * to 3, and 1 for `MB001` of TREC's Microblog tracks. */
static Span number_of(Span text, bool is_tipster)
{
    Span number = text;
    bool is_microblog = text.size > 2 && !memcmp(text.data, "MB", 2);
    if (is_microblog) number = span_of(text.data + 2, text.size - 2);
    for (size_t i = 0; i < number.size; i++) {
        if (number.data[i] < '0' || number.data[i] > '9') return text;
    }
    while ((is_tipster || is_microblog) && number.size > 1 &&
           *number.data == '0')
        number = span_of(number.data + 1, number.size - 1);
    return number;
}

/* Adds the text between two tags to a field, without the field's label. */
static void put_field(TaggedTopic *topic, TaggedField field, Span markup,
                      Buf *scratch)
{
    buf_clear(scratch);
    tags_put_text(scratch, markup);
    Span text = span_trim(buf_span(scratch));
    const char *label = FIELD_LABELS[field];
    size_t size = label ? strlen(label) : 0;
    bool labelled = text.size >= size && size > 0 &&
                    !strncasecmp((const char *)text.data, label, size);
    if (labelled) text = span_of(text.data + size, text.size - size);
    text = span_trim(text);
    if (labelled && field == NUMBER) text = number_of(text, topic->is_tipster);
    topics_put_words(&topic->fields[field], text);
    topic->seen[field] = true;
}

static void begin_topic(TaggedTopic *topic, const Tag *tag, uint64_t line)
{
    for (size_t i = 0; i < FIELDS; i++) {
        buf_clear(&topic->fields[i]);
        topic->seen[i] = false;
    }
    buf_clear(&topic->ignored);
    topic->open = true;
    topic->is_tipster = false;
    topic->field = BODY;
    topic->line = line;
    Span number;
    if (topic_tags_qid(&topic->tags, tag, &number)) {
        topics_put_words(&topic->fields[NUMBER], number);
        topic->seen[NUMBER] = true;
    }
}

/* The field or, without it, what is like it; BODY if the topic has neither. */
static TaggedField best_of(const TaggedTopic *topic, TaggedField field)
{
    TaggedField other = field - TITLE + OTHER_TITLE;
    return topic->seen[field] ? field : topic->seen[other] ? other : BODY;
}

/* Joins the requested fields in `text`; false if the topic has none of them. */
static bool put_query(const TaggedTopic *topic, TopicField field, Buf *text)
{
    bool wanted[] = {
        [TITLE] = field == TOPIC_TITLE || field == TOPIC_TITLE_DESC,
        [DESC] = field == TOPIC_DESC || field == TOPIC_TITLE_DESC,
        [NARR] = field == TOPIC_NARR,
    };
    bool any = false, has_fields = topic->ignored.size > 0;
    buf_clear(text);
    for (TaggedField i = TITLE; i <= NARR; i++) {
        TaggedField best = best_of(topic, i);
        if (best == BODY) continue;
        has_fields = true;
        if (!wanted[i]) continue;
        topics_put_words(text, buf_span(&topic->fields[best]));
        any = true;
    }
    if (any || has_fields) return any;
    topics_put_words(text, buf_span(&topic->fields[BODY]));
    return topic->seen[BODY];
}

/* Names the fields that a topic has in place of the requested one. */
static void refuse_topic(TopicFile *file, const TaggedTopic *topic)
{
    static const char *const names[] = {
        [TITLE] = " title", [DESC] = " desc", [NARR] = " narr"};
    Buf fields = {0};
    for (TaggedField i = TITLE; i <= NARR; i++) {
        if (best_of(topic, i) != BODY) buf_put_text(&fields, names[i]);
    }
    buf_put_span(&fields, buf_span(&topic->ignored));
    const char *text = buf_text(&fields);
    bool has_tags = topic->ignored.size > 0;
    topics_refuse(file, (TopicPosition){.line = topic->line},
                  "qid %.*s lacks the requested field; its fields are:%s%s",
                  SPAN_ARGS(buf_span(&topic->fields[NUMBER])),
                  text && *text ? text : " none",
                  has_tags ? "; name one with --query-field" : "");
    buf_release(&fields);
}

static Status end_topic(TopicFile *file, TaggedTopic *topic, Error *error)
{
    if (!topic->open) return OK;
    topic->open = false;
    Span qid = buf_span(&topic->fields[NUMBER]);
    if (!put_query(topic, file->options->field, &file->text)) {
        refuse_topic(file, topic);
        return OK;
    }
    Status status = buf_check(&file->text, "reading queries", error);
    for (size_t i = 0; i < FIELDS && status == OK; i++)
        status = buf_check(&topic->fields[i], "reading queries", error);
    if (status != OK) return status;
    return topics_add(file, qid, buf_span(&file->text), topic->line, error);
}

/* Notes the name of a tag that is not read, once. */
static void note_ignored(TaggedTopic *topic, const Tag *tag)
{
    enum { MAX_BYTES = 160 };
    Span rest = buf_span(&topic->ignored);
    for (size_t at = 0; at < rest.size;) {
        size_t end = at + 1;
        while (end < rest.size && rest.data[end] != ' ') end++;
        if (span_equal_caseless(span_of(rest.data + at + 1, end - at - 1),
                                tag->name))
            return;
        at = end;
    }
    if (rest.size + tag->name.size > MAX_BYTES) return;
    buf_put_byte(&topic->ignored, ' ');
    buf_put_span(&topic->ignored, tag->name);
}

/* Takes the text after a tag, up to the next tag. */
static void take_markup(TaggedTopic *topic, const Tag *tag, Span markup,
                        Buf *scratch)
{
    TaggedField before = topic->field;
    topic->field = topic_tags_field(&topic->tags, tag, before);
    bool begins = !tag->closes &&
                  topic_tags_field(&topic->tags, tag, BODY) == topic->field;
    topic->is_tipster |= tag_is(tag, "head");
    if (topic->field != before || begins)
        topic->takes = !topic->seen[topic->field];
    if (topic->field == IGNORED) {
        if (!tag->closes) note_ignored(topic, tag);
    } else if (topic->field == BODY ? !span_is_blank(markup) : topic->takes) {
        put_field(topic, topic->field, markup, scratch);
    }
}

/* Walks the file tag by tag; `next` is always one tag ahead. */
static Status walk(TopicFile *file, TaggedTopic *topic, Buf *scratch,
                   Error *error)
{
    Tag tag, next;
    uint64_t line = 1;
    size_t counted = 0; /* `line` is that of this offset */
    bool more = tag_next(file->bytes, 0, &next);
    while (more) {
        tag = next;
        more = tag_next(file->bytes, tag.end, &next);
        for (; counted < tag.start; counted++)
            line += file->bytes.data[counted] == '\n';
        if (topic_tags_begin(&topic->tags, &tag)) {
            Status status = end_topic(file, topic, error);
            if (status != OK) return status;
            if (!tag.closes) begin_topic(topic, &tag, line);
        }
        if (!topic->open) continue;
        size_t end = more ? next.start : file->bytes.size;
        take_markup(topic, &tag,
                    span_of(file->bytes.data + tag.end, end - tag.end),
                    scratch);
    }
    return end_topic(file, topic, error);
}

Status topics_read_tagged(TopicFile *file, Error *error)
{
    TaggedTopic topic = {.tags = topic_tags_of(file->bytes, file->options)};
    Buf scratch = {0};
    Status status = walk(file, &topic, &scratch, error);
    for (size_t i = 0; i < FIELDS; i++) buf_release(&topic.fields[i]);
    buf_release(&topic.ignored);
    buf_release(&scratch);
    return status;
}
