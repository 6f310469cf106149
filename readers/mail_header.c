/* mail_header.c - the headers of a mail or part, found and decoded. */
#include "readers/mail_header.h"

#include "common/input/blank.h"
#include "common/input/text_line.h"
#include "corpus/mail_detect.h"
#include "readers/gmime_codec.h"

static bool is_named(Span line, const char *name)
{
    size_t size = strlen(name);
    return line.size > size && line.data[size] == ':' &&
           span_equal_caseless(span_of(line.data, size), span_text(name));
}

/* Appends as much of the line as a value may have; false if that is not all. */
static bool put_bounded(Buf *out, Span line)
{
    size_t left = MAIL_VALUE_BYTES - out->size;
    bool fits = line.size <= left;
    if (!fits) line.size = left;
    buf_put_span(out, line);
    return fits;
}

bool mail_header_get(Span block, const char *name, Buf *out)
{
    bool is_whole = true;
    buf_clear(out);
    while (block.size) {
        Span line = text_line_take(&block);
        if (!is_named(line, name)) continue;
        size_t before = strlen(name) + 1;
        line = span_of(line.data + before, line.size - before);
        is_whole = put_bounded(out, span_trim(line));
        while (block.size && (*block.data == ' ' || *block.data == '\t'))
            is_whole = put_bounded(out, text_line_take(&block)) && is_whole;
        break;
    }
    Span trimmed = span_trim(buf_span(out));
    if (trimmed.size) memmove(out->data, trimmed.data, trimmed.size);
    out->size = trimmed.size;
    return is_whole;
}

/* =?charset?B?text?= or =?charset*language?Q?text?= */
typedef struct EncodedWord {
    Span charset, text;
    bool is_base64;
    size_t end; /* after it in the value */
} EncodedWord;

/* The encoded word whose "=?" is at `at`. *search_end is where the last one in
 * the value can end: it is found once, which keeps the time linear. */
static bool read_word(Span value, size_t at, size_t last_end, EncodedWord *out)
{
    size_t start = at + 2, end = start;
    while (end < value.size && value.data[end] > ' ' &&
           value.data[end] != '?' && value.data[end] != '*')
        end++;
    out->charset = span_of(value.data + start, end - start);
    while (end < value.size && value.data[end] > ' ' && value.data[end] != '?')
        end++; /* the language, RFC 2231 */
    if (out->charset.size == 0 || end + 3 > value.size ||
        value.data[end] != '?' || value.data[end + 2] != '?')
        return false;
    uint8_t encoding = value.data[end + 1] | 0x20;
    if (encoding != 'b' && encoding != 'q') return false;
    out->is_base64 = encoding == 'b';
    start = end + 3;
    for (end = start; end < last_end; end++)
        if (value.data[end] == '?' && value.data[end + 1] == '=') break;
    if (end >= last_end) return false;
    out->text = span_of(value.data + start, end - start);
    out->end = end + 2;
    return true;
}

/* Just after the last "?" of a "?=" in the value, or 0. */
static size_t find_last_end(Span value)
{
    size_t end = value.size ? value.size - 1 : 0;
    while (end && !(value.data[end - 1] == '?' && value.data[end] == '='))
        end--;
    return end;
}

/* The bytes of words that follow each other in one charset: a character may be
 * split between two of them. */
typedef struct WordRun {
    Buf bytes, quoted;
    Span charset;
    bool is_open;
} WordRun;

static void end_run(WordRun *run, Buf *out, MailCharset *charset)
{
    if (run->is_open)
        mail_charset_put(out, buf_span(&run->bytes), run->charset, charset);
    buf_keep_failure(out, &run->bytes);
    buf_keep_failure(out, &run->quoted);
    buf_clear(&run->bytes);
    run->is_open = false;
}

static void add_word(WordRun *run, const EncodedWord *word, Buf *out,
                     MailCharset *charset)
{
    if (run->is_open && !span_equal_caseless(run->charset, word->charset))
        end_run(run, out, charset);
    run->is_open = true;
    run->charset = word->charset;
    if (word->is_base64) {
        transfer_put_decoded(&run->bytes, TRANSFER_BASE64, word->text);
        return;
    }
    Buf *quoted = &run->quoted;
    buf_clear(quoted);
    for (size_t i = 0; i < word->text.size; i++) {
        uint8_t byte = word->text.data[i];
        buf_put_byte(quoted, byte == '_' ? ' ' : byte);
    }
    transfer_put_decoded(&run->bytes, TRANSFER_QUOTED, buf_span(quoted));
}

void mail_header_put_text(Buf *out, Span value, MailCharset *charset)
{
    WordRun run = {0};
    size_t plain = 0, at = 0, last_end = find_last_end(value);
    if (value.size == 0) return;
    while (at + 1 < value.size) {
        EncodedWord word;
        if (value.data[at] != '=' || value.data[at + 1] != '?' ||
            !read_word(value, at, last_end, &word)) {
            at++;
            continue;
        }
        Span between = span_of(value.data + plain, at - plain);
        if (!run.is_open || !span_is_blank(between)) {
            end_run(&run, out, charset);
            mail_charset_put(out, between, (Span){0}, charset);
        }
        add_word(&run, &word, out, charset);
        plain = at = word.end;
    }
    end_run(&run, out, charset);
    mail_charset_put(out, span_of(value.data + plain, value.size - plain),
                     (Span){0}, charset);
    buf_release(&run.bytes);
    buf_release(&run.quoted);
}
