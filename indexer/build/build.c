/* build.c - documents to an index. */
#include "indexer/build/build.h"

#include "indexer/build/index_folder.h"
#include "indexer/build/intake.h"
#include "indexer/build/machine.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    DEFAULT_MEMORY_SHARE = 4,
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

/* Fills in the manifest except its segments; strings are borrowed. */
static Status describe(const BuildOptions *options, const Analyzer *analyzer,
                       const IndexFolder *folder, Manifest *out, Error *error)
{
    char created[32] = "";
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts))
        strftime(created, sizeof created, "%Y-%m-%dT%H:%M:%SZ", &parts);
    out->created =
        (const char *)arena_copy(&out->arena, span_text(created)).data;
    out->sources = arena_zeroed(&out->arena, options->input_count,
                                sizeof *out->sources);
    if (!out->created || !out->sources)
        return fail_memory(error, "describing the index");
    for (size_t i = 0; i < options->input_count; i++)
        out->sources[out->source_count++] = options->inputs[i];
    out->generation = folder->old.generation + 1;
    out->version = QUERN_VERSION;
    out->analyzer = *analyzer_options(analyzer);
    out->rules = analyzer_rules(analyzer);
    out->data_versions = analyzer_data_versions();
    out->k1 = options->k1;
    out->b = options->b;
    out->has_positions = options->has_positions;
    out->has_stored = options->has_stored;
    return analyzer_probe(analyzer, &out->probe, error);
}

/* Whether the documents that were read may become an index. */
static Status check_intake(const Intake *intake, Error *error)
{
    uint64_t skipped = skip_count_of(&intake->skips, SKIP_LOG_SKIPPED);
    if (intake->options->fail_on_skip && skipped) {
        return fail_advising(error, ERR_CONFLICT, ADVICE_ALLOW_SKIPS,
                             "%" PRIu64
                             " record%s skipped; no index was written",
                             skipped, skipped == 1 ? " was" : "s were");
    }
    if (intake->ids.count == 0) {
        return fail(error, ERR_USAGE,
                    "no document in the input; no index was written");
    }
    return OK;
}

static void fill_report(const Intake *intake, const Manifest *manifest,
                        BuildReport *report)
{
    report->documents = manifest->document_count;
    report->nonempty = manifest->nonempty_count;
    report->tokens = manifest->token_count;
    report->segments = (uint32_t)manifest->segment_count;
    memcpy(report->skips, intake->skips.skip_log.counts.of_kind,
           sizeof report->skips);
    report->logged = intake->skips.skip_log.counts.entries;
    report->text_bytes = intake->text_bytes;
    report->threads = intake->options->threads;
}

/* Reports where the mode that an index keeps allows more than its sources. */
static void warn_kept_mode(const IndexFolder *folder, const Intake *intake)
{
    const BuildListener *listener = intake->options->listener;
    const char *source = intake->modes.first;
    if (!folder->has_index || !*source || !listener || !listener->warning)
        return;
    Buf text = {0};
    buf_printf(&text,
               "some users who may read %s may not read %s: mode %04o of the "
               "replaced index was kept",
               folder->path, source, folder->access.mode);
    const char *message = buf_text(&text);
    if (message) listener->warning(listener->self, message);
    buf_release(&text);
}

static void report_claimed(const BuildListener *listener, IndexFolder *folder)
{
    if (listener && listener->claimed)
        listener->claimed(listener->self, folder);
}

static void report_released(const BuildListener *listener)
{
    if (listener && listener->released) listener->released(listener->self);
}

/* The folder is claimed. */
static Status build_in(IndexFolder *folder, Intake *intake, BuildReport *report,
                       Error *error)
{
    Manifest manifest = {0};
    Status status = describe(intake->options, intake->analyzer, folder,
                             &manifest, error);
    if (status == OK) status = intake_read(intake, folder, error);
    if (status == OK) status = check_intake(intake, error);
    if (status == OK) index_folder_admit(folder, &intake->modes);
    if (status == OK) warn_kept_mode(folder, intake);
    if (status == OK) status = write_segments(intake, &manifest, report, error);
    if (status == OK) {
        manifest.skipped_count = skip_count_of(&intake->skips,
                                               SKIP_LOG_SKIPPED);
        report_released(intake->options->listener);
        status = index_folder_publish(folder, &manifest, error);
    }
    if (status == OK) {
        fill_report(intake, &manifest, report);
        report->mode = folder->access.mode;
        if (!folder->has_index)
            memcpy(report->narrowed_by, intake->modes.first, PATH_MAX);
    }
    manifest_release(&manifest);
    return status;
}

static Status build_with(const BuildOptions *options, BuildReport *report,
                         Error *error)
{
    Analyzer *analyzer = NULL;
    Intake intake = {0};
    IndexFolder folder = {.lock = -1, .place.fd = -1};
    Status status = analyzer_new(&options->analyzer, &analyzer, error);
    if (status != OK) return status;
    status = intake_open(options, analyzer, &intake, error);
    if (status == OK) {
        ClaimOptions claim = {.replace = options->replace,
                              .unnamed = options->unnamed,
                              .trusted = options->trusted};
        status = index_folder_claim(options->output, claim, &folder, error);
    }
    if (status == OK) {
        report_claimed(options->listener, &folder);
        status = build_in(&folder, &intake, report, error);
    }
    intake_release(&intake); /* waits for its threads */
    report_released(options->listener);
    if (status != OK) {
        index_folder_abandon(&folder);
        index_folder_note_kept(&folder, error);
    }
    index_folder_release(&folder);
    analyzer_free(analyzer);
    return status;
}

static double monotonic_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The memory for everything that grows with the documents. */
static uint64_t divisible_memory(uint64_t memory, uint32_t threads)
{
    uint64_t fixed = FIXED_BYTES + (uint64_t)threads * THREAD_BYTES;
    return memory > 2 * fixed ? memory - fixed : memory / 2;
}

Status index_build(const BuildOptions *options, BuildReport *report,
                   Error *error)
{
    double start = monotonic_seconds();
    BuildOptions complete = *options;
    if (!complete.memory)
        complete.memory = machine_memory() / DEFAULT_MEMORY_SHARE;
    if (!complete.threads) complete.threads = machine_processors();
    *report = (BuildReport){.memory = complete.memory};
    complete.memory = divisible_memory(complete.memory, complete.threads);
    Status status = build_with(&complete, report, error);
    report->seconds = monotonic_seconds() - start;
    return status;
}
