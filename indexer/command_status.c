/* command_status.c - indexer status: segments, changes and the writer of an
 * index. */
#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/segment/history.h"
#include "common/segment/index.h"
#include "indexer/build/index_folder.h"
#include "indexer/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { SHOWN_PUBLICATIONS = 5, LABEL_BYTES = 12 };

typedef struct IndexStatus {
    const Index *index;
    History history;
    uint64_t removed;       /* documents that are still in the files */
    uint64_t removed_bytes; /* of the files of removed documents */
    uint64_t bytes;         /* of all files that MANIFEST lists, and it */
    int64_t age;            /* seconds since the last change; -1: unknown */
    bool is_locked;
    long writer; /* process, 0 if it is not known */
} IndexStatus;

static void add_segments(IndexStatus *status)
{
    const Manifest *manifest = &status->index->manifest;
    status->bytes += manifest->history.bytes;
    for (size_t i = 0; i < manifest->segment_count; i++) {
        const ManifestSegment *segment = &manifest->segments[i];
        status->removed += segment->removed_documents;
        status->removed_bytes += segment->removed.bytes;
        status->bytes += segment->bytes + segment->removed.bytes +
                         segment->contents.bytes;
    }
}

static int64_t age_of(const FolderHandle *folder, uint64_t *bytes)
{
    struct stat facts;
    if (fstatat(folder->fd, "MANIFEST", &facts, 0)) return -1;
    *bytes += (uint64_t)facts.st_size;
    int64_t age = (int64_t)time(NULL) - (int64_t)facts.st_mtime;
    return age < 0 ? 0 : age;
}

static Status find_status(const Index *index, IndexStatus *status, Error *error)
{
    FolderHandle folder;
    *status = (IndexStatus){.index = index};
    add_segments(status);
    Status result = history_read_from(index->folder, &index->manifest,
                                      &status->history, error);
    if (result != OK) return result;
    result = folder_open(index->folder, true, &folder, error);
    if (result != OK) return result;
    status->age = age_of(&folder, &status->bytes);
    status->is_locked = index_lock_holder(&folder, &status->writer);
    folder_close(&folder);
    return OK;
}

/* Text */

static void put_label(Buf *out, const char *label)
{
    buf_printf(out, "%-*s", LABEL_BYTES, label);
}

/* "2 minutes ago" */
static void put_age(Buf *out, int64_t seconds)
{
    static const struct {
        int64_t seconds;
        const char *unit;
    } units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (seconds < units[i].seconds && units[i].seconds > 1) continue;
        put_counted(out, (uint64_t)(seconds / units[i].seconds), units[i].unit);
        buf_put_text(out, " ago");
        return;
    }
}

static void put_segment(Buf *out, const ManifestSegment *segment)
{
    buf_printf(out, "  %.16s  ", segment->name);
    put_counted(out, segment->documents - segment->removed_documents,
                "document");
    if (segment->removed_documents) {
        buf_put_text(out, ", ");
        put_count(out, segment->removed_documents);
        buf_put_text(out, " removed");
    }
    buf_put_text(out, ", ");
    put_bytes(out, segment->bytes);
    buf_put_byte(out, '\n');
}

static void put_publication(Buf *out, const Publication *publication)
{
    const struct {
        uint64_t count;
        const char *what;
    } changes[] = {{publication->added, "added"},
                   {publication->replaced, "replaced"},
                   {publication->removed, "removed"}};
    buf_printf(out, "  %s  %s", publication->time, publication->verb);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        if (!changes[i].count) continue;
        buf_put_text(out, ", ");
        put_count(out, changes[i].count);
        buf_printf(out, " %s", changes[i].what);
    }
    if (*publication->from) {
        buf_put_text(out, ", from ");
        put_visible(out, span_text(publication->from));
    }
    buf_put_byte(out, '\n');
}

static void put_history(Buf *out, const History *history)
{
    size_t count = history->publication_count;
    size_t first = count > SHOWN_PUBLICATIONS ? count - SHOWN_PUBLICATIONS : 0;
    if (!count) return;
    buf_put_text(out, "last changes\n");
    for (size_t i = first; i < count; i++)
        put_publication(out, &history->publications[i]);
}

static void put_writer(Buf *out, const IndexStatus *status)
{
    put_label(out, "writer");
    if (!status->is_locked) {
        buf_put_text(out, "none\n");
    } else if (status->writer) {
        buf_printf(out, "process %ld\n", status->writer);
    } else {
        buf_put_text(out, "a process that cannot be seen from here\n");
    }
}

