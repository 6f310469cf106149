/* manifest.c - reads which segments are live, and how the index was made.
 *
 * One table gives the order of the keys, which are optional, which may be
 * repeated. manifest_format.c writes them in the same order.
 */
#include "common/segment/manifest.h"

#include "common/base/escaped_text.h"
#include "common/base/hash.h"
#include "common/segment/manifest_internal.h"
#include "common/text/stop_words.h"

#include <stdlib.h>

enum { MANIFEST_MAX_BYTES = 64 << 20 };

/* The lines of a text, one after the other. */
typedef struct ManifestParser {
    const char *name; /* for messages */
    Manifest *out;
    uint32_t line; /* of the current line, from 1 */
    Span rest;     /* after it */
    Buf scratch;   /* a value without its escapes */
} ManifestParser;

typedef struct ManifestKey {
    const char *name;
    bool optional, repeated;
    bool (*parse)(ManifestParser *parser, Span value);
} ManifestKey;

static Status line_fail(const ManifestParser *parser, Status status,
                        Error *error, const char *what)
{
    return fail(error, status, "%s:%u: %s", parser->name, parser->line, what);
}

/* A value without its escapes, kept in the manifest's arena. */
static bool parse_text(ManifestParser *parser, Span value, Span *out)
{
    Buf *scratch = &parser->scratch;
    buf_clear(scratch);
    if (!put_unescaped(scratch, value)) return false;
    if (scratch->status != OK) parser->out->arena.status = scratch->status;
    *out = arena_copy(&parser->out->arena, buf_span(scratch));
    return true;
}

/* A value that becomes a C string, and so must not contain a zero. */
static bool parse_string(ManifestParser *parser, Span value, const char **out)
{
    Span text;
    if (!parse_text(parser, value, &text)) return false;
    if (text.size && memchr(text.data, 0, text.size)) return false;
    *out = text.data ? (const char *)text.data : "";
    return true;
}

static bool parse_generation(ManifestParser *parser, Span value)
{
    return manifest_number(value, &parser->out->generation);
}

static bool parse_created(ManifestParser *parser, Span value)
{
    return parse_string(parser, value, &parser->out->created);
}

static bool parse_version(ManifestParser *parser, Span value)
{
    return parse_string(parser, value, &parser->out->version);
}

static bool parse_analyzer(ManifestParser *parser, Span value)
{
    return parse_string(parser, value, &parser->out->analyzer.name);
}

static bool parse_stem(ManifestParser *parser, Span value)
{
    return parse_string(parser, value, &parser->out->analyzer.stem);
}

static bool parse_stop_words(ManifestParser *parser, Span value)
{
    parser->out->analyzer.has_stop_words = true;
    return parse_text(parser, value, &parser->out->analyzer.stop_words);
}

static bool parse_fold(ManifestParser *parser, Span value)
{
    parser->out->analyzer.no_fold = true;
    return span_equals_text(value, "no");
}

static bool parse_rules(ManifestParser *parser, Span value)
{
    uint64_t *rules = &parser->out->rules;
    return manifest_number(value, rules) && *rules > 1;
}

static bool parse_data(ManifestParser *parser, Span value)
{
    return parse_string(parser, value, &parser->out->data_versions);
}

static bool parse_probe(ManifestParser *parser, Span value)
{
    return manifest_hash(value, &parser->out->probe);
}

static bool parse_k1(ManifestParser *parser, Span value)
{
    return manifest_float(value, &parser->out->k1);
}

static bool parse_b(ManifestParser *parser, Span value)
{
    return manifest_float(value, &parser->out->b) && parser->out->b <= 1;
}

static bool parse_positions(ManifestParser *parser, Span value)
{
    return manifest_yes(value, &parser->out->has_positions);
}

static bool parse_stored(ManifestParser *parser, Span value)
{
    return manifest_yes(value, &parser->out->has_stored);
}

static bool parse_hidden(ManifestParser *parser, Span value)
{
    parser->out->folders.hidden = true;
    return span_equals_text(value, "yes");
}

static bool parse_follow(ManifestParser *parser, Span value)
{
    parser->out->folders.follow = true;
    return span_equals_text(value, "yes");
}

static bool parse_ignore(ManifestParser *parser, Span value)
{
    parser->out->folders.no_ignore = true;
    return span_equals_text(value, "no");
}

static bool parse_max_filesize(ManifestParser *parser, Span value)
{
    uint64_t *bytes = &parser->out->folders.max_file_bytes;
    return manifest_number(value, bytes) && *bytes > 0;
}

static bool parse_documents(ManifestParser *parser, Span value)
{
    return manifest_number(value, &parser->out->document_count);
}

static bool parse_nonempty(ManifestParser *parser, Span value)
{
    return manifest_number(value, &parser->out->nonempty_count);
}

static bool parse_tokens(ManifestParser *parser, Span value)
{
    return manifest_number(value, &parser->out->token_count);
}

/* Room for one more in an array of the arena, of which a power of two is
 * reserved. */
static void *grow_array(Arena *arena, void *array, size_t count, size_t size)
{
    if (count & (count - 1)) return array;
    void *larger = arena_alloc(arena, (count ? 2 * count : 1) * size);
    if (larger && count) memcpy(larger, array, count * size);
    return larger;
}

