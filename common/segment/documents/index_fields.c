/* index_fields.c - the names of the fields that an index stores: each segment
 * has them, and MANIFEST if there are no segments. */
#include "common/segment/documents/index_fields.h"

#include "common/segment/documents/documents.h"

static const char **copy_names(Arena *arena, const Span *names, size_t count)
{
    const char **copies = arena_alloc(arena, (count + 1) * sizeof *copies);
    for (size_t i = 0; copies && i < count; i++)
        copies[i] = (const char *)arena_copy(arena, names[i]).data;
    return copies;
}

static const Span *manifest_names(const Manifest *manifest, Arena *arena)
{
    Span *names = arena_alloc(arena,
                              (manifest->field_count + 1) * sizeof *names);
    for (size_t i = 0; names && i < manifest->field_count; i++)
        names[i] = span_text(manifest->fields[i]);
    return names;
}

Status index_stored_fields(const Index *index, Arena *arena,
                           const char ***names, size_t *count, Error *error)
{
    const Manifest *manifest = &index->manifest;
    StoredReader *reader = NULL;
    const Span *found = NULL;
    Status status = OK;
    *names = NULL;
    *count = 0;
    if (!manifest->segment_count) {
        *count = manifest->field_count;
        found = manifest_names(manifest, arena);
    } else if (manifest->has_stored) {
        status = stored_reader_new(index->segments[0], &reader, error);
        if (status == OK) found = stored_reader_names(reader, count);
    }
    if (arena->status == OK && found) *names = copy_names(arena, found, *count);
    stored_reader_free(reader);
    if (status != OK || arena->status == OK) return status;
    return fail_memory(error, "reading the names of stored fields");
}
