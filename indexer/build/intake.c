/* intake.c - reads all documents of a build and has them worked on. */
#include "indexer/build/intake.h"

#include "common/program/log.h"

#include <inttypes.h>
#include <stdlib.h>

/* How --memory is divided: half for inverters, the rest for what is kept
 * beside them and for the sections that are written in the end. */
enum {
    INVERTERS_SHARE = 2,
    STORED_SHARE = 8,
    IDS_SHARE = 16,
    LENGTHS_SHARE = 32,
    SKIP_LOG_SHARE = 64,
    LEAST_INVERTERS = 2 << 20 /* bytes, however many ids there are */
};

/* A file of the index that is being written, met on a walk. */
static bool is_own(const Intake *intake, const Place *place)
{
    return place->line == 0 && intake->folder &&
           index_folder_holds(intake->folder, place->source);
}

static bool is_own_folder(const Intake *intake, const char *path)
{
    return intake->folder && index_folder_is(intake->folder, path);
}

static Status note_skipped(void *self, const Place *place, const char *reason,
                           Error *error)
{
    Intake *intake = self;
    if (is_own(intake, place) || is_own_folder(intake, place->source))
        return OK;
    return losses_note(&intake->losses, SKIP_LOG_SKIPPED, place, reason, error);
}

static Status note_cut(void *self, const Place *place, const char *reason,
                       Error *error)
{
    Intake *intake = self;
    if (is_own(intake, place)) return OK;
    return losses_note(&intake->losses, SKIP_LOG_CUT, place, reason, error);
}

static void note_detected(void *self, const char *source, const char *what)
{
    (void)self;
    log_note("%s: %s", source, what);
}

static const char *refuse_folder(void *self, const char *path)
{
    return is_own_folder(self, path) ? "the index being made"
                                     : index_refusal(path);
}

static void note_opened(void *self, const char *source,
                        const struct stat *facts)
{
    Intake *intake = self;
    if (!intake->folder || !index_folder_holds(intake->folder, source))
        source_modes_add(&intake->modes, source, facts);
}

Status intake_open(const BuildOptions *options, const Analyzer *analyzer,
                   Intake *out, Error *error)
{
    *out = (Intake){.options = options, .analyzer = analyzer};
    id_table_init(&out->ids, options->output, options->memory / IDS_SHARE);
    spool_init(&out->lengths, options->output, options->memory / LENGTHS_SHARE);
    spool_init(&out->stored.frames, options->output,
               options->memory / STORED_SHARE);
    skip_log_writer_init(&out->losses.skip_log, options->output,
                         options->memory / SKIP_LOG_SHARE,
                         options->skip_log_limit);
    out->losses.max_errors = options->max_errors;
    if (options->has_stored) {
        out->stored.names = options->corpus.store_fields;
        out->stored.name_count = options->corpus.store_field_count;
    }
    CorpusListener listener = {out,           note_skipped,  note_cut,
                               note_detected, refuse_folder, note_opened};
    out->listener = listener;
    return corpus_open(&options->corpus, options->inputs, options->input_count,
                       &out->listener, &out->corpus, error);
}

void intake_release(Intake *intake)
{
    pipeline_free(intake->pipeline);
    corpus_close(intake->corpus);
    id_table_release(&intake->ids);
    skip_log_writer_release(&intake->losses.skip_log);
    spool_release(&intake->lengths);
    spool_release(&intake->stored.frames);
    buf_release(&intake->stored.sizes);
    buf_release(&intake->stored.dictionary);
    intake->pipeline = NULL;
    intake->corpus = NULL;
}

/* Takes over what became of a batch (a PipelineCommit). */
static Status commit(void *self, const Batch *batch, Error *error)
{
    Intake *intake = self;
    spool_put_span(&intake->lengths, buf_span(&batch->lengths));
    spool_put_span(&intake->stored.frames, buf_span(&batch->frames));
    buf_put_span(&intake->stored.sizes, buf_span(&batch->frame_sizes));
    Status status = spool_check(&intake->lengths, error);
    if (status == OK) status = spool_check(&intake->stored.frames, error);
    return status == OK
               ? buf_check(&intake->stored.sizes, "storing text", error)
               : status;
}

static void show_progress(Intake *intake)
{
    uint64_t done, total;
    corpus_progress(intake->corpus, &done, &total);
    double share = total ? (double)done / (double)total : -1;
    progress_show(&intake->progress, intake->ids.count,
                  corpus_text_bytes(intake->corpus), share);
}

/* Gives the document its number, unless it has the id of one that is kept
 * instead of it. */
static Status number_document(Intake *intake, const Document *document,
                              bool *kept, Error *error)
{
    IdTwin twin;
    OnDuplicate on_duplicate = intake->options->on_duplicate;
    const Place *place = &document->place;
    *kept = false;
    Status status = id_table_add(&intake->ids, document->id, place,
                                 on_duplicate, &twin, error);
    if (status != OK) return status;
    *kept = !twin.found || on_duplicate == DUPLICATE_KEEP_LAST;
    if (!twin.found) return OK;
    return losses_note_duplicate(&intake->losses, document->id,
                                 *kept ? &twin.place : place,
                                 *kept ? place : &twin.place, error);
}

