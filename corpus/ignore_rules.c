/* ignore_rules.c - which entries of a folder are left out on purpose. */
#include "corpus/ignore_rules.h"

#include "common/base/c_locale.h"
#include "corpus/ignore_git.h"
#include "corpus/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* A folder with patterns, or the root of a repository. */
typedef struct IgnoreFolder {
    size_t path_size;
    bool is_repository;
    IgnoreList ignore, gitignore, exclude;
} IgnoreFolder;

static IgnoreFolder *folder_at(const IgnoreRules *rules, size_t index)
{
    return (IgnoreFolder *)(void *)rules->folders.data + index;
}

static void folder_release(IgnoreFolder *folder)
{
    ignore_list_release(&folder->ignore);
    ignore_list_release(&folder->gitignore);
    ignore_list_release(&folder->exclude);
}

static void note_too_long(const IgnoreRules *rules, const char *path,
                          const IgnoreList *list)
{
    char what[96];
    if (!list->too_long) return;
    snprintf(what, sizeof what, "%zu %s longer than %d bytes, not applied",
             list->too_long,
             list->too_long == 1 ? "pattern is" : "patterns are",
             IGNORE_PATTERN_MAX_BYTES);
    listener_note(rules->listener, path, what, ADVICE_NONE);
}

/* One that cannot be read is skipped like a file of text: what it would have
 * left out may be in the index. */
static Status skip_unreadable(const IgnoreRules *rules, const char *path,
                              int cause, Error *error)
{
    char reason[160];
    Place place = {.source = path};
    snprintf(reason, sizeof reason, "its patterns are not applied: %s",
             c_locale_strerror(cause));
    return listener_skipped(rules->listener, &place, reason, ADVICE_NONE,
                            error);
}

/* Adds the patterns of a file; one that is missing has none. */
static Status read_list(const IgnoreRules *rules, const char *path,
                        IgnoreList *list, Error *error)
{
    Buf text = {0};
    bool is_read = ignore_file_read(path, &text);
    int cause = errno;
    Status status = buf_check(&text, "reading patterns", error);
    if (status == OK && is_read) {
        ignore_list_add_lines(list, buf_span(&text));
        note_too_long(rules, path, list);
        status = ignore_list_check(list, error);
    } else if (status == OK && cause != ENOENT && cause != ENOTDIR) {
        status = skip_unreadable(rules, path, cause, error);
    }
    buf_release(&text);
    return status;
}

/* The same for a file in a folder. */
static Status read_list_in(const IgnoreRules *rules, const char *folder,
                           const char *name, IgnoreList *list, Error *error)
{
    Buf path = {0};
    buf_printf(&path, "%s/%s", folder, name);
    const char *text = buf_text(&path);
    Status status = text ? read_list(rules, text, list, error)
                         : fail_memory(error, "reading patterns");
    buf_release(&path);
    return status;
}

/* The user's own patterns, when the first repository is found. The file may be
 * another user's (sudo -u), so that one that may not be read is only noted. */
static Status read_personal(IgnoreRules *rules, Error *error)
{
    const char *path = rules->personal_path;
    rules->personal_path = NULL;
    if (!path) return OK;
    if (faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 || errno != EACCES)
        return read_list(rules, path, &rules->personal, error);
    listener_note(rules->listener, path,
                  "its patterns are not applied: Permission denied",
                  ADVICE_NONE);
    return OK;
}

/* The root of a repository, and what it leaves out. */
static Status read_repository(const IgnoreRules *rules, const char *folder,
                              IgnoreFolder *out, Error *error)
{
    Buf exclude = {0};
    out->is_repository = ignore_git_find(folder, &exclude);
    Status status = buf_check(&exclude, "reading patterns", error);
    const char *path = exclude.size ? buf_text(&exclude) : NULL;
    if (status == OK && path)
        status = read_list(rules, path, &out->exclude, error);
    buf_release(&exclude);
    return status;
}

Status ignore_rules_enter(IgnoreRules *rules, const char *folder,
                          IgnoreFiles files, Error *error)
{
    if (!rules->reads_files) return OK;
    if (!files.ignore && !files.gitignore && !files.git) return OK;
    IgnoreFolder added = {.path_size = strlen(folder)};
    Status status = OK;
    if (files.ignore)
        status = read_list_in(rules, folder, ".ignore", &added.ignore, error);
    if (status == OK && files.gitignore)
        status = read_list_in(rules, folder, ".gitignore", &added.gitignore,
                              error);
    if (status == OK && files.git)
        status = read_repository(rules, folder, &added, error);
    if (status == OK && added.is_repository)
        status = read_personal(rules, error);
    bool is_empty = !added.is_repository &&
                    ignore_list_is_empty(&added.ignore) &&
                    ignore_list_is_empty(&added.gitignore);
    if (status == OK && !is_empty) {
        buf_put(&rules->folders, &added, sizeof added);
        status = buf_check(&rules->folders, "reading patterns", error);
    }
    if (status != OK || is_empty) folder_release(&added);
    return status;
}

