/* query_parser_fuzz.c - any bytes are a query and give a well-formed tree.
 *
 * The first byte chooses analyzer and options.
 */
#include "searcher/query/query_parser.h"
#include "tests/fuzz/fuzz.h"

enum { ANALYZERS = 3 };

static QueryParser *parser_of(size_t choice)
{
    static const char *const NAMES[ANALYZERS] = {"default", "english",
                                                 "whitespace"};
    static QueryParser *parsers[ANALYZERS];
    AnalyzerOptions options = {.name = NAMES[choice]};
    Analyzer *analyzer;
    Error error;
    if (!parsers[choice]) {
        PROMISE(analyzer_new(&options, &analyzer, &error) == OK);
        PROMISE(query_parser_new(analyzer, &parsers[choice], &error) == OK);
    }
    return parsers[choice];
}

static void check_phrase(const QueryNode *node)
{
    PROMISE(node->word_count >= 2);
    PROMISE(node->words[0].position == 0);
    for (size_t i = 0; i < node->word_count; i++) {
        PROMISE(node->words[i].term.size > 0);
        PROMISE(i == 0 ||
                node->words[i].position > node->words[i - 1].position);
    }
}

static void check_node(const QueryNode *node)
{
    switch (node->kind) {
    case QUERY_NOTHING: return;
    case QUERY_TERM:
    case QUERY_EXPANSION: PROMISE(node->term.size > 0); break;
    case QUERY_PHRASE: check_phrase(node); break;
    case QUERY_BOOLEAN: {
        size_t positive = 0;
        for (size_t i = 0; i < node->clause_count; i++) {
            PROMISE(node->clauses[i].node->kind != QUERY_NOTHING);
            positive += node->clauses[i].occur != OCCUR_NOT;
            check_node(node->clauses[i].node);
        }
        PROMISE(positive > 0);
        PROMISE(node->boost >= 1 && node->boost <= 1);
        break;
    }
    }
    PROMISE(node->boost > 0 && node->boost < 1e20f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena arena;
    if (!size) return 0;
    QueryParser *parser = parser_of(data[0] % ANALYZERS);
    ParseOptions options = {.plain = data[0] & 16,
                            .require_all = data[0] & 32,
                            .min_match = data[0] / 64};
    Query query;
    Error error;
    Buf shown = {0};
    arena_reset(&arena);
    PROMISE(query_parse(parser, span_of(data + 1, size - 1), &options, &arena,
                        &query, &error) == OK);
    check_node(query.root);
    query_format(&query, &shown);
    PROMISE(shown.status == OK);
    buf_release(&shown);
    return 0;
}
