/* edited_answers.c - checks and searches an edited index. */
#include "tests/fuzz/edited_answers.h"

#include "common/base/bytes.h"
#include "common/segment/check/segment_check.h"
#include "common/segment/index.h"
#include "searcher/output/hit_writer.h"
#include "searcher/query/query_parser.h"
#include "tests/fuzz/base_index.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

enum { MOST_HITS = 1000, SHOWN_HITS = 4 };

/* $N is word N of the base: 0 to about 60 are bitmaps, up to 250 blocks. */
static const char *const QUERIES[ANSWERED_QUERIES] = {"$0",
                                                      "$3 $40",
                                                      "$0 $1 $2 $7 $20",
                                                      "$5 $90 $200",
                                                      "$12 $13",
                                                      "+$0 +$1",
                                                      "+$2 +$30",
                                                      "+$1 +$4 $9",
                                                      "+$60 +$3 -$0",
                                                      "\"$0 $1\"",
                                                      "\"$1 $0\"~3",
                                                      "+\"$0 $2\"~4 $1",
                                                      "title:$0",
                                                      "title:$1 text:$2",
                                                      "\"$3 $3\"",
                                                      "b*",
                                                      "b*n $4",
                                                      "$7~1",
                                                      "$300 $350",
                                                      "$25 $399",
                                                      "$8^3 $2^0.5",
                                                      "($1 $2) -$0",
                                                      "+($4 $5) +$0",
                                                      "$0 $0 $150",
                                                      "$45",
                                                      "$1 AND ($2 OR $80)",
                                                      "$110 \"$0 $0\"~2",
                                                      "title:\"$0 $1\" $15"};

typedef struct Asker {
    Index *index;
    SearchContext *context;
    QueryParser *parser;
    HitWriter *writer;
    IdFilter *filter;
    Arena arena;
    Buf out;
    Hit hits[MOST_HITS]; /* of the pruned search */
    uint32_t hit_count;
    uint64_t total;
    Buf *difference;
} Asker;

/* Replaces $N in a query by words. */
static void put_query(const char *form, Buf *out)
{
    char word[8];
    for (const char *at = form; *at;) {
        if (*at != '$') {
            buf_put_byte(out, (uint8_t)*at++);
            continue;
        }
        char *end;
        base_index_word((uint32_t)strtoul(at + 1, &end, 10), word);
        buf_put_text(out, word);
        at = end;
    }
}

static void compare(Asker *asker, const char *form,
                    const SearchOptions *options, const SearchResult *result)
{
    bool same = asker->hit_count == result->hit_count &&
                (!options->count || asker->total == result->total);
    for (uint32_t i = 0; same && i < result->hit_count; i++) {
        same = asker->hits[i].document == result->hits[i].document &&
               !memcmp(&asker->hits[i].score, &result->hits[i].score,
                       sizeof(float));
    }
    if (same) return;
    buf_printf(asker->difference, "query %s, k %u%s\n", form, options->k,
               options->filter ? ", filtered" : "");
}

static void keep(Asker *asker, const SearchResult *result)
{
    asker->hit_count = result->hit_count;
    asker->total = result->total;
    if (result->hit_count) {
        memcpy(asker->hits, result->hits, result->hit_count * sizeof(Hit));
    }
}

/* Titles, snippets and explanations of the best hits of the last search. */
static void show(Asker *asker, const Query *query, const SearchOptions *options,
                 const SearchResult *result)
{
    Error error;
    bool matched;
    uint64_t document = result->hit_count ? result->hits[0].document : 0;
    SearchResult best = *result;
    if (best.hit_count > SHOWN_HITS) best.hit_count = SHOWN_HITS;
    buf_clear(&asker->out);
    Status status = hit_writer_put(asker->writer, asker->context, &best,
                                   span_text("1"), &asker->out, &error);
    PROMISE(status == OK || error.message[0]);
    status = search_explain(asker->context, query, options, document,
                            &asker->out, &matched, &error);
    PROMISE(status == OK || error.message[0]);
}

