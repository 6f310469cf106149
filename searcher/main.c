/* main.c - searcher: full-text search in an index.
 *
 * Reads the command line, finds and opens the index, runs the requested mode
 * (modes.h), and sets the exit status: 0 hits, 1 no hits, 2 error.
 */
#include "common/base/map_guard.h"
#include "common/program/advice_words.h"
#include "common/program/discovery.h"
#include "common/program/log.h"
#include "common/program/rebuild_command.h"
#include "common/program/standard_streams.h"
#include "common/segment/history.h"
#include "searcher/modes.h"
#include "searcher/output/standard_output.h"
#include "searcher/search_settings.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { EXIT_HITS = 0, EXIT_NONE = 1, EXIT_ERROR = 2 };

/* Whether a discovered index, FOLDER/.quern (absolute), is not the one of the
 * current folder. */
static bool is_in_parent(const char *folder)
{
    char *here = realpath(".", NULL);
    size_t size = strlen(folder) - strlen("/.quern");
    bool same = here && strlen(here) == (size ? size : 1) &&
                !memcmp(here, folder, size);
    free(here);
    return !same;
}

/* The folder that ids are relative to if they are relative paths: the parent of
 * .quern, where indexer was most likely called. Owned by the caller; NULL if
 * ids are not relative paths. */
static char *base_of_paths(const char *folder, const Index *index)
{
    History history;
    Error ignored; /* then nothing is said of paths */
    bool relative = false;
    if (history_read_from(folder, &index->manifest, &history, &ignored) != OK)
        return NULL;
    for (size_t i = 0; i < history.source_count; i++)
        relative |= !strchr("/-", history.sources[i][0]);
    history_release(&history);
    size_t size = strlen(folder) - strlen("/.quern");
    return relative && size ? strndup(folder, size) : NULL;
}

/* Terms of the index that this program's analyzer does not make. */
static void warn_of_other_analysis(const Index *index)
{
    if (!index->rules_differ && !index->analyzer_differs) return;
    Buf command = {0};
    put_rebuild_command(&command, index);
    const char *text = buf_text(&command);
    log_warn("%s was built with %s: some words may not be found; rebuild it "
             "with: %s",
             index->folder,
             index->rules_differ ? "other rules for words"
                                 : "other Unicode or stemming data",
             text ? text : "indexer --force");
    buf_release(&command);
}

static Status open_index(Settings *settings, Index **index, Error *error)
{
    *index = NULL;
    Buf path = {0};
    bool found;
    Status status = index_discover(settings->index, "-i DIR", &path, &found,
                                   error);
    const char *folder = status == OK ? buf_text(&path) : NULL;
    if (folder) status = index_open(folder, index, error);
    if (status == OK) warn_of_other_analysis(*index);
    if (status == OK && found && is_in_parent(folder)) {
        log_note("using index %s", folder);
        settings->paths_from = base_of_paths(folder, *index);
    }
    buf_release(&path);
    return status;
}

/* The words of the command line as one query. */
static Span join_words(const ParsedLine *line, Buf *text)
{
    for (size_t i = 0; i < line->operand_count; i++) {
        if (i) buf_put_byte(text, ' ');
        buf_put_text(text, line->operands[i]);
    }
    return buf_span(text);
}

/* The text of --analyze with the operands after it, for an unquoted text. */
static Status join_text(Settings *settings, const ParsedLine *line, Buf *text,
                        Error *error)
{
    buf_put_text(text, settings->analyze);
    if (line->operand_count) buf_put_byte(text, ' ');
    join_words(line, text);
    settings->analyze = buf_text(text);
    return buf_check(text, "reading the text", error);
}

static Status analyze_by_options(const Settings *settings, Error *error)
{
    AnalyzerOptions options = {.name = settings->analyzer,
                               .stem = settings->stem};
    Analyzer *analyzer = NULL;
    Status status = analyzer_new(&options, &analyzer, error);
    if (status == OK) status = inspect_text(analyzer, settings, error);
    analyzer_free(analyzer);
    return status;
}

/* With the analyzer of the options, else of the index, else the default. */
static Status analyze(Settings *settings, Error *error)
{
    if (settings->analyzer || settings->stem) {
        return analyze_by_options(settings, error);
    }
    Index *index = NULL;
    Status status = open_index(settings, &index, error);
    if (status != OK && !settings->index) {
        log_detail("%s; using the default analyzer", error->message);
        return analyze_by_options(settings, error);
    }
    if (status == OK) status = inspect_text(index->analyzer, settings, error);
    index_close(index);
    return status;
}

/* Whether the queries come from a file or from standard input, not from the
 * command line; *path names it. */
static bool reads_queries(const Settings *settings, const ParsedLine *line,
                          const char **path)
{
    *path = settings->topics ? settings->topics : "-";
    return settings->topics || line->operand_count == 0;
}

