/* main.c - indexer: documents to an index, and what an index can tell. */
#include "common/base/map_guard.h"
#include "common/base/near_miss.h"
#include "common/program/discovery.h"
#include "common/program/log.h"
#include "common/program/standard_streams.h"
#include "common/program/suggest_file.h"
#include "common/segment/documents/documents.h"
#include "indexer/build_settings.h"
#include "indexer/build_summary.h"
#include "indexer/commands.h"
#include "indexer/dry_run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_FINE = 0, EXIT_BAD = 2 };

/* Verbs */

typedef struct VerbSettings {
    bool json;
    const char *prefix;
    uint64_t max_record;
} VerbSettings;

typedef Status VerbFunction(const char *folder, const VerbOptions *options,
                            FILE *out, Error *error);

#define VERB_JSON                                                     \
    {                                                                 \
        .kind = OPTION_FLAG, .name = "json",                          \
        .offset = offsetof(VerbSettings, json), .brief = "print JSON" \
    }

#define VERB_MAX_RECORD                                                        \
    {                                                                          \
        .kind = OPTION_SIZE, .name = "max-record", .value = "SIZE",            \
        .offset = offsetof(VerbSettings, max_record),                          \
        .brief = "the most of one stored document in memory [256M]", .low = 1, \
        .high = 4 * 0x1p30                                                     \
    }

static const Option verb_options[] = {VERB_JSON, {.kind = OPTION_END}};
static const Option check_options[] = {
    VERB_JSON, VERB_MAX_RECORD, {.kind = OPTION_END}};
static const Option dump_options[] = {VERB_MAX_RECORD, {.kind = OPTION_END}};
static const Option terms_options[] = {
    VERB_JSON,
    {.kind = OPTION_TEXT,
     .name = "prefix",
     .value = "TEXT",
     .offset = offsetof(VerbSettings, prefix),
     .brief = "only terms that begin with TEXT"},
    {.kind = OPTION_END}};

static const char *const one_index[] = {"[OPTIONS] [INDEX]", NULL};
static const char *const index_and_ids[] = {"[OPTIONS] [INDEX [ID...]]", NULL};

#define INDEX_CHAPTER                                                       \
    {                                                                       \
        "Index",                                                            \
            "Without INDEX the environment variable QUERN_INDEX names it; " \
            "without that it is the folder .quern here or in the nearest "  \
            "folder above. -v says which was taken. A .quern that is "      \
            "only found may be no link, and must belong to you, to root "   \
            "or, as root, to the caller of sudo."                           \
    }

static const ProgramChapter index_chapters[] = {INDEX_CHAPTER, {0}};

static const Program stats_program = {
    .name = "indexer stats",
    .summary = "tell what an index holds and weighs",
    .usages = one_index,
    .options = verb_options,
    .chapters = index_chapters,
    .operands = COMPLETE_FOLDER};
static const Program check_program = {
    .name = "indexer check",
    .summary = "read every byte of an index and check every rule",
    .usages = one_index,
    .options = check_options,
    .chapters = index_chapters,
    .operands = COMPLETE_FOLDER};
static const Program dump_program = {
    .name = "indexer dump",
    .summary = "print stored documents, a JSON object a line",
    .usages = index_and_ids,
    .options = dump_options,
    .chapters = index_chapters,
    .operands = COMPLETE_FOLDER};
static const ProgramChapter terms_chapters[] = {
    INDEX_CHAPTER,
    {"Output",
     "A line for each term, in the order of its bytes: the term, how many "
     "documents have it, how often it occurs, separated by tabs. A backslash "
     "in a term is written \\\\, the bytes of what would not show \\xhh; "
     "--json "
     "has them as JSON writes them."},
    {0}};
static const Program terms_program = {
    .name = "indexer terms",
    .summary = "print terms: term, documents, occurrences",
    .usages = one_index,
    .options = terms_options,
    .chapters = terms_chapters,
    .operands = COMPLETE_FOLDER};
static const ProgramChapter skipped_chapters[] = {
    INDEX_CHAPTER,
    {"Output",
     "A line for each record or file that was left out, each document that is "
     "not as it was in its source, each that was dropped because another has "
     "its id, in the order of reading: source, line, byte offset, reason, "
     "separated by tabs. The line is where the trouble is, 0 for a whole file; "
     "the offset is where the record begins in its unpacked source. Tabs, line "
     "ends and backslashes are written \\t, \\n and \\\\, the bytes of what "
     "would not show \\xhh.\n"
     "With --json an object a line: type (skipped, cut, duplicate), source, "
     "line, column, offset, reason; the last is of type summary, with the "
     "number of each kind and how many are told. 16 MB of the ledger tell of a "
     "million records and more; beyond that they are counted only."},
    {0}};

static const Program skipped_program = {
    .name = "indexer skipped",
    .summary = "print what did not come into an index, and why",
    .usages = one_index,
    .options = verb_options,
    .chapters = skipped_chapters,
    .operands = COMPLETE_FOLDER};
