/* mail_parts.c - the parts of a mail, found in its bytes. */
#include "readers/mail_parts.h"

#include "common/base/hash.h"
#include "common/input/text_line.h"
#include "corpus/mail_detect.h"
#include "readers/mail_header.h"

#include <stdlib.h>

/* A multipart whose boundary is looked for. */
typedef struct Open {
    uint64_t hash;         /* of the boundary */
    size_t boundary, size; /* in parts->boundaries */
    uint32_t next;         /* index + 1 of the one below in its slot, or 0 */
    uint32_t part;
    bool is_digest; /* its parts are mails, if they do not say what they are */
} Open;

/* A boundary that was found, or the end of the bytes. */
typedef struct Found {
    bool any, closes;
    size_t open;       /* index on the stack */
    size_t start, end; /* of its line, with its line end */
} Found;

/* The walk through the bytes of a mail. */
typedef struct Walk {
    MailParts *parts;
    Span bytes;
    size_t at;
    uint32_t parent, depth; /* of the part that begins here */
    bool in_digest;
} Walk;

static Open *opened(const MailParts *parts)
{
    return (Open *)(void *)parts->stack.data;
}

static size_t open_count(const MailParts *parts)
{
    return parts->stack.size / sizeof(Open);
}

static uint32_t *slot_of(MailParts *parts, uint64_t hash)
{
    return &parts->slots[hash % MAIL_BOUNDARY_SLOTS];
}

static Span boundary_of(const MailParts *parts, const Open *open)
{
    return span_of(parts->boundaries.data + open->boundary, open->size);
}

/* The innermost open multipart with this boundary, or the count of them. */
static size_t find_open(MailParts *parts, Span boundary)
{
    size_t count = open_count(parts);
    const Open *all = opened(parts);
    if (!count) return count;
    uint32_t next = *slot_of(parts, hash_key(boundary));
    for (; next; next = all[next - 1].next)
        if (span_equal(boundary, boundary_of(parts, &all[next - 1])))
            return next - 1;
    return count;
}

/* Whether a line is a boundary: -- boundary [--] blanks. */
static bool is_boundary(MailParts *parts, Span line, Found *out)
{
    if (line.size < 2 || line.data[0] != '-' || line.data[1] != '-')
        return false;
    line = span_of(line.data + 2, line.size - 2);
    while (line.size && (line.data[line.size - 1] == ' ' ||
                         line.data[line.size - 1] == '\t'))
        line.size--;
    size_t count = open_count(parts);
    out->closes = false;
    out->open = find_open(parts, line);
    if (out->open == count && line.size > 2 &&
        !memcmp(line.data + line.size - 2, "--", 2)) {
        out->closes = true;
        out->open = find_open(parts, span_of(line.data, line.size - 2));
    }
    return out->open < count;
}

/* Moves to the next boundary that is open, and over its line. */
static Found find_boundary(Walk *walk)
{
    Span bytes = walk->bytes;
    Found found = {.start = bytes.size, .end = bytes.size};
    if (!open_count(walk->parts)) walk->at = bytes.size;
    while (walk->at < bytes.size && !found.any) {
        size_t start = walk->at, end = text_line_end(bytes, start);
        walk->at = end;
        if (bytes.data[start] != '-' ||
            !is_boundary(walk->parts, text_line(bytes, start, end), &found))
            continue;
        found.any = true;
        found.start = start;
        found.end = end;
    }
    return found;
}

/* Whether it is a header, or the rest of one; the separator of an mbox, which
 * may be quoted, is taken for one. */
static bool belongs_to_headers(Span line, bool is_first)
{
    if (!is_first && (*line.data == ' ' || *line.data == '\t')) return true;
    if (mail_header_name(line)) return true;
    if (*line.data == '>') line = span_of(line.data + 1, line.size - 1);
    return mail_is_separator(line);
}

/* Takes the headers that begin here, and the empty line after them. */
static Span take_headers(Walk *walk)
{
    size_t start = walk->at, end = start;
    while (walk->at < walk->bytes.size) {
        Found ignored;
        size_t next = text_line_end(walk->bytes, walk->at);
        Span line = text_line(walk->bytes, walk->at, next);
        if (line.size && !belongs_to_headers(line, walk->at == start)) break;
        if (is_boundary(walk->parts, line, &ignored)) break;
        walk->at = next;
        if (line.size == 0) break;
        end = next;
    }
    return span_of(walk->bytes.data + start, end - start);
}

static bool has_room(MailParts *parts)
{
    if (parts->count < parts->capacity) return true;
    uint32_t capacity = parts->capacity ? 2 * parts->capacity : 16;
    MailPart *grown = realloc(parts->parts, capacity * sizeof *grown);
    if (!grown) return false;
    parts->parts = grown;
    parts->capacity = capacity;
    return true;
}

