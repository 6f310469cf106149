/* builder_faults.c - every allocation and every call to the system that a
 * builder of libquern makes fails in turn.
 *
 * Each round is a process that builds with its n-th call failing, alone or with
 * all after it. The builder must give a status with a message, the same again
 * from then on, and leave the old index; then, in the same process, another
 * builder must make the new one. A leak is found by the address sanitizer.
 */
#include "tests/faults/index_state.h"
#include "tests/faults/trial_folder.h"
#include "tests/support/fault.h"
#include "tests/support/random.h"

#include <quern/quern.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

enum { EXIT_FAILED = 2, EXIT_WRONG = 4 };

typedef struct BuilderTrial {
    const char *folder;
    quern_string paths[2];
    size_t path_count;
    uint32_t threads, segments;
    unsigned documents;
    IndexState old, whole; /* before the build and after it */
} BuilderTrial;

/* --- a build --- */

/* Kept outside of the calls that may fail. */
static char text[4096];

static void draw_text(unsigned d)
{
    Random random = {d};
    size_t used = 0, words = random_below(&random, 80);
    text[0] = 0;
    for (size_t w = 0; w < words; w++)
        used += (size_t)snprintf(text + used, sizeof text - used, "w%zu ",
                                 random_zipf(&random, 2000));
    if (d % 50 == 3) snprintf(text + used, sizeof text - used, "\xff");
}

static quern_status add_documents(quern_builder *builder, unsigned count,
                                  quern_error *error)
{
    quern_status status = QUERN_OK;
    quern_stored_field url = {quern_text("url"), quern_text("http://")};
    for (unsigned d = 0; d < count && status == QUERN_OK; d++) {
        char id[32];
        quern_document document = QUERN_DOCUMENT_INIT;
        draw_text(d);
        snprintf(id, sizeof id, "doc-%u", d % 40 == 39 ? d - 1 : d);
        document.id = quern_text(d == 5 ? "" : id); /* one is skipped */
        document.title = quern_text(id);
        document.text = quern_text(text);
        document.fields = &url;
        document.field_count = 1;
        status = quern_builder_add(builder, &document, error);
    }
    return status;
}

static void ignore_progress(void *self, const quern_build_progress *progress)
{
    (void)self;
    (void)progress;
}

static quern_status start(const BuilderTrial *trial, quern_builder **builder,
                          quern_error *error)
{
    quern_string field = quern_text("url");
    quern_analyzer_options analyzer = QUERN_ANALYZER_OPTIONS_INIT;
    quern_build_listener listener = QUERN_BUILD_LISTENER_INIT;
    quern_build_options options = QUERN_BUILD_OPTIONS_INIT;
    listener.progress = ignore_progress;
    analyzer.name = quern_text("english");
    options.analyzer = &analyzer;
    options.listener = &listener;
    options.replace = true;
    options.memory = 1 << 20;
    options.max_skipped = 1; /* a file that cannot be read is one too many */
    options.on_duplicate = QUERN_KEEP_LAST;
    options.threads = trial->threads;
    options.segments = trial->segments;
    options.store_fields = &field;
    options.store_field_count = 1;
    return quern_builder_new(quern_text(trial->folder), &options, builder,
                             error);
}

static quern_status build(const BuilderTrial *trial, quern_builder **builder,
                          quern_error *error)
{
    quern_status status = start(trial, builder, error);
    if (status == QUERN_OK)
        status = add_documents(*builder, trial->documents, error);
    for (size_t i = 0; i < trial->path_count && status == QUERN_OK; i++)
        status = quern_builder_add_path(*builder, trial->paths[i], NULL, error);
    if (status == QUERN_OK)
        status = quern_builder_finish(*builder, NULL, error);
    return status;
}

/* --- what must hold after a failure --- */

static int complain(const char *what)
{
    fprintf(stderr, "%s\n", what);
    return EXIT_WRONG;
}

/* The builder gives its failure again. */
static bool repeats(quern_builder *builder, const quern_error *error)
{
    quern_error again;
    return !builder ||
           (quern_builder_finish(builder, NULL, &again) == error->status &&
            !strcmp(again.message, error->message));
}

/* Whether the folder has the old index, or the new one if only the last step
 * failed; perhaps next to files that could not be removed. */
