/* manifest_merge_test.c - merging the segments of an index, step by step. */
#include "indexer/merge/manifest_merge.h"

#include "common/segment/index.h"
#include "indexer/merge/merge_policy.h"
#include "tests/indexer/build/trial_build.h"
#include "tests/support/random.h"

static const char *write_corpus(uint32_t documents)
{
    Random random = {7};
    Buf out = {0};
    for (uint32_t d = 0; d < documents; d++) {
        buf_printf(&out, "{\"id\":\"%u\",\"title\":\"number w%u\",\"text\":\"",
                   d, d % 13);
        for (size_t left = random_below(&random, 50); left > 0; left--)
            buf_printf(&out, "w%zu ", random_zipf(&random, 900));
        buf_put_text(&out, "\",\"url\":\"u\"}\n");
    }
    const char *path = keep(scratch_write(&scratch, "c.jsonl", buf_span(&out)));
    buf_release(&out);
    return path;
}

static int count_files(const char *folder)
{
    int count = folder_count_entries(folder);
    ck_assert_int_ge(count, 0);
    return count;
}

static BuildOptions build_segments(const char *input, const char *output,
                                   uint32_t segments, bool has_stored)
{
    BuildOptions options = options_for(input, output);
    options.segments = segments;
    options.has_stored = has_stored;
    build(&options);
    return options;
}

static void claim(const BuildOptions *options, IndexFolder *folder)
{
    Error error;
    Status status = index_folder_claim(
        options->output, (ClaimOptions){.change = true}, folder, &error);
    ck_assert_msg(status == OK, "%s", error.message);
}

static MergeOptions merge_options(const BuildOptions *options,
                                  const IndexFolder *folder,
                                  const BuildListener *listener)
{
    return (MergeOptions){.folder = folder,
                          .memory = 8 << 20,
                          .limits = options->limits,
                          .listener = listener};
}

/* Merges and publishes until there is nothing left to do; how often. */
static int merge_all(const BuildOptions *options, size_t max_segments)
{
    IndexFolder folder;
    Error error;
    claim(options, &folder);
    int steps = 0;
    for (;; steps++) {
        MergeOptions merging = merge_options(options, &folder, NULL);
        Manifest manifest = folder.old;
        MergeStep step;
        Status status = manifest_merge_next(&merging, &manifest, max_segments,
                                            &step, &error);
        ck_assert_msg(status == OK, "%s", error.message);
        folder.old = manifest; /* its arena */
        if (!step.merged) break;
        ck_assert_uint_gt(step.bytes, 0);
        manifest.generation++;
        ck_assert_int_eq(index_folder_publish(&folder, &manifest, &error), OK);
        ck_assert_int_eq(index_folder_go_on(&folder, &error), OK);
    }
    index_folder_release(&folder);
    return steps;
}

static Manifest read_manifest(const BuildOptions *options)
{
    Manifest manifest;
    Error error;
    Status status = manifest_read(options->output, &manifest, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return manifest;
}

START_TEST(an_index_merged_to_one_segment_is_that_of_a_build)
{
    bool has_stored = _i;
    const char *input = write_corpus(2000);
    BuildOptions many = build_segments(input, "many", 9, has_stored);
    BuildOptions one = build_segments(input, "one", 1, has_stored);
    ck_assert_int_eq(merge_all(&many, 1), 1);
    check_index(many.output);
    Manifest a = read_manifest(&many), b = read_manifest(&one);
    ck_assert_uint_eq(a.segment_count, 1);
    ck_assert_str_eq(a.segments[0].name, b.segments[0].name);
    ck_assert_uint_eq(a.segments[0].documents, 2000);
    ck_assert_uint_eq(a.token_count, b.token_count);
    /* LOCK, MANIFEST, the segment, and contents without stored text */
    ck_assert_int_eq(count_files(many.output), count_files(one.output));
    ck_assert_int_eq(merge_all(&many, 1), 0);
    manifest_release(&a);
    manifest_release(&b);
}
END_TEST

START_TEST(fewer_segments_are_made_where_that_costs_least)
{
    BuildOptions many = build_segments(write_corpus(2000), "many", 9, true);
    ck_assert_int_eq(merge_all(&many, 4), 1);
    check_index(many.output);
    Manifest manifest = read_manifest(&many);
    ck_assert_uint_eq(manifest.segment_count, 4);
    manifest_release(&manifest);
}
END_TEST

START_TEST(the_policy_merges_only_what_is_too_many)
{
    BuildOptions many = build_segments(write_corpus(2000), "many", 9, true);
    BuildOptions few = build_segments(write_corpus(2000), "few", 4, true);
    ck_assert_int_ge(merge_all(&many, MERGE_BY_POLICY), 1);
    ck_assert_int_eq(merge_all(&few, MERGE_BY_POLICY), 0);
    check_index(many.output);
    Manifest manifest = read_manifest(&many);
    ck_assert_uint_le(manifest.segment_count, 4);
    manifest_release(&manifest);
}
END_TEST

static bool is_cancelled(void *self)
{
    int *left = self;
    return (*left)-- <= 0;
}

/* Nobody finds a trace, whenever it is. */
START_TEST(a_merge_that_is_cancelled_leaves_the_index_as_it_was)
{
    BuildOptions many = build_segments(write_corpus(2000), "many", 9, true);
    int files = count_files(many.output);
    for (int checks = 0; checks < 3; checks++) {
        int left = checks;
        BuildListener listener = {.self = &left, .cancelled = is_cancelled};
        IndexFolder folder;
        Error error;
        MergeStep step;
        claim(&many, &folder);
        MergeOptions merging = merge_options(&many, &folder, &listener);
        Manifest manifest = folder.old;
        Status status = manifest_merge_next(&merging, &manifest, 1, &step,
                                            &error);
        if (status == OK) ck_assert_int_gt(checks, 0);
        if (status != OK) ck_assert_int_eq(status, ERR_INTERRUPTED);
        folder.old = manifest;
        index_folder_abandon(&folder);
        index_folder_release(&folder);
        if (status == OK) break;
        ck_assert_int_eq(count_files(many.output), files);
        check_index(many.output);
    }
}
END_TEST

static Suite *manifest_merge_suite(void)
{
    Suite *suite = suite_create("manifest_merge");
    TCase *tests = tcase_create("manifest_merge");
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_loop_test(
        tests, an_index_merged_to_one_segment_is_that_of_a_build, 0, 2);
    tcase_add_test(tests, fewer_segments_are_made_where_that_costs_least);
    tcase_add_test(tests, the_policy_merges_only_what_is_too_many);
    tcase_add_test(tests, a_merge_that_is_cancelled_leaves_the_index_as_it_was);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return check_main(manifest_merge_suite());
}
