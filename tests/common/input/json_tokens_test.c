/* json_tokens_test.c - tests common/input/json_tokens.c and json_string.c. */
#include "common/input/json_tokens.h"

#include "common/base/buf.h"
#include "common/input/json_string.h"

#include "tests/support/check_main.h"

/* The tokens of a text as "{ k:a s:b }", and "!7" for an error at byte 7. */
static const char *tokens_of(const char *text)
{
    static const char *const marks[] = {"{",  "}",  "[",  "]",
                                        "k:", "s:", "n:", "w"};
    static Buf out;
    JsonTokens tokens;
    JsonToken token;
    buf_clear(&out);
    json_tokens_init(&tokens, span_text(text), JSON_EXPECT_VALUE);
    while (json_tokens_next(&tokens, &token)) {
        buf_put_text(&out, marks[token.kind]);
        buf_put_span(&out, token.text);
        buf_put_byte(&out, ' ');
    }
    if (!json_tokens_done(&tokens))
        buf_printf(&out, "!%zu", (size_t)(tokens.at - (const uint8_t *)text));
    return buf_text(&out);
}

START_TEST(tokens_come_in_order)
{
    ck_assert_str_eq(tokens_of(" {\"a\" : [1, -2.5e3 ,true,\"x\\n\"] ,\"b\":{},"
                               "\"\":null}"),
                     "{ k:a [ n:1 n:-2.5e3 w s:x\\n ] k:b { } k: w } ");
    ck_assert_str_eq(tokens_of("\"x\""), "s:x ");
    ck_assert_str_eq(tokens_of("[]"), "[ ] ");
    ck_assert_str_eq(tokens_of("1 2"), "n:1 ");
}
END_TEST

START_TEST(the_first_error_is_where_the_tokens_end)
{
    ck_assert_str_eq(tokens_of("[1,]"), "[ n:1 !3");
    ck_assert_str_eq(tokens_of("{\"a\" 1}"), "{ k:a !5");
    ck_assert_str_eq(tokens_of("[1"), "[ n:1 !2");
    ck_assert_str_eq(tokens_of("[1,"), "[ n:1 !3");
    ck_assert_str_eq(tokens_of("// no"), "!0");
    ck_assert_str_eq(tokens_of(""), "!0");
}
END_TEST

START_TEST(json_nested_too_deep_is_an_error_and_not_deeper_is_none)
{
    Buf text = {0};
    for (int i = 0; i < JSON_MAX_DEPTH; i++) buf_put_byte(&text, '[');
    for (int i = 0; i < JSON_MAX_DEPTH; i++) buf_put_byte(&text, ']');
    ck_assert_ptr_null(strchr(tokens_of(buf_text(&text)), '!'));
    buf_clear(&text);
    for (int i = 0; i <= JSON_MAX_DEPTH; i++) buf_put_byte(&text, '[');
    ck_assert_ptr_nonnull(strstr(tokens_of(buf_text(&text)), "!512"));
    buf_release(&text);
}
END_TEST

START_TEST(strings_are_decoded_and_lone_surrogates_flagged)
{
    uint8_t out[32];
    bool has_lone = false;
    Span raw = span_text("\\u00e9\\ud83d\\ude00\\n\\/");
    uint8_t *end = json_string_decode(raw, out, &has_lone);
    ck_assert(span_equals_text(span_of(out, (size_t)(end - out)),
                               "\xc3\xa9\xf0\x9f\x98\x80\n/"));
    ck_assert(!has_lone);
    end = json_string_decode(span_text("\\ud800x"), out, &has_lone);
    ck_assert(
        span_equals_text(span_of(out, (size_t)(end - out)), "\xef\xbf\xbdx"));
    ck_assert(has_lone);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_tokens");
    TCase *tests = tcase_create("json_tokens");
    tcase_add_test(tests, tokens_come_in_order);
    tcase_add_test(tests, the_first_error_is_where_the_tokens_end);
    tcase_add_test(tests,
                   json_nested_too_deep_is_an_error_and_not_deeper_is_none);
    tcase_add_test(tests, strings_are_decoded_and_lone_surrogates_flagged);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
