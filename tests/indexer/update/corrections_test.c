/* corrections_test.c - both ways to correct the counts of a segment find the
 * same. */
#include "indexer/update/corrections.h"

#include "tests/indexer/build/trial_build.h"
#include "tests/oracle/random_corpus.h"

#include <stdlib.h>

typedef struct Trial {
    Arena arena;
    RandomCorpus corpus;
    BuildOptions options;
    Index *index;
    uint64_t *bits;
    SegmentRemovals removed;
} Trial;

static void build_corpus(Trial *trial)
{
    Build *build;
    BuildReport report;
    Error error;
    ck_assert_int_eq(build_new(&trial->options, &build, &error), OK);
    for (size_t i = 0; i < trial->corpus.document_count; i++) {
        char id[24];
        snprintf(id, sizeof id, "%zu", i);
        Document document = {.id = span_text(id),
                             .title = trial->corpus.documents[i].title,
                             .text = trial->corpus.documents[i].text};
        ck_assert_int_eq(build_add(build, &document, &error), OK);
    }
    ck_assert_int_eq(build_finish(build, &report, &error), OK);
    build_free(build);
    ck_assert_int_eq(index_open(trial->options.output, &trial->index, &error),
                     OK);
}

static void trial_init(Trial *trial, int seed)
{
    static const char *const analyzers[] = {"default", "english", "default",
                                            "whitespace"};
    Random random = {(uint64_t)seed};
    *trial = (Trial){.options = options_for(NULL, "ix")};
    trial->corpus = random_corpus(&random, &trial->arena);
    trial->options.analyzer.name = analyzers[seed % 4];
    trial->options.has_positions = seed % 3 > 0;
    trial->options.pairs_min_df = (uint32_t)seed % 5;
    build_corpus(trial);
    uint32_t count = trial->index->segments[0]->document_count;
    trial->bits = calloc(count / 64 + 1, sizeof *trial->bits);
    trial->removed.bits = trial->bits;
    for (uint32_t d = 0; d < count; d++) {
        if (!random_chance(&random, 0.2)) continue;
        trial->bits[d / 64] |= UINT64_C(1) << (d % 64);
        trial->removed.count++;
    }
}

static void trial_release(Trial *trial)
{
    free(trial->bits);
    index_close(trial->index);
    arena_release(&trial->arena);
}

static CorrectionJob job_of(const Trial *trial)
{
    return (CorrectionJob){.segment = trial->index->segments[0],
                           .removed = &trial->removed,
                           .analyzer = trial->index->analyzer,
                           .analyzer_agrees = true};
}

START_TEST(text_and_lists_give_the_same_corrections)
{
    Trial trial;
    Corrections text = {0}, lists = {0};
    Error error;
    bool agrees;
    trial_init(&trial, _i);
    CorrectionJob job = job_of(&trial);
    ck_assert_int_eq(correct_by_text(&job, &text, &agrees, &error), OK);
    ck_assert(agrees);
    Status status = correct_by_lists(&job, &lists, &error);
    if (status == ERR_UNSUPPORTED) { /* shared positions, none stored */
        ck_assert(!trial.options.has_positions);
    } else {
        ck_assert_msg(status == OK, "%s", error.message);
        ck_assert_uint_eq(text.tokens, lists.tokens);
        ck_assert_uint_eq(text.nonempty, lists.nonempty);
        ck_assert(span_equal(buf_span(&text.terms), buf_span(&lists.terms)));
        ck_assert(span_equal(buf_span(&text.pairs), buf_span(&lists.pairs)));
    }
    corrections_release(&text);
    corrections_release(&lists);
    trial_release(&trial);
}
END_TEST

/* The index has other words than this analyzer makes of the text. */
START_TEST(text_is_not_believed_where_the_lists_contradict_it)
{
    Trial trial;
    Corrections text = {0}, lists = {0};
    Error error;
    bool agrees;
    Analyzer *other;
    AnalyzerOptions options = {.name = "whitespace", .no_fold = true};
    trial_init(&trial, 1);
    ck_assert_int_eq(analyzer_new(&options, &other, &error), OK);
    CorrectionJob job = job_of(&trial);
    job.analyzer = other;
    ck_assert_int_eq(correct_by_text(&job, &text, &agrees, &error), OK);
    ck_assert(!agrees);
    ck_assert_int_eq(corrections_find(&job, &lists, &error), OK);
    ck_assert_uint_gt(lists.tokens, 0);
    corrections_release(&text);
    corrections_release(&lists);
    analyzer_free(other);
    trial_release(&trial);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("corrections");
    tcase_add_checked_fixture(cases, make_scratch, remove_scratch);
    tcase_add_loop_test(cases, text_and_lists_give_the_same_corrections, 0, 24);
    tcase_add_test(cases, text_is_not_believed_where_the_lists_contradict_it);
    Suite *suite = suite_create("corrections");
    suite_add_tcase(suite, cases);
    return check_main(suite);
}
