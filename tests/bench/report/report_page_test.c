/* report_page_test.c - tests bench/report: the page, its charts and texts.
 *
 * tests/bench/report/browser.py opens the same page in a browser.
 */
#include "bench/report/report_page.h"

#include "bench/report/chart_scale.h"
#include "bench/report/html_text.h"
#include "bench/report/result_tables.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <math.h>

#define SAMPLE "tests/bench/report/sample.json"
#define CERTIFICATE "tests/bench/report/certificate.json"

static Error error;
static Buf page;
static ReportInput inputs[2];

static void tear_down(void)
{
    buf_release(&page);
    report_input_release(&inputs[0]);
    report_input_release(&inputs[1]);
}

static const char *make_page(void)
{
    ck_assert_int_eq(report_input_read(SAMPLE, &inputs[0], &error), OK);
    ck_assert_int_eq(report_input_read(CERTIFICATE, &inputs[1], &error), OK);
    ck_assert_int_eq(
        report_page_put(&page, inputs, 2, "bench report <a> -o b", &error), OK);
    return buf_text(&page);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text += strlen(part)) count++;
    return count;
}

START_TEST(text_from_outside_never_becomes_markup)
{
    const char *text = make_page();
    ck_assert_uint_eq(count_of(text, "<script"), 0);
    ck_assert_uint_eq(count_of(text, "<img"), 0);
    ck_assert_uint_eq(count_of(text, "<b>"), 0);
    ck_assert_uint_eq(count_of(text, "</title>"),
                      1 + count_of(text, "<figure>"));
    ck_assert_uint_gt(count_of(text, "&lt;script&gt;alert(&#39;1&#39;)"), 3);
    ck_assert_uint_eq(count_of(text, "\u202e"), 0);
    ck_assert_ptr_nonnull(strstr(text, "bench report &lt;a&gt; -o b"));
}
END_TEST

START_TEST(nothing_is_loaded_and_no_script_can_run)
{
    const char *text = make_page();
    ck_assert_ptr_nonnull(strstr(text, "default-src 'none'"));
    ck_assert_uint_eq(count_of(text, "http:"), 0);
    ck_assert_uint_eq(count_of(text, "https:"), 0);
    ck_assert_uint_eq(count_of(text, "url("), 0);
    ck_assert_uint_eq(count_of(text, " src="), 0);
}
END_TEST

START_TEST(every_chart_has_a_name_and_marks)
{
    const char *text = make_page();
    /* Four for each of two workloads, and two measures. */
    ck_assert_uint_eq(count_of(text, "<figure>"), 10);
    for (const char *at = text; (at = strstr(at, "<figure>")); at++) {
        const char *end = strstr(at, "</figure>");
        const char *mark = strstr(at, "class=\"mark ");
        const char *name = strstr(at, "<title id=\"");
        ck_assert(mark && mark < end && name && name < end);
    }
    ck_assert_uint_eq(count_of(text, "nan"), 0);
    ck_assert_uint_eq(count_of(text, "inf "), 0);
}
END_TEST

START_TEST(different_answers_are_in_the_first_line_of_a_run)
{
    const char *text = make_page();
    const char *verdict = strstr(text, "class=\"verdict ");
    ck_assert_ptr_nonnull(verdict);
    ck_assert(
        !strncmp(verdict, "class=\"verdict bad\">1 query has different", 30));
    ck_assert(verdict < strstr(text, "<figure>"));
}
END_TEST

START_TEST(a_run_that_was_killed_has_tables_computed_from_its_samples)
{
    make_page();
    RowName name = {TABLE_MINIMUM, 0, 0, "all"};
    const ResultRow *row = result_row_find(&inputs[0].results, name, "mean");
    ck_assert_ptr_nonnull(row);
    ck_assert(row->value > 0);
    ck_assert(inputs[0].results.end.partial);
}
END_TEST

START_TEST(a_certificate_says_which_run_it_is_about)
{
    const char *text = make_page();
    ck_assert_ptr_nonnull(strstr(text, "the queries of " SAMPLE));
    inputs[1].certificate[CERTIFICATE_INDEX_HASH] = "00";
    buf_clear(&page);
    ck_assert_int_eq(report_page_put(&page, inputs, 2, "", &error), OK);
    ck_assert_ptr_nonnull(strstr(buf_text(&page), "about another index"));
}
END_TEST

