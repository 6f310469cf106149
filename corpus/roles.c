/* roles.c - which keys of a record are id, title and text.
 *
 * Dialects: Anserini {id, contents}, BEIR {_id, title, text}, Terrier {docno,
 * text}, PISA {title, content, url}, where title is the id, and what people
 * write by hand (docid, body).
 */
#include "corpus/roles.h"

#include "corpus/json_values.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* In order of preference. */
static const char *const ID_KEYS[] = {"id", "_id", "docid", "docno", NULL};
static const char *const TEXT_KEYS[] = {"contents", "text", "body", "content",
                                        NULL};
/* Columns may have these names, too; keys of records not, so that records keep
 * their meaning. */
static const char *const ID_COLUMNS[] = {
    "id", "_id", "docid", "docno", "doc_id", "uid", "uuid", "guid", NULL};
static const char *const TITLE_COLUMNS[] = {"title", "subject", "headline",
                                            NULL};
#define TRIED_TEXT_KEYS "contents, text, body, content"

Status roles_init(Roles *roles, const Source *source, const char *format,
                  Error *error)
{
    const CorpusOptions *options = source->options;
    *roles = (Roles){.source = source,
                     .seen.source = source,
                     .format = format,
                     .id = options->id_field,
                     .title = options->title_field,
                     .text = options->text_field};
    if (options->store_field_count == 0) return OK;
    size_t count = options->store_field_count;
    roles->fields = calloc(count, sizeof *roles->fields);
    roles->fields_seen = calloc(count, sizeof *roles->fields_seen);
    return roles->fields && roles->fields_seen
               ? OK
               : fail_memory(error, "reading fields");
}

Status roles_init_table(Roles *roles, const Source *source, const char *format,
                        const char *id, Error *error)
{
    Status status = roles_init(roles, source, format, error);
    roles->is_table = true;
    if (!roles->id) roles->id = id;
    return status;
}

void roles_release(Roles *roles)
{
    buf_release(&roles->joined);
    free(roles->fields);
    free(roles->fields_seen);
    seen_fields_release(&roles->seen);
    *roles = (Roles){0};
}

static const JsonMember *find(JsonObject record, const char *key)
{
    return key ? json_find(record, span_text(key)) : NULL;
}

static const char *first_present(JsonObject record, const char *const *keys)
{
    while (*keys && !find(record, *keys)) keys++;
    return *keys;
}

/* The one of the names that differs at most by case, or NULL. */
static const char *spelling_of(Span key, const char *const *names)
{
    while (*names && !span_equal_caseless(key, span_text(*names))) names++;
    return *names;
}

static const char *spelling_in_options(const CorpusOptions *options, Span name)
{
    const char *const named[] = {options->id_field, options->title_field,
                                 options->text_field};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (named[i] && span_equal_caseless(name, span_text(named[i])))
            return named[i];
    }
    for (size_t i = 0; i < options->store_field_count; i++) {
        const char *field = options->store_fields[i];
        if (span_equal_caseless(name, span_text(field))) return field;
    }
    return NULL;
}

static const char *known_spelling(const CorpusOptions *options, Span name)
{
    static const char *const others[] = {"url", NULL};
    const char *const *const lists[] = {ID_COLUMNS, TEXT_KEYS, TITLE_COLUMNS,
                                        others};
    const char *found = spelling_in_options(options, name);
    for (size_t i = 0; !found && i < sizeof lists / sizeof *lists; i++)
        found = spelling_of(name, lists[i]);
    return found;
}

bool roles_name_column(const CorpusOptions *options, Span name)
{
    return spelling_in_options(options, name) != NULL;
}

bool roles_know_column(const CorpusOptions *options, Span name)
{
    return known_spelling(options, name) != NULL;
}

Span roles_spelling(const CorpusOptions *options, Span name)
{
    const char *known = known_spelling(options, name);
    return known ? span_text(known) : name;
}

static bool is_pisa(JsonObject record)
{
    return find(record, "title") && find(record, "content") &&
           find(record, "url");
}

static void note_keys(Roles *roles, JsonObject record)
{
    if (!seen_fields_next(&roles->seen)) return;
    for (size_t i = 0; i < record.count; i++)
        seen_fields_note(&roles->seen, record.members[i].key,
                         record.members[i].value.size);
}

static bool is_read(const Roles *roles, const char *key)
{
    const CorpusOptions *options = roles->source->options;
    const char *const roles_keys[] = {roles->id, roles->title, roles->text};
    for (size_t i = 0; i < sizeof roles_keys / sizeof *roles_keys; i++) {
        if (roles_keys[i] && !strcmp(key, roles_keys[i])) return true;
    }
    for (size_t i = 0; i < options->store_field_count; i++) {
        if (!strcmp(key, options->store_fields[i])) return true;
    }
    return false;
}

