/* random_index.c - a random corpus indexed in a random way. */
#include "tests/oracle/random_index.h"

#include "indexer/build/build.h"
#include "tests/oracle/remove_documents.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PICK(random, array) \
    (array)[random_below(random, sizeof(array) / sizeof *(array))]

/* The words of random_corpus.c need no escapes except for the line feed. */
static void put_json_text(Buf *out, Span text)
{
    buf_put_byte(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n') {
            buf_put_text(out, "\\n");
        } else {
            buf_put_byte(out, text.data[i]);
        }
    }
    buf_put_byte(out, '"');
}

static Status write_source(const RandomIndex *self, Error *error)
{
    Buf lines = {0};
    size_t count = self->is_fresh ? self->oracle.document_count
                                  : self->corpus.document_count;
    for (size_t i = 0; i < count; i++) {
        size_t number = self->is_fresh ? (size_t)self->live[i] : i;
        const RandomDocument *document = &self->corpus.documents[number];
        buf_printf(&lines, "{\"id\":\"%zu\",\"title\":", number);
        put_json_text(&lines, document->title);
        buf_put_text(&lines, ",\"text\":");
        put_json_text(&lines, document->text);
        buf_put_text(&lines, "}\n");
    }
    Status status = buf_check(&lines, "writing a corpus", error);
    if (status == OK) {
        FILE *file = fopen(self->source, "wb");
        bool written = file &&
                       fwrite(lines.data, 1, lines.size, file) == lines.size;
        if (!file || fclose(file) || !written)
            status = fail_errno(error, "cannot write '%s'", self->source);
    }
    buf_release(&lines);
    return status;
}

/* A stop word may be the first part of a compound, whose joined form is then
 * alone at its position. */
static void draw_words(Random *random, const RandomCorpus *corpus,
                       AnalyzerOptions *out)
{
    static const char *const analyzers[] = {"default", "default", "standard",
                                            "english", "whitespace"};
    static const char *const stems[] = {"english", "french", "turkish"};
    out->name = PICK(random, analyzers);
    if (random_chance(random, 0.2)) {
        out->has_stop_words = true;
        out->stop_words = corpus->vocabulary[random_below(
            random, corpus->word_count < 4 ? corpus->word_count : 4)];
    }
    bool takes_stemmer = !strcmp(out->name, "default") ||
                         !strcmp(out->name, "standard");
    if (takes_stemmer && random_chance(random, 0.2))
        out->stem = PICK(random, stems);
}

static BuildOptions draw_options(Random *random, const RandomCorpus *corpus)
{
    static const uint32_t bitmap_shares[] = {2, 4, 16, 16};
    static const uint32_t bounds_shares[] = {16, 64, 64, 1000};
    static const uint32_t short_limits[] = {1, 2, 16, 128};
    static const uint32_t champions[] = {1, 5, 30, MAX_CHAMPIONS};
    static const uint32_t pairs[] = {PAIRS_AUTO, PAIRS_NONE, 1, 2, 3, 10, 40};
    static const float k1s[] = {0.9f, 0.9f, 1.2f, 0.0f, 3.0f};
    static const float bs[] = {0.4f, 0.4f, 0.75f, 0.0f, 1.0f};
    BuildOptions options = build_defaults();
    draw_words(random, corpus, &options.analyzer);
    options.limits.bitmap_share = PICK(random, bitmap_shares);
    options.limits.bounds_share = PICK(random, bounds_shares);
    options.limits.short_limit = PICK(random, short_limits);
    options.limits.champions = PICK(random, champions);
    options.k1 = PICK(random, k1s);
    options.b = PICK(random, bs);
    options.pairs_min_df = PICK(random, pairs);
    options.segments = (uint32_t)random_between(random, 1, 5);
    options.threads = (uint32_t)random_between(random, 1, 2);
    options.memory = (uint64_t)random_between(random, 1, 64) << 20;
    /* The common words of a wide corpus must be in one segment, not bitmaps. */
    if (corpus->common_words) {
        options.limits.bitmap_share = 2;
        options.segments = 1;
    }
    options.has_positions = random_chance(random, 0.85);
    options.has_stored = random_chance(random, 0.3);
    return options;
}

static void describe(RandomIndex *self, const BuildOptions *options)
{
    buf_printf(&self->description,
               "%zu documents, %s, stem %s, %zu bytes of stop words, k1 %g, "
               "b %g, bitmap 1/%u, bounds 1/%u, "
               "short %u, pairs %u, %u segments, positions %d, threads %u",
               self->corpus.document_count, options->analyzer.name,
               options->analyzer.stem ? options->analyzer.stem : "none",
               options->analyzer.stop_words.size, (double)options->k1,
               (double)options->b, options->limits.bitmap_share,
               options->limits.bounds_share, options->limits.short_limit,
               options->pairs_min_df, options->segments, options->has_positions,
               options->threads);
}

static Status build(RandomIndex *self, BuildOptions *options, Error *error)
{
    const char *inputs[] = {self->source};
    BuildReport report;
    options->output = self->folder;
    options->replace = true;
    options->inputs = inputs;
    options->input_count = 1;
    Status status = write_source(self, error);
    if (status == OK) status = index_build(options, &report, error);
    if (status == OK && !self->is_fresh &&
        report.documents != self->corpus.document_count) {
        status = fail(error, ERR_USAGE, "%llu documents of %zu indexed",
                      (unsigned long long)report.documents,
                      self->corpus.document_count);
    }
    return status == OK ? index_open(self->folder, &self->index, error)
                        : status;
}

