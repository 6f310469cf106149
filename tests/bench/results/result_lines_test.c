/* result_lines_test.c - tests bench/results: written, read, computed. */
#include "bench/results/result_lines.h"

#include "bench/results/result_rows.h"
#include "bench/results/result_samples.h"
#include "tests/support/check_main.h"

#include <math.h>
#include <stdlib.h>

enum { QUERIES = 3, LAUNCHES = 2 };

static void add_samples(Results *results, size_t engine, size_t launch,
                        size_t pass, const int64_t ns[QUERIES])
{
    ResultSamples samples = {engine, launch, 0, pass,
                             result_integers(results, QUERIES)};
    for (size_t i = 0; i < QUERIES; i++) samples.ns.items[i] = ns[i];
    results_add_samples(results, &samples);
}

/* Quern over a pipe that costs 5 in launch 0 and 7 in launch 1. */
static void make(Results *results)
{
    *results = (Results){.manifest = {.format = RESULTS_FORMAT,
                                      .version = RESULTS_VERSION,
                                      .command = "bench run -f 'a\tb'",
                                      .core = -1,
                                      .load = 0.25,
                                      .syntax = true},
                         .end = {.seconds = 1.5, .differences = 2}};
    ResultEngine quern = {.name = "quern",
                          .kind = ENGINE_PIPE,
                          .k1 = (double)0.9f,
                          .b = (double)NAN};
    ResultEngine null = {.engine = 1, .name = "null", .kind = ENGINE_NULL};
    results_add_engine(results, &quern);
    results_add_engine(results, &null);
    results_add_workload(results, &(ResultWorkload){0, "TOP_10", 10});
    for (size_t i = 0; i < QUERIES; i++) {
        ResultQuery query = {i, "q", i ? "union" : "term", "a \"b\" \n c", 9};
        results_add_query(results, &query);
    }
    add_samples(results, 0, 0, 0, (int64_t[]){105, 205, 305});
    add_samples(results, 0, 0, 1, (int64_t[]){115, 0, 405});
    add_samples(results, 0, 1, 0, (int64_t[]){97, 257, 307});
    add_samples(results, 1, 0, 0, (int64_t[]){5, 5, 5});
    add_samples(results, 1, 1, 0, (int64_t[]){7, 7, 7});
    TextList digests = result_texts(results, QUERIES);
    for (size_t i = 0; i < QUERIES; i++) digests.items[i] = i ? "0a1b" : "-";
    results_add_hits(results, &(ResultHits){0, 10, true, digests});
}

