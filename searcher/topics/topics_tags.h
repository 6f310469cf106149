/* topics_tags.h - which field of a topic a tag begins; private to topics*.c. */
#ifndef QUERN_TOPICS_TOPICS_TAGS_H
#define QUERN_TOPICS_TOPICS_TAGS_H

#include "searcher/topics/topics.h"

#include "common/input/tags.h"

/* A field has its usual tags; where a topic has none of them, others whose
 * names end like them are taken: <EN-title>. */
typedef enum TaggedField {
    NUMBER,
    TITLE,
    DESC,
    NARR,
    OTHER_TITLE,
    OTHER_DESC,
    OTHER_NARR,
    BODY,    /* text outside of fields */
    IGNORED, /* text in tags that are not read */
    FIELDS
} TaggedField;

/* What the topics of a file are. */
typedef struct TopicTags {
    const TopicOptions *options;
    bool are_queries; /* <query> is a topic, as NTCIR's are, not a title */
} TopicTags;

/* By the first tag of <top>, <topic>, <doc> and <query>. */
TopicTags topic_tags_of(Span bytes, const TopicOptions *options);

bool topic_tags_begin(const TopicTags *tags, const Tag *tag);

/* The field after a tag that is found in the field `before`. Tags of markup in
 * a text (<b>), and unknown ones in a field of text, leave it as it is; another
 * unknown tag is IGNORED until it is closed. */
TaggedField topic_tags_field(const TopicTags *tags, const Tag *tag,
                             TaggedField before);

/* The id in an attribute of the tag that begins a topic. */
bool topic_tags_qid(const TopicTags *tags, const Tag *tag, Span *qid);

#endif
