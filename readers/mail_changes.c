/* mail_changes.c - what of a mail is not in its document as it was. */
#include "readers/mail_changes.h"

#include "common/base/human.h"

/* Names of attachments that a report has at most. */
enum { MAX_NAMES_BYTES = 1000, MAX_NAME_BYTES = 200 };

void mail_changes_clear(MailChanges *changes)
{
    Buf names = changes->unread_names, charset = changes->charset;
    buf_clear(&names);
    buf_clear(&charset);
    *changes = (MailChanges){.unread_names = names, .charset = charset};
}

void mail_changes_release(MailChanges *changes)
{
    buf_release(&changes->unread_names);
    buf_release(&changes->charset);
}

void mail_changes_put_unread(MailChanges *changes, Span name)
{
    Buf *names = &changes->unread_names;
    changes->unread++;
    if (names->size > MAX_NAMES_BYTES) return;
    if (changes->unread > 1) buf_put_text(names, ", ");
    if (name.size > MAX_NAME_BYTES) name.size = MAX_NAME_BYTES;
    buf_put_span(names, name);
    if (names->size > MAX_NAMES_BYTES) buf_put_text(names, ", ...");
}

static void begin(Buf *out)
{
    if (out->size) buf_put_text(out, "; ");
}

static void put_guess(Buf *out, const MailChanges *changes)
{
    begin(out);
    if (changes->charset.size) {
        buf_printf(out, "text in the unknown charset '%.*s' was read as %s",
                   SPAN_ARGS(buf_span(&changes->charset)), changes->guess);
    } else {
        buf_printf(out, "text without a charset was read as %s",
                   changes->guess);
    }
}

static void put_fact(Buf *out, bool is_so, const char *fact)
{
    if (!is_so) return;
    begin(out);
    buf_put_text(out, fact);
}

void mail_changes_put(Buf *out, const MailChanges *changes)
{
    buf_clear(out);
    if (changes->unread) {
        put_counted(out, changes->unread, "attachment");
        buf_put_text(out, changes->unread == 1 ? " was not read: "
                                               : " were not read: ");
        buf_put_span(out, buf_span(&changes->unread_names));
    }
    if (changes->is_guessed) put_guess(out, changes);
    put_fact(out, changes->is_replaced,
             "bytes that its charset does not have were replaced by U+FFFD");
    put_fact(out, changes->is_cut, "a header was cut after 64 kB");
    put_fact(out, changes->is_too_deep,
             "parts below 1,000 levels of nesting were not read");
    put_fact(out, changes->has_too_many,
             "parts after the first 100,000 were not read");
    if (changes->html_reason) {
        begin(out);
        buf_printf(out, "an HTML part was not read: %s", changes->html_reason);
    }
}
