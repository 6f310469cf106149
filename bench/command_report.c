/* command_report.c - a page with charts, from results. */
#include "bench/bench_commands.h"

#include "bench/report/report_page.h"
#include "common/base/file.h"
#include "common/program/program_output.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct Settings {
    const char *output;
} Settings;

static const Settings defaults = {0};

static const Option options[] = {
    {OPTION_TEXT, 'o', "output", "FILE", offsetof(Settings, output),
     .brief = "write the page to FILE; - is standard output",
     .complete = COMPLETE_FILE, .once = true},
    {.kind = OPTION_END}};

static const char *const usages[] = {"RESULTS... -o FILE", NULL};

static const ProgramExample examples[] = {
    {"bench report results.json -o report.html", "one run"},
    {"bench report monday.json tuesday.json certificate.json -o report.html",
     "two runs, and a certificate of bench verify --json"},
    {0}};

static const ProgramChapter chapters[] = {
    {"The page",
     "One file without scripts that loads nothing: it can be mailed or kept "
     "with the results. It shows whether all engines gave the same answers, "
     "distributions and percentiles of the times, times over the postings of "
     "each query, quality over latency if there are judgements, the tables, "
     "the machine, certificates, and the commands to repeat it."},
    {0}};

static Status write_page(const char *path, Buf *page, Error *error)
{
    if (!strcmp(path, "-")) return program_print(page, stdout, error);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return fail_errno(error, "%s: cannot create", path);
    bool written = file_write_all(fd, buf_span(page));
    Status status = written ? OK : fail_errno(error, "%s: cannot write", path);
    if (close(fd) && status == OK)
        status = fail_errno(error, "%s: cannot write", path);
    return status;
}

/* The command line, as it could be typed again. */
static void put_command(Buf *out, const Settings *settings,
                        const ParsedLine *line)
{
    buf_put_text(out, "bench report");
    for (size_t i = 0; i < line->operand_count; i++)
        buf_printf(out, " %s", line->operands[i]);
    buf_printf(out, " -o %s", settings->output);
}

static Status make_page(const ReportInput *inputs, const Settings *settings,
                        const ParsedLine *line, Error *error)
{
    Buf page = {0}, command = {0};
    put_command(&command, settings, line);
    const char *text = buf_text(&command);
    Status status = text ? report_page_put(&page, inputs, line->operand_count,
                                           text, error)
                         : fail_memory(error, "making the page");
    if (status == OK) status = write_page(settings->output, &page, error);
    buf_release(&page);
    buf_release(&command);
    return status;
}

static Status run(void *given, const ParsedLine *line, BenchExit *code,
                  Error *error)
{
    (void)code;
    const Settings *settings = given;
    if (!settings->output || !line->operand_count) {
        return fail(error, ERR_USAGE,
                    "report needs results and a file for the page: bench "
                    "report RESULTS... -o FILE");
    }
    size_t count = line->operand_count;
    ReportInput *inputs = calloc(count, sizeof *inputs);
    Status status = inputs ? OK : fail_memory(error, "reading results");
    for (size_t i = 0; status == OK && i < count; i++)
        status = report_input_read(line->operands[i], &inputs[i], error);
    if (status == OK) status = make_page(inputs, settings, line, error);
    for (size_t i = 0; inputs && i < count; i++)
        report_input_release(&inputs[i]);
    free(inputs);
    return status;
}

const BenchCommand COMMAND_REPORT = {
    .program = {.name = "bench report",
                .summary = "write a page with charts",
                .usages = usages,
                .examples = examples,
                .options = options,
                .chapters = chapters,
                .operands = COMPLETE_FILE},
    .defaults = &defaults,
    .settings_size = sizeof defaults,
    .run = run};
