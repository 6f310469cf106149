/* mail_changes.h - what of a mail is not in its document as it was.
 */
#ifndef QUERN_READERS_MAIL_CHANGES_H
#define QUERN_READERS_MAIL_CHANGES_H

#include "common/base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Start with {0}; the buffers are used from mail to mail. */
typedef struct MailChanges {
    uint32_t unread;   /* attachments that are not text */
    Buf unread_names;  /* "a.pdf, b.png" */
    bool is_replaced;  /* invalid bytes became U+FFFD */
    bool is_guessed;   /* text with a charset that is unknown or missing */
    Buf charset;       /* the first unknown one, empty if it was missing */
    const char *guess; /* in which encoding it was read */
    bool is_cut;       /* a value of a header */
    bool is_too_deep, has_too_many; /* parts */
    const char *html_reason;        /* why an HTML part was not read */
} MailChanges;

void mail_changes_clear(MailChanges *changes);
void mail_changes_release(MailChanges *changes);

/* Appends text of a header or part, which is UTF-8 or anything. */
void mail_changes_put_unread(MailChanges *changes, Span name);

/* The changes as a phrase, empty if there are none. */
void mail_changes_put(Buf *out, const MailChanges *changes);

#endif
