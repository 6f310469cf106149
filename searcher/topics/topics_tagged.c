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
 * tag; other tags, such as <b>, are skipped. White space is collapsed to one
 * space. The labels that TREC puts before the fields ("Number:",
 * "Description:") are removed.
 */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

#include <inttypes.h>
#include <strings.h>

/* BODY is the text outside the others. */
typedef enum TaggedField {
    NUMBER,
    TITLE,
    DESC,
    NARR,
    BODY,
    FIELDS
} TaggedField;

static const char *const FIELD_TAGS[FIELDS][5] = {
    [NUMBER] = {"num", "docno", NULL},
    [TITLE] = {"title", "query", NULL},
    [DESC] = {"desc", "description", "question", NULL},
    [NARR] = {"narr", "narrative", NULL},
    [BODY] = {NULL},
};
/* Other tags that end a field, in the topics of TREC and others. */
static const char *const OTHER_TAGS[] = {"head",
                                         "dom",
                                         "con",
                                         "fac",
                                         "def",
                                         "nat",
                                         "smry",
                                         "time",
                                         "subtopic",
                                         "querytime",
                                         "querytweettime",
                                         "text",
                                         NULL};
static const char *const FIELD_LABELS[] = {[NUMBER] = "Number:",
                                           [TITLE] = "Topic:",
                                           [DESC] = "Description:",
                                           [NARR] = "Narrative:",
                                           [BODY] = ""};

typedef struct TaggedTopic {
    bool open;
    uint64_t line;
    TaggedField field; /* the current one */
    bool takes;        /* the first field of its kind: later ones are ignored */
    bool seen[FIELDS];
    Buf fields[FIELDS];
} TaggedTopic;

static bool begins_topic(const Tag *tag)
{
    return tag_is(tag, "top") || tag_is(tag, "topic") || tag_is(tag, "doc");
}

static bool is_one_of(const Tag *tag, const char *const *names)
{
    while (*names && !tag_is(tag, *names)) names++;
    return *names != NULL;
}

/* The field after a tag that is found in the field `before`. */
static TaggedField field_after(const Tag *tag, TaggedField before)
{
    for (TaggedField field = NUMBER; field < BODY; field++) {
        if (is_one_of(tag, FIELD_TAGS[field]))
            return tag->closes ? BODY : field;
    }
    bool ends = begins_topic(tag) || is_one_of(tag, OTHER_TAGS);
    return ends ? BODY : before;
}

/* Appends words separated by one space. */
static void put_words(Buf *out, Span text)
{
    for (text = span_trim(text); text.size; text = span_trim(text)) {
        size_t size = 0;
        while (size < text.size && !byte_is_blank(text.data[size])) size++;
        if (out->size) buf_put_byte(out, ' ');
        buf_put(out, text.data, size);
        text = span_of(text.data + size, text.size - size);
    }
}

/* Adds the text between two tags to a field, without the field's label. */
static void put_field(TaggedTopic *topic, TaggedField field, Span markup,
                      Buf *scratch)
{
    buf_clear(scratch);
    tags_put_text(scratch, markup);
    Span text = span_trim(buf_span(scratch));
    const char *label = FIELD_LABELS[field];
    size_t size = strlen(label);
    bool labelled = text.size >= size && size > 0 &&
                    !strncasecmp((const char *)text.data, label, size);
    if (labelled) text = span_of(text.data + size, text.size - size);
    text = span_trim(text);
    /* TREC-1 to 3 write `Number: 051` for what their qrels call 51. */
    while (labelled && field == NUMBER && text.size > 1 && *text.data == '0') {
        text.data++;
        text.size--;
    }
    put_words(&topic->fields[field], text);
    topic->seen[field] = true;
}

static void begin_topic(TaggedTopic *topic, const Tag *tag, uint64_t line)
{
    for (size_t i = 0; i < FIELDS; i++) {
        buf_clear(&topic->fields[i]);
        topic->seen[i] = false;
    }
    topic->open = true;
    topic->field = BODY;
    topic->line = line;
    Span number;
    if (tag_attribute(tag, "number", &number) ||
        tag_attribute(tag, "id", &number)) {
        put_words(&topic->fields[NUMBER], number);
        topic->seen[NUMBER] = true;
    }
}

/* Joins the requested fields in `text`; false if the topic has none of them. */
static bool put_query(const TaggedTopic *topic, TopicField field, Buf *text)
{
    bool wanted[FIELDS] = {
        [TITLE] = field == TOPIC_TITLE || field == TOPIC_TITLE_DESC,
        [DESC] = field == TOPIC_DESC || field == TOPIC_TITLE_DESC,
        [NARR] = field == TOPIC_NARR,
    };
    bool any = false;
    buf_clear(text);
    for (TaggedField i = TITLE; i <= NARR; i++) {
        if (!wanted[i] || !topic->seen[i]) continue;
        put_words(text, buf_span(&topic->fields[i]));
        any = true;
    }
    if (any || topic->seen[TITLE] || topic->seen[DESC] || topic->seen[NARR])
        return any;
    put_words(text, buf_span(&topic->fields[BODY])); /* CACM has no fields */
    return topic->seen[BODY];
}

static Status end_topic(TopicFile *file, TaggedTopic *topic, Error *error)
{
    if (!topic->open) return OK;
    topic->open = false;
    Span qid = buf_span(&topic->fields[NUMBER]);
    if (!put_query(topic, file->options->field, &file->text)) {
        topics_refuse(
            file, (TopicPosition){.line = topic->line},
            "qid %.*s lacks the requested field; its fields are:%s%s%s%s",
            SPAN_ARGS(qid), topic->seen[TITLE] ? " title" : "",
            topic->seen[DESC] ? " desc" : "", topic->seen[NARR] ? " narr" : "",
            topic->seen[TITLE] || topic->seen[DESC] || topic->seen[NARR]
                ? ""
                : " none");
        return OK;
    }
    Status status = buf_check(&file->text, "reading queries", error);
    for (size_t i = 0; i < FIELDS && status == OK; i++)
        status = buf_check(&topic->fields[i], "reading queries", error);
    if (status != OK) return status;
    return topics_add(file, qid, buf_span(&file->text), topic->line, error);
}

/* Takes the text after a tag, up to the next tag. */
static void take_markup(TaggedTopic *topic, const Tag *tag, Span markup,
                        Buf *scratch)
{
    TaggedField before = topic->field;
    topic->field = field_after(tag, before);
    bool continues = topic->field == before &&
                     !is_one_of(tag, FIELD_TAGS[before]);
    if (!continues) topic->takes = !topic->seen[topic->field];
    if (topic->field == BODY ? !span_is_blank(markup) : topic->takes)
        put_field(topic, topic->field, markup, scratch);
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
        if (begins_topic(&tag)) {
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
    TaggedTopic topic = {0};
    Buf scratch = {0};
    Status status = walk(file, &topic, &scratch, error);
    for (size_t i = 0; i < FIELDS; i++) buf_release(&topic.fields[i]);
    buf_release(&scratch);
    return status;
}
