/* index_writer.c - changes an index: opening, documents in, closing. */
#include "indexer/update/index_writer_internal.h"

#include "common/base/clock.h"
#include "common/segment/documents/index_fields.h"

#include <stdlib.h>

WriterOptions writer_defaults(void)
{
    return (WriterOptions){
        .build = build_defaults(), .create = true, .verb = "update"};
}

/* The options of an index that exists */

static Status keep_options(IndexWriter *writer, Error *error)
{
    const Manifest *manifest = &writer->index->manifest;
    BuildOptions *build = &writer->build;
    build->k1 = manifest->k1;
    build->b = manifest->b;
    build->has_positions = manifest->has_positions;
    build->has_stored = manifest->has_stored;
    build->pairs_min_df = manifest->pairs_min_df;
    const char **fields;
    Status status = index_stored_fields(writer->index, &writer->arena, &fields,
                                        &build->corpus.store_field_count,
                                        error);
    build->corpus.store_fields = fields;
    return status;
}

static const Analyzer *analyzer_of(const IndexWriter *writer)
{
    return writer->index ? writer->index->analyzer : writer->analyzer;
}

/* Opening */

static Status open_index(IndexWriter *writer, Error *error)
{
    Manifest manifest;
    Status status = manifest_copy(&writer->folder.old, &manifest, error);
    if (status != OK) return status;
    status = index_open_draft(&writer->folder.place, &manifest, &writer->index,
                              error);
    return status == OK ? keep_options(writer, error) : status;
}

Status writer_refresh(IndexWriter *writer, Error *error)
{
    if (!writer->is_stale) return OK;
    Status status = index_folder_go_on(&writer->folder, error);
    if (status != OK) return status;
    writer->is_stale = false;
    id_finder_release(&writer->finder);
    index_close(writer->index);
    writer->index = NULL;
    build_report_claimed(writer->build.listener, &writer->folder);
    return open_index(writer, error);
}

static Status fail_missing(const char *folder, Error *error)
{
    return fail(error, ERR_IO, "no index at '%s'", folder);
}

static Status claim(IndexWriter *writer, Error *error)
{
    const BuildOptions *build = &writer->build;
    const BuildListener *listener = build->listener;
    bool found = true;
    ClaimOptions claim = {.change = true,
                          .wait = writer->options.wait,
                          .unnamed = build->unnamed,
                          .trusted = build->trusted};
    if (listener) {
        claim.cancelled = listener->cancelled;
        claim.self = listener->self;
    }
    Status status = writer->options.create
                        ? OK
                        : index_find(build->output, &found, error);
    if (status == OK && !found) status = fail_missing(build->output, error);
    if (status != OK) return status;
    status = index_folder_claim(build->output, claim, &writer->folder, error);
    if (status != OK) {
        Error ignored; /* the reason of a failure while waiting */
        if (build_check_cancelled(listener, &ignored) != OK)
            return build_check_cancelled(listener, error);
        if (error->advice != ADVICE_WAIT_FOR_OTHER) return status;
        error->advice = ADVICE_WAIT_SECONDS;
        if (claim.wait > 0)
            fail_again(error, "%s, and has not finished after %g seconds",
                       error->message, claim.wait);
        return status;
    }
    build_report_claimed(listener, &writer->folder);
    return writer->folder.has_index || writer->options.create
               ? OK
               : fail_missing(build->output, error);
}

static Status open_writer(IndexWriter *writer, Error *error)
{
    Status status = claim(writer, error);
    if (status != OK) return status;
    return writer->folder.has_index ? open_index(writer, error)
                                    : analyzer_new(&writer->build.analyzer,
                                                   &writer->analyzer, error);
}

Status writer_open(const WriterOptions *options, IndexWriter **out,
                   Error *error)
{
    *out = NULL;
    IndexWriter *writer = calloc(1, sizeof *writer);
    if (!writer) return fail_memory(error, "opening an index");
    writer->start = clock_seconds();
    writer->options = *options;
    writer->build = options->build;
    writer->build.segments = 1;
    writer->memory = build_options_complete(&writer->build);
    writer->folder = (IndexFolder){.lock = -1, .place.fd = -1};
    Status status = open_writer(writer, error);
    if (status == OK) {
        *out = writer;
    } else {
        writer_close(writer);
    }
    return status;
}

void writer_reset(IndexWriter *writer)
{
    if (writer->is_taking) intake_release(&writer->intake);
    writer->is_taking = false;
    buf_clear(&writer->pending);
    removal_set_release(&writer->removed);
    writer_close_readers(writer);
    history_release(&writer->sources);
    writer->counts = (WriterCounts){0};
}

