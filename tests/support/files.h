/* files.h - a scratch folder for a test, with files plain and compressed.
 *
 * Bytes are Spans, valid until scratch_remove. A failure ends the test.
 */
#ifndef QUERN_SUPPORT_FILES_H
#define QUERN_SUPPORT_FILES_H

#include "common/base/buf.h"

#include <check.h>
#include <dirent.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

typedef struct Scratch {
    char path[64];
} Scratch;

static inline Scratch scratch_new(void)
{
    Scratch scratch = {"/tmp/quern-test-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(scratch.path));
    return scratch;
}

static inline void scratch_remove(Scratch *scratch)
{
    char *roots[] = {scratch->path, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; (entry = fts_read(walk));) {
        if (entry->fts_info != FTS_D) remove(entry->fts_path);
    }
    fts_close(walk);
}

/* The path of `name` in the scratch folder; valid for the next 7 calls. */
static inline const char *scratch_path(const Scratch *scratch, const char *name)
{
    static char paths[8][256];
    static unsigned next;
    char *path = paths[next++ % 8];
    int size = snprintf(path, sizeof paths[0], "%s/%s", scratch->path, name);
    ck_assert_int_lt(size, (int)sizeof paths[0]);
    return path;
}

static inline const char *scratch_write(const Scratch *scratch,
                                        const char *name, Span bytes)
{
    const char *path = scratch_path(scratch, name);
    remove(path); /* some file systems sync a file that is truncated */
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    if (bytes.size)
        ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

static inline const char *scratch_folder(const Scratch *scratch,
                                         const char *name)
{
    const char *path = scratch_path(scratch, name);
    ck_assert_int_eq(mkdir(path, 0777), 0);
    return path;
}

/* How many entries a folder has, hidden ones apart; -1: it is not there. */
static inline int folder_count_entries(const char *folder)
{
    DIR *entries = opendir(folder);
    int count = 0;
    if (!entries) return -1;
    for (struct dirent *entry; (entry = readdir(entries));)
        count += entry->d_name[0] != '.';
    closedir(entries);
    return count;
}

/* Appends one gzip member. */
static inline void pack_gzip(Buf *out, Span bytes)
{
    z_stream stream = {0};
    ck_assert_int_eq(
        deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    size_t room = deflateBound(&stream, bytes.size) + 64;
    uint8_t *at = buf_reserve(out, room);
    stream.next_in = (Bytef *)(uintptr_t)bytes.data;
    stream.avail_in = (uInt)bytes.size;
    stream.next_out = at;
    stream.avail_out = (uInt)room;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->size += room - stream.avail_out;
    deflateEnd(&stream);
}

/* Appends one zstd frame. */
static inline void pack_zstd(Buf *out, Span bytes)
{
    size_t room = ZSTD_compressBound(bytes.size);
    uint8_t *at = buf_reserve(out, room);
    size_t size = ZSTD_compress(at, room, bytes.data, bytes.size, 3);
    ck_assert(!ZSTD_isError(size));
    out->size += size;
}

#endif
