/* command_stats.c - indexer stats: the contents and the size of an index. */
#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/segment/history.h"
#include "common/segment/index.h"
#include "common/segment/skip_log/skip_log.h"
#include "indexer/commands.h"

#include <inttypes.h>

/* Sums over all segments. */
typedef struct IndexTotals {
    uint64_t terms;                    /* a term in two segments counts twice */
    uint64_t postings, bytes;          /* of removed documents, too */
    uint64_t removed;                  /* documents */
    uint64_t sections[SECTION_KINDS];  /* bytes */
    uint32_t min_pair_df, max_pair_df; /* D of segments with pairs; 0: none */
    uint64_t pairs, pair_postings;
    SkipLogCounts skip_log;
} IndexTotals;

static void add_pairs(IndexTotals *totals, const Segment *segment)
{
    uint32_t min_df = segment->pair_min_df;
    if (min_df == 0) return;
    if (!totals->min_pair_df || min_df < totals->min_pair_df)
        totals->min_pair_df = min_df;
    if (min_df > totals->max_pair_df) totals->max_pair_df = min_df;
    totals->pairs += segment->pair_count;
    totals->pair_postings += segment->pair_postings;
}

static uint64_t pair_bytes(const IndexTotals *totals)
{
    uint64_t bytes = 0;
    for (int kind = SECTION_PAIRS; kind <= SECTION_PAIR_CHAMPIONS; kind++)
        bytes += totals->sections[kind];
    return bytes;
}

static Status sum_segments(const Index *index, IndexTotals *out, Error *error)
{
    IndexTotals totals = {0};
    Status status = OK;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        const Segment *segment = index->segments[i];
        totals.terms += segment->term_count;
        totals.postings += segment->posting_count;
        totals.bytes += segment->file.bytes.size;
        totals.removed += index->manifest.segments[i].removed_documents;
        add_pairs(&totals, segment);
        for (int kind = 0; kind < SECTION_KINDS; kind++) {
            totals.sections[kind] += segment->sections[kind].size;
        }
        if (status == OK)
            status = skip_log_count(index->segments[i], &totals.skip_log,
                                    error);
    }
    *out = totals;
    return status;
}

static double average_length(const Manifest *manifest)
{
    if (manifest->nonempty_count == 0) return 0;
    return (double)manifest->token_count / (double)manifest->nonempty_count;
}

static double per_posting(uint64_t bytes, uint64_t postings)
{
    return postings ? (double)bytes / (double)postings : 0;
}

static void put_label(Buf *text, const char *label)
{
    buf_printf(text, "%-14s", label);
}

static void put_count_line(Buf *text, const char *label, uint64_t count)
{
    put_label(text, label);
    put_count(text, count);
    buf_put_byte(text, '\n');
}

/* A value of MANIFEST, which may hold any bytes. */
static void put_value(Buf *text, const char *value)
{
    put_visible(text, span_text(value));
}

static void put_value_line(Buf *text, const char *label, const char *value)
{
    put_label(text, label);
    put_value(text, value);
    buf_put_byte(text, '\n');
}

static void put_analyzer(Buf *text, const Analyzer *analyzer)
{
    const AnalyzerOptions *options = analyzer_options(analyzer);
    put_label(text, "analyzer");
    put_value(text, options->name);
    if (options->stem) {
        buf_put_text(text, ", stemmed as ");
        put_value(text, options->stem);
    }
    if (options->has_stop_words) {
        buf_put_text(text, options->stop_words.size ? ", own stop words"
                                                    : ", no stop words");
    }
    if (!analyzer_ignores_case(analyzer)) {
        buf_put_text(text, ", case and accents kept");
    } else if (!analyzer_ignores_accents(analyzer)) {
        buf_put_text(text, ", accents kept");
    }
    buf_put_byte(text, '\n');
}

static void put_origin(Buf *text, const Index *index, const History *history)
{
    const Manifest *manifest = &index->manifest;
    put_value_line(text, "index", index->folder);
    put_label(text, "built");
    put_value(text, manifest->created);
    buf_put_text(text, " by version ");
    put_value(text, manifest->version);
    buf_printf(text, ", generation %" PRIu64 "\n", manifest->generation);
    for (size_t i = 0; i < history->source_count; i++)
        put_value_line(text, i ? "" : "from", history->sources[i]);
    put_analyzer(text, index->analyzer);
    put_label(text, "text data");
    put_value(text, manifest->data_versions);
    if (index->rules_differ) {
        buf_put_text(text, "; other rules for words than this program's: index "
                           "again");
    } else if (index->analyzer_differs) {
        buf_put_text(text, ", which differ from this program's: index again");
    }
    buf_put_byte(text, '\n');
    put_label(text, "BM25");
    buf_printf(text, "k1 %g, b %g\n", (double)manifest->k1,
               (double)manifest->b);
}

