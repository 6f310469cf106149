/* check_files.c - the files next to the segments: contents, and the history. */
#include "common/segment/check/segment_check.h"
#include "common/segment/contents/contents.h"
#include "common/segment/history.h"

#include <inttypes.h>
#include <stdio.h>

Status check_file_name(const char *path, Span bytes, size_t offset,
                       const char *name, const char *ending, Error *error)
{
    char expected[32];
    snprintf(expected, sizeof expected, "%016" PRIx64 "%s",
             get_u64le(bytes.data + offset), ending);
    if (!strcmp(name, expected)) return OK;
    return fail(error, ERR_CORRUPT, "%s: its content belongs to the name %s",
                path, expected);
}

/* What cannot be read is a problem of the index, unless there is no memory. */
static Status add_problem(CheckReport *report, Status status,
                          const Error *error)
{
    if (status == OK || status == ERR_NO_MEMORY) return status;
    check_report_add(report, error);
    return OK;
}

/* The lengths are those that the segment bounds, and sums up. */
static Status compare_lengths(Segment *segment, const Contents *contents,
                              Error *error)
{
    uint64_t sum = 0;
    Status status = segment_verify(segment, SECTION_NORMS, 0,
                                   segment->document_count, error);
    if (status != OK) return status;
    const uint8_t *norms = segment->sections[SECTION_NORMS].data;
    for (uint32_t docid = 0; docid < contents->document_count; docid++) {
        uint32_t length = contents_length(contents, docid);
        sum += length;
        if (norm_encode(length) == norms[docid]) continue;
        return fail(error, ERR_CORRUPT,
                    "%s: document %u has %u tokens, but another norm",
                    contents->path, docid, length);
    }
    if (sum == segment->token_count) return OK;
    return fail(error, ERR_CORRUPT,
                "%s: %" PRIu64 " tokens, but %" PRIu64 " in its segment",
                contents->path, sum, segment->token_count);
}

static Status check_contents(const FolderHandle *folder, const Index *index,
                             size_t number, Error *error)
{
    const ManifestSegment *entry = &index->manifest.segments[number];
    Contents *contents;
    if (!entry->contents.name) return OK;
    Status status = contents_open_in(folder, entry, &contents, error);
    if (status == OK)
        status = compare_lengths(index->segments[number], contents, error);
    contents_close(contents);
    return status;
}

static Status check_history(const FolderHandle *folder, const Index *index,
                            Error *error)
{
    History history;
    Status status = history_read(folder, &index->manifest, &history, error);
    history_release(&history);
    return status;
}

Status check_files(const Index *index, CheckReport *report, Error *error)
{
    FolderHandle folder;
    Status status = folder_open(index->folder, true, &folder, error);
    for (size_t i = 0; status == OK && i < index->manifest.segment_count; i++) {
        status = check_contents(&folder, index, i, error);
        status = add_problem(report, status, error);
    }
    if (status == OK) {
        status = check_history(&folder, index, error);
        status = add_problem(report, status, error);
    }
    folder_close(&folder);
    return status;
}
