/* result_sections.c - the parts of a report that are not figures. */
#include "bench/report/result_sections.h"

#include "bench/report/html_text.h"
#include "bench/report/result_tables.h"
#include "common/base/human.h"

#include <inttypes.h>

enum { SHOWN_DIFFERENCES = 100 };

void put_verdict(Buf *out, const Results *results)
{
    uint64_t differences = (uint64_t)results->end.differences;
    bool compared = results->answers.count > 1 || results->hits.count > 1;
    if (results->differences.count > differences)
        differences = results->differences.count;
    buf_printf(out, "<p class=\"verdict %s\">",
               differences ? "bad"
               : compared  ? "good"
                           : "plain");
    if (differences) {
        put_count(out, differences);
        buf_put_text(out, differences == 1
                              ? " query has different answers; see below"
                              : " queries have different answers; see below");
    } else if (compared) {
        buf_put_text(out, "All engines gave the same answers to ");
        put_count(out, results->queries.count);
        buf_put_text(out, results->queries.count == 1 ? " query" : " queries");
    } else {
        buf_put_text(out, "Answers were not compared");
    }
    buf_put_text(out, "</p>\n");
}

static void put_unsettled(Buf *out, const Results *results, size_t engine)
{
    const ResultLaunch *launches = results->launches.items;
    size_t count = 0, unsettled = 0;
    for (size_t i = 0; i < results->launches.count; i++) {
        if (launches[i].engine != engine) continue;
        count++;
        unsettled += !launches[i].settled;
    }
    if (!unsettled) return;
    buf_put_text(out, "<li>not settled: ");
    put_html(out, results_engine(results, engine)->name);
    buf_printf(out, " in %zu of %zu launches</li>\n", unsettled, count);
}

void put_remarks(Buf *out, const Results *results)
{
    buf_put_text(out, "<ul class=\"remarks\">\n<li>");
    put_html(out, results->manifest.date);
    buf_put_text(out, ", ");
    put_html(out, results->manifest.cpu);
    buf_put_text(out, "</li>\n");
    if (results->end.partial)
        buf_put_text(out,
                     "<li>the run is incomplete: it was interrupted, or an "
                     "engine was given up</li>\n");
    for (size_t i = 0; i < results->engines.count; i++) {
        const ResultEngine *engine = results_engine(results, i);
        put_unsettled(out, results, i);
        if (!engine->failure[0]) continue;
        buf_put_text(out, "<li>");
        put_html(out, engine->name);
        buf_put_text(out, " failed: ");
        put_html(out, engine->failure);
        buf_put_text(out, "</li>\n");
    }
    buf_put_text(out, "</ul>\n");
}

void put_differences(Buf *out, const Results *results)
{
    const ResultDifference *all = results->differences.items;
    size_t count = results->differences.count;
    if (!count) return;
    buf_put_text(out, "<h3>Different answers</h3>\n");
    table_begin(out, "query", "~engines|~what|~difference");
    for (size_t i = 0; i < count && i < SHOWN_DIFFERENCES; i++) {
        const ResultDifference *one = &all[i];
        table_row_begin(out, results_query(results, one->query)->text);
        buf_put_text(out, "<td class=\"text\">");
        put_html(out, results_engine(results, one->first)->name);
        buf_put_text(out, ", ");
        put_html(out, results_engine(results, one->second)->name);
        buf_put_text(out, "</td>");
        table_text(out, one->what);
        table_text(out, one->message);
        table_row_end(out);
    }
    table_end(out);
    if (count > SHOWN_DIFFERENCES)
        buf_printf(out, "<p>and %zu more</p>\n", count - SHOWN_DIFFERENCES);
}

/* ---- the machine ---- */

static void put_term(Buf *out, const char *name, const char *value)
{
    if (!value[0]) return;
    buf_printf(out, "<dt>%s</dt><dd>", name);
    put_html(out, value);
    buf_put_text(out, "</dd>\n");
}

static void put_machine(Buf *out, const ResultManifest *m)
{
    put_term(out, "processor", m->cpu);
    buf_printf(out, "<dt>cores</dt><dd>%" PRId64 "</dd>\n<dt>memory</dt><dd>",
               m->cores);
    put_bytes(out, m->memory > 0 ? (uint64_t)m->memory : 0);
    buf_put_text(out, "</dd>\n");
    put_term(out, "kernel", m->kernel);
    put_term(out, "governor", m->governor);
    put_term(out, "instruction set", m->level);
    put_term(out, "host", m->machine);
    buf_printf(out, "<dt>load at the start</dt><dd>%.2f</dd>\n", m->load);
    if (m->core >= 0)
        buf_printf(out,
                   "<dt>asker and engines on</dt><dd>core %" PRId64 "</dd>\n",
                   m->core);
}

