/* input_overlap.c - whether a file can be reached through more than one input.
 *
 * Inputs are often many files of one folder, so the real path of a folder is
 * looked up once for all that follow one another.
 */
#include "corpus/input_overlap.h"

#include <stdlib.h>

/* A copy of the real path; {NULL, 0} if there is none. */
static Span copy_real_path(RealPaths *paths, const char *path)
{
    char *real = realpath(path, NULL);
    Span copy = real ? arena_copy(&paths->arena, span_text(real)) : (Span){0};
    free(real);
    return copy;
}

/* Looks the folder up, unless it is that of the last input. */
static void enter_folder(RealPaths *paths, Span folder)
{
    if (paths->folder.data && span_equal(paths->folder, folder)) return;
    paths->folder = arena_copy(&paths->arena, folder);
    const char *path = (const char *)paths->folder.data;
    paths->real_folder = path ? copy_real_path(paths, folder.size ? path : ".")
                              : (Span){0};
}

/* The real folder, a slash, the name. */
static Span join(RealPaths *paths, Span folder, Span name)
{
    size_t size = folder.size;
    while (size && folder.data[size - 1] == '/') size--;
    uint8_t *joined = arena_alloc(&paths->arena, size + 1 + name.size);
    if (!joined) return (Span){0};
    memcpy(joined, folder.data, size);
    joined[size] = '/';
    memcpy(joined + size + 1, name.data, name.size);
    return span_of(joined, size + 1 + name.size);
}

static Span real_path(RealPaths *paths, const char *input, bool is_link)
{
    const char *slash = strrchr(input, '/');
    const char *name = slash ? slash + 1 : input;
    bool is_name = *name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
    if (!is_name || is_link) return copy_real_path(paths, input);
    enter_folder(paths, span_of(input, (size_t)(name - input)));
    Span folder = paths->real_folder;
    return folder.data ? join(paths, folder, span_text(name)) : (Span){0};
}

void real_paths_add(RealPaths *paths, const char *input, bool is_link)
{
    size_t count = paths->count;
    Span path = real_path(paths, input, is_link);
    if (!path.data) return;
    if ((count & (count - 1)) == 0) {
        size_t room = count ? 2 * count : 1;
        Span *grown = realloc(paths->paths, room * sizeof *grown);
        if (!grown) {
            paths->arena.status = ERR_NO_MEMORY;
            return;
        }
        paths->paths = grown;
    }
    paths->paths[paths->count++] = path;
}

/* Byte order with the slash before all others, so that what is in a folder
 * comes right after it. */
static int compare_paths(const void *left, const void *right)
{
    const Span *a = left, *b = right;
    size_t same = span_common(*a, *b);
    if (same == a->size || same == b->size)
        return (a->size > b->size) - (a->size < b->size);
    int byte_a = a->data[same] == '/' ? -1 : a->data[same];
    int byte_b = b->data[same] == '/' ? -1 : b->data[same];
    return byte_a - byte_b;
}

/* Whether the path is the folder, or in it. */
static bool is_inside(Span path, Span folder)
{
    if (!span_begins(path, folder)) return false;
    return path.size == folder.size || folder.size == 1 /* the root */ ||
           path.data[folder.size] == '/';
}

bool real_paths_overlap(RealPaths *paths)
{
    if (paths->count)
        qsort(paths->paths, paths->count, sizeof *paths->paths, compare_paths);
    for (size_t i = 1; i < paths->count; i++)
        if (is_inside(paths->paths[i], paths->paths[i - 1])) return true;
    return false;
}

void real_paths_release(RealPaths *paths)
{
    free(paths->paths);
    arena_release(&paths->arena);
    *paths = (RealPaths){0};
}
