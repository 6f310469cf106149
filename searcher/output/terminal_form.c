/* terminal_form.c - hits on a terminal, highlighted and wrapped.
 *
 *    1  notes/install.md  7.4312
 *       How to install
 *       ...run the program once, it *installs* what is missing and...
 */
#include "common/base/plain_text.h"
#include "searcher/output/hit_forms.h"
#include "searcher/output/terminal.h"

enum { INDENT = 4, PASSAGE_LINES = 2 };

static const char RESET[] = "\033[0m";
static const char ID_COLOR[] = "\033[35m"; /* magenta, like files in grep */
static const char DIM[] = "\033[2m";
static const char BOLD[] = "\033[1m";
static const char MARK_COLOR[] = "\033[1;31m"; /* bold red, like grep */

static void put_color(const HitStyle *style, const char *color, Buf *out)
{
    if (style->colors) buf_put_text(out, color);
}

/* Puts bytes [start, end) of a snippet with matches highlighted; `base` is the
 * colour of the rest. */
static void put_marked(const HitStyle *style, const Snippet *snippet,
                       size_t start, size_t end, const char *base, Buf *out)
{
    size_t at = start;
    for (size_t i = 0; i < snippet->mark_count && at < end; i++) {
        size_t from = snippet->marks[i].start, to = snippet->marks[i].end;
        if (to <= at) continue;
        if (from >= end) break;
        if (from < at) from = at;
        if (to > end) to = end;
        buf_put(out, snippet->text.data + at, from - at);
        put_color(style, MARK_COLOR, out);
        buf_put(out, snippet->text.data + from, to - from);
        put_color(style, RESET, out);
        put_color(style, base, out);
        at = to;
    }
    if (at < end) buf_put(out, snippet->text.data + at, end - at);
}

/* How many bytes from `start` fit into `width` columns: up to the last space
 * if there is one, otherwise as many characters as fit, at least one. */
static size_t line_bytes(Span text, size_t start, size_t width)
{
    size_t columns = 0, last_space = start, at = start;
    while (at < text.size) {
        Span rest = span_of(text.data + at, text.size - at);
        size_t size = character_size(rest);
        if (rest.data[0] == ' ') last_space = at;
        columns += character_columns(rest.data, size);
        if (columns > width) break;
        at += size;
    }
    if (at == text.size) return at - start;
    if (last_space > start) return last_space - start;
    return at > start ? at - start
                      : character_size(span_of(text.data + at, text.size - at));
}

/* Truncates what does not fit into `max_lines`. */
static void put_wrapped(const HitStyle *style, const Snippet *snippet,
                        size_t max_lines, const char *base, Buf *out)
{
    size_t width = style->width - INDENT - 2; /* room for an ellipsis */
    size_t at = 0;
    for (size_t line = 1; at < snippet->text.size && line <= max_lines;
         line++) {
        size_t size = line_bytes(snippet->text, at, width);
        buf_printf(out, "%*s", INDENT, "");
        put_color(style, base, out);
        if (at == 0 && snippet->cut_before) buf_put_text(out, "\u2026");
        put_marked(style, snippet, at, at + size, base, out);
        at += size;
        while (at < snippet->text.size && snippet->text.data[at] == ' ') at++;
        bool at_end = at == snippet->text.size;
        if (at_end ? snippet->cut_after : line == max_lines) {
            buf_put_text(out, "\u2026");
        }
        if (*base) put_color(style, RESET, out);
        buf_put_byte(out, '\n');
    }
}

void put_terminal_hit(const HitStyle *style, const ShownHit *hit, Buf *out)
{
    if (hit->rank > 1) buf_put_byte(out, '\n');
    buf_printf(out, "%2u  ", hit->rank);
    put_color(style, ID_COLOR, out);
    put_plain_id(out, hit->id);
    put_color(style, RESET, out);
    put_color(style, DIM, out);
    buf_printf(out, "  %.4f", (double)hit->score);
    put_color(style, RESET, out);
    buf_put_byte(out, '\n');
    put_wrapped(style, &hit->title, PASSAGE_LINES, BOLD, out);
    put_wrapped(style, &hit->snippet, PASSAGE_LINES * style->snippets, "", out);
}
