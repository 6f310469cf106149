/* tree.c - the files below a folder, in byte order of names.
 *
 * A folder is read whole and closed before the walk goes below it, so depth
 * costs no file descriptors. Most file systems give the kind of an entry with
 * its name, so that a file needs no call before it is opened.
 */
#include "corpus/tree.h"

#include "common/base/c_locale.h"
#include "corpus/folder_names.h"
#include "corpus/ignore_rules.h"
#include "corpus/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A folder on the way from the top to where the walk is. */
typedef struct Level {
    FolderNames names;
    size_t path_size, absolute_size; /* of its paths, without a slash */
    size_t rules_depth;              /* above it */
    bool is_linked;                  /* a link was followed to get there */
    dev_t device;                    /* known only where links are followed */
    ino_t inode;
} Level;

struct Tree {
    TreeSetup setup;
    IgnoreRules rules;
    LeftOut left_out;
    Buf path;     /* of the entry, from the folder as it was given */
    Buf absolute; /* the same from the real path of that folder */
    Buf levels;   /* Level[] */
};

/* An entry that is looked at. */
typedef struct Entry {
    const char *path, *name;
    EntryKind kind; /* of what a followed link leads to */
    bool is_linked;
    struct stat facts; /* of a followed link, or where the kind was unknown */
} Entry;

static Level *levels(const Tree *tree)
{
    return (Level *)(void *)tree->levels.data;
}

static size_t level_count(const Tree *tree)
{
    return tree->levels.size / sizeof(Level);
}

static Level *last_level(const Tree *tree)
{
    return levels(tree) + level_count(tree) - 1;
}

static Status skipped(const Tree *tree, const char *path, const char *reason,
                      Error *error)
{
    Place place = {.source = path};
    return listener_skipped(tree->setup.listener, &place, reason, ADVICE_NONE,
                            error);
}

static Status leave_out(Tree *tree, LeftOutKind kind)
{
    tree->left_out.of_kind[kind]++;
    return OK;
}

