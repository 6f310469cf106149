/* seen_fields.c - which fields the records of a source have. */
#include "corpus/seen_fields.h"

#include "common/base/near_miss.h"

#include <inttypes.h>
#include <strings.h>

enum { NAME_BYTES = 64, RECORDS_TRIED = 1000 };

static const char *const ID_ENDINGS[] = {"id",  "key", "isbn", "doi",
                                         "sku", "url", "path", NULL};
static const char *const TITLE_ENDINGS[] = {
    "title", "headline", "heading", "subject", "name", "caption", NULL};

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

/* Which of the names it is; name_count if it is none. */
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
    const char *before = "there are: ";
    for (const char *name = NULL; (name = seen_fields_name(seen, name));) {
        buf_printf(out, "%s%s", before, name);
        before = ", ";
        if (wanted) near_miss_offer(&search, name);
    }
    if (seen->more) buf_printf(out, "%s...", before);
    if (seen->names.size == 0 && !seen->more)
        buf_put_text(out, "there are none at all");
    if (search.best) buf_printf(out, "; did you mean '%s'?", search.best);
}

static bool ends_like(const char *name, const char *const *endings)
{
    size_t size = strlen(name);
    for (; *endings; endings++) {
        size_t end_size = strlen(*endings);
        if (size >= end_size && !strcasecmp(name + size - end_size, *endings))
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

/* The field with most in it, but for one. */
static const char *longest(const SeenFields *seen, const char *but)
{
    const char *best = NULL;
    uint64_t most = 0;
    size_t at = 0;
    for (const char *name = NULL; (name = seen_fields_name(seen, name)); at++) {
        if (name == but || seen->value_bytes[at] <= most) continue;
        most = seen->value_bytes[at];
        best = name;
    }
    return best;
}

/* Options that may name what was meant. The text is the field with most in it,
 * id and title are told by their names; nothing for what is named already. */
static void put_guess(const SeenFields *seen, Buf *out)
{
    const CorpusOptions *options = seen->source->options;
    const char *id = first_like(seen, ID_ENDINGS);
    const char *title = first_like(seen, TITLE_ENDINGS);
    const char *text = longest(seen, id);
    if (!text) return;
    buf_put_text(out, "; perhaps");
    if (id && !options->id_field) buf_printf(out, " --id-field %s", id);
    if (title && title != text && title != id && !options->title_field)
        buf_printf(out, " --title-field %s", title);
    buf_printf(out, " --text-field %s, or -f text for whole files", text);
}

Status seen_fields_fail(const SeenFields *seen, const char *missing,
                        const char *wanted, Error *error)
{
    Buf rest = {0};
    buf_put_text(&rest, "in the first ");
    if (seen->records > 1) buf_printf(&rest, "%" PRIu64 " ", seen->records);
    buf_printf(&rest, "record%s; ", seen->records > 1 ? "s" : "");
    seen_fields_put(seen, wanted, &rest);
    if (!wanted) put_guess(seen, &rest);
    const char *text = buf_text(&rest);
    Status status = fail(error, ERR_USAGE, "%s: %s %s", seen->source->name,
                         missing, text ? text : "");
    buf_release(&rest);
    return status;
}

static Status check_field(const SeenFields *seen, const char *name, bool met,
                          const char *option, Error *error)
{
    if (!name || met) return OK;
    Buf missing = {0};
    buf_printf(&missing, "no field '%s' (%s)", name, option);
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
    Status status = check_field(seen, options->id_field, seen->id, "--id-field",
                                error);
    if (status == OK)
        status = check_field(seen, options->text_field, seen->text,
                             "--text-field", error);
    if (status == OK && at_end) /* a title may well be rare */
        status = check_field(seen, options->title_field, seen->title,
                             "--title-field", error);
    return status;
}

void seen_fields_release(SeenFields *seen)
{
    buf_release(&seen->names);
    *seen = (SeenFields){0};
}
