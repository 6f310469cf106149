/* runs_test.c - tests indexer/build/inverter.c, run.c, merger.c and runs.c:
 * tokens that go in come out as sorted postings, however they were dealt out.
 */
#include "indexer/build/runs.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

enum { DOCUMENTS = 200, WORDS = 1000, MOST_INVERTERS = 5 };

/* What the documents say: a random word at each position. */
typedef struct Text {
    uint32_t lengths[DOCUMENTS];
    uint32_t *words[DOCUMENTS];
} Text;

static Text *text_new(uint64_t seed)
{
    Random random = {seed};
    Text *text = calloc(1, sizeof *text);
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        uint32_t length = (uint32_t)random_below(&random, 200);
        text->lengths[d] = length;
        text->words[d] = calloc(length + 1, sizeof(uint32_t));
        for (uint32_t p = 0; p < length; p++)
            text->words[d][p] = (uint32_t)random_zipf(&random, WORDS);
    }
    return text;
}

static void text_free(Text *text)
{
    for (uint32_t d = 0; d < DOCUMENTS; d++) free(text->words[d]);
    free(text);
}

/* Words of every length: 1 to 40 bytes, some with long common beginnings. */
static size_t put_word(uint32_t word, char *out)
{
    if (word < 20) return (size_t)sprintf(out, "%c", 'a' + (int)word);
    if (word % 7 == 0)
        return (size_t)sprintf(out, "very-long-beginning-of-a-%u", word);
    if (word % 11 == 0) return (size_t)sprintf(out, "%u%024u", word, word);
    return (size_t)sprintf(out, "w%u", word);
}

static void invert(Inverter *inverter, const Text *text, uint32_t d)
{
    static char bytes[200][64];
    Token tokens[200];
    for (uint32_t p = 0; p < text->lengths[d]; p++) {
        size_t size = put_word(text->words[d][p], bytes[p]);
        tokens[p] = (Token){.term = span_of(bytes[p], size), .position = p};
    }
    inverter_add(inverter, d, tokens, text->lengths[d], 3);
}

/* Every posting and position that the text has, and no other. */
static void check_term(const Text *text, Span term, Merger *merger,
                       bool has_positions, uint64_t *occurrences)
{
    Error error;
    PostingBatch batch = {0};
    uint32_t next = 0; /* document that is to be looked at */
    for (;;) {
        ck_assert_int_eq(
            merger_next_postings(merger, UINT64_MAX, &batch, &error), OK);
        const uint32_t *position = batch.positions;
        for (uint32_t i = 0; i < batch.count; i++) {
            uint32_t at = 0, tf = 0;
            for (; next <= batch.docids[i]; next++) {
                uint32_t here = 0;
                for (uint32_t p = 0; p < text->lengths[next]; p++) {
                    char bytes[64];
                    size_t size = put_word(text->words[next][p], bytes);
                    if (!span_equal(term, span_of(bytes, size))) continue;
                    here++;
                    if (next < batch.docids[i]) continue;
                    at += *position++ + (here > 1 && has_positions);
                    ck_assert_uint_eq(at, has_positions ? p + 3 : 0);
                }
                if (next < batch.docids[i]) ck_assert_uint_eq(here, 0);
                tf = here;
            }
            ck_assert_uint_eq(batch.tfs[i], tf);
            *occurrences += tf;
        }
        if (batch.count < BLOCK_POSTINGS) break;
    }
    posting_batch_release(&batch);
}

static void check_all(const Text *text, Merger *merger, bool has_positions)
{
    Error error;
    Buf before = {0};
    uint64_t occurrences = 0, expected = 0;
    for (uint32_t d = 0; d < DOCUMENTS; d++) expected += text->lengths[d];
    for (;;) {
        Span term;
        bool found;
        ck_assert_int_eq(merger_next_term(merger, &term, &found, &error), OK);
        if (!found) break;
        ck_assert_int_lt(span_compare(buf_span(&before), term), 0);
        buf_clear(&before);
        buf_put_span(&before, term);
        check_term(text, term, merger, has_positions, &occurrences);
    }
    ck_assert_uint_eq(occurrences, expected);
    buf_release(&before);
}

