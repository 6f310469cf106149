/* oracle_test.c - the oracle compared with Lucene 10.6.
 *
 * The documents and scores are a run of Lucene with its StandardAnalyzer
 * without stop words, k1 0.9, b 0.4; scores are compared by their bits.
 */
#include "tests/oracle/oracle.h"

#include "tests/support/check_main.h"

static const char LONG_TEXT[] =
    "brown bears and brown foxes live in the brown forest near the river "
    "where the quick water runs and the fish jump all day long while the sun "
    "shines and the wind blows over the hills and far away until night falls";

static const char DOUBLE_TEXT[] =
    "the dog and the fox are friends and the quick brown fox likes the lazy "
    "dog";

static const char *const TEXTS[] = {
    "the quick brown fox jumps over the lazy dog",
    "the lazy dog sleeps",
    "a quick quick quick fox",
    LONG_TEXT,
    "lazy days",
    DOUBLE_TEXT};

enum { TEXT_COUNT = sizeof TEXTS / sizeof *TEXTS };

typedef struct ExpectedHit {
    uint64_t document;
    uint32_t bits;
} ExpectedHit;

static Arena arena;
static Oracle oracle;

static void read_texts(void)
{
    Error error;
    Analyzer *analyzer;
    TokenStream *stream;
    AnalyzerOptions options = {.name = "standard"};
    ck_assert_int_eq(analyzer_new(&options, &analyzer, &error), OK);
    ck_assert_int_eq(token_stream_new(analyzer, &stream, &error), OK);
    OracleDocument *documents = arena_zeroed(&arena, TEXT_COUNT,
                                             sizeof *documents);
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        ck_assert(oracle_read_document(stream, (Span){0}, span_text(TEXTS[i]),
                                       &arena, &documents[i]));
    }
    oracle = (Oracle){documents, TEXT_COUNT, 0.9f, 0.4f, 1024, true};
    token_stream_free(stream);
    analyzer_free(analyzer);
}

static void forget_texts(void)
{
    arena_release(&arena);
}

static QueryNode *new_node(QueryKind kind, float boost)
{
    QueryNode *node = arena_zeroed(&arena, 1, sizeof *node);
    node->kind = kind;
    node->boost = boost;
    return node;
}

static QueryNode *term(const char *text, float boost)
{
    QueryNode *node = new_node(QUERY_TERM, boost);
    node->term = span_text(text);
    return node;
}

static QueryNode *pattern(QueryPattern kind, const char *text, uint32_t edits)
{
    QueryNode *node = new_node(QUERY_EXPANSION, 1);
    node->pattern = kind;
    node->term = span_text(text);
    node->edits = edits;
    return node;
}

/* Words separated by single spaces. */
static QueryNode *phrase(const char *text, uint32_t slop)
{
    QueryNode *node = new_node(QUERY_PHRASE, 1);
    node->words = arena_zeroed(&arena, 8, sizeof *node->words);
    node->slop = slop;
    while (*text) {
        size_t size = strcspn(text, " ");
        uint32_t position = (uint32_t)node->word_count;
        node->words[node->word_count++] = (PhraseWord){
            .term = span_of(text, size), .position = position};
        text += size + (text[size] == ' ');
    }
    return node;
}

static QueryNode *group(QueryOccur occur, QueryNode *a, QueryNode *b,
                        QueryNode *c)
{
    QueryNode *node = new_node(QUERY_BOOLEAN, 1);
    QueryNode *clauses[] = {a, b, c};
    node->clauses = arena_zeroed(&arena, 3, sizeof *node->clauses);
    for (int i = 0; i < 3 && clauses[i]; i++) {
        node->clauses[node->clause_count++] = (QueryClause){occur, clauses[i]};
    }
    return node;
}

static void expect(QueryNode *root, const ExpectedHit *expected, size_t count)
{
    size_t found;
    Query query = {root, NULL};
    OracleHit *hits = oracle_search(&oracle, &query, &arena, &found);
    ck_assert_ptr_nonnull(hits);
    ck_assert_uint_eq(found, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &hits[i].score, sizeof bits);
        ck_assert_uint_eq(hits[i].document, expected[i].document);
        ck_assert_msg(bits == expected[i].bits, "document %d: 0x%08x",
                      (int)expected[i].document, bits);
    }
}

#define EXPECT(root, ...)                                  \
    do {                                                   \
        const ExpectedHit hits_[] = {__VA_ARGS__};         \
        expect(root, hits_, sizeof hits_ / sizeof *hits_); \
    } while (0)

START_TEST(a_term_scores_as_in_lucene)
{
    EXPECT(term("quick", 1), {2, 0x3eb87e89}, {0, 0x3e7cddda}, {5, 0x3e64261b},
           {3, 0x3e2760e0});
}
END_TEST