void writer_close(IndexWriter *writer)
{
    if (!writer) return;
    writer_reset(writer); /* waits for its threads */
    build_report_released(writer->build.listener);
    index_folder_abandon(&writer->folder); /* unless it is published */
    index_folder_release(&writer->folder);
    id_finder_release(&writer->finder);
    index_close(writer->index);
    analyzer_free(writer->analyzer);
    buf_release(&writer->pending);
    buf_release(&writer->form);
    arena_release(&writer->arena);
    free(writer);
}

Status writer_index(IndexWriter *writer, Index **out, Error *error)
{
    *out = NULL;
    Status status = writer_refresh(writer, error);
    if (status == OK) *out = writer->index;
    return status;
}

const BuildOptions *writer_options(const IndexWriter *writer)
{
    return &writer->build;
}

const WriterCounts *writer_counts(const IndexWriter *writer)
{
    return &writer->counts;
}

/* Documents */

Status writer_check_analyzer(const Index *index, Error *error)
{
    if (!index->rules_differ && !index->analyzer_differs) return OK;
    return fail(error, ERR_UNSUPPORTED,
                "%s was made by another version of the analyzer than this "
                "program's; index again to add documents",
                index->folder);
}

static Status begin(IndexWriter *writer, WriterMode mode, Error *error)
{
    Status status = writer_refresh(writer, error);
    writer->mode = mode;
    if (status != OK || writer->is_taking) return status;
    if (writer->index) status = writer_check_analyzer(writer->index, error);
    if (status != OK) return status;
    writer->is_taking = true;
    intake_init(&writer->intake, &writer->build, &writer->folder);
    intake_set_gate(&writer->intake, writer_gate, writer);
    return intake_start(&writer->intake, analyzer_of(writer), error);
}

/* A failure says that the index is unchanged. */
static Status end_step(IndexWriter *writer, Status status, Error *error)
{
    if (status == OK) return OK;
    if (writer->is_taking) intake_report_progress(&writer->intake, true);
    index_folder_note_kept(&writer->folder, error);
    return status;
}

Status writer_put(IndexWriter *writer, WriterMode mode,
                  const Document *document, Error *error)
{
    Status status = begin(writer, mode, error);
    if (status == OK)
        status = intake_add_memory(&writer->intake, document, error);
    return end_step(writer, status, error);
}

Status writer_read(IndexWriter *writer, WriterMode mode,
                   const CorpusOptions *options, const char *const *inputs,
                   size_t input_count, Error *error)
{
    CorpusOptions corpus = *options;
    Status status = begin(writer, mode, error);
    corpus.store_fields = writer->build.corpus.store_fields;
    corpus.store_field_count = writer->build.corpus.store_field_count;
    for (size_t i = 0; i < input_count && status == OK; i++)
        status = history_add_source(&writer->sources, inputs[i], error);
    if (status == OK)
        status = intake_read(&writer->intake, &corpus, inputs, input_count,
                             error);
    return end_step(writer, status, error);
}

/* The document with this id that has come since the last commit. */
static Status find_taken(IndexWriter *writer, Span id, bool *found,
                         uint32_t *docid, Error *error)
{
    *found = false;
    Status status = writer_refresh(writer, error);
    if (status != OK || !writer->is_taking) return status;
    return id_table_find(&writer->intake.ids, id, found, docid, error);
}

Status writer_remove(IndexWriter *writer, Span id, bool *found, Error *error)
{
    size_t segment;
    uint32_t docid;
    Status status = find_taken(writer, id, found, &docid, error);
    if (status == OK && *found) {
        status = id_table_drop(&writer->intake.ids, docid, error);
    } else if (status == OK) {
        status = writer_find(writer, id, &segment, &docid, found, error);
        if (status == OK && *found)
            status = removal_set_add(&writer->removed, writer->index, segment,
                                     docid, error);
    }
    if (status == OK && *found) writer->counts.removed++;
    return end_step(writer, status, error);
}

Status writer_remove_at(IndexWriter *writer, size_t segment, uint32_t docid,
                        bool *found, Error *error)
{
    *found = index_is_live(writer->index, segment, docid) &&
             !removal_set_has(&writer->removed, segment, docid);
    if (!*found) return OK;
    writer->counts.removed++;
    return removal_set_add(&writer->removed, writer->index, segment, docid,
                           error);
}

Status writer_has(IndexWriter *writer, Span id, bool *found, Error *error)
{
    size_t segment;
    uint32_t docid;
    Status status = find_taken(writer, id, found, &docid, error);
    if (status != OK || *found) return status;
    return writer_find(writer, id, &segment, &docid, found, error);
}
