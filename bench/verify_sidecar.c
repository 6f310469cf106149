/* verify_sidecar.c - verify --sidecar: makes a run again and compares. */
#include "bench/verify_sidecar.h"

#include "bench/verify/run_replay.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "common/program/program_output.h"

#include <inttypes.h>
#include <unistd.h>

/* The searcher next to this program. */
static void put_searcher(Buf *out)
{
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    while (size > 0 && path[size - 1] != '/') size--;
    if (size > 0) buf_put(out, path, (size_t)size);
    buf_put_text(out, "searcher");
}

static void put_replay(Buf *out, const RunReplay *replay, const char *run)
{
    if (replay->is_same) {
        buf_printf(out, "the same run: %" PRIu64 " lines, hash %s\n",
                   replay->lines, replay->hash);
    } else {
        buf_printf(out, "another run: %" PRIu64 " lines, hash %s\n",
                   replay->lines, replay->hash);
    }
    if (!replay->line) return;
    put_visible(out, span_text(run));
    buf_printf(out, ":%" PRIu64 ": %s", replay->line,
               replay->was.size ? "was: " : "was missing");
    put_visible(out, replay->was);
    buf_put_text(out, replay->is.size ? "\n  is now: " : "\n  is now missing");
    put_visible(out, replay->is);
    buf_put_byte(out, '\n');
}

static void warn_of_changes(const RunSidecar *sidecar, const RunReplay *replay,
                            const char *run)
{
    if (replay->index_changed) {
        log_warn("index %s is not the one that was searched: its content has "
                 "changed",
                 sidecar->index);
    }
    if (replay->run_is_other)
        log_warn("%s is not the run that the sidecar describes", run);
    if (strcmp(sidecar->quern, QUERN_VERSION) != 0)
        log_note("the run was made by version %s", sidecar->quern);
}

Status verify_sidecar(const char *path, const char *run, BenchExit *code,
                      Error *error)
{
    RunSidecar sidecar;
    RunReplay replay = {0};
    Buf out = {0}, searcher = {0};
    put_searcher(&searcher);
    const char *program = buf_text(&searcher);
    Status status = run_sidecar_read(path, &sidecar, error);
    if (status == OK && !program)
        status = fail_memory(error, "verifying a run");
    if (status == OK) {
        status = run_replay(&sidecar, program, run, &replay, error);
    }
    if (status == OK) {
        warn_of_changes(&sidecar, &replay, run);
        bool holds = replay.is_same && !replay.line && !replay.index_changed;
        *code = holds ? EXIT_FINE : EXIT_DIFFERENCE;
        put_replay(&out, &replay, run);
        status = program_print(&out, stdout, error);
    }
    run_replay_release(&replay);
    run_sidecar_release(&sidecar);
    buf_release(&searcher);
    buf_release(&out);
    return status;
}
