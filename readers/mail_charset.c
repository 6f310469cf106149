/* mail_charset.c - text of a mail, in the charset that it declares, to UTF-8.
 */
#include "readers/mail_charset.h"

#include "common/base/utf8_clean.h"
#include "common/input/blank.h"

/* What programs write that do not know, or know only ASCII. */
static bool says_nothing(Span label)
{
    static const char *const labels[] = {"us-ascii",       "ascii",
                                         "ansi_x3.4-1968", "unknown",
                                         "unknown-8bit",   "x-unknown"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (span_equal_caseless(label, span_text(labels[i]))) return true;
    return label.size == 0;
}

void mail_charset_release(MailCharset *charset)
{
    mail_changes_release(&charset->changes);
    for (size_t i = 0; i < MAIL_KEPT_DECODERS; i++)
        decoder_close(charset->kept[i].decoder);
}

/* Loads the tables of an encoding; false if libc does not have them. */
static bool keep_decoder(MailCharset *charset, const Encoding *encoding)
{
    Error ignored;
    if (encoding->kind == ENCODING_UTF8) return true;
    for (size_t i = 0; i < MAIL_KEPT_DECODERS; i++)
        if (charset->kept[i].encoding == encoding) return true;
    KeptDecoder *kept =
        &charset->kept[charset->next_kept++ % MAIL_KEPT_DECODERS];
    decoder_close(kept->decoder);
    *kept = (KeptDecoder){0};
    if (decoder_open(encoding, &kept->decoder, &ignored) != OK) return false;
    kept->encoding = encoding;
    return true;
}

static void put_decoded(Buf *out, Span bytes, const Encoding *encoding,
                        MailChanges *changes)
{
    Error ignored;
    bool is_broken = false;
    if (encoding->kind == ENCODING_UTF8) {
        is_broken = !utf8_is_clean(bytes);
        utf8_put_clean(out, bytes);
    } else if (encoding_put_text(out, encoding, bytes, &is_broken, &ignored) !=
               OK) {
        out->status = ERR_NO_MEMORY;
    }
    changes->is_replaced = changes->is_replaced || is_broken;
}

void mail_charset_note_guess(MailCharset *charset, Span label)
{
    MailChanges *changes = &charset->changes;
    if (changes->is_guessed && changes->charset.size) return;
    changes->is_guessed = true;
    changes->guess = charset->fallback->name;
    buf_put_span(&changes->charset, label);
}

void mail_charset_put(Buf *out, Span bytes, Span label, MailCharset *charset)
{
    label = span_trim(label);
    bool is_declared = !says_nothing(label);
    const Encoding *encoding = is_declared ? encoding_find(label) : NULL;
    if (encoding && keep_decoder(charset, encoding)) {
        put_decoded(out, bytes, encoding, &charset->changes);
    } else if (utf8_is_clean(bytes)) {
        buf_put_span(out, bytes);
    } else {
        mail_charset_note_guess(charset, is_declared ? label : (Span){0});
        keep_decoder(charset, charset->fallback);
        put_decoded(out, bytes, charset->fallback, &charset->changes);
    }
}
