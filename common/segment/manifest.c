/* manifest.c - reads which segments an index has, and how it was made.
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
    uint32_t version; /* of the first line */
    uint32_t line;    /* of the current line, from 1 */
    Span rest;        /* after it */
    Buf scratch;      /* a value without its escapes */
} ManifestParser;

typedef struct ManifestKey {
    const char *name;
    bool optional, repeated;
    bool (*parse)(ManifestParser *parser, Span value);
    bool is_new;     /* since version 2 */
    bool of_segment; /* goes with the segment before it */
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

static bool parse_pairs(ManifestParser *parser, Span value)
{
    uint64_t min_df = PAIRS_NONE;
    bool none = span_equals_text(value, "none");
    if (!none && (!manifest_number(value, &min_df) || min_df == PAIRS_AUTO ||
                  min_df >= PAIRS_NONE)) {
        return false;
    }
    parser->out->pairs_min_df = (uint32_t)min_df;
    return true;
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

static bool parse_source(ManifestParser *parser, Span value)
{
    Manifest *out = parser->out;
    const char *source;
    if (!parse_string(parser, value, &source)) return false;
    out->sources = grow_array(&out->arena, out->sources, out->source_count,
                              sizeof *out->sources);
    if (!out->sources) return true; /* the arena keeps the failure */
    out->sources[out->source_count++] = source;
    return true;
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

/* "NAME bytes" */
static bool parse_file(ManifestParser *parser, Span value, const char *suffix,
                       ManifestFile *out)
{
    Span name = take_word(&value);
    if (!manifest_file_name(name, suffix) ||
        !manifest_number(value, &out->bytes)) {
        return false;
    }
    out->name = (const char *)arena_copy(&parser->out->arena, name).data;
    return true;
}

static bool parse_history(ManifestParser *parser, Span value)
{
    return parse_file(parser, value, "history", &parser->out->history);
}

static bool parse_segment(ManifestParser *parser, Span value)
{
    Manifest *out = parser->out;
    ManifestSegment segment = {0};
    Span name = take_word(&value);
    Span documents = take_word(&value);
    if (!manifest_file_name(name, "segment") ||
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

/* The segment whose line came last; NULL before the first. */
static ManifestSegment *last_segment(const ManifestParser *parser)
{
    const Manifest *out = parser->out;
    return out->segment_count ? &out->segments[out->segment_count - 1] : NULL;
}

static bool parse_removed(ManifestParser *parser, Span value)
{
    ManifestSegment *segment = last_segment(parser);
    Span name = take_word(&value);
    Span documents = take_word(&value);
    if (!segment || !manifest_file_name(name, "removed") ||
        !manifest_number(documents, &segment->removed_documents) ||
        !manifest_number(value, &segment->removed.bytes)) {
        return false;
    }
    Arena *arena = &parser->out->arena;
    segment->removed.name = (const char *)arena_copy(arena, name).data;
    return true;
}

static bool parse_contents(ManifestParser *parser, Span value)
{
    ManifestSegment *segment = last_segment(parser);
    return segment && parse_file(parser, value, "contents", &segment->contents);
}

/* clang-format off */
static const ManifestKey manifest_keys[] = {
    {"generation", false, false, parse_generation, false, false},
    {"created", false, false, parse_created, false, false},
    {"version", false, false, parse_version, false, false},
    {"analyzer", false, false, parse_analyzer, false, false},
    {"stem", true, false, parse_stem, false, false},
    {"stopwords", true, false, parse_stop_words, false, false},
    {"fold", true, false, parse_fold, false, false},
    {"rules", true, false, parse_rules, false, false},
    {"data", false, false, parse_data, false, false},
    {"probe", false, false, parse_probe, false, false},
    {"k1", false, false, parse_k1, false, false},
    {"b", false, false, parse_b, false, false},
    {"positions", false, false, parse_positions, false, false},
    {"stored", false, false, parse_stored, false, false},
    {"pairs", true, false, parse_pairs, true, false},
    {"documents", false, false, parse_documents, false, false},
    {"nonempty", false, false, parse_nonempty, false, false},
    {"tokens", false, false, parse_tokens, false, false},
    {"source", true, true, parse_source, false, false},
    {"history", true, false, parse_history, true, false},
    {"skipped", false, false, parse_skipped, false, false},
    {"segment", true, true, parse_segment, false, false},
    {"removed", true, false, parse_removed, true, true},
    {"contents", true, false, parse_contents, true, true},
};
/* clang-format on */

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

static bool key_known(const ManifestParser *parser, Span key)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
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
        Span key = take_word(&line);
        if (!key_known(parser, key)) {
            return line_fail(parser, ERR_UNSUPPORTED, error,
                             "unknown key; a newer version may be needed");
        }
        find_repeated(key, &slot);
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
    Span first;
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
