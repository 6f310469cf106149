/* pair_words.c - the most frequent words of a segment. */
#include "common/segment/dictionary/dictionary.h"
#include "common/segment/pairs/pair_scan.h"

#include <stdlib.h>

enum { KEPT_WORDS = 2 * PAIR_MAX_WORDS };

static size_t word_count(const Buf *words)
{
    return words->size / sizeof(PairWord);
}

/* Keeps the words in at least min_df documents. */
static void keep_frequent(Buf *words, uint32_t min_df)
{
    PairWord *all = (void *)words->data;
    size_t kept = 0, count = word_count(words);
    for (size_t i = 0; i < count; i++) {
        if (all[i].df >= min_df) all[kept++] = all[i];
    }
    words->size = kept * sizeof *all;
}

static int compare_descending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x < y) - (x > y);
}

/* The smallest df that at most PAIR_MAX_WORDS of the words have or exceed;
 * there are more than that. */
static Status find_min_df(const Buf *words, uint32_t *min_df, Error *error)
{
    const PairWord *all = (const void *)words->data;
    size_t count = word_count(words);
    uint32_t *dfs = malloc(count * sizeof *dfs);
    if (!dfs) return fail_memory(error, "finding frequent words");
    for (size_t i = 0; i < count; i++) dfs[i] = all[i].df;
    qsort(dfs, count, sizeof *dfs, compare_descending);
    *min_df = dfs[PAIR_MAX_WORDS] + 1;
    free(dfs);
    return OK;
}

static Status reduce(Buf *words, uint32_t *min_df, Error *error)
{
    Status status = buf_check(words, "finding frequent words", error);
    if (status == OK) status = find_min_df(words, min_df, error);
    if (status == OK) keep_frequent(words, *min_df);
    return status;
}

static Status walk_words(TermWalk *walk, uint32_t min_df, Buf *out,
                         Error *error)
{
    for (;;) {
        Span term;
        TermRecord record;
        bool found;
        Status status = term_walk_next(walk, &term, &record, &found, error);
        if (status == OK && !found && word_count(out) > PAIR_MAX_WORDS)
            return reduce(out, &min_df, error);
        if (status != OK || !found) return status;
        if (record.df < min_df) continue;
        PairWord word = {record.number, record.df};
        buf_put(out, &word, sizeof word);
        if (word_count(out) < KEPT_WORDS) continue;
        status = reduce(out, &min_df, error);
        if (status != OK) return status;
    }
}

Status pair_words_find(Segment *segment, uint32_t min_df, Buf *out,
                       Error *error)
{
    TermWalk walk = {0};
    Status status = term_walk_start(&walk, segment, (Span){0}, error);
    if (status == OK) status = walk_words(&walk, min_df, out, error);
    term_walk_release(&walk);
    return status == OK ? buf_check(out, "finding frequent words", error)
                        : status;
}
