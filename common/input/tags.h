/* tags.h - tags of TREC documents and topics: SGML, HTML or XML, closed or
 * not.
 *
 * A tag is < or </ followed by a letter, up to the next >. Anything else is
 * text, a lone < too. Names are case-insensitive.
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

/* The first tag at or after `from`; comments, declarations and CDATA are
 * skipped. False, with *out all zero, at the end of the markup. */
bool tag_next(Span markup, size_t from, Tag *out);

bool tag_is(const Tag *tag, const char *name);

/* The value of an attribute, without its quotes. */
bool tag_attribute(const Tag *tag, const char *name, Span *value);

/* The text between tags: each tag becomes a space, comments are removed,
 * entities (entities.h) become their character. Never longer than the markup.
 */
void tags_put_text(Buf *out, Span markup);

#endif