/* Writes what an inverter holds to the end of a spool. */
static void spill(Inverter *inverter, Spool *spool)
{
    InverterSource *source;
    Error error;
    uint8_t buffer[100];
    size_t size = 1;
    ck_assert_int_eq(inverter_source_new(inverter, &source, &error), OK);
    while (size) {
        ck_assert_int_eq(
            inverter_source_fill(source, buffer, sizeof buffer, &size, &error),
            OK);
        spool_put(spool, buffer, size);
    }
    inverter_source_free(source);
    inverter_clear(inverter);
}

/* How documents are dealt out: to how many inverters, how many at a time, and
 * after how many of these an inverter is spilled. */
typedef struct Deal {
    uint32_t inverters, batch, spill_each;
    size_t runs_at_once;
    bool has_positions;
} Deal;

static const Deal deals[] = {
    {1, 1, 1000, 64, true},  {1, 1, 1000, 64, false}, {1, 16, 3, 64, true},
    {2, 16, 1000, 64, true}, {3, 5, 4, 64, true},     {5, 7, 2, 64, false},
    {4, 3, 1, 64, true},     {4, 3, 1, 3, true},      {2, 3, 1, 2, false},
};

START_TEST(what_goes_in_comes_out_however_it_is_dealt)
{
    const Deal *deal = &deals[_i];
    Scratch scratch = scratch_new();
    Text *text = text_new(7);
    Error error;
    Inverter *inverters[MOST_INVERTERS];
    Spool spools[MOST_INVERTERS];
    Runs runs = {0};
    for (uint32_t i = 0; i < deal->inverters; i++) {
        ck_assert_int_eq(
            inverter_new(deal->has_positions, &inverters[i], &error), OK);
        spool_init(&spools[i], scratch.path, 1000);
    }
    for (uint32_t d = 0; d < DOCUMENTS; d += deal->batch) {
        uint32_t number = d / deal->batch, i = number % deal->inverters;
        for (uint32_t j = d; j < d + deal->batch && j < DOCUMENTS; j++)
            invert(inverters[i], text, j);
        ck_assert_int_eq(inverter_check(inverters[i], &error), OK);
        if (number / deal->inverters % deal->spill_each != deal->spill_each - 1)
            continue;
        uint64_t start = spool_size(&spools[i]);
        spill(inverters[i], &spools[i]);
        ck_assert_int_eq(runs_add_file(&runs, &spools[i], start,
                                       spool_size(&spools[i]), &error),
                         OK);
    }
    for (uint32_t i = 0; i < deal->inverters; i++)
        ck_assert_int_eq(runs_add_inverter(&runs, inverters[i], &error), OK);
    ck_assert_int_eq(runs_reduce(&runs, deal->runs_at_once, scratch.path,
                                 deal->has_positions, &error),
                     OK);
    ck_assert_uint_le(runs.count, deal->runs_at_once);
    Merger *merger;
    ck_assert_int_eq(runs_merge(&runs, deal->has_positions, &merger, &error),
                     OK);
    check_all(text, merger, deal->has_positions);
    merger_free(merger);
    runs_release(&runs);
    for (uint32_t i = 0; i < deal->inverters; i++) {
        inverter_free(inverters[i]);
        spool_release(&spools[i]);
    }
    text_free(text);
    scratch_remove(&scratch);
}
END_TEST

START_TEST(postings_stop_at_a_limit_and_go_on)
{
    Error error;
    Inverter *inverter;
    ck_assert_int_eq(inverter_new(true, &inverter, &error), OK);
    Token token = {.term = span_text("word")};
    for (uint32_t d = 0; d < 300; d += 3)
        inverter_add(inverter, d, &token, 1, 0);
    Runs runs = {0};
    Merger *merger;
    PostingBatch batch = {0};
    Span term;
    bool found;
    ck_assert_int_eq(runs_add_inverter(&runs, inverter, &error), OK);
    ck_assert_int_eq(runs_merge(&runs, true, &merger, &error), OK);
    ck_assert_int_eq(merger_next_term(merger, &term, &found, &error), OK);
    ck_assert(found && span_equals_text(term, "word"));
    static const uint32_t limits[] = {0, 1, 3, 4, 200, 300};
    static const uint32_t counts[] = {0, 1, 0, 1, 65, 33};
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq(
            merger_next_postings(merger, limits[i], &batch, &error), OK);
        ck_assert_uint_eq(batch.count, counts[i]);
    }
    ck_assert_uint_eq(batch.docids[32], 297);
    posting_batch_release(&batch);
    merger_free(merger);
    runs_release(&runs);
    inverter_free(inverter);
}
END_TEST

