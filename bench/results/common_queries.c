/* common_queries.c - the queries that two results have in common. */
#include "bench/results/common_queries.h"

#include <stdlib.h>

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The texts of all queries, sorted; NULL without memory. */
static const char **sorted_texts(const Results *results)
{
    size_t count = results->queries.count;
    const char **texts = calloc(count + 1, sizeof *texts);
    for (size_t i = 0; texts && i < count; i++)
        texts[i] = results_query(results, i)->text;
    if (texts && count) qsort(texts, count, sizeof *texts, compare_texts);
    return texts;
}

/* A byte for each query: whether its text is among those of the other; NULL
 * without memory. */
static uint8_t *mark(const Results *results, const Results *other)
{
    size_t count = results->queries.count;
    uint8_t *marks = calloc(count + 1, 1);
    const char **texts = sorted_texts(other);
    for (size_t i = 0; marks && texts && i < count; i++) {
        const char *text = results_query(results, i)->text;
        marks[i] = other->queries.count &&
                   bsearch(&text, texts, other->queries.count, sizeof *texts,
                           compare_texts) != NULL;
    }
    bool failed = !texts;
    free(texts);
    if (!failed) return marks;
    free(marks);
    return NULL;
}

Status common_queries_find(const Results *first, const Results *second,
                           CommonQueries *out, Error *error)
{
    *out = (CommonQueries){mark(first, second), mark(second, first), 0};
    if (!out->first || !out->second) {
        common_queries_release(out);
        return fail_memory(error, "comparing queries");
    }
    for (size_t i = 0; i < first->queries.count; i++)
        out->count += out->first[i];
    return OK;
}

void common_queries_release(CommonQueries *common)
{
    free(common->first);
    free(common->second);
    *common = (CommonQueries){0};
}
