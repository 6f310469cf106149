/* path_set_test.c - tests corpus/path_set.c and corpus/input_overlap.c. */
#include "corpus/path_set.h"

#include "corpus/input_overlap.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <unistd.h>

enum { PATHS = 5000 };

START_TEST(each_path_is_new_once)
{
    PathSet set = {0};
    Error error;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < PATHS; i++) {
            char path[32];
            bool is_new;
            snprintf(path, sizeof path, "/a/%d", i);
            ck_assert_int_eq(
                path_set_add(&set, span_text(path), &is_new, &error), OK);
            ck_assert(is_new == (round == 0));
        }
    }
    ck_assert_uint_eq(set.count, PATHS);
    path_set_release(&set);
}
END_TEST

static Scratch scratch;

static bool overlap(const char *const *names, size_t count)
{
    RealPaths paths = {0};
    for (size_t i = 0; i < count; i++)
        real_paths_add(&paths, scratch_path(&scratch, names[i]),
                       !strcmp(names[i], "l"));
    ck_assert_int_eq(paths.arena.status, OK);
    bool result = real_paths_overlap(&paths);
    real_paths_release(&paths);
    return result;
}

START_TEST(inputs_overlap_by_their_real_paths)
{
    scratch = scratch_new();
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/e");
    scratch_folder(&scratch, "d-f");
    scratch_write(&scratch, "d/a", span_text("1"));
    scratch_write(&scratch, "d/b", span_text("1"));
    scratch_write(&scratch, "d-f/a", span_text("1"));
    ck_assert_int_eq(symlink("d/e/../a", scratch_path(&scratch, "l")), 0);
    ck_assert(!overlap((const char *[]){"d/a", "d/b", "d-f/a", "d/e"}, 4));
    ck_assert(!overlap((const char *[]){"d", "d-f"}, 2));
    ck_assert(overlap((const char *[]){"d", "d-f", "d/a"}, 3));
    ck_assert(overlap((const char *[]){"d/e", "d-f", "d//e/."}, 3));
    ck_assert(overlap((const char *[]){"l", "d/b", "d/a"}, 3));
    ck_assert(overlap((const char *[]){"l", "d/e/.."}, 2));
    ck_assert(!overlap((const char *[]){"l", "d/b"}, 2));
    ck_assert(overlap((const char *[]){"d-f/a", "../../../../../.."}, 2));
    scratch_remove(&scratch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("path_set");
    TCase *tests = tcase_create("path_set");
    tcase_add_test(tests, each_path_is_new_once);
    tcase_add_test(tests, inputs_overlap_by_their_real_paths);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
