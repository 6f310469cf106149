/* tree_test.c - tests corpus/tree.c, and what corpus.c makes of folders. */
#include "tests/corpus/corpus_fixture.h"

START_TEST(fields_of_a_folder_need_a_format)
{
    scratch_folder(&scratch, "d");
    options.text_field = "body";
    expect(read_one(scratch_path(&scratch, "d")),
           "error 6 '@/d' is a folder: each of its files is one document, "
           "without fields or columns [read records]\n");
    options.format = CORPUS_JSONL;
    expect(read_one(scratch_path(&scratch, "d")), "");
    options.format = CORPUS_DETECT;
    const char *both[] = {
        scratch_path(&scratch, "d"),
        scratch_write(&scratch, "r.jsonl",
                      span_text("{\"id\":1,\"body\":\"x\"}"))};
    ck_assert_ptr_nonnull(strstr(read_inputs(both, 2), "doc 1||x\n"));
}
END_TEST

START_TEST(folders_are_walked_in_byte_order)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/B");
    scratch_folder(&scratch, "d/.hidden");
    scratch_write(&scratch, "d/.hidden/x", span_text("no"));
    scratch_write(&scratch, "d/.x", span_text("no"));
    scratch_write(&scratch, "d/b", span_text("4"));
    scratch_write(&scratch, "d/a.jsonl",
                  span_text("{\"text\":1}\n{\"text\":\"x\"}\n"));
    scratch_write(&scratch, "d/B/z", span_text("2"));
    scratch_write(&scratch, "d/B/a", span_text(""));
    scratch_write(&scratch, "d/c", span_of("ELF\0\1", 5));
    scratch_write(&scratch, "d/d.pdf", span_text("%PDF-1.4"));
    scratch_write(&scratch, "d/e.xz",
                  span_of("\xfd"
                          "7zXZ\0\0\4",
                          8));
    const char *wanted =
        "detected indexing as plain text, one document per file\n"
        "doc @/d/B/a||\n"
        "doc @/d/B/z||2\n"
        "detected looks like jsonl, but is indexed as one document [read "
        "records]\n"
        "detected indexing JSON as its strings and numbers, one document per "
        "file\n"
        "doc @/d/a.jsonl||1\\nx\\n\n"
        "doc @/d/b||4\n"
        "skip @/d/c:0@0 binary: contains NUL bytes\n"
        "skip @/d/d.pdf:0@0 a PDF, not text; convert it, for instance with "
        "pdftotext\n"
        "skip @/d/e.xz:0@0 compressed by xz, which is not supported (gzip and "
        "zstd are)\n"
        "detected 2 hidden entries were left out [hidden]\n";
    expect(read_one(scratch_path(&scratch, "d")), wanted);
    expect(read_one(scratch_path(&scratch, "d//")), wanted);
}
END_TEST

START_TEST(hidden_entries_are_taken_if_asked_for)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/.hidden");
    scratch_write(&scratch, "d/.hidden/x", span_text("1"));
    scratch_write(&scratch, "d/.x", span_text("2"));
    scratch_write(&scratch, "d/b", span_text("3"));
    options.hidden = true;
    expect(read_one(scratch_path(&scratch, "d")),
           "detected indexing as plain text, one document per file\n"
           "doc @/d/.hidden/x||1\ndoc @/d/.x||2\ndoc @/d/b||3\n");
}
END_TEST

START_TEST(a_refused_folder_is_named_but_not_entered)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/.refused");
    scratch_folder(&scratch, "d/refused");
    scratch_write(&scratch, "d/a", span_text("1"));
    scratch_write(&scratch, "d/refused/x", span_text("no"));
    expect(
        read_one(scratch_path(&scratch, "d")),
        "detected indexing as plain text, one document per file\ndoc @/d/a||1\n"
        "skip @/d/refused:0@0 not for us\n");
    expect(read_one(scratch_path(&scratch, "d/refused")),
           "error 6 '@/d/refused' is not for us, so it cannot be indexed\n");
}
END_TEST

START_TEST(a_forced_format_holds_in_folders_too)
{
    scratch_folder(&scratch, "d");
    scratch_write(&scratch, "d/1.json", span_text("{\"id\":1,\"text\":\"x\"}"));
    scratch_write(&scratch, "d/2.json", span_text("{\"id\":2,\"text\":\"y\"}"));
    options.format = CORPUS_JSONL;
    expect(read_one(scratch_path(&scratch, "d")),
           "detected jsonl: id = id, text = text\ndoc 1||x\ndoc 2||y\n");
}
END_TEST