START_TEST(labels_are_cut_at_characters)
{
    put_html_short(&page, "\u00e4\u00e4\u00e4\u00e4", 3);
    ck_assert_str_eq(buf_text(&page), "\u00e4\u00e4\u2026");
    buf_clear(&page);
    put_html_short(&page, "<&>", 3);
    ck_assert_str_eq(buf_text(&page), "&lt;&amp;&gt;");
    buf_clear(&page);
    put_html(&page, "a\x1b[31m\xff\"'");
    ck_assert_str_eq(buf_text(&page), "a\\x1b[31m\ufffd&quot;&#39;");
}
END_TEST

/* The lowest and highest value of an axis. */
static const struct {
    ScaleUnit unit;
    bool is_log;
    double low, high;
} AXES[] = {{SCALE_TIME, true, 1, 1},         {SCALE_TIME, true, 900, 1.2e10},
            {SCALE_TIME, true, 20000, 21000}, {SCALE_COUNT, true, 1, 4e9},
            {SCALE_NUMBER, false, 0.2, 0.2},  {SCALE_NUMBER, false, 0, 0},
            {SCALE_NUMBER, false, -1, 1e6},   {SCALE_TIME, true, 1, 1e18}};

START_TEST(every_axis_has_at_least_two_ticks_in_order)
{
    Scale scale = {AXES[_i].unit,
                   AXES[_i].is_log,
                   (double)INFINITY,
                   -(double)INFINITY,
                   0,
                   0};
    double ticks[MAX_TICKS];
    scale_include(&scale, AXES[_i].low);
    scale_include(&scale, AXES[_i].high);
    scale_include(&scale, (double)NAN);
    ck_assert(scale_finish(&scale, 10, 110));
    size_t count = scale_ticks(&scale, ticks);
    ck_assert_uint_ge(count, 2);
    for (size_t i = 0; i < count; i++) {
        ck_assert(i == 0 || ticks[i] > ticks[i - 1]);
        ck_assert(scale_at(&scale, ticks[i]) >= 10);
        ck_assert(scale_at(&scale, ticks[i]) <= 110);
    }
    ck_assert(scale_at(&scale, scale.high * 10 + 1) <= 110);
}
END_TEST

START_TEST(an_axis_without_values_is_refused)
{
    Scale scale = {SCALE_TIME, true, (double)INFINITY, -(double)INFINITY, 0, 0};
    scale_include(&scale, 0);
    scale_include(&scale, -5);
    ck_assert(!scale_finish(&scale, 0, 1));
}
END_TEST

START_TEST(times_have_their_unit)
{
    Scale scale = {SCALE_TIME, true, 1, 2, 0, 0};
    static const double values[] = {5, 1500, 2e6, 3e9, 999.6};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (i) buf_put_text(&page, ", ");
        put_scale_label(&page, &scale, values[i]);
    }
    ck_assert_str_eq(buf_text(&page),
                     "5 ns, 1.5 \u00b5s, 2 ms, 3 s, 1 \u00b5s");
}
END_TEST

START_TEST(a_file_that_is_neither_results_nor_certificate_is_refused)
{
    static const char *const texts[] = {"",
                                        "{}",
                                        "no JSON",
                                        "{\"type\":\"certificate\"",
                                        "{\"type\":\"end\"}",
                                        "{\"type\":\"difference\"}\n",
                                        "{\"type\":\"difference\"}\n[]"};
    Scratch scratch = scratch_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *path = scratch_write(&scratch, "f", span_text(texts[i]));
        ck_assert_int_eq(report_input_read(path, &inputs[0], &error),
                         ERR_USAGE);
        ck_assert(!strncmp(error.message, path, strlen(path)));
        report_input_release(&inputs[0]);
    }
    scratch_remove(&scratch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_page");
    TCase *tests = tcase_create("report_page");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, text_from_outside_never_becomes_markup);
    tcase_add_test(tests, nothing_is_loaded_and_no_script_can_run);
    tcase_add_test(tests, every_chart_has_a_name_and_marks);
    tcase_add_test(tests, different_answers_are_in_the_first_line_of_a_run);
    tcase_add_test(tests,
                   a_run_that_was_killed_has_tables_computed_from_its_samples);
    tcase_add_test(tests, a_certificate_says_which_run_it_is_about);
    tcase_add_test(tests, labels_are_cut_at_characters);
    tcase_add_loop_test(tests, every_axis_has_at_least_two_ticks_in_order, 0,
                        sizeof AXES / sizeof *AXES);
    tcase_add_test(tests, an_axis_without_values_is_refused);
    tcase_add_test(tests, times_have_their_unit);
    tcase_add_test(tests,
                   a_file_that_is_neither_results_nor_certificate_is_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
