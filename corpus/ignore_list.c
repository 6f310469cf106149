/* ignore_list.c - the patterns of one .gitignore or .ignore. */
#include "corpus/ignore_list.h"

#include "corpus/ignore_glob.h"

typedef struct IgnorePattern {
    size_t start, size; /* of its glob in the text */
    size_t literal;     /* bytes of the glob before one with a meaning */
    bool is_taken_back, folders_only;
    bool is_name; /* compared with the last component of a path */
} IgnorePattern;

/* Takes a byte off the front or the end, if it is there. */
static bool take_first(Span *text, char byte)
{
    bool is_there = text->size && text->data[0] == byte;
    if (is_there) *text = span_of(text->data + 1, text->size - 1);
    return is_there;
}

static bool take_last(Span *text, char byte)
{
    bool is_there = text->size && text->data[text->size - 1] == byte;
    text->size -= is_there;
    return is_there;
}

void ignore_list_add(IgnoreList *list, Span glob)
{
    IgnorePattern pattern = {.is_taken_back = take_first(&glob, '!')};
    pattern.folders_only = take_last(&glob, '/');
    pattern.is_name = !glob.size || !memchr(glob.data, '/', glob.size);
    take_first(&glob, '/');
    if (glob.size == 0) return; /* matches nothing */
    if (glob.size > IGNORE_PATTERN_MAX_BYTES) {
        list->too_long++;
        return;
    }
    pattern.start = list->text.size;
    pattern.size = glob.size;
    pattern.literal = ignore_glob_literal(glob);
    buf_put_span(&list->text, glob);
    buf_put(&list->patterns, &pattern, sizeof pattern);
}

/* Without the blanks at its end, unless there is a backslash before them. */
static Span without_blanks(Span line)
{
    size_t end = 0;
    for (size_t i = 0; i < line.size; i++) {
        bool is_escaped = line.data[i] == '\\';
        i += is_escaped;
        if (i >= line.size) return line;
        if (is_escaped || line.data[i] != ' ') end = i + 1;
    }
    return span_of(line.data, end);
}

static void add_line(IgnoreList *list, Span line)
{
    const uint8_t *zero = line.size ? memchr(line.data, 0, line.size) : NULL;
    take_last(&line, '\r');
    if (zero) line.size = (size_t)(zero - line.data);
    if (line.size && line.data[0] != '#')
        ignore_list_add(list, without_blanks(line));
}

void ignore_list_add_lines(IgnoreList *list, Span text)
{
    Span mark = span_text("\xef\xbb\xbf");
    if (span_begins(text, mark))
        text = span_of(text.data + mark.size, text.size - mark.size);
    while (text.size) {
        const uint8_t *feed = memchr(text.data, '\n', text.size);
        size_t size = feed ? (size_t)(feed - text.data) : text.size;
        add_line(list, span_of(text.data, size));
        size += feed != NULL;
        text = span_of(text.data + size, text.size - size);
    }
}

Status ignore_list_check(const IgnoreList *list, Error *error)
{
    Status status = buf_check(&list->text, "reading patterns", error);
    return status == OK ? buf_check(&list->patterns, "reading patterns", error)
                        : status;
}

static Span last_component(Span path)
{
    size_t start = path.size;
    while (start && path.data[start - 1] != '/') start--;
    return span_of(path.data + start, path.size - start);
}

static bool matches(const IgnorePattern *pattern, Span glob, Span text)
{
    size_t literal = pattern->literal;
    if (text.size < literal || memcmp(text.data, glob.data, literal) != 0)
        return false;
    return literal == glob.size ? text.size == literal
                                : ignore_glob_matches(glob, text);
}

IgnoreVerdict ignore_list_match(const IgnoreList *list, Span path,
                                bool is_folder)
{
    const IgnorePattern *patterns = (const void *)list->patterns.data;
    Span name = last_component(path);
    for (size_t i = list->patterns.size / sizeof *patterns; i-- > 0;) {
        const IgnorePattern *pattern = patterns + i;
        Span glob = span_of(list->text.data + pattern->start, pattern->size);
        if (pattern->folders_only && !is_folder) continue;
        if (matches(pattern, glob, pattern->is_name ? name : path))
            return pattern->is_taken_back ? IGNORE_KEPT : IGNORE_LEFT_OUT;
    }
    return IGNORE_UNDECIDED;
}

void ignore_list_release(IgnoreList *list)
{
    buf_release(&list->text);
    buf_release(&list->patterns);
    *list = (IgnoreList){0};
}
