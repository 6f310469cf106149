/* indexer_faults.c - every call of indexer to the system fails in turn.
 *
 *   faults_indexer
 *
 * Builds, new or over an old index, with little memory (so with temporary
 * files and merging) and several threads; and the verbs. After each round the
 * folder must be what it was before, or the whole new index.
 */
#include "common/program/log.h"
#include "indexer/build/build.h"
#include "readers/document_readers.h"
#include "tests/faults/index_state.h"
#include "tests/faults/program_main.h"
#include "tests/faults/trial_folder.h"
#include "tests/support/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

typedef struct BuildTrial {
    BuildOptions options;
    IndexState old, whole; /* before the build and after it */
} BuildTrial;

static int run_build(void *self)
{
    BuildTrial *trial = self;
    BuildReport report;
    Error error;
    log_start("indexer", LOG_NORMAL);
    Status status = index_build(&trial->options, &report, &error);
    if (status != OK) log_error("%s", error.message);
    return status == OK ? 0 : 2;
}

/* A build that cannot open its folder any more cannot clean it; and if the
 * disk does not say that the new manifest will last, both indexes are kept.
 * The next build must leave the new index and nothing else. */
static bool is_index_beside_debris(BuildTrial *trial, bool succeeded,
                                   const IndexState *now)
{
    bool there = index_state_holds(now, &trial->whole) ||
                 (!succeeded && index_state_holds(now, &trial->old));
    if (!there) return false;
    Child child = {0};
    IndexState next;
    child_run(&child, run_build, trial);
    index_state_take(trial->options.output, &next);
    bool good = child.code == 0 && index_state_same(&next, &trial->whole);
    index_state_release(&next);
    child_release(&child);
    return good;
}

static bool check_build(void *self, bool succeeded)
{
    BuildTrial *trial = self;
    const char *folder = trial->options.output;
    IndexState now;
    index_state_take(folder, &now);
    bool is_old = index_state_same(&now, &trial->old);
    bool is_new = index_state_same(&now, &trial->whole);
    bool good = is_new || (is_old && !succeeded) ||
                is_index_beside_debris(trial, succeeded, &now);
    if (!good) {
        fprintf(stderr, "neither the old index nor the new one\n");
        index_state_print(&trial->whole, stderr);
        index_state_print(&now, stderr);
    }
    if (good && now.count) good = index_state_opens(folder);
    index_state_restore(folder, &trial->old);
    index_state_release(&now);
    return good;
}

static void put_corpus(Buf *out, uint32_t documents, uint64_t seed)
{
    Random random = {seed};
    for (uint32_t d = 0; d < documents; d++) {
        buf_printf(out, "{\"id\":\"doc-%u\",\"title\":\"title w%zu\",", d,
                   random_zipf(&random, 50));
        buf_put_text(out, "\"text\":\"");
        size_t words = random_below(&random, 60);
        for (size_t w = 0; w < words; w++) {
            buf_printf(out, "w%zu ", random_zipf(&random, 2000));
        }
        buf_printf(out, "\",\"url\":\"http://%u\"}\n", d);
    }
}

static const char *write_corpus(const char *name, uint32_t documents,
                                bool packed)
{
    Buf lines = {0};
    const char *path = trial_path(name);
    put_corpus(&lines, documents, documents);
    gzFile file = gzopen(path, packed ? "wb" : "wbT"); /* T: as it is */
    if (!file || gzwrite(file, lines.data, (unsigned)lines.size) <= 0 ||
        gzclose(file) != Z_OK) {
        exit(3);
    }
    buf_release(&lines);
    return path;
}

static void write_text(const char *name, const char *text)
{
    FILE *file = fopen(trial_path(name), "w");
    if (!file || fputs(text, file) < 0 || fclose(file)) exit(3);
}

/* In the folder notes: a file that each kind of pattern leaves out, and a link
 * that is followed. */
