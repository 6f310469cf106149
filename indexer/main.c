/* main.c - indexer: documents to an index, and commands that look into one. */
#include "common/base/map_guard.h"
#include "common/program/advice_words.h"
#include "common/program/discovery.h"
#include "common/program/log.h"
#include "common/program/standard_streams.h"
#include "indexer/build_log.h"
#include "indexer/build_settings.h"
#include "indexer/commands.h"
#include "indexer/git_excludes.h"
#include "indexer/index_change.h"
#include "indexer/kept_options.h"

#include <signal.h>
#include <stdio.h>

static Status print_summary(const BuildSettings *settings,
                            const BuildReport *report, Error *error)
{
    Buf out = {0};
    Status status = OK;
    put_summary(&out, settings->output, report, log_level() == LOG_VERBOSE);
    log_text(buf_span(&out));
    if (report->narrowed_by[0]) {
        log_note("the index has mode %04o, because not all users may read %s",
                 report->mode, report->narrowed_by);
    }
    buf_clear(&out);
    if (settings->json) {
        put_summary_json(&out, settings->output, report);
        status = program_print(&out, stdout, error);
    }
    buf_release(&out);
    return status;
}

static Status build(BuildOptions *options, const BuildSettings *settings,
                    Error *error)
{
    static Interrupt interrupt; /* is watched until the program ends */
    BuildLog log;
    BuildReport report;
    Status status = interrupt_start(&interrupt, error);
    build_log_init(&log, options, &interrupt);
    options->listener = &log.listener;
    options->trusted = discovery_trusted_owner();
    if (status == OK) {
        status = index_build(options, &report, error);
        if (status != OK) build_log_complete_error(&log, error);
    }
    signal(SIGPIPE, SIG_DFL);
    if (status == OK) {
        build_log_summarize(&log, &report);
        status = print_summary(settings, &report, error);
    }
    build_log_release(&log);
    return status;
}

static Status run_build(const BuildSettings *settings, const ParsedLine *line,
                        Error *error)
{
    BuildOptions options;
    KeptOptions kept = {0};
    Buf stop_words = {0}, git_excludes = {0};
    Status status = build_settings_apply(settings, line, &stop_words, &options,
                                         error);
    if (status == OK) status = check_inputs(&options, error);
    if (status == OK) kept_options_apply(&kept, settings, line, &options);
    if (status == OK)
        status = git_excludes_apply(&options.corpus, &git_excludes, error);
    if (status == OK) note_terminal(&options);
    if (status == OK && settings->dry_run) {
        status = dry_run(&options, NULL, settings->json, stdout, error);
    } else if (status == OK) {
        status = build(&options, settings, error);
    }
    kept_options_release(&kept);
    buf_release(&stop_words);
    buf_release(&git_excludes);
    return status;
}

/* Without arguments this is help, with options alone also an error. */
static void print_usage(bool has_options)
{
    Buf out = {0};
    options_usage(&INDEXER_PROGRAM, &out);
    log_text(buf_span(&out));
    buf_release(&out);
    if (has_options)
        log_error("no input is named: a file, a folder, or - for standard "
                  "input");
}

static int build_main(int argc, char **argv)
{
    BuildSettings settings;
    ParsedLine line;
    Error error;
    int exit_status;
    build_settings_init(&settings);
    bool begun = command_begin(&INDEXER_PROGRAM, argc, argv, &settings, &line,
                               &exit_status);
    if (begun && line.operand_count == 0) {
        print_usage(argc > 1);
        exit_status = EXIT_BAD;
    } else if (begun) {
        exit_status = command_end(run_build(&settings, &line, &error), &error);
    }
    parsed_line_release(&line);
    build_settings_release(&settings);
    return exit_status;
}

static int command_main(const Command *command, int argc, char **argv)
{
    CommandSettings settings;
    ParsedLine line;
    Error error;
    int exit_status;
    command_settings_init(&settings);
    if (command_begin(command->program, argc, argv, &settings, &line,
                      &exit_status))
        exit_status = command_end(
            command_run(command, &settings, &line, stdout, &error), &error);
    parsed_line_release(&line);
    return exit_status == EXIT_FINE ? EXIT_FINE : EXIT_BAD;
}

int main(int argc, char **argv)
{
    if (!standard_streams_open()) return EXIT_BAD;
    signal(SIGPIPE, SIG_DFL); /* a reader that goes away ends us quietly */
    signal(SIGXFSZ, SIG_IGN); /* a limit on file size fails a write instead */
    map_guard_install("indexer");
    const Command *command = argc > 1 ? command_find(argv[1]) : NULL;
    if (!command) return build_main(argc, argv);
    CommandMain *run = command->start ? command->start : command_main;
    return run(command, argc - 1, argv + 1);
}
