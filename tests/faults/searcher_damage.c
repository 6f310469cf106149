/* searcher_damage.c - a byte of an index changes, or a file of it is cut:
 * searcher says so, or answers as before.
 *
 *   damage_searcher INDEX TOPICS
 *
 * A file of queries of every kind is asked of each damaged copy. Whatever is
 * answered must be what the whole index answers; what cannot be answered must
 * be an error. With QUERN_LONG in the environment 10,000 changes and 1,000
 * cuts, else a few hundred.
 */
#include "tests/faults/index_state.h"
#include "tests/faults/program_main.h"
#include "tests/support/child.h"
#include "tests/support/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EXIT_BAD = 2 };

static char scratch[] = "/tmp/quern-damage-XXXXXX";
static const char *topics;
static IndexState whole_index;
static Child whole;

static int ask(void *unused)
{
    (void)unused;
    const char *words[] = {"searcher", "-i", scratch, "-f", topics,
                           "--json",   "-k", "5",     "-t", "2"};
    return program_main(10, (char **)(uintptr_t)words);
}

/* The next line, with its LF; empty at the end. */
static Span take_line(Span *rest)
{
    const uint8_t *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) + 1 : rest->size;
    Span line = span_of(rest->data, size);
    *rest = span_of(rest->data + size, rest->size - size);
    return line;
}

/* Whether every line but the summary is one of the whole answer. */
static bool is_part_of_whole(Span answer)
{
    static const char SUMMARY[] = "{\"type\":\"summary\"";
    Span from = buf_span(&whole.out);
    while (answer.size) {
        Span line = take_line(&answer);
        if (line.size > strlen(SUMMARY) &&
            !memcmp(line.data, SUMMARY, strlen(SUMMARY))) {
            continue;
        }
        while (from.size && !span_equal(take_line(&from), line)) continue;
        if (!from.size) return false;
    }
    return true;
}

/* What is wrong with what became of the damage, or NULL. */
static const char *judge(const Child *child)
{
    if (child->signal) return "it crashed or hung";
    if (child->code == whole.code) {
        bool same = span_equal(buf_span(&child->out), buf_span(&whole.out));
        return same ? NULL : "another answer, and no error";
    }
    if (child->code != EXIT_BAD) return "another status";
    if (!child->err.size) return "it failed without a word";
    return is_part_of_whole(buf_span(&child->out)) ? NULL : "another answer";
}

typedef struct Outcomes {
    unsigned tried, refused, bad;
} Outcomes;

static void try_damage(const char *what, const StateFile *file, size_t place,
                       Outcomes *outcomes)
{
    static Child child;
    child_run(&child, ask, NULL);
    child_blank_times(&child);
    const char *wrong = judge(&child);
    outcomes->tried++;
    outcomes->refused += child.code == EXIT_BAD;
    outcomes->bad += wrong != NULL;
    if (!wrong) return;
    fprintf(stderr, "%s %s %zu: %s (status %d, signal %d)\n%.*s\n", file->name,
            what, place, wrong, child.code, child.signal, (int)child.err.size,
            child.err.size ? (const char *)child.err.data : "");
}

/* Puts the bytes [from, size) of the file in place, and ends it there. */
static void write_file(const StateFile *file, size_t from, size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", scratch, file->name);
    FILE *out = fopen(path, "r+b");
    bool written = out && !fseek(out, (long)from, SEEK_SET) &&
                   fwrite(file->bytes.data + from, 1, size - from, out) ==
                       size - from;
    if (!written || fclose(out) || truncate(path, (off_t)size)) exit(3);
}

static void write_byte(const StateFile *file, size_t place)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", scratch, file->name);
    FILE *out = fopen(path, "r+b");
    bool written = out && !fseek(out, (long)place, SEEK_SET) &&
                   fputc(file->bytes.data[place], out) != EOF;
    if (!written || fclose(out)) exit(3);
}

/* Places in proportion to the files' sizes, MANIFEST a tenth of them. */
static StateFile *pick_file(Random *random, size_t *place)
{
    StateFile *file = &whole_index.files[0];
    bool manifest = random_chance(random, 0.1);
    for (size_t i = 0; i < whole_index.count; i++) {
        bool is_manifest = !strcmp(whole_index.files[i].name, "MANIFEST");
        if (is_manifest == manifest) file = &whole_index.files[i];
    }
    *place = random_below(random, file->bytes.size);
    return file;
}

static void change_a_byte(Random *random, Outcomes *outcomes)
{
    size_t place;
    StateFile *file = pick_file(random, &place);
    uint8_t *byte = file->bytes.data + place;
    uint8_t before = *byte;
    bool one_bit = random_chance(random, 0.5);
    *byte ^= (uint8_t)(one_bit ? 1u << random_below(random, 8)
                               : 1 + random_below(random, 255));
    write_byte(file, place);
    try_damage("changed at", file, place, outcomes);
    *byte = before;
    write_byte(file, place);
}

static void cut_a_file(Random *random, Outcomes *outcomes)
{
    size_t size;
    StateFile *file = pick_file(random, &size);
    write_file(file, size, size);
    try_damage("cut to", file, size, outcomes);
    write_file(file, size, file->bytes.size);
}

int main(int argc, char **argv)
{
    Random random = {20261124};
    Outcomes changes = {0}, cuts = {0};
    if (argc != 3 || !mkdtemp(scratch)) return 3;
    topics = argv[2];
    child_ignore_leaks(); /* faults_searcher looks for them */
    index_state_take(argv[1], &whole_index);
    index_state_restore(scratch, &whole_index);
    child_run(&whole, ask, NULL);
    child_blank_times(&whole);
    if (whole.code != 0 || !whole.out.size) return 3;

    bool is_long = getenv("QUERN_LONG") != NULL;
    unsigned change_count = is_long ? 10000 : 400,
             cut_count = is_long ? 1000 : 60;
    while (changes.tried < change_count) change_a_byte(&random, &changes);
    while (cuts.tried < cut_count) cut_a_file(&random, &cuts);
    printf("%u bytes changed: %u refused, %u harmless, %u bad\n", changes.tried,
           changes.refused, changes.tried - changes.refused - changes.bad,
           changes.bad);
    printf("%u files cut: %u refused, %u harmless, %u bad\n", cuts.tried,
           cuts.refused, cuts.tried - cuts.refused - cuts.bad, cuts.bad);

    index_state_restore(scratch, &(IndexState){0});
    index_state_release(&whole_index);
    child_release(&whole);
    return changes.bad || cuts.bad;
}
