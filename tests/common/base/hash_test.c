/* hash_test.c - tests common/base/hash.c. */
#include "common/base/hash.h"

#include "tests/support/check_main.h"

static void expect_text(Hash128 hash, const char *expected)
{
    Buf text = {0};
    put_hash128(&text, hash);
    ck_assert_str_eq(buf_text(&text), expected);
    buf_release(&text);
}

START_TEST(a_hash_is_printed_as_xxh128sum_prints_it)
{
    expect_text(hash128_bytes(NULL, 0), "99aa06d3014798d86001c324468d497f");
    expect_text(hash128_bytes("abc", 3), "06b05ab6733a618578af5f94892f3950");
}
END_TEST

START_TEST(pieces_hash_like_the_whole)
{
    uint8_t bytes[5000];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7);
    HashStream *stream;
    Error error;
    ck_assert_int_eq(hash_stream_new(&stream, &error), OK);
    for (size_t at = 0; at < sizeof bytes; at += 100)
        hash_stream_put(stream, span_of(bytes + at, 100));
    ck_assert(hash128_equal(hash_stream_end(stream),
                            hash128_bytes(bytes, sizeof bytes)));
    hash_stream_free(stream);
    hash_stream_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hash");
    TCase *tests = tcase_create("hash");
    tcase_add_test(tests, a_hash_is_printed_as_xxh128sum_prints_it);
    tcase_add_test(tests, pieces_hash_like_the_whole);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
