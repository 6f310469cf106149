/* query_builder_test.c - tests searcher/query/query_builder.c. */
#include "searcher/query/query_builder.h"

#include "searcher/query/query_limits.h"
#include "tests/oracle/random_query.h"
#include "tests/searcher/query/query_fixture.h"
#include "tests/support/check_main.h"

static QueryFixture parsed;
static Arena arena;
static QueryBuilder builder;
static Query built;
static Buf line;
static Error error;

static void set_up(void)
{
    fixture_open(&parsed, "default");
    arena_reset(&arena);
    query_builder_start(&builder, &arena);
}

static void tear_down(void)
{
    fixture_close(&parsed);
    arena_release(&arena);
    buf_release(&line);
}

static BuilderNode *term(const char *text)
{
    return query_builder_term(&builder, FIELD_ANY, span_text(text));
}

/* The built query as a line, as fixture_parse gives it. */
static const char *finish(BuilderNode *root, uint32_t min_match)
{
    ck_assert_msg(
        query_builder_finish(&builder, root, min_match, &built, &error) == OK,
        "%s", error.message);
    buf_clear(&line);
    query_format(&built, &line);
    if (built.root->kind == QUERY_BOOLEAN && built.root->min_match)
        buf_printf(&line, " --min-match %u", built.root->min_match);
    return buf_text(&line);
}

/* Finishing fails with this status and message, and matches nothing. */
static void fails(BuilderNode *root, Status status, const char *message)
{
    ck_assert_int_eq(query_builder_finish(&builder, root, 0, &built, &error),
                     status);
    ck_assert_msg(strstr(error.message, message) != NULL, "%s", error.message);
    ck_assert_int_eq(built.root->kind, QUERY_NOTHING);
    query_builder_start(&builder, &arena);
}

static bool has_note(const char *text)
{
    for (const QueryNote *note = built.notes; note; note = note->next)
        if (!strcmp(note->text, text)) return true;
    return false;
}

/* --- constructed as parsed --- */

/* False if a leaf cannot be constructed: a phrase that ends in a prefix. */
static bool is_constructible(const QueryNode *raw)
{
    for (size_t i = 0; i < raw->word_count; i++)
        if (raw->words[i].is_pattern) return false;
    for (size_t i = 0; i < raw->clause_count; i++)
        if (!is_constructible(raw->clauses[i].node)) return false;
    return true;
}

static BuilderNode *construct(const QueryNode *raw);

static BuilderNode *construct_node(const QueryNode *raw)
{
    BuilderNode *node = NULL;
    switch (raw->kind) {
    case QUERY_NOTHING: break;
    case QUERY_TERM: return query_builder_term(&builder, raw->field, raw->term);
    case QUERY_EXPANSION:
        return query_builder_pattern(&builder, raw->field, raw->pattern,
                                     raw->term, raw->edits);
    case QUERY_PHRASE:
        node = query_builder_phrase(&builder, raw->field, raw->word_count,
                                    raw->slop);
        for (size_t i = 0; i < raw->word_count; i++)
            query_builder_word(node, i, raw->words[i].term,
                               raw->words[i].position);
        break;
    case QUERY_BOOLEAN:
        node = query_builder_group(&builder);
        for (size_t i = 0; i < raw->clause_count; i++)
            query_builder_add(node, raw->clauses[i].occur,
                              construct(raw->clauses[i].node));
        break;
    }
    return node;
}

/* The same raw tree; a leaf with a boost of 1 has no boost. */
static BuilderNode *construct(const QueryNode *raw)
{
    BuilderNode *node = construct_node(raw);
    bool boosts = raw->boost > 0 &&
                  (raw->kind == QUERY_BOOLEAN || raw->boost != 1);
    if (boosts) query_builder_boost(node, raw->boost);
    return node;
}

/* The raw tree that the parser reads is constructed node by node. */
static bool construct_text(Span text, const ParseOptions *options)
{
    Arena raw_arena = {0};
    QueryNode *raw;
    ParseState state = {.arena = &raw_arena, .notes.arena = &raw_arena};
    ck_assert_int_eq(
        query_parse_part(parsed.parser, text, options, &state, &raw, &error),
        OK);
    bool constructible = !raw || is_constructible(raw);
    if (constructible) {
        arena_reset(&arena);
        query_builder_start(&builder, &arena);
        finish(raw ? construct(raw) : NULL, options->min_match);
    }
    arena_release(&raw_arena);
    return constructible;
}

