/* git_excludes.c - the user's own file of patterns that git ignores.
 *
 * Of git's configuration only [core] excludesFile is looked for, in the files
 * and in the order of git-config(1): a later one wins.
 */
#include "indexer/git_excludes.h"

#include "common/base/file.h"
#include "common/input/blank.h"

#include <stdlib.h>

enum { CONFIG_MAX_BYTES = 1 << 20 };

/* A path below the folder of the user's configurations. */
static void put_config_path(Buf *out, const char *name)
{
    const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (folder && *folder) {
        buf_printf(out, "%s/%s", folder, name);
    } else if (home && *home) {
        buf_printf(out, "%s/.config/%s", home, name);
    }
}

/* Up to a comment, without the quotes around it. */
static Span clean_value(Span value)
{
    value = span_trim(value);
    if (value.size && value.data[0] == '"') {
        const uint8_t *start = value.data + 1;
        const uint8_t *end = memchr(start, '"', value.size - 1);
        return end ? span_of(start, (size_t)(end - start)) : (Span){0};
    }
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] == '#' || value.data[i] == ';') value.size = i;
    return span_trim(value);
}

/* Replaces what was found before. */
static void take_path(Buf *out, Span path)
{
    const char *home = getenv("HOME");
    buf_clear(out);
    if (home && span_begins(path, span_text("~/"))) {
        buf_put_text(out, home);
        path = span_of(path.data + 1, path.size - 1);
    }
    buf_put_span(out, path);
}

/* A line as `excludesFile = PATH` in the section [core]. */
static void read_line(Buf *out, Span line, bool *in_core)
{
    line = span_trim(line);
    if (line.size && line.data[0] == '[') {
        *in_core = span_equal_caseless(line, span_text("[core]"));
        return;
    }
    const uint8_t *sign = line.size ? memchr(line.data, '=', line.size) : NULL;
    if (!*in_core || !sign) return;
    size_t size = (size_t)(sign - line.data);
    Span key = span_trim(span_of(line.data, size));
    if (span_equal_caseless(key, span_text("excludesfile")))
        take_path(out, clean_value(span_of(sign + 1, line.size - size - 1)));
}

/* A file that is missing or cannot be read says nothing. */
static void read_config(Buf *out, const char *path)
{
    Buf text = {0};
    Error ignored;
    bool in_core = false;
    Status status = file_read(path, CONFIG_MAX_BYTES, &text, &ignored);
    Span rest = status == OK ? buf_span(&text) : (Span){0};
    while (rest.size) {
        const uint8_t *feed = memchr(rest.data, '\n', rest.size);
        size_t size = feed ? (size_t)(feed - rest.data) : rest.size;
        read_line(out, span_of(rest.data, size), &in_core);
        size += feed != NULL;
        rest = span_of(rest.data + size, rest.size - size);
    }
    buf_release(&text);
}

void git_excludes_find(Buf *out)
{
    const char *home = getenv("HOME");
    Buf user = {0};
    put_config_path(out, "git/ignore");
    read_config(out, "/etc/gitconfig");
    put_config_path(&user, "git/config");
    const char *path = user.size ? buf_text(&user) : NULL;
    if (path) read_config(out, path);
    buf_clear(&user);
    if (home && *home) buf_printf(&user, "%s/.gitconfig", home);
    path = user.size ? buf_text(&user) : NULL;
    if (path) read_config(out, path);
    buf_release(&user);
}

Status git_excludes_apply(CorpusOptions *options, Buf *path, Error *error)
{
    if (options->no_ignore) return OK;
    git_excludes_find(path);
    if (path->size) options->git_excludes = buf_text(path);
    return buf_check(path, "reading git's configuration", error);
}