/* "; not read: url, year"; false if all are read. */
static bool put_unread(const Roles *roles, Buf *what)
{
    static const char first[] = "; not read: ";
    const char *before = first;
    if (roles->takes_all) return false;
    for (const char *key = NULL; (key = seen_fields_name(&roles->seen, key));) {
        if (is_read(roles, key)) continue;
        buf_printf(what, "%s%s", before, key);
        before = ", ";
    }
    if (roles->seen.more) buf_printf(what, "%s...", before);
    return before != first || roles->seen.more;
}

static void announce(const Roles *roles)
{
    Buf what = {0};
    buf_printf(&what, "%s: id = %s, text = ", roles->format,
               roles->id ? roles->id : "SOURCE:LINE");
    if (roles->title) buf_printf(&what, "%s + ", roles->title);
    buf_put_text(&what, !roles->takes_all           ? roles->text
                        : roles->id || roles->title ? "all other columns"
                                                    : "all columns");
    bool has_unread = put_unread(roles, &what);
    const char *text = buf_text(&what);
    if (text)
        source_announce(roles->source, text,
                        has_unread || roles->takes_all ? ADVICE_NAME_FIELDS
                                                       : ADVICE_NONE);
    buf_release(&what);
}

/* Recognises the keys that are not known yet; the id first, because PISA's is
 * called title. */
static void recognise(Roles *roles, JsonObject record)
{
    if (roles->announced && roles->id && roles->title) return;
    Roles before = *roles;
    if (!roles->text) roles->text = first_present(record, TEXT_KEYS);
    if (!roles->text) return;
    if (!roles->id) roles->id = first_present(record, ID_KEYS);
    if (!roles->id && !roles->title && is_pisa(record)) roles->id = "title";
    bool is_taken = (roles->id && !strcmp(roles->id, "title")) ||
                    !strcmp(roles->text, "title");
    if (!roles->title && !is_taken && find(record, "title"))
        roles->title = "title";
    if (!before.announced || before.id != roles->id ||
        before.title != roles->title)
        announce(roles);
    roles->announced = true;
}

/* Recognises the columns, once. That of a table with only one is its text. */
static void recognise_columns(Roles *roles, JsonObject row)
{
    if (roles->announced) return;
    if (!roles->text) roles->text = first_present(row, TEXT_KEYS);
    if (!roles->id && row.count > 1) roles->id = first_present(row, ID_COLUMNS);
    const char *title = first_present(row, TITLE_COLUMNS);
    bool is_taken = title && ((roles->id && !strcmp(roles->id, title)) ||
                              (roles->text && !strcmp(roles->text, title)));
    if (!roles->title && row.count > 1 && !is_taken) roles->title = title;
    roles->takes_all = !roles->text;
    announce(roles);
    roles->announced = true;
}

/* Sets `reason`, which names a key. False, so that `return refuse(...)` reads
 * well. */
static PRINTF_LIKE(2, 3) bool refuse(Roles *roles, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(roles->reason, sizeof roles->reason, format, arguments);
    va_end(arguments);
    return false;
}

/* The last of equal keys counts; the values of the others are lost. */
static void note_repeated(Roles *roles, JsonObject record, const char *key)
{
    size_t count = 0;
    for (size_t i = 0; i < record.count; i++)
        count += span_equals_text(record.members[i].key, key);
    if (count > 1)
        refuse(roles, "only the last of several '%s' was indexed", key);
}

static Span take_value(Roles *roles, const JsonMember *member)
{
    roles->has_lone = roles->has_lone || member->has_lone;
    return member->value;
}

/* Reported once a source: records without id among others that have one. */
static void note_no_id(Roles *roles)
{
    const Source *source = roles->source;
    if (roles->noted_no_id) return;
    roles->noted_no_id = true;
    listener_note(source->listener, source->name,
                  "the id of a record without one is its place, SOURCE:LINE",
                  ADVICE_NONE);
}

/* The id, if the record must have one. */
static bool take_id(Roles *roles, JsonObject record, Document *out)
{
    const JsonMember *id = find(record, roles->id);
    if (id && id->kind == JSON_NESTED)
        return refuse(roles, "the value of '%s' is not a string or number",
                      roles->id);
    bool required = roles->id && roles->id == roles->source->options->id_field;
    if (required && (!id || !id->value.size))
        return refuse(roles, "no value of the id field '%s'", roles->id);
    if (id) out->id = take_value(roles, id);
    if (id) roles->seen.id = true;
    if (roles->id && !out->id.size) note_no_id(roles);
    return true;
}

