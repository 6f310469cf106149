/* index_test.c - tests common/segment/index.c. */
#include "common/segment/index.h"

#include "tests/common/segment/model_segment.h"
#include "tests/support/check_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Error error;

/* A folder with one segment and its manifest. */
typedef struct Folder {
    Model model;
    Manifest manifest;
    ManifestSegment segment;
    char path[256]; /* of the folder */
} Folder;

static void write_manifest(const Folder *folder)
{
    Buf text = {0}, path = {0};
    manifest_format(&folder->manifest, &text);
    buf_printf(&path, "%s/MANIFEST", folder->path);
    FILE *file = fopen(buf_text(&path), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text.data, 1, text.size, file), text.size);
    ck_assert_int_eq(fclose(file), 0);
    buf_release(&text);
    buf_release(&path);
}

static void set_up(Folder *folder)
{
    model_new(&folder->model, SMALL_SHAPE, 9);
    snprintf(folder->path, sizeof folder->path, "%s", folder->model.path);
    char *slash = strrchr(folder->path, '/');
    *slash = '\0';
    Segment *segment;
    ck_assert_int_eq(segment_open(folder->model.path, &segment, &error), OK);
    folder->segment = (ManifestSegment){
        .name = strrchr(folder->model.path, '/') + 1,
        .documents = segment->document_count,
        .bytes = segment->file.bytes.size};
    folder->manifest = (Manifest){.generation = 1,
                                  .created = "2026-11-23T15:04:05Z",
                                  .version = "test",
                                  .data_versions = "none",
                                  .k1 = segment->k1,
                                  .b = segment->b,
                                  .has_positions = true,
                                  .has_stored = true,
                                  .document_count = segment->document_count,
                                  .nonempty_count = segment->nonempty_count,
                                  .token_count = segment->token_count,
                                  .segments = &folder->segment,
                                  .segment_count = 1};
    segment_close(segment);
    write_manifest(folder);
}

static void tear_down(Folder *folder)
{
    Buf path = {0};
    buf_printf(&path, "%s/MANIFEST", folder->path);
    unlink(buf_text(&path));
    buf_release(&path);
    model_free(&folder->model);
}

START_TEST(an_index_is_opened_with_its_analyzer)
{
    Folder folder;
    Index *index;
    set_up(&folder);
    ck_assert(index_is_there(folder.path));
    Status status = index_open(folder.path, &index, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    ck_assert_str_eq(analyzer_options(index->analyzer)->name, "default");
    ck_assert(index->rules_differ); /* older than rules 2 */
    ck_assert(!index->analyzer_differs);
    uint32_t docid;
    size_t number;
    Segment *segment = index_locate(index, 42, &docid, &number);
    ck_assert_ptr_eq(segment, index->segments[0]);
    ck_assert_uint_eq(docid, 42);
    ck_assert_uint_eq(number, 0);
    index_close(index);
    tear_down(&folder);
}
END_TEST

START_TEST(other_data_for_analysis_are_noticed)
{
    Folder folder;
    Index *index;
    set_up(&folder);
    folder.manifest.rules = 2;
    write_manifest(&folder);
    Status status = index_open(folder.path, &index, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    ck_assert(!index->rules_differ);
    ck_assert(index->analyzer_differs); /* no build's probe is 0 */
    index_close(index);
    tear_down(&folder);
}
END_TEST

START_TEST(documents_are_numbered_over_all_segments)
{
    uint64_t first_docids[] = {0, 10, 11, 500};
    Segment *segments[3];
    for (int i = 0; i < 3; i++) segments[i] = calloc(1, sizeof(Segment));
    Index index = {.segments = segments, .first_docids = first_docids};
    index.manifest.segment_count = 3;
    static const uint32_t EXPECTED[][3] = {
        {0, 0, 0}, {9, 0, 9}, {10, 1, 0}, {11, 2, 0}, {499, 2, 488}};
    for (int i = 0; i < 5; i++) {
        uint32_t docid;
        size_t number;
        Segment *segment = index_locate(&index, EXPECTED[i][0], &docid,
                                        &number);
        ck_assert_uint_eq(number, EXPECTED[i][1]);
        ck_assert_uint_eq(docid, EXPECTED[i][2]);
        ck_assert_ptr_eq(segment, segments[number]);
    }
    for (int i = 0; i < 3; i++) free(segments[i]);
}
END_TEST

START_TEST(a_missing_index_is_reported)
{
    Index *index;
    ck_assert(!index_is_there("/tmp"));
    ck_assert_int_eq(index_open("/tmp/no such folder", &index, &error), ERR_IO);
    ck_assert_ptr_null(index);
    ck_assert_ptr_nonnull(strstr(error.message, "no index at '/tmp/no such"));
}
END_TEST

START_TEST(a_manifest_that_cannot_be_opened_is_not_reported_missing)
{
    Folder folder;
    Index *index;
    bool found;
    char manifest[sizeof folder.path + 16];
    set_up(&folder);
    snprintf(manifest, sizeof manifest, "%s/MANIFEST", folder.path);
    unlink(manifest);
    ck_assert_int_eq(symlink("MANIFEST", manifest), 0); /* leads to itself */
    ck_assert_int_eq(index_find(folder.path, &found, &error), ERR_IO);
    ck_assert_int_eq(index_open(folder.path, &index, &error), ERR_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "cannot open"));
    ck_assert_ptr_nonnull(strstr(error.message, "it is a link"));
    tear_down(&folder);
}
END_TEST

START_TEST(a_manifest_entry_of_another_segment_is_refused)
{
    Folder folder;
    Index *index;
    set_up(&folder);
    folder.segment.documents++;
    write_manifest(&folder);
    ck_assert_int_eq(index_open(folder.path, &index, &error), ERR_CORRUPT);
    folder.segment.documents--;
    folder.manifest.token_count++;
    write_manifest(&folder);
    ck_assert_int_eq(index_open(folder.path, &index, &error), ERR_CORRUPT);
    folder.manifest.token_count--;
    folder.manifest.has_stored = false;
    write_manifest(&folder);
    ck_assert_int_eq(index_open(folder.path, &index, &error), ERR_CORRUPT);
    tear_down(&folder);
}
END_TEST

START_TEST(a_missing_segment_is_named_as_missing)
{
    Folder folder;
    Index *index;
    set_up(&folder);
    unlink(folder.model.path);
    ck_assert_int_eq(index_open(folder.path, &index, &error), ERR_CORRUPT);
    ck_assert_ptr_nonnull(strstr(error.message, "is missing"));
    tear_down(&folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("index");
    TCase *tests = tcase_create("index");
    tcase_add_test(tests, an_index_is_opened_with_its_analyzer);
    tcase_add_test(tests, other_data_for_analysis_are_noticed);
    tcase_add_test(tests, documents_are_numbered_over_all_segments);
    tcase_add_test(tests, a_missing_index_is_reported);
    tcase_add_test(tests,
                   a_manifest_that_cannot_be_opened_is_not_reported_missing);
    tcase_add_test(tests, a_manifest_entry_of_another_segment_is_refused);
    tcase_add_test(tests, a_missing_segment_is_named_as_missing);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