/* The same documents for the oracle. */
static Status read_documents(RandomIndex *self, Arena *arena,
                             OracleDocument **out, Error *error)
{
    TokenStream *stream;
    size_t count = self->corpus.document_count;
    OracleDocument *documents = arena_zeroed(arena, count, sizeof *documents);
    Status status = token_stream_new(self->index->analyzer, &stream, error);
    if (status != OK) return status;
    for (size_t i = 0; documents && i < count; i++) {
        const RandomDocument *document = &self->corpus.documents[i];
        if (!oracle_read_document(stream, document->title, document->text,
                                  arena, &documents[i])) {
            documents = NULL;
        }
    }
    token_stream_free(stream);
    if (!documents) return fail_memory(error, "reading a corpus");
    *out = documents;
    self->oracle.documents = documents;
    self->oracle.document_count = count;
    return OK;
}

/* Which documents stay: each by chance, or whole runs. */
static void draw_live(Random *random, bool *live, size_t count)
{
    static const double shares[] = {0.02, 0.1, 0.3, 0.9};
    double share = PICK(random, shares);
    bool runs = random_chance(random, 0.3);
    bool stays = true;
    for (size_t i = 0; i < count; i++) {
        if (!runs || random_chance(random, 0.05))
            stays = !random_chance(random, share);
        live[i] = stays;
    }
}

/* Keeps the live documents of the oracle, and their numbers. */
static void keep_live(RandomIndex *self, OracleDocument *documents,
                      const bool *live, const uint64_t *first_docids,
                      size_t segments)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < segments; i++) {
        size_t before = kept;
        for (uint64_t d = first_docids[i]; d < first_docids[i + 1]; d++) {
            self->number[at + d - first_docids[i]] = d;
            if (!live[d]) continue;
            self->live[kept] = d;
            documents[kept++] = documents[d];
        }
        if (kept > before) at += first_docids[i + 1] - first_docids[i];
    }
    self->oracle.document_count = kept;
}

static Status remove_some(RandomIndex *self, Random *random,
                          OracleDocument *documents, Arena *arena, Error *error)
{
    size_t count = self->oracle.document_count;
    size_t segments = self->index->manifest.segment_count;
    bool *live = arena_alloc(arena, count * sizeof *live);
    size_t *lengths = arena_alloc(arena, count * sizeof *lengths);
    uint64_t *firsts = arena_alloc(arena, (segments + 1) * sizeof *firsts);
    self->live = arena_alloc(arena, count * sizeof *self->live);
    self->number = arena_alloc(arena, count * sizeof *self->number);
    if (arena->status != OK) return fail_memory(error, "removing documents");
    for (size_t i = 0; i < count; i++) {
        live[i] = true;
        lengths[i] = documents[i].length;
    }
    bool removes = random_chance(random, 0.6);
    if (removes) draw_live(random, live, count);
    memcpy(firsts, self->index->first_docids, (segments + 1) * sizeof *firsts);
    keep_live(self, documents, live, firsts, segments);
    if (!removes) return OK;
    buf_printf(&self->description, ", %zu documents live",
               self->oracle.document_count);
    Status status = remove_documents(self->index, live, lengths, error);
    if (status != OK) return status;
    index_close(self->index);
    return index_open(self->folder, &self->index, error);
}

static Status make_folder(RandomIndex *self, Error *error)
{
    memcpy(self->folder, "/tmp/quern-oracle.XXXXXX", 25);
    if (!mkdtemp(self->folder)) return fail_errno(error, "%s", self->folder);
    snprintf(self->source, sizeof self->source, "%s.jsonl", self->folder);
    return OK;
}

Status random_index_fresh(Random *random, const RandomIndex *from,
                          RandomIndex *out, Error *error)
{
    const Manifest *manifest = &from->index->manifest;
    *out = (RandomIndex){.corpus = from->corpus,
                         .is_fresh = true,
                         .live = from->live,
                         .oracle = from->oracle};
    Status status = make_folder(out, error);
    if (status != OK) return status;
    BuildOptions options = draw_options(random, &from->corpus);
    options.analyzer = manifest->analyzer;
    options.k1 = manifest->k1;
    options.b = manifest->b;
    options.has_positions = manifest->has_positions;
    options.has_stored = manifest->has_stored;
    describe(out, &options);
    return build(out, &options, error);
}

Status random_index_make(Random *random, Arena *arena, RandomCorpus corpus,
                         RandomIndex *out, Error *error)
{
    *out = (RandomIndex){.corpus = corpus};
    Status status = make_folder(out, error);
    if (status != OK) return status;
    if (!out->corpus.documents) return fail_memory(error, "making a corpus");
    BuildOptions options = draw_options(random, &corpus);
    describe(out, &options);
    status = build(out, &options, error);
    OracleDocument *documents = NULL;
    if (status == OK) status = read_documents(out, arena, &documents, error);
    if (status == OK)
        status = remove_some(out, random, documents, arena, error);
    out->oracle.has_positions = options.has_positions;
    return status;
}

/* The folder of an index is flat. */
static void remove_folder(const char *folder)
{
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.') unlink(path);
    }
    if (entries) closedir(entries);
    rmdir(folder);
}

void random_index_close(RandomIndex *self)
{
    index_close(self->index);
    remove_folder(self->folder);
    unlink(self->source);
    buf_release(&self->description);
}