START_TEST(a_constructed_query_is_simplified_as_a_parsed_one)
{
    enum { QUERIES = 4000 };
    Random random = {1};
    Arena memory = {0};
    RandomCorpus corpus = random_corpus(&random, &memory);
    Buf text = {0};
    size_t compared = 0;
    for (int i = 0; i < QUERIES; i++) {
        ParseOptions options;
        random_query(&random, &corpus, &text, &options);
        if (!construct_text(buf_span(&text), &options)) continue;
        const char *expected = fixture_parse_span(&parsed, buf_span(&text),
                                                  &options);
        ck_assert_msg(!strcmp(buf_text(&line), expected), "%s: %s, not %s",
                      buf_text(&text), buf_text(&line), expected);
        compared++;
    }
    ck_assert_uint_gt(compared, QUERIES / 2);
    buf_release(&text);
    arena_release(&memory);
}
END_TEST

START_TEST(a_root_of_one_leaf_is_that_leaf)
{
    ck_assert_str_eq(finish(term("baba"), 0), "baba");
    query_builder_start(&builder, &arena);
    ck_assert_str_eq(finish(term("baba"), 3), "baba");
}
END_TEST

START_TEST(a_root_that_only_excludes_has_no_hits)
{
    BuilderNode *group = query_builder_group(&builder);
    query_builder_add(group, OCCUR_NOT, term("baba"));
    query_builder_add(group, OCCUR_NOT, term("giba"));
    ck_assert_str_eq(finish(group, 0), "()");
    ck_assert(has_note("query has only excluded words: no hits"));
}
END_TEST

START_TEST(empty_groups_add_nothing)
{
    BuilderNode *root = query_builder_group(&builder);
    BuilderNode *empty = query_builder_group(&builder);
    query_builder_add(empty, OCCUR_SHOULD, query_builder_group(&builder));
    query_builder_add(root, OCCUR_MUST, empty);
    query_builder_add(root, OCCUR_NOT, query_builder_group(&builder));
    query_builder_add(root, OCCUR_SHOULD, term("baba"));
    query_builder_add(root, OCCUR_MUST, NULL);
    ck_assert_str_eq(finish(root, 0), "baba");

    query_builder_start(&builder, &arena);
    ck_assert_str_eq(finish(query_builder_group(&builder), 0), "()");
    ck_assert(has_note("query has no words: no hits"));
    query_builder_start(&builder, &arena);
    ck_assert_str_eq(finish(NULL, 2), "()");
    ck_assert(has_note("query has no words: no hits"));
}
END_TEST

START_TEST(a_minimum_match_is_of_the_roots_alternatives)
{
    BuilderNode *root = query_builder_group(&builder);
    query_builder_add(root, OCCUR_SHOULD, term("a1"));
    query_builder_add(root, OCCUR_SHOULD, term("b1"));
    query_builder_add(root, OCCUR_SHOULD, term("c1"));
    ck_assert_str_eq(finish(root, 2), "a1 b1 c1 --min-match 2");

    query_builder_start(&builder, &arena);
    root = query_builder_group(&builder);
    query_builder_add(root, OCCUR_SHOULD, term("a1"));
    query_builder_add(root, OCCUR_SHOULD, term("b1"));
    ck_assert_str_eq(finish(root, 2), "+a1 +b1");
}
END_TEST

/* As the parser: the group of the query itself and 100 in it. */
static BuilderNode *nested(size_t depth)
{
    BuilderNode *inner = query_builder_group(&builder);
    query_builder_add(inner, OCCUR_SHOULD, term("a1"));
    query_builder_add(inner, OCCUR_MUST, term("b1"));
    for (size_t i = 0; i < depth; i++) {
        BuilderNode *outer = query_builder_group(&builder);
        query_builder_add(outer, OCCUR_MUST, inner);
        query_builder_add(outer, OCCUR_SHOULD, term("c1"));
        inner = outer;
    }
    return inner;
}

START_TEST(groups_are_at_most_a_hundred_deep)
{
    finish(nested(QUERY_MAX_DEPTH), 0);
    query_builder_start(&builder, &arena);
    fails(nested(QUERY_MAX_DEPTH + 1), ERR_LIMIT, "more than 100 deep");
}
END_TEST

START_TEST(depth_is_counted_from_the_top_too)
{
    BuilderNode *root = query_builder_group(&builder), *group = root;
    for (int i = 0; i <= QUERY_MAX_DEPTH; i++) {
        BuilderNode *next = query_builder_group(&builder);
        query_builder_add(group, OCCUR_SHOULD, next);
        group = next;
    }
    query_builder_add(group, OCCUR_SHOULD, term("a1"));
    fails(root, ERR_LIMIT, "more than 100 deep");
}
END_TEST

