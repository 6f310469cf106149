/* evaluation_test.c - tests bench/quality/evaluation.c: runs and judgements to
 * measures. */
#include "bench/quality/evaluation.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

static Error error;
static Scratch scratch;
static TrecRun runs;
static Qrels qrels;
static MeasureList measures;
static Evaluation evaluation;

static void set_up(void)
{
    scratch = scratch_new();
}

static void tear_down(void)
{
    evaluation_release(&evaluation);
    qrels_release(&qrels);
    trec_run_release(&runs);
    scratch_remove(&scratch);
}

static Status read_run(const char *text)
{
    trec_run_release(&runs);
    return trec_run_read(scratch_write(&scratch, "r", span_text(text)), &runs,
                         &error);
}

static Status read_qrels(const char *text)
{
    qrels_release(&qrels);
    return qrels_read(scratch_write(&scratch, "q", span_text(text)), &qrels,
                      &error);
}

static void evaluate(const char *run, const char *judgements, const char *list)
{
    ck_assert_msg(read_run(run) == OK, "%s", error.message);
    ck_assert_msg(read_qrels(judgements) == OK, "%s", error.message);
    ck_assert_int_eq(measures_parse(list, &measures, &error), OK);
    evaluation_release(&evaluation);
    ck_assert_int_eq(evaluation_compute(&runs, &qrels, &measures, false,
                                        &evaluation, &error),
                     OK);
}

/* The message ends with `text`, after FILE. */
static void expect_failure(Status status, const char *text)
{
    ck_assert_int_eq(status, ERR_USAGE);
    const char *message = error.message + strlen(scratch.path) + 3; /* "/r:" */
    ck_assert_str_eq(message, text);
}

static void expect_value(double seen, const char *expected)
{
    char text[32];
    snprintf(text, sizeof text, "%.4f", seen);
    ck_assert_str_eq(text, expected);
}

START_TEST(equal_scores_are_ranked_by_id_descending)
{
    evaluate("1 Q0 a 1 5 t\n1 Q0 b 2 5 t\n", "1 0 a 1\n", "RR");
    ck_assert(evaluation.means[0] == 0.5);
}
END_TEST

START_TEST(scores_are_floats_so_that_doubles_can_tie)
{
    evaluate("1 Q0 a 1 0.10000000001 t\n1 Q0 b 2 0.1 t\n", "1 0 a 1\n", "RR");
    ck_assert(evaluation.means[0] == 0.5);
}
END_TEST

START_TEST(a_cut_reciprocal_rank_sees_only_the_first_documents)
{
    evaluate("1 Q0 a 1 3 t\n1 Q0 b 2 2 t\n", "1 0 b 1\n", "RR@1,RR@2,RR");
    ck_assert(evaluation.means[0] == 0.0);
    ck_assert(evaluation.means[1] == 0.5 && evaluation.means[2] == 0.5);
}
END_TEST

START_TEST(precision_divides_by_k_even_if_fewer_were_returned)
{
    evaluate("1 Q0 a 1 3 t\n", "1 0 a 1\n1 0 b 1\n", "P@10,R@10");
    expect_value(evaluation.means[0], "0.1000");
    expect_value(evaluation.means[1], "0.5000");
}
END_TEST

START_TEST(a_negative_relevance_counts_as_not_judged)
{
    evaluate("1 Q0 a 1 3 t\n1 Q0 b 2 2 t\n", "1 0 a -1\n1 0 b 1\n1 0 c 0\n",
             "bpref,nDCG@10");
    ck_assert(evaluation.means[0] == 1.0);
    expect_value(evaluation.means[1], "0.6309");
}
END_TEST

START_TEST(a_query_without_relevant_documents_is_zero)
{
    evaluate("1 Q0 a 1 3 t\n", "1 0 a 0\n", "AP,nDCG@5,P@5,R@5,RR,RR@5,bpref");
    ck_assert_uint_eq(evaluation.query_count, 1);
    for (size_t i = 0; i < measures.count; i++)
        ck_assert(evaluation.means[i] == 0.0);
}
END_TEST

START_TEST(means_are_over_queries_of_both_files_or_of_all_judgements)
{
    const char *run = "2 Q0 a 1 3 t\n9 Q0 a 1 3 t\n1 Q0 a 1 3 t\n";
    evaluate(run, "1 0 a 1\n2 0 b 1\n3 0 a 1\n", "RR");
    ck_assert_uint_eq(evaluation.query_count, 2);
    ck_assert(evaluation.means[0] == 0.5);
    ck_assert_uint_eq(evaluation.not_judged, 1);
    ck_assert_uint_eq(evaluation.missing, 1);
    ck_assert(span_equals_text(evaluation.queries[0].qid, "2"));
    evaluation_release(&evaluation);
    ck_assert_int_eq(
        evaluation_compute(&runs, &qrels, &measures, true, &evaluation, &error),
        OK);
    ck_assert_uint_eq(evaluation.query_count, 3);
    expect_value(evaluation.means[0], "0.3333");
    ck_assert(evaluation.queries[2].is_missing);
}
END_TEST