/* Adds a value to a list of strings. */
static bool parse_one_of(ManifestParser *parser, Span value,
                         const char ***strings, size_t *count)
{
    const char *string;
    if (!parse_string(parser, value, &string)) return false;
    *strings = grow_array(&parser->out->arena, *strings, *count,
                          sizeof **strings);
    if (!*strings) return true; /* the arena keeps the failure */
    (*strings)[(*count)++] = string;
    return true;
}

static bool parse_source(ManifestParser *parser, Span value)
{
    Manifest *out = parser->out;
    return parse_one_of(parser, value, &out->sources, &out->source_count);
}

static bool parse_exclude(ManifestParser *parser, Span value)
{
    ManifestFolders *folders = &parser->out->folders;
    return parse_one_of(parser, value, &folders->excludes,
                        &folders->exclude_count);
}

static bool parse_skipped(ManifestParser *parser, Span value)
{
    return manifest_number(value, &parser->out->skipped_count);
}

/* Takes *rest up to the next space, or all of it; moves *rest after it. */
static Span take_word(Span *rest)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] != ' ') size++;
    Span word = span_of(rest->data, size);
    size_t taken = size < rest->size ? size + 1 : size;
    *rest = span_of(rest->data + taken, rest->size - taken);
    return word;
}

/* HASH.segment: nothing else may be opened through a manifest. */
static bool segment_name_legal(Span name)
{
    uint64_t hash;
    Span suffix = span_text(".segment");
    return name.size == HASH_DIGITS + suffix.size &&
           manifest_hash(span_of(name.data, HASH_DIGITS), &hash) &&
           span_equal(span_of(name.data + HASH_DIGITS, suffix.size), suffix);
}

static bool parse_segment(ManifestParser *parser, Span value)
{
    Manifest *out = parser->out;
    ManifestSegment segment = {0};
    Span name = take_word(&value);
    Span documents = take_word(&value);
    if (!segment_name_legal(name) ||
        !manifest_number(documents, &segment.documents) ||
        !manifest_number(value, &segment.bytes)) {
        return false;
    }
    segment.name = (const char *)arena_copy(&out->arena, name).data;
    out->segments = grow_array(&out->arena, out->segments, out->segment_count,
                               sizeof *out->segments);
    if (!out->segments) return true; /* the arena keeps the failure */
    out->segments[out->segment_count++] = segment;
    return true;
}

static const ManifestKey manifest_keys[] = {
    {"generation", false, false, parse_generation},
    {"created", false, false, parse_created},
    {"version", false, false, parse_version},
    {"analyzer", false, false, parse_analyzer},
    {"stem", true, false, parse_stem},
    {"stopwords", true, false, parse_stop_words},
    {"fold", true, false, parse_fold},
    {"rules", true, false, parse_rules},
    {"data", false, false, parse_data},
    {"probe", false, false, parse_probe},
    {"k1", false, false, parse_k1},
    {"b", false, false, parse_b},
    {"positions", false, false, parse_positions},
    {"stored", false, false, parse_stored},
    {"exclude", true, true, parse_exclude},
    {"hidden", true, false, parse_hidden},
    {"follow", true, false, parse_follow},
    {"ignore", true, false, parse_ignore},
    {"max-filesize", true, false, parse_max_filesize},
    {"documents", false, false, parse_documents},
    {"nonempty", false, false, parse_nonempty},
    {"tokens", false, false, parse_tokens},
    {"source", true, true, parse_source},
    {"skipped", false, false, parse_skipped},
    {"segment", true, true, parse_segment},
};

enum { KEY_COUNT = sizeof manifest_keys / sizeof *manifest_keys };

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
    for (; *slot < KEY_COUNT; ++*slot) {
        if (span_equals_text(key, manifest_keys[*slot].name)) return true;
        if (!manifest_keys[*slot].optional) return false;
    }
    return false;
}

static bool key_known(Span key)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (span_equals_text(key, manifest_keys[i].name)) return true;
    }
    return false;
}

/* All lines between the first and the checksum. */
static Status parse_keys(ManifestParser *parser, Error *error)
{
    size_t slot = 0; /* of the next key that may come */
    Span line;
    while (take_line(parser, &line)) {
        Span key = take_word(&line);
        if (!key_known(key)) {
            return line_fail(parser, ERR_UNSUPPORTED, error,
                             "unknown key; a newer version may be needed");
        }
        bool again = slot > 0 && manifest_keys[slot - 1].repeated &&
                     span_equals_text(key, manifest_keys[slot - 1].name);
        if (again) slot--;
        if (!find_key(key, &slot)) {
            return line_fail(parser, ERR_CORRUPT, error, "key out of order");
        }
        if (!manifest_keys[slot].parse(parser, line)) {
            return line_fail(parser, ERR_CORRUPT, error, "invalid value");
        }
        slot++;
    }
    while (slot < KEY_COUNT && manifest_keys[slot].optional) slot++;
    if (slot == KEY_COUNT && parser->rest.size == 0) return OK;
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

static Status parse_manifest(ManifestParser *parser, Span text, Error *error)
{
    parser->rest = text;
    Span first;
    if (!take_line(parser, &first) || first.size < 6 ||
        memcmp(first.data, MANIFEST_FIRST_LINE, 6) != 0) {
        return fail(error, ERR_CORRUPT, "%s: not a Quern manifest",
                    parser->name);
    }
    if (!span_equals_text(first, MANIFEST_FIRST_LINE)) {
        return line_fail(parser, ERR_UNSUPPORTED, error,
                         "unsupported format version; index again, or use the "
                         "version that wrote it");
    }
    Status status = check_sum(parser, &text, error);
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
