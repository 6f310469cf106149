/* mail_header.h - the headers of a mail or part, found and decoded. */
#ifndef QUERN_READERS_MAIL_HEADER_H
#define QUERN_READERS_MAIL_HEADER_H

#include "readers/mail_charset.h"

/* Of the value of a header; what is longer is cut. */
enum { MAIL_VALUE_BYTES = 64 * 1024 };

/* Sets *out to the first value of this name in a block of headers, without line
 * ends and blanks around it; empty if there is none. False if it was cut. */
bool mail_header_get(Span block, const char *name, Buf *out);

/* Appends a value as text: encoded words (RFC 2047) are decoded, other bytes
 * are text without a charset. */
void mail_header_put_text(Buf *out, Span value, MailCharset *charset);

#endif
