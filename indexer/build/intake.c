/* intake.c - takes the documents of a build and has them inverted. */
#include "indexer/build/intake.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"

#include <inttypes.h>
#include <stdlib.h>

/* How the memory is divided: half for inverters, the rest for what is kept next
 * to them and for the sections that are written in the end. */
enum {
    INVERTERS_SHARE = 2,
    STORED_SHARE = 8,
    CONTENTS_SHARE = 32,
    IDS_SHARE = 16,
    LENGTHS_SHARE = 32,
    SKIP_LOG_SHARE = 64,
    MIN_INVERTERS = 2 << 20 /* bytes, however many ids there are */
};

/* A file of the index that is being written, found on a walk. */
static bool is_own(const Intake *intake, const Place *place)
{
    return place->line == 0 &&
           index_folder_holds(intake->folder, place->source);
}

static bool is_own_folder(const Intake *intake, const char *path)
{
    return index_folder_is(intake->folder, path);
}

static Status note_skipped(void *self, const Place *place, const char *reason,
                           Advice advice, Error *error)
{
    Intake *intake = self;
    BuildSkip skip = {.kind = SKIP_LOG_SKIPPED,
                      .place = place,
                      .reason = reason,
                      .advice = advice};
    if (is_own(intake, place) || is_own_folder(intake, place->source))
        return OK;
    Status status = skip_count_add(&intake->skips, skip, error);
    /* Where nothing else is found, no batch gets full. */
    return status == OK
               ? build_check_cancelled(intake->options->listener, error)
               : status;
}

