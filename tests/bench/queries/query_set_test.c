/* query_set_test.c - tests bench/queries: files of queries, classes. */
#include "bench/queries/query_class.h"
#include "bench/queries/query_set.h"

#include "searcher/query/query_parser.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

static const TopicOptions detect;

static QuerySet read_text(const Scratch *scratch, const char *text)
{
    QuerySet set;
    Error error;
    const char *path = scratch_write(scratch, "queries", span_text(text));
    Status status = query_set_read(path, &detect, &set, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return set;
}

START_TEST(a_first_column_that_repeats_is_a_class)
{
    Scratch scratch = scratch_new();
    QuerySet set = read_text(&scratch, "term\tthe\nunion\ta b\r\n\nterm\tx\n"
                                       "union\tc d\n");
    ck_assert(set.has_classes);
    ck_assert_uint_eq(set.count, 4);
    ck_assert_str_eq(set.items[1].class_name, "union");
    ck_assert(span_equals_text(set.items[1].text, "a b"));
    ck_assert_str_eq(set.items[2].qid, "4"); /* its line */
    query_set_release(&set);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_first_column_that_does_not_repeat_is_a_qid)
{
    Scratch scratch = scratch_new();
    QuerySet set = read_text(&scratch, "q1\tsolar\nq2\tlunar\n");
    ck_assert(!set.has_classes);
    ck_assert_str_eq(set.items[1].qid, "q2");
    ck_assert_ptr_null(set.items[1].class_name);
    query_set_release(&set);
    set = read_text(&scratch, "solar eclipse\n\"black holes\" -x\n");
    ck_assert_uint_eq(set.count, 2);
    ck_assert(span_equals_text(set.items[1].text, "\"black holes\" -x"));
    ck_assert(span_equals_text(set.items[1].words, " black holes   x"));
    query_set_release(&set);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(judgements_are_not_taken_for_queries_with_classes)
{
    Scratch scratch = scratch_new();
    QuerySet set;
    Error error;
    const char *path = scratch_write(&scratch, "qrels",
                                     span_text("1\t0\tx\t1\n1\t0\ty\t0\n"));
    ck_assert_int_eq(query_set_read(path, &detect, &set, &error), ERR_USAGE);
    ck_assert_ptr_nonnull(
        strstr(error.message, "expected queries, found judgements"));
    query_set_release(&set);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(options_name_the_fields_of_queries)
{
    Scratch scratch = scratch_new();
    QuerySet set;
    Error error;
    TopicOptions named = {.qid_field = "key", .query_field = "ask"};
    const char *path = scratch_write(&scratch, "q.csv",
                                     span_text("key,lang,ask\nk1,en,fox\n"));
    ck_assert_int_eq(query_set_read(path, &named, &set, &error), OK);
    ck_assert_str_eq(set.items[0].qid, "k1");
    ck_assert(span_equals_text(set.items[0].text, "fox"));
    query_set_release(&set);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_file_without_queries_is_an_error_that_names_it)
{
    Scratch scratch = scratch_new();
    QuerySet set;
    Error error;
    const char *path = scratch_write(&scratch, "none.tsv", span_text("\n\n"));
    ck_assert_int_eq(query_set_read(path, &detect, &set, &error), ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "none.tsv: no queries"));
    query_set_release(&set);
    ck_assert_int_eq(query_set_read("/nonexistent", &detect, &set, &error),
                     ERR_IO);
    query_set_release(&set);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(a_draw_is_always_the_same_and_keeps_the_order)
{
    Scratch scratch = scratch_new();
    Buf text = {0};
    char drawn[2][512] = {"", ""};
    for (int i = 0; i < 100; i++) buf_printf(&text, "%d\tword%d\n", i, i);
    for (int round = 0; round < 2; round++) {
        QuerySet set = read_text(&scratch, buf_text(&text));
        query_set_draw(&set, 10);
        ck_assert_uint_eq(set.count, 10);
        int last = -1;
        for (size_t i = 0; i < set.count; i++) {
            ck_assert_int_gt(atoi(set.items[i].qid), last);
            last = atoi(set.items[i].qid);
            strcat(drawn[round], set.items[i].qid);
        }
        query_set_release(&set);
    }
    ck_assert_str_eq(drawn[0], drawn[1]);
    buf_release(&text);
    scratch_remove(&scratch);
}
END_TEST

/* Two runs that drew different numbers could not be compared. */
START_TEST(a_smaller_draw_is_a_part_of_a_larger_one)
{
    Scratch scratch = scratch_new();
    Buf text = {0};
    for (int i = 0; i < 300; i++) buf_printf(&text, "%d\tword%d\n", i, i);
    QuerySet small = read_text(&scratch, buf_text(&text));
    QuerySet large = read_text(&scratch, buf_text(&text));
    query_set_draw(&small, 40);
    query_set_draw(&large, 90);
    size_t at = 0;
    for (size_t i = 0; i < small.count; i++) {
        while (at < large.count &&
               strcmp(large.items[at].qid, small.items[i].qid) != 0) {
            at++;
        }
        ck_assert_uint_lt(at, large.count);
    }
    ck_assert_uint_eq(small.count, 40);
    query_set_release(&small);
    query_set_release(&large);
    buf_release(&text);
    scratch_remove(&scratch);
}
END_TEST

static void check_class(const char *text, const char *wanted)
{
    Analyzer *analyzer;
    QueryParser *parser;
    Arena arena = {0};
    Query query;
    Error error;
    ParseOptions options = {0};
    AnalyzerOptions standard = {.name = "standard"};
    ck_assert_int_eq(analyzer_new(&standard, &analyzer, &error), OK);
    ck_assert_int_eq(query_parser_new(analyzer, &parser, &error), OK);
    ck_assert_int_eq(
        query_parse(parser, span_text(text), &options, &arena, &query, &error),
        OK);
    ck_assert_str_eq(query_class(&query), wanted);
    query_parser_free(parser);
    analyzer_free(analyzer);
    arena_release(&arena);
}

START_TEST(the_class_of_a_query_is_its_form)
{
    check_class("storm", "term");
    check_class("storm warning", "union");
    check_class("+storm +warning", "intersection");
    check_class("\"storm warning\"", "phrase");
    check_class("storm -warning", "negated");
    check_class("+storm warning", "mixed");
    check_class("+storm +\"red sea\"", "mixed");
    check_class("sto* warning", "pattern");
    check_class("!!!", "nothing");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("query_set");
    TCase *tests = tcase_create("query_set");
    tcase_add_test(tests, a_first_column_that_repeats_is_a_class);
    tcase_add_test(tests, a_first_column_that_does_not_repeat_is_a_qid);
    tcase_add_test(tests, judgements_are_not_taken_for_queries_with_classes);
    tcase_add_test(tests, options_name_the_fields_of_queries);
    tcase_add_test(tests, a_file_without_queries_is_an_error_that_names_it);
    tcase_add_test(tests, a_draw_is_always_the_same_and_keeps_the_order);
    tcase_add_test(tests, a_smaller_draw_is_a_part_of_a_larger_one);
    tcase_add_test(tests, the_class_of_a_query_is_its_form);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
