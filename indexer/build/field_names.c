/* field_names.c - the names of the stored fields of an index. */
#include "indexer/build/field_names.h"

#include <stdlib.h>

static bool is_known(const FieldNames *self, Span name)
{
    size_t i = 0;
    while (i < self->count && !span_equals_text(name, self->names[i])) i++;
    return i < self->count;
}

static Status put(FieldNames *self, const char *name, Error *error)
{
    if (self->count == self->capacity) {
        size_t capacity = self->capacity ? 2 * self->capacity : 8;
        const char **names = realloc(self->names, capacity * sizeof *names);
        if (!names) return fail_memory(error, "reading fields");
        self->names = names;
        self->capacity = capacity;
    }
    self->names[self->count++] = name;
    return OK;
}

Status field_names_start(FieldNames *self, const char *const *names,
                         size_t count, Error *error)
{
    Status status = OK;
    for (size_t i = 0; i < count && status == OK; i++)
        status = put(self, names[i], error);
    return status;
}

Status field_names_add(FieldNames *self, const Document *document, bool *all,
                       Error *error)
{
    Status status = OK;
    *all = true;
    for (size_t i = 0; i < document->field_count && status == OK; i++) {
        Span name = document->fields[i].name;
        if (is_known(self, name)) continue;
        *all = *all && self->count < FIELD_NAMES_MAX;
        if (!*all) continue;
        Span copy = arena_copy(&self->arena, name);
        if (!copy.data) return fail_memory(error, "reading fields");
        status = put(self, (const char *)copy.data, error);
    }
    return status;
}

void field_names_release(FieldNames *self)
{
    arena_release(&self->arena);
    free(self->names);
    *self = (FieldNames){0};
}
