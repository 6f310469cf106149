/* mail_flowed.c - text of format=flowed to paragraphs (RFC 3676). */
#include "readers/mail_flowed.h"

#include "common/input/text_line.h"

/* A line: its quote marks, and the rest without the blank that protects it. */
typedef struct FlowedLine {
    size_t quotes;
    Span text;
    bool goes_on, is_signature; /* the line before one */
} FlowedLine;

static FlowedLine take_line(Span *rest)
{
    size_t quotes = 0;
    Span text = text_line_take(rest);
    while (quotes < text.size && text.data[quotes] == '>') quotes++;
    text = span_of(text.data + quotes, text.size - quotes);
    if (text.size && *text.data == ' ')
        text = span_of(text.data + 1, text.size - 1);
    bool is_signature = span_equals_text(text, "-- ");
    return (FlowedLine){.quotes = quotes,
                        .text = text,
                        .is_signature = is_signature,
                        .goes_on = !is_signature && text.size &&
                                   text.data[text.size - 1] == ' '};
}

static void begin_line(Buf *out, size_t quotes)
{
    for (size_t i = 0; i < quotes; i++) buf_put_byte(out, '>');
    if (quotes) buf_put_byte(out, ' ');
}

void mail_flowed_put(Buf *out, Span text, bool deletes_space)
{
    FlowedLine before = {0};
    while (text.size) {
        FlowedLine line = take_line(&text);
        bool joins = before.goes_on && before.quotes == line.quotes &&
                     !line.is_signature;
        if (before.goes_on && !joins) buf_put_byte(out, '\n');
        if (!joins) begin_line(out, line.quotes);
        if (line.goes_on && deletes_space) line.text.size--;
        buf_put_span(out, line.text);
        if (!line.goes_on) buf_put_byte(out, '\n');
        before = line;
    }
}