static void put_method(Buf *out, const ResultManifest *m)
{
    buf_put_text(out, "<dt>clock</dt><dd>");
    put_html(out, m->clock);
    buf_printf(out, ", resolution %" PRId64 " ns, %.3g ns to read</dd>\n",
               m->resolution_ns, m->clock_cost_ns);
    put_term(out, "timed in process", m->timed);
    put_term(out, "timed over a pipe", m->timed_pipe);
    buf_printf(out,
               "<dt>warm-up</dt><dd>until the medians of three passes agree "
               "within %.3g %%, at most %.3g s; engines that compile at least "
               "%.3g s</dd>\n",
               100 * m->warm_agreement, m->warm_limit_seconds, m->warm_seconds);
}

void put_manifest(Buf *out, const ResultManifest *m)
{
    buf_put_text(out, "<dl>\n");
    put_term(out, "date", m->date);
    put_term(out, "version", m->quern);
    put_term(out, "commit", m->commit);
    put_term(out, "compiler", m->compiler);
    put_term(out, "flags", m->flags);
    put_machine(out, m);
    put_term(out, "queries", m->queries_file);
    put_term(out, "hash of queries", m->queries_hash);
    put_term(out, "operators", m->syntax ? "enabled" : "ignored");
    put_method(out, m);
    buf_put_text(out, "</dl>\n");
}

/* ---- certificates ---- */

static bool is_about(const char *const *certificate, const Results *results)
{
    if (strcmp(results->manifest.queries_hash,
               certificate[CERTIFICATE_QUERIES_HASH]) != 0)
        return false;
    for (size_t i = 0; i < results->engines.count; i++) {
        if (!strcmp(results_engine(results, i)->index_hash,
                    certificate[CERTIFICATE_INDEX_HASH]))
            return true;
    }
    return false;
}

static void put_subject(Buf *out, const char *const *certificate,
                        const ReportInput *inputs, size_t count)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        if (inputs[i].is_certificate ||
            !is_about(certificate, &inputs[i].results))
            continue;
        buf_put_text(out, found ? ", "
                                : "<p>It is about the index and the "
                                  "queries of ");
        put_html(out, inputs[i].path);
        found = true;
    }
    buf_put_text(out, found ? ".</p>\n"
                            : "<p>It is about another index or other queries "
                              "than the runs of this page.</p>\n");
}

/* "10, 100, 1000" from lines. */
static void put_list(Buf *out, const char *lines)
{
    for (; *lines;
         lines += strcspn(lines, "\n") + (strchr(lines, '\n') != NULL)) {
        Buf one = {0};
        buf_put(&one, lines, strcspn(lines, "\n"));
        const char *text = buf_text(&one);
        put_html(out, text ? text : "");
        if (strchr(lines, '\n')) buf_put_text(out, ", ");
        buf_keep_failure(out, &one);
        buf_release(&one);
    }
}

static void put_listed_term(Buf *out, const char *name, const char *lines)
{
    buf_printf(out, "<dt>%s</dt><dd>", name);
    put_list(out, lines);
    buf_put_text(out, "</dd>\n");
}

void put_certified(Buf *out, const ReportInput *input,
                   const ReportInput *inputs, size_t count)
{
    const char *const *c = input->certificate;
    bool holds = !strcmp(c[CERTIFICATE_HOLDS], "true");
    buf_put_text(out, "<h3>");
    put_html(out, input->path);
    buf_printf(out, "</h3>\n<p class=\"verdict %s\">", holds ? "good" : "bad");
    buf_put_text(out, holds
                          ? "Pruned and exhaustive search agree in documents, "
                            "order and bits of the score on "
                          : "Pruned and exhaustive search differ: no "
                            "certificate. Compared on ");
    put_list(out, c[CERTIFICATE_LEVELS]);
    buf_put_text(out, "</p>\n");
    put_subject(out, c, inputs, count);
    buf_put_text(out, "<dl>\n");
    put_term(out, "date", c[CERTIFICATE_DATE]);
    put_term(out, "version", c[CERTIFICATE_QUERN]);
    put_term(out, "index", c[CERTIFICATE_INDEX]);
    put_term(out, "hash of the index", c[CERTIFICATE_INDEX_HASH]);
    put_term(out, "queries", c[CERTIFICATE_QUERIES_FILE]);
    put_term(out, "hash of queries", c[CERTIFICATE_QUERIES_HASH]);
    put_term(out, "number of queries", c[CERTIFICATE_QUERIES]);
    put_listed_term(out, "k", c[CERTIFICATE_DEPTHS]);
    put_term(out, "hits compared", c[CERTIFICATE_HITS]);
    put_term(out, "differences", c[CERTIFICATE_DIFFERENCES]);
    put_listed_term(out, "digests of the answers", c[CERTIFICATE_DIGESTS]);
    buf_put_text(out, "</dl>\n");
}
