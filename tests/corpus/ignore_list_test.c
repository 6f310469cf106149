/* ignore_list_test.c - tests corpus/ignore_list.c and ignore_glob.c: what
 * gitignore(5) says, sentence by sentence. ignored_files.py compares random
 * patterns with git's own reading.
 */
#include "corpus/ignore_list.h"

#include "corpus/ignore_glob.h"
#include "tests/support/check_main.h"

static IgnoreList list;

static void tear_down(void)
{
    ignore_list_release(&list);
}

static void read_patterns(const char *text)
{
    Error error;
    ignore_list_release(&list);
    ignore_list_add_lines(&list, span_text(text));
    ck_assert_int_eq(ignore_list_check(&list, &error), OK);
}

/* A path that ends with a slash is a folder. */
static IgnoreVerdict verdict_of(const char *path)
{
    Span text = span_text(path);
    bool is_folder = text.data[text.size - 1] == '/';
    text.size -= is_folder;
    return ignore_list_match(&list, text, is_folder);
}

static void expect_left_out(const char *patterns, const char *path)
{
    read_patterns(patterns);
    ck_assert_msg(verdict_of(path) == IGNORE_LEFT_OUT, "'%s' keeps '%s'",
                  patterns, path);
}

static void expect_undecided(const char *patterns, const char *path)
{
    read_patterns(patterns);
    ck_assert_msg(verdict_of(path) == IGNORE_UNDECIDED, "'%s' decides on '%s'",
                  patterns, path);
}

START_TEST(blank_lines_and_comments_match_nothing)
{
    expect_undecided("\n# a\n\n", "a");
    expect_left_out("\\#a", "#a");
    expect_left_out("\xef\xbb\xbf"
                    "a\r\nb",
                    "a");
}
END_TEST

START_TEST(blanks_at_the_end_count_only_after_a_backslash)
{
    expect_left_out("a  ", "a");
    expect_left_out("a\\ ", "a ");
    expect_left_out("a\\  ", "a ");
    expect_undecided("a\\\\ ", "a ");
    expect_left_out("a\\\\ ", "a\\");
    expect_left_out("a b", "a b");
}
END_TEST

START_TEST(the_last_pattern_that_matches_decides)
{
    read_patterns("*.log\n!keep.log\n");
    ck_assert_int_eq(verdict_of("x/a.log"), IGNORE_LEFT_OUT);
    ck_assert_int_eq(verdict_of("x/keep.log"), IGNORE_KEPT);
    ck_assert_int_eq(verdict_of("x/other"), IGNORE_UNDECIDED);
    expect_left_out("!a\na", "a");
    expect_left_out("\\!a", "!a");
}
END_TEST

START_TEST(a_slash_before_the_end_compares_the_whole_path)
{
    expect_left_out("doc/frotz", "doc/frotz");
    expect_undecided("doc/frotz", "a/doc/frotz");
    expect_left_out("/frotz", "frotz");
    expect_undecided("/frotz", "a/frotz");
    expect_left_out("frotz", "a/frotz");
    expect_undecided("frotz//", "frotz/");
}
END_TEST

START_TEST(a_slash_at_the_end_means_folders)
{
    expect_left_out("frotz/", "a/frotz/");
    expect_undecided("frotz/", "a/frotz");
    expect_left_out("doc/frotz/", "doc/frotz/");
    expect_undecided("doc/frotz/", "a/doc/frotz/");
    expect_undecided("/", "a/");
    expect_undecided("!", "a/");
}
END_TEST

START_TEST(stars_and_question_marks_match_no_slash)
{
    expect_left_out("foo/*", "foo/test.json");
    expect_undecided("foo/*", "foo/bar/hello.c");
    expect_left_out("a*b*c", "abxbc");
    expect_undecided("a*b*c", "abxb");
    expect_left_out("a?c", "abc");
    expect_undecided("a?c", "ac");
    expect_undecided("x/a?c", "x/a/c");
    expect_left_out("*", "a");
    expect_left_out("x/*.txt", "x/.txt");
}
END_TEST