START_TEST(links_are_not_followed_unless_asked)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "f");
    scratch_write(&scratch, "d/a", span_text("1"));
    scratch_write(&scratch, "f/x", span_text("linked"));
    ck_assert_int_eq(symlink("../f", scratch_path(&scratch, "d/link")), 0);
    ck_assert_int_eq(symlink("gone", scratch_path(&scratch, "d/none")), 0);
    ck_assert_int_eq(symlink("d", scratch_path(&scratch, "e")), 0);
    expect(read_one(scratch_path(&scratch, "d")),
           "detected indexing as plain text, one document per file\n"
           "doc @/d/a||1\n"
           "detected 2 links were not followed [follow]\n");
    ck_assert_ptr_nonnull(
        strstr(read_one(scratch_path(&scratch, "e")), "doc @/e/a||1\n"));
}
END_TEST

START_TEST(a_folder_with_many_paths_is_read_once)
{
    enum { DEPTH = 40 }; /* 2^40 paths lead to the last one */
    char name[32], target[32];
    for (int i = 0; i < DEPTH; i++) {
        snprintf(name, sizeof name, "d%d", i);
        scratch_folder(&scratch, name);
    }
    for (int i = 0; i < DEPTH - 1; i++) {
        snprintf(target, sizeof target, "../d%d", i + 1);
        snprintf(name, sizeof name, "d%d/a", i);
        ck_assert_int_eq(symlink(target, scratch_path(&scratch, name)), 0);
        snprintf(name, sizeof name, "d%d/b", i);
        ck_assert_int_eq(symlink(target, scratch_path(&scratch, name)), 0);
    }
    scratch_write(&scratch, "d39/x", span_text("once"));
    options.follow = true;
    const char *got = read_one(scratch_path(&scratch, "d0"));
    ck_assert_ptr_nonnull(strstr(got, "||once\n"));
    ck_assert_ptr_nonnull(strstr(got, "detected 39 files and folders had been "
                                      "reached before"));
}
END_TEST

START_TEST(patterns_and_sizes_leave_files_out)
{
    static const char *const patterns[] = {"*.log", "!keep.log", "#x"};
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/e");
    scratch_write(&scratch, "d/.ignore", span_text("x.txt\n!.h\n"));
    scratch_write(&scratch, "d/.gitignore", span_text("*"));
    scratch_write(&scratch, "d/.h", span_text("taken back"));
    scratch_write(&scratch, "d/#x", span_text("1"));
    scratch_write(&scratch, "d/a.log", span_text("1"));
    scratch_write(&scratch, "d/e/keep.log", span_text("2"));
    scratch_write(&scratch, "d/e/x.txt", span_text("3"));
    scratch_write(&scratch, "d/y.txt", span_text("4"));
    scratch_write(&scratch, "d/z.txt", span_text("much longer"));
    options.excludes = patterns;
    options.exclude_count = 3;
    options.max_file_bytes = 10;
    const char *start = "detected indexing as plain text, one document per "
                        "file\n";
    Buf wanted = {0};
    buf_printf(&wanted,
               "%sdoc @/d/.h||taken back\ndoc @/d/e/keep.log||2\n"
               "doc @/d/y.txt||4\n"
               "detected 2 hidden entries were left out [hidden]\n"
               "detected 1 file or folder was ignored by .gitignore or "
               ".ignore [no ignore]\n"
               "detected 2 files and folders were excluded\n"
               "detected 1 file was too large [raise max filesize]\n",
               start);
    expect(read_one(scratch_path(&scratch, "d")), buf_text(&wanted));
    options.no_ignore = true;
    ck_assert_ptr_nonnull(
        strstr(read_one(scratch_path(&scratch, "d")), "doc @/d/e/x.txt||3\n"));
    buf_release(&wanted);
}
END_TEST

START_TEST(a_pattern_file_that_cannot_be_read_is_reported)
{
    scratch_folder(&scratch, "d");
    scratch_write(&scratch, "d/a", span_text("1"));
    ck_assert_int_eq(mkfifo(scratch_path(&scratch, "d/.ignore"), 0666), 0);
    expect(read_one(scratch_path(&scratch, "d")),
           "skip @/d/.ignore:0@0 its patterns are not applied: Operation not "
           "supported\n"
           "detected indexing as plain text, one document per file\n"
           "doc @/d/a||1\n"
           "detected 1 hidden entry was left out [hidden]\n");
}
END_TEST

START_TEST(git_patterns_hold_in_a_repository_alone)
{
    scratch_folder(&scratch, "r");
    scratch_folder(&scratch, "r/s");
    scratch_folder(&scratch, "git");
    scratch_folder(&scratch, "git/info");
    scratch_write(&scratch, "r/.gitignore", span_text("a\n"));
    scratch_write(&scratch, "git/info/exclude", span_text("/s/b\n"));
    scratch_write(&scratch, "r/s/a", span_text("1"));
    scratch_write(&scratch, "r/s/b", span_text("2"));
    scratch_write(&scratch, "r/s/c", span_text("3"));
    const char *folder = scratch_path(&scratch, "r/s");
    options.git_excludes = scratch_write(&scratch, "mine", span_text("c"));
    ck_assert_ptr_nonnull(strstr(read_one(folder), "doc @/r/s/a||1\n"));
    scratch_write(&scratch, "r/.git", span_text("gitdir: ../git\n"));
    expect(read_one(folder), "detected 3 files and folders were ignored by "
                             ".gitignore or .ignore [no ignore]\n");
}
END_TEST

