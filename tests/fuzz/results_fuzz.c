/* results_fuzz.c - any bytes as results of bench run, and as an engine's hits.
 *
 * What is read is computed with and written, and reads the same again.
 */
#include "bench/answers/hit_list.h"
#include "bench/results/result_changes.h"
#include "bench/results/result_lines.h"
#include "bench/results/result_rows.h"
#include "tests/fuzz/fuzz.h"

static void try_hits(Span bytes)
{
    Arena arena = {0};
    HitList list;
    bool read = hit_list_parse(bytes, 100, &arena, &list);
    PROMISE(!read || list.count <= 100);
    for (size_t i = 1; read && i < list.count; i++)
        PROMISE(list.hits[i - 1].score >= list.hits[i].score);
    arena_release(&arena);
}

/* Written and read again, it is written alike. */
static void try_again(const Results *results)
{
    Results again;
    Buf once = {0}, twice = {0};
    Error error;
    results_put_lines(results, &once);
    Status status = results_parse(buf_span(&once), "fuzz", &again, &error);
    PROMISE(status == OK);
    results_put_lines(&again, &twice);
    PROMISE(span_equal(buf_span(&once), buf_span(&twice)));
    results_release(&again);
    buf_release(&once);
    buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Results results;
    Error error;
    Span bytes = span_of(data, size);
    try_hits(bytes);
    Status status = results_parse(bytes, "fuzz", &results, &error);
    PROMISE(status == OK || error.message[0]);
    if (status == OK && results.queries.count < 100) {
        status = results_compute_rows(&results, &error);
        PROMISE(status == OK);
        if (results.engines.count > 1) {
            ChangeList changes = {0};
            ChangePair pair = {&results, &results, 0, 1, NULL, NULL};
            PROMISE(changes_compute(pair, &changes, &error) == OK);
            changes_release(&changes);
        }
        try_again(&results);
    }
    results_release(&results);
    return 0;
}