/* The folders above the root, from the top. */
static Status read_above(IgnoreRules *rules, const char *root, Error *error)
{
    Buf path = {0};
    Status status = OK;
    for (const char *at = root; status == OK && (at = strchr(at, '/')); at++) {
        IgnoreFiles all = {true, true, true};
        buf_clear(&path);
        buf_put(&path, root, (size_t)(at - root));
        const char *folder = buf_text(&path);
        status = folder ? ignore_rules_enter(rules, folder, all, error)
                        : fail_memory(error, "reading patterns");
    }
    buf_release(&path);
    return status;
}

Status ignore_rules_start(IgnoreRules *rules, const char *root,
                          const CorpusOptions *options,
                          const CorpusListener *listener, Error *error)
{
    *rules = (IgnoreRules){.listener = listener,
                           .reads_files = !options->no_ignore,
                           .root_size = strlen(root)};
    for (size_t i = 0; i < options->exclude_count; i++)
        ignore_list_add(&rules->given, span_text(options->excludes[i]));
    note_too_long(rules, root, &rules->given);
    Status status = ignore_list_check(&rules->given, error);
    if (status != OK || !rules->reads_files) return status;
    rules->personal_path = options->git_excludes;
    return read_above(rules, root, error);
}

size_t ignore_rules_depth(const IgnoreRules *rules)
{
    return rules->folders.size / sizeof(IgnoreFolder);
}

void ignore_rules_leave(IgnoreRules *rules, size_t depth)
{
    while (ignore_rules_depth(rules) > depth) {
        rules->folders.size -= sizeof(IgnoreFolder);
        folder_release(folder_at(rules, ignore_rules_depth(rules)));
    }
}

/* What is below a folder, whose path has `size` bytes. */
static Span below(Span path, size_t size)
{
    return span_of(path.data + size + 1, path.size - size - 1);
}

static IgnoreVerdict match_ignore(const IgnoreRules *rules, Span path,
                                  bool is_folder)
{
    IgnoreVerdict verdict = IGNORE_UNDECIDED;
    for (size_t i = ignore_rules_depth(rules); i > 0 && !verdict; i--) {
        const IgnoreFolder *folder = folder_at(rules, i - 1);
        if (!ignore_list_is_empty(&folder->ignore))
            verdict = ignore_list_match(
                &folder->ignore, below(path, folder->path_size), is_folder);
    }
    return verdict;
}

/* The folder of the repository that an entry is in, or NULL. */
static const IgnoreFolder *find_repository(const IgnoreRules *rules)
{
    for (size_t i = ignore_rules_depth(rules); i > 0; i--) {
        const IgnoreFolder *folder = folder_at(rules, i - 1);
        if (folder->is_repository) return folder;
    }
    return NULL;
}

static IgnoreVerdict match_git(const IgnoreRules *rules, Span path,
                               bool is_folder)
{
    IgnoreVerdict verdict = IGNORE_UNDECIDED;
    const IgnoreFolder *root = find_repository(rules);
    if (!root) return verdict;
    const IgnoreFolder *folder = folder_at(rules, ignore_rules_depth(rules));
    do {
        folder--;
        if (!ignore_list_is_empty(&folder->gitignore))
            verdict = ignore_list_match(
                &folder->gitignore, below(path, folder->path_size), is_folder);
    } while (!verdict && folder > root);
    path = below(path, root->path_size);
    if (!verdict) verdict = ignore_list_match(&root->exclude, path, is_folder);
    if (!verdict)
        verdict = ignore_list_match(&rules->personal, path, is_folder);
    return verdict;
}

IgnoreSource ignore_rules_match(const IgnoreRules *rules, Span path,
                                bool is_folder, bool *is_kept)
{
    IgnoreVerdict verdict = IGNORE_UNDECIDED;
    *is_kept = false;
    if (!ignore_list_is_empty(&rules->given))
        verdict = ignore_list_match(&rules->given,
                                    below(path, rules->root_size), is_folder);
    if (verdict == IGNORE_LEFT_OUT) return IGNORE_BY_OPTION;
    if (!verdict) verdict = match_ignore(rules, path, is_folder);
    if (!verdict) verdict = match_git(rules, path, is_folder);
    *is_kept = verdict == IGNORE_KEPT;
    return verdict == IGNORE_LEFT_OUT ? IGNORE_BY_FILE : IGNORE_NOT;
}

void ignore_rules_release(IgnoreRules *rules)
{
    ignore_rules_leave(rules, 0);
    buf_release(&rules->folders);
    ignore_list_release(&rules->given);
    ignore_list_release(&rules->personal);
    *rules = (IgnoreRules){0};
}
