/* trial_build.c - what tests of whole builds share. */
#include "tests/indexer/build/trial_build.h"

#include "common/base/file.h"
#include "common/segment/manifest.h"
#include "indexer/commands.h"

Scratch scratch;

void make_scratch(void)
{
    scratch = scratch_new();
}

void remove_scratch(void)
{
    scratch_remove(&scratch);
}

/* A path that stays for the whole of a test. */
const char *keep(const char *path)
{
    static char kept[64][256];
    static unsigned next;
    char *copy = kept[next++ % 64];
    snprintf(copy, sizeof kept[0], "%s", path);
    return copy;
}

/* Small limits bring every class of list about in small corpora. */
BuildOptions options_for(const char *input, const char *output)
{
    static const char *inputs[64];
    static unsigned next;
    const char **slot = &inputs[next++ % 64];
    *slot = input ? keep(input) : NULL;
    BuildOptions options = build_defaults();
    options.inputs = slot;
    options.input_count = 1;
    options.output = keep(scratch_path(&scratch, output));
    options.threads = 1;
    options.limits = (ListLimits){8, 16, 5, 4, 0};
    return options;
}

void build(const BuildOptions *options)
{
    BuildReport report;
    Error error;
    Status status = index_build(options, &report, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

/* The bytes of all segments of an index, one behind the other. */
Buf segment_bytes(const char *folder)
{
    Manifest manifest;
    Error error;
    Buf bytes = {0};
    ck_assert_int_eq(manifest_read(folder, &manifest, &error), OK);
    for (size_t i = 0; i < manifest.segment_count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, manifest.segments[i].name);
        ck_assert_int_eq(file_read(path, 1 << 30, &bytes, &error), OK);
    }
    manifest_release(&manifest);
    return bytes;
}

void check_index(const char *folder)
{
    Error error;
    CommandOptions options = {0};
    FILE *out = fopen("/dev/null", "w");
    Status status = command_check(folder, &options, out, &error);
    fclose(out);
    ck_assert_msg(status == OK, "%s", status == OK ? "" : error.message);
}
