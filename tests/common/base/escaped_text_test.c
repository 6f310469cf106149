/* escaped_text_test.c - tests common/base/escaped_text.c. */
#include "common/base/escaped_text.h"

#include "tests/support/check_main.h"

START_TEST(bytes_that_would_break_a_line_are_escaped)
{
    Buf out = {0};
    put_escaped(&out, span_of("a\n\t\\\0\x1b\x7f\xff", 8));
    ck_assert_str_eq(buf_text(&out), "a\\n\\t\\\\\\x00\\x1b\\x7f\xff");
    buf_release(&out);
}
END_TEST

START_TEST(every_byte_survives_a_round_trip)
{
    uint8_t bytes[256];
    Buf text = {0}, back = {0};
    for (int i = 0; i < 256; i++) bytes[i] = (uint8_t)i;
    put_escaped(&text, span_of(bytes, sizeof bytes));
    for (size_t i = 0; i < text.size; i++)
        ck_assert(text.data[i] >= 0x20 && text.data[i] != 0x7f);
    ck_assert(put_unescaped(&back, buf_span(&text)));
    ck_assert(span_equal(buf_span(&back), span_of(bytes, sizeof bytes)));
    buf_release(&text);
    buf_release(&back);
}
END_TEST

START_TEST(an_invalid_escape_is_refused)
{
    static const char *const BAD[] = {"\\",   "a\\",   "\\r",   "\\x",
                                      "\\x1", "\\xg0", "\\x0g", "\\x1B"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        Buf out = {0};
        ck_assert_msg(!put_unescaped(&out, span_text(BAD[i])), "%s", BAD[i]);
        buf_release(&out);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("escaped_text");
    TCase *tests = tcase_create("escaped_text");
    tcase_add_test(tests, bytes_that_would_break_a_line_are_escaped);
    tcase_add_test(tests, every_byte_survives_a_round_trip);
    tcase_add_test(tests, an_invalid_escape_is_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