static Status check_queries(const Settings *settings, const ParsedLine *line,
                            Error *error)
{
    if (settings->topics && line->operand_count) {
        return fail(error, ERR_USAGE,
                    "-f '%s' cannot be used with a query ('%s'); put a query "
                    "that starts with '-' after '--'",
                    settings->topics, line->operands[0]);
    }
    bool needs_words = settings->explain || settings->show_query;
    if (needs_words && line->operand_count == 0) {
        return fail(error, ERR_USAGE, "%s requires a query",
                    settings->explain ? "--explain" : "--show-query");
    }
    if ((settings->get || settings->serve) &&
        (line->operand_count || settings->topics)) {
        return fail(error, ERR_USAGE, "%s cannot be used with a query",
                    settings->get ? "--get" : "--serve");
    }
    return OK;
}

static Status run_mode(Index *index, const Settings *settings,
                       const ParsedLine *line, int *exit_code, Error *error)
{
    Buf text = {0};
    Span words = join_words(line, &text);
    const char *path;
    bool found = true;
    uint64_t failed = 0;
    Status status = buf_check(&text, "reading the query", error);
    if (status != OK) {
    } else if (settings->serve) {
        status = serve(index, settings, error);
    } else if (settings->get) {
        status = inspect_document(index, settings, error);
    } else if (settings->explain) {
        status = inspect_score(index, settings, words, &found, error);
    } else if (settings->show_query) {
        status = inspect_query(index, settings, words, error);
    } else if (reads_queries(settings, line, &path)) {
        status = search_batch(index, settings, path, &failed, error);
    } else {
        status = search_single(index, settings, words, &found, error);
    }
    *exit_code = failed ? EXIT_ERROR : found ? EXIT_HITS : EXIT_NONE;
    buf_release(&text);
    return status;
}

static Status run(Settings *settings, const ParsedLine *line, int *exit_code,
                  Error *error)
{
    Status status = settings_check(settings, error);
    if (status == OK) status = check_queries(settings, line, error);
    if (status == OK && settings->analyze) {
        Buf text = {0};
        status = join_text(settings, line, &text, error);
        if (status == OK) status = analyze(settings, error);
        buf_release(&text);
        return status;
    }
    if (status != OK) return status;
    Index *index = NULL;
    status = open_index(settings, &index, error);
    if (status == OK) {
        status = id_filter_new(index, settings->globs.items,
                               settings->globs.count, &settings->filter, error);
    }
    if (status == OK) {
        status = run_mode(index, settings, line, exit_code, error);
    }
    index_close(index);
    return status;
}

static Status answer_request(OptionRequest request, Error *error)
{
    Buf out = {0};
    options_answer(&SEARCHER, request, &out);
    Status status = output_write(&out, error);
    buf_release(&out);
    return status;
}

/* No query, no other mode, and standard input is a terminal. */
static bool has_nothing_to_do(const Settings *settings, const ParsedLine *line)
{
    return line->operand_count == 0 && !settings->topics && !settings->get &&
           !settings->analyze && !settings->explain && !settings->show_query &&
           !settings->serve && isatty(STDIN_FILENO);
}

static int show_usage(void)
{
    Buf out = {0};
    options_usage(&SEARCHER, &out);
    log_text(buf_span(&out));
    buf_release(&out);
    return EXIT_ERROR;
}

/* An excluded word can look like options: gzip -license is -l -i cense. */
static void hint_at_bundle(const ParsedLine *line, Status status, int exit_code)
{
    bool failed = status != OK;
    bool none = exit_code == EXIT_NONE && line->bundle_follows_operand;
    if (!line->bundle || !(failed || none)) return;
    log_note("hint: '%s' was read as options, ending in -%c with the value "
             "'%s'; to exclude a word, put the query after '--': searcher -- "
             "WORDS %s",
             line->bundle, line->bundle_value[-1], line->bundle_value,
             line->bundle);
}

int main(int argc, char **argv)
{
    if (!standard_streams_open()) return EXIT_ERROR;
    signal(SIGPIPE, SIG_DFL); /* a closed pipe ends the program silently */
    signal(SIGXFSZ, SIG_IGN); /* exceeding a file size limit is an error */
    map_guard_install("searcher");
    Settings settings;
    ParsedLine line;
    Error error;
    int exit_code = EXIT_HITS;
    settings_init(&settings);
    settings.arguments = (const char *const *)argv;
    settings.argument_count = argc;
    Status status = options_parse(&SEARCHER, argc, argv, &settings, &line,
                                  &error);
    log_start("searcher", line.quiet     ? LOG_QUIET
                          : line.verbose ? LOG_VERBOSE
                                         : LOG_NORMAL);
    if (status == OK && line.request != REQUEST_NOTHING) {
        status = answer_request(line.request, &error);
    } else if (status == OK && has_nothing_to_do(&settings, &line)) {
        exit_code = show_usage();
    } else if (status == OK) {
        status = run(&settings, &line, &exit_code, &error);
    }
    if (status != OK) {
        log_failure(&error);
        exit_code = EXIT_ERROR;
    }
    hint_at_bundle(&line, status, exit_code);
    settings_release(&settings);
    parsed_line_release(&line);
    return exit_code;
}
