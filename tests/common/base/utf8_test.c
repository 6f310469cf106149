/* utf8_test.c - tests common/base/utf8.c. */
#include "common/base/utf8.h"

#include "common/base/span.h"
#include "tests/support/check_main.h"

/* Decodes all of it into `out`; how many code points. */
static size_t decode_all(Span bytes, uint32_t *out)
{
    const uint8_t *end = bytes.data + bytes.size;
    size_t count = 0, size;
    for (const uint8_t *at = bytes.data; at < end; at += size)
        out[count++] = utf8_decode(at, end, &size);
    return count;
}

START_TEST(every_code_point_survives_a_round_trip)
{
    for (uint32_t i = 0; i < 0x110000; i++) {
        if (i >= 0xd800 && i < 0xe000) continue;
        uint8_t bytes[UTF8_MAX_BYTES];
        size_t written = utf8_encode(i, bytes), size;
        ck_assert_uint_eq(utf8_decode(bytes, bytes + written, &size), i);
        ck_assert_uint_eq(size, written);
        ck_assert_uint_eq(utf16_units(i), written == 4 ? 2 : 1);
    }
}
END_TEST

typedef struct Broken {
    const char *bytes;
    size_t count;
    uint32_t code_points[8];
} Broken;

/* The first is table 3-8 of Unicode 15, section 3.9. */
static const Broken BROKEN[] = {
    {"a\xf1\x80\x80\xe1\x80\xc2"
     "b\x80"
     "c",
     7,
     {'a', 0xfffd, 0xfffd, 0xfffd, 'b', 0xfffd, 'c'}},
    {"\xc0\xaf", 2, {0xfffd, 0xfffd}},             /* overlong */
    {"\xed\xa0\x80", 3, {0xfffd, 0xfffd, 0xfffd}}, /* a surrogate */
    {"\xf4\x90\x80\x80", 4, {0xfffd, 0xfffd, 0xfffd, 0xfffd}},
    {"\xe2\x82", 1, {0xfffd}}, /* cut */
    {"\xff"
     "a",
     2,
     {0xfffd, 'a'}},
};

START_TEST(each_maximal_subpart_is_replaced)
{
    const Broken *broken = &BROKEN[_i];
    uint32_t code_points[16];
    size_t count = decode_all(span_text(broken->bytes), code_points);
    ck_assert_uint_eq(count, broken->count);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(code_points[i], broken->code_points[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("utf8");
    TCase *tests = tcase_create("utf8");
    tcase_add_test(tests, every_code_point_survives_a_round_trip);
    tcase_add_loop_test(tests, each_maximal_subpart_is_replaced, 0,
                        sizeof BROKEN / sizeof BROKEN[0]);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