void mail_part_type(MailParts *parts, const MailPart *part)
{
    mail_header_get(part->header, "Content-Type", &parts->value);
    mail_header_get(part->header, "Content-Disposition", &parts->other_value);
    part_type_read(&parts->type, buf_span(&parts->value),
                   buf_span(&parts->other_value));
}

void mail_part_put_body(MailParts *parts, const MailPart *part, Buf *out)
{
    mail_header_get(part->header, "Content-Transfer-Encoding", &parts->value);
    transfer_put_decoded(out, transfer_encoding(buf_span(&parts->value)),
                         part->body);
}

/* A type that is not text, but the text of a report on a mail. */
static bool is_report(Span type)
{
    static const char *const reports[] = {
        "message/delivery-status", "message/global-delivery-status",
        "message/disposition-notification", "message/feedback-report"};
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        if (span_equals_text(type, reports[i])) return true;
    return false;
}

static bool is_signature(Span type)
{
    return span_equals_text(type, "application/pgp-signature") ||
           span_equals_text(type, "application/pkcs7-signature") ||
           span_equals_text(type, "application/x-pkcs7-signature");
}

static MimeKind kind_of(Span type)
{
    if (span_equals_text(type, "text/plain")) return MIME_PLAIN;
    if (span_equals_text(type, "text/html")) return MIME_HTML;
    if (span_equals_text(type, "text/rtf") ||
        span_equals_text(type, "text/richtext") ||
        span_equals_text(type, "text/x-moz-deleted")) /* only its headers */
        return MIME_OTHER;
    if (span_begins(type, span_text("text/")) || is_report(type))
        return MIME_TEXT;
    if (span_equals_text(type, "multipart/alternative"))
        return MIME_ALTERNATIVE;
    if (span_begins(type, span_text("multipart/"))) return MIME_MULTIPART;
    if (span_equals_text(type, "message/rfc822") ||
        span_equals_text(type, "message/global") ||
        span_equals_text(type, "message/news"))
        return MIME_MESSAGE;
    return is_signature(type) ? MIME_IGNORED : MIME_OTHER;
}

/* What belongs to a page, as in those that browsers save as a mail (.mhtml);
 * nobody reads it, unless it was attached. */
static bool is_code(Span type)
{
    return span_equals_text(type, "text/css") ||
           span_equals_text(type, "text/javascript");
}

static bool has_header(MailParts *parts, Span block, const char *name)
{
    mail_header_get(block, name, &parts->value);
    return parts->value.size > 0;
}

/* Adds the part whose headers begin here; its type is in parts->type. */
static Status add_part(Walk *walk, Error *error)
{
    MailParts *parts = walk->parts;
    if (!has_room(parts)) return fail_memory(error, "reading a mail");
    MailPart *part = &parts->parts[parts->count++];
    *part = (MailPart){.parent = walk->parent, .depth = walk->depth};
    part->header = take_headers(walk);
    mail_part_type(parts, part);
    part->kind = kind_of(buf_span(&parts->type.type));
    part->is_attachment = parts->type.is_attachment;
    if (!part->is_attachment && is_code(buf_span(&parts->type.type)))
        part->kind = MIME_OTHER;
    if (walk->in_digest && part->kind == MIME_PLAIN &&
        !has_header(parts, part->header, "Content-Type"))
        part->kind = MIME_MESSAGE;
    return OK;
}

/* Looks for the boundary of the last part from now on; false if it is not a
 * multipart with one. */
static bool open_multipart(MailParts *parts)
{
    MimeKind kind = parts->parts[parts->count - 1].kind;
    const Buf *boundary = &parts->type.boundary;
    bool is_multipart = kind == MIME_MULTIPART || kind == MIME_ALTERNATIVE;
    if (!is_multipart || boundary->size == 0) return false;
    Open open = {.hash = hash_key(buf_span(boundary)),
                 .boundary = parts->boundaries.size,
                 .size = boundary->size,
                 .part = parts->count - 1,
                 .is_digest = span_equals_text(buf_span(&parts->type.type),
                                               "multipart/digest")};
    buf_put_span(&parts->boundaries, buf_span(boundary));
    if (parts->boundaries.status != OK) return false;
    uint32_t *slot = slot_of(parts, open.hash);
    open.next = *slot;
    buf_put(&parts->stack, &open, sizeof open);
    if (parts->stack.status != OK) return false;
    *slot = (uint32_t)open_count(parts);
    return true;
}

/* Closes the multiparts from this one inwards. */
static void close_multiparts(MailParts *parts, size_t from)
{
    while (open_count(parts) > from) {
        const Open *last = &opened(parts)[open_count(parts) - 1];
        *slot_of(parts, last->hash) = last->next;
        parts->boundaries.size = last->boundary;
        parts->stack.size -= sizeof *last;
    }
}

/* What is before a boundary, without the line end that is part of it. */
static Span body_before(Span bytes, size_t start, const Found *found)
{
    if (!found->any) return span_of(bytes.data + start, bytes.size - start);
    return text_line(bytes, start, found->start);
}

