/* field_names.c - the names of the stored fields of an index. */
#include "indexer/build/field_names.h"

void field_names_init(FieldNames *names, const char *const *given, size_t count)
{
    *names = (FieldNames){0};
    for (size_t i = 0; i < count; i++)
        buf_put(&names->names, &given[i], sizeof given[i]);
}

void field_names_release(FieldNames *names)
{
    buf_release(&names->names);
    arena_release(&names->added);
}

const char *const *field_names_list(const FieldNames *names, size_t *count)
{
    *count = names->names.size / sizeof(char *);
    return (const char *const *)(const void *)names->names.data;
}

static bool has_name(const FieldNames *names, Span name)
{
    size_t count;
    const char *const *list = field_names_list(names, &count);
    for (size_t i = 0; i < count; i++)
        if (span_equals_text(name, list[i])) return true;
    return false;
}

Status field_names_add(FieldNames *names, const Document *document,
                       Error *error)
{
    for (size_t i = 0; i < document->field_count; i++) {
        Span name = document->fields[i].name;
        if (has_name(names, name)) continue;
        const char *copy = (const char *)arena_copy(&names->added, name).data;
        if (!copy) return fail_memory(error, "storing fields");
        buf_put(&names->names, &copy, sizeof copy);
    }
    return buf_check(&names->names, "storing fields", error);
}
