/* mail_parts.h - the parts of a mail, found in its bytes.
 *
 *   multipart/mixed        0  MULTIPART
 *     multipart/alternative  1  ALTERNATIVE, in 0
 *       text/plain             2  PLAIN, in 1
 *       text/html              3  HTML, in 1
 *     message/rfc822         4  MESSAGE, in 0
 *       image/png              5  OTHER, in 4
 *
 * in the order of the mail; the root is the whole mail. A mail that is encoded
 * as a whole inside another, which RFC 2046 forbids, comes after all others.
 *
 * The bytes are walked once, line by line, with a stack of the boundaries that
 * are open, so time is linear in the mail, memory in its parts, and nothing is
 * recursive.
 *
 * As in Python's email package: any open boundary ends the parts in it; a
 * multipart without a boundary, or in which it never comes, is text; what is
 * before the first and after the last boundary is not read. Headers end at an
 * empty line or at a line that is not a header.
 */
#ifndef QUERN_READERS_MAIL_PARTS_H
#define QUERN_READERS_MAIL_PARTS_H

#include "readers/gmime_codec.h"

#include "common/base/arena.h"

enum {
    MAIL_MAX_DEPTH = 1000,
    MAIL_MAX_PARTS = 100 * 1000,
    MAIL_BOUNDARY_SLOTS = 1024
};

/* In the order in which alternatives are preferred. */
typedef enum MimeKind {
    MIME_PLAIN,   /* text/plain */
    MIME_HTML,    /* text/html */
    MIME_TEXT,    /* other text */
    MIME_OTHER,   /* not text */
    MIME_IGNORED, /* a signature, or too deep */
    MIME_MULTIPART,
    MIME_ALTERNATIVE,
    MIME_MESSAGE /* its one part is a mail */
} MimeKind;

typedef struct MailPart {
    Span header; /* lines; of a mail also those of its only part */
    Span body;   /* of a leaf, encoded */
    MimeKind kind;
    MimeKind chosen; /* of a multipart/alternative: for its reader to set */
    uint32_t parent; /* of the root: 0 */
    uint32_t depth;  /* of the root: 0 */
    bool is_attachment;
} MailPart;

typedef struct MailParts {
    MailPart *parts; /* owned */
    uint32_t count, capacity;
    bool is_too_deep, has_too_many;      /* some are missing */
    Buf stack, boundaries;               /* of the walk */
    uint32_t slots[MAIL_BOUNDARY_SLOTS]; /* by hash: the innermost on the stack,
                                          * its index + 1, or 0 */
    Arena decoded;                       /* mails that were encoded in mails */
    PartType type;
    Buf value, other_value;
} MailParts;

/* Finds the parts of a mail; {0} for *parts is a start. They borrow from the
 * mail. */
NODISCARD Status mail_parts_read(MailParts *parts, Span mail, Error *error);
void mail_parts_release(MailParts *parts);

/* Fills parts->type with the type of a part. */
void mail_part_type(MailParts *parts, const MailPart *part);

/* Appends its body without the transfer encoding. */
void mail_part_put_body(MailParts *parts, const MailPart *part, Buf *out);

#endif
