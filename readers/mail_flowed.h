/* mail_flowed.h - text of format=flowed to paragraphs (RFC 3676). */
#ifndef QUERN_READERS_MAIL_FLOWED_H
#define QUERN_READERS_MAIL_FLOWED_H

#include "common/base/buf.h"

/* Appends the text with its paragraphs each on one line, quotes with their
 * marks. `deletes_space`: the blank at the end of a line that goes on is not
 * part of the text (delsp=yes). */
void mail_flowed_put(Buf *out, Span text, bool deletes_space);

#endif
