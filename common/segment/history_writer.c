/* history_writer.c - writes the history of an index. */
#include "common/base/escaped_text.h"
#include "common/base/hash.h"
#include "common/segment/history.h"
#include "common/segment/manifest_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static void put_publication(Buf *out, const Publication *publication)
{
    buf_printf(out,
               "publication %" PRIu64 " %s %s %" PRIu64 " %" PRIu64 " %" PRIu64
               " %" PRIu64 " %s ",
               publication->generation, publication->time, publication->verb,
               publication->added, publication->replaced, publication->removed,
               publication->documents,
               publication->segment ? publication->segment : "-");
    put_escaped(out, span_text(publication->from));
    buf_put_byte(out, '\n');
}

void history_format(const History *history, Buf *out)
{
    size_t start = out->size;
    buf_put_text(out, HISTORY_FIRST_LINE "\n");
    for (size_t i = 0; i < history->source_count; i++) {
        buf_put_text(out, "source ");
        put_escaped(out, span_text(history->sources[i]));
        buf_put_byte(out, '\n');
    }
    if (history->more_sources)
        buf_printf(out, "more_sources %" PRIu64 "\n", history->more_sources);
    if (history->forgotten)
        buf_printf(out, "forgotten %" PRIu64 "\n", history->forgotten);
    for (size_t i = 0; i < history->publication_count; i++)
        put_publication(out, &history->publications[i]);
    if (out->status != OK) return;
    uint64_t sum = hash_bytes(out->data + start, out->size - start);
    buf_printf(out, "checksum %016" PRIx64 "\n", sum);
}

static Status write_file(const FolderHandle *folder, Span text, const char *to,
                         FileAccess access, Error *error)
{
    NewFile file = {.name = HISTORY_TEMPORARY_NAME};
    Status status = folder_create_file(folder, file.name, &file.fd, error);
    if (status != OK) return status;
    if (!file_write_all(file.fd, text))
        status = fail_errno(error, "cannot write '%s/%s'", folder->path,
                            file.name);
    if (status == OK)
        status = folder_place_file(folder, file, to, access, error);
    close(file.fd);
    if (status != OK) unlinkat(folder->fd, file.name, 0);
    return status;
}

/* Named by its checksum. */
static const char *name_file(const Buf *text, Arena *arena)
{
    char name[HASH_DIGITS + sizeof HISTORY_SUFFIX];
    Span sum = span_of(text->data + text->size - HASH_DIGITS - 1, HASH_DIGITS);
    snprintf(name, sizeof name, "%.*s" HISTORY_SUFFIX, SPAN_ARGS(sum));
    return (const char *)arena_copy(arena, span_text(name)).data;
}

Status history_write(const History *history, const FolderHandle *folder,
                     FileAccess access, Arena *arena, ManifestFile *out,
                     Error *error)
{
    Buf text = {0};
    *out = (ManifestFile){0};
    history_format(history, &text);
    Status status = buf_check(&text, "writing the history", error);
    const char *name = status == OK ? name_file(&text, arena) : NULL;
    if (status == OK && !name)
        status = fail_memory(error, "writing the history");
    if (status == OK)
        status = write_file(folder, buf_span(&text), name, access, error);
    if (status == OK) *out = (ManifestFile){name, text.size};
    buf_release(&text);
    return status;
}
