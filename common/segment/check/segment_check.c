/* segment_check.c - the steps of a check: checksums first, then the content,
 * one section after the other. */
#include "common/segment/check/segment_check_internal.h"

#include <inttypes.h>
#include <stdlib.h>

/* Adds a problem to the report; other failures end the check. */
static Status note(CheckReport *report, Status status, const Error *error)
{
    if (status != ERR_CORRUPT) return status;
    check_report_add(report, error);
    return OK;
}

static Status check_parts(Segment *segment, CheckReport *report, Error *error)
{
    for (int kind = 1; kind < SECTION_CHECKSUMS; kind++) {
        uint64_t size = segment->sections[kind].size;
        for (uint64_t at = 0; at < size; at += CHECKSUM_PART_BYTES) {
            Status status = segment_verify(segment, (SectionKind)kind, at, 1,
                                           error);
            if (status == ERR_CORRUPT &&
                report->problem_count < CHECK_REPORT_LINES) {
                name_damaged_terms(segment, (SectionKind)kind, at, error);
            }
            status = note(report, status, error);
            if (status != OK) return status;
            report->parts++;
        }
    }
    return OK;
}

static bool all_zeros(const uint8_t *at, const uint8_t *end)
{
    while (at < end && *at == 0) at++;
    return at >= end;
}

/* The first byte of the next section, or the end of the file; a section of no
 * bytes that ends at `from` is not the next one. */
static const uint8_t *next_start(const Segment *segment, const uint8_t *from)
{
    Span file = segment->file.bytes;
    const uint8_t *next = file.data + file.size;
    for (int kind = 1; kind < SECTION_KINDS; kind++) {
        const uint8_t *start = segment->sections[kind].data;
        if (start && start > from && start < next) next = start;
    }
    return next;
}

static Status check_padding(const Segment *segment, Error *error)
{
    const uint8_t *file = segment->file.bytes.data;
    if (next_start(segment, file) != file + SEGMENT_HEADER_BYTES) {
        return fail(error, ERR_CORRUPT, "%s: no section after the header",
                    segment->path);
    }
    for (int kind = 1; kind < SECTION_KINDS; kind++) {
        Span section = segment->sections[kind];
        if (!section.data) continue;
        const uint8_t *end = section.data + section.size;
        const uint8_t *next = next_start(segment, end);
        if (next - end >= SECTION_PADDING + SECTION_ALIGNMENT) {
            return segment_fail(segment, (SectionKind)kind, error,
                                "%td bytes follow it instead of 64 to 127",
                                next - end);
        }
        if (!all_zeros(end, next)) {
            return segment_fail(segment, (SectionKind)kind, error,
                                "bytes after it are not 0");
        }
    }
    return OK;
}

Status check_layout(const Segment *segment, Error *error)
{
    static const uint32_t reserved[][2] = {
        {116, 120}, {160, 192}, {1216, 1272}}; /* FORMAT.md, header */
    const uint8_t *header = segment->file.bytes.data;
    uint32_t count = get_u32le(header + HEADER_SECTION_COUNT);
    const uint8_t *table = header + SEGMENT_TABLE_OFFSET;
    const uint8_t *unused = table + SEGMENT_TABLE_ENTRY_BYTES * (size_t)count;
    bool clean = all_zeros(unused, table + SEGMENT_TABLE_ENTRY_BYTES *
                                               (size_t)SEGMENT_TABLE_ENTRIES);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        clean = clean &&
                all_zeros(header + reserved[i][0], header + reserved[i][1]);
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *entry = table + SEGMENT_TABLE_ENTRY_BYTES * (size_t)i;
        clean = clean && get_u32le(entry + 4) == 0;
    }
    if (!clean) {
        return fail(error, ERR_CORRUPT, "%s: header: reserved bytes are not 0",
                    segment->path);
    }
    return check_padding(segment, error);
}

/* Checks the content, once all checksums are right. */
static Status check_content(SegmentCheck *check, CheckReport *report,
                            Error *error)
{
    Segment *segment = check->segment;
    check->tf_sums = calloc(segment->document_count, sizeof(uint32_t));
    if (!check->tf_sums) return fail_memory(error, "checking a segment");

    Status status = document_title_ends(segment, &check->title_ends,
                                        &check->title_end_width, error);
    status = note(report, status, error);
    if (status != OK) return status;

    status = check_champion_table(segment, SECTION_CHAMPIONS,
                                  segment->term_count, error);
    if (status == OK)
        status = check_champion_table(segment, SECTION_PAIR_CHAMPIONS,
                                      segment->pair_count, error);
    status = note(report, status, error);
    if (status != OK) return status;

    status = check_terms(check, error);
    if (status == OK) status = check_champion_lists(check, error);
    if (status == OK) status = check_totals(check, error);
    if (status == OK) status = check_pairs(check, report, error);
    status = note(report, status, error);
    if (status != OK) return status;

    status = note(report, check_ids(segment, error), error);
    if (status != OK) return status;
    status = note(report, check_stored(segment, report, error), error);
    if (status != OK) return status;
    return note(report, check_skip_log(segment, error), error);
}

Status segment_check(Segment *segment, CheckReport *report, Error *error)
{
    uint64_t problems = report->problem_count;
    Status status = note(report, check_layout(segment, error), error);
    if (status == OK) status = check_parts(segment, report, error);
    if (status != OK || report->problem_count > problems) return status;

    SegmentCheck check = {.segment = segment};
    bm25_init_average(&check.bm25, segment->k1, segment->b,
                      segment->average_length);
    status = check_content(&check, report, error);
    report->documents += segment->document_count;
    report->terms += segment->term_count;
    report->postings += check.posting_count;
    report->tokens += segment->token_count;
    free(check.tf_sums);
    buf_release(&check.products);
    buf_release(&check.strengths);
    return status;
}
