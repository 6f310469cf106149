/* utf8_clean_test.c - tests common/base/utf8_clean.c. */
#include "common/base/utf8_clean.h"

#include "tests/support/check_main.h"

#define FFFD "\xef\xbf\xbd"

/* The rows with several replacements are Unicode's own, tables 3-8 to 3-11. */
static const struct {
    const char *dirty, *clean;
} CASES[] = {
    {"", ""},
    {"plain", "plain"},
    {"\xc3\xa9\xe6\x9d\xb1\xf0\x9f\x98\x80",
     "\xc3\xa9\xe6\x9d\xb1\xf0\x9f\x98\x80"},
    {"\xc2\x80\xdf\xbf\xe0\xa0\x80\xf4\x8f\xbf\xbf",
     "\xc2\x80\xdf\xbf\xe0\xa0\x80\xf4\x8f\xbf\xbf"},
    {"a\xff"
     "b",
     "a" FFFD "b"},
    {"\xc0\xaf\xe0\x80\xbf\xf0\x81\x82"
     "A",
     FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD "A"},
    {"\xed\xa0\x80\xed\xbf\xbf\xed\xaf"
     "A",
     FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD "A"},
    {"\xf4\x91\x92\x93\xff"
     "A\x80\xbf"
     "B",
     FFFD FFFD FFFD FFFD FFFD "A" FFFD FFFD "B"},
    {"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf"
     "A",
     FFFD FFFD FFFD FFFD "A"},
    {"cut\xe6\x9d", "cut" FFFD},
};

START_TEST(each_maximal_subpart_becomes_one_replacement)
{
    Span dirty = span_text(CASES[_i].dirty);
    Buf out = {0};
    utf8_put_clean(&out, dirty);
    ck_assert_str_eq(buf_text(&out), CASES[_i].clean);
    ck_assert_uint_eq(utf8_clean_size(dirty), out.size);
    ck_assert(utf8_is_clean(buf_span(&out)));
    ck_assert(utf8_is_clean(dirty) == span_equal(dirty, buf_span(&out)));
    buf_release(&out);
}
END_TEST

START_TEST(an_invalid_byte_is_found_at_any_offset)
{
    uint8_t text[100];
    for (size_t i = 0; i < sizeof text; i++) {
        memset(text, 'a', sizeof text);
        ck_assert(utf8_is_clean(span_of(text, sizeof text)));
        text[i] = 0x80;
        ck_assert(!utf8_is_clean(span_of(text, sizeof text)));
        ck_assert_uint_eq(utf8_clean_size(span_of(text, sizeof text)),
                          sizeof text + 2);
    }
}
END_TEST

START_TEST(every_code_point_is_written_as_valid_utf8)
{
    uint32_t unclean = 0;
    for (uint32_t code_point = 0; code_point < 0x110000; code_point++) {
        uint8_t bytes[4];
        uint8_t *end = utf8_put_code_point(bytes, code_point);
        unclean += !utf8_is_clean(span_of(bytes, (size_t)(end - bytes)));
    }
    ck_assert_uint_eq(unclean, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("utf8_clean");
    TCase *tests = tcase_create("utf8_clean");
    tcase_add_loop_test(tests, each_maximal_subpart_becomes_one_replacement, 0,
                        sizeof CASES / sizeof *CASES);
    tcase_add_test(tests, an_invalid_byte_is_found_at_any_offset);
    tcase_add_test(tests, every_code_point_is_written_as_valid_utf8);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