static void take_columns(Roles *roles, JsonObject row, Document *out)
{
    const JsonMember *id = find(row, roles->id);
    const JsonMember *title = find(row, roles->title);
    roles->seen.text = true;
    buf_clear(&roles->joined);
    for (size_t i = 0; i < row.count; i++) {
        const JsonMember *cell = &row.members[i];
        if (cell == id || cell == title || !cell->value.size) continue;
        if (roles->joined.size) buf_put_byte(&roles->joined, '\n');
        buf_put_span(&roles->joined, cell->value);
    }
    out->text = buf_span(&roles->joined);
}

/* The text of a list or an object with others in it, as chats have it: its
 * strings and numbers. */
static Span take_nested(Roles *roles, const JsonMember *member)
{
    JsonValues values = {.out = &roles->joined, .has_lone = roles->has_lone};
    size_t wrong_at;
    buf_clear(&roles->joined);
    (void)json_values_put_all(&values, member->value, &wrong_at); /* valid */
    roles->has_lone = values.has_lone;
    if (roles->joined.size) roles->joined.size--; /* the last line feed */
    return buf_span(&roles->joined);
}

static bool take_text(Roles *roles, JsonObject record, Document *out)
{
    if (roles->takes_all) {
        take_columns(roles, record, out);
        return true;
    }
    if (!roles->text)
        return refuse(roles, "no text field (tried %s)", TRIED_TEXT_KEYS);
    const JsonMember *text = find(record, roles->text);
    if (!text) return refuse(roles, "no text field '%s'", roles->text);
    roles->seen.text = true;
    out->text = text->kind == JSON_NESTED ? take_nested(roles, text)
                                          : take_value(roles, text);
    note_repeated(roles, record, roles->text);
    return true;
}

static void take_title(Roles *roles, JsonObject record, Document *out)
{
    const JsonMember *title = find(record, roles->title);
    if (!title) return;
    roles->seen.title = true;
    if (title->kind == JSON_VALUE) out->title = take_value(roles, title);
    if (title->kind == JSON_NESTED)
        refuse(roles, "indexed without title: '%s' is not a string",
               roles->title);
}

static void take_fields(Roles *roles, JsonObject record, Document *out)
{
    const CorpusOptions *options = roles->source->options;
    out->fields = roles->fields;
    for (size_t i = 0; i < options->store_field_count; i++) {
        Span name = span_text(options->store_fields[i]);
        const JsonMember *field = json_find(record, name);
        if (!field) continue;
        roles->fields_seen[i] = true;
        if (field->kind == JSON_NULL) continue;
        roles->fields[out->field_count++] = (DocumentField){
            name, take_value(roles, field)};
    }
}

bool roles_apply(Roles *roles, JsonObject record, Document *out)
{
    roles->reason[0] = '\0';
    roles->has_lone = false;
    note_keys(roles, record);
    if (roles->is_table) {
        recognise_columns(roles, record);
    } else {
        recognise(roles, record);
    }
    take_title(roles, record, out);
    if (!take_id(roles, record, out) || !take_text(roles, record, out))
        return false;
    take_fields(roles, record, out);
    return true;
}

Status roles_report(const Roles *roles, const StreamRecord *record, bool found,
                    Error *error)
{
    if (!found)
        return source_skipped(roles->source, record, roles->reason, error);
    Status status = buf_check(&roles->joined, "reading a text", error);
    if (status == OK && roles->reason[0])
        status = source_changed(roles->source, record, roles->reason, error);
    if (status == OK && roles->has_lone)
        status = source_changed(roles->source, record,
                                "a lone surrogate was replaced by U+FFFD",
                                error);
    return status;
}

/* Not an error, as files may differ. */
static void note_unseen_fields(Roles *roles)
{
    const Source *source = roles->source;
    for (size_t i = 0; i < source->options->store_field_count; i++) {
        const char *field = source->options->store_fields[i];
        if (roles->fields_seen[i]) continue;
        Buf text = {0};
        buf_printf(&text, "no record has the field '%s' to be stored; ", field);
        seen_fields_put(&roles->seen, field, &text);
        const char *what = buf_text(&text);
        if (what)
            listener_note(source->listener, source->name, what, ADVICE_NONE);
        buf_release(&text);
    }
}

Status roles_check(Roles *roles, bool at_end, Error *error)
{
    Status status = seen_fields_check(&roles->seen, at_end, error);
    if (status != OK || !seen_fields_enough(&roles->seen, at_end))
        return status;
    if (!roles->seen.text)
        return seen_fields_fail(&roles->seen,
                                "no text field (tried " TRIED_TEXT_KEYS ")",
                                NULL, error);
    if (at_end) note_unseen_fields(roles);
    return OK;
}
