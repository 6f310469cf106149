/* results_read.c - reads results from JSON lines.
 *
 * Unknown types of lines and unknown keys are skipped, so that a file of a
 * later version can be read; a missing key is zero or empty. Everything that
 * refers to an engine, a workload or a query is checked here, so that no reader
 * of Results has to.
 */
#include "bench/results/result_lines_internal.h"

#include "common/base/file.h"
#include "common/input/json.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

enum { MAX_RECORD_BYTES = 256 }; /* of the structs */

typedef struct LineReader {
    const char *name; /* of the file */
    size_t line;
    JsonReader *json;
    Results *results;
    bool has_end;
} LineReader;

static Status refuse(const LineReader *self, Error *error, const char *why)
{
    return fail(error, ERR_USAGE, "%s:%zu: %s; write results with bench run -o",
                self->name, self->line, why);
}

/* The texts of an array are separated by line feeds. */
static size_t count_items(Span value)
{
    size_t count = value.size != 0;
    for (size_t i = 0; i < value.size; i++) count += value.data[i] == '\n';
    return count;
}

static Span take_item(Span *rest)
{
    const uint8_t *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    Span item = span_of(rest->data, size);
    size_t taken = size + (end != NULL);
    *rest = span_of(rest->data + taken, rest->size - taken);
    return item;
}

static bool read_integer(Span text, int64_t *out)
{
    char digits[32];
    char *end;
    if (text.size == 0 || text.size >= sizeof digits) return false;
    memcpy(digits, text.data, text.size);
    digits[text.size] = 0;
    *out = strtoll(digits, &end, 10);
    return *end == 0;
}

static bool read_index(Span text, size_t *out)
{
    int64_t value;
    if (!read_integer(text, &value) || value < 0) return false;
    *out = (size_t)value;
    return true;
}

static bool read_real(const JsonMember *member, double *out)
{
    char digits[64];
    char *end;
    *out = (double)NAN;
    if (member->kind == JSON_NULL) return true;
    Span text = member->value;
    if (text.size == 0 || text.size >= sizeof digits) return false;
    memcpy(digits, text.data, text.size);
    digits[text.size] = 0;
    *out = strtod(digits, &end);
    return *end == 0;
}

static bool read_choice(Span text, const char *const *names, unsigned *out)
{
    for (*out = 0; names[*out]; ++*out) {
        if (span_equals_text(text, names[*out])) return true;
    }
    *out = 0;
    return false;
}

static bool read_integers(Results *results, Span text, IntegerList *out)
{
    *out = result_integers(results, count_items(text));
    for (size_t i = 0; i < out->count; i++) {
        if (!read_integer(take_item(&text), &out->items[i])) return false;
    }
    return true;
}

static void read_texts(Results *results, Span text, TextList *out)
{
    *out = result_texts(results, count_items(text));
    for (size_t i = 0; i < out->count; i++)
        out->items[i] = result_text(results, take_item(&text));
}

static bool read_value(Results *results, const LineKey *key,
                       const JsonMember *member, char *record)
{
    void *at = record + key->offset;
    Span text = member->value;
    switch (key->kind) {
    case KEY_TEXT: *(const char **)at = result_text(results, text); return true;
    case KEY_INTEGER: return read_integer(text, at);
    case KEY_INDEX: return read_index(text, at);
    case KEY_REAL: return read_real(member, at);
    case KEY_FLAG: *(bool *)at = span_equals_text(text, "true"); return true;
    case KEY_CHOICE: return read_choice(text, key->names, at);
    case KEY_INTEGERS: return read_integers(results, text, at);
    case KEY_TEXTS: read_texts(results, text, at); return true;
    }
    return false;
}

static void clear_texts(const LineType *type, char *record)
{
    for (const LineKey *key = type->keys; key->name; key++) {
        void *at = record + key->offset;
        if (key->kind == KEY_TEXT) *(const char **)at = "";
    }
}

static Status read_record(LineReader *self, const LineType *type,
                          JsonObject object, char *record, Error *error)
{
    clear_texts(type, record);
    for (const LineKey *key = type->keys; key->name; key++) {
        const JsonMember *member = json_find(object, span_text(key->name));
        if (member && !read_value(self->results, key, member, record)) {
            return fail(error, ERR_USAGE, "%s:%zu: invalid value of '%s'",
                        self->name, self->line, key->name);
        }
    }
    return OK;
}

/* Engines, workloads and queries must lie at their number. */
static bool is_in_order(const LineReader *self, const LineType *type,
                        const void *record)
{
    const Results *results = self->results;
    if (type->list == offsetof(Results, engines)) {
        const ResultEngine *engine = record;
        return engine->engine == results->engines.count;
    }
    if (type->list == offsetof(Results, workloads)) {
        const ResultWorkload *workload = record;
        return workload->workload == results->workloads.count;
    }
    const ResultQuery *query = record;
    return query->query == results->queries.count;
}

