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
 * Many files close none of the inner tags, so a part ends at the next tag that
 * is known; others, such as <b>, are passed over. White space becomes one
 * blank. The words TREC puts before the parts ("Number:", "Description:") are
 * no part of them.
 */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

#include <inttypes.h>
#include <strings.h>

typedef enum TopicPart { NUMBER, TITLE, DESC, NARR, BODY, PARTS } TopicPart;

static const char *const PART_TAGS[PARTS][5] = {
    [NUMBER] = {"num", "docno", NULL},
    [TITLE] = {"title", "query", NULL},
    [DESC] = {"desc", "description", "question", NULL},
    [NARR] = {"narr", "narrative", NULL},
    [BODY] = {NULL},
};
/* What else begins where a part ends, in the topics of TREC and others. */
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
static const char *const PART_LABELS[] = {[NUMBER] = "Number:",
                                          [TITLE] = "Topic:",
                                          [DESC] = "Description:",
                                          [NARR] = "Narrative:",
                                          [BODY] = ""};

typedef struct TaggedTopic {
    bool open;
    uint64_t line;
    TopicPart part; /* the one that is open */
    bool takes;     /* whether it is the first of its kind, which counts */
    bool seen[PARTS];
    Buf parts[PARTS];
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

/* The part that begins behind a tag, `before` that in which it stands. */
static TopicPart part_behind(const Tag *tag, TopicPart before)
{
    for (TopicPart part = NUMBER; part < BODY; part++) {
        if (is_one_of(tag, PART_TAGS[part])) return tag->closes ? BODY : part;
    }
    bool ends = begins_topic(tag) || is_one_of(tag, OTHER_TAGS);
    return ends ? BODY : before;
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
    topic->part = BODY;
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
    if (!put_query(topic, file->options->field, &file->text)) {
        topics_refuse(
            file, (TopicPlace){.line = topic->line},
            "qid %.*s has no such field; it has%s%s%s%s", SPAN_ARGS(qid),
            topic->seen[TITLE] ? " title" : "",
            topic->seen[DESC] ? " desc" : "", topic->seen[NARR] ? " narr" : "",
            topic->seen[TITLE] || topic->seen[DESC] || topic->seen[NARR]
                ? ""
                : " none");
        return OK;
    }
    Status status = buf_check(&file->text, "reading queries", error);
    for (size_t i = 0; i < PARTS && status == OK; i++)
        status = buf_check(&topic->parts[i], "reading queries", error);
    if (status != OK) return status;
    return topics_add(file, qid, buf_span(&file->text), topic->line, error);
}

/* Takes what stands behind a tag, up to the next. */
static void take_markup(TaggedTopic *topic, const Tag *tag, Span markup,
                        Buf *scratch)
{
    TopicPart before = topic->part;
    topic->part = part_behind(tag, before);
    bool goes_on = topic->part == before && !is_one_of(tag, PART_TAGS[before]);
    if (!goes_on) topic->takes = !topic->seen[topic->part];
    if (topic->part == BODY ? !span_is_blank(markup) : topic->takes)
        put_part(topic, topic->part, markup, scratch);
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
    for (size_t i = 0; i < PARTS; i++) buf_release(&topic.parts[i]);
    buf_release(&scratch);
    return status;
}