/* Goes into the folder that tree->path names. */
static Status enter(Tree *tree, const Entry *entry, Error *error)
{
    Level level = {.path_size = tree->path.size,
                   .absolute_size = tree->absolute.size,
                   .rules_depth = ignore_rules_depth(&tree->rules),
                   .is_linked = entry->is_linked,
                   .device = entry->facts.st_dev,
                   .inode = entry->facts.st_ino};
    const char *path = buf_text(&tree->path);
    const char *absolute = buf_text(&tree->absolute);
    if (!path || !absolute) return fail_memory(error, "walking a folder");
    Status status = folder_names_read(&level.names, path, error);
    const FolderNames *names = &level.names;
    IgnoreFiles files = {names->has_ignore, names->has_gitignore,
                         names->has_git};
    if (names->has_git && !tree->setup.options->hidden)
        tree->left_out.of_kind[LEFT_OUT_HIDDEN]++;
    if (status == OK)
        status = ignore_rules_enter(&tree->rules, absolute, files, error);
    if (status == OK) {
        buf_put(&tree->levels, &level, sizeof level);
        status = buf_check(&tree->levels, "walking a folder", error);
    }
    if (status != OK) folder_names_release(&level.names);
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

/* Whether no file or folder with the entry's real path was found before. */
static Status is_first(Tree *tree, const Entry *entry, bool *first,
                       Error *error)
{
    PathSet *seen = tree->setup.seen;
    *first = true;
    if (!seen) return OK;
    if (!entry->is_linked)
        return path_set_add(seen, buf_span(&tree->absolute), first, error);
    char *real = realpath(entry->path, NULL);
    if (!real) return OK; /* whoever opens it finds out why */
    Status status = path_set_add(seen, span_text(real), first, error);
    free(real);
    return status;
}

/* The path of the folder that the walk begins with, "" for the root of the file
 * system. One without a real path (its parent is gone) keeps the given one. */
static void put_absolute(Tree *tree, const char *folder)
{
    char *real = realpath(folder, NULL);
    const char *path = real ? real : folder;
    size_t size = strlen(path);
    while (size > 0 && path[size - 1] == '/') size--;
    buf_put(&tree->absolute, path, size);
    free(real);
}

static Status enter_top(Tree *tree, const char *folder, Error *error)
{
    const TreeSetup *setup = &tree->setup;
    Entry top = {.kind = ENTRY_FOLDER};
    size_t size = strlen(folder);
    bool first;
    if (stat(folder, &top.facts))
        return fail(error, ERR_IO, "%s", c_locale_strerror(errno));
    while (size > 0 && folder[size - 1] == '/') size--; /* "/" becomes "" */
    buf_put(&tree->path, size ? folder : "/", size ? size : 1);
    put_absolute(tree, folder);
    const char *absolute = buf_text(&tree->absolute);
    if (!absolute) return fail_memory(error, "walking a folder");
    Status status = ignore_rules_start(&tree->rules, absolute, setup->options,
                                       setup->listener, error);
    if (status == OK) status = is_first(tree, &top, &first, error);
    if (status == OK) status = enter(tree, &top, error);
    if (status == OK && size == 0) levels(tree)->path_size = 0;
    return status;
}

Status tree_open(const char *folder, const TreeSetup *setup, Tree **out,
                 Error *error)
{
    *out = NULL;
    Tree *tree = calloc(1, sizeof *tree);
    if (!tree) return fail_memory(error, "walking a folder");
    tree->setup = *setup;
    Status status = enter_top(tree, folder, error);
    if (status == OK) {
        *out = tree;
        return OK;
    }
    tree_close(tree);
    return status == ERR_IO ? fail_again(error, "cannot read folder '%s': %s",
                                         folder, error->message)
                            : status;
}

/* Puts the paths of the next entry into the tree; NULL after the last. */
static const char *step(Tree *tree, EntryKind *kind)
{
    while (level_count(tree)) {
        Level *level = last_level(tree);
        tree->path.size = level->path_size;
        tree->absolute.size = level->absolute_size;
        const char *name = folder_names_next(&level->names, kind);
        if (name) {
            buf_put_byte(&tree->path, '/');
            buf_put_text(&tree->path, name);
            buf_put_byte(&tree->absolute, '/');
            buf_put_text(&tree->absolute, name);
            return name;
        }
        ignore_rules_leave(&tree->rules, level->rules_depth);
        folder_names_release(&level->names);
        tree->levels.size -= sizeof *level;
    }
    return NULL;
}

/* Finds out what the entry is; *reason is why it cannot be read, or NULL. */
static void inspect(const Tree *tree, Entry *entry, const char **reason)
{
    *reason = NULL;
    if (entry->kind == ENTRY_UNKNOWN) {
        if (lstat(entry->path, &entry->facts))
            *reason = c_locale_strerror(errno);
        entry->kind = entry_kind_of(entry->facts.st_mode);
    }
    if (entry->kind != ENTRY_LINK || !tree->setup.options->follow) return;
    entry->is_linked = true;
    if (stat(entry->path, &entry->facts))
        *reason = errno == ENOENT ? "a dangling link"
                                  : c_locale_strerror(errno);
    entry->kind = entry_kind_of(entry->facts.st_mode);
}

/* Whether the entry is left out by its name. Hidden ones that would be refused
 * anyway are not counted. */
static bool is_unwanted(Tree *tree, const Entry *entry)
{
    bool is_kept, is_folder = entry->kind == ENTRY_FOLDER;
    IgnoreSource source = ignore_rules_match(
        &tree->rules, buf_span(&tree->absolute), is_folder, &is_kept);
    if (entry->name[0] == '.' && !tree->setup.options->hidden && !is_kept) {
        if (!listener_refuses(tree->setup.listener, entry->path))
            leave_out(tree, LEFT_OUT_HIDDEN);
        return true;
    }
    if (source != IGNORE_NOT)
        leave_out(tree, source == IGNORE_BY_OPTION ? LEFT_OUT_EXCLUDED
                                                   : LEFT_OUT_IGNORED);
    return source != IGNORE_NOT;
}

static bool is_large(const Tree *tree, const Entry *entry)
{
    struct stat facts;
    uint64_t most = tree->setup.options->max_file_bytes;
    return most && stat(entry->path, &facts) == 0 &&
           (uint64_t)facts.st_size > most;
}

static Status visit_file(Tree *tree, const Entry *entry, bool *is_found,
                         Error *error)
{
    bool first;
    if (is_large(tree, entry)) return leave_out(tree, LEFT_OUT_LARGE);
    Status status = is_first(tree, entry, &first, error);
    if (status == OK && !first) return leave_out(tree, LEFT_OUT_REPEATED);
    *is_found = status == OK;
    return status;
}

/* Where links are followed a folder may have many paths: it is entered once. */
static Status visit_folder(Tree *tree, Entry *entry, Error *error)
{
    bool follows = tree->setup.options->follow, first = true;
    if (follows && stat(entry->path, &entry->facts))
        return skipped(tree, entry->path, c_locale_strerror(errno), error);
    if (follows && is_loop(tree, &entry->facts))
        return skipped(tree, entry->path, "a link back to a folder above it",
                       error);
    const char *reason = listener_refuses(tree->setup.listener, entry->path);
    if (reason) return skipped(tree, entry->path, reason, error);
    Status status = follows ? is_first(tree, entry, &first, error) : OK;
    if (status == OK && !first) return leave_out(tree, LEFT_OUT_REPEATED);
    if (status == OK) status = enter(tree, entry, error);
    return status == ERR_IO ? skipped(tree, entry->path, error->message, error)
                            : status;
}

/* A file is found, a folder entered, anything else left out or skipped. */
static Status visit(Tree *tree, Entry *entry, bool *is_found, Error *error)
{
    const char *reason;
    inspect(tree, entry, &reason);
    if (is_unwanted(tree, entry)) return OK;
    if (reason) return skipped(tree, entry->path, reason, error);
    switch (entry->kind) {
    case ENTRY_FILE: return visit_file(tree, entry, is_found, error);
    case ENTRY_FOLDER: return visit_folder(tree, entry, error);
    case ENTRY_LINK: return leave_out(tree, LEFT_OUT_LINK);
    case ENTRY_UNKNOWN:
    case ENTRY_OTHER: break;
    }
    return skipped(tree, entry->path, "neither a file nor a folder", error);
}

Status tree_next(Tree *tree, const char **out, Error *error)
{
    const char *name;
    EntryKind kind;
    *out = NULL;
    while ((name = step(tree, &kind))) {
        bool is_found = false;
        Entry entry = {.path = buf_text(&tree->path),
                       .name = name,
                       .kind = kind,
                       .is_linked = last_level(tree)->is_linked};
        if (!entry.path || tree->absolute.status != OK)
            return fail_memory(error, "walking a folder");
        Status status = visit(tree, &entry, &is_found, error);
        if (status != OK) return status;
        if (is_found) {
            *out = entry.path;
            return OK;
        }
    }
    return OK;
}

const LeftOut *tree_left_out(const Tree *tree)
{
    return &tree->left_out;
}

void tree_close(Tree *tree)
{
    if (!tree) return;
    for (size_t i = 0; i < level_count(tree); i++)
        folder_names_release(&levels(tree)[i].names);
    ignore_rules_release(&tree->rules);
    buf_release(&tree->levels);
    buf_release(&tree->path);
    buf_release(&tree->absolute);
    free(tree);
}
