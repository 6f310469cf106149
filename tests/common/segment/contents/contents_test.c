/* contents_test.c - tests hashes and lengths of documents. */
#include "common/segment/contents/contents.h"

#include "common/segment/contents/contents_writer.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <unistd.h>

static Scratch scratch;
static FolderHandle folder;
static Arena arena;

static void set_up(void)
{
    Error error;
    scratch = scratch_new();
    ck_assert_int_eq(folder_open(scratch.path, true, &folder, &error), OK);
}

static void tear_down(void)
{
    folder_close(&folder);
    arena_release(&arena);
    arena = (Arena){0};
    scratch_remove(&scratch);
}

static Hash128 hash_of(uint32_t docid)
{
    return (Hash128){.high = docid * UINT64_C(0x9e3779b97f4a7c15),
                     .low = ~(uint64_t)docid};
}

static ManifestSegment write_contents(uint32_t count, size_t memory)
{
    ManifestSegment entry = {.name = "0123456789abcdef.segment",
                             .documents = count};
    ContentsWriter writer;
    Error error;
    contents_writer_init(&writer, scratch.path, memory);
    for (uint32_t d = 0; d < count; d++)
        contents_writer_put(&writer, hash_of(d), 3 * d);
    Status status = contents_writer_finish(
        &writer, &folder, (FileAccess){0644, getgid()}, &arena, &entry, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    contents_writer_release(&writer);
    return entry;
}

START_TEST(contents_read_as_they_were_written)
{
    uint32_t count = _i ? 20000 : 1;
    ManifestSegment entry = write_contents(count, _i ? 4096 : 1 << 20);
    Contents *contents;
    Error error;
    ck_assert_int_eq(contents_open_in(&folder, &entry, &contents, &error), OK);
    for (uint32_t d = 0; d < count; d++) {
        ck_assert(hash128_equal(contents_hash(contents, d), hash_of(d)));
        ck_assert_uint_eq(contents_length(contents, d), 3 * d);
    }
    contents_close(contents);
    ck_assert(access(scratch_path(&scratch, "contents.tmp"), F_OK) != 0);
}
END_TEST

START_TEST(the_name_of_contents_is_their_hash)
{
    ManifestSegment first = write_contents(10, 1 << 20),
                    second = write_contents(10, 256);
    ck_assert_str_eq(first.contents.name, second.contents.name);
    ManifestSegment third = write_contents(11, 1 << 20);
    ck_assert_str_ne(first.contents.name, third.contents.name);
}
END_TEST

START_TEST(damaged_contents_are_refused)
{
    ManifestSegment entry = write_contents(5, 1 << 20);
    Contents *contents;
    Error error;
    Buf bytes = {0};
    const char *path = scratch_path(&scratch, entry.contents.name);
    ck_assert_int_eq(file_read(path, 1 << 20, &bytes, &error), OK);
    for (size_t i = 0; i < bytes.size; i++) {
        bytes.data[i] ^= 1;
        scratch_write(&scratch, entry.contents.name, buf_span(&bytes));
        ck_assert_int_ne(contents_open_in(&folder, &entry, &contents, &error),
                         OK);
        ck_assert_ptr_null(contents);
        ck_assert_ptr_nonnull(strstr(error.message, entry.contents.name));
        bytes.data[i] ^= 1;
    }
    scratch_write(&scratch, entry.contents.name,
                  span_of(bytes.data, bytes.size - 1));
    ck_assert_int_eq(contents_open_in(&folder, &entry, &contents, &error),
                     ERR_CORRUPT);
    buf_release(&bytes);
}
END_TEST

START_TEST(contents_of_another_segment_are_refused)
{
    ManifestSegment entry = write_contents(5, 1 << 20);
    Contents *contents;
    Error error;
    entry.name = "0123456789abcdee.segment";
    ck_assert_int_eq(contents_open_in(&folder, &entry, &contents, &error),
                     ERR_CORRUPT);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("contents");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, contents_read_as_they_were_written, 0, 2);
    tcase_add_test(cases, the_name_of_contents_is_their_hash);
    tcase_add_test(cases, damaged_contents_are_refused);
    tcase_add_test(cases, contents_of_another_segment_are_refused);
    Suite *suite = suite_create("contents");
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
