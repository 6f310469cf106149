/* manifest_keys.c - the keys of MANIFEST and what their values mean.
 *
 * One table gives the order of the keys, which are optional, which may be
 * repeated. manifest_format.c writes them in the same order.
 */
#include "common/base/escaped_text.h"
#include "common/segment/manifest_internal.h"

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

static bool parse_field(ManifestParser *parser, Span value)
{
    Manifest *out = parser->out;
    return parse_one_of(parser, value, &out->fields, &out->field_count);
}

static bool parse_exclude(ManifestParser *parser, Span value)
{
    ManifestFolders *folders = &parser->out->folders;
    return parse_one_of(parser, value, &folders->excludes,
                        &folders->exclude_count);
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

static bool parse_skipped(ManifestParser *parser, Span value)
{
    return manifest_number(value, &parser->out->skipped_count);
}

/* "NAME bytes" */
static bool parse_file(ManifestParser *parser, Span value, const char *suffix,
                       ManifestFile *out)
{
    Span name = manifest_take_word(&value);
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
    Span name = manifest_take_word(&value);
    Span documents = manifest_take_word(&value);
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
    Span name = manifest_take_word(&value);
    Span documents = manifest_take_word(&value);
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
const ManifestKey manifest_keys[] = {
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
    {"store-field", true, true, parse_field, true, false},
    {"exclude", true, true, parse_exclude, true, false},
    {"hidden", true, false, parse_hidden, true, false},
    {"follow", true, false, parse_follow, true, false},
    {"ignore", true, false, parse_ignore, true, false},
    {"max-filesize", true, false, parse_max_filesize, true, false},
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

_Static_assert(sizeof manifest_keys / sizeof *manifest_keys ==
                   MANIFEST_KEY_COUNT,
               "all keys are in the table");
