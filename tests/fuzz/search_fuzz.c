/* search_fuzz.c - searching an index with invalid content gives an error or a
 * result, never a crash.
 *
 * The input is described in patched_index.h. Queries of every kind are planned,
 * executed by the fast executors and exhaustively, and their hits printed in
 * two forms, with titles and snippets from stored text.
 */
#include "common/segment/documents/documents.h"
#include "common/segment/index.h"
#include "searcher/output/hit_writer.h"
#include "searcher/query/query_parser.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/patched_index.h"

#include <math.h>

static const char *const QUERIES[] = {
    "baba debaba giba unique", "+baba +debaba",
    "\"baba giba\"~2",         "gi*",
    "title:baba -sagi",        "often unique",
    "debaba~2 b*ba",           "+\"baba giba\" giba"};

enum { QUERY_COUNT = sizeof QUERIES / sizeof *QUERIES };

typedef struct Asker {
    Index *index;
    SearchContext *context;
    QueryParser *parser;
    HitWriter *json, *run;
    Arena arena;
    Buf out;
} Asker;

static const HitStyle JSON = {.form = FORM_JSON, .tag = ""};
static const HitStyle RUN = {.form = FORM_RUN, .docno_ties = true, .tag = "x"};

static void ask(Asker *asker, const char *text, bool exhaustive)
{
    Error error;
    Query query;
    SearchResult result;
    ParseOptions parse = {0};
    SearchOptions options = {.k = 10,
                             .count = true,
                             .exhaustive = exhaustive,
                             .k1 = NAN,
                             .b = NAN,
                             .max_expansions = DEFAULT_MAX_EXPANSIONS};
    arena_reset(&asker->arena);
    buf_clear(&asker->out);
    PROMISE(query_parse(asker->parser, span_text(text), &parse, &asker->arena,
                        &query, &error) == OK);
    Status status = search_run(asker->context, &query, &options, &result,
                               &error);
    HitWriter *writer = exhaustive ? asker->run : asker->json;
    if (status == OK) {
        PROMISE(result.hit_count <= options.k);
        status = hit_writer_put(writer, asker->context, &result, span_text("1"),
                                &asker->out, &error);
    }
    PROMISE(status == OK || error.message[0]);
}

static void ask_all(Index *index)
{
    Asker asker = {.index = index};
    Error error;
    PROMISE(search_context_new(index, &asker.context, &error) == OK);
    PROMISE(query_parser_new(index->analyzer, &asker.parser, &error) == OK);
    PROMISE(hit_writer_new(index, &JSON, &asker.json, &error) == OK);
    PROMISE(hit_writer_new(index, &RUN, &asker.run, &error) == OK);
    for (int i = 0; i < 2 * QUERY_COUNT; i++) {
        ask(&asker, QUERIES[i / 2], i % 2);
    }
    hit_writer_free(asker.json);
    hit_writer_free(asker.run);
    query_parser_free(asker.parser);
    search_context_free(asker.context);
    arena_release(&asker.arena);
    buf_release(&asker.out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error error;
    Index *index;
    Status status = index_open(patched_index(data, size), &index, &error);
    PROMISE(status == OK || error.message[0]);
    if (status == OK) ask_all(index);
    index_close(index);
    return 0;
}
