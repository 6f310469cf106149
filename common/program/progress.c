/* progress.c - a line that shows the progress of a long job. */
#include "common/program/progress.h"

#include "common/base/buf.h"
#include "common/base/clock.h"
#include "common/base/human.h"
#include "common/program/log.h"

#include <stdbool.h>

static const double REDRAW_SECONDS = 0.2; /* on a terminal */
static const double LINE_SECONDS = 30;    /* in a file */

void progress_start(Progress *progress, const char *job, const char *items)
{
    double now = clock_seconds();
    *progress = (Progress){
        .job = job, .items = items, .started = now, .shown = now};
}

static void put_rate(Buf *line, uint64_t items, uint64_t bytes, double elapsed,
                     const char *name)
{
    if (bytes) {
        put_bytes(line, (uint64_t)((double)bytes / elapsed));
    } else {
        put_count(line, (uint64_t)((double)items / elapsed));
        buf_printf(line, " %s", name);
    }
    buf_put_text(line, "/s");
}

static void put_line(Buf *line, const Progress *progress, uint64_t items,
                     uint64_t bytes, double share)
{
    double elapsed = clock_seconds() - progress->started;
    put_count(line, items);
    buf_printf(line, " %s, ", progress->items);
    if (bytes) {
        put_bytes(line, bytes);
        buf_put_text(line, ", ");
    }
    if (elapsed > 0) put_rate(line, items, bytes, elapsed, progress->items);
    if (share > 0 && share <= 1) {
        buf_printf(line, ", %.0f %%, ", 100 * share);
        put_duration(line, elapsed * (1 - share) / share);
        buf_put_text(line, " left");
    }
}

void progress_show(Progress *progress, uint64_t items, uint64_t bytes,
                   double share)
{
    if (log_level() < LOG_NORMAL) return;
    double since = clock_seconds() - progress->shown;
    if (since < REDRAW_SECONDS) return;
    bool terminal = log_is_terminal();
    if (!terminal && since < LINE_SECONDS) return;
    progress->shown += since;

    Buf line = {0};
    put_line(&line, progress, items, bytes, share);
    const char *text = buf_text(&line);
    if (text && !terminal) log_note("%s: %s", progress->job, text);
    if (text && terminal) {
        Buf named = {0};
        buf_printf(&named, "%s: %s", progress->job, text);
        log_transient(buf_text(&named));
        buf_release(&named);
    }
    buf_release(&line);
}

void progress_end(Progress *progress)
{
    *progress = (Progress){0};
    log_transient(NULL);
}
