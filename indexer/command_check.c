/* command_check.c - indexer check: checks every rule of FORMAT.md.
 *
 * segment_check checks each segment; here are the rules between them and
 * MANIFEST.
 */
#include "common/base/bytes.h"
#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/program/advice_words.h"
#include "common/segment/check/segment_check.h"
#include "common/segment/index.h"
#include "common/segment/skip_log/skip_log.h"
#include "indexer/commands.h"

#include <inttypes.h>

static Status check_name(const Index *index, size_t i, Error *error)
{
    const Segment *segment = index->segments[i];
    return check_file_name(segment->path, segment->file.bytes,
                           SEGMENT_CHECKSUM_OFFSET,
                           index->manifest.segments[i].name, ".segment", error);
}

/* The average length of a segment is that of the index when it was made, which
 * had other documents. */
static Status check_parameters(const Index *index, size_t i, Error *error)
{
    const Manifest *manifest = &index->manifest;
    const Segment *segment = index->segments[i];
    if (memcmp(&segment->k1, &manifest->k1, sizeof manifest->k1) == 0 &&
        memcmp(&segment->b, &manifest->b, sizeof manifest->b) == 0) {
        return OK;
    }
    return fail(error, ERR_CORRUPT,
                "%s: header: k1 or b differ from those of the index",
                segment->path);
}

/* If there is a skip log, its count is the one in MANIFEST. */
static Status check_skipped(const Index *index, Error *error)
{
    SkipLogCounts counts = {0};
    bool has_skip_log = false;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        has_skip_log = has_skip_log ||
                       segment_has(index->segments[i], SECTION_SKIP_LOG);
        Status status = skip_log_count(index->segments[i], &counts, error);
        if (status != OK) return OK; /* reported with the segment */
    }
    if (!has_skip_log ||
        counts.of_kind[SKIP_LOG_SKIPPED] == index->manifest.skipped_count)
        return OK;
    return fail(error, ERR_CORRUPT,
                "%s/MANIFEST: the number of skipped records differs from the "
                "skip log",
                index->folder);
}

static Status check_segments(Index *index, CheckReport *report, Error *error)
{
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        if (check_name(index, i, error) != OK) check_report_add(report, error);
        if (check_parameters(index, i, error) != OK) {
            check_report_add(report, error);
        }
        Status status = segment_check(index->segments[i], report, error);
        if (status != OK) return status;
    }
    if (check_skipped(index, error) != OK) check_report_add(report, error);
    if (report->problem_count == 0) {
        Status status = check_removals(index, report, error);
        if (status == OK) status = check_files(index, report, error);
        if (status != OK) return status;
    }
    return check_ids_differ(index, report, error);
}

/* A damaged MANIFEST or header is reported like any other problem. */
static Status check_index(const char *folder, CheckReport *report, Error *error)
{
    Index *index;
    Status status = index_open(folder, &index, error);
    if (status == ERR_CORRUPT) {
        check_report_add(report, error);
        return OK;
    }
    if (status == OK) status = check_segments(index, report, error);
    index_close(index);
    return status;
}

/* The next line of *rest, which moves after it. */
static bool take_line(Span *rest, Span *line)
{
    if (rest->size == 0) return false;
    const uint8_t *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    size_t taken = end ? size + 1 : size;
    *line = span_of(rest->data, size);
    *rest = span_of(rest->data + taken, rest->size - taken);
    return true;
}

/* What this command never checks. */
static const char *const NOT_CHECKED[] = {
    "whether the terms match the stored text",
    "the sources, versions and time of the build in MANIFEST"};

enum { NOT_CHECKED_COUNT = sizeof NOT_CHECKED / sizeof *NOT_CHECKED };

static void put_unchecked(Buf *text, const CheckReport *report)
{
    Span rest = buf_span(&report->unchecked);
    for (Span line; take_line(&rest, &line);) {
        buf_put_text(text, "not checked: ");
        buf_put_span(text, line);
        put_advice(text, ADVICE_RAISE_MAX_RECORD); /* too large, all of them */
        buf_put_byte(text, '\n');
    }
    buf_keep_failure(text, &report->unchecked);
    for (int i = 0; i < NOT_CHECKED_COUNT; i++) {
        buf_printf(text, "not checked: %s\n", NOT_CHECKED[i]);
    }
}

static void put_text_report(Buf *text, const CheckReport *report)
{
    if (report->problem_count) {
        buf_put_span(text, buf_span(&report->problems));
        buf_keep_failure(text, &report->problems);
        return;
    }
    buf_put_text(text, "ok: ");
    put_counted(text, report->documents, "document");
    buf_put_text(text, ", ");
    put_counted(text, report->terms, "term");
    buf_put_text(text, ", ");
    put_counted(text, report->postings, "posting");
    buf_put_text(text, ", ");
    put_counted(text, report->tokens, "token");
    buf_put_text(text, ", ");
    put_counted(text, report->parts, "checksum");
    buf_put_byte(text, '\n');
}

/* The lines of a text as strings, separated by commas. */
static void put_json_lines(Buf *text, const Buf *lines)
{
    Span rest = buf_span(lines);
    bool first = true;
    for (Span line; take_line(&rest, &line); first = false) {
        if (!first) buf_put_byte(text, ',');
        put_json_string(text, line);
    }
    buf_keep_failure(text, lines);
}

static void put_json_unchecked(Buf *text, const CheckReport *report)
{
    put_json_lines(text, &report->unchecked);
    for (int i = 0; i < NOT_CHECKED_COUNT; i++) {
        if (i || report->unchecked.size) buf_put_byte(text, ',');
        put_json_string(text, span_text(NOT_CHECKED[i]));
    }
}

static void put_json_report(Buf *text, const char *folder,
                            const CheckReport *report)
{
    buf_put_text(text, "{\"type\":\"check\",\"index\":");
    put_json_string(text, span_text(folder));
    buf_printf(text,
               ",\"ok\":%s,\"documents\":%" PRIu64 ",\"terms\":%" PRIu64
               ",\"postings\":%" PRIu64 ",\"tokens\":%" PRIu64
               ",\"stored_documents\":%" PRIu64 ",\"checksums\":%" PRIu64
               ",\"problem_count\":%" PRIu64 ",\"problems\":[",
               report->problem_count ? "false" : "true", report->documents,
               report->terms, report->postings, report->tokens,
               report->stored_documents, report->parts, report->problem_count);
    put_json_lines(text, &report->problems);
    buf_put_text(text, "],\"not_checked\":[");
    put_json_unchecked(text, report);
    buf_put_text(text, "]}\n");
}

Status command_check(const char *folder, const CommandOptions *options,
                     FILE *out, Error *error)
{
    CheckReport report = {.max_document = options->max_record};
    Buf text = {0};
    Status status = check_index(folder, &report, error);
    if (status == OK) {
        if (options->json) {
            put_json_report(&text, folder, &report);
        } else {
            put_text_report(&text, &report);
            put_unchecked(&text, &report);
        }
        status = program_print(&text, out, error);
    }
    if (status == OK && report.problem_count) {
        status = fail(
            error, ERR_CORRUPT,
            "%s is damaged: %" PRIu64 " problem%s found; index its sources "
            "again",
            folder, report.problem_count, report.problem_count == 1 ? "" : "s");
    }
    buf_release(&text);
    check_report_release(&report);
    return status;
}
