/* build_log.c - what a build or a dry run prints on standard error while it
 * runs.
 */
#include "indexer/build_log.h"

#include "common/program/advice_words.h"
#include "common/program/discovery.h"
#include "common/program/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The first of each kind are named, the others only counted. */
enum { MAX_NAMED = 20 };

static void show_progress(void *self, const BuildProgress *progress)
{
    static const char *const jobs[] = {"indexing", "writing"};
    static const char *const items[] = {"documents", "terms"};
    BuildLog *log = self;
    if (progress->ended) {
        if (log->in_progress) progress_end(&log->progress);
        log->in_progress = false;
        return;
    }
    if (!log->in_progress)
        progress_start(&log->progress, jobs[progress->phase],
                       items[progress->phase]);
    log->in_progress = true;
    progress_show(&log->progress, progress->items, progress->bytes,
                  progress->share);
}

static void name_skipped(void *self, const BuildSkip *skip)
{
    (void)self;
    if (skip->count > MAX_NAMED) return;
    Buf text = {0};
    put_place(&text, skip->place);
    buf_printf(&text, ": %s: %s", skip_log_kind_name(skip->kind), skip->reason);
    put_advice(&text, skip->advice);
    const char *line = buf_text(&text);
    if (skip->kind == SKIP_LOG_DUPLICATE) {
        log_detail("%s", line ? line : skip->reason);
    } else {
        log_warn("%s", line ? line : skip->reason);
    }
    buf_release(&text);
}

static void note_detected(void *self, const char *source, const char *what,
                          Advice advice)
{
    const char *words = advice_words(advice);
    (void)self;
    log_note("%s: %s%s%s", source, what, *words ? "; " : "", words);
}

static void put_option(Buf *out, const char *option, const char *field)
{
    if (field) buf_printf(out, " %s %s", option, field);
}

static void keep_suggestion(void *self, const FieldSuggestion *fields)
{
    Buf *out = &((BuildLog *)self)->suggestion;
    buf_clear(out);
    buf_put_text(out, "try");
    put_option(out, "--id-field", fields->id);
    put_option(out, "--title-field", fields->title);
    put_option(out, "--text-field", fields->text);
    buf_put_text(out, ", or --format text to index whole files");
}

static void warn(void *self, const char *message)
{
    (void)self;
    log_warn("%s", message);
}

static bool is_inside(const char *path, const char *folder)
{
    size_t size = strlen(folder);
    return !strncmp(path, folder, size) &&
           (path[size] == '/' || folder[size - 1] == '/');
}

/* An index in a folder that is indexed is not indexed itself. */
static void note_inside(const BuildOptions *options)
{
    char *output = realpath(options->output, NULL);
    for (size_t i = 0; output && i < options->input_count; i++) {
        char *input = realpath(options->inputs[i], NULL);
        if (input && is_inside(output, input)) {
            log_note("the index %s is inside %s and will not be indexed itself",
                     options->output, options->inputs[i]);
        }
        free(input);
    }
    free(output);
}

/* A new index here hides one in a parent folder, or is hidden itself by the
 * environment. */
static void note_hidden_index(const BuildOptions *options)
{
    Buf above = {0};
    Error ignored;
    const char *named = getenv("QUERN_INDEX");
    if (strcmp(options->output, build_defaults().output) != 0) return;
    if (named && *named) {
        log_note("QUERN_INDEX is set: searcher will use %s, not this index",
                 named);
        return;
    }
    Status status = index_above(&above, &ignored);
    const char *path = status == OK && above.size ? buf_text(&above) : NULL;
    if (path)
        log_note("searcher will find this index here, and no longer %s; name "
                 "another folder with -o to keep both in use",
                 path);
    buf_release(&above);
}

static void begin_claim(void *self, IndexFolder *folder)
{
    BuildLog *log = self;
    if (log->interrupt) interrupt_cover(log->interrupt, folder);
    note_inside(log->options);
    if (!folder->has_index) note_hidden_index(log->options);
}

static void end_claim(void *self)
{
    BuildLog *log = self;
    if (log->interrupt) interrupt_cover(log->interrupt, NULL);
}

static bool is_cancelled(void *self)
{
    const BuildLog *log = self;
    return log->interrupt && interrupt_seen(log->interrupt);
}

void build_log_init(BuildLog *log, const BuildOptions *options,
                    Interrupt *interrupt)
{
    *log = (BuildLog){.options = options, .interrupt = interrupt};
    log->listener = (BuildListener){.self = log,
                                    .progress = show_progress,
                                    .skipped = name_skipped,
                                    .detected = note_detected,
                                    .suggested = keep_suggestion,
                                    .warning = warn,
                                    .claimed = begin_claim,
                                    .released = end_claim,
                                    .cancelled = is_cancelled};
}

void build_log_release(BuildLog *log)
{
    buf_release(&log->suggestion);
}

void build_log_complete_error(const BuildLog *log, Error *error)
{
    const Buf *suggestion = &log->suggestion;
    bool is_about_input = error->status == ERR_USAGE;
    if (is_about_input && suggestion->size && suggestion->status == OK)
        fail_again(error, "%s; %.*s", error->message, (int)suggestion->size,
                   (const char *)suggestion->data);
}

void build_log_summarize(const BuildLog *log, const BuildReport *report)
{
    uint64_t more = 0, total = 0;
    for (int kind = 0; kind < SKIP_LOG_KINDS; kind++) {
        uint64_t count = report->skips[kind];
        total += count;
        if (count > MAX_NAMED && kind != SKIP_LOG_DUPLICATE)
            more += count - MAX_NAMED;
    }
    if (more) {
        log_warn("%" PRIu64 " more were skipped or changed; 'indexer skipped "
                 "%s' lists them",
                 more, log->options->output);
    }
    if (report->logged < total) {
        log_warn("the skip log is full: it lists %" PRIu64 " of %" PRIu64
                 " records that were skipped, changed or dropped",
                 report->logged, total);
    }
}