/* Fills a batch; *more false after the last document. */
static Status read_batch(Intake *intake, Batch *batch, bool *more, Error *error)
{
    batch_start(batch, intake->ids.count);
    while (!batch_is_full(batch, intake->options->has_stored)) {
        Document document;
        Status status = corpus_next(intake->corpus, &document, more, error);
        if (status != OK || !*more) return status;
        if (is_own(intake, &document.place)) continue;
        bool kept;
        status = number_document(intake, &document, &kept, error);
        if (status == OK && kept) {
            status = batch_add(batch, &document, intake->stored.names,
                               intake->stored.name_count, error);
        }
        if (status != OK) return status;
    }
    show_progress(intake);
    return interrupt_check(intake->options->interrupt, error);
}

/* Ids take memory from what inverters may have. */
static void balance_memory(Intake *intake)
{
    uint64_t memory = intake->options->memory / INVERTERS_SHARE;
    uint64_t ids = id_table_memory(&intake->ids) -
                   spool_memory(&intake->ids.ids);
    memory = memory > ids + LEAST_INVERTERS ? memory - ids : LEAST_INVERTERS;
    pipeline_set_memory(intake->pipeline, memory);
}

/* The first documents, on which the dictionary of stored text is trained:
 * they wait for it, as what is packed must not depend on threads. */
typedef struct Sample {
    Batch *first, *last;
    Buf content;
    Buf sizes; /* size_t of each frame */
} Sample;

static void keep_for_sample(Sample *sample, Batch *batch)
{
    if (sample->last) {
        sample->last->next = batch;
    } else {
        sample->first = batch;
    }
    sample->last = batch;
    for (uint32_t i = 0; i < batch->count; i += STORED_BLOCK_DOCUMENTS) {
        Span frame = batch_frame(batch, i);
        buf_put_span(&sample->content, frame);
        buf_put(&sample->sizes, &frame.size, sizeof frame.size);
    }
}

static Status train(Intake *intake, const Sample *sample, Error *error)
{
    Status status = buf_check(&sample->content, "packing text", error);
    if (status == OK) status = buf_check(&sample->sizes, "packing text", error);
    if (status != OK || sample->sizes.size == 0) return status;
    return stored_train(buf_span(&sample->content),
                        (const size_t *)(const void *)sample->sizes.data,
                        sample->sizes.size / sizeof(size_t),
                        &intake->stored.dictionary, error);
}

static Status read_sample(Intake *intake, bool *more, Error *error)
{
    Sample sample = {0};
    Status status = OK;
    while (status == OK && *more && sample.content.size < STORED_SAMPLE_BYTES) {
        Batch *batch;
        status = pipeline_take(intake->pipeline, &batch, error);
        if (status == OK) status = read_batch(intake, batch, more, error);
        if (status == OK) keep_for_sample(&sample, batch);
    }
    if (status == OK) status = train(intake, &sample, error);
    for (Batch *batch = sample.first, *next; batch && status == OK;
         batch = next) {
        next = batch->next;
        pipeline_submit(intake->pipeline, batch);
    }
    buf_release(&sample.content);
    buf_release(&sample.sizes);
    return status;
}

static Status read_all(Intake *intake, Error *error)
{
    bool more = true;
    Status status = OK;
    if (intake->options->has_stored) status = read_sample(intake, &more, error);
    while (status == OK && more) {
        Batch *batch;
        status = pipeline_take(intake->pipeline, &batch, error);
        if (status == OK) status = read_batch(intake, batch, &more, error);
        if (status != OK) break;
        pipeline_submit(intake->pipeline, batch);
        balance_memory(intake);
    }
    return status;
}

Status intake_read(Intake *intake, const IndexFolder *folder, Error *error)
{
    const BuildOptions *options = intake->options;
    intake->folder = folder;
    source_modes_init(&intake->modes, folder->access);
    intake->worker = (WorkerOptions){
        .analyzer = intake->analyzer,
        .folder = options->output,
        .dictionary = options->has_stored ? &intake->stored.dictionary : NULL,
        .has_positions = options->has_positions};
    Status status = pipeline_new(&intake->worker, options->threads,
                                 options->memory / INVERTERS_SHARE, commit,
                                 intake, &intake->pipeline, error);
    if (status != OK) return status;
    progress_start(&intake->progress, "indexing", "documents");
    status = read_all(intake, error);
    if (status == OK) status = pipeline_finish(intake->pipeline, error);
    progress_end(&intake->progress);
    intake->text_bytes = corpus_text_bytes(intake->corpus);
    id_table_close(&intake->ids);
    return status;
}
