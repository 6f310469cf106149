/* log_test.c - tests common/program/log.c and progress.c. */
#include "common/program/log.h"
#include "common/program/progress.h"

#include "tests/support/check_main.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static FILE *captured;
static int kept_stderr;

static void capture(void)
{
    captured = tmpfile();
    ck_assert_ptr_nonnull(captured);
    kept_stderr = dup(STDERR_FILENO);
    dup2(fileno(captured), STDERR_FILENO);
}

/* What was written to stderr since capture(). */
static const char *printed(void)
{
    static char text[1 << 16];
    dup2(kept_stderr, STDERR_FILENO);
    close(kept_stderr);
    rewind(captured);
    size_t size = fread(text, 1, sizeof text - 1, captured);
    text[size] = 0;
    fclose(captured);
    return text;
}

static void say_all(void)
{
    log_error("e %d", 1);
    log_warn("w");
    log_note("n");
    log_detail("d");
    log_text(span_text("t\n"));
}

START_TEST(levels_select_the_messages)
{
    static const char *const WANTED[] = {
        "tool: e 1\n", "tool: e 1\ntool: warning: w\ntool: n\nt\n",
        "tool: e 1\ntool: warning: w\ntool: n\ntool: d\nt\n"};
    for (LogLevel level = LOG_QUIET; level <= LOG_VERBOSE; level++) {
        log_start("tool", level);
        capture();
        say_all();
        ck_assert_str_eq(printed(), WANTED[level]);
    }
}
END_TEST

START_TEST(a_message_is_one_line_for_any_file_name)
{
    log_start("tool", LOG_NORMAL);
    capture();
    log_error("cannot open '%s'", "a\nb\x1b[2J\x7f\\\xc3\xa9");
    ck_assert_str_eq(printed(), "tool: cannot open "
                                "'a\\x0ab\\x1b[2J\\x7f\\\xc3\xa9'\n");
}
END_TEST

START_TEST(a_name_can_neither_control_the_terminal_nor_reverse_the_line)
{
    static const char *const CASES[][2] = {
        {"\xc2\x80 \xc2\x9b"
         "2J \xc2\x9f",
         "\\xc2\\x80 \\xc2\\x9b"
         "2J \\xc2\\x9f"},
        {"\xe2\x80\xaa\xe2\x80\xae"
         "cod.txt",
         "\\xe2\\x80\\xaa\\xe2\\x80\\xae"
         "cod.txt"},
        {"\xe2\x81\xa6\xe2\x81\xa9", "\\xe2\\x81\\xa6\\xe2\\x81\\xa9"},
        /* Their neighbours are no controls; what is cut off may be. */
        {"\xc2\xa0\xe2\x80\xa9\xe2\x80\xaf",
         "\xc2\xa0\xe2\x80\xa9\xe2\x80\xaf"},
        {"\xe2\x81\xa5\xe2\x81\xaa\xe2\x80\x94",
         "\xe2\x81\xa5\xe2\x81\xaa\xe2\x80\x94"},
        {"\xc3\x80\xd7\x90\xe2\x80", "\xc3\x80\xd7\x90\\xe2\\x80"},
        {"\xc2", "\\xc2"},
    };
    log_start("tool", LOG_NORMAL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char wanted[128];
        snprintf(wanted, sizeof wanted, "tool: %s\n", CASES[i][1]);
        capture();
        log_note("%s", CASES[i][0]);
        ck_assert_str_eq(printed(), wanted);
    }
}
END_TEST

static void *say_many(void *unused)
{
    for (int i = 0; i < 200; i++) log_note("%s", "a whole line of its own");
    return unused;
}

START_TEST(lines_of_threads_never_mix)
{
    pthread_t threads[4];
    log_start("tool", LOG_NORMAL);
    capture();
    for (int i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, say_many, NULL);
    }
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    const char *line = printed();
    static const char WANTED[] = "tool: a whole line of its own\n";
    size_t size = sizeof WANTED - 1;
    ck_assert_uint_eq(strlen(line), 800 * size);
    for (; *line; line += size)
        ck_assert_int_eq(strncmp(line, WANTED, size), 0);
}
END_TEST

START_TEST(progress_is_silent_where_there_is_no_terminal)
{
    Progress progress;
    log_start("tool", LOG_NORMAL);
    capture();
    progress_start(&progress, "indexing", "documents");
    for (uint64_t i = 0; i < 1000; i++) {
        progress_show(&progress, i, 10 * i, (double)i / 1000);
    }
    progress_end(&progress);
    log_transient("gone");
    ck_assert_str_eq(printed(), "");
}
END_TEST

START_TEST(progress_writes_a_line_every_half_minute)
{
    Progress progress;
    log_start("tool", LOG_NORMAL);
    capture();
    progress_start(&progress, "indexing", "documents");
    progress.started -= 60;
    progress.shown -= 31;
    progress_show(&progress, 123456, 60000000, 0.25);
    progress_show(&progress, 123457, 60000000, 0.25);
    ck_assert_str_eq(printed(), "tool: indexing: 123,456 documents, 60 MB, 1.0 "
                                "MB/s, 25 %, 3:00 left\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("log");
    TCase *tests = tcase_create("log");
    tcase_add_test(tests, levels_select_the_messages);
    tcase_add_test(tests, a_message_is_one_line_for_any_file_name);
    tcase_add_test(
        tests, a_name_can_neither_control_the_terminal_nor_reverse_the_line);
    tcase_add_test(tests, lines_of_threads_never_mix);
    tcase_add_test(tests, progress_is_silent_where_there_is_no_terminal);
    tcase_add_test(tests, progress_writes_a_line_every_half_minute);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
