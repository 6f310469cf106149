/* remove_documents.c - an index from which documents are removed, the slow way.
 */
#include "tests/oracle/remove_documents.h"

#include "common/segment/pairs/pairs.h"
#include "common/segment/postings/postings_scan.h"
#include "common/segment/removals/removals_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What the documents that are not live have of a list. */
static TermRemoval count_dead(const Segment *segment, const Postings *list,
                              const bool *live)
{
    TermRemoval removal = {0};
    PostingsScan scan;
    postings_scan_start(&scan, segment, list);
    while (postings_scan_next(&scan)) {
        for (uint32_t i = 0; i < scan.count; i++) {
            if (live[scan.docids[i]]) continue;
            removal.df++;
            removal.tf += scan.tfs[i];
        }
    }
    return removal;
}

static Status put_terms(RemovalsWriter *writer, Segment *segment,
                        const bool *live, Error *error)
{
    TermWalk walk = {0};
    Status status = term_walk_start(&walk, segment, (Span){0}, error);
    while (status == OK) {
        Span text;
        TermRecord record;
        Postings list;
        bool found;
        status = term_walk_next(&walk, &text, &record, &found, error);
        if (status != OK || !found) break;
        status = postings_open(segment, &record, &list, error);
        if (status != OK) break;
        TermRemoval removal = count_dead(segment, &list, live);
        if (removal.df)
            removals_writer_put_term(writer, record.number, removal);
    }
    term_walk_release(&walk);
    return status;
}

static Status put_pairs(RemovalsWriter *writer, Segment *segment,
                        const bool *live, Error *error)
{
    if (!segment->pair_count) return OK;
    PairWalk walk = {.segment = segment};
    Status status = pairs_verify(segment, error);
    while (status == OK) {
        Pair pair;
        Postings list;
        bool found;
        status = pair_walk_next(&walk, &pair, &found, error);
        if (status != OK || !found) break;
        status = postings_open(segment, &pair.record, &list, error);
        if (status != OK) break;
        uint32_t df = count_dead(segment, &list, live).df;
        if (df) removals_writer_put_pair(writer, pair.record.number, df);
    }
    return status;
}

/* Removes from one segment; its entry becomes that of its live documents. */
static Status remove_from(Segment *segment, const FolderHandle *folder,
                          const bool *live, const size_t *lengths,
                          ManifestSegment *entry, Manifest *manifest,
                          Error *error)
{
    uint64_t *bits = calloc(segment->document_count / 64 + 1, sizeof *bits);
    RemovedDocuments removed = {.live = bits};
    static char names[64][REMOVALS_NAME_BYTES];
    static int next;
    char *name = names[next++ % 64];
    RemovalsWriter writer;
    if (!bits) return fail_memory(error, "removing documents");
    for (uint32_t d = 0; d < segment->document_count; d++) {
        if (live[d]) bits[d / 64] |= UINT64_C(1) << (d % 64);
        if (live[d]) continue;
        removed.nonempty += lengths[d] > 0;
        removed.tokens += lengths[d];
        entry->removed_documents++;
    }
    removals_writer_init(&writer, segment);
    Status status = put_terms(&writer, segment, live, error);
    if (status == OK) status = put_pairs(&writer, segment, live, error);
    if (status == OK) {
        status = removals_writer_finish(&writer, &removed, folder,
                                        (FileAccess){0600, getgid()}, name,
                                        &entry->removed.bytes, error);
    }
    entry->removed.name = name;
    manifest->document_count -= entry->removed_documents;
    manifest->nonempty_count -= removed.nonempty;
    manifest->token_count -= removed.tokens;
    removals_writer_release(&writer);
    free(bits);
    return status;
}

static Status write_manifest(const FolderHandle *folder,
                             const Manifest *manifest, Error *error)
{
    Buf text = {0};
    int fd;
    manifest_format(manifest, &text);
    Status status = folder_create_file(folder, "MANIFEST.tmp", &fd, error);
    if (status != OK) return status;
    if (!file_write_all(fd, buf_span(&text)))
        status = fail_errno(error, "cannot write MANIFEST.tmp");
    if (status == OK) {
        status = folder_place_file(folder, (NewFile){fd, "MANIFEST.tmp"},
                                   "MANIFEST", (FileAccess){0600, getgid()},
                                   error);
    }
    close(fd);
    buf_release(&text);
    return status;
}

static size_t count_live(const bool *live, uint32_t documents)
{
    size_t count = 0;
    for (uint32_t i = 0; i < documents; i++) count += live[i];
    return count;
}

static void drop_segment(Manifest *manifest, const Segment *segment)
{
    manifest->document_count -= segment->document_count;
    manifest->nonempty_count -= segment->nonempty_count;
    manifest->token_count -= segment->token_count;
}

/* Adds the tf of all terms to those of their documents. */
static Status sum_tf(Segment *segment, size_t *lengths, Error *error)
{
    TermWalk walk = {0};
    Status status = term_walk_start(&walk, segment, (Span){0}, error);
    while (status == OK) {
        Span text;
        TermRecord record;
        Postings list;
        PostingsScan scan;
        bool found;
        status = term_walk_next(&walk, &text, &record, &found, error);
        if (status != OK || !found) break;
        status = postings_open(segment, &record, &list, error);
        if (status != OK) break;
        postings_scan_start(&scan, segment, &list);
        while (postings_scan_next(&scan)) {
            for (uint32_t i = 0; i < scan.count; i++)
                lengths[scan.docids[i]] += scan.tfs[i];
        }
    }
    term_walk_release(&walk);
    return status;
}

static Status remove_counted(const Index *index, const bool *live,
                             const size_t *lengths, Error *error)
{
    Manifest manifest = index->manifest;
    ManifestSegment segments[16];
    FolderHandle folder;
    manifest.segments = segments;
    manifest.segment_count = 0;
    manifest.generation++;
    Status status = folder_open(index->folder, true, &folder, error);
    for (size_t i = 0; status == OK && i < index->manifest.segment_count; i++) {
        Segment *segment = index->segments[i];
        uint32_t documents = segment->document_count;
        size_t kept = count_live(live, documents);
        if (!kept) {
            drop_segment(&manifest, segment);
        } else {
            ManifestSegment *entry = &segments[manifest.segment_count++];
            *entry = index->manifest.segments[i];
            if (kept < documents) {
                status = remove_from(segment, &folder, live, lengths, entry,
                                     &manifest, error);
            }
        }
        live += documents;
        lengths += documents;
    }
    if (status == OK) status = write_manifest(&folder, &manifest, error);
    folder_close(&folder);
    return status;
}

Status remove_documents(const Index *index, const bool *live,
                        const size_t *lengths, Error *error)
{
    if (lengths) return remove_counted(index, live, lengths, error);
    size_t count = (size_t)index->manifest.document_count;
    size_t *sums = calloc(count + 1, sizeof *sums);
    if (!sums) return fail_memory(error, "removing documents");
    Status status = OK;
    for (size_t i = 0; status == OK && i < index->manifest.segment_count; i++)
        status = sum_tf(index->segments[i], sums + index->first_docids[i],
                        error);
    if (status == OK) status = remove_counted(index, live, sums, error);
    free(sums);
    return status;
}
