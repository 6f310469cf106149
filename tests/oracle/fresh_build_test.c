/* fresh_build_test.c - an index with removed documents answers as one that
 * never had them: documents, order, bits of score and counts, and whatever else
 * is printed of a query or of the index.
 *
 * QUERN_SECONDS, QUERN_SEED and QUERN_ROUNDS as in property_test.c, which
 * compares the answers with the oracle's.
 */
#include "common/segment/check/segment_check.h"
#include "common/segment/documents/documents.h"
#include "common/segment/documents/index_ids.h"
#include "searcher/query/query_parser.h"
#include "tests/oracle/index_texts.h"
#include "tests/oracle/random_index.h"
#include "tests/oracle/random_query.h"
#include "tests/support/check_main.h"
#include "tests/support/environment.h"

#include <stdio.h>
#include <time.h>

enum { QUERIES_A_ROUND = 20, DEFAULT_SECONDS = 8 };

static const uint32_t DEPTHS[] = {1, 10, 100, 1000};

/* Both indexes, [0] with removals. */
typedef struct Pair {
    uint64_t seed;
    RandomIndex at[2];
    SearchContext *contexts[2];
    QueryParser *parser;
    Arena arena;
    Buf text; /* of the query, for messages */
} Pair;

static void differ(Pair *pair, const char *what)
{
    ck_abort_msg("QUERN_SEED=%llu QUERN_ROUNDS=1: %s\n  index: %s\n  fresh: "
                 "%s\n  query: %.1000s",
                 (unsigned long long)pair->seed, what,
                 buf_text(&pair->at[0].description),
                 buf_text(&pair->at[1].description), buf_text(&pair->text));
}

static void check_ok(Pair *pair, Status status, const Error *error)
{
    if (status != OK) differ(pair, error->message);
}

static void compare_texts(Pair *pair, Buf texts[2], const char *what)
{
    if (span_equal(buf_span(&texts[0]), buf_span(&texts[1]))) return;
    Buf message = {0};
    buf_printf(&message, "%s:\n%s\nfresh:\n%s", what, buf_text(&texts[0]),
               buf_text(&texts[1]));
    differ(pair, buf_text(&message));
}

static void compare_answers(Pair *pair, Random *random)
{
    Error error;
    Query query;
    ParseOptions parse;
    Buf texts[2] = {{0}, {0}};
    random_query(random, &pair->at[0].corpus, &pair->text, &parse);
    check_ok(pair,
             query_parse(pair->parser, buf_span(&pair->text), &parse,
                         &pair->arena, &query, &error),
             &error);
    SearchOptions options = {.k1 = NAN,
                             .b = NAN,
                             .k = DEPTHS[random_below(random, 4)],
                             .count = random_chance(random, 0.5),
                             .max_expansions = random_chance(random, 0.5)
                                                   ? DEFAULT_MAX_EXPANSIONS
                                                   : 3};
    if (random_chance(random, 0.2)) options.k1 = 1.2f;
    if (random_chance(random, 0.2)) options.b = 0.75f;
    for (int side = 0; side < 2; side++) {
        check_ok(pair,
                 put_answer(pair->contexts[side], pair->at[side].index, &query,
                            &options, &texts[side], &error),
                 &error);
    }
    compare_texts(pair, texts, "another answer");
    buf_release(&texts[0]);
    buf_release(&texts[1]);
}

static void compare_words(Pair *pair, Random *random)
{
    Buf texts[2] = {{0}, {0}};
    Error error;
    for (int side = 0; side < 2; side++) {
        Index *index = pair->at[side].index;
        check_ok(pair, put_words(index, &texts[side], &error), &error);
        check_ok(pair, put_terms(index, span_text("b"), &texts[side], &error),
                 &error);
    }
    const RandomCorpus *corpus = &pair->at[0].corpus;
    for (int i = 0; i < 10; i++) {
        Span word =
            corpus->vocabulary[random_below(random, corpus->word_count)];
        size_t size = 1 + random_below(random, word.size);
        for (int side = 0; side < 2; side++) {
            check_ok(pair,
                     put_suggestions(pair->at[side].index,
                                     span_of(word.data, size), &texts[side],
                                     &error),
                     &error);
        }
    }
    compare_texts(pair, texts, "other terms");
    buf_release(&texts[0]);
    buf_release(&texts[1]);
}

