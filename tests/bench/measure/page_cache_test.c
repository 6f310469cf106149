/* page_cache_test.c - tests bench/measure/page_cache.c. */
#include "bench/measure/page_cache.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

START_TEST(what_was_written_is_in_memory_until_it_is_evicted)
{
    Scratch scratch = scratch_new();
    Buf bytes = {0};
    double share;
    const char *method;
    Error error;
    buf_put_zeros(&bytes, 4 << 20);
    scratch_write(&scratch, "file", buf_span(&bytes));
    buf_release(&bytes);
    ck_assert_int_eq(page_cache_resident(scratch.path, &share, &error), OK);
    ck_assert_double_eq(share, 1);
    /* 1: not by dropping the caches of the whole machine. */
    ck_assert_int_eq(page_cache_evict(scratch.path, 1, &method, &error), OK);
    ck_assert_str_eq(method, "fadvise");
    ck_assert_int_eq(page_cache_resident(scratch.path, &share, &error), OK);
    scratch_remove(&scratch);
    /* A file system in memory (tmpfs) keeps everything. */
    ck_assert_msg(share < 0.1 || share == 1, "%g stayed", share);
}
END_TEST

START_TEST(a_folder_that_is_missing_is_an_error)
{
    double share;
    Error error;
    ck_assert_int_eq(page_cache_resident("/nonexistent", &share, &error),
                     ERR_IO);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("page_cache");
    TCase *tests = tcase_create("page_cache");
    tcase_add_test(tests, what_was_written_is_in_memory_until_it_is_evicted);
    tcase_add_test(tests, a_folder_that_is_missing_is_an_error);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
