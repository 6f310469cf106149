/* index_folder_test.c - tests claims on the folder of an index. */
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
    tcase_add_test(
        tests, a_released_folder_can_be_claimed_while_a_forked_process_lives);
    tcase_add_test(tests,
                   claims_in_two_threads_change_the_mode_of_nobodys_files);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