/* Reads the part that begins here up to the boundary after it, or, of a
 * multipart, up to its first one. */
static void read_body(Walk *walk, Found *found)
{
    MailParts *parts = walk->parts;
    MailPart *part = &parts->parts[parts->count - 1];
    size_t start = walk->at, own = open_count(parts);
    bool is_open = open_multipart(parts);
    *found = find_boundary(walk);
    if (is_open && found->any && found->open == own && !found->closes) return;
    if (part->kind == MIME_MULTIPART || part->kind == MIME_ALTERNATIVE)
        part->kind = MIME_PLAIN; /* without parts */
    part->body = body_before(walk->bytes, start, found);
}

static bool is_encoded(MailParts *parts, const MailPart *part)
{
    mail_header_get(part->header, "Content-Transfer-Encoding", &parts->value);
    return transfer_encoding(buf_span(&parts->value)) != TRANSFER_PLAIN;
}

/* Goes into the mail that the last part is; false if it is not one, or encoded:
 * then its body is read as that of a leaf. */
static bool enter_message(Walk *walk)
{
    MailParts *parts = walk->parts;
    const MailPart *part = &parts->parts[parts->count - 1];
    if (part->kind != MIME_MESSAGE || is_encoded(parts, part)) return false;
    walk->parent = parts->count - 1;
    walk->depth = part->depth + 1;
    walk->in_digest = false;
    return true;
}

/* Goes on to the part after the boundary that was found; false at the end. */
static bool next_part(Walk *walk, Found found)
{
    MailParts *parts = walk->parts;
    while (found.any && found.closes) {
        close_multiparts(parts, found.open);
        found = find_boundary(walk);
    }
    if (!found.any) return false;
    close_multiparts(parts, found.open + 1);
    const Open *open = &opened(parts)[found.open];
    walk->parent = open->part;
    walk->depth = parts->parts[open->part].depth + 1;
    walk->in_digest = open->is_digest;
    return true;
}

static Status walk_mail(Walk *walk, Error *error)
{
    MailParts *parts = walk->parts;
    Found found;
    buf_clear(&parts->stack);
    buf_clear(&parts->boundaries);
    memset(parts->slots, 0, sizeof parts->slots);
    for (bool more = true; more;) {
        if (parts->count == MAIL_MAX_PARTS) {
            parts->has_too_many = true;
            return OK;
        }
        Status status = add_part(walk, error);
        if (status != OK) return status;
        if (walk->depth >= MAIL_MAX_DEPTH) {
            parts->is_too_deep = true;
            parts->parts[parts->count - 1].kind = MIME_IGNORED;
        } else if (enter_message(walk)) {
            continue;
        }
        read_body(walk, &found);
        more = next_part(walk, found);
        status = buf_check(&parts->stack, "reading a mail", error);
        if (status == OK)
            status = buf_check(&parts->boundaries, "reading a mail", error);
        if (status != OK) return status;
    }
    return OK;
}

/* Walks through a mail that was encoded in another. */
static Status walk_encoded(MailParts *parts, uint32_t i, Error *error)
{
    MailPart *part = &parts->parts[i];
    Buf decoded = {0};
    mail_part_put_body(parts, part, &decoded);
    Status status = buf_check(&decoded, "reading a mail", error);
    if (status == OK) {
        part->body = (Span){0};
        Span copy = arena_copy(&parts->decoded, buf_span(&decoded));
        Walk walk = {.parts = parts,
                     .bytes = copy.size ? copy : span_text(""),
                     .parent = i,
                     .depth = part->depth + 1};
        status = parts->decoded.status == OK
                     ? walk_mail(&walk, error)
                     : fail_memory(error, "reading a mail");
    }
    buf_release(&decoded);
    return status;
}

Status mail_parts_read(MailParts *parts, Span mail, Error *error)
{
    parts->count = 0;
    parts->is_too_deep = parts->has_too_many = false;
    arena_reset(&parts->decoded);
    Walk walk = {.parts = parts, .bytes = mail.size ? mail : span_text("")};
    Status status = walk_mail(&walk, error);
    for (uint32_t i = 0; i < parts->count && status == OK; i++) {
        const MailPart *part = &parts->parts[i];
        if (part->kind == MIME_MESSAGE && part->body.size)
            status = walk_encoded(parts, i, error);
    }
    if (status != OK) return status;
    status = buf_check(&parts->value, "reading a mail", error);
    return status == OK
               ? buf_check(&parts->other_value, "reading a mail", error)
               : status;
}

void mail_parts_release(MailParts *parts)
{
    free(parts->parts);
    buf_release(&parts->stack);
    buf_release(&parts->boundaries);
    buf_release(&parts->value);
    buf_release(&parts->other_value);
    part_type_release(&parts->type);
    arena_release(&parts->decoded);
}
