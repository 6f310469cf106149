/* patched_index.c - the golden index with patched bytes and valid checksums. */
#include "tests/fuzz/patched_index.h"

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/segment/manifest.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/segment_mend.h"

#include <unistd.h>

enum { PATCH_BYTES = 5, MAX_PATCHES = 64 };

static char folder[] = "/tmp/quern-fuzz.XXXXXX";
static char segment_path[256], manifest_path[256];
static Buf golden; /* the segment as it was */

static void remove_copy(void)
{
    unlink(manifest_path);
    unlink(segment_path);
    rmdir(folder);
    buf_release(&golden);
}

/* Unlike file_replace it does not sync. */
static void write_file(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    PROMISE(file);
    PROMISE(fwrite(bytes, 1, size, file) == size);
    PROMISE(fclose(file) == 0);
}

static void copy_golden(void)
{
    Error error;
    Manifest manifest;
    Buf bytes = {0};
    char path[256];
    PROMISE(manifest_read(QUERN_GOLDEN_INDEX, &manifest, &error) == OK);
    PROMISE(mkdtemp(folder));
    const char *name = manifest.segments[0].name;
    snprintf(segment_path, sizeof segment_path, "%s/%s", folder, name);
    snprintf(manifest_path, sizeof manifest_path, "%s/MANIFEST", folder);
    snprintf(path, sizeof path, "%s/%s", QUERN_GOLDEN_INDEX, name);
    PROMISE(file_read(path, 1 << 30, &golden, &error) == OK);
    PROMISE(file_read(QUERN_GOLDEN_INDEX "/MANIFEST", 1 << 20, &bytes,
                      &error) == OK);
    write_file(manifest_path, bytes.data, bytes.size);
    buf_release(&bytes);
    manifest_release(&manifest);
    atexit(remove_copy);
}

const char *patched_index(const uint8_t *data, size_t size)
{
    if (!golden.size) copy_golden();
    uint8_t *file = malloc(golden.size);
    PROMISE(file);
    memcpy(file, golden.data, golden.size);
    if (size > MAX_PATCHES * PATCH_BYTES) size = MAX_PATCHES * PATCH_BYTES;
    for (size_t i = 0; i + PATCH_BYTES <= size; i += PATCH_BYTES) {
        file[get_u32le(data + i) % golden.size] = data[i + 4];
    }
    segment_mend_checksums(file, golden.size);
    write_file(segment_path, file, golden.size);
    free(file);
    return folder;
}
