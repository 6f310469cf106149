/* manifest.c - reads which segments an index has, and how it was made: lines,
 * their order and the checksum. manifest_keys.c knows the keys.
 */
#include "common/segment/manifest.h"

#include "common/base/hash.h"
#include "common/segment/manifest_internal.h"
#include "common/text/stop_words.h"

#include <stdlib.h>

enum { MANIFEST_MAX_BYTES = 64 << 20 };

static Status line_fail(const ManifestParser *parser, Status status,
                        Error *error, const char *what)
{
    return fail(error, status, "%s:%u: %s", parser->name, parser->line, what);
}

static bool take_line(ManifestParser *parser, Span *line)
{
    if (parser->rest.size == 0) return false;
    const uint8_t *start = parser->rest.data;
    const uint8_t *end = memchr(start, '\n', parser->rest.size);
    if (!end) return false;
    *line = span_of(start, (size_t)(end - start));
    size_t taken = line->size + 1;
    parser->rest = span_of(start + taken, parser->rest.size - taken);
    parser->line++;
    return true;
}

/* Finds the key from *slot on; false if it is not there, or only after a
 * required key. */
static bool find_key(Span key, size_t *slot)
{
    for (; *slot < MANIFEST_KEY_COUNT; ++*slot) {
        if (span_equals_text(key, manifest_keys[*slot].name)) return true;
        if (!manifest_keys[*slot].optional) return false;
    }
    return false;
}

static bool key_known(const ManifestParser *parser, Span key)
{
    for (size_t i = 0; i < MANIFEST_KEY_COUNT; i++) {
        const ManifestKey *known = &manifest_keys[i];
        if (known->is_new && parser->version == MANIFEST_OLDEST_VERSION)
            continue;
        if (span_equals_text(key, known->name)) return true;
    }
    return false;
}

/* Moves *slot back to the key before it if that comes again. Lines that go with
 * a segment may lie between two segments. */
static void find_repeated(Span key, size_t *slot)
{
    size_t first = *slot;
    while (first > 0 && manifest_keys[first - 1].of_segment) first--;
    if (first > 0 && manifest_keys[first - 1].repeated &&
        span_equals_text(key, manifest_keys[first - 1].name)) {
        *slot = first - 1;
    }
}

/* All lines between the first and the checksum. */
static Status parse_keys(ManifestParser *parser, Error *error)
{
    size_t slot = 0; /* of the next key that may come */
    Span line;
    while (take_line(parser, &line)) {
        Span key = manifest_take_word(&line);
        if (!key_known(parser, key)) {
            return line_fail(parser, ERR_UNSUPPORTED, error,
                             "unknown key; a newer version may be needed");
        }
        find_repeated(key, &slot);
        if (!find_key(key, &slot)) {
            return line_fail(parser, ERR_CORRUPT, error, "key out of order");
        }
        if (!manifest_keys[slot].parse(parser, line)) {
            if (parser->out->arena.status != OK)
                return fail_memory(error, "reading a manifest");
            return line_fail(parser, ERR_CORRUPT, error, "invalid value");
        }
        slot++;
    }
    while (slot < MANIFEST_KEY_COUNT && manifest_keys[slot].optional) slot++;
    if (slot == MANIFEST_KEY_COUNT && parser->rest.size == 0) return OK;
    return line_fail(parser, ERR_CORRUPT, error, "missing keys");
}

/* Takes the last line off; its value must be the hash of all before it. */
static Status check_sum(ManifestParser *parser, Span *text, Error *error)
{
    Span key = span_text("checksum ");
    size_t size = key.size + HASH_DIGITS + 1;
    uint64_t sum;
    if (text->size > size) {
        Span last = span_of(text->data + text->size - size, size);
        Span body = span_of(text->data, text->size - size);
        if (!memcmp(last.data, key.data, key.size) &&
            last.data[size - 1] == '\n' &&
            manifest_hash(span_of(last.data + key.size, HASH_DIGITS), &sum) &&
            hash_span(body) == sum) {
            *text = body;
            return OK;
        }
    }
    return fail(error, ERR_CORRUPT,
                "%s: wrong checksum; the file is damaged or was edited",
                parser->name);
}

