/* manifest_format.c - writes MANIFEST, in the order of FORMAT.md's keys. */
#include "common/base/escaped_text.h"
#include "common/base/hash.h"
#include "common/segment/manifest.h"

#include <inttypes.h>

static void put_value(Buf *out, const char *key, Span value)
{
    buf_printf(out, "%s ", key);
    put_escaped(out, value);
    buf_put_byte(out, '\n');
}

static void put_text(Buf *out, const char *key, const char *value)
{
    put_value(out, key, span_text(value ? value : ""));
}

static void put_number(Buf *out, const char *key, uint64_t value)
{
    buf_printf(out, "%s %" PRIu64 "\n", key, value);
}

static void put_yes(Buf *out, const char *key, bool value)
{
    put_text(out, key, value ? "yes" : "no");
}

static bool is_white_space(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The words of a list separated by one space each. */
static void put_stop_words(Buf *out, Span words)
{
    Buf joined = {0};
    for (size_t i = 0; i < words.size; i++) {
        if (is_white_space(words.data[i])) continue;
        bool starts = i == 0 || is_white_space(words.data[i - 1]);
        if (starts && joined.size) buf_put_byte(&joined, ' ');
        buf_put_byte(&joined, words.data[i]);
    }
    buf_keep_failure(out, &joined);
    put_value(out, "stopwords", buf_span(&joined));
    buf_release(&joined);
}

static void put_analyzer(Buf *out, const Manifest *manifest)
{
    const AnalyzerOptions *analyzer = &manifest->analyzer;
    put_text(out, "analyzer", analyzer->name ? analyzer->name : "default");
    if (analyzer->stem) put_text(out, "stem", analyzer->stem);
    if (analyzer->has_stop_words) put_stop_words(out, analyzer->stop_words);
    if (analyzer->no_fold) put_text(out, "fold", "no");
    if (manifest->rules > 1) put_number(out, "rules", manifest->rules);
    put_text(out, "data", manifest->data_versions);
    buf_printf(out, "probe %016" PRIx64 "\n", manifest->probe);
}

static void put_folders(Buf *out, const ManifestFolders *folders)
{
    for (size_t i = 0; i < folders->exclude_count; i++)
        put_text(out, "exclude", folders->excludes[i]);
    if (folders->hidden) put_text(out, "hidden", "yes");
    if (folders->follow) put_text(out, "follow", "yes");
    if (folders->no_ignore) put_text(out, "ignore", "no");
    if (folders->max_file_bytes)
        put_number(out, "max-filesize", folders->max_file_bytes);
}

static void put_pairs(Buf *out, uint32_t min_df)
{
    if (min_df == PAIRS_NONE) {
        put_text(out, "pairs", "none");
    } else if (min_df != PAIRS_AUTO) {
        put_number(out, "pairs", min_df);
    }
}

static void put_file(Buf *out, const char *key, const ManifestFile *file)
{
    if (!file->name) return;
    buf_printf(out, "%s %s %" PRIu64 "\n", key, file->name, file->bytes);
}

static void put_segment(Buf *out, const ManifestSegment *segment)
{
    buf_printf(out, "segment %s %" PRIu64 " %" PRIu64 "\n", segment->name,
               segment->documents, segment->bytes);
    if (segment->removed.name) {
        buf_printf(out, "removed %s %" PRIu64 " %" PRIu64 "\n",
                   segment->removed.name, segment->removed_documents,
                   segment->removed.bytes);
    }
    put_file(out, "contents", &segment->contents);
}

void manifest_format(const Manifest *manifest, Buf *out)
{
    size_t start = out->size;
    buf_printf(out, MANIFEST_MAGIC "%d\n", MANIFEST_VERSION);
    put_number(out, "generation", manifest->generation);
    put_text(out, "created", manifest->created);
    put_text(out, "version", manifest->version);
    put_analyzer(out, manifest);
    buf_printf(out, "k1 %.9g\nb %.9g\n", (double)manifest->k1,
               (double)manifest->b);
    put_yes(out, "positions", manifest->has_positions);
    put_yes(out, "stored", manifest->has_stored);
    put_pairs(out, manifest->pairs_min_df);
    for (size_t i = 0; i < manifest->field_count; i++)
        put_text(out, "store-field", manifest->fields[i]);
    put_folders(out, &manifest->folders);
    put_number(out, "documents", manifest->document_count);
    put_number(out, "nonempty", manifest->nonempty_count);
    put_number(out, "tokens", manifest->token_count);
    for (size_t i = 0; i < manifest->source_count; i++) {
        put_text(out, "source", manifest->sources[i]);
    }
    put_file(out, "history", &manifest->history);
    put_number(out, "skipped", manifest->skipped_count);
    for (size_t i = 0; i < manifest->segment_count; i++) {
        put_segment(out, &manifest->segments[i]);
    }
    if (out->status != OK) return;
    uint64_t sum = hash_bytes(out->data + start, out->size - start);
    buf_printf(out, "checksum %016" PRIx64 "\n", sum);
}

Status manifest_copy(const Manifest *manifest, Manifest *out, Error *error)
{
    Buf text = {0};
    *out = (Manifest){0};
    manifest_format(manifest, &text);
    Status status = buf_check(&text, "copying a manifest", error);
    if (status == OK)
        status = manifest_parse(buf_span(&text), "MANIFEST", out, error);
    buf_release(&text);
    return status;
}
