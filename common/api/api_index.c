/* api_index.c - opening an index, its description, documents by id. */
#include "common/api/api_index.h"

#include "common/base/map_guard.h"
#include "common/segment/documents/index_ids.h"
#include "common/segment/history.h"

#include <inttypes.h>
#include <stdlib.h>

static void describe_analyzer(const Analyzer *analyzer,
                              quern_analyzer_options *out)
{
    const AnalyzerOptions *options = analyzer_options(analyzer);
    *out = (quern_analyzer_options)QUERN_ANALYZER_OPTIONS_INIT;
    out->name = quern_text(options->name);
    out->stem = quern_text(options->stem);
    out->stop_words = api_string(options->stop_words);
    out->has_stop_words = options->has_stop_words;
    out->no_fold = options->no_fold;
}

static Status describe_segments(quern_index *self, Error *error)
{
    size_t count = self->index->manifest.segment_count;
    quern_segment *segments = arena_zeroed(&self->arena, count + 1,
                                           sizeof *segments);
    if (!segments) return fail_memory(error, "opening an index");
    for (size_t i = 0; i < count; i++) {
        const Segment *segment = self->index->segments[i];
        segments[i] = (quern_segment){
            .name = quern_text(self->index->manifest.segments[i].name),
            .document_count = segment->document_count,
            .term_count = segment->term_count,
            .posting_count = segment->posting_count,
            .size = segment->file.bytes.size};
    }
    self->info.segments = segments;
    self->info.segment_count = count;
    return OK;
}

static Status copy_sources(quern_index *self, const History *history,
                           Error *error)
{
    size_t count = history->source_count;
    quern_string *sources = arena_zeroed(&self->arena, count + 1,
                                         sizeof *sources);
    for (size_t i = 0; sources && i < count; i++) {
        Span source = arena_copy(&self->arena, span_text(history->sources[i]));
        sources[i] = api_string(source);
    }
    if (self->arena.status != OK) return fail_memory(error, "opening an index");
    self->info.sources = sources;
    self->info.source_count = count;
    return OK;
}

static Status describe_sources(quern_index *self, Error *error)
{
    History history;
    Status status = history_read_from(self->index->folder,
                                      &self->index->manifest, &history, error);
    if (status == OK) status = copy_sources(self, &history, error);
    history_release(&history);
    return status;
}

static Status describe(quern_index *self, Error *error)
{
    const Index *index = self->index;
    const Manifest *manifest = &index->manifest;
    describe_analyzer(index->analyzer, &self->analyzer);
    self->info = (quern_index_info){
        .folder = quern_text(index->folder),
        .created = quern_text(manifest->created),
        .created_version = quern_text(manifest->version),
        .data_versions = quern_text(manifest->data_versions),
        .generation = manifest->generation,
        .document_count = manifest->document_count,
        .nonempty_count = manifest->nonempty_count,
        .token_count = manifest->token_count,
        .skipped_count = manifest->skipped_count,
        .k1 = manifest->k1,
        .b = manifest->b,
        .has_positions = manifest->has_positions,
        .has_stored = manifest->has_stored,
        .analyzer_differs = index->analyzer_differs || index->rules_differ,
        .analyzer = &self->analyzer};
    Status status = describe_segments(self, error);
    return status == OK ? describe_sources(self, error) : status;
}

static Status refresh(const quern_index *old, quern_index *self, Error *error)
{
    Status status = index_refresh(old->index, &self->index, error);
    return status == OK && self->index ? describe(self, error) : status;
}

quern_status quern_index_refresh(const quern_index *index, quern_index **newer,
                                 quern_error *error)
{
    if (newer) *newer = NULL;
    if (!index || !newer)
        return api_invalid(error, "%s is NULL", index ? "newer" : "index");
    quern_index *self = calloc(1, sizeof *self);
    if (!self) return api_no_memory(error, "opening an index");
    Error own;
    Status status = refresh(index, self, &own);
    if (status == OK && self->index) {
        *newer = self;
    } else {
        quern_index_close(self);
    }
    return api_return(status, &own, error);
}

static Status open_index(quern_index *self, quern_string folder, Error *error)
{
    Span path = arena_copy(&self->arena, api_span(folder));
    if (!path.data) return fail_memory(error, "opening an index");
    Status status = index_open((const char *)path.data, &self->index, error);
    return status == OK ? describe(self, error) : status;
}

quern_status quern_index_open(quern_string folder, quern_index **index,
                              quern_error *error)
{
    if (!index) return api_invalid(error, "index is NULL");
    *index = NULL;
    if (!folder.data || folder.size == 0)
        return api_invalid(error, "the folder of the index is empty");
    if (memchr(folder.data, 0, folder.size))
        return api_invalid(error, "the folder of the index contains a zero "
                                  "byte");
    quern_index *self = calloc(1, sizeof *self);
    if (!self) return api_no_memory(error, "opening an index");
    Error own;
    Status status = open_index(self, folder, &own);
    if (status == OK) {
        *index = self;
    } else {
        quern_index_close(self);
    }
    return api_return(status, &own, error);
}

void quern_index_close(quern_index *index)
{
    if (!index) return;
    index_close(index->index);
    arena_release(&index->arena);
    free(index);
}

const quern_index_info *quern_index_get_info(const quern_index *index)
{
    return index ? &index->info : NULL;
}

const quern_analyzer *quern_index_analyzer(const quern_index *index)
{
    if (!index) return NULL;
    return (const quern_analyzer *)(const void *)index->index->analyzer;
}

Segment *api_locate(const quern_index *index, uint64_t document,
                    uint32_t *docid, size_t *segment_index, quern_error *error)
{
    const Index *inner = index->index;
    uint64_t end = inner->first_docids[inner->manifest.segment_count];
    if (document >= end) {
        api_invalid(error,
                    "%s: there is no document %" PRIu64 ", only %" PRIu64
                    " documents from 0",
                    inner->folder, document, end);
        return NULL;
    }
    Segment *segment = index_locate(inner, document, docid, segment_index);
    if (index_is_live(inner, *segment_index, *docid)) return segment;
    api_invalid(error, "%s: document %" PRIu64 " has been removed",
                inner->folder, document);
    return NULL;
}

quern_status quern_index_find(const quern_index *index, quern_string id,
                              uint64_t *document, bool *found,
                              quern_error *error)
{
    if (document) *document = 0;
    if (found) *found = false;
    if (!index || !document || !found)
        return api_invalid(error, "an argument of quern_index_find is NULL");
    if (!api_is_string(id)) return api_invalid(error, "the id is NULL");
    Error own;
    size_t segment;
    uint32_t docid;
    Status status = index_find_id(index->index, api_span(id), &segment, &docid,
                                  found, &own);
    if (status == OK && *found)
        *document = index->index->first_docids[segment] + docid;
    return api_return(status, &own, error);
}

void quern_guard_install(const char *program)
{
    map_guard_install(program ? program : "quern");
}