/* The bytes of a run, as run.h tells them. */
START_TEST(a_run_is_sorted_terms_and_numbers)
{
    Error error;
    Inverter *inverter;
    ck_assert_int_eq(inverter_new(true, &inverter, &error), OK);
    Token first[] = {{.term = span_text("b"), .position = 0},
                     {.term = span_text("a"), .position = 1},
                     {.term = span_text("b"), .position = 70}};
    Token second[] = {{.term = span_text("b"), .position = 2}};
    inverter_add(inverter, 0, first, 3, 0);
    inverter_add(inverter, 100, second, 1, 5);
    InverterSource *source;
    uint8_t bytes[100];
    size_t size;
    ck_assert_int_eq(inverter_source_new(inverter, &source, &error), OK);
    ck_assert_int_eq(
        inverter_source_fill(source, bytes, sizeof bytes, &size, &error), OK);
    static const uint8_t expected[] = {
        1,    'a',  3,  2,             /* document 0, position 1 */
        1,                             /* end of a */
        1,    'b',  3,  0, 0x8c, 0x01, /* document 0, positions 0, 70 */
        0xc9, 0x01, 14, 1};            /* 100 further, position 7, end */
    ck_assert_uint_eq(size, sizeof expected);
    ck_assert_mem_eq(bytes, expected, size);
    inverter_source_free(source);
    inverter_free(inverter);
}
END_TEST

START_TEST(terms_that_differ_in_zero_bytes_only_are_kept_apart)
{
    Error error;
    Inverter *inverter;
    static const char zeros[300];
    ck_assert_int_eq(inverter_new(true, &inverter, &error), OK);
    for (uint32_t size = 200; size > 0; size--) {
        Token token = {.term = span_of(zeros, size)};
        inverter_add(inverter, 0, &token, 1, 0);
    }
    Runs runs = {0};
    Merger *merger;
    PostingBatch batch = {0};
    ck_assert_int_eq(runs_add_inverter(&runs, inverter, &error), OK);
    ck_assert_int_eq(runs_merge(&runs, true, &merger, &error), OK);
    for (uint32_t size = 1; size <= 200; size++) {
        Span term;
        bool found;
        ck_assert_int_eq(merger_next_term(merger, &term, &found, &error), OK);
        ck_assert(found);
        ck_assert_uint_eq(term.size, size);
        ck_assert_int_eq(
            merger_next_postings(merger, UINT64_MAX, &batch, &error), OK);
    }
    posting_batch_release(&batch);
    merger_free(merger);
    runs_release(&runs);
    inverter_free(inverter);
}
END_TEST

START_TEST(a_run_that_is_cut_is_an_error)
{
    Spool spool;
    Error error;
    Runs runs = {0};
    Merger *merger;
    spool_init(&spool, ".", 1000);
    spool_put(&spool, "\1a\3", 3); /* no position, no end */
    ck_assert_int_eq(runs_add_file(&runs, &spool, 0, 3, &error), OK);
    ck_assert_int_eq(runs_merge(&runs, true, &merger, &error), OK);
    Span term;
    bool found;
    PostingBatch batch = {0};
    ck_assert_int_eq(merger_next_term(merger, &term, &found, &error), OK);
    ck_assert_int_eq(merger_next_postings(merger, 10, &batch, &error), ERR_IO);
    posting_batch_release(&batch);
    merger_free(merger);
    runs_release(&runs);
    spool_release(&spool);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("runs");
    TCase *tests = tcase_create("runs");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, what_goes_in_comes_out_however_it_is_dealt, 0,
                        sizeof deals / sizeof *deals);
    tcase_add_test(tests, postings_stop_at_a_limit_and_go_on);
    tcase_add_test(tests, a_run_is_sorted_terms_and_numbers);
    tcase_add_test(tests, terms_that_differ_in_zero_bytes_only_are_kept_apart);
    tcase_add_test(tests, a_run_that_is_cut_is_an_error);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