START_TEST(a_run_can_be_made_in_memory_in_any_order)
{
    trec_run_add(&runs, span_text("2"), span_text("x"), 1.0f, 1);
    trec_run_add(&runs, span_text("1"), span_text("y"), 1.0f, 2);
    trec_run_add(&runs, span_text("2"), span_text("y"), 2.0f, 3);
    ck_assert_int_eq(trec_run_sort(&runs, "memory", &error), OK);
    ck_assert_int_eq(read_qrels("2 0 x 1\n1 0 y 1\n"), OK);
    ck_assert_int_eq(measures_parse("rr", &measures, &error), OK);
    ck_assert_int_eq(evaluation_compute(&runs, &qrels, &measures, false,
                                        &evaluation, &error),
                     OK);
    ck_assert(evaluation.means[0] == 0.75);
    ck_assert(span_equals_text(evaluation.queries[0].qid, "2"));
}
END_TEST

START_TEST(errors_of_a_run_name_the_line)
{
    expect_failure(read_run("1 Q0 a 1 2 t\n\n1 Q0 a\n"),
                   "3: 3 columns; a line of a run has 6: qid Q0 id rank score "
                   "tag");
    expect_failure(read_run("1 Q0 a 1 high t\n"),
                   "1: the score 'high' is not a number; a line of a run is: "
                   "qid Q0 id rank score tag");
    expect_failure(read_run("1 Q0 a 1 nan t\n"),
                   "1: the score 'nan' is not a number; a line of a run is: "
                   "qid Q0 id rank score tag");
    expect_failure(read_run("1 Q0 a 1 2 t\n2 Q0 a 1 2 t\n1 Q0 a 3 1 t\n"),
                   "3: document 'a' of query '1' is already in line 1");
    expect_failure(read_run(" \n"), " the run is empty");
}
END_TEST

START_TEST(errors_of_judgements_name_the_line)
{
    expect_failure(read_qrels("1 0 a 1 5\n"),
                   "1: 5 columns; a line of qrels has 4: qid 0 id relevance");
    expect_failure(read_qrels("1 0 a 1\n1 0 b 0.5\n"),
                   "2: the relevance '0.5' is not an integer from -1000000000 "
                   "to 1000000000; a line of qrels is: qid 0 id relevance");
    expect_failure(read_qrels("1 0 a 99999999999999999999\n"),
                   "1: the relevance '99999999999999999999' is not an integer "
                   "from -1000000000 to 1000000000; a line of qrels is: qid 0 "
                   "id relevance");
    expect_failure(read_qrels("1 0 a 1\n1 0 a 0\n"),
                   "2: document 'a' of query '1' is already judged in line 1");
    expect_failure(read_qrels(""), " no judgements");
}
END_TEST

START_TEST(bytes_that_are_not_text_are_refused)
{
    static const char bytes[] = "1 Q0 a\0b 1 2 t\n";
    const char *path = scratch_write(&scratch, "r",
                                     span_of(bytes, sizeof bytes - 1));
    expect_failure(trec_run_read(path, &runs, &error),
                   "1: a NUL byte; is it text?");
}
END_TEST

START_TEST(a_line_without_end_is_refused)
{
    size_t size = 1 << 20;
    char *text = malloc(size + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, 'x', size);
    text[size] = 0;
    expect_failure(read_run(text), "1: longer than 65536 bytes; a line of a "
                                   "run is: qid Q0 id rank score tag");
    free(text);
}
END_TEST

START_TEST(unknown_measures_are_refused)
{
    static const char *const wrong[] = {"map",    "AP@10", "P",           "",
                                        "nDCG@0", "RR@",   "P@-1",        "AP,",
                                        "P@1x",   "AP,ap", "R@9999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_int_eq(measures_parse(wrong[i], &measures, &error),
                         ERR_USAGE);
    ck_assert_int_eq(measures_parse(DEFAULT_MEASURES, &measures, &error), OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("evaluation");
    TCase *tests = tcase_create("evaluation");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, equal_scores_are_ranked_by_id_descending);
    tcase_add_test(tests, scores_are_floats_so_that_doubles_can_tie);
    tcase_add_test(tests, a_cut_reciprocal_rank_sees_only_the_first_documents);
    tcase_add_test(tests, precision_divides_by_k_even_if_fewer_were_returned);
    tcase_add_test(tests, a_negative_relevance_counts_as_not_judged);
    tcase_add_test(tests, a_query_without_relevant_documents_is_zero);
    tcase_add_test(tests,
                   means_are_over_queries_of_both_files_or_of_all_judgements);
    tcase_add_test(tests, a_run_can_be_made_in_memory_in_any_order);
    tcase_add_test(tests, errors_of_a_run_name_the_line);
    tcase_add_test(tests, errors_of_judgements_name_the_line);
    tcase_add_test(tests, bytes_that_are_not_text_are_refused);
    tcase_add_test(tests, a_line_without_end_is_refused);
    tcase_add_test(tests, unknown_measures_are_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