static bool is_index_there(const BuilderTrial *trial)
{
    IndexState now;
    index_state_take(trial->folder, &now);
    bool there = index_state_holds(&now, &trial->old) ||
                 index_state_holds(&now, &trial->whole);
    index_state_release(&now);
    return there;
}

static bool is_new_index(const BuilderTrial *trial)
{
    IndexState now;
    index_state_take(trial->folder, &now);
    bool same = index_state_same(&now, &trial->whole);
    index_state_release(&now);
    return same;
}

/* Builds once more; the files that could not be removed before are, too. */
static int run_next(const BuilderTrial *trial)
{
    quern_error error;
    quern_builder *builder = NULL;
    quern_status status = build(trial, &builder, &error);
    quern_builder_free(builder);
    if (status != QUERN_OK) return complain(error.message);
    return is_new_index(trial) ? 0 : complain("the next builder failed");
}

/* Runs in a child, with faults started. */
static int run_build(void *self)
{
    BuilderTrial *trial = self;
    quern_error error = {.message = ""};
    quern_builder *builder = NULL;
    quern_status status = build(trial, &builder, &error);
    bool is_repeated = status == QUERN_OK || repeats(builder, &error);
    quern_builder_free(builder);
    fault_stop();
    if (!is_repeated) return complain("the failure was not repeated");
    if (status == QUERN_OK) return is_new_index(trial) ? 0 : run_next(trial);
    if (error.status != status || !error.message[0])
        return complain("a failure without a message");
    if (!is_index_there(trial)) return complain("the old index is gone");
    fprintf(stderr, "%s\n", error.message);
    return run_next(trial) ? EXIT_WRONG : EXIT_FAILED;
}

/* Whatever failed, the new index is there now; the old one comes back. */
static bool check_build(void *self, bool succeeded)
{
    BuilderTrial *trial = self;
    (void)succeeded;
    bool good = is_new_index(trial);
    index_state_restore(trial->folder, &trial->old);
    return good;
}

/* --- trials --- */

static void build_rounds(const char *name, BuilderTrial *trial, Tally *tally)
{
    quern_error error;
    quern_builder *builder = NULL;
    index_state_take(trial->folder, &trial->old);
    if (build(trial, &builder, &error) != QUERN_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(3);
    }
    quern_builder_free(builder);
    index_state_take(trial->folder, &trial->whole);
    index_state_restore(trial->folder, &trial->old);
    Trial rounds = {name, run_build, trial, check_build};
    rounds_run(&rounds, tally);
    index_state_release(&trial->old);
    index_state_release(&trial->whole);
}

static quern_string write_records(const char *name, unsigned first,
                                  unsigned end, bool packed)
{
    char *path = trial_path(name);
    gzFile file = gzopen(path, packed ? "wb" : "wbT");
    for (unsigned d = first; d < end; d++) {
        draw_text(d * 50); /* valid UTF-8 */
        gzprintf(file, "{\"id\":\"%u\",\"text\":\"%s\",\"url\":\"x\"}\n", d,
                 text);
    }
    if (!file || gzclose(file) != Z_OK) exit(3);
    return quern_text(path);
}

int main(void)
{
    Tally tally = {0};
    trial_folder_make();
    char *folder = trial_path("notes");
    mkdir(folder, 0777);
    write_records("notes/a.txt", 0, 5, false);
    BuilderTrial small = {.folder = trial_path("small"),
                          .threads = 1,
                          .segments = 1,
                          .documents = 60};
    build_rounds("a first builder", &small, &tally);

    BuilderTrial large = {.folder = trial_path("large"),
                          .threads = 1,
                          .segments = 1,
                          .documents = 10};
    quern_error error;
    quern_builder *builder;
    if (build(&large, &builder, &error) != QUERN_OK) return 3;
    quern_builder_free(builder);
    large.threads = 3;
    large.segments = 2;
    large.documents = 1200;
    large.paths[0] = write_records("some.jsonl.gz", 1000, 1100, true);
    large.paths[1] = quern_text(folder);
    large.path_count = 2;
    build_rounds("a builder over an old index", &large, &tally);

    return trials_end("builders", &tally);
}