/* ", 3 documents changed" */
static void put_skips(Buf *text, uint64_t count, const char *noun,
                      const char *fate)
{
    if (!count) return;
    buf_put_text(text, ", ");
    put_counted(text, count, noun);
    buf_printf(text, " %s", fate);
}

/* "76,646 of words in at least 20,113 documents, 13,851,220 postings, 31 MB" */
static void put_pairs(Buf *text, const IndexTotals *totals)
{
    put_label(text, "pairs");
    if (!totals->min_pair_df) {
        buf_put_text(text, "no\n");
        return;
    }
    put_count(text, totals->pairs);
    buf_put_text(text, " of words in at least ");
    put_count(text, totals->min_pair_df);
    if (totals->max_pair_df > totals->min_pair_df) {
        buf_put_text(text, " to ");
        put_count(text, totals->max_pair_df);
    }
    buf_put_text(text, " documents, ");
    put_counted(text, totals->pair_postings, "posting");
    buf_put_text(text, ", ");
    put_bytes(text, pair_bytes(totals));
    buf_put_byte(text, '\n');
}

static void put_counts(Buf *text, const Index *index, const IndexTotals *totals)
{
    const Manifest *manifest = &index->manifest;
    put_label(text, "documents");
    put_count(text, manifest->document_count);
    uint64_t empty = manifest->document_count - manifest->nonempty_count;
    if (empty) {
        buf_put_text(text, ", ");
        put_count(text, empty);
        buf_put_text(text, " without words");
    }
    buf_put_byte(text, '\n');
    if (totals->removed) put_count_line(text, "removed", totals->removed);
    put_label(text, "skipped");
    put_count(text, manifest->skipped_count);
    put_skips(text, totals->skip_log.of_kind[SKIP_LOG_CHANGED], "document",
              "changed");
    put_skips(text, totals->skip_log.of_kind[SKIP_LOG_DUPLICATE], "duplicate",
              "dropped");
    buf_put_byte(text, '\n');
    put_label(text, "terms");
    put_count(text, totals->terms);
    if (manifest->segment_count > 1) {
        buf_printf(text, " (counted in each of %zu segments)",
                   manifest->segment_count);
    }
    buf_put_byte(text, '\n');
    put_count_line(text, "postings", totals->postings);
    put_label(text, "tokens");
    put_count(text, manifest->token_count);
    buf_printf(text, ", %.1f per document\n", average_length(manifest));
    put_label(text, "positions");
    buf_put_text(text, manifest->has_positions ? "yes\n" : "no\n");
    put_pairs(text, totals);
    put_label(text, "stored text");
    buf_put_text(text, manifest->has_stored ? "yes\n" : "no\n");
}

static void put_size_line(Buf *text, const char *name, uint64_t bytes,
                          uint64_t postings)
{
    Buf count = {0};
    put_count(&count, bytes);
    const char *digits = buf_text(&count);
    buf_printf(text, "%-14s%18s  %9.3f\n", name, digits ? digits : "",
               per_posting(bytes, postings));
    buf_keep_failure(text, &count);
    buf_release(&count);
}

static void put_sizes(Buf *text, const Index *index, const IndexTotals *totals)
{
    buf_printf(text, "\n%-14s%18s  %9s\n", "section", "bytes", "a posting");
    uint64_t rest = totals->bytes;
    for (int kind = 1; kind < SECTION_KINDS; kind++) {
        uint64_t bytes = totals->sections[kind];
        if (bytes == 0) continue;
        rest -= bytes;
        put_size_line(text, section_name((SectionKind)kind), bytes,
                      totals->postings);
    }
    put_size_line(text, "headers, gaps", rest, totals->postings);
    put_size_line(text, "all", totals->bytes, totals->postings);
    buf_put_byte(text, '\n');
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        const ManifestSegment *segment = &index->manifest.segments[i];
        put_label(text, i ? "" : "segments");
        put_value(text, segment->name);
        buf_put_text(text, "  ");
        put_counted(text, segment->documents, "document");
        if (segment->removed_documents) {
            buf_put_text(text, " (");
            put_count(text, segment->removed_documents);
            buf_put_text(text, " removed)");
        }
        buf_put_text(text, ", ");
        put_bytes(text, segment->bytes);
        buf_put_byte(text, '\n');
    }
}

static void put_json_text(Buf *text, const char *name, Span value)
{
    put_json_name(text, name);
    put_json_string(text, value);
    buf_put_byte(text, ',');
}

static void put_json_number(Buf *text, const char *name, uint64_t value)
{
    buf_printf(text, "\"%s\":%" PRIu64 ",", name, value);
}

static void put_json_yes(Buf *text, const char *name, bool value)
{
    buf_printf(text, "\"%s\":%s,", name, value ? "true" : "false");
}

/* Replaces the comma after the last member by the end. */
static void end_json(Buf *text, char end)
{
    if (text->size && text->data[text->size - 1] == ',') text->size--;
    buf_put_byte(text, (uint8_t)end);
}

