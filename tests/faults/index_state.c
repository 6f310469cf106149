/* index_state.c - whether an index folder is what it was, or the new index. */
#include "tests/faults/index_state.h"

#include "common/base/file.h"
#include "common/segment/index.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void give_up(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(3);
}

static void path_of(const char *folder, const char *name, char path[512])
{
    snprintf(path, 512, "%s/%s", folder, name);
}

static bool is_kept(const char *name)
{
    return strcmp(name, ".") && strcmp(name, "..") && strcmp(name, "LOCK");
}

void index_state_take(const char *folder, IndexState *out)
{
    char path[512];
    Error error;
    *out = (IndexState){0};
    DIR *entries = opendir(folder);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (!is_kept(entry->d_name)) continue;
        if (out->count == MAX_STATE_FILES) give_up("too many files");
        StateFile *file = &out->files[out->count++];
        snprintf(file->name, sizeof file->name, "%.60s", entry->d_name);
        path_of(folder, file->name, path);
        if (file_read(path, SIZE_MAX, &file->bytes, &error) != OK) {
            give_up(error.message);
        }
    }
    closedir(entries);
}

void index_state_release(IndexState *state)
{
    for (size_t i = 0; i < state->count; i++) {
        buf_release(&state->files[i].bytes);
    }
    state->count = 0;
}

static void remove_files(const char *folder)
{
    char path[512];
    DIR *entries = opendir(folder);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) {
            continue;
        }
        path_of(folder, entry->d_name, path);
        unlink(path);
    }
    closedir(entries);
}

void index_state_restore(const char *folder, const IndexState *state)
{
    char path[512];
    remove_files(folder);
    if (state->count == 0) {
        rmdir(folder);
        return;
    }
    mkdir(folder, 0777);
    for (size_t i = 0; i < state->count; i++) {
        const Buf *bytes = &state->files[i].bytes;
        path_of(folder, state->files[i].name, path);
        FILE *file = fopen(path, "wb");
        if (!file || fwrite(bytes->data, 1, bytes->size, file) != bytes->size ||
            fclose(file)) {
            give_up("cannot restore an index");
        }
    }
}

void index_state_print(const IndexState *state, FILE *out)
{
    for (size_t i = 0; i < state->count; i++) {
        const StateFile *file = &state->files[i];
        fprintf(out, "%s: %zu bytes\n", file->name, file->bytes.size);
        if (strcmp(file->name, "MANIFEST")) continue;
        fwrite(file->bytes.data, 1, file->bytes.size, out);
    }
}

static bool is_history(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && !strcmp(dot, ".history");
}

/* MANIFEST and the history contain the time, and a checksum of themselves:
 * what they name must be the same, and the names of the other files are hashes
 * of their content. */
static bool file_same(const StateFile *a, const StateFile *b)
{
    bool histories = is_history(a->name) && is_history(b->name);
    if (!histories && strcmp(a->name, b->name) != 0) return false;
    if (histories || !strcmp(a->name, "MANIFEST"))
        return a->bytes.size == b->bytes.size;
    return span_equal(buf_span(&a->bytes), buf_span(&b->bytes));
}

static bool has_file(const IndexState *state, const StateFile *file)
{
    for (size_t i = 0; i < state->count; i++) {
        if (file_same(&state->files[i], file)) return true;
    }
    return false;
}

bool index_state_holds(const IndexState *whole, const IndexState *part)
{
    for (size_t i = 0; i < part->count; i++) {
        if (!has_file(whole, &part->files[i])) return false;
    }
    return true;
}

bool index_state_same(const IndexState *a, const IndexState *b)
{
    return a->count == b->count && index_state_holds(a, b);
}

bool index_state_opens(const char *folder)
{
    Index *index;
    Error error;
    Status status = index_open(folder, &index, &error);
    if (status != OK) fprintf(stderr, "%s\n", error.message);
    index_close(index);
    return status == OK;
}