START_TEST(what_is_written_is_read_and_written_alike)
{
    Results first, second;
    Buf once = {0}, twice = {0};
    Error error;
    make(&first);
    ck_assert_int_eq(results_compute_rows(&first, &error), OK);
    results_put_lines(&first, &once);
    Status status = results_parse(buf_span(&once), "f", &second, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    results_put_lines(&second, &twice);
    ck_assert_str_eq(buf_text(&once), buf_text(&twice));
    ck_assert_str_eq(second.manifest.command, "bench run -f 'a\tb'");
    ck_assert_int_eq(results_engine(&second, 1)->kind, ENGINE_NULL);
    ck_assert(!second.end.partial);
    results_release(&first);
    results_release(&second);
    buf_release(&once);
    buf_release(&twice);
}
END_TEST

START_TEST(the_null_engine_of_the_same_launch_is_subtracted)
{
    Results results;
    SampleSet set;
    Error error;
    make(&results);
    SampleChoice choice = {.table = TABLE_MINIMUM};
    ck_assert_int_eq(samples_collect(&results, choice, &set, &error), OK);
    double minima[] = {100, 200, 300, 90, 250, 300};
    ck_assert_uint_eq(set.count, 6);
    for (size_t i = 0; i < set.count; i++)
        ck_assert_double_eq(set.samples[i].value, minima[i]);
    free(set.samples);
    choice = (SampleChoice){.table = TABLE_ALL, .class_name = "term"};
    ck_assert_int_eq(samples_collect(&results, choice, &set, &error), OK);
    ck_assert_uint_eq(set.count, 3); /* 0 is not a time */
    ck_assert_double_eq(set.samples[0].value, 100);
    ck_assert_double_eq(set.samples[1].value, 110);
    ck_assert_double_eq(set.samples[2].value, 90);
    free(set.samples);
    results_release(&results);
}
END_TEST

static const ResultRow *find_row(const Results *results, ResultTable table,
                                 const char *class_name, const char *figure)
{
    const ResultRow *rows = results->rows.items;
    for (size_t i = 0; i < results->rows.count; i++) {
        if (rows[i].table == table && rows[i].engine == 0 &&
            !strcmp(rows[i].class_name, class_name) &&
            !strcmp(rows[i].figure, figure)) {
            return &rows[i];
        }
    }
    ck_abort_msg("no row %s %s", class_name, figure);
}

START_TEST(rows_are_over_minima_or_over_all_executions)
{
    Results results;
    Error error;
    make(&results);
    ck_assert_int_eq(results_compute_rows(&results, &error), OK);
    const ResultRow *row = find_row(&results, TABLE_MINIMUM, "all", "mean");
    ck_assert_double_eq_tol(row->value, (90 + 200 + 300) / 3.0, 1e-9);
    ck_assert_int_eq(row->queries, 3);
    row = find_row(&results, TABLE_ALL, "union", "max");
    ck_assert_double_eq(row->value, 400);
    ck_assert_int_eq(row->samples, 5);
    row = find_row(&results, TABLE_ALL, "term", "qps");
    ck_assert_double_eq_tol(row->value, 1e7, 1e-3);
    ck_assert_double_nan(find_row(&results, TABLE_ALL, "all", "p50")->value);
    results_release(&results);
}
END_TEST

static void check_refused(const char *text, const char *why)
{
    Results results;
    Error error;
    Status status = results_parse(span_text(text), "f.json", &results, &error);
    ck_assert_msg(status != OK, "accepted: %s", text);
    ck_assert_msg(strstr(error.message, why) != NULL, "%s", error.message);
    results_release(&results);
}

#define MANIFEST \
    "{\"type\":\"manifest\",\"format\":\"quern-bench\",\"version\":1}\n"
#define ENGINE "{\"type\":\"engine\",\"engine\":0,\"name\":\"quern\"}\n"

START_TEST(what_is_not_a_result_is_refused_with_its_line)
{
    check_refused("", "empty");
    check_refused("hello\n", "f.json:1: ");
    check_refused("{\"type\":\"end\"}\n", "manifest");
    check_refused("{\"type\":\"manifest\"}\n", "manifest");
    check_refused("{\"type\":\"manifest\",\"format\":\"quern-bench\","
                  "\"version\":2}\n",
                  "later version");
    check_refused(MANIFEST "{\"type\":\"engine\",\"engine\":7}\n", "f.json:2");
    check_refused(MANIFEST "{\"type\":\"engine\",\"engine\":-1}\n", "'engine'");
    check_refused(MANIFEST ENGINE "{\"type\":\"launch\",\"engine\":1}\n",
                  "f.json:3");
    check_refused(MANIFEST ENGINE
                  "{\"type\":\"answers\",\"engine\":0,\"counts\":[1]}\n",
                  "f.json:3");
    check_refused(MANIFEST "{\"type\":\"engine\",\"engine\":0,"
                           "\"kind\":\"fast\"}\n",
                  "'kind'");
}
END_TEST

/* It would size a table by launch and query. */
START_TEST(a_launch_with_a_huge_number_is_refused)
{
    check_refused(MANIFEST ENGINE "{\"type\":\"workload\",\"workload\":0}\n"
                                  "{\"type\":\"samples\",\"engine\":0,"
                                  "\"launch\":9223372036854775807,"
                                  "\"workload\":0,\"pass\":0,\"ns\":[]}\n",
                  "f.json:4");
}
END_TEST

START_TEST(a_file_that_ends_early_is_partial)
{
    Results results;
    Error error;
    Span text = span_text(MANIFEST ENGINE "{\"type\":\"later\",\"x\":[[1]]}\n");
    ck_assert_int_eq(results_parse(text, "f", &results, &error), OK);
    ck_assert(results.end.partial);
    ck_assert_uint_eq(results.engines.count, 1);
    results_release(&results);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("result_lines");
    TCase *tests = tcase_create("result_lines");
    tcase_add_test(tests, what_is_written_is_read_and_written_alike);
    tcase_add_test(tests, the_null_engine_of_the_same_launch_is_subtracted);
    tcase_add_test(tests, rows_are_over_minima_or_over_all_executions);
    tcase_add_test(tests, what_is_not_a_result_is_refused_with_its_line);
    tcase_add_test(tests, a_launch_with_a_huge_number_is_refused);
    tcase_add_test(tests, a_file_that_ends_early_is_partial);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
