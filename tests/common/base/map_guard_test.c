/* map_guard_test.c - tests common/base/map_guard.c: a file that is truncated
 * while it is mapped ends the program with one line and status 2. */
#include "common/base/map_guard.h"

#include "common/base/file.h"
#include "tests/support/check_main.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILE_BYTES = 1 << 16 };

/* Maps a file, truncates it, reads past its end; stderr goes to `pipe_end`. */
static void read_cut_file(int pipe_end, bool named)
{
    char path[] = "/tmp/quern-guard-XXXXXX";
    int fd = mkstemp(path);
    FileMap map;
    Error error;
    dup2(pipe_end, STDERR_FILENO);
    if (fd < 0 || ftruncate(fd, FILE_BYTES) ||
        file_map(path, &map, &error) != OK) {
        _exit(3);
    }
    unlink(path);
    map_guard_install("program");
    if (named) map_guard_add("some/index", map.bytes);
    if (ftruncate(fd, 0)) _exit(3);
    volatile const uint8_t *bytes = map.bytes.data;
    _exit(4 + bytes[FILE_BYTES / 2]); /* never reached */
}

static void assert_ends_with(bool named, const char *line)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) read_cut_file(ends[1], named);
    close(ends[1]);
    char text[256] = {0};
    size_t size = 0;
    ssize_t got;
    while ((got = read(ends[0], text + size, sizeof text - 1 - size)) > 0) {
        size += (size_t)got;
    }
    close(ends[0]);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 2);
    ck_assert_str_eq(text, line);
}

START_TEST(a_truncated_file_is_named)
{
    assert_ends_with(true, "program: some/index: truncated while in use\n");
}
END_TEST

START_TEST(a_truncated_file_that_was_not_added_is_reported_too)
{
    assert_ends_with(false, "program: a mapped file: truncated while in use\n");
}
END_TEST

START_TEST(a_slot_is_reused)
{
    static const uint8_t BYTES[4096];
    for (int i = 0; i < 10000; i++) {
        Span bytes = span_of(BYTES + i % 4096, 1);
        map_guard_add("again", bytes);
        map_guard_remove(bytes);
    }
    assert_ends_with(true, "program: some/index: truncated while in use\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("map_guard");
    TCase *tests = tcase_create("map_guard");
    tcase_add_test(tests, a_truncated_file_is_named);
    tcase_add_test(tests, a_truncated_file_that_was_not_added_is_reported_too);
    tcase_add_test(tests, a_slot_is_reused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
