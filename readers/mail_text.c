/* mail_text.c - a mail in memory to its text. */
#include "readers/mail_text.h"

#include "common/input/blank.h"
#include "readers/mail_flowed.h"
#include "readers/mail_header.h"

static void put_header(MailText *mail, Span block, const char *name, Buf *out)
{
    if (!mail_header_get(block, name, &mail->value))
        mail->charset.changes.is_cut = true;
    buf_keep_failure(out, &mail->value);
    mail_header_put_text(out, buf_span(&mail->value), &mail->charset);
}

void mail_text_put_header(MailText *mail, const char *name, Buf *out)
{
    put_header(mail, mail->header, name, out);
}

/* The body without its transfer encoding, in mail->decoded; mail->parts.type
 * becomes the part's. */
static Span decode_body(MailText *mail, const MailPart *part)
{
    mail_part_type(&mail->parts, part);
    buf_clear(&mail->decoded);
    mail_part_put_body(&mail->parts, part, &mail->decoded);
    return buf_span(&mail->decoded);
}

static void put_plain(MailText *mail, const MailPart *part)
{
    Span bytes = decode_body(mail, part);
    const PartType *type = &mail->parts.type;
    Span charset = buf_span(&type->charset);
    if (!type->is_flowed) {
        mail_charset_put(&mail->text, bytes, charset, &mail->charset);
        return;
    }
    buf_clear(&mail->part_text);
    mail_charset_put(&mail->part_text, bytes, charset, &mail->charset);
    buf_keep_failure(&mail->text, &mail->part_text);
    mail_flowed_put(&mail->text, buf_span(&mail->part_text),
                    type->deletes_space);
}

/* Reads HTML in the charset of its part; if it has none that is known, as the
 * page declares or, where that leaves invalid bytes, in the fallback. */
static Status read_page(MailText *mail, Span bytes, HtmlText *out, Error *error)
{
    MailCharset *charset = &mail->charset;
    Buf *label = &mail->parts.type.charset;
    const Encoding *known = encoding_find(buf_span(label));
    Status status = html_page_read(mail->html, bytes,
                                   known ? buf_text(label) : NULL, out, error);
    if (status != OK || known || !out->is_replaced) return status;
    mail_charset_note_guess(charset, buf_span(label));
    return html_page_read(mail->html, bytes, charset->fallback->name, out,
                          error);
}

static Status put_html(MailText *mail, const MailPart *part, Error *error)
{
    HtmlText html = {0};
    Span bytes = decode_body(mail, part);
    Status status = mail->html ? OK : html_page_new(&mail->html, error);
    if (status == ERR_UNSUPPORTED) {
        mail->charset.changes.html_reason =
            "this program was built without libgumbo";
        return OK;
    }
    if (status == OK) status = read_page(mail, bytes, &html, error);
    if (status != OK) return status;
    if (html.reason) mail->charset.changes.html_reason = html.reason;
    if (html.is_replaced) mail->charset.changes.is_replaced = true;
    buf_put_span(&mail->text, html.text);
    return OK;
}

static void name_unread(MailText *mail, const MailPart *part)
{
    mail_part_type(&mail->parts, part);
    const PartType *type = &mail->parts.type;
    mail_changes_put_unread(&mail->charset.changes,
                            type->name.size ? buf_span(&type->name)
                                            : buf_span(&type->type));
}

static bool is_text(const MailPart *part)
{
    return part->kind <= MIME_TEXT;
}

/* Whether it is one form of what a multipart/alternative has in several. */
static bool is_body(const MailPart *part)
{
    return is_text(part) && !part->is_attachment;
}

static bool is_blank(MailText *mail, const MailPart *part)
{
    return span_is_blank(decode_body(mail, part));
}

/* The part that this one is in, or NULL if that is another mail. */
static const MailPart *outer_part(const MailParts *parts, const MailPart *part)
{
    const MailPart *outer = &parts->parts[part->parent];
    return outer == part || outer->kind == MIME_MESSAGE ? NULL : outer;
}

/* Sets the kind that is read of each multipart/alternative. */
static void choose_alternatives(MailText *mail)
{
    MailParts *parts = &mail->parts;
    for (uint32_t i = 0; i < parts->count; i++)
        if (parts->parts[i].kind == MIME_ALTERNATIVE)
            parts->parts[i].chosen = MIME_TEXT;
    for (uint32_t i = 0; i < parts->count; i++) {
        const MailPart *part = &parts->parts[i];
        if (!is_body(part)) continue;
        const MailPart *outer = outer_part(parts, part);
        for (bool checked = false; outer; outer = outer_part(parts, outer)) {
            MailPart *in = &parts->parts[outer - parts->parts];
            if (in->kind != MIME_ALTERNATIVE || in->chosen <= part->kind)
                continue;
            if (!checked && is_blank(mail, part)) break;
            checked = true;
            in->chosen = part->kind;
        }
    }
}

/* Whether a multipart/alternative that it is in has a better form of it. */
static bool is_passed_over(const MailParts *parts, const MailPart *part)
{
    const MailPart *outer = outer_part(parts, part);
    for (; outer; outer = outer_part(parts, outer))
        if (outer->kind == MIME_ALTERNATIVE && outer->chosen < part->kind)
            return true;
    return false;
}

static Status put_part(MailText *mail, const MailPart *part, Error *error)
{
    if (!is_text(part)) {
        if (part->kind == MIME_OTHER) name_unread(mail, part);
        return OK;
    }
    if (!part->is_attachment && is_passed_over(&mail->parts, part)) return OK;
    Status status = OK;
    if (part->kind == MIME_HTML) {
        status = put_html(mail, part, error);
    } else {
        put_plain(mail, part);
    }
    buf_put_byte(&mail->text, '\n');
    return status;
}

static bool begins_inner_mail(const MailParts *parts, const MailPart *part)
{
    return part != parts->parts &&
           parts->parts[part->parent].kind == MIME_MESSAGE;
}

static Status put_parts(MailText *mail, Error *error)
{
    MailParts *parts = &mail->parts;
    choose_alternatives(mail);
    Status status = OK;
    for (uint32_t i = 0; i < parts->count && status == OK; i++) {
        const MailPart *part = &parts->parts[i];
        if (begins_inner_mail(parts, part)) {
            put_header(mail, part->header, "Subject", &mail->text);
            buf_put_byte(&mail->text, '\n');
        }
        status = put_part(mail, part, error);
    }
    return status;
}

Status mail_text_read(MailText *mail, Span bytes, Error *error)
{
    buf_clear(&mail->title);
    buf_clear(&mail->text);
    mail_changes_clear(&mail->charset.changes);
    Status status = mail_parts_read(&mail->parts, bytes, error);
    if (status != OK) return status;
    mail->header = mail->parts.parts[0].header;
    mail->charset.changes.is_too_deep = mail->parts.is_too_deep;
    mail->charset.changes.has_too_many = mail->parts.has_too_many;
    put_header(mail, mail->header, "Subject", &mail->title);
    status = put_parts(mail, error);
    const char *doing = "reading a mail";
    if (status == OK) status = buf_check(&mail->decoded, doing, error);
    if (status == OK) status = buf_check(&mail->title, doing, error);
    return status == OK ? buf_check(&mail->text, doing, error) : status;
}

void mail_text_release(MailText *mail)
{
    buf_release(&mail->title);
    buf_release(&mail->text);
    buf_release(&mail->decoded);
    buf_release(&mail->part_text);
    buf_release(&mail->value);
    mail_charset_release(&mail->charset);
    mail_parts_release(&mail->parts);
    html_page_free(mail->html);
}
