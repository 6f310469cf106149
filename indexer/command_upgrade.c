/* command_upgrade.c - indexer upgrade: an index of an older version of the
 * format becomes one of this version. */
#include "common/base/human.h"
#include "common/program/log.h"
#include "indexer/build_log.h"
#include "indexer/commands.h"
#include "indexer/merge/upgrade.h"

#include <signal.h>

static void print_report(const char *folder, const UpgradeReport *report)
{
    Buf text = {0};
    if (report->segments == 0) {
        log_note("%s has this version of the format already; nothing was done",
                 folder);
        return;
    }
    put_counted(&text, report->segments, "segment");
    buf_put_text(&text, " upgraded; ");
    put_bytes(&text, report->old_bytes);
    buf_put_text(&text, " before, ");
    put_bytes(&text, report->bytes);
    buf_printf(&text, " now; %.1f s", report->seconds);
    const char *line = buf_text(&text);
    if (line) log_note("%s: %s", folder, line);
    buf_release(&text);
}

Status command_upgrade(const char *folder, const CommandOptions *options,
                       FILE *out, Error *error)
{
    (void)options;
    (void)out;
    static Interrupt interrupt; /* is watched until the program ends */
    BuildOptions build = build_defaults();
    BuildLog log;
    UpgradeReport report;
    build.output = folder;
    Status status = interrupt_start(&interrupt, error);
    build_log_init(&log, &build, &interrupt);
    if (status == OK) {
        UpgradeOptions upgrade = {.folder = folder, .listener = &log.listener};
        status = index_upgrade(&upgrade, &report, error);
    }
    signal(SIGPIPE, SIG_DFL);
    if (status == OK) print_report(folder, &report);
    build_log_release(&log);
    return status;
}