START_TEST(a_query_has_at_most_65536_words)
{
    BuilderNode *root = query_builder_group(&builder);
    for (int i = 0; i < QUERY_MAX_WORDS; i++)
        query_builder_add(root, OCCUR_SHOULD, term("a1"));
    ck_assert_str_eq(finish(root, 0), "a1^65536");
    query_builder_start(&builder, &arena);
    for (int i = 0; i < QUERY_MAX_WORDS; i++) term("a1");
    fails(term("a1"), ERR_LIMIT, "more than 65536 words");
}
END_TEST

START_TEST(a_query_has_at_most_1024_patterns)
{
    for (int i = 0; i <= QUERY_MAX_PATTERNS; i++)
        query_builder_pattern(&builder, FIELD_ANY, PATTERN_PREFIX,
                              span_text("ab"), 0);
    fails(NULL, ERR_LIMIT, "more than 1024 patterns");
}
END_TEST

START_TEST(a_phrase_has_at_most_1024_terms_and_64_with_slop)
{
    ck_assert_ptr_nonnull(
        query_builder_phrase(&builder, FIELD_ANY, QUERY_MAX_PHRASE, 0));
    ck_assert_ptr_nonnull(
        query_builder_phrase(&builder, FIELD_ANY, QUERY_MAX_SLOPPY, 1));
    query_builder_phrase(&builder, FIELD_ANY, QUERY_MAX_SLOPPY + 1, 1);
    fails(NULL, ERR_LIMIT, "the phrase with slop has more than 64 terms");
    query_builder_phrase(&builder, FIELD_ANY, QUERY_MAX_PHRASE + 1, 0);
    fails(NULL, ERR_LIMIT, "the phrase has more than 1024 terms");
    query_builder_phrase(&builder, FIELD_ANY, 2, QUERY_MAX_SLOP + 1);
    fails(NULL, ERR_LIMIT, "a slop of 1000000");
    query_builder_phrase(&builder, FIELD_ANY, 0, 0);
    fails(NULL, ERR_USAGE, "no terms");
}
END_TEST

START_TEST(positions_of_a_phrase_ascend_and_start_at_its_first_word)
{
    BuilderNode *phrase = query_builder_phrase(&builder, FIELD_TITLE, 3, 2);
    query_builder_word(phrase, 0, span_text("a1"), UINT32_MAX - 4);
    query_builder_word(phrase, 1, span_text("b1"), UINT32_MAX - 2);
    query_builder_word(phrase, 2, span_text("c1"), UINT32_MAX - 1);
    ck_assert_str_eq(finish(phrase, 0), "title:\"a1 _ b1 c1\"~2");
    query_builder_start(&builder, &arena);
    phrase = query_builder_phrase(&builder, FIELD_ANY, 2, 0);
    query_builder_word(phrase, 0, span_text("a1"), 3);
    query_builder_word(phrase, 1, span_text("b1"), 3);
    fails(phrase, ERR_USAGE, "do not ascend");
    phrase = query_builder_phrase(&builder, FIELD_ANY, 2, 0);
    query_builder_word(phrase, 0, span_text("a1"), 0);
    query_builder_word(phrase, 1, span_text("b1"), UINT32_MAX);
    fails(phrase, ERR_LIMIT, "more than 65536 apart");
}
END_TEST

START_TEST(invalid_terms_and_patterns_are_refused)
{
    static const struct {
        QueryPattern kind;
        const char *pattern;
        uint32_t edits;
        const char *message;
    } bad[] = {{PATTERN_PREFIX, "", 0, "empty"},
               {PATTERN_PREFIX, "a\xff", 0, "not valid UTF-8"},
               {PATTERN_PREFIX, "ab", 1, "only a fuzzy pattern has edits"},
               {PATTERN_WILDCARD, "*ab", 0, "begins with a star"},
               {PATTERN_FUZZY, "ab", 0, "0 edits"},
               {PATTERN_FUZZY, "ab", 3, "3 edits"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        query_builder_pattern(&builder, FIELD_ANY, bad[i].kind,
                              span_text(bad[i].pattern), bad[i].edits);
        fails(NULL, ERR_USAGE, bad[i].message);
    }
    term("");
    fails(NULL, ERR_USAGE, "the term is empty");
    term("\xc0");
    fails(NULL, ERR_USAGE, "the term is not valid UTF-8");
}
END_TEST

START_TEST(a_node_is_in_one_place_of_one_query)
{
    Arena memory = {0};
    QueryBuilder other;
    query_builder_start(&other, &memory);
    BuilderNode *a = query_builder_group(&builder);
    BuilderNode *b = query_builder_group(&builder);
    BuilderNode *leaf = term("a1");
    query_builder_add(a, OCCUR_MUST, leaf);
    query_builder_add(b, OCCUR_MUST, leaf);
    fails(b, ERR_USAGE, "added to two groups");

    a = query_builder_group(&builder);
    b = query_builder_group(&builder);
    query_builder_add(a, OCCUR_MUST, b);
    query_builder_add(b, OCCUR_MUST, a);
    fails(a, ERR_USAGE, "a group was added to itself");

    a = query_builder_group(&builder);
    query_builder_add(a, OCCUR_MUST, b = query_builder_group(&builder));
    fails(b, ERR_USAGE, "part of a group");

    a = query_builder_group(&builder);
    query_builder_add(a, OCCUR_MUST,
                      query_builder_term(&other, FIELD_ANY, span_text("a")));
    fails(a, ERR_USAGE, "another query");
    query_builder_add(term("a1"), OCCUR_MUST, term("b1"));
    fails(NULL, ERR_USAGE, "to a group only");
    fails(query_builder_group(&other), ERR_USAGE, "part of another query");
    arena_release(&memory);
}
END_TEST

START_TEST(boosts_are_above_zero_and_finite)
{
    static const float bad[] = {0.0F, -1.0F, NAN, INFINITY, 1e7F};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        query_builder_boost(term("a1"), bad[i]);
        fails(NULL, ERR_USAGE, "boost");
    }
    BuilderNode *leaf = term("a1");
    query_builder_boost(leaf, 2);
    query_builder_boost(leaf, 3);
    ck_assert_str_eq(finish(leaf, 0), "a1^6");
}
END_TEST

