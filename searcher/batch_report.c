/* batch_report.c - the totals of a batch: failures, no hits, timing. */
#include "searcher/batch_report.h"

#include "common/base/human.h"
#include "common/program/log.h"

#include <stdlib.h>

enum { MAX_NAMED = 10 }; /* queries without hits */

void batch_report_add(BatchReport *report, Span qid, bool failed, uint64_t hits,
                      double seconds)
{
    report->queries++;
    report->failed += failed;
    report->hits += hits;
    if (failed) return;
    buf_put(&report->times, &seconds, sizeof seconds);
    if (hits > 0) return;
    Buf *names = &report->first_without_hits;
    if (report->without_hits++ < MAX_NAMED) {
        if (names->size) buf_put_text(names, ", ");
        buf_put_span(names, qid);
    }
}

void batch_report_log(const BatchReport *report)
{
    Buf line = {0};
    if (report->without_hits) {
        put_count(&line, report->without_hits);
        buf_put_text(&line, " of ");
        put_count(&line, report->queries);
        buf_put_text(&line, report->queries == 1 ? ": " : " queries: ");
        buf_put_span(&line, buf_span(&report->first_without_hits));
        if (report->without_hits > MAX_NAMED) {
            buf_put_text(&line, ", ...");
        }
        const char *text = buf_text(&line);
        if (text) log_note("no hits for %s", text);
    }
    if (report->failed) {
        log_error("%llu of %llu queries failed; see the errors above",
                  (unsigned long long)report->failed,
                  (unsigned long long)report->queries);
    }
    buf_release(&line);
}

static int compare_times(const void *left, const void *right)
{
    double a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

static void put_named_time(Buf *line, const char *name, double seconds)
{
    buf_printf(line, ", %s ", name);
    put_duration(line, seconds);
}

void batch_report_log_times(BatchReport *report)
{
    size_t count = report->times.size / sizeof(double);
    if (count == 0 || report->times.status != OK) return;
    double *times = (double *)(void *)report->times.data;
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += times[i];
    qsort(times, count, sizeof *times, compare_times);

    Buf line = {0};
    put_count(&line, report->queries);
    buf_put_text(&line, " queries in ");
    put_duration(&line, report->seconds);
    buf_put_text(&line, " on ");
    put_counted(&line, report->threads, "thread");
    buf_put_text(&line, ": ");
    put_count(&line, (uint64_t)((double)report->queries / report->seconds));
    buf_put_text(&line, " queries/s");
    put_named_time(&line, "mean", sum / (double)count);
    put_named_time(&line, "p50", times[(count - 1) / 2]);
    put_named_time(&line, "p99", times[(count - 1) * 99 / 100]);
    put_named_time(&line, "max", times[count - 1]);
    const char *text = buf_text(&line);
    if (text) log_note("timing: %s", text);
    buf_release(&line);
}

void batch_report_release(BatchReport *report)
{
    buf_release(&report->first_without_hits);
    buf_release(&report->times);
}