static const Program *const verb_programs[] = {&stats_program,   &check_program,
                                               &dump_program,    &terms_program,
                                               &skipped_program, NULL};

typedef struct Verb {
    const char *name;
    const Program *program;
    VerbFunction *run;
    bool takes_ids;
} Verb;

static const Verb verbs[] = {
    {"stats", &stats_program, verb_stats, false},
    {"check", &check_program, verb_check, false},
    {"dump", &dump_program, verb_dump, true},
    {"terms", &terms_program, verb_terms, false},
    {"skipped", &skipped_program, verb_skipped, false},
};

/* indexer itself */

static const char *const usages[] = {"[OPTIONS] INPUT...",
                                     "stats|check|terms|skipped [INDEX]",
                                     "dump [INDEX [ID...]]", NULL};

static const ProgramExample examples[] = {
    {"indexer ~/notes", "index every text file below a folder"},
    {"indexer corpus.jsonl.gz -o ix", "index JSON lines, packed or not"},
    {"zstdcat x.tsv.zst | indexer - -o ix", "index what a pipe brings"},
    {0}};

static const ProgramChapter chapters[] = {
    {"Input",
     "An INPUT is a file, a folder (every text file below it is a document, "
     "links are followed, hidden ones are left out and counted), or `-` for "
     "standard input. Files "
     "may be "
     "packed with gzip or zstd. What is in them is detected and announced: "
     "JSON lines, tables of tab- or comma-separated values, TREC text, plain "
     "text. A record that cannot be read is skipped, counted and named; "
     "`indexer skipped` tells of all of them.\n"
     "The path of a file below a folder, as it was given, is the id of the "
     "document: `indexer $PWD` makes ids that lead to the files from "
     "anywhere.\n"
     "A folder that is named like a verb is written ./stats."},
    {"Who may read an index",
     "A new index is as readable as umask lets it be, less what the mode of "
     "any "
     "source file denies to its group or to others; if the source has another "
     "group than the index, what it denies to one is denied to both. Folders "
     "above, ACLs, pipes and the list of --stopwords are not considered. The "
     "summary names the first file that counts. --force keeps the mode of the "
     "index that it replaces, and warns if a source denies more.\n"
     "Links in the folder of an index are not followed. The folder itself may "
     "be a link, or belong to somebody else, if -o names it."},
    {"Exit status",
     "  0    the index was written\n"
     "  2    something failed; an index that was there is as it was\n"
     "  130  interrupted; an index that was there is as it was"},
    {0}};

static const Program indexer_program = {
    .name = "indexer",
    .summary = "turn documents into an index that searcher answers from",
    .usages = usages,
    .examples = examples,
    .options = BUILD_OPTIONS,
    .chapters = chapters,
    .commands = verb_programs,
    .operands = COMPLETE_FILE};

static Status print(Buf *text, Error *error)
{
    return verb_flush(text, stdout, error);
}

static Status answer_request(const Program *program, OptionRequest request,
                             Error *error)
{
    Buf out = {0};
    options_answer(program, request, &out);
    Status status = print(&out, error);
    buf_release(&out);
    return status;
}

static void start_log(const ParsedLine *line)
{
    log_start("indexer", line->quiet     ? LOG_QUIET
                         : line->verbose ? LOG_VERBOSE
                                         : LOG_NORMAL);
}

static Status show_summary(const BuildSettings *settings,
                           const BuildReport *report, Error *error)
{
    Buf out = {0};
    Status status = OK;
    put_summary(&out, settings->output, report, log_level() == LOG_VERBOSE);
    log_text(buf_span(&out));
    if (report->narrowed_by[0]) {
        log_note("the index has mode %04o, because not everybody may read %s",
                 report->mode, report->narrowed_by);
    }
    buf_clear(&out);
    if (settings->json) {
        put_summary_json(&out, settings->output, report);
        status = print(&out, error);
    }
    buf_release(&out);
    return status;
}

/* A word as commands are, and no mistyped name of what lies here. */
static bool looks_like_verb(const char *word)
{
    Buf near = {0};
    suggest_file(word, NULL, &near);
    bool is_near = near.size > 0;
    buf_release(&near);
    return !is_near && word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == 0;
}

/* `indexer stat ix` is a mistyped verb where there is no file `stat`. */
static Status check_verb(const BuildOptions *options, Error *error)
{
    const char *first = options->inputs[0];
    NearMiss search = {.word = first};
    if (!strcmp(first, "-") || access(first, F_OK) == 0) return OK;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        near_miss_offer(&search, verbs[i].name);
    if (search.best)
        return fail(error, ERR_USAGE,
                    "there is no file '%s' and no such command; did you mean "
                    "'indexer %s'?",
                    first, search.best);
    if (!looks_like_verb(first)) return OK;
    return fail(error, ERR_USAGE,
                "there is no file '%s' and no such command; 'indexer INPUT' "
                "makes an index, indexer -h lists the commands",
                first);
}

