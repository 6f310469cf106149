/* humps_test.c - tests common/text/humps.c. */
#include "common/text/humps.h"

#include "common/base/buf.h"
#include "tests/support/check_main.h"

typedef struct Case {
    const char *word, *parts; /* parts between bars */
} Case;

static const Case CASES[] = {
    {"getUserById", "get|User|By|Id"},
    {"iPhone", "i|Phone"},
    {"WiFi", "Wi|Fi"},
    {"XMLHttpRequest", "XML|Http|Request"},
    {"JSONParser", "JSON|Parser"},
    {"utf8Decode", "utf8|Decode"},
    {"getUser2", "get|User2"},
    {"HTTP2Server", "HTTP2|Server"},
    {"Log4J", "Log4|J"},
    {"URLs", ""},
    {"URLs2", ""},
    {"URLsets", "UR|Lsets"},
    {"IPHONE", ""},
    {"Iphone", ""},
    {"h2o", ""},
    {"H2O", ""},
    {"4GHz", "4G|Hz"},
    {"\u041f\u0440\u0438\u041c\u0438\u0440",
     "\u041f\u0440\u0438|\u041c\u0438\u0440"},
    {"e\u0301E\u0301", "e\u0301|E\u0301"},
    {"\u01c5a", ""}, /* title case */
    {"a\u01c5", "a|\u01c5"},
    {"\u05d0A", ""},
};

START_TEST(parts_begin_with_humps)
{
    Span parts[HUMPS_MAX];
    Buf out = {0};
    size_t count = humps_split(span_text(CASES[_i].word), parts);
    for (size_t i = 0; i < count; i++) {
        if (i) buf_put_byte(&out, '|');
        buf_put_span(&out, parts[i]);
    }
    buf_put_byte(&out, 0);
    ck_assert_str_eq((const char *)out.data, CASES[_i].parts);
    buf_release(&out);
}
END_TEST

START_TEST(a_word_of_too_many_humps_has_no_parts)
{
    Span parts[HUMPS_MAX];
    Buf word = {0};
    for (size_t i = 0; i < HUMPS_MAX; i++) buf_put_text(&word, "Aa");
    ck_assert_uint_eq(humps_split(buf_span(&word), parts), HUMPS_MAX);
    buf_put_text(&word, "Aa");
    ck_assert_uint_eq(humps_split(buf_span(&word), parts), 0);
    buf_release(&word);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("humps");
    TCase *tests = tcase_create("humps");
    tcase_add_loop_test(tests, parts_begin_with_humps, 0,
                        sizeof CASES / sizeof CASES[0]);
    tcase_add_test(tests, a_word_of_too_many_humps_has_no_parts);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