static bool defines(const LineType *type)
{
    return type->list == offsetof(Results, engines) ||
           type->list == offsetof(Results, workloads) ||
           type->list == offsetof(Results, queries);
}

static size_t limit_of(const Results *results, const char *key)
{
    if (!strcmp(key, "engine") || !strcmp(key, "first") ||
        !strcmp(key, "second")) {
        return results->engines.count;
    }
    if (!strcmp(key, "workload")) return results->workloads.count;
    if (!strcmp(key, "query")) return results->queries.count;
    if (!strcmp(key, "launch")) return RESULT_MAX_LAUNCHES;
    return SIZE_MAX;
}

/* An array by query has an item for each. */
static bool fits_queries(const Results *results, const LineKey *key,
                         const char *record)
{
    size_t queries = results->queries.count;
    const void *at = record + key->offset;
    if (!strcmp(key->name, "ns") || !strcmp(key->name, "counts")) {
        if (key->kind == KEY_INTEGERS)
            return ((const IntegerList *)at)->count == queries;
    }
    return strcmp(key->name, "digests") != 0 ||
           ((const TextList *)at)->count == queries;
}

static bool refers_well(const LineReader *self, const LineType *type,
                        const char *record)
{
    if (defines(type)) return is_in_order(self, type, record);
    for (const LineKey *key = type->keys; key->name; key++) {
        const void *at = record + key->offset;
        if (key->kind == KEY_INDEX &&
            *(const size_t *)at >= limit_of(self->results, key->name)) {
            return false;
        }
        if (!fits_queries(self->results, key, record)) return false;
    }
    return true;
}

static Status add_record(LineReader *self, const LineType *type,
                         JsonObject object, Error *error)
{
    _Alignas(16) char record[MAX_RECORD_BYTES] = {0};
    assert(type->is_single || type->size <= sizeof record);
    Results *results = self->results;
    void *at = (char *)results + type->list;
    if (type->is_single) return read_record(self, type, object, at, error);
    Status status = read_record(self, type, object, record, error);
    if (status == OK && !refers_well(self, type, record)) {
        status = refuse(self, error,
                        "it refers to an engine, workload or query "
                        "that is not listed before it, or its number is too "
                        "large");
    }
    if (status == OK) result_list_add(results, at, record, type->size);
    return status;
}

static const LineType *find_type(Span name)
{
    for (const LineType *type = LINE_TYPES; type->name; type++) {
        if (span_equals_text(name, type->name)) return type;
    }
    return NULL;
}

static Status check_manifest(const LineReader *self, Error *error)
{
    const ResultManifest *manifest = &self->results->manifest;
    if (!manifest->format || strcmp(manifest->format, RESULTS_FORMAT) != 0)
        return refuse(self, error, "not the manifest of a result");
    if (manifest->version > RESULTS_VERSION) {
        return fail(error, ERR_UNSUPPORTED,
                    "%s:%zu: results of a later version; update bench",
                    self->name, self->line);
    }
    return OK;
}

static Status read_line(LineReader *self, Span line, Error *error)
{
    JsonObject object;
    Status status = json_read(self->json, line, &object, error);
    if (status == ERR_USAGE) {
        return fail_again(error, "%s:%zu: %s", self->name, self->line,
                          error->message);
    }
    if (status != OK) return status;
    const JsonMember *name = json_find(object, span_text("type"));
    const LineType *type = name ? find_type(name->value) : NULL;
    if (self->line == 1 && type != LINE_TYPES)
        return refuse(self, error, "does not begin with a manifest");
    if (!type) return OK;
    status = add_record(self, type, object, error);
    if (status == OK && type == LINE_TYPES)
        status = check_manifest(self, error);
    self->has_end |= type->list == offsetof(Results, end);
    return status;
}

Status results_parse(Span text, const char *name, Results *out, Error *error)
{
    *out = (Results){0};
    LineReader reader = {.name = name, .results = out};
    Status status = json_reader_new(&reader.json, error);
    while (status == OK && text.size) {
        reader.line++;
        Span line = take_item(&text);
        if (line.size) status = read_line(&reader, line, error);
    }
    if (status == OK && reader.line == 0)
        status = fail(error, ERR_USAGE, "%s: no results; it is empty", name);
    if (status == OK && !reader.has_end) out->end.partial = true;
    if (status == OK) status = results_check(out, error);
    json_reader_free(reader.json);
    return status;
}

Status results_read(const char *path, Results *out, Error *error)
{
    FileMap map;
    *out = (Results){0};
    Status status = file_map(path, &map, error);
    if (status != OK) return status;
    status = results_parse(map.bytes, path, out, error);
    file_unmap(&map);
    return status;
}
