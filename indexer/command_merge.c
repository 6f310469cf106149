/* command_merge.c - indexer merge: fewer segments, without removed documents.
 */
#include "common/base/human.h"
#include "common/base/plain_text.h"
#include "common/program/advice_words.h"
#include "common/program/log.h"
#include "indexer/commands.h"
#include "indexer/index_change.h"

#include <signal.h>
#include <stddef.h>

enum { MAX_SEGMENTS = 1024, MAX_WAIT_SECONDS = 365 * 24 * 3600 };

typedef struct MergeSettings {
    const char *output;
    uint64_t to, memory;
    double wait;
    bool json;
} MergeSettings;

static const Option options[] = {
    {.kind = OPTION_NUMBER,
     .name = "to",
     .value = "N",
     .offset = offsetof(MergeSettings, to),
     .brief = "merge until there are at most N segments [by their sizes]",
     .detail =
         "And rewrite those that contain removed documents. With 1, the "
         "segment has the bytes that a new index of the same documents "
         "has, and nothing of a removed document remains in the files. Names "
         "of inputs ('indexer status') and what 'indexer skipped' lists "
         "remain; they may contain ids.",
     .low = 1,
     .high = MAX_SEGMENTS},
    {.kind = OPTION_TEXT,
     .letter = 'o',
     .name = "output",
     .value = "FOLDER",
     .offset = offsetof(MergeSettings, output),
     .brief = "the index, if it is not an argument [see Index]",
     .complete = COMPLETE_FOLDER},
    {.kind = OPTION_REAL,
     .name = "wait",
     .value = "SECONDS",
     .offset = offsetof(MergeSettings, wait),
     .brief = "wait so long for another writer to finish [0]",
     .low = 0,
     .high = MAX_WAIT_SECONDS},
    {.kind = OPTION_SIZE,
     .letter = 'm',
     .name = "memory",
     .value = "SIZE",
     .offset = offsetof(MergeSettings, memory),
     .brief = "memory to use [a quarter of the machine's]",
     .low = 16 << 20,
     .high = 1000 * 0x1p40},
    {.kind = OPTION_FLAG,
     .name = "json",
     .offset = offsetof(MergeSettings, json),
     .brief = "print the summary as JSON, on standard output"},
    {.kind = OPTION_END}};

static const char *const usages[] = {"[OPTIONS] [INDEX]", NULL};

static const ProgramChapter chapters[] = {
    {"Index",
     "Without INDEX and -o, the environment variable QUERN_INDEX names the "
     "index; without that, it is the folder .quern in the current folder or "
     "its nearest parent. A .quern that is found this way must not be a link, "
     "and must belong to you, to root or, as root, to the caller of sudo."},
    {"Merging",
     "An index that grew by 'indexer add' and 'update' has several segments, "
     "the fewer the faster it is searched. Neighbouring ones are merged by "
     "themselves when there are too many for the size of the index, and "
     "rewritten when more than a tenth of their documents is removed; 'merge' "
     "does what is left to do, or what --to asks for. Answers are the same "
     "before and after. It needs free space for a copy of what is merged, "
     "which is checked first. Searches go on meanwhile; one command at a time "
     "may write. Each merge is in force as soon as it is complete: if the "
     "command is interrupted, those that are stay."},
    {"Exit status",
     "  0    the segments are as asked for\n"
     "  2    something failed; the index is as it was, or as the last complete "
     "merge left it\n"
     "  130  interrupted; likewise"},
    {0}};

static const ProgramExample examples[] = {
    {"indexer merge --to 1 ix", "one segment, without removed documents"}, {0}};

const Program MERGE_PROGRAM = {
    .name = "indexer merge",
    .summary = "merge segments and drop removed documents",
    .usages = usages,
    .examples = examples,
    .options = options,
    .chapters = chapters,
    .operands = COMPLETE_FOLDER};

static void put_summary_line(Buf *out, const Change *change)
{
    const WriterReport *report = &change->report;
    put_visible(out, span_text(change->options.build.output));
    if (!report->published) {
        buf_put_text(out, ": nothing to merge\n");
        return;
    }
    buf_put_text(out, ": ");
    put_counted(out, report->merged, "segment");
    buf_put_text(out, " merged");
    change_put_state(out, report);
}

static Status print_summary(const Change *change, bool json, Error *error)
{
    Buf text = {0};
    put_summary_line(&text, change);
    log_text(buf_span(&text));
    buf_release(&text);
    return json ? change_print_json(change, stdout, error) : OK;
}

static Status find_index(Change *change, const MergeSettings *settings,
                         const ParsedLine *line, Error *error)
{
    const char *given = settings->output;
    if (line->operand_count > 1)
        return fail(error, ERR_USAGE,
                    "'merge' takes one index; unexpected argument '%s'",
                    line->operands[1]);
    if (line->operand_count && given)
        return fail(error, ERR_USAGE,
                    "the index is named twice: '%s' and -o '%s'",
                    line->operands[0], given);
    return change_find(change, line->operand_count ? line->operands[0] : given,
                       error);
}

static Status run(Change *change, const MergeSettings *settings,
                  const ParsedLine *line, Error *error)
{
    change->options = writer_defaults();
    change->options.create = false;
    change->options.verb = "merge";
    change->options.wait = settings->wait;
    change->options.build.memory = settings->memory;
    Status status = find_index(change, settings, line, error);
    if (status == OK) status = change_open(change, error);
    if (status == OK)
        status = writer_merge(change->writer, (uint32_t)settings->to,
                              &change->report, error);
    signal(SIGPIPE, SIG_DFL);
    return status == OK ? print_summary(change, settings->json, error) : status;
}

static int merge_index(const MergeSettings *settings, const ParsedLine *line)
{
    Change change = {0};
    Error error;
    int exit_status = command_end(run(&change, settings, line, &error), &error);
    change_release(&change);
    return exit_status;
}

int command_merge(const Command *command, int argc, char **argv)
{
    MergeSettings settings = {0};
    ParsedLine line;
    int exit_status;
    if (command_begin(command->program, argc, argv, &settings, &line,
                      &exit_status))
        exit_status = merge_index(&settings, &line);
    parsed_line_release(&line);
    return exit_status;
}
