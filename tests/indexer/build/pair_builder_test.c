/* pair_builder_test.c - the pairs of whole builds, against the words of the
 * documents that went into them. */
#include "common/base/file.h"
#include "common/segment/index.h"
#include "common/segment/pairs/pairs.h"
#include "common/segment/postings/postings_scan.h"
#include "indexer/build/pair_builder.h"
#include "tests/indexer/build/trial_build.h"
#include "tests/support/random.h"

enum { DOCUMENTS = 700, WORDS = 40, MAX_WORDS = 60, GAP = WORDS };

/* The words of a document by position; GAP: none. */
typedef struct Text {
    uint32_t count;
    uint8_t words[MAX_WORDS];
} Text;

static Text texts[DOCUMENTS];

/* Puts words until the text has `count` positions. */
static void put_words(Text *text, Random *random, uint32_t count, Buf *out)
{
    while (text->count < count) {
        size_t word = random_zipf(random, WORDS);
        /* Runs of one word: a = b. */
        size_t times = random_below(random, 8) ? 1 : 3;
        while (times-- && text->count < count) {
            text->words[text->count++] = (uint8_t)word;
            buf_printf(out, "w%zu ", word);
        }
    }
}

/* Documents of no to some dozen words, a third of them with a title; texts of
 * one frequent word and of another are the whole of some. */
static const char *write_texts(uint64_t seed)
{
    Random random = {seed};
    Buf out = {0};
    memset(texts, 0, sizeof texts);
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        Text *text = &texts[d];
        buf_printf(&out, "{\"id\":\"%u\"", d);
        if (d % 3 == 0) {
            buf_put_text(&out, ",\"title\":\"");
            put_words(text, &random, 1 + (uint32_t)random_below(&random, 4),
                      &out);
            text->words[text->count++] = GAP;
            buf_put_text(&out, "\"");
        }
        buf_put_text(&out, ",\"text\":\"");
        put_words(text, &random,
                  text->count + (uint32_t)random_below(&random, 50), &out);
        buf_put_text(&out, "\"}\n");
    }
    const char *path = keep(
        scratch_write(&scratch, "pairs.jsonl", buf_span(&out)));
    buf_release(&out);
    return path;
}

/* How often word b comes right after word a in a document. */
static uint32_t count_pair(const Text *text, size_t a, size_t b)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p + 1 < text->count; p++)
        count += text->words[p] == a && text->words[p + 1] == b;
    return count;
}

static bool find_word(Segment *segment, size_t word, TermRecord *out)
{
    char name[16];
    Error error;
    bool found;
    snprintf(name, sizeof name, "w%zu", word);
    ck_assert_int_eq(
        dictionary_find(segment, span_text(name), out, &found, &error), OK);
    return found;
}

/* The list is that of the documents from `first` on. */
static void check_pair_list(const Segment *segment, const Postings *list,
                            uint32_t first, size_t a, size_t b)
{
    PostingsScan scan;
    uint32_t docid = 0, df = 0, wrong = 0;
    uint64_t total = 0;
    postings_scan_start(&scan, segment, list);
    while (postings_scan_next(&scan)) {
        for (uint32_t i = 0; i < scan.count; i++, docid++) {
            while (docid < scan.docids[i])
                wrong += count_pair(&texts[first + docid++], a, b);
            wrong += scan.tfs[i] != count_pair(&texts[first + docid], a, b);
            wrong += scan.codes[i] !=
                     segment->sections[SECTION_NORMS].data[docid];
            total += scan.tfs[i];
            df++;
        }
    }
    while (docid < segment->document_count)
        wrong += count_pair(&texts[first + docid++], a, b);
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(df, list->df);
    ck_assert_uint_eq(total, list->total_tf);
}

static bool is_anywhere(const Segment *segment, uint32_t first, size_t a,
                        size_t b)
{
    for (uint32_t d = 0; d < segment->document_count; d++) {
        if (count_pair(&texts[first + d], a, b)) return true;
    }
    return false;
}

static void check_pair(Segment *segment, uint32_t first, size_t a, size_t b)
{
    TermRecord x, y;
    Error error;
    Postings list;
    PairPresence presence;
    if (!find_word(segment, a, &x) || !find_word(segment, b, &y)) return;
    Status status = pairs_find(segment, x.number, y.number, &list, &presence,
                               &error);
    ck_assert_msg(status == OK, "%s", error.message);
    uint32_t min_df = segment->pair_min_df;
    if (min_df == 0 || x.df < min_df || y.df < min_df) {
        ck_assert_int_eq(presence, PAIR_UNKNOWN);
    } else if (!is_anywhere(segment, first, a, b)) {
        ck_assert_int_eq(presence, PAIR_ABSENT);
    } else {
        ck_assert_int_eq(presence, PAIR_STORED);
        check_pair_list(segment, &list, first, a, b);
    }
}

static Index *open_index(const char *folder)
{
    Index *index;
    Error error;
    Status status = index_open(folder, &index, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return index;
}

static void check_pairs(const char *folder)
{
    Index *index = open_index(folder);
    uint32_t first = 0;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        Segment *segment = index->segments[i];
        for (size_t a = 0; a < WORDS; a++) {
            for (size_t b = 0; b < WORDS; b++) check_pair(segment, first, a, b);
        }
        first += segment->document_count;
    }
    index_close(index);
}

static BuildOptions pair_options(uint32_t min_df, uint64_t seed)
{
    BuildOptions options = options_for(write_texts(seed), "ix");
    options.analyzer.name = "whitespace";
    options.pairs_min_df = min_df;
    options.replace = true;
    return options;
}

