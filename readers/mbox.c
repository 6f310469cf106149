/* mbox.c - the mails of an mbox, one after the other. */
#include "readers/mbox.h"

#include "common/input/text_line.h"
#include "corpus/mail_detect.h"
#include "readers/mail_header.h"

_Static_assert(MAIL_SEPARATOR_MAX_BYTES + 2 <= STREAM_KEPT_BYTES,
               "a separator after a mail that is too long must be seen whole");

enum { HEADER_BYTES = 64 * 1024 }; /* where a Content-Length is looked for */

/* What find_end remembers of the bytes that it has seen. */
typedef struct MboxScan {
    size_t known_end;  /* by Content-Length; 0: unknown */
    size_t undecided;  /* bytes at the end, the beginning of a line */
    bool in_long_line; /* the bytes seen end in one that cannot separate */
    bool is_first, after_empty; /* about the next line */
} MboxScan;

static bool find_end(void *context, Span bytes, size_t from, size_t *end)
{
    MboxScan *scan = context;
    if (scan->known_end) {
        *end = scan->known_end;
        return bytes.size >= *end;
    }
    size_t at = from - scan->undecided;
    while (at < bytes.size) {
        const uint8_t *feed = memchr(bytes.data + at, '\n', bytes.size - at);
        if (!feed) break;
        size_t next = (size_t)(feed - bytes.data) + 1;
        Span line = text_line(bytes, at, next);
        bool is_whole = !scan->in_long_line;
        if (is_whole && scan->after_empty && !scan->is_first &&
            mail_is_separator(line)) {
            *end = at;
            return true;
        }
        scan->after_empty = is_whole && line.size == 0;
        scan->in_long_line = scan->is_first = false;
        at = next;
    }
    scan->in_long_line = scan->in_long_line ||
                         bytes.size - at > MAIL_SEPARATOR_MAX_BYTES;
    scan->undecided = scan->in_long_line ? 0 : bytes.size - at;
    return false;
}

/* Reads a Content-Length; false if it is not a number. */
static bool read_length(Span value, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9' || *out > SIZE_MAX / 16)
            return false;
        *out = *out * 10 + (size_t)(value.data[i] - '0');
    }
    return value.size > 0;
}

/* The offset after the empty line that ends the headers; 0: not seen. */
static size_t find_body(Span start)
{
    size_t at = 0;
    while (at < start.size) {
        size_t next = text_line_end(start, at);
        if (text_line(start, at, next).size == 0) return next;
        at = next;
    }
    return 0;
}

/* Whether the mail can end here: at the end, or before a separator, with at
 * most one empty line before that, which *end is after. */
static bool can_end_at(Span bytes, size_t *end)
{
    for (int lines = 0; lines < 2 && *end < bytes.size; lines++) {
        size_t next = text_line_end(bytes, *end);
        Span line = text_line(bytes, *end, next);
        if (mail_is_separator(line)) return true;
        if (line.size) return false;
        *end = next;
    }
    return *end == bytes.size;
}

/* Sets known_end if the Content-Length of the mail leads there. */
static Status find_known_end(Stream *stream, uint64_t max_bytes, MboxScan *scan,
                             Error *error)
{
    Span ahead;
    Buf value = {0};
    size_t length, body, room = MAIL_SEPARATOR_MAX_BYTES + 6;
    Status status = stream_peek(stream, HEADER_BYTES, &ahead, error);
    if (status != OK) return status;
    if (ahead.size > HEADER_BYTES) ahead.size = HEADER_BYTES;
    body = find_body(ahead);
    if (!body) return OK;
    mail_header_get(span_of(ahead.data, body), "Content-Length", &value);
    bool is_known = read_length(buf_span(&value), &length) &&
                    length < max_bytes && body + room < max_bytes - length;
    buf_release(&value);
    if (!is_known) return OK;
    size_t end = body + length;
    status = stream_peek(stream, end + room, &ahead, error);
    if (status != OK) return status;
    if (ahead.size > end + room) ahead.size = end + room;
    if (end <= ahead.size && can_end_at(ahead, &end)) scan->known_end = end;
    return OK;
}

Status mbox_next(Stream *stream, uint64_t max_bytes, StreamRecord *out,
                 bool *found, Error *error)
{
    MboxScan scan = {.is_first = true};
    Status status = find_known_end(stream, max_bytes, &scan, error);
    if (status != OK) return status;
    return stream_record(stream, find_end, &scan, max_bytes, out, found, error);
}

/* How many > a line begins with, if "From " follows; else 0. */
static size_t quote_marks(Span text)
{
    size_t marks = 0;
    while (marks < text.size && text.data[marks] == '>') marks++;
    return span_begins(span_of(text.data + marks, text.size - marks),
                       span_text("From "))
               ? marks
               : 0;
}

Span mbox_mail(Span record, Buf *unquoted)
{
    size_t start = text_line_end(record, 0);
    Span mail = span_of(record.data + start, record.size - start);
    size_t copied = 0;
    buf_clear(unquoted);
    for (size_t at = 0; at < mail.size;) {
        Span rest = span_of(mail.data + at, mail.size - at);
        if (*rest.data == '>' && quote_marks(rest)) {
            buf_put(unquoted, mail.data + copied, at - copied);
            copied = at + 1;
        }
        at = text_line_end(mail, at);
    }
    if (!copied) return mail;
    buf_put(unquoted, mail.data + copied, mail.size - copied);
    return buf_span(unquoted);
}
