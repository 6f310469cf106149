/* mail_charset.h - text of a mail, in the charset that it declares, to UTF-8.
 */
#ifndef QUERN_READERS_MAIL_CHARSET_H
#define QUERN_READERS_MAIL_CHARSET_H

#include "common/base/status.h"
#include "common/input/decoder.h"
#include "readers/mail_changes.h"

/* A decoder that is not used, but whose tables libc would unload and load again
 * for each piece of text, if none were open. */
typedef struct KeptDecoder {
    const Encoding *encoding; /* NULL: none */
    Decoder *decoder;         /* owned */
} KeptDecoder;

enum { MAIL_KEPT_DECODERS = 16 };

/* Start with {0}, but set the fallback. */
typedef struct MailCharset {
    const Encoding *fallback; /* of text without a charset that is known */
    MailChanges changes;      /* of the mail that is read */
    KeptDecoder kept[MAIL_KEPT_DECODERS];
    unsigned next_kept;
} MailCharset;

void mail_charset_release(MailCharset *charset);

/* Appends the bytes as UTF-8. Without a charset, in US-ASCII or in one that is
 * unknown, they are UTF-8 if they can be, or else in the fallback, which is
 * reported as a change. */
void mail_charset_put(Buf *out, Span bytes, Span label, MailCharset *charset);

/* Reports that text with this label, which may be empty, was read in the
 * fallback. */
void mail_charset_note_guess(MailCharset *charset, Span label);

#endif
