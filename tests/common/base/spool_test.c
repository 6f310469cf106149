/* spool_test.c - tests common/base/spool.c and byte_reader.c, which reads from
 * it.
 */
#include "common/base/spool.h"

#include "common/base/byte_reader.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

enum { BYTES = 100000 };

static void fill(Spool *spool, uint8_t *expected)
{
    Random random = {1};
    size_t size = 0;
    while (size < BYTES) {
        uint8_t piece[700];
        size_t here = random_below(&random, sizeof piece);
        if (here > BYTES - size) here = BYTES - size;
        for (size_t i = 0; i < here; i++)
            piece[i] = (uint8_t)random_next(&random);
        memcpy(expected + size, piece, here);
        spool_put(spool, piece, here);
        size += here;
    }
}

/* Limits of memory: none, less than all, more than all. */
static const size_t limits[] = {0, 1000, 70000, 1 << 20};

START_TEST(what_is_put_comes_back_wherever_it_was_kept)
{
    static uint8_t expected[BYTES], seen[BYTES];
    Scratch scratch = scratch_new();
    Spool spool;
    Error error;
    spool_init(&spool, scratch.path, limits[_i]);
    fill(&spool, expected);
    ck_assert_uint_eq(spool_size(&spool), BYTES);
    ck_assert_int_eq(spool_check(&spool, &error), OK);
    ck_assert_int_eq(spool_read(&spool, 0, seen, BYTES, &error), OK);
    ck_assert_mem_eq(seen, expected, BYTES);
    ck_assert_int_eq(spool_read(&spool, 69990, seen, 30000, &error), OK);
    ck_assert_mem_eq(seen, expected + 69990, 30000);
    spool_release(&spool);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(small_ones_never_touch_the_folder)
{
    Spool spool;
    Error error;
    spool_init(&spool, "/nowhere/at/all", 100);
    spool_put(&spool, "abc", 3);
    ck_assert_int_eq(spool_check(&spool, &error), OK);
    spool_release(&spool);
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_is_named)
{
    Spool spool;
    Error error;
    spool_init(&spool, "/nowhere/at/all", 2);
    spool_put(&spool, "abc", 3);
    spool_put(&spool, "def", 3);
    ck_assert_int_eq(spool_check(&spool, &error), ERR_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "/nowhere/at/all"));
    spool_release(&spool);
}
END_TEST

START_TEST(nothing_is_left_in_the_folder)
{
    static uint8_t expected[BYTES];
    Scratch scratch = scratch_new();
    Spool spool;
    spool_init(&spool, scratch.path, 1000);
    fill(&spool, expected);
    ck_assert_int_eq(rmdir(scratch.path), 0);
    spool_release(&spool);
}
END_TEST

START_TEST(alignment_puts_zeros)
{
    Spool spool;
    Error error;
    uint8_t seen[64];
    static const uint8_t zeros[61];
    spool_init(&spool, ".", 1000);
    spool_put(&spool, "abc", 3);
    spool_align(&spool, 64);
    spool_align(&spool, 64);
    ck_assert_uint_eq(spool_size(&spool), 64);
    ck_assert_int_eq(spool_read(&spool, 0, seen, 64, &error), OK);
    ck_assert_mem_eq(seen + 3, zeros, 61);
    spool_release(&spool);
}
END_TEST

START_TEST(a_byte_reader_gives_numbers_across_its_buffers)
{
    Scratch scratch = scratch_new();
    Spool spool;
    Error error;
    uint8_t bytes[VARINT_MAX_BYTES];
    spool_init(&spool, scratch.path, limits[_i]);
    for (uint64_t i = 0; i < 60000; i++) {
        uint8_t *end = varint_put(bytes, i * i * i);
        spool_put(&spool, bytes, (size_t)(end - bytes));
    }
    SpoolSource source = {&spool, 0, spool_size(&spool)};
    ByteReader reader;
    byte_reader_init(&reader, spool_source_fill, &source);
    for (uint64_t i = 0; i < 60000; i++)
        ck_assert_uint_eq(byte_reader_number(&reader), i * i * i);
    ck_assert(!byte_reader_has_more(&reader));
    ck_assert_int_eq(byte_reader_check(&reader, &error), OK);
    byte_reader_number(&reader);
    ck_assert_int_eq(byte_reader_check(&reader, &error), ERR_IO);
    byte_reader_release(&reader);
    spool_release(&spool);
    scratch_remove(&scratch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spool");
    TCase *tests = tcase_create("spool");
    int limit_count = sizeof limits / sizeof *limits;
    tcase_add_loop_test(tests, what_is_put_comes_back_wherever_it_was_kept, 0,
                        limit_count);
    tcase_add_test(tests, small_ones_never_touch_the_folder);
    tcase_add_test(tests, a_folder_that_cannot_be_written_is_named);
    tcase_add_test(tests, nothing_is_left_in_the_folder);
    tcase_add_test(tests, alignment_puts_zeros);
    tcase_add_loop_test(tests, a_byte_reader_gives_numbers_across_its_buffers,
                        0, limit_count);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
