/* buf_test.c - tests common/base/buf.c. */
#include "common/base/buf.h"

#include "tests/support/check_main.h"

START_TEST(put_bytes_are_read_back)
{
    Buf buf = {0};
    buf_put_text(&buf, "ab");
    buf_put_byte(&buf, 0);
    buf_put_u16le(&buf, 0x0201);
    buf_put_varint(&buf, 300);
    ck_assert_uint_eq(buf.size, 7);
    ck_assert_mem_eq(buf.data, "ab\0\x01\x02\xac\x02", 7);
    buf_release(&buf);
}
END_TEST

START_TEST(failure_is_sticky)
{
    Buf buf = {0};
    Error error;
    buf_put_text(&buf, "before");
    ck_assert_ptr_null(buf_reserve(&buf, SIZE_MAX));
    buf_put_text(&buf, "after");
    ck_assert_uint_eq(buf.size, 6);
    ck_assert_int_eq(buf_check(&buf, "testing", &error), ERR_NO_MEMORY);
    ck_assert_str_eq(error.message, "out of memory while testing");
    buf_release(&buf);
}
END_TEST

START_TEST(printf_grows_as_needed)
{
    Buf buf = {0};
    for (int i = 0; i < 100; i++) buf_printf(&buf, "%d,", i);
    ck_assert_uint_eq(buf.size, 290);
    ck_assert_mem_eq(buf_text(&buf) + 284, "98,99,", 7);
    buf_release(&buf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("buf");
    TCase *tests = tcase_create("buf");
    tcase_add_test(tests, put_bytes_are_read_back);
    tcase_add_test(tests, failure_is_sticky);
    tcase_add_test(tests, printf_grows_as_needed);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