START_TEST(a_bag_scores_as_in_lucene)
{
    EXPECT(
        group(OCCUR_SHOULD, term("quick", 1), term("fox", 1), term("lazy", 1)),
        {5, 0x3f690aeb}, {0, 0x3f619b8a}, {2, 0x3f45f764}, {4, 0x3e8dcba6},
        {1, 0x3e8909c4}, {3, 0x3e2760e0});
}
END_TEST

START_TEST(a_repeated_word_counts_twice)
{
    EXPECT(group(OCCUR_SHOULD, term("fox", 1), term("quick", 2), NULL),
           {2, 0x3f911b54}, {5, 0x3f690aeb}, {0, 0x3f619b8a}, {3, 0x3ea760e0});
}
END_TEST

START_TEST(required_words_score_as_in_lucene)
{
    EXPECT(group(OCCUR_MUST, term("quick", 1), term("dog", 1), NULL),
           {5, 0x3f300164}, {0, 0x3f226414});
}
END_TEST

START_TEST(a_phrase_scores_as_in_lucene)
{
    EXPECT(phrase("quick brown fox", 0), {0, 0x3f82c859}, {5, 0x3f6bff46});
}
END_TEST

START_TEST(a_phrase_and_a_word_score_as_in_lucene)
{
    EXPECT(group(OCCUR_SHOULD, phrase("lazy dog", 0), term("brown", 1), NULL),
           {0, 0x3f82c859}, {5, 0x3f6bff46}, {1, 0x3f300306}, {3, 0x3ee260d1});
}
END_TEST

START_TEST(excluded_words_exclude)
{
    QueryNode *query = group(OCCUR_SHOULD, term("quick", 1), term("brown", 1),
                             NULL);
    query->clauses[1].occur = OCCUR_NOT;
    EXPECT(query, {2, 0x3eb87e89});
}
END_TEST

START_TEST(a_pattern_is_one_word)
{
    size_t all, one;
    Query prefix = {pattern(PATTERN_PREFIX, "qu", 0), NULL};
    Query word = {term("quick", 1), NULL};
    OracleHit *hits = oracle_search(&oracle, &prefix, &arena, &all);
    OracleHit *same = oracle_search(&oracle, &word, &arena, &one);
    ck_assert_uint_eq(all, one);
    for (size_t i = 0; i < all; i++) {
        ck_assert_uint_eq(hits[i].document, same[i].document);
        ck_assert_double_eq((double)hits[i].score, (double)same[i].score);
    }
}
END_TEST

static size_t count_of(QueryNode *root)
{
    size_t count;
    Query query = {root, NULL};
    ck_assert_ptr_nonnull(oracle_search(&oracle, &query, &arena, &count));
    return count;
}

START_TEST(patterns_match_as_documented)
{
    ck_assert_uint_eq(count_of(pattern(PATTERN_PREFIX, "fox", 0)), 4);
    ck_assert_uint_eq(count_of(pattern(PATTERN_WILDCARD, "f*s", 0)), 2);
    ck_assert_uint_eq(count_of(pattern(PATTERN_WILDCARD, "fo*x", 0)), 3);
    ck_assert_uint_eq(count_of(pattern(PATTERN_FUZZY, "fix", 1)), 3);
    ck_assert_uint_eq(count_of(pattern(PATTERN_FUZZY, "dag", 1)), 4);
    ck_assert_uint_eq(count_of(pattern(PATTERN_FUZZY, "xyzzy", 2)), 0);
}
END_TEST

START_TEST(slop_lets_words_move)
{
    ck_assert_uint_eq(count_of(phrase("quick fox", 0)), 1);
    ck_assert_uint_eq(count_of(phrase("quick fox", 1)), 3);
    ck_assert_uint_eq(count_of(phrase("fox quick", 1)), 0);
    ck_assert_uint_eq(count_of(phrase("fox quick", 3)), 3);
    ck_assert_uint_eq(count_of(phrase("quick quick", 1)), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("oracle");
    TCase *tests = tcase_create("oracle");
    tcase_add_checked_fixture(tests, read_texts, forget_texts);
    tcase_add_test(tests, a_term_scores_as_in_lucene);
    tcase_add_test(tests, a_bag_scores_as_in_lucene);
    tcase_add_test(tests, a_repeated_word_counts_twice);
    tcase_add_test(tests, required_words_score_as_in_lucene);
    tcase_add_test(tests, a_phrase_scores_as_in_lucene);
    tcase_add_test(tests, a_phrase_and_a_word_score_as_in_lucene);
    tcase_add_test(tests, excluded_words_exclude);
    tcase_add_test(tests, a_pattern_is_one_word);
    tcase_add_test(tests, patterns_match_as_documented);
    tcase_add_test(tests, slop_lets_words_move);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
