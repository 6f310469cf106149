/* topics_tags.c - which field of a topic a tag begins. */
#include "searcher/topics/topics_tags.h"

#include <string.h>

static const char *const FIELD_TAGS[BODY][8] = {
    [NUMBER] = {"num", "number", "identifier", "id", "topicid", "qid", "docno",
                NULL},
    [TITLE] = {"title", "query", NULL},
    [DESC] = {"desc", "description", "question", NULL},
    [NARR] = {"narr", "narrative", NULL},
    [OTHER_TITLE] = {"content", "text", NULL},
};
static const char *const FIELD_ENDINGS[BODY][3] = {
    [OTHER_TITLE] = {"title", NULL},
    [OTHER_DESC] = {"desc", "description", NULL},
    [OTHER_NARR] = {"narr", "narrative", NULL},
};
/* In the topics of TREC, which are not closed: they end a field. */
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
                                         NULL};
static const char *const TEXT_MARKUP[] = {
    "b", "i", "u", "em", "p", "br", "span", "strong", "sub", "sup", "a", NULL};

static bool is_one_of(const Tag *tag, const char *const *names)
{
    while (*names && !tag_is(tag, *names)) names++;
    return *names != NULL;
}

static bool ends_with_one_of(const Tag *tag, const char *const *endings)
{
    for (; *endings; endings++) {
        Span ending = span_text(*endings);
        if (tag->name.size < ending.size) continue;
        const uint8_t *tail = tag->name.data + tag->name.size - ending.size;
        if (span_equal_caseless(span_of(tail, ending.size), ending))
            return true;
    }
    return false;
}

static bool begins_topic(const Tag *tag)
{
    return tag_is(tag, "top") || tag_is(tag, "topic") || tag_is(tag, "doc");
}

TopicTags topic_tags_of(Span bytes, const TopicOptions *options)
{
    Tag tag = {0};
    while (tag_next(bytes, tag.end, &tag) && !begins_topic(&tag)) {
        if (tag_is(&tag, "query")) return (TopicTags){options, true};
    }
    return (TopicTags){options, false};
}

bool topic_tags_begin(const TopicTags *tags, const Tag *tag)
{
    return tags->are_queries ? tag_is(tag, "query") : begins_topic(tag);
}

/* What the options call id and query. */
static TaggedField named_field(const TopicOptions *options, const Tag *tag)
{
    if (options->qid_field && tag_is(tag, options->qid_field)) return NUMBER;
    if (options->query_field && tag_is(tag, options->query_field)) return TITLE;
    return FIELDS;
}

/* FIELDS if the tag does not begin one; a field that the options name has no
 * other tags. */
static TaggedField field_of(const TopicOptions *options, const Tag *tag)
{
    TaggedField field = named_field(options, tag);
    for (TaggedField i = NUMBER; i < BODY && field == FIELDS; i++) {
        bool has_name = (i == NUMBER && options->qid_field) ||
                        ((i == TITLE || i == OTHER_TITLE) &&
                         options->query_field);
        if (is_one_of(tag, FIELD_TAGS[i]) ||
            ends_with_one_of(tag, FIELD_ENDINGS[i]))
            field = has_name ? IGNORED : i;
    }
    return field;
}

TaggedField topic_tags_field(const TopicTags *tags, const Tag *tag,
                             TaggedField before)
{
    if (topic_tags_begin(tags, tag)) return BODY;
    TaggedField field = field_of(tags->options, tag);
    if (field != FIELDS) return tag->closes ? BODY : field;
    if (is_one_of(tag, OTHER_TAGS)) return tag->closes ? BODY : IGNORED;
    bool in_text = before != NUMBER && before < BODY;
    if (in_text || is_one_of(tag, TEXT_MARKUP)) return before;
    return tag->closes ? BODY : IGNORED;
}

bool topic_tags_qid(const TopicTags *tags, const Tag *tag, Span *qid)
{
    static const char *const names[] = {"number", "qid", "id", "topicid", NULL};
    const char *named = tags->options->qid_field;
    if (named) return tag_attribute(tag, named, qid);
    for (size_t i = 0; names[i]; i++) {
        if (tag_attribute(tag, names[i], qid)) return true;
    }
    return false;
}
