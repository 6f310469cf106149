/* index_folder_test.c - tests claims on the folder of an index. */
#include "indexer/build/build.h"
#include "indexer/build/index_folder.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>

static Scratch scratch;

static void make_scratch(void)
{
    scratch = scratch_new();
}

static void remove_scratch(void)
{
    scratch_remove(&scratch);
}

static Status claim(const char *path, IndexFolder *folder)
{
    Error error;
    return index_folder_claim(path, (ClaimOptions){0}, folder, &error);
}

START_TEST(a_released_folder_can_be_claimed_while_a_forked_process_lives)
{
    char path[256];
    IndexFolder folder;
    int pipes[2];
    snprintf(path, sizeof path, "%s", scratch_folder(&scratch, "ix"));
    ck_assert_int_eq(pipe(pipes), 0);
    ck_assert_int_eq(claim(path, &folder), OK);
    pid_t child = fork();
    if (child == 0) { /* has the descriptor of the lock, too */
        char byte;
        close(pipes[1]);
        _exit(read(pipes[0], &byte, 1) != 0);
    }
    index_folder_release(&folder);
    ck_assert_int_eq(claim(path, &folder), OK);
    index_folder_release(&folder);
    close(pipes[1]);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}
END_TEST

/* What a writer that was killed leaves, and what is not a file of ours. */
START_TEST(a_claim_sweeps_files_that_no_manifest_lists)
{
    static const char *const swept[] = {"0123456789abcdef.segment",
                                        "0123456789abcdef.removed",
                                        "0123456789abcdef.contents",
                                        "0123456789abcdef.history",
                                        "removed.tmp",
                                        "contents.tmp",
                                        "history.tmp",
                                        "segment.tmp",
                                        "unpublished.tmp"};
    char path[512], index[256];
    IndexFolder folder;
    Error error;
    BuildOptions options = build_defaults();
    BuildReport report;
    const char *input = scratch_write(
        &scratch, "a.jsonl", span_text("{\"id\":\"a\",\"text\":\"one\"}\n"));
    snprintf(index, sizeof index, "%s", scratch_path(&scratch, "ix"));
    options.inputs = &input;
    options.input_count = 1;
    options.output = index;
    ck_assert_int_eq(index_build(&options, &report, &error), OK);
    for (size_t i = 0; i < sizeof swept / sizeof *swept; i++) {
        snprintf(path, sizeof path, "ix/%s", swept[i]);
        scratch_write(&scratch, path, span_text("left"));
    }
    ClaimOptions change = {.change = true};
    ck_assert_int_eq(index_folder_claim(index, change, &folder, &error), OK);
    ck_assert(folder.has_index);
    index_folder_release(&folder);
    for (size_t i = 0; i < sizeof swept / sizeof *swept; i++) {
        snprintf(path, sizeof path, "%s/%s", index, swept[i]);
        ck_assert_int_ne(access(path, F_OK), 0);
    }
    /* A user's file may have a similar name. */
    scratch_write(&scratch, "ix/0123456789abcdef.other", span_text("mine"));
    ck_assert_int_eq(index_folder_claim(index, change, &folder, &error),
                     ERR_CONFLICT);
}
END_TEST

/* A writer that was killed before there was an index must not be in the way of
 * the next one; segments whose MANIFEST is lost stay. */
START_TEST(what_a_killed_first_writer_left_is_removed)
{
    char path[256];
    IndexFolder folder;
    Error error;
    ClaimOptions change = {.change = true}, create = {0};
    snprintf(path, sizeof path, "%s", scratch_folder(&scratch, "ix"));
    const char *left = scratch_write(&scratch, "ix/0123456789abcdef.segment",
                                     span_text("data"));
    ck_assert_int_eq(index_folder_claim(path, change, &folder, &error),
                     ERR_CONFLICT);
    ck_assert_int_eq(access(left, F_OK), 0);
    for (int i = 0; i < 2; i++) {
        scratch_write(&scratch, "ix/0123456789abcdef.segment",
                      span_text("data"));
        const char *mark = scratch_write(&scratch, "ix/unpublished.tmp",
                                         span_text(""));
        ck_assert_int_eq(
            index_folder_claim(path, i ? create : change, &folder, &error), OK);
        ck_assert_int_ne(access(left, F_OK), 0);
        ck_assert_int_eq(access(mark, F_OK), 0);
        index_folder_abandon(&folder);
        ck_assert_int_ne(access(mark, F_OK), 0);
        index_folder_release(&folder);
    }
}
END_TEST

START_TEST(a_damaged_index_is_replaced_but_not_changed)
{
    char path[256];
    IndexFolder folder;
    Error error;
    snprintf(path, sizeof path, "%s", scratch_folder(&scratch, "ix"));
    scratch_write(&scratch, "ix/MANIFEST", span_text("quern 2\nbroken\n"));
    scratch_write(&scratch, "ix/0123456789abcdef.segment", span_text("data"));
    ClaimOptions change = {.change = true}, replace = {.replace = true};
    ck_assert_int_eq(index_folder_claim(path, change, &folder, &error),
                     ERR_CORRUPT);
    ck_assert_ptr_nonnull(strstr(error.message, "MANIFEST"));
    ck_assert_int_eq(index_folder_claim(path, replace, &folder, &error), OK);
    index_folder_release(&folder);
}
END_TEST

static atomic_bool stop;

static void *claim_often(void *argument)
{
    const char *path = argument;
    while (!atomic_load(&stop)) {
        IndexFolder folder;
        if (claim(path, &folder) != OK) return argument;
        bool is_right = folder.folder_mode == 0755 &&
                        folder.access.mode == 0644;
        index_folder_abandon(&folder);
        index_folder_release(&folder);
        if (!is_right) return argument;
    }
    return NULL;
}

START_TEST(claims_in_two_threads_change_the_mode_of_nobodys_files)
{
    enum { FILES = 30000, CLAIMERS = 2 };
    char paths[CLAIMERS][256];
    pthread_t threads[CLAIMERS];
    umask(022);
    for (int i = 0; i < CLAIMERS; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/ix%d", scratch.path, i);
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, claim_often, paths[i]), 0);
    }
    const char *file = scratch_path(&scratch, "file");
    mode_t all = 0666;
    for (int i = 0; i < FILES; i++) {
        struct stat facts;
        int fd = open(file, O_CREAT | O_EXCL | O_WRONLY, 0666);
        ck_assert_int_eq(fstat(fd, &facts), 0);
        all &= facts.st_mode;
        close(fd);
        unlink(file);
    }
    atomic_store(&stop, true);
    for (int i = 0; i < CLAIMERS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        ck_assert_ptr_null(wrong);
    }
    ck_assert_int_eq(all, 0644);
    ck_assert_int_eq(umask(022), 022);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("index_folder");
    TCase *tests = tcase_create("index_folder");
    tcase_add_checked_fixture(tests, make_scratch, remove_scratch);
    tcase_add_test(tests, what_a_killed_first_writer_left_is_removed);
    tcase_add_test(
        tests, a_released_folder_can_be_claimed_while_a_forked_process_lives);
    tcase_add_test(tests,
                   claims_in_two_threads_change_the_mode_of_nobodys_files);
    tcase_add_test(tests, a_claim_sweeps_files_that_no_manifest_lists);
    tcase_add_test(tests, a_damaged_index_is_replaced_but_not_changed);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
