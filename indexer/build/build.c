/* build.c - documents to an index: the whole way. */
#include "indexer/build/build.h"

#include "common/program/discovery.h"
#include "common/program/log.h"
#include "common/program/progress.h"
#include "indexer/build/index_folder.h"
#include "indexer/build/intake.h"
#include "indexer/build/machine.h"
#include "indexer/build/segment_set.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    DEFAULT_MEMORY_SHARE = 4,
    /* What is there whatever the budget: the program, its reader, a sample of
     * the text; and of each thread batches, tables of zstd, a huge page. */
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
                          .limits = default_limits};
}

/* What the manifest says besides its segments; strings are borrowed. */
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
    out->data_versions = analyzer_data_versions();
    out->k1 = options->k1;
    out->b = options->b;
    out->has_positions = options->has_positions;
    out->has_stored = options->has_stored;
    return analyzer_probe(analyzer, &out->probe, error);
}

/* Whether what was read may become an index. */
static Status check_intake(const Intake *intake, Error *error)
{
    uint64_t skipped = losses_of_kind(&intake->losses, SKIP_LOG_SKIPPED);
    if (intake->options->fail_on_skip && skipped) {
        return fail(error, ERR_CONFLICT,
                    "%" PRIu64 " record%s skipped and --fail-on-skip is given; "
                    "no index was written",
                    skipped, skipped == 1 ? " was" : "s were");
    }
    if (intake->ids.count == 0) {
        return fail(error, ERR_USAGE,
                    "there is no document in the input; no index was written");
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
    memcpy(report->lost, intake->losses.skip_log.counts.of_kind,
           sizeof report->lost);
    report->text_bytes = intake->text_bytes;
    report->threads = intake->options->threads;
}

static bool lies_inside(const char *path, const char *folder)
{
    size_t size = strlen(folder);
    return !strncmp(path, folder, size) &&
           (path[size] == '/' || folder[size - 1] == '/');
}

/* The index will be found from here, and one above no more; or not, if the
 * environment names another. */
static void note_above(const BuildOptions *options)
{
    Buf above = {0};
    Error ignored;
    const char *named = getenv("QUERN_INDEX");
    bool here = !strcmp(options->output, build_defaults().output);
    if (here && named && *named) {
        log_note("searcher will look into %s, which QUERN_INDEX names, not "
                 "here; -o names another folder",
                 named);
        return;
    }
    Status status = here ? index_above(&above, &ignored) : OK;
    const char *path = status == OK && above.size ? buf_text(&above) : NULL;
    if (path)
        log_note("from here this index will be found, not %s any more; -o "
                 "names another folder",
                 path);
    buf_release(&above);
}

/* An index is not written into a source without a word. */
static void note_inside(const BuildOptions *options)
{
    char *output = realpath(options->output, NULL);
    for (size_t i = 0; output && i < options->input_count; i++) {
        char *input = realpath(options->inputs[i], NULL);
        if (input && lies_inside(output, input)) {
            log_note("the index %s lies inside %s and is left out of it",
                     options->output, options->inputs[i]);
        }
        free(input);
    }
    free(output);
}

/* From here on the folder is claimed. */
static Status build_in(IndexFolder *folder, Intake *intake, BuildReport *report,
                       Error *error)
{
    Manifest manifest = {0};
    Status status = describe(intake->options, intake->analyzer, folder,
                             &manifest, error);
    if (status == OK) note_inside(intake->options);
    if (status == OK && !folder->has_index) note_above(intake->options);
    if (status == OK) status = intake_read(intake, folder, error);
    if (status == OK) status = check_intake(intake, error);
    if (status == OK) index_folder_admit(folder, &intake->modes);
    if (status == OK) status = write_segments(intake, &manifest, report, error);
    if (status == OK) {
        manifest.skipped_count = losses_of_kind(&intake->losses,
                                                SKIP_LOG_SKIPPED);
        interrupt_cover(intake->options->interrupt, NULL);
        status = index_folder_publish(folder, &manifest, error);
    }
    if (status == OK) {
        losses_sum_up(&intake->losses, intake->options->output);
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
                              .unnamed = options->unnamed};
        status = index_folder_claim(options->output, claim, &folder, error);
    }
    interrupt_cover(options->interrupt, status == OK ? &folder : NULL);
    if (status == OK) status = build_in(&folder, &intake, report, error);
    intake_release(&intake); /* threads may have to end */
    interrupt_cover(options->interrupt, NULL);
    if (status != OK) {
        index_folder_abandon(&folder);
        index_folder_note_kept(&folder, error);
    }
    index_folder_release(&folder);
    analyzer_free(analyzer);
    return status;
}

/* What is left for what grows with the documents. */
static uint64_t divisible_memory(uint64_t memory, uint32_t threads)
{
    uint64_t fixed = FIXED_BYTES + (uint64_t)threads * THREAD_BYTES;
    return memory > 2 * fixed ? memory - fixed : memory / 2;
}

Status index_build(const BuildOptions *options, BuildReport *report,
                   Error *error)
{
    double start = clock_seconds();
    BuildOptions complete = *options;
    if (!complete.memory)
        complete.memory = machine_memory() / DEFAULT_MEMORY_SHARE;
    if (!complete.threads) complete.threads = machine_processors();
    *report = (BuildReport){.memory = complete.memory};
    complete.memory = divisible_memory(complete.memory, complete.threads);
    Status status = build_with(&complete, report, error);
    report->seconds = clock_seconds() - start;
    return status;
}
