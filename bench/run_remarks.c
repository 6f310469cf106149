/* run_remarks.c - the results of a run as text: all that is no table. */
#include "bench/run_remarks.h"

#include "bench/statistics/percentiles.h"
#include "common/base/human.h"
#include "common/base/plain_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { SHOWN_DIFFERENCES = 10 };

static const char *name_of(const Results *results, size_t engine)
{
    return results_engine(results, engine)->name;
}

/* Engines whose answers are complete. */
static size_t count_answers(const Results *results, int64_t *k)
{
    const ResultHits *hits = results->hits.items;
    for (size_t i = 0; i < results->hits.count; i++) *k = hits[i].k;
    return results->hits.count;
}

static void put_names(const Results *results, Buf *out)
{
    const ResultHits *hits = results->hits.items;
    for (size_t i = 0; i < results->hits.count; i++)
        buf_printf(out, "%s%s", i ? ", " : "",
                   name_of(results, hits[i].engine));
}

static void put_difference(const Results *results, const ResultDifference *one,
                           Buf *out)
{
    const ResultQuery *query = results_query(results, one->query);
    buf_printf(out, "  %s and %s: %s: query %s '", name_of(results, one->first),
               name_of(results, one->second), one->message, query->qid);
    put_visible(out, span_text(query->text));
    buf_put_text(out, "'\n");
}

/* The queries on which an engine differs from the first; it may be listed
 * for its count and for its hits. */
static size_t count_queries(const Results *results, size_t engine)
{
    const ResultDifference *differences = results->differences.items;
    uint8_t *seen = calloc(results->queries.count + 1, 1);
    size_t count = 0;
    for (size_t i = 0; seen && i < results->differences.count; i++) {
        if (differences[i].second != engine) continue;
        count += !seen[differences[i].query];
        seen[differences[i].query] = 1;
    }
    free(seen);
    return count;
}

/* Ends the line. */
static void put_not_compared(const Results *results, Buf *out)
{
    const ResultHits *hits = results->hits.items;
    for (size_t i = 0; i < results->hits.count; i++) {
        if (!hits[i].compared) {
            buf_printf(out,
                       "; of %s counts only: its scores are others (k1, b or "
                       "the formula differ)",
                       name_of(results, hits[i].engine));
        }
    }
    buf_put_byte(out, '\n');
}

static void put_agreement(const Results *results, Buf *out)
{
    int64_t k = 0;
    if (count_answers(results, &k) < 2) {
        buf_put_text(out, "answers of one engine only: not compared\n");
        return;
    }
    buf_put_text(out, "answers agree (");
    put_names(results, out);
    buf_printf(out, "): counts and %" PRId64 " best hits of ", k);
    put_count(out, results->queries.count);
    buf_put_text(out, results->queries.count == 1 ? " query" : " queries");
    put_not_compared(results, out);
}

void remarks_put_answers(const Results *results, Buf *out)
{
    const ResultDifference *differences = results->differences.items;
    if (results->end.differences == 0) {
        put_agreement(results, out);
        return;
    }
    buf_put_text(out, "ANSWERS DIFFER: ");
    const char *between = "";
    for (size_t e = 0; e < results->engines.count; e++) {
        size_t queries = count_queries(results, e);
        if (queries == 0) continue;
        buf_printf(out, "%s%s and %s on %zu of %zu queries", between,
                   name_of(results, 0), name_of(results, e), queries,
                   results->queries.count);
        between = "; ";
    }
    put_not_compared(results, out);
    for (size_t i = 0; i < results->differences.count && i < SHOWN_DIFFERENCES;
         i++) {
        put_difference(results, &differences[i], out);
    }
}

static int compare_integers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The median of the times from start to first answer; 0: none. */
static int64_t median_start(const Results *results, size_t engine)
{
    int64_t starts[RESULT_MAX_LAUNCHES]; /* of the first ones */
    size_t count = 0;
    const ResultLaunch *launches = results->launches.items;
    for (size_t i = 0;
         i < results->launches.count && count < RESULT_MAX_LAUNCHES; i++) {
        if (launches[i].engine == engine && launches[i].start_ns > 0)
            starts[count++] = launches[i].start_ns;
    }
    if (count == 0) return 0;
    qsort(starts, count, sizeof *starts, compare_integers);
    return starts[count / 2];
}

static void put_starts(const Results *results, Buf *out)
{
    bool is_first = true;
    for (size_t i = 0; i < results->engines.count; i++) {
        int64_t start = median_start(results, i);
        if (start == 0 || results_engine(results, i)->kind == ENGINE_NULL)
            continue;
        buf_put_text(out, is_first ? "\nfrom process start to the first answer "
                                     "(median): "
                                   : ", ");
        buf_printf(out, "%s ", name_of(results, i));
        put_duration(out, (double)start * 1e-9);
        is_first = false;
    }
    if (!is_first) buf_put_byte(out, '\n');
}

static void put_unsettled(const Results *results, Buf *out)
{
    const ResultLaunch *launches = results->launches.items;
    for (size_t e = 0; e < results->engines.count; e++) {
        size_t count = 0, unsettled = 0;
        for (size_t i = 0; i < results->launches.count; i++) {
            if (launches[i].engine != e) continue;
            count++;
            unsettled += !launches[i].settled;
        }
        if (unsettled) {
            buf_printf(out,
                       "not settled: %s in %zu of %zu launches: the medians of "
                       "three passes did not agree within 2 %% during the "
                       "warm-up\n",
                       name_of(results, e), unsettled, count);
        }
    }
}

