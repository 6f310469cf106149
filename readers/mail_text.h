/* mail_text.h - a mail in memory to its text.
 *
 * The text is that of its parts, in their order, a line end between them:
 *   - text/plain and other text, also of attachments, by its charset;
 *   - text/html as the text that is visible;
 *   - of the parts of a multipart/alternative that are not attachments, plain
 *     text if there is some that is not blank, else HTML, else all;
 *   - a mail in a mail: its subject, then its parts.
 * Other parts are counted and named in the changes, except signatures.
 */
#ifndef QUERN_READERS_MAIL_TEXT_H
#define QUERN_READERS_MAIL_TEXT_H

#include "readers/html_page.h"
#include "readers/mail_charset.h"
#include "readers/mail_parts.h"

/* Start with {0}, but set the fallback; the memory is used from mail to mail.
 */
typedef struct MailText {
    Buf title, text; /* UTF-8 */
    MailCharset charset;
    Span header; /* of the mail: borrowed from its bytes */
    MailParts parts;
    HtmlPage *html; /* owned; made for the first HTML */
    Buf decoded, part_text, value;
} MailText;

/* Fills title, text, changes and header. */
NODISCARD Status mail_text_read(MailText *mail, Span bytes, Error *error);

/* Appends the text of a header of the mail; an empty one if it has none. */
void mail_text_put_header(MailText *mail, const char *name, Buf *out);

void mail_text_release(MailText *mail);

#endif
