/* ignore_fuzz.c - any bytes as a path, a line feed, and a file of patterns as
 * .gitignore.
 */
#include "corpus/ignore_list.h"
#include "tests/fuzz/fuzz.h"

enum { MOST_PATH_BYTES = 255 };

/* Whether it may be below a folder. */
static bool is_path(Span path)
{
    if (path.size == 0 || path.size > MOST_PATH_BYTES) return false;
    if (memchr(path.data, 0, path.size)) return false;
    for (size_t i = 0; i < path.size; i++) {
        bool is_end = i == 0 || i + 1 == path.size;
        bool doubled = i > 0 && path.data[i - 1] == '/';
        if (path.data[i] == '/' && (is_end || doubled)) return false;
    }
    return true;
}

/* A pattern that matches this path and no other. */
static void add_literally(IgnoreList *list, Span path, const char *before)
{
    uint8_t pattern[2 * MOST_PATH_BYTES + 2];
    size_t size = strlen(before);
    memcpy(pattern, before, size);
    for (size_t i = 0; i < path.size; i++) {
        if (path.data[i] != '/') pattern[size++] = '\\';
        pattern[size++] = path.data[i];
    }
    ignore_list_add(list, span_of(pattern, size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error error;
    IgnoreList list = {0};
    const uint8_t *feed = size ? memchr(data, '\n', size) : NULL;
    if (!feed) return 0;
    Span path = span_of(data, (size_t)(feed - data));
    if (!is_path(path)) return 0;
    ignore_list_add_lines(&list, span_of(feed + 1, size - path.size - 1));
    IgnoreVerdict file = ignore_list_match(&list, path, false);
    IgnoreVerdict folder = ignore_list_match(&list, path, true);
    PROMISE(file == IGNORE_UNDECIDED || folder != IGNORE_UNDECIDED);
    add_literally(&list, path, "/");
    PROMISE(ignore_list_match(&list, path, false) == IGNORE_LEFT_OUT);
    add_literally(&list, path, "!/");
    PROMISE(ignore_list_match(&list, path, true) == IGNORE_KEPT);
    PROMISE(ignore_list_check(&list, &error) == OK);
    ignore_list_release(&list);
    return 0;
}