static int compare_names(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

/* A segment that is listed twice would be searched twice. */
static Status check_segments(ManifestParser *parser, Error *error)
{
    Manifest *out = parser->out;
    size_t count = out->segment_count;
    const char **names = arena_alloc(&out->arena, (count + 1) * sizeof *names);
    if (!names) return fail_memory(error, "reading a manifest");
    for (size_t i = 0; i < count; i++) names[i] = out->segments[i].name;
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[i - 1], names[i]) != 0) continue;
        return fail(error, ERR_CORRUPT, "%s: lists the segment %s twice",
                    parser->name, names[i]);
    }
    return OK;
}

/* A segment has its own names of fields. */
static Status check_fields(const ManifestParser *parser, Error *error)
{
    const Manifest *out = parser->out;
    if (!out->field_count || (out->has_stored && !out->segment_count))
        return OK;
    return fail(error, ERR_CORRUPT,
                "%s: names stored fields, which only an index without segments "
                "does",
                parser->name);
}

static Status parse_first_line(ManifestParser *parser, Span *first,
                               Error *error)
{
    Span magic = span_text(MANIFEST_MAGIC);
    if (!take_line(parser, first) || !span_begins(*first, magic)) {
        return fail(error, ERR_CORRUPT, "%s: not a Quern manifest",
                    parser->name);
    }
    uint64_t version;
    Span digits = span_of(first->data + magic.size, first->size - magic.size);
    if (digits.size != 1 || !manifest_number(digits, &version) ||
        version < MANIFEST_OLDEST_VERSION || version > MANIFEST_VERSION) {
        return line_fail(parser, ERR_UNSUPPORTED, error,
                         "unsupported format version; index again, or use the "
                         "version that wrote it");
    }
    parser->version = (uint32_t)version;
    return OK;
}

static Status parse_manifest(ManifestParser *parser, Span text, Error *error)
{
    parser->rest = text;
    Span first = {0};
    Status status = parse_first_line(parser, &first, error);
    if (status == OK) status = check_sum(parser, &text, error);
    if (status != OK) return status;
    size_t taken = first.size + 1;
    parser->rest = span_of(text.data + taken, text.size - taken);
    status = parse_keys(parser, error);
    if (status != OK) return status;
    if (parser->out->arena.status != OK) {
        return fail_memory(error, "reading a manifest");
    }
    if (parser->out->analyzer.stop_words.size > STOP_WORDS_MAX_BYTES) {
        return fail(error, ERR_CORRUPT, "%s: more than 16 MB of stop words",
                    parser->name);
    }
    status = buf_check(&parser->scratch, "reading a manifest", error);
    if (status == OK) status = check_fields(parser, error);
    return status == OK ? check_segments(parser, error) : status;
}

Status manifest_parse(Span text, const char *name, Manifest *out, Error *error)
{
    *out = (Manifest){.rules = 1};
    ManifestParser parser = {.name = name, .out = out};
    Status status = parse_manifest(&parser, text, error);
    buf_release(&parser.scratch);
    if (status != OK) manifest_release(out);
    return status;
}

Status manifest_read_in(const FolderHandle *folder, Manifest *out, Error *error)
{
    *out = (Manifest){0};
    Buf path = {0};
    Buf text = {0};
    buf_printf(&path, "%s/MANIFEST", folder->path);
    Status status = buf_check(&path, "reading a manifest", error);
    if (status == OK) {
        status = folder_read_file(folder, "MANIFEST", MANIFEST_MAX_BYTES, &text,
                                  error);
    }
    if (status == OK) {
        status = manifest_parse(buf_span(&text), buf_text(&path), out, error);
    }
    buf_release(&text);
    buf_release(&path);
    return status;
}

Status manifest_read(const char *folder, Manifest *out, Error *error)
{
    FolderHandle handle;
    *out = (Manifest){0};
    Status status = folder_open(folder, true, &handle, error);
    if (status == OK) status = manifest_read_in(&handle, out, error);
    folder_close(&handle);
    return status;
}

void manifest_release(Manifest *manifest)
{
    arena_release(&manifest->arena);
    *manifest = (Manifest){0};
}