static Status note_changed(void *self, const Place *place, const char *reason,
                           Advice advice, Error *error)
{
    Intake *intake = self;
    BuildSkip skip = {.kind = SKIP_LOG_CHANGED,
                      .place = place,
                      .reason = reason,
                      .advice = advice};
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

static const char *refuse_input(void *self, const char *path)
{
    const Intake *intake = self;
    if (index_folder_holds(intake->folder, path))
        return "a file of the index being written";
    return is_own_folder(self, path) ? "the index being written"
                                     : index_refusal(path);
}

static void note_opened(void *self, const char *source,
                        const struct stat *facts)
{
    Intake *intake = self;
    if (!index_folder_holds(intake->folder, source))
        source_modes_add(&intake->modes, source, facts);
}

static void init_listener(Intake *intake)
{
    intake->listener = (CorpusListener){.self = intake,
                                        .skipped = note_skipped,
                                        .changed = note_changed,
                                        .detected = note_detected,
                                        .suggested = note_suggested,
                                        .refuses = refuse_input,
                                        .opened = note_opened};
}

static void init_stores(Intake *intake)
{
    const BuildOptions *options = intake->options;
    const char *folder = options->output;
    id_table_init(&intake->ids, folder, options->memory / IDS_SHARE);
    spool_init(&intake->lengths, folder, options->memory / LENGTHS_SHARE);
    spool_init(&intake->stored.frames, folder, options->memory / STORED_SHARE);
    spool_init(&intake->contents, folder, options->memory / CONTENTS_SHARE);
    skip_log_writer_init(&intake->skips.skip_log, folder,
                         options->memory / SKIP_LOG_SHARE,
                         options->skip_log_limit);
    intake->skips.listener = options->listener;
    intake->skips.max_errors = options->max_errors;
    intake->sample.complete = !options->has_stored;
}

void intake_set_gate(Intake *intake, IntakeGate *gate, void *self)
{
    intake->gate = gate;
    intake->gate_self = self;
}

void intake_init(Intake *intake, const BuildOptions *options,
                 const IndexFolder *folder)
{
    *intake = (Intake){.options = options, .folder = folder};
    init_listener(intake);
    init_stores(intake);
    memory_source_init(&intake->memory, &intake->listener,
                       options->corpus.max_record_bytes);
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

Status intake_start(Intake *intake, const Analyzer *analyzer, Error *error)
{
    const BuildOptions *options = intake->options;
    Status status = field_names_start(
        &intake->names, options->corpus.store_fields,
        options->has_stored ? options->corpus.store_field_count : 0, error);
    if (status != OK) return status;
    source_modes_init(&intake->modes, intake->folder->access);
    intake->worker = (WorkerOptions){
        .analyzer = analyzer,
        .folder = options->output,
        .dictionary = options->has_stored ? &intake->stored.dictionary : NULL,
        .has_positions = options->has_positions};
    return pipeline_new(&intake->worker, options->threads,
                        options->memory / INVERTERS_SHARE, commit, intake,
                        &intake->pipeline, error);
}

static void sample_release(Sample *sample)
{
    stored_sample_release(&sample->frames);
    *sample = (Sample){.complete = true};
}

void intake_release(Intake *intake)
{
    pipeline_free(intake->pipeline);
    corpus_close(intake->corpus);
    memory_source_release(&intake->memory);
    sample_release(&intake->sample);
    id_table_release(&intake->ids);
    skip_log_writer_release(&intake->skips.skip_log);
    spool_release(&intake->lengths);
    spool_release(&intake->stored.frames);
    spool_release(&intake->contents);
    buf_release(&intake->stored.sizes);
    buf_release(&intake->stored.dictionary);
    field_names_release(&intake->names);
    intake->pipeline = NULL;
    intake->batch = NULL;
    intake->corpus = NULL;
}

void intake_report_progress(const Intake *intake, bool ended)
{
    uint64_t done = 0, total = 0;
    if (intake->corpus) corpus_progress(intake->corpus, &done, &total);
    BuildProgress progress = {.phase = BUILD_READING,
                              .ended = ended,
                              .items = intake->ids.count,
                              .bytes = intake->text_bytes,
                              .share = total ? (double)done / (double)total
                                             : -1};
    build_report_progress(intake->options->listener, &progress);
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

static void sample_keep(Sample *sample, Batch *batch)
{
    if (sample->last) {
        sample->last->next = batch;
    } else {
        sample->first = batch;
    }
    sample->last = batch;
    for (uint32_t i = 0; i < batch->count; i += STORED_BLOCK_DOCUMENTS)
        stored_sample_add(&sample->frames, batch_frame(batch, i));
}

/* Trains the dictionary and lets the batches go on. */
static Status complete_sample(Intake *intake, Error *error)
{
    Status status = stored_sample_train(&intake->sample.frames,
                                        &intake->stored.dictionary, error);
    if (status != OK) return status;
    for (Batch *batch = intake->sample.first, *next; batch; batch = next) {
        next = batch->next;
        pipeline_submit(intake->pipeline, batch);
    }
    sample_release(&intake->sample);
    return OK;
}

static Status submit_batch(Intake *intake, Error *error)
{
    Batch *batch = intake->batch;
    intake->batch = NULL;
    if (intake->sample.complete) {
        pipeline_submit(intake->pipeline, batch);
        balance_memory(intake);
        return OK;
    }
    sample_keep(&intake->sample, batch);
    return stored_sample_is_enough(&intake->sample.frames)
               ? complete_sample(intake, error)
               : OK;
}

/* A document whose id is that of another one, but was only recognised as an id,
 * is named by its place. */
static Status name_by_place(Intake *intake, const Document *document,
                            const Place *first, bool *kept, Error *error)
{
    Buf id = {0}, reason = {0};
    const Place *place = &document->place;
    IdDuplicate other;
    put_place(&id, place);
    buf_printf(&reason, "duplicate id '%.*s', first at ",
               SPAN_ARGS(document->id));
    put_place(&reason, first);
    buf_put_text(&reason, "; its place is its id");
    BuildSkip change = {.kind = SKIP_LOG_CHANGED,
                        .place = place,
                        .reason = buf_text(&reason),
                        .advice = ADVICE_ALLOW_DUPLICATES};
    Status status = buf_check(&id, "naming a document", error);
    if (status == OK) status = buf_check(&reason, "naming a document", error);
    if (status == OK) status = skip_count_add(&intake->skips, change, error);
    if (status == OK)
        status = id_table_add(&intake->ids, buf_span(&id), place,
                              DUPLICATE_ERROR, &other, error);
    buf_release(&id);
    buf_release(&reason);
    *kept = status == OK;
    return status;
}

/* Gives the document its docid, unless another one with its id is kept. */
static Status assign_docid(Intake *intake, const Document *document, bool *kept,
                           Error *error)
{
    IdDuplicate other;
    OnDuplicate on_duplicate = intake->options->on_duplicate;
    const Place *place = &document->place;
    bool renames = on_duplicate == DUPLICATE_ERROR && document->id_may_repeat;
    *kept = false;
    if (document->drops_repeats && on_duplicate == DUPLICATE_ERROR)
        on_duplicate = DUPLICATE_KEEP_FIRST;
    Status status = id_table_add(&intake->ids, document->id, place,
                                 renames ? DUPLICATE_KEEP_FIRST : on_duplicate,
                                 &other, error);
    if (status == OK && renames && other.found)
        return name_by_place(intake, document, &other.place, kept, error);
    if (status != OK) return status;
    *kept = !other.found || on_duplicate == DUPLICATE_KEEP_LAST;
    if (!other.found) return OK;
    return skip_count_add_duplicate(&intake->skips, document->id,
                                    *kept ? &other.place : place,
                                    *kept ? place : &other.place, error);
}

/* A document with fields of further names than an index has. */
static Status name_fields(Intake *intake, const Document *document,
                          Error *error)
{
    bool all = true;
    if (!intake->options->has_stored) return OK;
    Status status = field_names_add(&intake->names, document, &all, error);
    intake->stored.names = intake->names.names;
    intake->stored.name_count = intake->names.count;
    if (status != OK || all) return status;
    return note_changed(intake, &document->place,
                        "fields were left out: an index has at most 1,024 "
                        "names of fields",
                        ADVICE_NONE, error);
}

/* Of the document that was put into the batch last. */
static Status keep_content(Intake *intake, Error *error)
{
    Span content = batch_last(intake->batch);
    Hash128 hash = hash128_bytes(content.data, content.size);
    uint8_t bytes[CONTENT_HASH_BYTES];
    put_u64le(bytes, hash.low);
    put_u64le(bytes + 8, hash.high);
    spool_put(&intake->contents, bytes, sizeof bytes);
    return spool_check(&intake->contents, error);
}

static Status put_into_batch(Intake *intake, const Document *document,
                             Error *error)
{
    if (!intake->batch) {
        Status status = pipeline_take(intake->pipeline, &intake->batch, error);
        if (status != OK) return status;
        batch_start(intake->batch, intake->ids.count);
    }
    bool kept;
    Status status = assign_docid(intake, document, &kept, error);
    if (status != OK || !kept) return status;
    status = name_fields(intake, document, error);
    if (status != OK) return status;
    status = batch_add(intake->batch, document, intake->stored.names,
                       intake->stored.name_count, error);
    if (status != OK || intake->options->has_stored) return status;
    return keep_content(intake, error);
}

Status intake_add(Intake *intake, const Document *document, Error *error)
{
    bool taken = true;
    Status status = OK;
    intake->text_bytes += document->title.size + document->text.size;
    if (intake->gate)
        status = intake->gate(intake->gate_self, document, &taken, error);
    if (status != OK || !taken) return status;
    status = put_into_batch(intake, document, error);
    if (status != OK ||
        !batch_is_full(intake->batch, intake->options->has_stored))
        return status;
    status = submit_batch(intake, error);
    if (status != OK) return status;
    intake_report_progress(intake, false);
    return build_check_cancelled(intake->options->listener, error);
}

Status intake_add_memory(Intake *intake, const Document *document, Error *error)
{
    Document clean = *document;
    bool accepted;
    Status status = memory_source_accept(&intake->memory, &clean, &accepted,
                                         error);
    return status == OK && accepted ? intake_add(intake, &clean, error)
                                    : status;
}

static Status read_documents(Intake *intake, Error *error)
{
    for (;;) {
        Document document;
        bool found;
        Status status = corpus_next(intake->corpus, &document, &found, error);
        if (status != OK || !found) return status;
        if (!is_own(intake, &document.place))
            status = intake_add(intake, &document, error);
        if (status != OK) return status;
    }
}

Status intake_read(Intake *intake, const CorpusOptions *options,
                   const char *const *inputs, size_t input_count, Error *error)
{
    Status status = corpus_open(options, inputs, input_count, &intake->listener,
                                &intake->corpus, error);
    if (status == OK) status = read_documents(intake, error);
    if (intake->corpus) {
        LeftOut left_out = corpus_left_out(intake->corpus);
        left_out_add(&intake->left_out, &left_out);
    }
    corpus_close(intake->corpus);
    intake->corpus = NULL;
    return status;
}

void intake_warn_kept_mode(const Intake *intake)
{
    const IndexFolder *folder = intake->folder;
    const BuildListener *listener = intake->options->listener;
    const char *source = intake->modes.first;
    if (!folder->has_index || !*source || !listener || !listener->warning)
        return;
    Buf text = {0};
    buf_printf(&text,
               "some users who may read %s may not read %s: mode %04o of the "
               "index was kept",
               folder->path, source, folder->access.mode);
    const char *message = buf_text(&text);
    if (message) listener->warning(listener->self, message);
    buf_release(&text);
}

Status intake_finish(Intake *intake, Error *error)
{
    Status status = OK;
    if (intake->batch) status = submit_batch(intake, error);
    if (status == OK && !intake->sample.complete)
        status = complete_sample(intake, error);
    if (status == OK) status = pipeline_finish(intake->pipeline, error);
    id_table_close(&intake->ids);
    return status;
}
