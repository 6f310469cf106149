/* build.c - documents to an index. */
#include "indexer/build/build.h"

#include "common/base/clock.h"
#include "common/segment/history.h"
#include "indexer/build/index_folder.h"
#include "indexer/build/intake.h"
#include "indexer/build/machine.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    /* Used whatever the budget: the program, its reader, a sample of the text;
     * and for each thread batches, tables of zstd, a huge page. */
    FIXED_BYTES = 20 << 20,
    THREAD_BYTES = 6 << 20
};

BuildOptions build_defaults(void)
{
    return (BuildOptions){.output = "./.quern",
                          .corpus.max_record_bytes = UINT64_C(256) << 20,
                          .k1 = 0.9f,
                          .b = 0.4f,
                          .has_positions = true,
                          .has_stored = true,
                          .segments = 1,
                          .max_errors = UINT64_MAX,
                          .skip_log_limit = SKIP_LOG_LIMIT_BYTES,
                          .limits = default_limits,
                          .trusted = geteuid()};
}

struct Build {
    BuildOptions options; /* complete: memory and threads are not 0 */
    uint64_t memory;      /* all of it; options.memory can be divided */
    Analyzer *analyzer;
    IndexFolder folder;
    Intake intake;
    Manifest manifest; /* without what is known only at the end */
    History history;
    bool reading; /* progress has not ended */
    double start;
};

const char *build_time_text(Arena *arena)
{
    char text[32] = "";
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return (const char *)arena_copy(arena, span_text(text)).data;
}

/* Keeps what of folders is read, for a rebuild. */
static Status describe_folders(const CorpusOptions *corpus, Manifest *manifest,
                               Error *error)
{
    ManifestFolders *out = &manifest->folders;
    *out = (ManifestFolders){.hidden = corpus->hidden,
                             .follow = corpus->follow,
                             .no_ignore = corpus->no_ignore,
                             .max_file_bytes = corpus->max_file_bytes};
    if (!corpus->exclude_count) return OK;
    out->excludes = arena_zeroed(&manifest->arena, corpus->exclude_count,
                                 sizeof *out->excludes);
    for (size_t i = 0; out->excludes && i < corpus->exclude_count; i++)
        out->excludes[i] = (const char *)arena_copy(
                               &manifest->arena, span_text(corpus->excludes[i]))
                               .data;
    out->exclude_count = corpus->exclude_count;
    return manifest->arena.status == OK
               ? OK
               : fail_memory(error, "describing the index");
}

Status build_describe(const BuildOptions *options, const Analyzer *analyzer,
                      Manifest *out, Error *error)
{
    Span versions = span_text(analyzer_data_versions());
    out->created = build_time_text(&out->arena);
    out->data_versions = (const char *)arena_copy(&out->arena, versions).data;
    if (!out->created || !out->data_versions)
        return fail_memory(error, "describing the index");
    out->version = QUERN_VERSION;
    out->analyzer = *analyzer_options(analyzer);
    out->rules = analyzer_rules(analyzer);
    out->k1 = options->k1;
    out->b = options->b;
    out->has_positions = options->has_positions;
    out->has_stored = options->has_stored;
    out->pairs_min_df = options->pairs_min_df;
    Status status = describe_folders(&options->corpus, out, error);
    return status == OK ? analyzer_probe(analyzer, &out->probe, error) : status;
}

static Status describe(Build *build, Error *error)
{
    build->manifest.generation = build->folder.old.generation + 1;
    return build_describe(&build->options, build->analyzer, &build->manifest,
                          error);
}

/* Whether the documents that were read may become an index. A build that is
 * cancelled before the first document fails as cancelled. */
static Status check_intake(const Intake *intake, Error *error)
{
    Status status = build_check_cancelled(intake->options->listener, error);
    if (status != OK) return status;
    uint64_t skipped = skip_count_of(&intake->skips, SKIP_LOG_SKIPPED);
    if (intake->options->fail_on_skip && skipped) {
        return fail_advising(error, ERR_CONFLICT, ADVICE_ALLOW_SKIPS,
                             "%" PRIu64
                             " record%s skipped; no index was written",
                             skipped, skipped == 1 ? " was" : "s were");
    }
    if (intake->ids.count == 0)
        return left_out_fail_empty(skipped ? NULL : &intake->left_out,
                                   "; no index was written", error);
    return OK;
}

static void fill_report(const Build *build, BuildReport *report)
{
    const Intake *intake = &build->intake;
    const Manifest *manifest = &build->manifest;
    report->documents = manifest->document_count;
    report->nonempty = manifest->nonempty_count;
    report->tokens = manifest->token_count;
    report->segments = (uint32_t)manifest->segment_count;
    memcpy(report->skips, intake->skips.skip_log.counts.of_kind,
           sizeof report->skips);
    report->logged = intake->skips.skip_log.counts.entries;
    report->left_out = intake->left_out;
    report->text_bytes = intake->text_bytes;
    report->threads = build->options.threads;
    report->mode = build->folder.access.mode;
    if (!build->folder.has_index)
        memcpy(report->narrowed_by, intake->modes.first, PATH_MAX);
}

static void end_reading(Build *build)
{
    if (build->reading) intake_report_progress(&build->intake, true);
    build->reading = false;
}

/* The memory for everything that grows with the documents: what the rest
 * leaves, but at least a quarter of the limit. Four threads keep within 64 MB
 * so. */
static uint64_t divisible_memory(uint64_t memory, uint32_t threads)
{
    uint64_t fixed = FIXED_BYTES + (uint64_t)threads * THREAD_BYTES;
    uint64_t least = memory / 4;
    return memory > fixed + least ? memory - fixed : least;
}

