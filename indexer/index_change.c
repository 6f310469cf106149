/* index_change.c - what the commands that change an index share. */
#include "indexer/index_change.h"

#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/program/discovery.h"
#include "common/program/log.h"
#include "common/program/program_output.h"
#include "indexer/build/machine.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>

/* Whether nothing is there to be found: then one is created. */
static bool may_create(const Change *change, Status status)
{
    bool found;
    Error ignored;
    const char *folder = build_defaults().output;
    return change->options.create && status == ERR_IO &&
           index_find(folder, &found, &ignored) == OK && !found;
}

Status change_find(Change *change, const char *given, Error *error)
{
    BuildOptions *build = &change->options.build;
    bool found = false;
    build->trusted = discovery_trusted_owner();
    if (given) {
        build->output = given;
        return OK;
    }
    Status status = index_discover(NULL, "-o INDEX", &change->path, &found,
                                   error);
    build->output = status == OK ? buf_text(&change->path)
                                 : build_defaults().output;
    build->unnamed = status != OK || found;
    return may_create(change, status) ? OK : status;
}

Status change_open(Change *change, Error *error)
{
    static Interrupt interrupt; /* is watched until the program ends */
    BuildOptions *build = &change->options.build;
    Status status = interrupt_start(&interrupt, error);
    build_log_init(&change->log, build, &interrupt);
    build->listener = &change->log.listener;
    return status == OK ? writer_open(&change->options, &change->writer, error)
                        : status;
}

void change_release(Change *change)
{
    writer_close(change->writer);
    build_log_release(&change->log);
    buf_release(&change->path);
}

Status change_commit(Change *change, Error *error)
{
    Status status = writer_commit(change->writer, &change->report, error);
    signal(SIGPIPE, SIG_DFL);
    return status;
}

/* "495 documents added, 3 replaced" */
static void put_changes(Buf *out, const WriterCounts *counts)
{
    const struct {
        uint64_t count;
        const char *what;
    } changes[] = {{counts->added, "added"},
                   {counts->replaced, "replaced"},
                   {counts->unchanged, "unchanged"},
                   {counts->removed, "removed"},
                   {counts->skips[SKIP_LOG_DUPLICATE], "dropped"}};
    bool is_first = true;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        if (!changes[i].count) continue;
        if (is_first) {
            put_counted(out, changes[i].count, "document");
        } else {
            buf_put_text(out, ", ");
            put_count(out, changes[i].count);
        }
        buf_printf(out, " %s", changes[i].what);
        is_first = false;
    }
    if (is_first) buf_put_text(out, "no document changed");
    if (!counts->skips[SKIP_LOG_SKIPPED]) return;
    buf_put_text(out, ", ");
    put_counted(out, counts->skips[SKIP_LOG_SKIPPED], "record");
    buf_put_text(out, " skipped");
}

void change_put_state(Buf *out, const WriterReport *report)
{
    buf_put_text(out, "; now ");
    put_counted(out, report->documents, "document");
    buf_put_text(out, " in ");
    put_counted(out, report->segments, "segment");
    buf_put_text(out, "\n  ");
    put_bytes(out, report->written_bytes);
    buf_put_text(out, " written, the index has ");
    put_bytes(out, report->index_bytes);
    buf_put_text(out, "; ");
    put_duration(out, report->seconds);
    buf_put_byte(out, '\n');
}

static void put_summary_text(Buf *out, const Change *change)
{
    const WriterReport *report = &change->report;
    put_visible(out, span_text(change->options.build.output));
    buf_put_text(out, ": ");
    put_changes(out, &report->counts);
    if (report->published) {
        change_put_state(out, report);
    } else {
        buf_put_text(out, "; nothing was written\n");
    }
}

static void put_summary_object(Buf *out, const Change *change)
{
    const WriterReport *report = &change->report;
    const WriterCounts *counts = &report->counts;
    const struct {
        const char *name;
        uint64_t value;
    } members[] = {
        {"added", counts->added},
        {"replaced", counts->replaced},
        {"unchanged", counts->unchanged},
        {"removed", counts->removed},
        {"skipped", counts->skips[SKIP_LOG_SKIPPED]},
        {"changed", counts->skips[SKIP_LOG_CHANGED]},
        {"duplicates", counts->skips[SKIP_LOG_DUPLICATE]},
        {"documents", report->documents},
        {"tokens", report->tokens},
        {"segments", report->segments},
        {"merged_segments", report->merged},
        {"text_bytes", report->text_bytes},
        {"written_bytes", report->written_bytes},
        {"index_bytes", report->index_bytes},
        {"peak_memory_bytes", peak_memory()},
    };
    buf_put_text(out, "{\"type\":\"summary\",\"index\":");
    put_json_string(out, span_text(change->options.build.output));
    buf_printf(out, ",\"published\":%s", report->published ? "true" : "false");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        buf_printf(out, ",\"%s\":%" PRIu64, members[i].name, members[i].value);
    buf_printf(out, ",\"seconds\":%.3f,\"processor_seconds\":%.3f}\n",
               report->seconds, processor_seconds());
}

Status change_print_json(const Change *change, FILE *out, Error *error)
{
    Buf text = {0};
    put_summary_object(&text, change);
    Status status = program_print(&text, out, error);
    buf_release(&text);
    return status;
}

Status change_print(const Change *change, bool json, FILE *out, Error *error)
{
    Buf text = {0};
    put_summary_text(&text, change);
    log_text(buf_span(&text));
    buf_release(&text);
    if (change->report.narrowed_by[0]) {
        log_note("the index has mode %04o, because not all users may read %s",
                 change->report.mode, change->report.narrowed_by);
    }
    return json ? change_print_json(change, out, error) : OK;
}
