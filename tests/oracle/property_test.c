/* property_test.c - the engine and the oracle give the same answers.
 *
 * Each round draws a corpus, the way it is indexed, and queries; every query
 * is answered by the oracle and by the engine, pruned and exhaustive, for
 * several k: the same documents, order, bits of score, and counts.
 *
 * QUERN_SECONDS says how long (default 15), QUERN_SEED with which seed to
 * begin, QUERN_ROUNDS how many rounds at most, QUERN_WIDE_ROUNDS how many
 * rounds of queries with thousands of words. CTest runs this at every level
 * of QUERN_CPU.
 */
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"
#include "tests/oracle/random_index.h"
#include "tests/oracle/random_query.h"

#include "tests/support/check_main.h"
#include "tests/support/environment.h"

#include <stdio.h>
#include <time.h>

enum { QUERIES_A_ROUND = 40, DEFAULT_SECONDS = 15 };

static const uint32_t DEPTHS[] = {1, 3, 10, 100, 1000};

enum { DEPTH_COUNT = sizeof DEPTHS / sizeof *DEPTHS };

/* One question to both engines. */
typedef struct Trial {
    uint64_t seed;
    RandomIndex *at;
    SearchContext *context;
    Query query;
    Buf text; /* of the query, for messages */
    SearchOptions options;
    const OracleHit *expected;
    size_t expected_count;
    char glob[8]; /* over the ids, which are numbers; empty: none */
    bool whole;   /* no glob is drawn */
} Trial;

static void disagree(Trial *trial, const char *what, size_t rank)
{
    Buf tree = {0};
    query_format(&trial->query, &tree);
    ck_abort_msg("QUERN_SEED=%llu QUERN_ROUNDS=1: %s at rank %zu\n"
                 "  index: %s\n  query: %.1000s\n  tree: %.1000s\n"
                 "  k %u, count %d, exhaustive %d, k1 %g, b %g, "
                 "expansions %u, glob '%s'",
                 (unsigned long long)trial->seed, what, rank,
                 buf_text(&trial->at->description), buf_text(&trial->text),
                 buf_text(&tree), trial->options.k, trial->options.count,
                 trial->options.exhaustive, (double)trial->options.k1,
                 (double)trial->options.b, trial->options.max_expansions,
                 trial->glob);
}

static uint32_t bits_of(float score)
{
    uint32_t bits;
    memcpy(&bits, &score, sizeof bits);
    return bits;
}

static void compare_hit(Trial *trial, const Hit *got, size_t rank)
{
    const OracleHit *expected = &trial->expected[rank];
    if (trial->at->number[got->document] == expected->document &&
        bits_of(got->score) == bits_of(expected->score)) {
        return;
    }
    Hit hit = *got;
    Buf what = {0};
    Error error;
    bool matched;
    buf_printf(&what,
               "document %llu score %.9g (0x%08x), not %llu %.9g (0x%08x); "
               "the engine says of the first:\n",
               (unsigned long long)trial->at->number[hit.document],
               (double)hit.score, bits_of(hit.score),
               (unsigned long long)expected->document, (double)expected->score,
               bits_of(expected->score));
    if (search_explain(trial->context, &trial->query, &trial->options,
                       hit.document, &what, &matched, &error) != OK) {
        buf_put_text(&what, error.message);
    }
    disagree(trial, buf_text(&what), rank);
}

static void compare(Trial *trial)
{
    Error error;
    SearchResult got;
    Status status = search_run(trial->context, &trial->query, &trial->options,
                               &got, &error);
    if (status != OK) disagree(trial, error.message, 0);
    size_t k = trial->options.k, expected = trial->expected_count;
    if (trial->options.count && got.total != expected) {
        disagree(trial, "another count", (size_t)got.total);
    }
    if (got.hit_count != (expected < k ? expected : k)) {
        disagree(trial, "another number of hits", got.hit_count);
    }
    for (size_t i = 0; i < got.hit_count; i++) {
        compare_hit(trial, &got.hits[i], i);
    }
}

static void draw_parameters(Random *random, Trial *trial)
{
    static const float k1s[] = {0.0f, 0.5f, 1.2f, 2.0f};
    static const float bs[] = {0.0f, 0.3f, 0.75f, 1.0f};
    const Manifest *manifest = &trial->at->index->manifest;
    Oracle *oracle = &trial->at->oracle;
    trial->options = (SearchOptions){
        .k1 = NAN, .b = NAN, .max_expansions = DEFAULT_MAX_EXPANSIONS};
    if (random_chance(random, 0.15)) {
        trial->options.k1 = k1s[random_below(random, 4)];
    }
    if (random_chance(random, 0.15)) {
        trial->options.b = bs[random_below(random, 4)];
    }
    if (random_chance(random, 0.3)) {
        trial->options.max_expansions = (uint32_t)random_between(random, 1, 5);
    }
    oracle->k1 = isnan(trial->options.k1) ? manifest->k1 : trial->options.k1;
    oracle->b = isnan(trial->options.b) ? manifest->b : trial->options.b;
    oracle->max_expansions = trial->options.max_expansions;
}

/* Whether a glob of a digit and a star, or of a star and a digit, matches. */
static bool id_fits(const char *glob, uint64_t document)
{
    char id[24];
    bool leaves_out = *glob == '!';
    glob += leaves_out;
    int size = snprintf(id, sizeof id, "%llu", (unsigned long long)document);
    bool fits = *glob == '*' ? id[size - 1] == glob[1] : id[0] == glob[0];
    return fits != leaves_out;
}

