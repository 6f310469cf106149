/* suggest_file_test.c - tests common/program/suggest_file.c. */
#include "common/program/suggest_file.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

/* The suggestion for a name in a folder with a few files, without the
 * folder's path. */
static const char *nearest(const char *name, FileFilter *fits)
{
    static Buf out;
    Scratch scratch = scratch_new();
    scratch_write(&scratch, "corpus.jsonl", (Span){0});
    scratch_write(&scratch, "corpus.jsonl.gz", (Span){0});
    scratch_write(&scratch, "notes.txt", (Span){0});
    scratch_write(&scratch, ".quern", (Span){0});
    buf_clear(&out);
    suggest_file(scratch_path(&scratch, name), fits, &out);
    if (out.size) ck_assert(!strncmp(buf_text(&out), scratch.path, 20));
    const char *found = out.size ? buf_text(&out) + strlen(scratch.path) + 1
                                 : "";
    scratch_remove(&scratch);
    return found;
}

START_TEST(a_file_with_a_similar_name_is_suggested)
{
    ck_assert_str_eq(nearest("corpus.json", NULL), "corpus.jsonl");
    ck_assert_str_eq(nearest("note.txt", NULL), "notes.txt");
    ck_assert_str_eq(nearest(".quren", NULL), ".quern");
}
END_TEST

static bool is_packed(const char *path)
{
    return strstr(path, ".gz") != NULL;
}

START_TEST(only_files_that_pass_the_filter_are_suggested)
{
    ck_assert_str_eq(nearest("corpus", is_packed), "corpus.jsonl.gz");
    ck_assert_str_eq(nearest("corpus", NULL), "corpus.jsonl");
}
END_TEST

static bool is_corpus(const char *path)
{
    return strstr(path, "/corpus") != NULL;
}

static bool is_hidden(const char *path)
{
    return strstr(path, "/.") != NULL;
}

START_TEST(the_only_file_that_passes_is_suggested_whatever_its_name)
{
    ck_assert_str_eq(nearest("note.txt", is_packed), "corpus.jsonl.gz");
    ck_assert_str_eq(nearest("elsewhere", is_hidden), ".quern");
    ck_assert_str_eq(nearest("elsewhere", is_corpus), "");
}
END_TEST

START_TEST(nothing_is_suggested_for_a_distant_name)
{
    ck_assert_str_eq(nearest("quern", NULL), "");
    ck_assert_str_eq(nearest("elsewhere/corpus.json", NULL), "");
    ck_assert_str_eq(nearest("something", NULL), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("suggest_file");
    TCase *tests = tcase_create("suggest_file");
    tcase_add_test(tests, a_file_with_a_similar_name_is_suggested);
    tcase_add_test(tests, only_files_that_pass_the_filter_are_suggested);
    tcase_add_test(tests,
                   the_only_file_that_passes_is_suggested_whatever_its_name);
    tcase_add_test(tests, nothing_is_suggested_for_a_distant_name);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
