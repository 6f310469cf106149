/* seen_fields.c - which fields the records of a source have. */
#include "corpus/seen_fields.h"

#include "common/base/near_miss.h"

#include <inttypes.h>

enum { NAME_BYTES = 64, RECORDS_TRIED = 1000 };

static const char *const ID_ENDINGS[] = {"id",  "key", "isbn", "doi",
                                         "sku", "url", "path", NULL};
static const char *const TITLE_ENDINGS[] = {
    "title", "headline", "heading", "subject", "name", "caption", NULL};
static const char *const TEXT_ENDINGS[] = {
    "contents", "text", "body", "content", "message", "description", NULL};

bool seen_fields_next(SeenFields *seen)
{
    return ++seen->records <= RECORDS_TRIED;
}

const char *seen_fields_name(const SeenFields *seen, const char *name)
{
    const char *first = (const char *)seen->names.data;
    if (!first) return NULL;
    const char *next = name ? name + strlen(name) + 1 : first;
    return next < first + seen->names.size ? next : NULL;
}

/* The index of the name; name_count if it is not noted. */
static size_t find_name(const SeenFields *seen, Span name)
{
    size_t at = 0;
    const char *noted = seen_fields_name(seen, NULL);
    for (; noted && !span_equals_text(name, noted); at++)
        noted = seen_fields_name(seen, noted);
    return at;
}

/* Short, and without control characters. */
static bool fits_message(Span name)
{
    if (!name.size || name.size > NAME_BYTES) return false;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] < ' ' || name.data[i] == 0x7f) return false;
    }
    return true;
}

static void add_name(SeenFields *seen, Span name)
{
    if (!buf_reserve(&seen->names, name.size + 1)) return;
    buf_put_span(&seen->names, name);
    buf_put_byte(&seen->names, 0);
    seen->name_count++;
}

void seen_fields_note(SeenFields *seen, Span name, size_t value_bytes)
{
    size_t at = find_name(seen, name);
    bool is_new = at == seen->name_count;
    if (is_new && (at == SEEN_NAMES || !fits_message(name))) {
        seen->more = true;
        return;
    }
    if (is_new) add_name(seen, name);
    if (at < seen->name_count) seen->value_bytes[at] += value_bytes;
}

void seen_fields_put(const SeenFields *seen, const char *wanted, Buf *out)
{
    NearMiss search = {.word = wanted};
    const char *before = "the fields are ";
    for (const char *name = NULL; (name = seen_fields_name(seen, name));) {
        buf_printf(out, "%s%s", before, name);
        before = ", ";
        if (wanted) near_miss_offer(&search, name);
    }
    if (seen->more) buf_printf(out, "%s...", before);
    if (seen->names.size == 0 && !seen->more)
        buf_put_text(out, "they have no fields");
    if (search.best) buf_printf(out, "; did you mean '%s'?", search.best);
}

static bool ends_like(const char *name, const char *const *endings)
{
    size_t size = strlen(name);
    for (; *endings; endings++) {
        size_t end_size = strlen(*endings);
        if (size >= end_size &&
            span_equal_caseless(span_text(name + size - end_size),
                                span_text(*endings)))
            return true;
    }
    return false;
}

static const char *first_like(const SeenFields *seen,
                              const char *const *endings)
{
    const char *name = seen_fields_name(seen, NULL);
    while (name && !ends_like(name, endings))
        name = seen_fields_name(seen, name);
    return name;
}

/* The field with the longest values, except one; of those with such a name. */
static const char *longest(const SeenFields *seen, const char *except,
                           const char *const *endings)
{
    const char *best = NULL;
    uint64_t max = 0;
    size_t at = 0;
    for (const char *name = NULL; (name = seen_fields_name(seen, name)); at++) {
        if (name == except || seen->value_bytes[at] <= max) continue;
        if (endings && !ends_like(name, endings)) continue;
        max = seen->value_bytes[at];
        best = name;
    }
    return best;
}

/* Id, title and text are recognised by their names; without such a name the
 * text is the longest field. What the options name is not suggested. */
static void suggest_fields(const SeenFields *seen)
{
    const Source *source = seen->source;
    const CorpusListener *listener = source->listener;
    const char *id = first_like(seen, ID_ENDINGS);
    const char *title = first_like(seen, TITLE_ENDINGS);
    FieldSuggestion fields = {.text = longest(seen, id, TEXT_ENDINGS)};
    if (!fields.text) fields.text = longest(seen, id, NULL);
    if (!fields.text || !listener->suggested) return;
    if (!source->options->id_field) fields.id = id;
    if (title && title != fields.text && title != id &&
        !source->options->title_field)
        fields.title = title;
    listener->suggested(listener->self, &fields);
}

Status seen_fields_fail(const SeenFields *seen, const char *missing,
                        const char *wanted, Error *error)
{
    Buf rest = {0};
    buf_put_text(&rest, "in the first ");
    if (seen->records > 1) buf_printf(&rest, "%" PRIu64 " ", seen->records);
    buf_printf(&rest, "record%s; ", seen->records > 1 ? "s" : "");
    seen_fields_put(seen, wanted, &rest);
    if (!wanted) suggest_fields(seen);
    const char *text = buf_text(&rest);
    *seen->source->misses_field = true;
    Status status = fail(error, ERR_USAGE, "%s: %s %s", seen->source->name,
                         missing, text ? text : "");
    buf_release(&rest);
    return status;
}

static Status check_field(const SeenFields *seen, const char *name, bool found,
                          const char *role, Error *error)
{
    if (!name || found) return OK;
    Buf missing = {0};
    buf_printf(&missing, "no %s field '%s'", role, name);
    const char *text = buf_text(&missing);
    Status status = seen_fields_fail(seen, text ? text : name, name, error);
    buf_release(&missing);
    return status;
}

bool seen_fields_enough(const SeenFields *seen, bool at_end)
{
    return at_end ? seen->records > 0 : seen->records == RECORDS_TRIED;
}

Status seen_fields_check(const SeenFields *seen, bool at_end, Error *error)
{
    if (!seen_fields_enough(seen, at_end)) return OK;
    const CorpusOptions *options = seen->source->options;
    Status status = check_field(seen, options->id_field, seen->id, "id", error);
    if (status == OK)
        status = check_field(seen, options->text_field, seen->text, "text",
                             error);
    if (status == OK && at_end) /* a title may well be rare */
        status = check_field(seen, options->title_field, seen->title, "title",
                             error);
    return status;
}

void seen_fields_release(SeenFields *seen)
{
    buf_release(&seen->names);
    *seen = (SeenFields){0};
}