static void draw_glob(Random *random, Trial *trial, IdFilter **filter)
{
    static const char *const forms[] = {"*%d", "%d*", "!*%d", "!%d*"};
    Error error;
    *filter = NULL;
    trial->glob[0] = '\0';
    if (trial->whole || !random_chance(random, 0.25)) return;
    const char *form = forms[random_below(random, 4)];
    int digit = (int)random_below(random, 10);
    size_t size = strcspn(form, "%");
    snprintf(trial->glob, sizeof trial->glob, "%.*s%d%s", (int)size, form,
             digit, form + size + 2);
    const char *globs[] = {trial->glob};
    ck_assert_int_eq(id_filter_new(trial->at->index, globs, 1, filter, &error),
                     OK);
}

/* Keeps the oracle's hits whose ids match, with their numbers in the corpus. */
static void keep_fitting(Trial *trial, OracleHit *hits)
{
    size_t kept = 0;
    for (size_t i = 0; i < trial->expected_count; i++) {
        hits[i].document = trial->at->live[hits[i].document];
        if (!trial->glob[0] || id_fits(trial->glob, hits[i].document))
            hits[kept++] = hits[i];
    }
    trial->expected = hits;
    trial->expected_count = kept;
}

static void ask_both(Random *random, Trial *trial, Arena *arena)
{
    OracleHit *hits = oracle_search(&trial->at->oracle, &trial->query, arena,
                                    &trial->expected_count);
    ck_assert_ptr_nonnull(hits);
    IdFilter *filter;
    draw_glob(random, trial, &filter);
    trial->options.filter = filter;
    keep_fitting(trial, hits);
    /* The unpruned executor first: if it is wrong too, pruning is not the
     * cause. */
    for (int pruned = 0; pruned < 2; pruned++) {
        trial->options.exhaustive = !pruned;
        for (size_t i = 0; i < DEPTH_COUNT; i++) {
            trial->options.k = DEPTHS[i];
            trial->options.count = random_chance(random, 0.5);
            compare(trial);
        }
    }
    trial->options.k = 0;
    trial->options.count = true;
    compare(trial);
    id_filter_free(filter);
}

static void ask_queries(Random *random, Trial *trial, QueryParser *parser)
{
    Arena arena = {0};
    Error error;
    for (int i = 0; i < QUERIES_A_ROUND; i++) {
        ParseOptions options;
        random_query(random, &trial->at->corpus, &trial->text, &options);
        ck_assert_int_eq(query_parse(parser, buf_span(&trial->text), &options,
                                     &arena, &trial->query, &error),
                         OK);
        draw_parameters(random, trial);
        ask_both(random, trial, &arena);
        arena_reset(&arena);
    }
    arena_release(&arena);
}

/* Asks one query of each form with thousands of words. */
static void ask_big_queries(Random *random, Trial *trial, QueryParser *parser)
{
    Arena arena = {0};
    Error error;
    for (size_t form = 0; form < BIG_QUERY_FORMS; form++) {
        ParseOptions options;
        random_big_query(random, &trial->at->corpus, form, &trial->text,
                         &options);
        ck_assert_int_eq(query_parse(parser, buf_span(&trial->text), &options,
                                     &arena, &trial->query, &error),
                         OK);
        draw_parameters(random, trial);
        trial->whole = form ==
                       0; /* with a filter, counting takes another path */
        ask_both(random, trial, &arena);
        arena_reset(&arena);
    }
    arena_release(&arena);
}

static void run_round(uint64_t seed, bool wide)
{
    Random random = {seed};
    Arena arena = {0};
    RandomIndex at;
    Trial trial = {.seed = seed, .at = &at};
    QueryParser *parser = NULL;
    Error error;
    RandomCorpus corpus = wide ? random_wide_corpus(&random, &arena)
                               : random_corpus(&random, &arena);
    Status status = random_index_make(&random, &arena, corpus, &at, &error);
    if (status == OK) {
        status = search_context_new(at.index, &trial.context, &error);
    }
    if (status == OK) {
        status = query_parser_new(at.index->analyzer, &parser, &error);
    }
    ck_assert_msg(status == OK, "QUERN_SEED=%llu: %s", (unsigned long long)seed,
                  error.message);
    if (wide) {
        ask_big_queries(&random, &trial, parser);
    } else {
        ask_queries(&random, &trial, parser);
    }
    query_parser_free(parser);
    search_context_free(trial.context);
    buf_release(&trial.text);
    random_index_close(&at);
    arena_release(&arena);
}

START_TEST(engine_and_oracle_answer_alike)
{
    uint64_t seed = environment_number("QUERN_SEED", 1);
    uint64_t rounds = environment_number("QUERN_ROUNDS", UINT64_MAX);
    time_t end = time(NULL) +
                 (time_t)environment_number("QUERN_SECONDS", DEFAULT_SECONDS);
    uint64_t done = 0;
    do run_round(seed + done++, false);
    while (done < rounds && time(NULL) < end);
    printf("%llu rounds of %d queries\n", (unsigned long long)done,
           QUERIES_A_ROUND);
}
END_TEST

/* A few rounds: one takes a second, with the thread sanitizer minutes. */
static uint64_t wide_rounds(void)
{
    return environment_number("QUERN_WIDE_ROUNDS", 2);
}

START_TEST(engine_and_oracle_count_thousands_of_required_words_alike)
{
    uint64_t seed = environment_number("QUERN_SEED", 1);
    uint64_t rounds = wide_rounds();
    for (uint64_t i = 0; i < rounds; i++) run_round(seed + i, true);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("property");
    TCase *tests = tcase_create("property");
    double seconds = (double)environment_number("QUERN_SECONDS",
                                                DEFAULT_SECONDS);
    tcase_set_timeout(tests, 300 + 2 * seconds);
    tcase_add_test(tests, engine_and_oracle_answer_alike);
    if (wide_rounds())
        tcase_add_test(
            tests, engine_and_oracle_count_thousands_of_required_words_alike);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