static void put_text(Buf *out, const IndexStatus *status)
{
    const Manifest *manifest = &status->index->manifest;
    put_label(out, "index");
    put_visible(out, span_text(status->index->folder));
    buf_put_byte(out, '\n');
    put_label(out, "changed");
    put_visible(out, span_text(manifest->created));
    if (status->age >= 0) {
        buf_put_text(out, ", ");
        put_age(out, status->age);
    }
    buf_printf(out, ", generation %" PRIu64 "\n", manifest->generation);
    put_label(out, "documents");
    put_count(out, manifest->document_count);
    if (status->removed) {
        buf_put_text(out, ", and ");
        put_count(out, status->removed);
        buf_put_text(out, " removed ones that are still in the files");
    }
    buf_put_byte(out, '\n');
    put_label(out, "size");
    put_bytes(out, status->bytes);
    if (status->removed_bytes) {
        buf_put_text(out, ", of which ");
        put_bytes(out, status->removed_bytes);
        buf_put_text(out, " correct counts for removed documents");
    }
    buf_put_byte(out, '\n');
    put_writer(out, status);
    put_label(out, "segments");
    buf_printf(out, "%zu\n", manifest->segment_count);
    for (size_t i = 0; i < manifest->segment_count; i++)
        put_segment(out, &manifest->segments[i]);
    put_history(out, &status->history);
}

/* JSON */

static void put_json_member_text(Buf *out, const char *name, const char *value)
{
    buf_printf(out, "\"%s\":", name);
    put_json_string(out, span_text(value));
}

static void put_json_segment(Buf *out, const ManifestSegment *segment)
{
    buf_printf(out,
               "{\"name\":\"%s\",\"documents\":%" PRIu64 ",\"removed\":%" PRIu64
               ",\"bytes\":%" PRIu64 ",\"removed_bytes\":%" PRIu64
               ",\"contents_bytes\":%" PRIu64 "}",
               segment->name, segment->documents - segment->removed_documents,
               segment->removed_documents, segment->bytes,
               segment->removed.bytes, segment->contents.bytes);
}

static void put_json_publication(Buf *out, const Publication *publication)
{
    buf_printf(out, "{\"generation\":%" PRIu64 ",", publication->generation);
    put_json_member_text(out, "time", publication->time);
    buf_put_byte(out, ',');
    put_json_member_text(out, "command", publication->verb);
    buf_printf(out,
               ",\"added\":%" PRIu64 ",\"replaced\":%" PRIu64
               ",\"removed\":%" PRIu64 ",\"documents\":%" PRIu64 ",",
               publication->added, publication->replaced, publication->removed,
               publication->documents);
    put_json_member_text(out, "from", publication->from);
    buf_put_byte(out, '}');
}

static void put_json_lists(Buf *out, const IndexStatus *status)
{
    const Manifest *manifest = &status->index->manifest;
    const History *history = &status->history;
    buf_put_text(out, "\"segments\":[");
    for (size_t i = 0; i < manifest->segment_count; i++) {
        if (i) buf_put_byte(out, ',');
        put_json_segment(out, &manifest->segments[i]);
    }
    buf_put_text(out, "],\"history\":[");
    for (size_t i = 0; i < history->publication_count; i++) {
        if (i) buf_put_byte(out, ',');
        put_json_publication(out, &history->publications[i]);
    }
    buf_put_byte(out, ']');
}

static void put_json(Buf *out, const IndexStatus *status)
{
    const Manifest *manifest = &status->index->manifest;
    buf_put_text(out, "{\"type\":\"status\",");
    put_json_member_text(out, "index", status->index->folder);
    buf_printf(out, ",\"generation\":%" PRIu64 ",", manifest->generation);
    put_json_member_text(out, "changed", manifest->created);
    if (status->age >= 0)
        buf_printf(out, ",\"age_seconds\":%" PRId64, status->age);
    buf_printf(out,
               ",\"documents\":%" PRIu64 ",\"removed\":%" PRIu64
               ",\"bytes\":%" PRIu64 ",\"removed_bytes\":%" PRIu64
               ",\"locked\":%s",
               manifest->document_count, status->removed, status->bytes,
               status->removed_bytes, status->is_locked ? "true" : "false");
    if (status->writer) buf_printf(out, ",\"writer\":%ld", status->writer);
    buf_put_byte(out, ',');
    put_json_lists(out, status);
    buf_put_text(out, "}\n");
}

Status command_status(const char *folder, const CommandOptions *options,
                      FILE *out, Error *error)
{
    Index *index;
    IndexStatus found = {0};
    Buf text = {0};
    Status status = index_open(folder, &index, error);
    if (status == OK) status = find_status(index, &found, error);
    if (status == OK && options->json) {
        put_json(&text, &found);
    } else if (status == OK) {
        put_text(&text, &found);
    }
    if (status == OK) status = program_print(&text, out, error);
    history_release(&found.history);
    buf_release(&text);
    index_close(index);
    return status;
}
