/* line_forms.c - hits for other programs: lines, runs, ids. */
#include "common/base/character.h"
#include "common/base/plain_text.h"
#include "searcher/output/hit_forms.h"
#include "searcher/output/number_text.h"

#include <string.h>

/* More than a line of a run takes in addition to qid, id and tag. */
enum { RUN_NUMBER_BYTES = 128 };

static void put_snippet(Buf *out, const Snippet *snippet)
{
    if (snippet->cut_before) buf_put_text(out, "\u2026");
    buf_put_span(out, snippet->text);
    if (snippet->cut_after) buf_put_text(out, "\u2026");
}

static void put_qid(const HitStyle *style, const ShownHit *hit, Buf *out)
{
    if (!style->with_qid) return;
    put_plain_text(out, hit->qid);
    buf_put_byte(out, '\t');
}

void put_line_hit(const HitStyle *style, const ShownHit *hit, Buf *out)
{
    put_qid(style, hit, out);
    put_number(out, hit->rank);
    buf_put_byte(out, '\t');
    put_score(out, hit->score);
    buf_put_byte(out, '\t');
    put_plain_id(out, hit->id);
    buf_put_byte(out, '\t');
    put_snippet(out, &hit->title);
    buf_put_byte(out, '\t');
    put_snippet(out, &hit->snippet);
    buf_put_byte(out, '\n');
}

void put_id_hit(const HitStyle *style, const ShownHit *hit, Buf *out)
{
    put_qid(style, hit, out);
    if (style->null_ids && !style->on_terminal) {
        buf_put_span(out, hit->id);
    } else {
        put_plain_id(out, hit->id);
    }
    buf_put_byte(out, style->null_ids ? 0 : '\n');
}

/* Some readers of runs split columns at any Unicode white space. */
static bool must_escape(const uint8_t *bytes, size_t size)
{
    return *bytes == '%' || character_is_control(bytes, size) ||
           character_kind(bytes, size) == CHARACTER_SPACE;
}

bool run_field_escapes(Span text)
{
    bool plain = text.size > 0;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        plain &= (byte > ' ') & (byte != '%') & (byte < 0x7F);
    }
    if (plain || !text.size) return !plain;
    for (size_t at = 0, size; at < text.size; at += size) {
        size = character_size(span_of(text.data + at, text.size - at));
        if (must_escape(text.data + at, size)) return true;
    }
    return false;
}

void put_run_field(Buf *out, Span text)
{
    if (text.size == 0) buf_put_byte(out, '%');
    while (text.size) {
        size_t size = character_size(text);
        if (!must_escape(text.data, size)) {
            buf_put(out, text.data, size);
        } else {
            for (size_t i = 0; i < size; i++)
                buf_printf(out, "%%%02X", text.data[i]);
        }
        text = span_of(text.data + size, text.size - size);
    }
}

void put_msmarco_hit(const HitStyle *style, const ShownHit *hit, Buf *out)
{
    (void)style;
    buf_put_span(out, hit->qid);
    buf_put_byte(out, '\t');
    buf_put_span(out, hit->id);
    buf_put_byte(out, '\t');
    put_number(out, hit->rank);
    buf_put_byte(out, '\n');
}

static uint8_t *copy_span(uint8_t *at, Span span)
{
    memcpy(at, span.data, span.size);
    return at + span.size;
}

/* One reservation for all strings of a line: runs have millions of lines. */
void put_run_hit(const HitStyle *style, const ShownHit *hit, Buf *out)
{
    Span tag = span_text(style->tag);
    size_t texts = hit->qid.size + hit->id.size + tag.size;
    uint8_t *at = buf_reserve(out, texts + RUN_NUMBER_BYTES);
    if (!at) return;
    at = copy_span(at, hit->qid);
    at = copy_span(at, span_text(" Q0 "));
    at = copy_span(at, hit->id);
    *at++ = ' ';
    out->size = (size_t)(at - out->data);
    put_number(out, hit->rank);
    buf_put_byte(out, ' ');
    put_score(out, hit->score);
    at = out->data + out->size;
    *at++ = ' ';
    at = copy_span(at, tag);
    *at++ = '\n';
    out->size = (size_t)(at - out->data);
}
