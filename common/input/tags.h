/* tags.h - tags as TREC documents and topics have them: SGML, HTML or XML,
 * closed or not.
 *
 * A tag is < or </ with a letter behind it, up to the next >. Anything else is
 * text: a lone < stays what it is. Names are compared without regard to case.
 */
#ifndef QUERN_INPUT_TAGS_H
#define QUERN_INPUT_TAGS_H

#include "common/base/buf.h"
#include "common/base/span.h"

typedef struct Tag {
    Span name;
    Span attributes; /* between the name and the > */
    bool closes;
    size_t start, end; /* of the markup it was found in */
} Tag;

/* The first tag at or behind `from`; comments, declarations and CDATA are
 * passed over. False, with *out all zero, if there is none. */
bool tag_next(Span markup, size_t from, Tag *out);

bool tag_is(const Tag *tag, const char *name);

/* The value of an attribute, without its quotes. */
bool tag_attribute(const Tag *tag, const char *name, Span *value);

/* The text between tags: each tag becomes a space, comments vanish, the
 * entities of XML, numbered ones and &nbsp; become their character. Never
 * longer than the markup. */
void tags_put_text(Buf *out, Span markup);

#endif
