/* removals_fuzz.c - a file of removed documents with patched bytes.
 *
 * The input is a list of patches, each a u16 offset and a byte, for the file of
 * one segment of the base index, from which every fifth document is removed.
 * Its checksums, its name and MANIFEST are then updated, counts included, so
 * that only checks of structure can refuse it. If the check accepts the index,
 * pruned and exhaustive searches must give the same results.
 */
#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "tests/fuzz/base_index.h"
#include "tests/fuzz/edited_answers.h"
#include "tests/fuzz/fuzz.h"
#include "tests/oracle/remove_documents.h"

#include <inttypes.h>
#include <unistd.h>

enum { PATCH_BYTES = 3, MAX_PATCHES = 64, REMOVED_IN = 5 };

static char folder[] = "/tmp/quern-fuzz.XXXXXX";
static Manifest manifest; /* of the base */
static Buf base;          /* its first file of removed documents */

static void remove_base(void)
{
    Buf command = {0};
    buf_printf(&command, "rm -r %s", folder);
    PROMISE(system(buf_text(&command)) == 0);
    buf_release(&command);
    buf_release(&base);
    manifest_release(&manifest);
}

static void path_of(const char *name, Buf *out)
{
    buf_clear(out);
    buf_printf(out, "%s/%s", folder, name);
    PROMISE(buf_text(out));
}

static void write_file(const char *name, Span bytes)
{
    Buf path = {0};
    path_of(name, &path);
    FILE *file = fopen(buf_text(&path), "wb");
    PROMISE(file);
    PROMISE(fwrite(bytes.data, 1, bytes.size, file) == bytes.size);
    PROMISE(fclose(file) == 0);
    buf_release(&path);
}

static void make_base(void)
{
    Error error;
    Index *index;
    Buf path = {0};
    PROMISE(mkdtemp(folder));
    atexit(remove_base);
    base_index_make(&BASE_SHAPE, folder);
    PROMISE(index_open(folder, &index, &error) == OK);
    size_t count = index->manifest.document_count;
    bool *live = calloc(count, sizeof *live);
    PROMISE(live);
    for (size_t i = 0; i < count; i++) live[i] = i % REMOVED_IN != 1;
    PROMISE(remove_documents(index, live, NULL, &error) == OK);
    index_close(index);
    free(live);
    PROMISE(manifest_read(folder, &manifest, &error) == OK);
    path_of(manifest.segments[0].removed.name, &path);
    PROMISE(file_read(buf_text(&path), 1 << 24, &base, &error) == OK);
    buf_release(&path);
}

static void mend(Buf *file)
{
    put_u64le(file->data + REMOVALS_HEADER_CONTENT_CHECKSUM,
              hash_bytes(file->data + REMOVALS_HEADER_BYTES,
                         file->size - REMOVALS_HEADER_BYTES));
    put_u64le(file->data + REMOVALS_CHECKSUM_OFFSET,
              hash_bytes(file->data, REMOVALS_CHECKSUM_OFFSET));
}

/* MANIFEST with the name of the file and the totals that it claims. */
static void write_manifest(const Buf *file, const char *name)
{
    Manifest edited = manifest;
    ManifestSegment segments[8];
    Buf text = {0};
    PROMISE(manifest.segment_count <= 8);
    memcpy(segments, manifest.segments,
           manifest.segment_count * sizeof *segments);
    edited.segments = segments;
    const uint8_t *old = base.data, *new = file->data;
    segments[0].removed.name = name;
    segments[0].removed_documents = get_u32le(new +
                                              REMOVALS_HEADER_REMOVED_COUNT);
    edited.document_count += get_u32le(old + REMOVALS_HEADER_REMOVED_COUNT);
    edited.document_count -= get_u32le(new + REMOVALS_HEADER_REMOVED_COUNT);
    edited.nonempty_count += get_u32le(old + REMOVALS_HEADER_REMOVED_NONEMPTY);
    edited.nonempty_count -= get_u32le(new + REMOVALS_HEADER_REMOVED_NONEMPTY);
    edited.token_count += get_u64le(old + REMOVALS_HEADER_REMOVED_TOKENS);
    edited.token_count -= get_u64le(new + REMOVALS_HEADER_REMOVED_TOKENS);
    manifest_format(&edited, &text);
    write_file("MANIFEST", buf_span(&text));
    buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!base.size) make_base();
    Buf file = {0}, path = {0}, problems = {0}, difference = {0};
    buf_put_span(&file, buf_span(&base));
    if (size > MAX_PATCHES * PATCH_BYTES) size = MAX_PATCHES * PATCH_BYTES;
    for (size_t i = 0; i + PATCH_BYTES <= size; i += PATCH_BYTES)
        file.data[get_u16le(data + i) % file.size] = data[i + 2];
    mend(&file);
    char name[32];
    snprintf(name, sizeof name, "%016" PRIx64 ".removed",
             get_u64le(file.data + REMOVALS_CHECKSUM_OFFSET));
    write_file(name, buf_span(&file));
    write_manifest(&file, name);
    bool is_good = index_is_good(folder, &problems);
    index_answer(folder, is_good, &difference);
    if (difference.size) fprintf(stderr, "%s\n", buf_text(&difference));
    PROMISE(!difference.size);
    path_of(name, &path);
    PROMISE(unlink(buf_text(&path)) == 0);
    buf_release(&file);
    buf_release(&path);
    buf_release(&problems);
    buf_release(&difference);
    return 0;
}