static void put_failures(const Results *results, Buf *out)
{
    for (size_t i = 0; i < results->engines.count; i++) {
        const ResultEngine *engine = results_engine(results, i);
        if (engine->failure && *engine->failure) {
            buf_printf(out, "given up: ");
            put_visible(out, span_text(engine->failure));
            buf_put_byte(out, '\n');
        }
    }
}

static void put_percentile(const char *name, Figure figure,
                           const double figures[FIGURES], size_t count,
                           Buf *out)
{
    if (!figure_is_supported(figure, count)) return;
    buf_printf(out, ", %s ", name);
    put_duration(out, figures[figure] * 1e-9);
}

/* p50 and p90 where there are enough, mean and maximum. */
static void put_cold_times(const ResultCold *cold, Buf *out)
{
    double figures[FIGURES];
    size_t count = 0;
    Sample *samples = calloc(cold->ns.count + 1, sizeof *samples);
    for (size_t i = 0; samples && i < cold->ns.count; i++) {
        if (cold->ns.items[i] > 0)
            samples[count++].value = (double)cold->ns.items[i];
    }
    if (count) {
        samples_sort(samples, count);
        figures_compute(samples, count, NULL, NULL, figures);
        buf_printf(out, "%zu quer%s", count, count == 1 ? "y" : "ies");
        put_percentile("p50", FIGURE_P50, figures, count, out);
        put_percentile("p90", FIGURE_P90, figures, count, out);
        put_percentile("mean", FIGURE_MEAN, figures, count, out);
        put_percentile("max", FIGURE_MAX, figures, count, out);
    }
    free(samples);
}

static void put_cold(const Results *results, Buf *out)
{
    const ResultCold *colds = results->colds.items;
    for (size_t i = 0; i < results->colds.count; i++) {
        const ResultCold *cold = &colds[i];
        buf_printf(out, "%scold, %s, %s: ", i ? "" : "\n",
                   name_of(results, cold->engine),
                   results_workload(results, cold->workload)->name);
        put_cold_times(cold, out);
        buf_printf(out,
                   "; evicted by %s, at most %.1f %% of the index in memory "
                   "before a query\n",
                   cold->method, 100 * cold->resident);
    }
}

static void put_counters(const ResultTrace *trace, Buf *out)
{
    size_t count = trace->counters.count < trace->values.count
                       ? trace->counters.count
                       : trace->values.count;
    for (size_t i = 0; i < count; i++) {
        const char *name = trace->counters.items[i];
        size_t size = strlen(name);
        bool is_time = size > 3 && !strcmp(name + size - 3, "_ns");
        buf_put_text(out, i ? ", " : "      ");
        put_visible(out, span_of(name, is_time ? size - 3 : size));
        buf_put_byte(out, ' ');
        if (is_time) {
            put_duration(out, (double)trace->values.items[i] * 1e-9);
        } else {
            put_count(out, (uint64_t)trace->values.items[i]);
        }
    }
    buf_put_byte(out, '\n');
}

static void put_plan(const char *plan, Buf *out)
{
    while (*plan) {
        size_t size = strcspn(plan, "\n");
        buf_put_text(out, "      ");
        put_visible(out, span_of(plan, size));
        buf_put_byte(out, '\n');
        plan += size + (plan[size] == '\n');
    }
}

static void put_slowest(const Results *results, Buf *out)
{
    const ResultTrace *traces = results->traces.items;
    for (size_t i = 0; i < results->traces.count; i++) {
        const ResultTrace *trace = &traces[i];
        const ResultQuery *query = results_query(results, trace->query);
        if (i == 0) buf_put_text(out, "\nslowest queries:\n");
        buf_printf(out, "  %s ",
                   results_workload(results, trace->workload)->name);
        put_duration(out, (double)trace->ns * 1e-9);
        buf_printf(out, ", query %s: ", query->qid);
        put_visible(out, span_text(query->text));
        buf_put_byte(out, '\n');
        put_plan(trace->plan, out);
        put_counters(trace, out);
    }
}

static void put_quality(const Results *results, Buf *out)
{
    const ResultQuality *qualities = results->qualities.items;
    size_t engine = SIZE_MAX;
    for (size_t i = 0; i < results->qualities.count; i++) {
        if (qualities[i].engine != engine) {
            engine = qualities[i].engine;
            buf_printf(out, "\nquality of %s:", name_of(results, engine));
        }
        buf_printf(out, " %s %.4f", qualities[i].measure, qualities[i].mean);
    }
    if (results->qualities.count) buf_put_byte(out, '\n');
}

static void put_machine(const Results *results, Buf *out)
{
    const ResultManifest *manifest = &results->manifest;
    buf_printf(out, "\n%s, %" PRId64 " cores, %s, %s; load %.2f; ",
               manifest->cpu, manifest->cores, manifest->kernel,
               manifest->level, manifest->load);
    if (manifest->core >= 0) {
        buf_printf(out, "asker and engines on core %" PRId64, manifest->core);
    } else {
        buf_put_text(out, "not bound to one core");
    }
    buf_printf(out, "; quern %s %s\n", manifest->quern, manifest->commit);
    if (results->end.partial)
        buf_put_text(out, "PARTIAL: not everything was measured\n");
}

void remarks_put_rest(const Results *results, Buf *out)
{
    put_starts(results, out);
    put_unsettled(results, out);
    put_failures(results, out);
    put_quality(results, out);
    put_cold(results, out);
    put_slowest(results, out);
    put_machine(results, out);
}
