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
 * Many files close none of the inner tags, so a part ends at the next tag,
 * whichever it is. White space becomes one blank. The words TREC puts before
 * the parts ("Number:", "Description:") are no part of them.
 */
#include "searcher/query/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

#include <inttypes.h>
#include <strings.h>

typedef enum TopicPart { NUMBER, TITLE, DESC, NARR, BODY, PARTS } TopicPart;

static const char *const PART_TAGS[][5] = {
    [NUMBER] = {"num", "docno", NULL},
    [TITLE] = {"title", "query", NULL},
    [DESC] = {"desc", "description", "question", NULL},
    [NARR] = {"narr", "narrative", NULL},
};
static const char *const PART_LABELS[] = {[NUMBER] = "Number:",
                                          [TITLE] = "Topic:",
                                          [DESC] = "Description:",
                                          [NARR] = "Narrative:",
                                          [BODY] = ""};

typedef struct TaggedTopic {
    bool open;
    uint64_t line;
    bool seen[PARTS];
    Buf parts[PARTS];
} TaggedTopic;

static bool begins_topic(const Tag *tag)
{
    return tag_is(tag, "top") || tag_is(tag, "topic") || tag_is(tag, "doc");
}

static TopicPart part_of(const Tag *tag)
{
    for (TopicPart part = NUMBER; part < BODY; part++) {
        for (size_t i = 0; PART_TAGS[part][i]; i++) {
            if (tag_is(tag, PART_TAGS[part][i])) return part;
        }
    }
    return PARTS;
}

/* Appends words with one blank between. */
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

/* Puts the markup between two tags into a part, without the part's label. */
static void put_part(TaggedTopic *topic, TopicPart part, Span markup,
                     Buf *scratch)
{
    buf_clear(scratch);
    tags_put_text(scratch, markup);
    Span text = span_trim(buf_span(scratch));
    const char *label = PART_LABELS[part];
    size_t size = strlen(label);
    bool labelled = text.size >= size && size > 0 &&
                    !strncasecmp((const char *)text.data, label, size);
    if (labelled) text = span_of(text.data + size, text.size - size);
    text = span_trim(text);
    /* TREC-1 to 3 write `Number: 051` for what their qrels call 51. */
    while (labelled && part == NUMBER && text.size > 1 && *text.data == '0') {
        text.data++;
        text.size--;
    }
    put_words(&topic->parts[part], text);
    topic->seen[part] = true;
}

static void begin_topic(TaggedTopic *topic, const Tag *tag, uint64_t line)
{
    for (size_t i = 0; i < PARTS; i++) {
        buf_clear(&topic->parts[i]);
        topic->seen[i] = false;
    }
    topic->open = true;
    topic->line = line;
    Span number;
    if (tag_attribute(tag, "number", &number) ||
        tag_attribute(tag, "id", &number)) {
        put_words(&topic->parts[NUMBER], number);
        topic->seen[NUMBER] = true;
    }
}

/* Joins the parts asked for in `text`; false if none of them was there. */
static bool put_query(const TaggedTopic *topic, TopicField field, Buf *text)
{
    bool wanted[PARTS] = {
        [TITLE] = field == TOPIC_TITLE || field == TOPIC_TITLE_DESC,
        [DESC] = field == TOPIC_DESC || field == TOPIC_TITLE_DESC,
        [NARR] = field == TOPIC_NARR,
    };
    bool any = false;
    buf_clear(text);
    for (TopicPart part = TITLE; part <= NARR; part++) {
        if (!wanted[part] || !topic->seen[part]) continue;
        put_words(text, buf_span(&topic->parts[part]));
        any = true;
    }
    if (any || topic->seen[TITLE] || topic->seen[DESC] || topic->seen[NARR])
        return any;
    put_words(text, buf_span(&topic->parts[BODY])); /* CACM has no parts */
    return topic->seen[BODY];
}

static Status end_topic(TopicFile *file, TaggedTopic *topic, Error *error)
{
    if (!topic->open) return OK;
    topic->open = false;
    Span qid = buf_span(&topic->parts[NUMBER]);
    if (!put_query(topic, file->options->field, &file->text))
        return fail(error, ERR_USAGE,
                    "%s:%" PRIu64 ": qid %.*s has no such field; it has%s%s%s",
                    file->name, topic->line, SPAN_ARGS(qid),
                    topic->seen[TITLE] ? " title" : "",
                    topic->seen[DESC] ? " desc" : "",
                    topic->seen[NARR] ? " narr" : "");
    Status status = buf_check(&file->text, "reading queries", error);
    for (size_t i = 0; i < PARTS && status == OK; i++)
        status = buf_check(&topic->parts[i], "reading queries", error);
    if (status != OK) return status;
    return topics_add(file, qid, buf_span(&file->text), topic->line, error);
}

/* Walks the file tag by tag; `next` is always one tag ahead. */
static Status walk(TopicFile *file, TaggedTopic *topic, Buf *scratch,
                   Error *error)
{
    Tag tag, next;
    uint64_t line = 1;
    size_t counted = 0; /* lines before here are in `line` */
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
        Span markup = span_of(file->bytes.data + tag.end, end - tag.end);
        TopicPart part = part_of(&tag);
        if (part == PARTS || tag.closes) part = BODY;
        if (part == BODY ? !span_is_blank(markup) : !topic->seen[part])
            put_part(topic, part, markup, scratch);
    }
    return end_topic(file, topic, error);
}

Status topics_read_tagged(TopicFile *file, Error *error)
{
    TaggedTopic topic = {0};
    Buf scratch = {0};
    Status status = walk(file, &topic, &scratch, error);
    for (size_t i = 0; i < PARTS; i++) buf_release(&topic.parts[i]);
    buf_release(&scratch);
    return status;
}
