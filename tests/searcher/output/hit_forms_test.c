/* hit_forms_test.c - tests searcher/output: terminal_form.c, line_forms.c,
 * json_form.c. */
#include "searcher/output/hit_forms.h"
#include "searcher/output/json_form.h"

#include "tests/support/check_main.h"

static const SnippetMark MARKS[] = {{4, 9}};
static const SnippetMark SOURCES[] = {{104, 109}};

static ShownHit make_hit(void)
{
    Snippet title = {.text = span_text("A Title")};
    Snippet snippet = {.text = span_text("the quick fox"),
                       .marks = MARKS,
                       .sources = SOURCES,
                       .mark_count = 1,
                       .cut_before = true,
                       .cut_after = true};
    return (ShownHit){.qid = span_text("301"),
                      .rank = 1,
                      .score = 1.5f,
                      .id = span_text("doc\t1"),
                      .has_text = true,
                      .title = title,
                      .snippet = snippet};
}

static void check_hit(void (*put)(const HitStyle *, const ShownHit *, Buf *),
                      HitStyle style, const char *wanted)
{
    Buf out = {0};
    ShownHit hit = make_hit();
    put(&style, &hit, &out);
    ck_assert_str_eq(buf_text(&out), wanted);
    buf_release(&out);
}

START_TEST(lines_have_tabs_only_between_columns)
{
    check_hit(put_line_hit, (HitStyle){.form = FORM_LINES},
              "1\t1.5\tdoc\\t1\tA Title\t\u2026the quick fox\u2026\n");
    check_hit(put_line_hit, (HitStyle){.with_qid = true},
              "301\t1\t1.5\tdoc\\t1\tA Title\t\u2026the quick fox\u2026\n");
}
END_TEST

START_TEST(colours_are_printed_only_if_enabled)
{
    check_hit(
        put_terminal_hit, (HitStyle){.width = 80, .snippets = 1},
        " 1  doc\\t1  1.5000\n    A Title\n    \u2026the quick fox\u2026\n");
    check_hit(put_terminal_hit,
              (HitStyle){.width = 80, .snippets = 1, .colors = true},
              " 1  \033[35mdoc\\t1\033[0m\033[2m  1.5000\033[0m\n"
              "    \033[1mA Title\033[0m\n"
              "    \u2026the \033[1;31mquick\033[0m fox\u2026\n");
}
END_TEST

START_TEST(long_text_is_wrapped_between_words)
{
    Buf out = {0};
    ShownHit hit = make_hit();
    HitStyle style = {.width = 20, .snippets = 1};
    hit.title = (Snippet){.text = span_text("one two three four five six")};
    hit.snippet = (Snippet){.text = span_text("\u6771\u4eac\u90fd\u6771\u4eac"
                                              "\u90fd\u6771\u4eac\u90fd")};
    put_terminal_hit(&style, &hit, &out);
    ck_assert_str_eq(
        buf_text(&out),
        " 1  doc\\t1  1.5000\n    one two three\n    four five six\n"
        "    \u6771\u4eac\u90fd\u6771\u4eac\u90fd\u6771\n"
        "    \u4eac\u90fd\n");
    buf_release(&out);
}
END_TEST

START_TEST(json_has_offsets_in_snippet_and_text)
{
    check_hit(put_json_hit, (HitStyle){.with_qid = true},
              "{\"type\":\"hit\",\"qid\":\"301\",\"rank\":1,\"id\":\"doc\\t1\","
              "\"score\":1.5,\"title\":\"A Title\",\"snippet\":\"the quick "
              "fox\",\"marks\":[[4,9]],\"spans\":[[104,109]]}\n");
}
END_TEST

START_TEST(summary_of_no_hits_is_json_too)
{
    Buf out = {0};
    QueryNote note = {.text = "the: stop word, dropped"};
    JsonQuery query = {.text = span_text("a \"b\""),
                       .interpreted = span_text("a"),
                       .notes = &note};
    put_json_summary(&query, NULL, 0.0005, &out);
    ck_assert_str_eq(
        buf_text(&out),
        "{\"type\":\"summary\",\"query\":\"a \\\"b\\\"\","
        "\"interpreted\":\"a\",\"hits\":0,\"notes\":[\"the: stop "
        "word, dropped\"],\"warnings\":[],\"hints\":[],\"elapsed_us\":500}\n");
    buf_release(&out);
}
END_TEST

START_TEST(run_lines_have_six_columns)
{
    Buf out = {0}, id = {0};
    put_run_field(&id, span_text("my 100%.txt"));
    ck_assert(run_field_escapes(span_text("my 100%.txt")));
    ShownHit hit = make_hit();
    hit.id = buf_span(&id);
    put_run_hit(&(HitStyle){.tag = "quern"}, &hit, &out);
    ck_assert_str_eq(buf_text(&out), "301 Q0 my%20100%25.txt 1 1.5 quern\n");
    buf_release(&out);
    buf_release(&id);
}
END_TEST

START_TEST(plain_ids_are_not_escaped)
{
    Buf id = {0};
    put_run_field(&id, span_text("FBIS4-39330/\u00e9"));
    ck_assert(!run_field_escapes(span_text("FBIS4-39330/\u00e9")));
    ck_assert_str_eq(buf_text(&id), "FBIS4-39330/\u00e9");
    buf_clear(&id);
    put_run_field(&id, span_text("a\u00a0\u2028b"));
    ck_assert(run_field_escapes(span_text("a\u00a0\u2028b")));
    ck_assert_str_eq(buf_text(&id), "a%C2%A0%E2%80%A8b");
    buf_clear(&id);
    put_run_field(&id, span_text("caf\xe9 x"));
    ck_assert(run_field_escapes(span_text("caf\xe9 x")));
    ck_assert_str_eq(buf_text(&id), "caf%E9%20x");
    buf_clear(&id);
    put_run_field(&id, span_text(""));
    ck_assert(run_field_escapes(span_text("")));
    ck_assert_str_eq(buf_text(&id), "%");
    buf_release(&id);
}
END_TEST

START_TEST(ids_end_with_a_line_feed_or_a_null_byte)
{
    Buf out = {0};
    ShownHit hit = make_hit();
    HitStyle style = {.form = FORM_IDS};
    put_id_hit(&style, &hit, &out);
    ck_assert_str_eq(buf_text(&out), "doc\\t1\n");
    buf_clear(&out);
    style.null_ids = true;
    put_id_hit(&style, &hit, &out);
    ck_assert_uint_eq(out.size, 6);
    ck_assert_mem_eq(out.data, "doc\t1", 6);
    style.with_qid = true;
    put_id_hit(&style, &hit, &out);
    ck_assert_uint_eq(out.size, 6 + hit.qid.size + 1 + 6);
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hit_forms");
    TCase *tests = tcase_create("hit_forms");
    tcase_add_test(tests, lines_have_tabs_only_between_columns);
    tcase_add_test(tests, colours_are_printed_only_if_enabled);
    tcase_add_test(tests, long_text_is_wrapped_between_words);
    tcase_add_test(tests, json_has_offsets_in_snippet_and_text);
    tcase_add_test(tests, summary_of_no_hits_is_json_too);
    tcase_add_test(tests, run_lines_have_six_columns);
    tcase_add_test(tests, plain_ids_are_not_escaped);
    tcase_add_test(tests, ids_end_with_a_line_feed_or_a_null_byte);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