static void write_ignored(void)
{
    static const char *const files[][2] = {
        {"notes/.ignore", "a.txt"},           {"notes/.gitignore", "b.txt"},
        {"notes/.git/info/exclude", "c.txt"}, {"notes/a.txt", "ignored"},
        {"notes/b.txt", "ignored"},           {"notes/c.txt", "ignored"}};
    mkdir(trial_path("notes/.git"), 0777);
    mkdir(trial_path("notes/.git/info"), 0777);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        write_text(files[i][0], files[i][1]);
    if (symlink("other.txt", trial_path("notes/link"))) exit(3);
}

static BuildOptions options_of(const char *const *inputs, size_t count,
                               const char *output)
{
    static const char *const FIELDS[] = {"url"};
    BuildOptions options = build_defaults();
    options.inputs = inputs;
    options.input_count = count;
    options.output = trial_path(output);
    options.replace = true;
    options.fail_on_skip = true; /* a file that cannot be read is an error */
    options.corpus.store_fields = FIELDS;
    options.corpus.store_field_count = 1;
    options.corpus.extras = &DOCUMENT_READERS;
    options.limits = (ListLimits){8, 16, 5, 4, 0};
    return options;
}

/* Rounds of a build into a folder that may hold an old index. */
static void build_rounds(const char *name, BuildTrial *trial, Tally *tally)
{
    Child child = {0};
    index_state_take(trial->options.output, &trial->old);
    child_run(&child, run_build, trial);
    index_state_take(trial->options.output, &trial->whole);
    index_state_restore(trial->options.output, &trial->old);
    child_release(&child);
    Trial rounds = {name, run_build, trial, check_build};
    rounds_run(&rounds, tally);
    index_state_release(&trial->old);
    index_state_release(&trial->whole);
}

typedef struct Line {
    int argc;
    char *argv[8];
} Line;

static int run_line(void *self)
{
    const Line *line = self;
    return program_main(line->argc, (char **)(uintptr_t)line->argv);
}

static void command_rounds(char *verb, char *index, Tally *tally)
{
    static char name[] = "indexer";
    Line line = {3, {name, verb, index}};
    Trial rounds = {verb, run_line, &line, NULL};
    rounds_run(&rounds, tally);
}

int main(void)
{
    Tally tally = {0};
    trial_folder_make();
    const char *first[] = {write_corpus("first.jsonl", 40, false)};
    const char *folder = trial_path("notes");
    mkdir(folder, 0777);
    write_corpus("notes/some.jsonl.gz", 20, true);
    write_corpus("notes/other.txt", 5, false);
    write_text("notes/page.html", "<html><title>a</title><p>caf&eacute; <b>b");
    write_text("notes/latin1.txt", "Stra\xdf"
                                   "e caf\xe9");
    write_ignored();
    const char *mixed[] = {write_corpus("more.jsonl", 300, false), folder,
                           trial_path("notes/other.txt")};

    BuildTrial small = {.options = options_of(first, 1, "small")};
    small.options.threads = 1;
    build_rounds("a first build", &small, &tally);

    BuildTrial large = {.options = options_of(first, 1, "large")};
    if (run_build(&large)) return 3;
    static const char *const patterns[] = {"*.none", "#"};
    large.options = options_of(mixed, 3, "large");
    large.options.corpus.follow = true;
    large.options.corpus.excludes = patterns;
    large.options.corpus.exclude_count = 2;
    large.options.corpus.git_excludes = trial_path("notes/.git/info/exclude");
    large.options.threads = 3;
    large.options.segments = 2;
    large.options.memory = 1 << 16;
    build_rounds("a build over an old index", &large, &tally);

    char *index = trial_path("large");
    char verbs[][8] = {"stats", "check", "dump", "terms", "skipped"};
    for (int i = 0; i < 5; i++) command_rounds(verbs[i], index, &tally);

    return trials_end("indexer", &tally);
}
