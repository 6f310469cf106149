/* id_filter_test.c - tests searcher/search/id_filter.c: which ids match. */
#include "searcher/search/id_filter.h"

#include "indexer/build/build.h"
#include "searcher/search/glob.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

static const char *const IDS[] = {
    "a.md", "notes/a.md",   "notes/2024/b.txt", "./notes/work/2024/c.md",
    "doc7", "/home/x/a.md", "notes/2024.md",    "notes/[x]/\u00fc.md"};

enum { ID_COUNT = sizeof IDS / sizeof *IDS, MOST_GLOBS = 3 };

static Scratch scratch;
static Index *paths;
static Error error;

static void set_up(void)
{
    Buf lines = {0};
    scratch = scratch_new();
    for (size_t i = 0; i < ID_COUNT; i++)
        buf_printf(&lines, "{\"id\":\"%s\",\"text\":\"x\"}\n", IDS[i]);
    const char *source = scratch_write(&scratch, "ids.jsonl", buf_span(&lines));
    BuildOptions options = build_defaults();
    BuildReport report;
    options.output = scratch_path(&scratch, "index");
    options.inputs = &source;
    options.input_count = 1;
    ck_assert_int_eq(index_build(&options, &report, &error), OK);
    ck_assert_int_eq(index_open(options.output, &paths, &error), OK);
    buf_release(&lines);
}

static void tear_down(void)
{
    index_close(paths);
    scratch_remove(&scratch);
}

/* The ids that match, each as a digit: its index in IDS. */
static void expect(const char *const *globs, const char *expected)
{
    IdFilter *filter;
    char fitting[ID_COUNT + 1];
    size_t count = 0, glob_count = 0;
    while (glob_count < MOST_GLOBS && globs[glob_count]) glob_count++;
    ck_assert_int_eq(id_filter_new(paths, globs, glob_count, &filter, &error),
                     OK);
    const uint64_t *bits = id_filter_bits(filter, 0);
    for (size_t i = 0; i < ID_COUNT; i++) {
        if (bits[0] >> i & 1) fitting[count++] = (char)('0' + i);
    }
    fitting[count] = '\0';
    ck_assert_msg(!strcmp(fitting, expected), "'%s': %s, not %s", globs[0],
                  fitting, expected);
    ck_assert_uint_eq(id_filter_count(filter), count);
    id_filter_free(filter);
}

static const struct Example {
    const char *globs[MOST_GLOBS];
    const char *fitting;
} EXAMPLES[] = {
    {{"*.md"}, "013567"},        /* the last component */
    {{"**/*.md"}, "013567"},     /* as others write it */
    {{"a.md"}, "015"},           /* a name */
    {{"2024"}, "23"},            /* everything in a folder of the name */
    {{"2024/"}, "23"},           /* the same */
    {{"notes/2024"}, "2"},       /* several components */
    {{"notes/2024/**"}, "2"},    /* as others write it */
    {{"notes/*/2024"}, "3"},     /* a star is for one component */
    {{"notes*"}, "12367"},       /* a folder's name */
    {{"doc7"}, "4"},             /* an id that is not a path */
    {{"doc7/"}, ""},             /* it is not a folder */
    {{"doc?"}, "4"},             /* one letter */
    {{"[a-b].*"}, "0125"},       /* one of some letters */
    {{"/a.md"}, "0"},            /* at the start of the id */
    {{"./notes/2024"}, "2"},     /* the same */
    {{"./notes"}, "12367"},      /* the id may begin so, too */
    {{"/home/x"}, "5"},          /* an absolute path */
    {{"x/*.md"}, "5"},           /* from any component on */
    {{"\\[x\\]"}, "7"},          /* special characters, escaped */
    {{"\u00fc.md"}, "7"},        /* beyond ASCII */
    {{"A.md"}, ""},              /* case counts */
    {{"a.md", "doc7"}, "0145"},  /* one of them */
    {{"!a.md"}, "23467"},        /* all but these */
    {{"!notes"}, "045"},         /* the same */
    {{"notes/**/c.md"}, "3"},    /* at any depth */
    {{"notes/**/2024.md"}, "6"}, /* depth 0 included */
    {{"**/work/**/c.md"}, "3"},  /* several of them */
    {{"**"}, "01234567"},        /* everything */
    {{"/**/a.md"}, "015"},       /* from the start, at any depth */
    {{"notes/**"}, "12367"},     /* everything in a folder */
    {{"[!a-c].*"}, "7"},         /* any letter except some */
    {{"*??.md"}, "6"},           /* ? is a character, not a byte */
    {{"?.md"}, "01357"},         /* one letter, beyond ASCII */
    {{"*.md", "!2024"}, "01567"} /* some of them */,
    {{"!2024", "*.md"}, "01567"} /* in any order */,
};

START_TEST(globs_match_components_of_ids)
{
    expect(EXAMPLES[_i].globs, EXAMPLES[_i].fitting);
}
END_TEST

/* With backtracking at every star this would take centuries. */
START_TEST(matching_takes_at_most_the_product_of_the_lengths)
{
    char id[4096], glob[512];
    memset(id, 'a', sizeof id);
    for (size_t i = 1; i < sizeof id; i += 2) id[i] = '/';
    for (size_t i = 0; i < sizeof glob - 1; i++) glob[i] = "a*"[i % 2];
    strcpy(glob + sizeof glob - 2, "b");
    Arena arena = {0};
    Glob parsed;
    ck_assert(glob_read(glob, &arena, &parsed));
    memset(id, 'a', sizeof id);
    ck_assert(!glob_fits(&parsed, span_of(id, sizeof id)));
    for (size_t i = 0; i < sizeof id; i++) id[i] = "a/"[i % 2];
    for (size_t i = 0; i < sizeof glob - 1; i++) glob[i] = "**/a/"[i % 5];
    strcpy(glob + sizeof glob - 3, "/b");
    ck_assert(glob_read(glob, &arena, &parsed));
    ck_assert(!glob_fits(&parsed, span_of(id, sizeof id)));
    arena_release(&arena);
}
END_TEST

START_TEST(an_empty_glob_is_refused)
{
    static const char *const nothing[] = {"", "!", "/", "./", "!**/"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        IdFilter *filter;
        ck_assert_int_eq(id_filter_new(paths, nothing + i, 1, &filter, &error),
                         ERR_USAGE);
        ck_assert_ptr_null(filter);
        ck_assert_ptr_nonnull(strstr(error.message, "matches no id"));
    }
}
END_TEST

START_TEST(without_globs_there_is_no_filter)
{
    IdFilter *filter;
    ck_assert_int_eq(id_filter_new(paths, NULL, 0, &filter, &error), OK);
    ck_assert_ptr_null(filter);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("id_filter");
    TCase *tests = tcase_create("id_filter");
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, globs_match_components_of_ids, 0,
                        sizeof EXAMPLES / sizeof *EXAMPLES);
    tcase_add_test(tests, matching_takes_at_most_the_product_of_the_lengths);
    tcase_add_test(tests, an_empty_glob_is_refused);
    tcase_add_test(tests, without_globs_there_is_no_filter);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
