/* json_test.c - tests common/input/json.c and json_scan.c. */
#include "common/input/json.h"

#include "common/base/buf.h"
#include "common/input/json_scan.h"

#include "tests/support/check_main.h"

static Error error;
static JsonReader *reader;

static void set_up(void)
{
    ck_assert_int_eq(json_reader_new(&reader, &error), OK);
}

static void tear_down(void)
{
    json_reader_free(reader);
}

static JsonObject read_object(const char *record)
{
    JsonObject object;
    Status status = json_read(reader, span_text(record), &object, &error);
    ck_assert_msg(status == OK, "%s: %s", record, error.message);
    return object;
}

static void expect(JsonObject object, const char *key, const char *value,
                   JsonKind kind)
{
    const JsonMember *member = json_find(object, span_text(key));
    ck_assert_ptr_nonnull(member);
    ck_assert_msg(span_equals_text(member->value, value), "%s is %.*s", key,
                  SPAN_ARGS(member->value));
    ck_assert_int_eq(member->kind, kind);
}

START_TEST(scalars_are_read_as_text)
{
    JsonObject object = read_object(
        " {\"s\": \"a b\", \"n\":-1.50e3 "
        ",\"big\":123456789012345678901234567890,"
        "\"t\":true,\"f\":false,\"z\":null,\"empty\":\"\"} ");
    ck_assert_uint_eq(object.count, 7);
    expect(object, "s", "a b", JSON_VALUE);
    expect(object, "n", "-1.50e3", JSON_VALUE);
    expect(object, "big", "123456789012345678901234567890", JSON_VALUE);
    expect(object, "t", "true", JSON_VALUE);
    expect(object, "f", "false", JSON_VALUE);
    expect(object, "z", "", JSON_NULL);
    expect(object, "empty", "", JSON_VALUE);
    ck_assert_ptr_null(json_find(object, span_text("none")));
}
END_TEST

START_TEST(escapes_are_decoded)
{
    JsonObject object = read_object(
        "{\"\\u006bey\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u6771"
        "\\ud83d\\uDE00\",\"\\\\\":\"\\\\\",\"q\":\"\\\\\\\"\"}");
    expect(object, "key", "\"\\/\b\f\n\r\t\xc3\xa9\xe6\x9d\xb1\xf0\x9f\x98\x80",
           JSON_VALUE);
    expect(object, "\\", "\\", JSON_VALUE);
    expect(object, "q", "\\\"", JSON_VALUE);
}
END_TEST

START_TEST(lone_surrogates_lose_nothing_around_them)
{
    JsonObject object = read_object(
        "{\"a\":\"\\ud800x\",\"b\":\"\\udc00y\",\"c\":\"\\ud800\","
        "\"d\":\"\\ud800\\n\",\"e\":\"\\ud800\\u0041\",\"f\":\"\\ud800\\ud83d"
        "\\ude00\"}");
    expect(object, "a", "\xef\xbf\xbdx", JSON_VALUE);
    expect(object, "b", "\xef\xbf\xbdy", JSON_VALUE);
    expect(object, "c", "\xef\xbf\xbd", JSON_VALUE);
    expect(object, "d", "\xef\xbf\xbd\n", JSON_VALUE);
    expect(object, "e",
           "\xef\xbf\xbd"
           "A",
           JSON_VALUE);
    expect(object, "f", "\xef\xbf\xbd\xf0\x9f\x98\x80", JSON_VALUE);
}
END_TEST

START_TEST(a_value_with_a_lone_surrogate_is_flagged)
{
    JsonObject object = read_object(
        "{\"a\":\"\\ud800x\",\"pair\":\"\\ud83d\\ude00\",\"list\":[\"\\udfff\","
        "1],"
        "\"\\udc00\":\"plain\",\"number\":1}");
    ck_assert_uint_eq(object.count, 5);
    for (size_t i = 0; i < object.count; i++)
        ck_assert_int_eq(object.members[i].has_lone, i == 0 || i == 2);
}
END_TEST

START_TEST(an_array_of_scalars_is_joined_and_nested_values_stay_json)
{
    JsonObject object = read_object(
        "{\"list\":[\"a\",\"\\tb\",3,true,null],\"none\":[],"
        "\"map\":{\"x\":[1,{\"y\":\"z\\n\"}]},\"mixed\":[\"a\",[\"b\"], {}],"
        "\"after\":\"ok\"}");
    expect(object, "list", "a\n\tb\n3\ntrue\n", JSON_VALUE);
    expect(object, "none", "", JSON_VALUE);
    expect(object, "map", "{\"x\":[1,{\"y\":\"z\\n\"}]}", JSON_NESTED);
    expect(object, "mixed", "[\"a\",[\"b\"], {}]", JSON_NESTED);
    expect(object, "after", "ok", JSON_VALUE);
}
END_TEST

START_TEST(the_last_of_equal_keys_is_found)
{
    expect(read_object("{\"a\":1,\"b\":2,\"a\":3}"), "a", "3", JSON_VALUE);
}
END_TEST

START_TEST(invalid_utf8_passes_through)
{
    expect(read_object("{\"a\":\"x\xff\xc3y\"}"), "a", "x\xff\xc3y",
           JSON_VALUE);
}
END_TEST

