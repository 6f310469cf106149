/* report_input.c - the files that a report is made from. */
#include "bench/report/report_input.h"

#include "bench/results/result_lines.h"
#include "bench/results/result_rows.h"
#include "common/base/file.h"
#include "common/input/json.h"

static const char *const KEYS[CERTIFICATE_KEYS] = {
    "holds",        "date",        "index",  "index_hash", "queries_file",
    "queries_hash", "queries",     "depths", "levels",     "digests",
    "hits",         "differences", "quern"};

static bool take_line(Span *rest, Span *line)
{
    if (!rest->size) return false;
    const uint8_t *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    *line = span_of(rest->data, size);
    *rest = span_of(rest->data + size + (end != NULL),
                    rest->size - size - (end != NULL));
    return true;
}

static bool has_type(JsonObject object, const char *type)
{
    const JsonMember *member = json_find(object, span_text("type"));
    return member && span_equals_text(member->value, type);
}

static void take_certificate(ReportInput *input, JsonObject object)
{
    for (size_t i = 0; i < CERTIFICATE_KEYS; i++) {
        const JsonMember *member = json_find(object, span_text(KEYS[i]));
        Span value = member ? arena_copy(&input->arena, member->value)
                            : (Span){0};
        input->certificate[i] = value.data ? (const char *)value.data : "";
    }
}

/* Finds the certificate among the lines of bench verify --json. The others are
 * differences. */
static Status read_certificate(ReportInput *input, JsonReader *reader,
                               Span text, Error *error)
{
    Span line;
    for (uint64_t number = 1; take_line(&text, &line); number++) {
        JsonObject object;
        Status status = json_read(reader, line, &object, error);
        if (status != OK) {
            return fail_again(error, "%s:%llu: %s", input->path,
                              (unsigned long long)number, error->message);
        }
        if (!has_type(object, "certificate")) continue;
        take_certificate(input, object);
        return input->arena.status == OK
                   ? OK
                   : fail_memory(error, "reading a certificate");
    }
    return fail(error, ERR_USAGE, "%s: it has no certificate", input->path);
}

/* Whether the first line is one of bench verify. */
static bool is_certificate(JsonReader *reader, Span text)
{
    Span line;
    JsonObject object;
    Error ignored;
    return take_line(&text, &line) &&
           json_read(reader, line, &object, &ignored) == OK &&
           (has_type(object, "certificate") || has_type(object, "difference"));
}

Status report_input_parse(Span text, const char *name, ReportInput *out,
                          Error *error)
{
    JsonReader *reader = NULL;
    *out = (ReportInput){.path = name};
    Status status = json_reader_new(&reader, error);
    if (status == OK) out->is_certificate = is_certificate(reader, text);
    if (status == OK) {
        status = out->is_certificate
                     ? read_certificate(out, reader, text, error)
                     : results_parse(text, name, &out->results, error);
    }
    json_reader_free(reader);
    /* A run that was killed has samples, but no tables yet. */
    Results *results = &out->results;
    if (status == OK && results->samples.count && !results->rows.count)
        status = results_compute_rows(results, error);
    return status;
}

Status report_input_read(const char *path, ReportInput *out, Error *error)
{
    FileMap map;
    *out = (ReportInput){.path = path};
    Status status = file_map(path, &map, error);
    if (status != OK) return status;
    status = report_input_parse(map.bytes, path, out, error);
    file_unmap(&map);
    return status;
}

void report_input_release(ReportInput *input)
{
    results_release(&input->results);
    arena_release(&input->arena);
    *input = (ReportInput){0};
}
