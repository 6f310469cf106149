/* answer_record_test.c - tests bench/verify/answer_record.c. */
#include "bench/verify/answer_record.h"

#include "tests/support/check_main.h"
#include "tests/support/random.h"

static Error error;

static const Hit HITS[] = {{7, 3.0f}, {2, 2.0f}, {9, 2.0f}};

START_TEST(the_first_difference_is_found_by_document_score_and_length)
{
    Hit others[] = {{7, 3.0f}, {2, 2.0f}, {9, 2.0f}};
    ck_assert_uint_eq(hits_first_difference(HITS, 3, others, 3).rank, 0);
    others[1].document = 3;
    ck_assert_uint_eq(hits_first_difference(HITS, 3, others, 3).rank, 2);
    others[1].document = 2;
    others[2].score = 2.0000002f; /* the next float */
    ck_assert_uint_eq(hits_first_difference(HITS, 3, others, 3).rank, 3);
    HitDifference shorter = hits_first_difference(HITS, 3, others, 2);
    ck_assert_uint_eq(shorter.rank, 3);
    ck_assert(shorter.first.has_hit && !shorter.second.has_hit);
    ck_assert_uint_eq(hits_first_difference(HITS, 0, others, 0).rank, 0);
}
END_TEST

static void put_record(Buf *out, size_t count, const HitDifference *difference)
{
    put_record_hits(out, HITS, count, difference);
    put_record_hits(out, HITS, 0, &(HitDifference){0});
    put_record_counts(out, 5, 6);
}

START_TEST(a_record_is_read_as_it_was_put)
{
    Buf bytes = {0};
    AnswerRecord record;
    HitDifference difference = {2, {true, 2, 1}, {false, 0, 0}};
    put_record(&bytes, 3, &difference);
    ck_assert(answer_record_parse(buf_span(&bytes), 2, &record));
    ck_assert_uint_eq(record.parts[0].hit_count, 3);
    ck_assert_uint_eq(record_hit(&record.parts[0], 2).document, 9);
    ck_assert(!record_hit(&record.parts[0], 3).has_hit);
    ck_assert_uint_eq(record.parts[0].difference.rank, 2);
    ck_assert(record.parts[0].difference.first.has_hit);
    ck_assert(!record.parts[0].difference.second.has_hit);
    ck_assert_uint_eq(record.parts[1].hit_count, 0);
    ck_assert(record.count == 5 && record.exhaustive_count == 6);
    HitDifference other = record_first_difference(&record.parts[0],
                                                  &record.parts[1]);
    ck_assert_uint_eq(other.rank, 1);
    buf_release(&bytes);
}
END_TEST

START_TEST(a_truncated_or_longer_record_is_refused)
{
    Buf bytes = {0};
    AnswerRecord record;
    put_record(&bytes, 3, &(HitDifference){0});
    for (size_t size = 0; size < bytes.size; size++)
        ck_assert(!answer_record_parse(span_of(bytes.data, size), 2, &record));
    buf_put_byte(&bytes, 0);
    ck_assert(!answer_record_parse(buf_span(&bytes), 2, &record));
    buf_release(&bytes);
}
END_TEST

START_TEST(random_bytes_are_no_record_or_one)
{
    Random random = {1};
    AnswerRecord record;
    for (int round = 0; round < 2000; round++) {
        uint8_t bytes[120];
        size_t size = random_below(&random, sizeof bytes);
        for (size_t i = 0; i < size; i++)
            bytes[i] = (uint8_t)random_below(&random, 4);
        (void)answer_record_parse(span_of(bytes, size), 1, &record);
    }
}
END_TEST

START_TEST(depths_are_numbers_separated_by_commas)
{
    static const char *const wrong[] = {"",   "0",   "1,", ",1",     "-1",
                                        "1x", "1,1", " 1", "1000001"};
    Depths depths;
    ck_assert_int_eq(depths_parse("10,1,1000000", &depths, &error), OK);
    ck_assert_uint_eq(depths.count, 3);
    ck_assert_uint_eq(depths.items[2], 1000000);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_int_eq(depths_parse(wrong[i], &depths, &error), ERR_USAGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("answer_record");
    TCase *tests = tcase_create("answer_record");
    tcase_add_test(tests,
                   the_first_difference_is_found_by_document_score_and_length);
    tcase_add_test(tests, a_record_is_read_as_it_was_put);
    tcase_add_test(tests, a_truncated_or_longer_record_is_refused);
    tcase_add_test(tests, random_bytes_are_no_record_or_one);
    tcase_add_test(tests, depths_are_numbers_separated_by_commas);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