static const struct {
    const char *record, *message;
    size_t wrong_at;
} BAD[] = {
    {"", "not a JSON object", 0},
    {"   ", "not a JSON object", 3},
    {"5", "not a JSON object", 0},
    {"\"a\"", "not a JSON object", 0},
    {" \"a\"", "not a JSON object", 1},
    {"[{\"a\":1}]", "not a JSON object", 0},
    {"nonsense", "not JSON: invalid string in json text", 0},
    {"{\"a\":1", "the object is not closed", 6},
    {"{\"a\":\"x", "not JSON: ", 7},
    {"{\"a\" 1}", "not JSON: object key and value must be separated", 5},
    {"{\"a\":1 \"b\":2}", "not JSON: after key and value", 7},
    {"{\"a\":1,\"q\\\"b\" 2}", "not JSON: object key and value", 14},
    {"{\"a\":1 \"q\\\"b\":2}", "not JSON: after key and value", 7},
    {"{\"a\":1 -2.5e+3}", "not JSON: after key and value", 7},
    {"{\"a\":1,}", "not JSON: ", 7},
    {"{\"a\":}", "not JSON: ", 5},
    {"{a:1}", "not JSON: invalid char in json text", 1},
    {"{\"a\":'b'}", "not JSON: invalid char in json text", 5},
    {"{\"a\":[1,2}", "not JSON: ", 9},
    {"{\"a\":1}}", "not JSON: ", 7},
    {"{\"a\":1} {\"a\":2}", "more than one JSON object", 8},
    {"{\"a\":1} tru", "not JSON: ", 8},
    {"{\"a\":1} 5", "not a JSON object", 8},
    {"{\"a\":\"b\tc\"}", "not JSON: invalid character inside string", 7},
    {"{\"a\":\"\\x\"}", "not JSON: ", 7},
    {"{\"a\":\"\\u12g4\"}", "not JSON: ", 10},
    {"{\"a\":01}", "not JSON: ", 6},
    {"{\"a\":-}", "not JSON: ", 6},
    {"{\"a\":1.}", "not JSON: ", 7},
};

START_TEST(invalid_records_are_reported_and_the_next_is_read)
{
    JsonObject object;
    Status status = json_read(reader, span_text(BAD[_i].record), &object,
                              &error);
    ck_assert_int_eq(status, ERR_USAGE);
    ck_assert_msg(strstr(error.message, BAD[_i].message) != NULL, "%s: %s",
                  BAD[_i].record, error.message);
    ck_assert_msg(json_wrong_at(reader) == BAD[_i].wrong_at, "%s: %zu",
                  BAD[_i].record, json_wrong_at(reader));
    ck_assert_uint_eq(object.count, 0);
    expect(read_object("{\"a\":1}"), "a", "1", JSON_VALUE);
}
END_TEST

START_TEST(depth_has_a_limit)
{
    Buf record = {0};
    buf_put_text(&record, "{\"a\":");
    for (int i = 0; i < 100000; i++) buf_put_byte(&record, '[');
    JsonObject object;
    ck_assert_int_eq(json_read(reader, buf_span(&record), &object, &error),
                     ERR_USAGE);
    ck_assert_str_eq(error.message, "JSON nested too deep");
    buf_release(&record);
}
END_TEST

START_TEST(many_records_and_sizes_share_one_reader)
{
    Buf record = {0};
    for (size_t size = 0; size < 3000; size += 7) {
        buf_clear(&record);
        buf_put_text(&record, "{\"text\":\"\\n");
        for (size_t i = 0; i < size; i++) buf_put_byte(&record, 'x');
        buf_put_text(&record, "\",\"list\":[\"\\u0041\",\"b\"]}");
        JsonObject object;
        ck_assert_int_eq(json_read(reader, buf_span(&record), &object, &error),
                         OK);
        ck_assert_uint_eq(object.members[0].value.size, size + 1);
        expect(object, "list", "A\nb", JSON_VALUE);
    }
    buf_release(&record);
}
END_TEST

/* The end of the value, given in two pieces split at `cut`. */
static size_t scan(const char *text, size_t cut)
{
    JsonScan state = {0};
    size_t end = 0;
    if (json_scan_end(&state, span_of(text, cut), 0, &end)) return end;
    return json_scan_end(&state, span_text(text), cut, &end) ? end : 0;
}

START_TEST(the_end_of_a_value_is_found_at_any_cut)
{
    static const struct {
        const char *text;
        size_t end;
    } cases[] = {{"{\"a\":\"}\\\"}\"},{}", 12},
                 {"[1,[2]] ", 7},
                 {"\"a\\\"]\"]", 6},
                 {"12,", 2},
                 {"nul]", 3},
                 {"{\"a\":[}]}", 8},
                 {"{\"a\":1", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t cut = 0; cut <= strlen(cases[i].text); cut++)
            ck_assert_msg(scan(cases[i].text, cut) == cases[i].end ||
                              (cases[i].end && cut >= cases[i].end),
                          "%s at %zu: %zu", cases[i].text, cut,
                          scan(cases[i].text, cut));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *tests = tcase_create("json");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, scalars_are_read_as_text);
    tcase_add_test(tests, escapes_are_decoded);
    tcase_add_test(tests, lone_surrogates_lose_nothing_around_them);
    tcase_add_test(tests, a_value_with_a_lone_surrogate_is_flagged);
    tcase_add_test(tests,
                   an_array_of_scalars_is_joined_and_nested_values_stay_json);
    tcase_add_test(tests, the_last_of_equal_keys_is_found);
    tcase_add_test(tests, invalid_utf8_passes_through);
    tcase_add_loop_test(tests,
                        invalid_records_are_reported_and_the_next_is_read, 0,
                        sizeof BAD / sizeof *BAD);
    tcase_add_test(tests, depth_has_a_limit);
    tcase_add_test(tests, many_records_and_sizes_share_one_reader);
    tcase_add_test(tests, the_end_of_a_value_is_found_at_any_cut);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
