/* mbox.h - the mails of an mbox, one after the other.
 *
 *     From ada@example.org Thu Jan  1 09:00:00 2026
 *     Subject: tea
 *
 *     At four?
 *     >From the garden you hear the bell.
 *
 *     From bob@example.org Thu Jan  1 10:00:00 2026
 *
 * A mail begins with a separator (corpus/mail_detect.h) at the start or after
 * an empty line. A Content-Length counts only if it leads exactly to the next
 * separator or to the end; then separators before that are text. Of a line that
 * begins with >From, >>From and so on one > is removed (the mboxrd form).
 */
#ifndef QUERN_READERS_MBOX_H
#define QUERN_READERS_MBOX_H

#include "common/base/buf.h"
#include "common/input/stream.h"

/* The next mail with its separator; too_long if it has more than max_bytes. In
 * memory is this one mail. */
NODISCARD Status mbox_next(Stream *stream, uint64_t max_bytes,
                           StreamRecord *out, bool *found, Error *error);

/* The mail of a record: without the separator, and unquoted, in `unquoted` if
 * something was quoted. */
Span mbox_mail(Span record, Buf *unquoted);

#endif
