/* writer_faults.c - every call of indexer add, update, remove and merge to the
 * system fails in turn.
 *
 * After each round the index is the one before or the one after, and the next
 * writer leaves nothing else in the folder.
 */
#include "tests/faults/index_state.h"
#include "tests/faults/program_main.h"
#include "tests/faults/trial_folder.h"
#include "tests/support/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_ARGUMENTS = 12 };

typedef struct Line {
    int argc;
    const char *argv[MAX_ARGUMENTS];
} Line;

typedef struct ChangeTrial {
    const char *name;
    Line line;
    const char *folder;
    IndexState old, whole; /* before the change and after it */
} ChangeTrial;

static int run_line(void *self)
{
    const Line *line = self;
    return program_main(line->argc, (char **)(uintptr_t)line->argv);
}

static int run_change(void *self)
{
    return run_line(&((ChangeTrial *)self)->line);
}

/* Runs a command that must succeed. */
static void run(const Line *line)
{
    Child child = {0};
    child_run(&child, run_line, (void *)(uintptr_t)line);
    if (child.code != 0 && child.code != 1) {
        fprintf(stderr, "%.*s\n", (int)child.err.size,
                (const char *)child.err.data);
        exit(3);
    }
    child_release(&child);
}

/* Files that could not be removed are swept by the next writer, which has
 * nothing else to do. */
static void sweep(const ChangeTrial *trial)
{
    Line line = {
        6,
        {"indexer", "remove", "-q", "no-such-document", "-o", trial->folder}};
    run(&line);
}

static bool check_change(void *self, bool succeeded)
{
    ChangeTrial *trial = self;
    IndexState now;
    index_state_take(trial->folder, &now);
    bool is_old = index_state_holds(&now, &trial->old);
    bool is_new = index_state_holds(&now, &trial->whole);
    bool good = is_new || (is_old && !succeeded);
    if (good && now.count && trial->old.count) {
        good = index_state_opens(trial->folder);
        sweep(trial);
        index_state_release(&now);
        index_state_take(trial->folder, &now);
        good = good && (index_state_same(&now, &trial->old) ||
                        index_state_same(&now, &trial->whole));
    }
    if (!good) {
        fprintf(stderr, "neither the index before nor the one after\n");
        index_state_print(&trial->whole, stderr);
        index_state_print(&now, stderr);
    }
    index_state_restore(trial->folder, &trial->old);
    index_state_release(&now);
    return good;
}

static void change_rounds(ChangeTrial *trial, Tally *tally)
{
    index_state_take(trial->folder, &trial->old);
    run(&trial->line);
    index_state_take(trial->folder, &trial->whole);
    index_state_restore(trial->folder, &trial->old);
    Trial rounds = {trial->name, run_change, trial, check_change};
    rounds_run(&rounds, tally);
    /* The next trial changes the new index. */
    index_state_restore(trial->folder, &trial->whole);
    index_state_release(&trial->old);
    index_state_release(&trial->whole);
}

/* Documents first ... end - 1; `version` is in their text. */
static char *write_records(const char *name, unsigned first, unsigned end,
                           unsigned version)
{
    char *path = trial_path(name);
    FILE *file = fopen(path, "w");
    if (!file) exit(3);
    for (unsigned d = first; d < end; d++) {
        Random random = {d + 1000 * version};
        fprintf(file, "{\"id\":\"d%u\",\"title\":\"title %u\",\"text\":\"", d,
                version);
        for (size_t w = random_below(&random, 40); w > 0; w--)
            fprintf(file, "w%zu wi-fi ", random_zipf(&random, 300));
        fprintf(file, "\"}\n");
    }
    if (fclose(file)) exit(3);
    return path;
}

static void change(const char *name, const char *folder, Line line,
                   Tally *tally)
{
    ChangeTrial trial = {.name = name, .line = line, .folder = folder};
    change_rounds(&trial, tally);
}

/* The life of an index; `stored`: "--store" or "--no-store". */
static void live(char *folder, char *stored, Tally *tally)
{
    char *first = write_records("first.jsonl", 0, 60, 1);
    char *second = write_records("second.jsonl", 60, 90, 1);
    char *changed = write_records("changed.jsonl", 50, 70, 2);
    change("add to nothing", folder,
           (Line){9,
                  {"indexer", "add", "-q", "-t1", first, "-o", folder, stored,
                   "--fail-on-skip"}},
           tally);
    change("add", folder,
           (Line){8,
                  {"indexer", "add", "-q", "-t2", second, "-o", folder,
                   "--fail-on-skip"}},
           tally);
    change("update", folder,
           (Line){8,
                  {"indexer", "update", "-q", "-t1", changed, "-o", folder,
                   "--fail-on-skip"}},
           tally);
    change("remove a document", folder,
           (Line){7, {"indexer", "remove", "-q", "d3", "d61", "-o", folder}},
           tally);
    change("remove without merging", folder,
           (Line){8,
                  {"indexer", "remove", "-q", "-g", "d1*", "--no-merge", "-o",
                   folder}},
           tally);
    change("merge", folder,
           (Line){6, {"indexer", "merge", "-q", "--to", "1", folder}}, tally);
    change("remove all", folder,
           (Line){7, {"indexer", "remove", "-q", "-g", "*", "-o", folder}},
           tally);
}

int main(void)
{
    Tally tally = {0};
    trial_folder_make();
    static char with[] = "--store", without[] = "--no-store";
    live(trial_path("with"), with, &tally);
    live(trial_path("without"), without, &tally);
    return trials_end("writers", &tally);
}
