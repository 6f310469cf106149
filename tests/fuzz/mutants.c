/* mutants.c - an index that `indexer check` accepts gives the same results
 * pruned and exhaustive.
 *
 * mutants [GOOD [SEED]]
 *
 * Changes one to three random values of an index, updates checksums, and checks
 * it, until GOOD indexes (default 200) were accepted; each of these is searched
 * with 28 queries both ways. Several bases, drawn from SEED (default 1). Exits
 * with 1 if the results differ, which means that a check is missing.
 */
#include "tests/fuzz/edited_answers.h"
#include "tests/fuzz/edited_index.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/random.h"

#include <inttypes.h>

typedef struct Tally {
    uint64_t mutants, good, different;
} Tally;

static uint64_t random_value(Random *random)
{
    switch (random_below(random, 4)) {
    case 0: return random_below(random, 4);
    case 1: return random_below(random, 256);
    case 2: return random_next(random) >> random_below(random, 64);
    default: return random_below(random, 0x10000);
    }
}

static size_t random_edits(Random *random, Edit edits[MOST_EDITS])
{
    size_t count = 1 + random_below(random, 3);
    for (size_t i = 0; i < count; i++) {
        edits[i] = (Edit){
            .field = (uint8_t)random_below(random, EDIT_FIELD_COUNT),
            .operation = (uint8_t)random_below(random, EDIT_OPERATION_COUNT),
            .segment = (uint8_t)random_below(random, 2),
            .index = (uint32_t)random_next(random),
            .value = random_value(random)};
    }
    return count;
}

static void try_mutant(EditedIndex *edited, Random *random, Tally *tally)
{
    Edit edits[MOST_EDITS];
    Buf problems = {0}, difference = {0};
    size_t count = random_edits(random, edits);
    const char *folder = edited_index_write(edited, edits, count);
    tally->mutants++;
    if (index_is_good(folder, &problems)) {
        tally->good++;
        index_answer(folder, true, &difference);
    }
    if (difference.size) {
        tally->different++;
        edits_describe(edits, count, &difference);
        printf("found good, but pruned and exhaustive differ:\n%s",
               buf_text(&difference));
    }
    buf_release(&problems);
    buf_release(&difference);
}

/* A few hundred accepted indexes of a base, then another base. */
static void try_base(Random *random, uint64_t good, Tally *tally)
{
    static const uint32_t DOCUMENTS[] = {300, 1100, 4500};
    BaseShape shape = {.seed = random_next(random),
                       .documents = DOCUMENTS[random_below(random, 3)],
                       .segments = (uint32_t)random_between(random, 1, 3),
                       .longest = (uint32_t)random_between(random, 4, 20)};
    EditedIndex *edited = edited_index_new(&shape);
    for (uint64_t end = tally->good + good; tally->good < end;) {
        try_mutant(edited, random, tally);
    }
    edited_index_free(edited);
}

int main(int argc, char **argv)
{
    enum { GOOD_OF_A_BASE = 100 };
    uint64_t wanted = argc > 1 ? strtoull(argv[1], NULL, 10) : 200;
    Random random = {argc > 2 ? strtoull(argv[2], NULL, 10) : 1};
    Tally tally = {0};
    setvbuf(stdout, NULL, _IOLBF, 0); /* prints findings at once */
    while (tally.good < wanted) {
        uint64_t left = wanted - tally.good;
        try_base(&random, left < GOOD_OF_A_BASE ? left : GOOD_OF_A_BASE,
                 &tally);
    }
    printf("%" PRIu64 " mutants, %" PRIu64 " found good, %" PRIu64
           " answered differently by %d queries\n",
           tally.mutants, tally.good, tally.different, ANSWERED_QUERIES);
    return tally.different > 0;
}
