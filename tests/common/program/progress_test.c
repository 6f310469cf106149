/* progress_test.c - tests common/program/progress.c on a terminal; log_test.c
 * has the rest. */
#include "common/program/log.h"
#include "common/program/progress.h"

#include "tests/support/check_main.h"

#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool open_terminal(int *screen, int *program)
{
    return openpty(screen, program, NULL, NULL, NULL) == 0;
}

/* What one call of progress_show puts on a terminal with `columns` columns. */
static const char *shown_on(unsigned short columns)
{
    static char text[1024];
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    int screen, program, kept = dup(STDERR_FILENO);
    ck_assert(open_terminal(&screen, &program));
    ck_assert_int_eq(ioctl(program, TIOCSWINSZ, &size), 0);
    dup2(program, STDERR_FILENO);
    Progress progress;
    log_start("tool", LOG_NORMAL);
    progress_start(&progress, "indexing what is to be found in this folder",
                   "documents");
    progress.started -= 60;
    progress.shown -= 1;
    progress_show(&progress, 123456, 60000000, 0.25);
    ssize_t got = read(screen, text, sizeof text - 1);
    ck_assert_int_gt(got, 0);
    text[got] = 0;
    progress_end(&progress);
    dup2(kept, STDERR_FILENO);
    close(screen);
    close(program);
    close(kept);
    return text;
}

#define CLEAR_LINE "\r\033[K"
#define WHOLE_LINE                                                        \
    "indexing what is to be found in this folder: 123,456 documents, 60 " \
    "MB, 1.0 MB/s, 25 %, 3:00 left"

START_TEST(a_line_is_truncated_to_a_narrow_terminal)
{
    ck_assert_str_eq(shown_on(20), CLEAR_LINE "indexing what is to");
    ck_assert_str_eq(shown_on(1), CLEAR_LINE);
    const char *text = shown_on(sizeof WHOLE_LINE - 1);
    ck_assert_uint_eq(strlen(text), strlen(CLEAR_LINE WHOLE_LINE) - 1);
}
END_TEST

START_TEST(a_line_that_fits_is_shown_whole)
{
    ck_assert_str_eq(shown_on(sizeof WHOLE_LINE), CLEAR_LINE WHOLE_LINE);
    ck_assert_str_eq(shown_on(500), CLEAR_LINE WHOLE_LINE);
}
END_TEST

START_TEST(a_terminal_of_unknown_width_has_80_columns)
{
    const char *text = shown_on(0);
    ck_assert_uint_eq(strlen(text), strlen(CLEAR_LINE) + 79);
    ck_assert_int_eq(strncmp(text, CLEAR_LINE WHOLE_LINE, strlen(text)), 0);
}
END_TEST

int main(void)
{
    int screen, program;
    if (!open_terminal(&screen, &program)) {
        fprintf(stderr, "there are no pseudo-terminals here\n");
        return 77;
    }
    setenv("TERM", "xterm", 1);
    Suite *suite = suite_create("progress");
    TCase *tests = tcase_create("progress");
    tcase_add_test(tests, a_line_is_truncated_to_a_narrow_terminal);
    tcase_add_test(tests, a_line_that_fits_is_shown_whole);
    tcase_add_test(tests, a_terminal_of_unknown_width_has_80_columns);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
