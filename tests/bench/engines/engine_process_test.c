/* engine_process_test.c - tests bench/engines: engines good, bad and dead. */
#include "bench/engines/engine_process.h"

#include "tests/support/check_main.h"

#include <signal.h>
#include <string.h>
#include <time.h>

/* Starts a shell script as an engine. */
static EngineProcess start(const char *script, double timeout)
{
    static const char *arguments[] = {"/bin/sh", "-c", NULL, NULL};
    EngineProcess engine = {0};
    Error error;
    signal(SIGPIPE, SIG_IGN);
    arguments[2] = script;
    EngineStart how = {"fake", arguments, timeout};
    ck_assert_int_eq(engine_start(&engine, &how, &error), OK);
    return engine;
}

static void check_answer(EngineProcess *engine, const char *question,
                         const char *wanted)
{
    Span answer;
    int64_t ns;
    Error error;
    Status status = engine_ask(engine, span_text(question), &answer, &ns,
                               &error);
    ck_assert_msg(status == OK, "%s", error.message);
    ck_assert(span_equals_text(answer, wanted));
    ck_assert_int_gt(ns, 0);
}

/* Asks once and checks that the message has all of the words. */
static void check_failure(EngineProcess *engine, const char *first,
                          const char *second, const char *third)
{
    Span answer;
    int64_t ns;
    Error error = {0};
    Status status = engine_ask(engine, span_text("COUNT\tstorm\n"), &answer,
                               &ns, &error);
    ck_assert_int_eq(status, ERR_IO);
    ck_assert_msg(strstr(error.message, first) != NULL, "%s", error.message);
    ck_assert_msg(strstr(error.message, second) != NULL, "%s", error.message);
    ck_assert_msg(strstr(error.message, third) != NULL, "%s", error.message);
    engine_stop(engine);
}

START_TEST(an_engine_answers_line_by_line)
{
    EngineProcess engine = start("while read a; do echo \"<$a>\"; done", 10);
    check_answer(&engine, "COUNT\tone\n", "<COUNT\tone>");
    check_answer(&engine, "COUNT\ttwo\n", "<COUNT\ttwo>");
    engine_stop(&engine);
}
END_TEST

START_TEST(an_answer_may_come_in_pieces_and_be_long)
{
    EngineProcess engine = start(
        "read a; printf 'be'; sleep 0.1; echo gun; read a; "
        "head -c 300000 /dev/zero | tr '\\0' x; echo; read a",
        10);
    Span answer;
    int64_t ns;
    Error error;
    check_answer(&engine, "a\n", "begun");
    ck_assert_int_eq(
        engine_ask(&engine, span_text("b\n"), &answer, &ns, &error), OK);
    ck_assert_uint_eq(answer.size, 300000);
    engine_stop(&engine);
}
END_TEST

START_TEST(the_null_engine_answers_at_once)
{
    EngineProcess engine = {0};
    EngineStart how = {"null", NULL, 10};
    Error error;
    ck_assert_int_eq(engine_start(&engine, &how, &error), OK);
    check_answer(&engine, "TOP_10\ta\n", "1");
    check_answer(&engine, "COUNT\tb\n", "1");
    engine_stop(&engine);
}
END_TEST

START_TEST(a_dead_engine_is_named_with_its_last_words_and_the_question)
{
    EngineProcess engine = start("read a; echo 'no heap' >&2; exit 3", 10);
    check_failure(&engine, "'fake' ended with status 3", "no heap",
                  "COUNT\tstorm");
}
END_TEST

START_TEST(a_killed_engine_is_named_with_its_signal)
{
    EngineProcess engine = start("read a; kill -9 $$", 10);
    check_failure(&engine, "'fake' was killed by signal 9", "storm", "storm");
}
END_TEST

START_TEST(an_engine_that_hangs_is_given_up)
{
    EngineProcess engine = start("read a; sleep 60", 0.05);
    check_failure(&engine, "no answer within 0.5 s", "--timeout", "storm");
}
END_TEST

START_TEST(a_program_that_is_missing_is_named)
{
    static const char *arguments[] = {"/nonexistent/engine", NULL};
    EngineProcess engine = {0};
    EngineStart how = {"fake", arguments, 10};
    Error error;
    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(engine_start(&engine, &how, &error), OK);
    check_failure(&engine, "ended with status 127",
                  "cannot run /nonexistent/engine", "No such file");
}
END_TEST

START_TEST(two_lines_for_one_question_are_an_error)
{
    EngineProcess engine = start("read a; echo 1; echo 2; read a", 10);
    Span answer;
    int64_t ns;
    Error error;
    /* Both lines in one read, or the second before the next question. */
    Status status = engine_ask(&engine, span_text("a\n"), &answer, &ns, &error);
    if (status == OK) {
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
        status = engine_ask(&engine, span_text("b\n"), &answer, &ns, &error);
    }
    ck_assert_int_eq(status, ERR_IO);
    ck_assert_msg(strstr(error.message, "more than one line") != NULL, "%s",
                  error.message);
    engine_stop(&engine);
}
END_TEST

START_TEST(messages_are_counted_and_the_first_is_kept)
{
    EngineProcess engine = start(
        "echo 'WARNING: x' >&2; echo more >&2; while read a; do echo 1; done",
        10);
    Buf first = {0};
    check_answer(&engine, "a\n", "1");
    ck_assert_uint_eq(engine_messages(&engine, &first), 2);
    ck_assert_str_eq(buf_text(&first), "WARNING: x");
    ck_assert(!engine_compiles(&engine));
    buf_release(&first);
    engine_stop(&engine);
}
END_TEST

START_TEST(an_engine_that_ignores_its_end_is_killed)
{
    EngineProcess engine = start("trap '' TERM HUP; read a; echo 1; sleep 60",
                                 10);
    check_answer(&engine, "a\n", "1");
    pid_t pid = engine.pid;
    engine_stop(&engine);
    ck_assert_int_eq(kill(pid, 0), -1);
    engine_stop(&engine); /* again is fine */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("engine_process");
    TCase *tests = tcase_create("engine_process");
    tcase_add_test(tests, an_engine_answers_line_by_line);
    tcase_add_test(tests, an_answer_may_come_in_pieces_and_be_long);
    tcase_add_test(tests, the_null_engine_answers_at_once);
    tcase_add_test(tests,
                   a_dead_engine_is_named_with_its_last_words_and_the_question);
    tcase_add_test(tests, a_killed_engine_is_named_with_its_signal);
    tcase_add_test(tests, an_engine_that_hangs_is_given_up);
    tcase_add_test(tests, a_program_that_is_missing_is_named);
    tcase_add_test(tests, two_lines_for_one_question_are_an_error);
    tcase_add_test(tests, messages_are_counted_and_the_first_is_kept);
    tcase_add_test(tests, an_engine_that_ignores_its_end_is_killed);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