static Status build_and_tell(BuildOptions *options,
                             const BuildSettings *settings, Error *error)
{
    static Interrupt interrupt; /* is watched to the end of the program */
    BuildReport report;
    options->interrupt = &interrupt;
    Status status = interrupt_start(&interrupt, error);
    if (status == OK) status = index_build(options, &report, error);
    signal(SIGPIPE, SIG_DFL);
    return status == OK ? show_summary(settings, &report, error) : status;
}

/* Who types a single dash may not know that now it is his turn. */
static void note_terminal(const BuildOptions *options)
{
    for (size_t i = 0; i < options->input_count; i++) {
        if (!strcmp(options->inputs[i], "-") && isatty(STDIN_FILENO))
            log_note("reading from the terminal; Ctrl-D ends the input");
    }
}

static Status run_build(const BuildSettings *settings, const ParsedLine *line,
                        Error *error)
{
    BuildOptions options;
    Buf stop_words = {0};
    Status status = build_settings_apply(settings, line, &stop_words, &options,
                                         error);
    if (status == OK) status = check_verb(&options, error);
    if (status == OK) note_terminal(&options);
    if (status == OK && settings->dry_run) {
        status = dry_run(&options, settings->json, stdout, error);
    } else if (status == OK) {
        status = build_and_tell(&options, settings, error);
    }
    buf_release(&stop_words);
    return status;
}

/* Who gave options alone has forgotten something; who gave nothing may have
 * wanted to see what there is. */
static void show_usage(bool has_options)
{
    Buf out = {0};
    options_usage(&indexer_program, &out);
    log_text(buf_span(&out));
    buf_release(&out);
    if (has_options)
        log_error("no INPUT is named: a file, a folder, or - for standard "
                  "input");
}

static int build_main(int argc, char **argv)
{
    BuildSettings settings;
    ParsedLine line;
    Error error;
    bool nothing_to_do = false;
    build_settings_init(&settings);
    Status status = options_parse(&indexer_program, argc, argv, &settings,
                                  &line, &error);
    start_log(&line);
    if (status == OK && line.request != REQUEST_NOTHING) {
        status = answer_request(&indexer_program, line.request, &error);
    } else if (status == OK && line.operand_count == 0) {
        nothing_to_do = true;
        show_usage(argc > 1);
    } else if (status == OK) {
        status = run_build(&settings, &line, &error);
    }
    if (status != OK) log_error("%s", error.message);
    parsed_line_release(&line);
    build_settings_release(&settings);
    return status == ERR_INTERRUPTED       ? EXIT_INTERRUPTED
           : status != OK || nothing_to_do ? EXIT_BAD
                                           : EXIT_FINE;
}

static Status run_verb(const Verb *verb, const VerbSettings *settings,
                       const ParsedLine *line, Error *error)
{
    const char *given = line->operand_count ? line->operands[0] : NULL;
    VerbOptions options = {.json = settings->json,
                           .prefix = settings->prefix,
                           .max_record = settings->max_record};
    if (line->operand_count > 1 && !verb->takes_ids) {
        return fail(error, ERR_USAGE, "%s takes one index, not '%s' as well",
                    verb->name, line->operands[1]);
    }
    if (line->operand_count > 1) {
        options.ids = line->operands + 1;
        options.id_count = line->operand_count - 1;
    }
    Buf folder = {0};
    bool found;
    Status status = index_discover(given, "INDEX", &folder, &found, error);
    if (status == OK)
        status = verb->run(buf_text(&folder), &options, stdout, error);
    buf_release(&folder);
    return status;
}

static int verb_main(const Verb *verb, int argc, char **argv)
{
    VerbSettings settings = {.max_record = STORED_MAX_BYTES};
    ParsedLine line;
    Error error;
    Status status = options_parse(verb->program, argc, argv, &settings, &line,
                                  &error);
    start_log(&line);
    if (status == OK && line.request != REQUEST_NOTHING) {
        status = answer_request(verb->program, line.request, &error);
    } else if (status == OK) {
        status = run_verb(verb, &settings, &line, &error);
    }
    if (status != OK) log_error("%s", error.message);
    parsed_line_release(&line);
    return status == OK ? EXIT_FINE : EXIT_BAD;
}

int main(int argc, char **argv)
{
    if (!standard_streams_open()) return EXIT_BAD;
    signal(SIGPIPE, SIG_DFL); /* a reader that goes away ends us quietly */
    signal(SIGXFSZ, SIG_IGN); /* a limit of files' sizes is an error to tell */
    map_guard_install("indexer");
    for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++) {
        if (!strcmp(argv[1], verbs[i].name))
            return verb_main(&verbs[i], argc - 1, argv + 1);
    }
    return build_main(argc, argv);
}