START_TEST(sets_have_ranges_classes_and_escapes)
{
    expect_left_out("[a-c]", "b");
    expect_undecided("[!a-c]", "b");
    expect_left_out("[^a-c]", "d");
    expect_left_out("[]a]", "]");
    expect_left_out("[a-]", "-");
    expect_left_out("[\\]]", "]");
    expect_left_out("[[:digit:]x]", "7");
    expect_undecided("[[:digit:]x]", "y");
    expect_left_out("[[:x]", ":");
    expect_undecided("[[:none:]]", "n");
    expect_undecided("[ab", "a");
    expect_undecided("[ab", "[ab");
    expect_undecided("x/[/]", "x//");
    expect_left_out("x[b/c]y/z", "xby/z");
}
END_TEST

START_TEST(a_backslash_takes_the_next_byte_as_it_is)
{
    expect_left_out("\\*", "*");
    expect_undecided("\\*", "a");
    expect_left_out("\\a", "a");
    expect_undecided("a\\", "a");
    expect_undecided("a\\", "a\\");
}
END_TEST

START_TEST(two_stars_are_any_number_of_folders)
{
    expect_left_out("**/foo", "foo");
    expect_left_out("**/foo", "a/b/foo");
    expect_left_out("**/foo/bar", "a/foo/bar");
    expect_undecided("**/foo/bar", "a/foo/b/bar");
    expect_left_out("abc/**", "abc/x/y");
    expect_undecided("abc/**", "abc/");
    expect_left_out("a/**/b", "a/b");
    expect_left_out("a/**/b", "a/x/y/b");
    expect_undecided("a/**/b", "a/xb");
    expect_left_out("a/**/b/**/c", "a/b/x/b/y/c");
    expect_left_out("a/**/*.c", "a/x/y/z.c");
    expect_undecided("a/b**/c", "a/bx/y/c");
    expect_left_out("a/b**/c", "a/bx/c");
}
END_TEST

START_TEST(long_patterns_of_stars_take_no_time)
{
    Buf glob = {0}, path = {0};
    for (int i = 0; i < 2000; i++) buf_put_text(&glob, "*a");
    for (int i = 0; i < 4000; i++) buf_put_byte(&path, 'a');
    buf_put_text(&glob, "b");
    ck_assert(!ignore_glob_matches(buf_span(&glob), buf_span(&path)));
    buf_clear(&glob);
    buf_clear(&path);
    for (int i = 0; i < 1000; i++) buf_put_text(&glob, "**/a/");
    for (int i = 0; i < 2000; i++) buf_put_text(&path, "a/");
    buf_put_text(&glob, "b");
    buf_put_text(&path, "c");
    ck_assert(!ignore_glob_matches(buf_span(&glob), buf_span(&path)));
    buf_release(&glob);
    buf_release(&path);
}
END_TEST

START_TEST(patterns_longer_than_any_path_are_dropped_and_counted)
{
    Buf line = {0};
    for (int i = 0; i <= IGNORE_PATTERN_MAX_BYTES; i++)
        buf_put_byte(&line, '*');
    ignore_list_add_lines(&list, buf_span(&line));
    ck_assert_uint_eq(list.too_long, 1);
    ck_assert(ignore_list_is_empty(&list));
    buf_release(&line);
}
END_TEST

START_TEST(patterns_of_options_are_no_comments)
{
    ignore_list_add(&list, span_text("#a"));
    ck_assert_int_eq(verdict_of("#a"), IGNORE_LEFT_OUT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ignore_list");
    TCase *tests = tcase_create("ignore_list");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, blank_lines_and_comments_match_nothing);
    tcase_add_test(tests, blanks_at_the_end_count_only_after_a_backslash);
    tcase_add_test(tests, the_last_pattern_that_matches_decides);
    tcase_add_test(tests, a_slash_before_the_end_compares_the_whole_path);
    tcase_add_test(tests, a_slash_at_the_end_means_folders);
    tcase_add_test(tests, stars_and_question_marks_match_no_slash);
    tcase_add_test(tests, sets_have_ranges_classes_and_escapes);
    tcase_add_test(tests, a_backslash_takes_the_next_byte_as_it_is);
    tcase_add_test(tests, two_stars_are_any_number_of_folders);
    tcase_add_test(tests, long_patterns_of_stars_take_no_time);
    tcase_add_test(tests,
                   patterns_longer_than_any_path_are_dropped_and_counted);
    tcase_add_test(tests, patterns_of_options_are_no_comments);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
