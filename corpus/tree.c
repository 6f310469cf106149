/* tree.c - the files below a folder, in byte order of names.
 *
 * A folder is read whole and closed before the walk goes below it, so depth
 * costs no file descriptors.
 */
#include "corpus/tree.h"

#include "common/base/c_locale.h"
#include "corpus/mail_detect.h"
#include "corpus/reader.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A folder on the way from the top to where the walk is. */
typedef struct Level {
    Buf names;     /* zero-terminated, one after the other */
    char **sorted; /* owned, into names */
    size_t count, next;
    size_t path_size; /* of the folder's path, without a slash at the end */
    dev_t device;
    ino_t inode;
} Level;

struct Tree {
    const CorpusListener *listener;
    bool takes_hidden;
    uint64_t hidden; /* left out */
    Buf path;
    Buf levels; /* Level[] */
};

static Level *levels(const Tree *tree)
{
    return (Level *)(void *)tree->levels.data;
}

static size_t level_count(const Tree *tree)
{
    return tree->levels.size / sizeof(Level);
}

static void level_release(Level *level)
{
    buf_release(&level->names);
    free(level->sorted);
}

static Status skipped(const Tree *tree, const char *path, const char *reason,
                      Error *error)
{
    Place place = {.source = path};
    return listener_skipped(tree->listener, &place, reason, ADVICE_NONE, error);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool sort_names(Level *level)
{
    level->sorted = calloc(level->count + 1, sizeof *level->sorted);
    if (!level->sorted) return false;
    char *name = (char *)level->names.data;
    for (size_t i = 0; i < level->count; i++) {
        level->sorted[i] = name;
        name += strlen(name) + 1;
    }
    if (level->count)
        qsort(level->sorted, level->count, sizeof *level->sorted,
              compare_names);
    return true;
}

/* Whether the walk leaves out an entry because it is hidden. Entries that would
 * be refused anyway are not counted. */
static bool is_left_out(Tree *tree, const char *folder, const char *name)
{
    if (name[0] != '.') return false;
    if (!strcmp(name, ".") || !strcmp(name, "..")) return true;
    if (tree->takes_hidden) return false;
    Buf entry = {0};
    buf_printf(&entry, "%s/%s", folder, name);
    const char *path = buf_text(&entry);
    if (!path || !listener_refuses(tree->listener, path)) tree->hidden++;
    buf_release(&entry);
    return true;
}

/* Reads the names in a folder, sorted. ERR_IO with errno's words alone. */
static Status read_names(Tree *tree, Level *level, Error *error)
{
    const char *path = buf_text(&tree->path);
    if (!path) return fail_memory(error, "walking a folder");
    DIR *folder = opendir(path);
    if (!folder) return fail(error, ERR_IO, "%s", c_locale_strerror(errno));
    struct dirent *entry;
    while (errno = 0, (entry = readdir(folder))) {
        if (is_left_out(tree, path, entry->d_name)) continue;
        buf_put(&level->names, entry->d_name, strlen(entry->d_name) + 1);
        level->count++;
    }
    int cause = errno;
    closedir(folder);
    if (cause) return fail(error, ERR_IO, "%s", c_locale_strerror(cause));
    if (level->names.status != OK || !sort_names(level))
        return fail_memory(error, "reading a folder");
    return OK;
}

/* Goes into the folder that tree->path names. */
static Status enter(Tree *tree, const struct stat *facts, Error *error)
{
    Level level = {.path_size = tree->path.size,
                   .device = facts->st_dev,
                   .inode = facts->st_ino};
    Status status = read_names(tree, &level, error);
    if (status == OK) {
        buf_put(&tree->levels, &level, sizeof level);
        status = buf_check(&tree->levels, "walking a folder", error);
    }
    if (status != OK) level_release(&level);
    return status;
}

static bool is_loop(const Tree *tree, const struct stat *facts)
{
    for (size_t i = 0; i < level_count(tree); i++) {
        const Level *level = levels(tree) + i;
        if (level->device == facts->st_dev && level->inode == facts->st_ino)
            return true;
    }
    return false;
}

Status tree_open(const char *folder, bool hidden,
                 const CorpusListener *listener, Tree **out, Error *error)
{
    *out = NULL;
    struct stat facts;
    if (stat(folder, &facts)) return fail_errno(error, "%s", folder);
    Tree *tree = calloc(1, sizeof *tree);
    if (!tree) return fail_memory(error, "walking a folder");
    tree->listener = listener;
    tree->takes_hidden = hidden;
    size_t size = strlen(folder);
    while (size > 0 && folder[size - 1] == '/') size--; /* "/" becomes "" */
    buf_put(&tree->path, size ? folder : "/", size ? size : 1);
    Status status = enter(tree, &facts, error);
    if (status != OK) {
        tree_close(tree);
        if (status == ERR_NO_MEMORY) return status;
        Error cause = *error;
        return fail(error, ERR_IO, "cannot read folder '%s': %s", folder,
                    cause.message);
    }
    if (size == 0) levels(tree)->path_size = 0;
    *out = tree;
    return OK;
}

/* Puts the path of the next entry into tree->path; false after the last. */
static bool step(Tree *tree)
{
    while (level_count(tree)) {
        Level *level = levels(tree) + level_count(tree) - 1;
        tree->path.size = level->path_size;
        if (level->next < level->count) {
            buf_put_byte(&tree->path, '/');
            buf_put_text(&tree->path, level->sorted[level->next++]);
            return true;
        }
        level_release(level);
        tree->levels.size -= sizeof *level;
    }
    return false;
}

/* Looks at the entry at path: a file is found, a folder entered, anything else
 * skipped. */
static Status visit(Tree *tree, const char *path, bool *is_file, Error *error)
{
    struct stat facts;
    const char *reason;
    *is_file = false;
    if (stat(path, &facts)) {
        struct stat link;
        bool dangling = errno == ENOENT && lstat(path, &link) == 0;
        return skipped(tree, path,
                       dangling ? "a dangling link" : c_locale_strerror(errno),
                       error);
    } else if (S_ISREG(facts.st_mode)) {
        *is_file = true;
    } else if (!S_ISDIR(facts.st_mode)) {
        return skipped(tree, path, "neither a file nor a folder", error);
    } else if (is_loop(tree, &facts)) {
        return skipped(tree, path, "a link back to a folder above it", error);
    } else if (mail_is_maildir_tmp(path)) {
        return OK; /* mails that are still being delivered */
    } else if ((reason = listener_refuses(tree->listener, path))) {
        return skipped(tree, path, reason, error);
    } else {
        Status status = enter(tree, &facts, error);
        if (status == ERR_NO_MEMORY) return status;
        if (status != OK) return skipped(tree, path, error->message, error);
    }
    return OK;
}

Status tree_next(Tree *tree, const char **out, Error *error)
{
    *out = NULL;
    while (step(tree)) {
        const char *path = buf_text(&tree->path);
        if (!path) return fail_memory(error, "walking a folder");
        bool is_file;
        Status status = visit(tree, path, &is_file, error);
        if (status != OK) return status;
        if (is_file) {
            *out = path;
            return OK;
        }
    }
    return OK;
}

uint64_t tree_hidden(const Tree *tree)
{
    return tree->hidden;
}

void tree_close(Tree *tree)
{
    if (!tree) return;
    for (size_t i = 0; i < level_count(tree); i++)
        level_release(levels(tree) + i);
    buf_release(&tree->levels);
    buf_release(&tree->path);
    free(tree);
}
