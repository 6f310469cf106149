/* command_skipped.c - indexer skipped: which records were not indexed, and why.
 *
 * A line each: source, line, byte offset, reason. A source or reason may hold
 * any bytes; they are escaped, so that a line is always an entry and a tab
 * always ends a field.
 */
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/program/log.h"
#include "common/segment/index.h"
#include "common/segment/skip_log/skip_log.h"
#include "indexer/commands.h"

#include <inttypes.h>

enum { FLUSH_BYTES = 1 << 16 };

static void put_entry(Buf *text, const SkipLogEntry *entry)
{
    put_plain_id(text, entry->source);
    buf_printf(text, "\t%" PRIu64 "\t%" PRIu64 "\t", entry->line,
               entry->offset);
    put_plain_id(text, entry->reason);
    buf_put_byte(text, '\n');
}

static void put_json_entry(Buf *text, const SkipLogEntry *entry)
{
    buf_printf(text,
               "{\"type\":\"%s\",\"source\":", skip_log_kind_name(entry->kind));
    put_json_string(text, entry->source);
    buf_printf(text,
               ",\"line\":%" PRIu64 ",\"column\":%" PRIu64
               ",\"offset\":%" PRIu64,
               entry->line, entry->column, entry->offset);
    put_json_member(text, "reason", entry->reason);
    buf_put_text(text, "}\n");
}

static Status print_walk(SkipLogWalk *walk, bool json, Buf *text, FILE *out,
                         Error *error)
{
    for (;;) {
        SkipLogEntry entry;
        bool found;
        Status status = skip_log_walk_next(walk, &entry, &found, error);
        if (status != OK || !found) return status;
        if (json) {
            put_json_entry(text, &entry);
        } else {
            put_entry(text, &entry);
        }
        if (text->size < FLUSH_BYTES) continue;
        status = program_print(text, out, error);
        if (status != OK) return status;
    }
}

static Status print_entries(Index *index, bool json, Buf *text, FILE *out,
                            SkipLogCounts *counts, Error *error)
{
    Status status = OK;
    for (size_t i = 0; i < index->manifest.segment_count && status == OK; i++) {
        SkipLogWalk walk = {0};
        Segment *segment = index->segments[i];
        status = skip_log_count(segment, counts, error);
        if (status == OK) status = skip_log_walk_start(&walk, segment, error);
        if (status == OK) status = print_walk(&walk, json, text, out, error);
        skip_log_walk_release(&walk);
    }
    return status;
}

/* An index that was written before there were skip logs has only a count. */
static void count_unlisted(const Index *index, SkipLogCounts *counts)
{
    uint64_t skipped = index->manifest.skipped_count;
    if (counts->of_kind[SKIP_LOG_SKIPPED] < skipped)
        counts->of_kind[SKIP_LOG_SKIPPED] = skipped;
}

static void put_json_summary(Buf *text, const SkipLogCounts *counts)
{
    buf_put_text(text, "{\"type\":\"summary\"");
    buf_printf(text, ",\"skipped\":%" PRIu64 ",\"changed\":%" PRIu64,
               counts->of_kind[SKIP_LOG_SKIPPED],
               counts->of_kind[SKIP_LOG_CHANGED]);
    buf_printf(text, ",\"duplicates\":%" PRIu64 ",\"listed\":%" PRIu64 "}\n",
               counts->of_kind[SKIP_LOG_DUPLICATE], counts->entries);
}

static void note_unlisted(const Index *index, const SkipLogCounts *counts)
{
    uint64_t total = 0;
    for (int kind = 0; kind < SKIP_LOG_KINDS; kind++)
        total += counts->of_kind[kind];
    if (total > counts->entries) {
        log_warn("%s: %" PRIu64 " more were counted, but are not listed",
                 index->folder, total - counts->entries);
    }
}

static Status print_skip_log(Index *index, bool json, Buf *text, FILE *out,
                             Error *error)
{
    SkipLogCounts counts = {0};
    Status status = print_entries(index, json, text, out, &counts, error);
    if (status != OK) return status;
    count_unlisted(index, &counts);
    if (json) put_json_summary(text, &counts);
    status = program_print(text, out, error);
    if (status == OK) note_unlisted(index, &counts);
    return status;
}

Status command_skipped(const char *folder, const CommandOptions *options,
                       FILE *out, Error *error)
{
    Index *index;
    Buf text = {0};
    Status status = index_open(folder, &index, error);
    if (status == OK)
        status = print_skip_log(index, options->json, &text, out, error);
    buf_release(&text);
    index_close(index);
    return status;
}
