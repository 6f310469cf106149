/* buf_test.c - tests common/base/buf.c. */
#include "common/base/buf.h"

#include "tests/support/check_main.h"

#include <limits.h>

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

START_TEST(what_is_too_long_for_printf_is_a_failure_and_no_huge_reservation)
{
    Buf buf = {0};
    volatile int width = INT_MAX; /* the compiler knows better */
    buf_printf(&buf, "%*s%s", width, "", "more");
    ck_assert_uint_eq(buf.size, 0);
    ck_assert_int_eq(buf.status, ERR_NO_MEMORY);
}
END_TEST

/* As a line of --serve may be; its bytes are not read. */
START_TEST(a_text_of_gigabytes_is_quoted_in_part)
{
    static uint8_t text[SPAN_PRINTED_BYTES + 1];
    memset(text, 'a', sizeof text);
    Span huge = span_of(text, (size_t)INT_MAX + 1);
    ck_assert_int_eq(span_printed(huge), SPAN_PRINTED_BYTES);
    memcpy(text + sizeof text - 3, "\xe6\x9d\xb1", 3);
    ck_assert_int_eq(span_printed(huge), SPAN_PRINTED_BYTES - 2);
    ck_assert_int_eq(span_printed(span_of(text, 7)), 7);
    Buf buf = {0};
    buf_printf(&buf, "%.*s!", SPAN_ARGS(huge));
    ck_assert_uint_eq(buf.size, SPAN_PRINTED_BYTES - 1);
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
    tcase_add_test(
        tests,
        what_is_too_long_for_printf_is_a_failure_and_no_huge_reservation);
    tcase_add_test(tests, a_text_of_gigabytes_is_quoted_in_part);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
