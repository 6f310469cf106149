/* report_page.c - one page of results, without network and without script. */
#include "bench/report/report_page.h"

#include "bench/report/html_text.h"
#include "bench/report/latency_charts.h"
#include "bench/report/quality_chart.h"
#include "bench/report/result_sections.h"
#include "bench/report/result_tables.h"

/* No script and nothing from elsewhere, whatever the results contain. */
#define PAGE_POLICY "default-src 'none'; style-src 'unsafe-inline'"

typedef struct Page {
    Buf *out;
    size_t charts; /* put so far */
} Page;

static void put_head(Buf *out)
{
    buf_put_text(out,
                 "<!DOCTYPE html>\n<html lang=\"en\"><head><meta "
                 "charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-"
                 "Policy\" content=\"" PAGE_POLICY "\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, "
                 "initial-scale=1\">\n<meta name=\"color-scheme\" "
                 "content=\"light dark\">\n<title>Benchmark report</title>\n"
                 "<style>\n");
    for (size_t i = 0; PAGE_STYLE[i]; i++) buf_put_text(out, PAGE_STYLE[i]);
    buf_put_text(out, "</style></head>\n<body><main>\n<h1>Benchmark report"
                      "</h1>\n");
}

/* What the colours mean, for all charts of a run. */
static void put_legend(Buf *out, const Results *results)
{
    buf_put_text(out, "<ul class=\"legend\">");
    for (size_t i = 0; i < results->engines.count; i++) {
        const ResultEngine *engine = results_engine(results, i);
        if (engine->kind == ENGINE_NULL) continue;
        buf_printf(out,
                   "<li><svg viewBox=\"0 0 28 8\" aria-hidden=\"true\"><path "
                   "class=\"line s%zu\" d=\"M0 4H28\"/></svg>",
                   i % SERIES_COLORS);
        put_html(out, engine->name);
        buf_put_text(out, "</li>");
    }
    buf_put_text(out, "</ul>\n");
}

static void put_charts(Page *page, const Results *results,
                       const WorkloadTimes *times)
{
    LatencyCharts charts = {results, times, &page->charts};
    if (!times->count) return;
    buf_put_text(page->out, "<div class=\"charts\">\n");
    put_distribution_chart(page->out, &charts);
    put_percentile_chart(page->out, &charts, CURVE_MINIMA);
    put_percentile_chart(page->out, &charts, CURVE_ALL);
    put_postings_chart(page->out, &charts);
    buf_put_text(page->out, "</div>\n");
}

static Status put_workload(Page *page, const Results *results, size_t workload,
                           Error *error)
{
    Buf *out = page->out;
    WorkloadTimes times;
    buf_put_text(out, "<h3>");
    put_html(out, results_workload(results, workload)->name);
    buf_put_text(out, "</h3>\n");
    Status status = workload_times_collect(results, workload, &times, error);
    if (status != OK) return status;
    put_charts(page, results, &times);
    workload_times_release(&times);
    buf_put_text(out, "<h4>Over queries, of each query\u2019s minimum, in "
                      "\u00b5s</h4>\n");
    status = put_figure_table(out, results, TABLE_MINIMUM, workload, error);
    if (status != OK) return status;
    buf_put_text(out, "<h4>Over all executions, in \u00b5s</h4>\n");
    return put_figure_table(out, results, TABLE_ALL, workload, error);
}

static void put_quality(Page *page, const Results *results)
{
    if (!results->qualities.count) return;
    buf_put_text(page->out, "<h3>Quality</h3>\n<div class=\"charts\">\n");
    put_quality_charts(page->out, results, &page->charts);
    buf_put_text(page->out, "</div>\n");
    put_quality_table(page->out, results);
}

static Status put_run(Page *page, const ReportInput *input, Error *error)
{
    Buf *out = page->out;
    const Results *results = &input->results;
    buf_put_text(out, "<section><h2>");
    put_html(out, input->path);
    buf_put_text(out, "</h2>\n");
    put_verdict(out, results);
    put_remarks(out, results);
    put_legend(out, results);
    Status status = OK;
    for (size_t i = 0; status == OK && i < results->workloads.count; i++)
        status = put_workload(page, results, i, error);
    put_quality(page, results);
    put_cold_table(out, results);
    put_traces(out, results);
    put_differences(out, results);
    buf_put_text(out, "<h3>What was measured</h3>\n");
    put_engine_table(out, results);
    put_manifest(out, &results->manifest);
    buf_put_text(out, "</section>\n");
    return status;
}

static void put_certificates(Buf *out, const ReportInput *inputs, size_t count)
{
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (!inputs[i].is_certificate) continue;
        if (first) buf_put_text(out, "<section><h2>Certificates</h2>\n");
        first = false;
        put_certified(out, &inputs[i], inputs, count);
    }
    if (!first) buf_put_text(out, "</section>\n");
}

static void put_command(Buf *out, const char *command)
{
    buf_put_text(out, "<pre>");
    put_html(out, command);
    buf_put_text(out, "</pre>\n");
}

static void put_repeat(Buf *out, const ReportInput *inputs, size_t count,
                       const char *command)
{
    buf_put_text(out, "<section><h2>Repeat this</h2>\n");
    for (size_t i = 0; i < count; i++) {
        if (!inputs[i].is_certificate)
            put_command(out, inputs[i].results.manifest.command);
    }
    put_command(out, command);
    buf_put_text(out, "</section>\n");
}

Status report_page_put(Buf *out, const ReportInput *inputs, size_t count,
                       const char *command, Error *error)
{
    Page page = {.out = out};
    Status status = OK;
    put_head(out);
    for (size_t i = 0; status == OK && i < count; i++) {
        if (!inputs[i].is_certificate)
            status = put_run(&page, &inputs[i], error);
    }
    put_certificates(out, inputs, count);
    put_repeat(out, inputs, count, command);
    buf_put_text(out, "</main></body></html>\n");
    return status == OK ? buf_check(out, "making the page", error) : status;
}
