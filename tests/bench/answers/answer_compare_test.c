/* answer_compare_test.c - tests bench/answers: lists read and compared. */
#include "bench/answers/answer_compare.h"

#include "tests/support/check_main.h"

static Arena arena;

static HitList parse(const char *text, size_t k)
{
    HitList list;
    ck_assert_msg(hit_list_parse(span_text(text), k, &arena, &list), "%s",
                  text);
    return list;
}

static HitsMatch compare(const char *a, const char *b, size_t k, size_t *rank)
{
    HitList first = parse(a, k), second = parse(b, k);
    HitsMatch match = hits_compare(&first, &second, k, rank);
    size_t back;
    ck_assert_int_eq(hits_compare(&second, &first, k, &back), match);
    arena_release(&arena);
    return match;
}

START_TEST(hits_are_read_from_json)
{
    HitList list = parse("[[\"a\\\"\\u00e9\\ud83d\\ude00\", 1.5 ], "
                         "[\"[b]\",-2e-1]]",
                         2);
    ck_assert_uint_eq(list.count, 2);
    ck_assert(span_equals_text(list.hits[0].id, "a\"\u00e9\U0001F600"));
    ck_assert_double_eq(list.hits[0].score, 1.5);
    ck_assert(span_equals_text(list.hits[1].id, "[b]"));
    ck_assert_double_eq(list.hits[1].score, -0.2);
    ck_assert_uint_eq(parse("[]", 10).count, 0);
    ck_assert(!parse("UNSUPPORTED", 10).is_supported);
    arena_release(&arena);
}
END_TEST

START_TEST(what_is_no_list_of_hits_is_refused)
{
    static const char *const wrong[] = {
        "",
        "1",
        "[",
        "[[",
        "[[\"a\"]]",
        "[[\"a\",]]",
        "[[\"a\",1]",
        "[[\"a\",1]]x",
        "[[\"a\",1],]",
        "[[\"a\",1][\"b\",1]]",
        "[[\"a\\",
        "[[\"a\\u12",
        "[[\"a\\q\",1]]",
        "[[\"a\",nan]]",
        "[[\"a\",1e999]]",
        "[[\"a\",1],[\"b\",2]]",           /* worst first */
        "[[\"a\",1],[\"a\",1]]",           /* twice */
        "[[\"a\",3],[\"b\",2],[\"c\",1]]", /* more than k */
        "hello <world>"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        HitList list;
        ck_assert_msg(!hit_list_parse(span_text(wrong[i]), 2, &arena, &list),
                      "%s", wrong[i]);
    }
    arena_release(&arena);
}
END_TEST

START_TEST(equal_scores_may_come_in_any_order)
{
    size_t rank;
    ck_assert_int_eq(compare("[[\"a\",2],[\"b\",1],[\"c\",1]]",
                             "[[\"a\",2],[\"c\",1],[\"b\",1]]", 10, &rank),
                     HITS_SAME);
    ck_assert_int_eq(compare("[[\"a\",2.000001]]", "[[\"a\",2]]", 10, &rank),
                     HITS_SAME);
}
END_TEST

START_TEST(a_full_list_may_end_with_any_of_the_tied_documents)
{
    size_t rank;
    const char *a = "[[\"a\",2],[\"b\",1]]", *b = "[[\"a\",2],[\"c\",1]]";
    ck_assert_int_eq(compare(a, b, 2, &rank), HITS_SAME);
    ck_assert_int_eq(compare(a, b, 3, &rank), HITS_DIFFER);
    ck_assert_uint_eq(rank, 2);
}
END_TEST

START_TEST(a_missing_document_or_another_score_is_a_difference)
{
    size_t rank;
    ck_assert_int_eq(compare("[[\"a\",2],[\"b\",1]]", "[[\"a\",2]]", 10, &rank),
                     HITS_DIFFER);
    ck_assert_int_eq(compare("[[\"a\",2]]", "[]", 10, &rank), HITS_DIFFER);
    ck_assert_int_eq(
        compare("[[\"a\",2],[\"b\",1]]", "[[\"a\",3],[\"b\",1]]", 10, &rank),
        HITS_OTHER_SCORES);
    ck_assert_uint_eq(rank, 1);
    ck_assert_int_eq(compare("[]", "[]", 10, &rank), HITS_SAME);
}
END_TEST

/* Tantivy's k1 and b are fixed: other documents come first, and the scores of
 * all differ. */
START_TEST(another_formula_shows_in_the_scores_of_common_documents)
{
    size_t rank;
    ck_assert_int_eq(compare("[[\"a\",3],[\"b\",2],[\"c\",1]]",
                             "[[\"d\",9],[\"c\",8],[\"b\",7]]", 3, &rank),
                     HITS_OTHER_SCORES);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("answer_compare");
    TCase *tests = tcase_create("answer_compare");
    tcase_add_test(tests, hits_are_read_from_json);
    tcase_add_test(tests, what_is_no_list_of_hits_is_refused);
    tcase_add_test(tests, equal_scores_may_come_in_any_order);
    tcase_add_test(tests, a_full_list_may_end_with_any_of_the_tied_documents);
    tcase_add_test(tests, a_missing_document_or_another_score_is_a_difference);
    tcase_add_test(tests,
                   another_formula_shows_in_the_scores_of_common_documents);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