static void put_json_origin(Buf *text, const Index *index,
                            const History *history)
{
    const Manifest *manifest = &index->manifest;
    const AnalyzerOptions *analyzer = &manifest->analyzer;
    put_json_text(text, "type", span_text("stats"));
    put_json_text(text, "index", span_text(index->folder));
    put_json_number(text, "generation", manifest->generation);
    put_json_text(text, "created", span_text(manifest->created));
    put_json_text(text, "version", span_text(manifest->version));
    buf_put_text(text, "\"sources\":[");
    for (size_t i = 0; i < history->source_count; i++) {
        put_json_string(text, span_text(history->sources[i]));
        buf_put_byte(text, ',');
    }
    end_json(text, ']');
    buf_put_byte(text, ',');
    put_json_text(text, "analyzer", span_text(analyzer->name));
    if (analyzer->stem) put_json_text(text, "stem", span_text(analyzer->stem));
    if (analyzer->has_stop_words) {
        put_json_text(text, "stop_words", analyzer->stop_words);
    }
    put_json_yes(text, "fold",
                 analyzer_ignores_case(index->analyzer) &&
                     analyzer_ignores_accents(index->analyzer));
    put_json_yes(text, "lower_case", analyzer_ignores_case(index->analyzer));
    put_json_text(text, "text_data", span_text(manifest->data_versions));
    put_json_yes(text, "text_data_differs", index->analyzer_differs);
    put_json_number(text, "rules", manifest->rules);
    put_json_yes(text, "rules_differ", index->rules_differ);
    buf_printf(text, "\"k1\":%.9g,\"b\":%.9g,", (double)manifest->k1,
               (double)manifest->b);
    put_json_yes(text, "positions", manifest->has_positions);
    put_json_yes(text, "stored", manifest->has_stored);
}

static void put_json(Buf *text, const Index *index, const IndexTotals *totals,
                     const History *history)
{
    const Manifest *manifest = &index->manifest;
    buf_put_byte(text, '{');
    put_json_origin(text, index, history);
    put_json_number(text, "documents", manifest->document_count);
    put_json_number(text, "nonempty", manifest->nonempty_count);
    put_json_number(text, "removed", totals->removed);
    put_json_number(text, "skipped", manifest->skipped_count);
    put_json_number(text, "changed",
                    totals->skip_log.of_kind[SKIP_LOG_CHANGED]);
    put_json_number(text, "duplicates",
                    totals->skip_log.of_kind[SKIP_LOG_DUPLICATE]);
    put_json_number(text, "terms", totals->terms);
    put_json_number(text, "postings", totals->postings);
    put_json_number(text, "tokens", manifest->token_count);
    buf_printf(text, "\"average_length\":%.9g,", average_length(manifest));
    buf_put_text(text, "\"pairs\":{");
    put_json_number(text, "min_df", totals->min_pair_df);
    put_json_number(text, "max_df", totals->max_pair_df);
    put_json_number(text, "pairs", totals->pairs);
    put_json_number(text, "postings", totals->pair_postings);
    put_json_number(text, "bytes", pair_bytes(totals));
    end_json(text, '}');
    buf_put_byte(text, ',');
    put_json_number(text, "bytes", totals->bytes);
    buf_put_text(text, "\"sections\":{");
    for (int kind = 1; kind < SECTION_KINDS; kind++) {
        if (totals->sections[kind] == 0) continue;
        put_json_number(text, section_name((SectionKind)kind),
                        totals->sections[kind]);
    }
    end_json(text, '}');
    buf_put_text(text, ",\"segments\":[");
    for (size_t i = 0; i < manifest->segment_count; i++) {
        buf_put_byte(text, '{');
        put_json_text(text, "name", span_text(manifest->segments[i].name));
        put_json_number(text, "documents", manifest->segments[i].documents);
        put_json_number(text, "removed",
                        manifest->segments[i].removed_documents);
        put_json_number(text, "bytes", manifest->segments[i].bytes);
        end_json(text, '}');
        buf_put_byte(text, ',');
    }
    end_json(text, ']');
    buf_put_text(text, "}\n");
}

Status command_stats(const char *folder, const CommandOptions *options,
                     FILE *out, Error *error)
{
    Index *index;
    Status status = index_open(folder, &index, error);
    if (status != OK) return status;
    IndexTotals totals;
    Buf text = {0};
    History history = {0};
    status = sum_segments(index, &totals, error);
    if (status == OK)
        status = history_read_from(folder, &index->manifest, &history, error);
    if (status == OK && options->json) {
        put_json(&text, index, &totals, &history);
    } else if (status == OK) {
        put_origin(&text, index, &history);
        put_counts(&text, index, &totals);
        put_sizes(&text, index, &totals);
    }
    if (status == OK) status = program_print(&text, out, error);
    buf_release(&text);
    history_release(&history);
    index_close(index);
    return status;
}