START_TEST(a_walk_goes_round_no_loop_and_waits_for_no_pipe)
{
    options.follow = true;
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/e");
    scratch_folder(&scratch, "f");
    scratch_write(&scratch, "f/x", span_text("linked"));
    ck_assert_int_eq(symlink("..", scratch_path(&scratch, "d/e/loop")), 0);
    ck_assert_int_eq(symlink("../f", scratch_path(&scratch, "d/link")), 0);
    ck_assert_int_eq(symlink("gone", scratch_path(&scratch, "d/none")), 0);
    ck_assert_int_eq(mkfifo(scratch_path(&scratch, "d/pipe"), 0666), 0);
    Buf cut = {0};
    pack_gzip(&cut, span_text("text"));
    cut.size -= 3;
    scratch_write(&scratch, "d/z.gz", buf_span(&cut));
    const char *got = read_one(scratch_path(&scratch, "d"));
    const char *wanted =
        "skip @/d/e/loop:0@0 a link back to a folder above it\n"
        "detected indexing as plain text, one document per file\n"
        "doc @/d/link/x||linked\n"
        "skip @/d/none:0@0 a dangling link\n"
        "skip @/d/pipe:0@0 neither a file nor a folder\n"
        "doc @/d/z.gz||text\n"
        "skip @/d/z.gz:0@4 the rest, after 4 bytes of text: truncated "
        "compressed data: the file ends after 21 bytes\n";
    expect(got, wanted);
    buf_release(&cut);
}
END_TEST

START_TEST(unreadable_files_are_skipped_in_folders_and_errors_as_arguments)
{
    scratch_folder(&scratch, "d");
    const char *path = scratch_write(&scratch, "d/a", span_text("x"));
    scratch_folder(&scratch, "d/b");
    scratch_write(&scratch, "d/c", span_text("y"));
    ck_assert_int_eq(chmod(scratch.path, 0755), 0);
    ck_assert_int_eq(chmod(path, 0), 0);
    ck_assert_int_eq(chmod(scratch_path(&scratch, "d/b"), 0), 0);
    uid_t user = geteuid(); /* root reads everything */
    if (user == 0) ck_assert_int_eq(seteuid(65534), 0);
    Buf folder = {0};
    buf_put_text(&folder, read_one(scratch_path(&scratch, "d")));
    const char *argument = read_one(path);
    if (user == 0) ck_assert_int_eq(seteuid(user), 0);
    expect(buf_text(&folder),
           "skip @/d/a:0@0 cannot open: Permission denied\n"
           "skip @/d/b:0@0 Permission denied\n"
           "detected indexing as plain text, one document per file\n"
           "doc @/d/c||y\n");
    expect(argument, "error 2 cannot read '@/d/a': Permission denied\n");
    buf_release(&folder);
    chmod(scratch_path(&scratch, "d/b"), 0755);
}
END_TEST

START_TEST(names_of_files_that_are_not_utf8_stay_as_they_are)
{
    scratch_folder(&scratch, "d");
    scratch_write(&scratch, "d/a\xff", span_text("raw"));
    scratch_write(&scratch, "d/a\\xff", span_text("spelled out"));
    expect(read_one(scratch_path(&scratch, "d")),
           "detected indexing as plain text, one document per file\n"
           "doc @/d/a\\xff||spelled out\n"
           "doc @/d/a\xff||raw\n");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, names_of_files_that_are_not_utf8_stay_as_they_are);
    tcase_add_test(tests, fields_of_a_folder_need_a_format);
    tcase_add_test(tests, folders_are_walked_in_byte_order);
    tcase_add_test(tests, hidden_entries_are_taken_if_asked_for);
    tcase_add_test(tests, a_refused_folder_is_named_but_not_entered);
    tcase_add_test(tests, a_forced_format_holds_in_folders_too);
    tcase_add_test(tests, a_walk_goes_round_no_loop_and_waits_for_no_pipe);
    tcase_add_test(tests, links_are_not_followed_unless_asked);
    tcase_add_test(tests, a_folder_with_many_paths_is_read_once);
    tcase_add_test(tests, patterns_and_sizes_leave_files_out);
    tcase_add_test(tests, a_pattern_file_that_cannot_be_read_is_reported);
    tcase_add_test(tests, git_patterns_hold_in_a_repository_alone);
    tcase_add_test(
        tests, unreadable_files_are_skipped_in_folders_and_errors_as_arguments);
}

int main(void)
{
    return run_corpus_tests("tree", add_tests);
}