static void ask(Asker *asker, const char *form, const SearchOptions *pruned)
{
    Error error;
    Query query;
    SearchResult result;
    ParseOptions parse = {0};
    SearchOptions exhaustive = *pruned;
    exhaustive.exhaustive = true;
    Buf text = {0};
    put_query(form, &text);
    arena_reset(&asker->arena);
    PROMISE(query_parse(asker->parser, buf_span(&text), &parse, &asker->arena,
                        &query, &error) == OK);
    Status status = search_run(asker->context, &query, pruned, &result, &error);
    PROMISE(status == OK || error.message[0]);
    bool answered = status == OK;
    if (answered) keep(asker, &result);
    status = search_run(asker->context, &query, &exhaustive, &result, &error);
    PROMISE(status == OK || error.message[0]);
    if (answered != (status == OK)) {
        buf_printf(asker->difference, "query %s: %s\n", form, error.message);
    } else if (answered) {
        PROMISE(result.hit_count <= pruned->k);
        compare(asker, form, pruned, &result);
        show(asker, &query, pruned, &result);
    }
    buf_release(&text);
}

/* Several depths; some with counts, some with a filter. */
static void ask_all(Asker *asker)
{
    static const uint32_t DEPTHS[] = {10, 1, 10, 100, MOST_HITS};
    for (uint32_t i = 0; i < ANSWERED_QUERIES; i++) {
        SearchOptions options = {
            .k = DEPTHS[i % (sizeof DEPTHS / sizeof *DEPTHS)],
            .count = i % 3 == 0,
            .k1 = NAN,
            .b = NAN,
            .max_expansions = DEFAULT_MAX_EXPANSIONS};
        if (i % 4 == 1) options.filter = asker->filter;
        ask(asker, QUERIES[i], &options);
    }
}

void index_answer(const char *folder, bool is_good, Buf *difference)
{
    static const HitStyle STYLE = {
        .form = FORM_JSON, .snippets = 2, .tag = "", .max_record = 1 << 20};
    static const char *const GLOBS[] = {"part-1/", "!*9"};
    static Asker asker;
    Error error;
    Status status = index_open(folder, &asker.index, &error);
    PROMISE(status == OK || error.message[0]);
    if (status != OK) return;
    Index *index = asker.index;
    asker.difference = difference;
    PROMISE(search_context_new(index, &asker.context, &error) == OK);
    PROMISE(query_parser_new(index->analyzer, &asker.parser, &error) == OK);
    PROMISE(hit_writer_new(index, &STYLE, &asker.writer, &error) == OK);
    status = id_filter_new(index, GLOBS, 2, &asker.filter, &error);
    PROMISE(status == OK || error.message[0]);
    if (status != OK) asker.filter = NULL;
    ask_all(&asker);
    if (!is_good) buf_clear(difference);
    id_filter_free(asker.filter);
    hit_writer_free(asker.writer);
    query_parser_free(asker.parser);
    search_context_free(asker.context);
    arena_release(&asker.arena);
    buf_release(&asker.out);
    index_close(index);
}

static bool has_parameters(const Index *index, const Segment *segment)
{
    const Manifest *manifest = &index->manifest;
    return !memcmp(&segment->k1, &manifest->k1, sizeof manifest->k1) &&
           !memcmp(&segment->b, &manifest->b, sizeof manifest->b);
}

static void check_segments(Index *index, CheckReport *report)
{
    Error error;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        if (!has_parameters(index, index->segments[i])) {
            (void)fail(&error, ERR_CORRUPT, "other k1 or b");
            check_report_add(report, &error);
        }
        Status status = segment_check(index->segments[i], report, &error);
        PROMISE(status == OK || status == ERR_NO_MEMORY);
    }
    if (!report->problem_count)
        PROMISE(check_removals(index, report, &error) == OK);
    PROMISE(check_ids_differ(index, report, &error) == OK);
}

bool index_is_good(const char *folder, Buf *problems)
{
    Error error;
    Index *index;
    CheckReport report = {.max_document = 1 << 20};
    Status status = index_open(folder, &index, &error);
    PROMISE(status == OK || error.message[0]);
    if (status != OK) {
        buf_printf(problems, "%s\n", error.message);
        return false;
    }
    check_segments(index, &report);
    PROMISE(!report.problem_count == !report.problems.size);
    buf_put_span(problems, buf_span(&report.problems));
    bool is_good = report.problem_count == 0;
    check_report_release(&report);
    index_close(index);
    return is_good;
}