/* Every document that was ever there is found by its id if it is live. */
static void compare_ids(Pair *pair)
{
    const RandomIndex *at = &pair->at[0];
    size_t live = 0;
    for (size_t i = 0; i < at->corpus.document_count; i++) {
        char id[24];
        size_t segment;
        uint32_t docid;
        bool found;
        Error error;
        int size = snprintf(id, sizeof id, "%zu", i);
        check_ok(pair,
                 index_find_id(at->index, span_of(id, (size_t)size), &segment,
                               &docid, &found, &error),
                 &error);
        bool expected = live < at->oracle.document_count && at->live[live] == i;
        if (found != expected) differ(pair, "an id is found, or is not");
        if (found && at->number[at->index->first_docids[segment] + docid] != i)
            differ(pair, "an id is another document's");
        live += expected;
    }
}

static void check_index(Pair *pair)
{
    Error error;
    CheckReport report = {0};
    const Index *index = pair->at[0].index;
    for (size_t i = 0; i < index->manifest.segment_count; i++)
        check_ok(pair, segment_check(index->segments[i], &report, &error),
                 &error);
    check_ok(pair, check_removals(index, &report, &error), &error);
    check_ok(pair, check_ids_differ(index, &report, &error), &error);
    if (report.problem_count) differ(pair, buf_text(&report.problems));
    check_report_release(&report);
}

static void open_both(Pair *pair)
{
    Error error;
    for (int side = 0; side < 2; side++)
        check_ok(pair,
                 search_context_new(pair->at[side].index, &pair->contexts[side],
                                    &error),
                 &error);
    check_ok(
        pair,
        query_parser_new(pair->at[0].index->analyzer, &pair->parser, &error),
        &error);
}

static void close_both(Pair *pair)
{
    query_parser_free(pair->parser);
    for (int side = 0; side < 2; side++) {
        search_context_free(pair->contexts[side]);
        random_index_close(&pair->at[side]);
    }
}

/* Whether there was anything to compare. */
static bool run_round(uint64_t seed)
{
    Random random = {seed};
    Arena arena = {0};
    Error error;
    Pair pair = {.seed = seed};
    RandomCorpus corpus = random_corpus(&random, &arena);
    Status status = random_index_make(&random, &arena, corpus, &pair.at[0],
                                      &error);
    check_ok(&pair, status, &error);
    const Manifest *manifest = &pair.at[0].index->manifest;
    bool removed = manifest->document_count < corpus.document_count &&
                   manifest->document_count > 0;
    if (removed) {
        status = random_index_fresh(&random, &pair.at[0], &pair.at[1], &error);
        check_ok(&pair, status, &error);
        open_both(&pair);
        check_index(&pair);
        compare_words(&pair, &random);
        compare_ids(&pair);
        for (int i = 0; i < QUERIES_A_ROUND; i++) {
            compare_answers(&pair, &random);
            arena_reset(&pair.arena);
        }
        close_both(&pair);
    } else {
        random_index_close(&pair.at[0]);
    }
    buf_release(&pair.text);
    arena_release(&pair.arena);
    arena_release(&arena);
    return removed;
}

START_TEST(removed_documents_leave_no_trace_in_any_answer)
{
    uint64_t seed = environment_number("QUERN_SEED", 1);
    uint64_t rounds = environment_number("QUERN_ROUNDS", UINT64_MAX);
    time_t end = time(NULL) +
                 (time_t)environment_number("QUERN_SECONDS", DEFAULT_SECONDS);
    uint64_t done = 0, compared = 0;
    do compared += run_round(seed + done++);
    while (done < rounds && time(NULL) < end);
    printf("%llu rounds, %llu with removed documents\n",
           (unsigned long long)done, (unsigned long long)compared);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fresh_build");
    TCase *tests = tcase_create("fresh_build");
    double seconds = (double)environment_number("QUERN_SECONDS",
                                                DEFAULT_SECONDS);
    tcase_set_timeout(tests, 300 + 2 * seconds);
    tcase_add_test(tests, removed_documents_leave_no_trace_in_any_answer);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