START_TEST(every_two_frequent_words_have_exactly_the_list_of_where_they_adjoin)
{
    static const uint32_t min_dfs[] = {1, 2, 60, 300, PAIRS_AUTO, PAIRS_NONE};
    for (uint64_t seed = 1; seed <= 3; seed++) {
        BuildOptions options = pair_options(min_dfs[_i], seed);
        options.segments = seed == 2 ? 5 : 1;
        build(&options);
        check_index(options.output);
        check_pairs(options.output);
    }
}
END_TEST

static const Segment *first_segment(const Index *index)
{
    return index->segments[0];
}

START_TEST(an_index_without_positions_or_with_pairs_none_has_no_pairs)
{
    for (int i = 0; i < 2; i++) {
        BuildOptions options = pair_options(i ? PAIRS_NONE : 1, 4);
        options.has_positions = i == 1;
        build(&options);
        check_index(options.output);
        Index *index = open_index(options.output);
        const Segment *segment = first_segment(index);
        ck_assert_uint_eq(segment->pair_min_df, 0);
        for (int kind = SECTION_PAIRS; kind <= SECTION_PAIR_CHAMPIONS; kind++)
            ck_assert(!segment_has(segment, (SectionKind)kind));
        index_close(index);
    }
}
END_TEST

START_TEST(no_word_in_enough_documents_means_no_section_of_pairs)
{
    BuildOptions options = pair_options(DOCUMENTS + 1, 5);
    build(&options);
    Index *index = open_index(options.output);
    ck_assert(!segment_has(first_segment(index), SECTION_PAIRS));
    index_close(index);
}
END_TEST

static uint64_t section_bytes(const Segment *segment, SectionKind from,
                              SectionKind to)
{
    uint64_t bytes = 0;
    for (int kind = (int)from; kind <= (int)to; kind++)
        bytes += segment->sections[kind].size;
    return bytes;
}

/* The greatest df of a word below `df`; 0 if there is none. */
static uint32_t next_smaller_df(Segment *segment, uint32_t df)
{
    uint32_t next = 0;
    for (size_t word = 0; word < WORDS; word++) {
        TermRecord record;
        if (find_word(segment, word, &record) && record.df < df &&
            record.df > next) {
            next = record.df;
        }
    }
    return next;
}

/* FORMAT.md, pairs: 15 % of terms ... positions. */
static bool fits(const Segment *segment)
{
    return 100 *
               section_bytes(segment, SECTION_PAIRS, SECTION_PAIR_CHAMPIONS) <=
           15 * section_bytes(segment, SECTION_TERMS, SECTION_POSITIONS);
}

START_TEST(auto_takes_the_smallest_df_whose_pairs_fit_the_budget)
{
    for (uint64_t seed = 10; seed < 14; seed++) {
        BuildOptions options = pair_options(PAIRS_AUTO, seed);
        build(&options);
        Index *index = open_index(options.output);
        ck_assert(fits(first_segment(index)));
        uint32_t smaller = next_smaller_df(index->segments[0],
                                           first_segment(index)->pair_min_df);
        index_close(index);
        ck_assert_uint_gt(smaller, 0);
        options = pair_options(smaller, seed);
        build(&options);
        index = open_index(options.output);
        ck_assert_uint_eq(first_segment(index)->pair_min_df, smaller);
        ck_assert(!fits(first_segment(index)));
        index_close(index);
    }
}
END_TEST

/* As many documents as a sample has with words next to each other, and three
 * times as many of one word each. */
static const char *write_dense_beginning(void)
{
    enum { DENSE = 4096, ALL = 4 * DENSE };
    Random random = {77};
    Buf out = {0};
    for (uint32_t d = 0; d < ALL; d++) {
        buf_printf(&out, "{\"id\":\"%u\",\"text\":\"", d);
        size_t words = d < DENSE ? 20 : 1;
        while (words--) buf_printf(&out, "w%zu ", random_zipf(&random, WORDS));
        buf_put_text(&out, "\"}\n");
    }
    const char *path = keep(
        scratch_write(&scratch, "dense.jsonl", buf_span(&out)));
    buf_release(&out);
    return path;
}

START_TEST(auto_is_exact_where_the_first_documents_are_unlike_the_others)
{
    BuildOptions options = options_for(write_dense_beginning(), "ix");
    options.analyzer.name = "whitespace";
    options.limits = default_limits;
    options.limits.pair_tokens = 0;
    options.replace = true;
    build(&options);
    check_index(options.output);
    Index *index = open_index(options.output);
    ck_assert(fits(first_segment(index)));
    uint32_t smaller = next_smaller_df(index->segments[0],
                                       first_segment(index)->pair_min_df);
    index_close(index);
    ck_assert_uint_gt(smaller, 0);
    options.pairs_min_df = smaller;
    build(&options);
    index = open_index(options.output);
    ck_assert(!fits(first_segment(index)));
    index_close(index);
}
END_TEST

static Suite *pair_builder_suite(void)
{
    Suite *suite = suite_create("pair_builder");
    TCase *tests = tcase_create("pair_builder");
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(
        tests,
        every_two_frequent_words_have_exactly_the_list_of_where_they_adjoin, 0,
        6);
    tcase_add_test(tests,
                   an_index_without_positions_or_with_pairs_none_has_no_pairs);
    tcase_add_test(tests,
                   no_word_in_enough_documents_means_no_section_of_pairs);
    tcase_add_test(tests,
                   auto_takes_the_smallest_df_whose_pairs_fit_the_budget);
    tcase_add_test(
        tests, auto_is_exact_where_the_first_documents_are_unlike_the_others);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return check_main(pair_builder_suite());
}