uint64_t build_options_complete(BuildOptions *options)
{
    if (!options->memory) options->memory = machine_memory_share();
    if (!options->threads) options->threads = machine_processors();
    uint64_t memory = options->memory;
    options->memory = divisible_memory(memory, options->threads);
    return memory;
}

static Build *allocate(const BuildOptions *options)
{
    Build *build = calloc(1, sizeof *build);
    if (!build) return NULL;
    build->start = clock_seconds();
    build->folder = (IndexFolder){.lock = -1, .place.fd = -1};
    build->options = *options;
    build->memory = build_options_complete(&build->options);
    intake_init(&build->intake, &build->options, &build->folder);
    return build;
}

static Status claim_folder(Build *build, Error *error)
{
    const BuildOptions *options = &build->options;
    ClaimOptions claim = {.replace = options->replace,
                          .unnamed = options->unnamed,
                          .trusted = options->trusted};
    Status status = index_folder_claim(options->output, claim, &build->folder,
                                       error);
    if (status == OK) build_report_claimed(options->listener, &build->folder);
    return status;
}

/* Ends a step: a failure ends the reading, and says that the old index is
 * unchanged. */
static Status end_step(Build *build, Status status, Error *error)
{
    if (status == OK) return OK;
    end_reading(build);
    index_folder_note_kept(&build->folder, error);
    return status;
}

Status build_new(const BuildOptions *options, Build **out, Error *error)
{
    *out = NULL;
    Build *build = allocate(options);
    if (!build) return fail_memory(error, "starting an index");
    Status status = analyzer_new(&options->analyzer, &build->analyzer, error);
    if (status == OK) status = claim_folder(build, error);
    if (status == OK) status = describe(build, error);
    if (status == OK)
        status = intake_start(&build->intake, build->analyzer, error);
    build->reading = status == OK;
    status = end_step(build, status, error);
    if (status == OK) {
        *out = build;
    } else {
        build_free(build);
    }
    return status;
}

Status build_add(Build *build, const Document *document, Error *error)
{
    Status status = intake_add_memory(&build->intake, document, error);
    return end_step(build, status, error);
}

Status build_read(Build *build, const CorpusOptions *options,
                  const char *const *inputs, size_t input_count, Error *error)
{
    Status status = OK;
    for (size_t i = 0; i < input_count && status == OK; i++)
        status = history_add_source(&build->history, inputs[i], error);
    if (status == OK)
        status = intake_read(&build->intake, options, inputs, input_count,
                             error);
    return end_step(build, status, error);
}

static Status write_history(Build *build, Error *error)
{
    Manifest *manifest = &build->manifest;
    History *history = &build->history;
    Publication publication = {
        .generation = manifest->generation,
        .time = manifest->created,
        .verb = "build",
        .added = manifest->document_count,
        .documents = manifest->document_count,
        .segment = manifest->segment_count == 1 ? manifest->segments[0].name
                                                : NULL,
        .from = history->source_count ? history->sources[0] : ""};
    Status status = history_add(history, &publication, error);
    if (status != OK) return status;
    return history_write(history, &build->folder.place, build->folder.access,
                         &manifest->arena, &manifest->history, error);
}

static Status publish(Build *build, Error *error)
{
    Status status = write_history(build, error);
    if (status != OK) return status;
    /* From here on nothing may abandon the folder. */
    build_report_released(build->options.listener);
    return index_folder_publish(&build->folder, &build->manifest, error);
}

Status build_finish(Build *build, BuildReport *report, Error *error)
{
    Intake *intake = &build->intake;
    *report = (BuildReport){.memory = build->memory};
    Status status = intake_finish(intake, error);
    end_reading(build);
    if (status == OK) status = check_intake(intake, error);
    if (status == OK) {
        index_folder_admit(&build->folder, &intake->modes);
        intake_warn_kept_mode(intake);
        build->manifest.skipped_count = skip_count_of(&intake->skips,
                                                      SKIP_LOG_SKIPPED);
        status = write_segments(intake, &build->manifest, report, error);
    }
    if (status == OK) status = publish(build, error);
    if (status == OK) fill_report(build, report);
    report->seconds = clock_seconds() - build->start;
    return end_step(build, status, error);
}

void build_free(Build *build)
{
    if (!build) return;
    intake_release(&build->intake); /* waits for its threads */
    build_report_released(build->options.listener);
    index_folder_abandon(&build->folder); /* unless it is published */
    index_folder_release(&build->folder);
    manifest_release(&build->manifest);
    history_release(&build->history);
    analyzer_free(build->analyzer);
    free(build);
}

static const char *refuse_index(void *self, const char *path)
{
    (void)self;
    return index_refusal(path);
}

/* Before the folder is claimed: an input that cannot be read leaves no trace.
 */
static Status check_inputs(const BuildOptions *options, Error *error)
{
    CorpusListener listener = {.refuses = refuse_index};
    Corpus *corpus;
    Status status = corpus_open(&options->corpus, options->inputs,
                                options->input_count, &listener, &corpus,
                                error);
    corpus_close(corpus);
    return status;
}

Status index_build(const BuildOptions *options, BuildReport *report,
                   Error *error)
{
    Build *build = NULL;
    *report = (BuildReport){0};
    Status status = check_inputs(options, error);
    if (status == OK) status = build_new(options, &build, error);
    if (status == OK)
        status = build_read(build, &options->corpus, options->inputs,
                            options->input_count, error);
    if (status == OK) status = build_finish(build, report, error);
    build_free(build);
    return status;
}
