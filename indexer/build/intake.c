/* intake.c - reads all documents of a build and has them inverted. */
#include "indexer/build/intake.h"

#include <inttypes.h>
#include <stdlib.h>

/* How the memory is divided: half for inverters, the rest for what is kept next
 * to them and for the sections that are written in the end. */
enum {
    INVERTERS_SHARE = 2,
    STORED_SHARE = 8,
    IDS_SHARE = 16,
    LENGTHS_SHARE = 32,
    SKIP_LOG_SHARE = 64,
    MIN_INVERTERS = 2 << 20 /* bytes, however many ids there are */
};

/* A file of the index that is being written, found on a walk. */
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
                           Advice advice, Error *error)
{
    Intake *intake = self;
    BuildSkip skip = {.kind = LEDGER_SKIPPED,
                      .place = place,
                      .reason = reason,
                      .advice = advice};
    if (is_own(intake, place) || is_own_folder(intake, place->source))
        return OK;
    return skip_count_add(&intake->skips, skip, error);
}

static Status note_changed(void *self, const Place *place, const char *reason,
                           Error *error)
{
    Intake *intake = self;
    BuildSkip skip = {.kind = LEDGER_CUT, .place = place, .reason = reason};
    if (is_own(intake, place)) return OK;
    return skip_count_add(&intake->skips, skip, error);
}

static void note_detected(void *self, const char *source, const char *what,
                          Advice advice)
{
    const BuildListener *listener = ((Intake *)self)->options->listener;
    if (listener && listener->detected)
        listener->detected(listener->self, source, what, advice);
}

static void note_suggested(void *self, const FieldSuggestion *fields)
{
    const BuildListener *listener = ((Intake *)self)->options->listener;
    if (listener && listener->suggested)
        listener->suggested(listener->self, fields);
}

static const char *refuse_folder(void *self, const char *path)
{
    return is_own_folder(self, path) ? "the index being written"
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
    out->skips.listener = options->listener;
    ledger_writer_init(&out->skips.ledger, options->output,
                       options->memory / SKIP_LOG_SHARE, options->ledger_limit);
    out->skips.max_errors = options->max_errors;
    if (options->has_stored) {
        out->stored.names = options->corpus.store_fields;
        out->stored.name_count = options->corpus.store_field_count;
    }
    out->listener = (CorpusListener){.self = out,
                                     .skipped = note_skipped,
                                     .changed = note_changed,
                                     .detected = note_detected,
                                     .suggested = note_suggested,
                                     .refuses = refuse_folder,
                                     .opened = note_opened};
    return corpus_open(&options->corpus, options->inputs, options->input_count,
                       &out->listener, &out->corpus, error);
}

void intake_release(Intake *intake)
{
    pipeline_free(intake->pipeline);
    corpus_close(intake->corpus);
    id_table_release(&intake->ids);
    ledger_writer_release(&intake->skips.ledger);
    spool_release(&intake->lengths);
    spool_release(&intake->stored.frames);
    buf_release(&intake->stored.sizes);
    buf_release(&intake->stored.dictionary);
    intake->pipeline = NULL;
    intake->corpus = NULL;
}

/* Takes over the results of a batch (a PipelineCommit). */
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

static void report_progress(const Intake *intake, bool ended)
{
    uint64_t done, total;
    corpus_progress(intake->corpus, &done, &total);
    BuildProgress progress = {.phase = BUILD_READING,
                              .ended = ended,
                              .items = intake->ids.count,
                              .bytes = corpus_text_bytes(intake->corpus),
                              .share = total ? (double)done / (double)total
                                             : -1};
    build_report_progress(intake->options->listener, &progress);
}

/* Gives the document its docid, unless another one with its id is kept. */
static Status assign_docid(Intake *intake, const Document *document, bool *kept,
                           Error *error)
{
    IdDuplicate other;
    OnDuplicate on_duplicate = intake->options->on_duplicate;
    const Place *place = &document->place;
    *kept = false;
    Status status = id_table_add(&intake->ids, document->id, place,
                                 on_duplicate, &other, error);
    if (status != OK) return status;
    *kept = !other.found || on_duplicate == DUPLICATE_KEEP_LAST;
    if (!other.found) return OK;
    return skip_count_add_duplicate(&intake->skips, document->id,
                                    *kept ? &other.place : place,
                                    *kept ? place : &other.place, error);
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
        status = assign_docid(intake, &document, &kept, error);
        if (status == OK && kept) {
            status = batch_add(batch, &document, intake->stored.names,
                               intake->stored.name_count, error);
        }
        if (status != OK) return status;
    }
    report_progress(intake, false);
    return build_check_cancelled(intake->options->listener, error);
}

/* The memory of ids is taken from that of inverters. */
static void balance_memory(Intake *intake)
{
    uint64_t memory = intake->options->memory / INVERTERS_SHARE;
    uint64_t ids = id_table_memory(&intake->ids) -
                   spool_memory(&intake->ids.ids);
    memory = memory > ids + MIN_INVERTERS ? memory - ids : MIN_INVERTERS;
    pipeline_set_memory(intake->pipeline, memory);
}

/* The first documents, on which the dictionary of stored text is trained:
 * they wait for it, as compressed text must not depend on threads. */
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
    status = read_all(intake, error);
    if (status == OK) status = pipeline_finish(intake->pipeline, error);
    report_progress(intake, true);
    intake->text_bytes = corpus_text_bytes(intake->corpus);
    id_table_close(&intake->ids);
    return status;
}