/* A product of 0 would mean that the group has no boost, and a weight of 1. */
START_TEST(tiny_boosts_of_groups_inside_groups_stay_boosts)
{
    BuilderNode *root = query_builder_group(&builder);
    BuilderNode *group = query_builder_group(&builder);
    query_builder_add(group, OCCUR_SHOULD, term("a1"));
    query_builder_add(group, OCCUR_SHOULD, term("b1"));
    query_builder_boost(group, 1e-30F);
    query_builder_add(root, OCCUR_SHOULD, group);
    query_builder_boost(root, 1e-30F);
    ck_assert_str_eq(finish(root, 0), "a1^0.000001 b1^0.000001");
}
END_TEST

START_TEST(texts_are_analyzed_and_share_the_limits)
{
    BuilderNode *root = query_builder_group(&builder);
    query_builder_add(root, OCCUR_MUST,
                      query_builder_quoted(&builder, parsed.parser, FIELD_TITLE,
                                           span_text("The Fox"), 1));
    query_builder_add(root, OCCUR_SHOULD,
                      query_builder_parsed(&builder, parsed.parser,
                                           span_text("quick -Lazy OR b*"),
                                           &(ParseOptions){0}));
    query_builder_add(root, OCCUR_NOT,
                      query_builder_quoted(&builder, parsed.parser, FIELD_ANY,
                                           span_text("..."), 0));
    ck_assert_str_eq(finish(root, 0), "+title:\"the fox\"~1 quick (-lazy b*)");
    ck_assert(has_note("...: contains no word, dropped"));
}
END_TEST

START_TEST(a_finished_query_takes_no_more_nodes)
{
    finish(term("a1"), 0);
    term("b1");
    fails(NULL, ERR_USAGE, "clear it");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("query_builder");
    TCase *tests = tcase_create("query_builder");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_constructed_query_is_simplified_as_a_parsed_one);
    tcase_add_test(tests, a_root_of_one_leaf_is_that_leaf);
    tcase_add_test(tests, a_root_that_only_excludes_has_no_hits);
    tcase_add_test(tests, empty_groups_add_nothing);
    tcase_add_test(tests, a_minimum_match_is_of_the_roots_alternatives);
    tcase_add_test(tests, groups_are_at_most_a_hundred_deep);
    tcase_add_test(tests, depth_is_counted_from_the_top_too);
    tcase_add_test(tests, a_query_has_at_most_65536_words);
    tcase_add_test(tests, a_query_has_at_most_1024_patterns);
    tcase_add_test(tests, a_phrase_has_at_most_1024_terms_and_64_with_slop);
    tcase_add_test(tests,
                   positions_of_a_phrase_ascend_and_start_at_its_first_word);
    tcase_add_test(tests, invalid_terms_and_patterns_are_refused);
    tcase_add_test(tests, a_node_is_in_one_place_of_one_query);
    tcase_add_test(tests, boosts_are_above_zero_and_finite);
    tcase_add_test(tests, tiny_boosts_of_groups_inside_groups_stay_boosts);
    tcase_add_test(tests, texts_are_analyzed_and_share_the_limits);
    tcase_add_test(tests, a_finished_query_takes_no_more_nodes);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
