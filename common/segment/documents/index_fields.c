/* index_fields.c - the names of the fields that an index stores: each segment
 * has them, and MANIFEST if there are no segments. */
#include "common/segment/documents/index_fields.h"

#include "common/segment/documents/documents.h"

static Status copy_names(const Manifest *manifest, Arena *arena,
                         const char ***names, Error *error)
{
    size_t count = manifest->field_count;
    *names = arena_alloc(arena, (count + 1) * sizeof **names);
    for (size_t i = 0; *names && i < count; i++) {
        Span name = span_text(manifest->fields[i]);
        (*names)[i] = (const char *)arena_copy(arena, name).data;
    }
    return arena->status == OK ? OK
                               : fail_memory(error, "reading stored fields");
}

Status index_stored_fields(const Index *index, Arena *arena,
                           const char ***names, size_t *count, Error *error)
{
    const Manifest *manifest = &index->manifest;
    if (manifest->segment_count)
        return stored_field_names(index->segments[0], arena, names, count,
                                  error);
    *count = manifest->field_count;
    return copy_names(manifest, arena, names, error);
}
