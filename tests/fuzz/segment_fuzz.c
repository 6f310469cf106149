/* segment_fuzz.c - any bytes as a segment file with valid checksums: refused,
 * or everything in it can be read.
 *
 * search_fuzz changes a few bytes of a large index; this target changes all
 * bytes of small ones: header, section table, every structure.
 */
#define _GNU_SOURCE /* memfd_create */
#include "common/segment/documents/documents.h"
#include "common/segment/positions/positions.h"
#include "common/segment/postings/postings_scan.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/segment_mend.h"

#include <sys/mman.h>
#include <unistd.h>

static Error error;

static void read_list(Segment *segment, const TermRecord *record)
{
    Postings list;
    Positions positions;
    PostingsScan scan;
    uint32_t out[64 + POSITIONS_ROOM], number = 0;
    if (postings_open(segment, record, &list, &error) != OK) return;
    bool has_positions = list.has_positions &&
                         positions_open(segment, &list, &positions, &error) ==
                             OK;
    postings_scan_start(&scan, segment, &list);
    while (postings_scan_next(&scan)) {
        for (uint32_t i = 0; i < scan.count; i++, number++) {
            PROMISE(scan.docids[i] < segment->document_count);
            PROMISE(scan.tfs[i] > 0);
            if (has_positions) positions_get(&positions, number, out, 64);
        }
    }
}

static void read_terms(Segment *segment)
{
    TermWalk walk = {0};
    Span term;
    TermRecord record, same;
    bool found = true;
    Status status = term_walk_start(&walk, segment, (Span){0}, &error);
    while (status == OK && found) {
        status = term_walk_next(&walk, &term, &record, &found, &error);
        if (status != OK || !found) break;
        read_list(segment, &record);
        bool there;
        status = dictionary_find(segment, term, &same, &there, &error);
    }
    term_walk_release(&walk);
}

static void read_documents(Segment *segment)
{
    StoredReader *reader;
    StoredDocument document;
    Buf id = {0};
    const uint8_t *ends;
    uint32_t width, docid;
    bool found;
    Status status = document_title_ends(segment, &ends, &width, &error);
    if (stored_reader_new(segment, &reader, &error) != OK) reader = NULL;
    for (uint32_t d = 0; status == OK && d < segment->document_count; d++) {
        buf_clear(&id);
        status = document_id(segment, d, &id, &error);
        if (status != OK) break;
        status = document_find(segment, buf_span(&id), &docid, &found, &error);
        if (!reader || status != OK) continue;
        status = stored_reader_get(reader, d, &document, &error);
    }
    PROMISE(status == OK || error.message[0]);
    stored_reader_free(reader);
    buf_release(&id);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    Segment *segment;
    uint8_t *file = malloc(size + 1);
    int fd = memfd_create("segment", 0);
    PROMISE(file && fd >= 0);
    if (size) memcpy(file, data, size);
    segment_mend_checksums(file, size);
    PROMISE(write(fd, file, size) == (ssize_t)size);
    free(file);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    Status status = segment_open(path, &segment, &error);
    close(fd);
    PROMISE(status == OK || error.message[0]);
    if (status != OK) return 0;
    read_terms(segment);
    read_documents(segment);
    segment_close(segment);
    return 0;
}
