/* search_batch.c - answers the queries of standard input, one on each line, on
 * several threads: the library starts them.
 *
 *     search_batch INDEX THREADS <QUERIES
 *
 * Prints the number of the query, the id and the score of its 10 best hits,
 * in the order of the queries.
 */
#include <quern/quern.h>

#include <stdio.h>
#include <stdlib.h>

/* Called on the thread that called quern_search_batch, one query after the
 * other: it may print, or write to what is shared. */
static bool print_answer(void *self, const quern_answer *answer)
{
    const quern_string *ids;
    size_t count;
    quern_error error;
    (void)self;
    if (answer->status != QUERN_OK) {
        printf("%zu\t%s\n", answer->number + 1, answer->error->message);
        return true;
    }
    if (quern_hit_ids(answer->context, &ids, &count, &error) != QUERN_OK) {
        fprintf(stderr, "search_batch: %s\n", error.message);
        return false; /* ends the batch */
    }
    for (size_t i = 0; i < count; i++)
        printf("%zu\t%.*s\t%.9g\n", answer->number + 1, (int)ids[i].size,
               ids[i].data, (double)answer->result->hits[i].score);
    return true;
}

static quern_status answer_queries(const char *folder,
                                   const quern_batch_query *queries,
                                   size_t count, unsigned threads,
                                   quern_error *error)
{
    quern_index *index;
    quern_batch_options options = QUERN_BATCH_OPTIONS_INIT;
    options.threads = threads;
    quern_status status = quern_index_open(quern_text(folder), &index, error);
    if (status == QUERN_OK)
        status = quern_search_batch(index, queries, count, &options,
                                    print_answer, NULL, error);
    quern_index_close(index);
    return status;
}

int main(int argc, char **argv)
{
    enum { MAX_QUERIES = 1000, MAX_BYTES = 256 };
    static char lines[MAX_QUERIES][MAX_BYTES];
    static quern_batch_query queries[MAX_QUERIES];
    size_t count = 0;
    quern_error error;
    if (argc != 3) {
        fprintf(stderr, "usage: search_batch INDEX THREADS <QUERIES\n");
        return 2;
    }
    while (count < MAX_QUERIES && fgets(lines[count], MAX_BYTES, stdin)) {
        queries[count].text = quern_text(lines[count]);
        count++;
    }
    if (answer_queries(argv[1], queries, count, (unsigned)atoi(argv[2]),
                       &error) != QUERN_OK) {
        fprintf(stderr, "search_batch: %s\n", error.message);
        return 2;
    }
    return 0;
}
