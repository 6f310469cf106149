/* build_summary.c - the summary of a build.
 *
 *   .quern: 63,217 documents, 101,234,567 tokens, 1,234,567 terms
 *     positions 123 MB, postings 98 MB, ... (-v)
 *     433 MB, 71.2 % of the text; 12.3 s, 49.5 MB/s; peak memory 512 MB
 */
#include "indexer/commands.h"

#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/segment/segment.h"
#include "indexer/build/machine.h"

#include <inttypes.h>

/* The share of a smaller text would mostly be headers and gaps. */
enum { MIN_SHARED_BYTES = 64 * 1024 };

static double share_of_text(const BuildReport *report)
{
    if (report->text_bytes == 0) return 0;
    return 100.0 * (double)report->index_bytes / (double)report->text_bytes;
}

static double megabytes_per_second(const BuildReport *report)
{
    if (report->seconds <= 0) return 0;
    return (double)report->text_bytes / 1e6 / report->seconds;
}

static void put_sections(Buf *out, const BuildReport *report)
{
    const char *before = "  ";
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        if (report->section_bytes[kind] == 0) continue;
        buf_printf(out, "%s%s ", before, section_name((SectionKind)kind));
        put_bytes(out, report->section_bytes[kind]);
        before = ", ";
    }
    buf_put_byte(out, '\n');
}

static void put_skips(Buf *out, const BuildReport *report)
{
    static const char *const nouns[] = {"record", "document", "duplicate"};
    static const char *const fates[] = {"skipped", "changed", "dropped"};
    for (int kind = 0; kind < SKIP_LOG_KINDS; kind++) {
        if (!report->skips[kind]) continue;
        buf_put_text(out, ", ");
        put_counted(out, report->skips[kind], nouns[kind]);
        buf_printf(out, " %s", fates[kind]);
    }
}

static void put_ignored(Buf *out, const LeftOut *left_out)
{
    uint64_t count = left_out->of_kind[LEFT_OUT_IGNORED] +
                     left_out->of_kind[LEFT_OUT_EXCLUDED];
    if (!count) return;
    buf_put_text(out, ", ");
    put_count(out, count);
    buf_put_text(out, count == 1 ? " file or folder ignored"
                                 : " files and folders ignored");
}

void put_summary(Buf *out, const char *folder, const BuildReport *report,
                 bool verbose)
{
    put_visible(out, span_text(folder));
    buf_put_text(out, ": ");
    put_counted(out, report->documents, "document");
    buf_put_text(out, ", ");
    put_counted(out, report->tokens, "token");
    buf_put_text(out, ", ");
    put_counted(out, report->terms, "term");
    if (report->segments > 1) {
        buf_put_text(out, ", ");
        put_counted(out, report->segments, "segment");
    }
    put_skips(out, report);
    put_ignored(out, &report->left_out);
    buf_put_byte(out, '\n');
    if (verbose) put_sections(out, report);
    buf_put_text(out, "  ");
    put_bytes(out, report->index_bytes);
    if (report->text_bytes >= MIN_SHARED_BYTES)
        buf_printf(out, ", %.1f %% of the text", share_of_text(report));
    buf_put_text(out, "; ");
    put_duration(out, report->seconds);
    buf_printf(out, ", %.1f MB/s; peak memory ", megabytes_per_second(report));
    put_bytes(out, peak_memory());
    buf_put_byte(out, '\n');
}

void put_summary_json(Buf *out, const char *folder, const BuildReport *report)
{
    const uint64_t *left_out = report->left_out.of_kind;
    const struct {
        const char *name;
        uint64_t value;
    } counts[] = {
        {"documents", report->documents},
        {"nonempty", report->nonempty},
        {"tokens", report->tokens},
        {"terms", report->terms},
        {"postings", report->postings},
        {"skipped", report->skips[SKIP_LOG_SKIPPED]},
        {"changed", report->skips[SKIP_LOG_CHANGED]},
        {"duplicates", report->skips[SKIP_LOG_DUPLICATE]},
        {"hidden", left_out[LEFT_OUT_HIDDEN]},
        {"ignored", left_out[LEFT_OUT_IGNORED]},
        {"excluded", left_out[LEFT_OUT_EXCLUDED]},
        {"links", left_out[LEFT_OUT_LINK]},
        {"large", left_out[LEFT_OUT_LARGE]},
        {"repeated", left_out[LEFT_OUT_REPEATED]},
        {"segments", report->segments},
        {"text_bytes", report->text_bytes},
        {"index_bytes", report->index_bytes},
        {"peak_memory_bytes", peak_memory()},
        {"memory_bytes", report->memory},
        {"threads", report->threads},
    };
    buf_put_text(out, "{\"type\":\"summary\",\"index\":");
    put_json_string(out, span_text(folder));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        buf_printf(out, ",\"%s\":%" PRIu64, counts[i].name, counts[i].value);
    buf_put_text(out, ",\"section_bytes\":{");
    const char *before = "";
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        if (report->section_bytes[kind] == 0) continue;
        buf_printf(out, "%s\"%s\":%" PRIu64, before,
                   section_name((SectionKind)kind),
                   report->section_bytes[kind]);
        before = ",";
    }
    buf_printf(out,
               "},\"percent_of_text\":%.2f,\"seconds\":%.3f,"
               "\"processor_seconds\":%.3f,\"megabytes_per_second\":%.2f}\n",
               share_of_text(report), report->seconds, processor_seconds(),
               megabytes_per_second(report));
}
