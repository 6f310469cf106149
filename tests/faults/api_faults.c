/* api_faults.c - every allocation and every call to the system that libquern
 * makes fails in turn.
 *
 *   faults_api INDEX
 *
 * Each step is one use of the API. It is repeated with its n-th call failing,
 * for n from 1 until none is left, alone and with all later ones. Each time it
 * must give a status with a message, or the answer that it gives without a
 * failure; and repeated at once on the same objects, the answer. A leak is
 * found by the address sanitizer. A query that was searched before must not
 * call at all.
 */
#include "tests/support/fault.h"

#include <quern/quern.h>

#include <stdio.h>

enum { MAX_POINTS = 20000 };

/* What the steps work on, and the answer of the last one. */
typedef struct World {
    const char *folder;
    quern_index *index;
    quern_context *context;
    quern_query *query;
    uint64_t hash;
    quern_error error;
} World;

/* --- answers as numbers --- */

static void add(World *world, const void *bytes, size_t size)
{
    const unsigned char *at = (const unsigned char *)bytes;
    for (size_t i = 0; i < size; i++)
        world->hash = (world->hash ^ at[i]) * 0x100000001b3u;
}

static void add_string(World *world, quern_string string)
{
    add(world, string.data, string.size);
    add(world, &string.size, sizeof string.size);
}

static void add_result(World *world, const quern_search_result *result)
{
    for (size_t i = 0; i < result->hit_count; i++) {
        add(world, &result->hits[i].document, sizeof(uint64_t));
        add(world, &result->hits[i].score, sizeof(float));
    }
    add(world, &result->total, sizeof result->total);
    for (size_t i = 0; i < result->note_count; i++)
        add_string(world, result->notes[i].text);
}

/* --- steps --- */

static const char QUERY[] =
    "\"baba giba\"~9 +title:baba -sagi gi* deb~1 b*ba (often OR x)^2 \xff";

/* Opens everything, and closes it. */
static quern_status use_index(World *world)
{
    quern_index *index = NULL;
    quern_context *context = NULL;
    quern_query *query = NULL;
    quern_status status = quern_index_open(quern_text(world->folder), &index,
                                           &world->error);
    if (status == QUERN_OK)
        status = quern_context_new(index, &context, &world->error);
    if (status == QUERN_OK) status = quern_query_new(&query, &world->error);
    if (status == QUERN_OK)
        add_string(world, quern_index_get_info(index)->created);
    quern_query_free(query);
    quern_context_free(context);
    quern_index_close(index);
    return status;
}

static quern_status parse(World *world)
{
    quern_string line;
    quern_status status = quern_query_parse(
        world->query, world->context, quern_text(QUERY), NULL, &world->error);
    if (status == QUERN_OK)
        status = quern_query_format(world->query, &line, &world->error);
    if (status == QUERN_OK) add_string(world, line);
    return status;
}

static quern_status construct(World *world)
{
    quern_query *query = world->query;
    quern_string line, words[] = {quern_text("baba"), quern_text("giba")};
    quern_query_clear(query);
    quern_node *root = quern_node_group(query);
    for (int i = 0; i < 20; i++)
        quern_node_add(root, QUERN_SHOULD,
                       quern_node_term(query, QUERN_FIELD_TEXT, words[i % 2]));
    quern_node_add(
        root, QUERN_MUST,
        quern_node_phrase(query, QUERN_FIELD_ANY, words, NULL, 2, 5));
    quern_node_add(root, QUERN_SHOULD,
                   quern_node_pattern(query, QUERN_FIELD_ANY, QUERN_PREFIX,
                                      quern_text("deb"), 0));
    quern_node_add(root, QUERN_SHOULD,
                   quern_node_text(query, world->context, QUERN_FIELD_TITLE,
                                   quern_text("Baba"), 0));
    quern_node_add(root, QUERN_SHOULD,
                   quern_node_parse(query, world->context,
                                    quern_text("often OR -sagi"), NULL));
    quern_status status = quern_query_build(query, root, 0, &world->error);
    if (status == QUERN_OK)
        status = quern_query_format(query, &line, &world->error);
    if (status == QUERN_OK) add_string(world, line);
    return status;
}

static quern_status search(World *world)
{
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    const quern_search_result *result;
    options.count = true;
    options.max_expansions = 2;
    quern_status status = parse(world);
    if (status == QUERN_OK)
        status = quern_search(world->context, world->query, &options, &result,
                              &world->error);
    if (status == QUERN_OK) add_result(world, result);
    return status;
}

static quern_status search_filtered(World *world)
{
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    const quern_search_result *result;
    quern_filter *filter;
    quern_string globs[] = {quern_text("*7"), quern_text("!doc-1*")};
    quern_status status = quern_filter_new(world->index, globs, 2, &filter,
                                           &world->error);
    options.filter = filter;
    if (status == QUERN_OK) status = parse(world);
    if (status == QUERN_OK)
        status = quern_search(world->context, world->query, &options, &result,
                              &world->error);
    if (status == QUERN_OK) add_result(world, result);
    quern_filter_free(filter);
    return status;
}

/* The ids, texts and snippets of the hits. */
static quern_status show(World *world)
{
    size_t count = 0;
    const quern_string *ids;
    const quern_search_result *result = NULL;
    quern_status status = parse(world);
    if (status == QUERN_OK)
        status = quern_search(world->context, world->query, NULL, &result,
                              &world->error);
    if (status == QUERN_OK)
        status = quern_hit_ids(world->context, &ids, &count, &world->error);
    for (size_t i = 0; status == QUERN_OK && i < count; i++) {
        const quern_stored *stored;
        const quern_snippet *snippet;
        uint64_t document = result->hits[i].document;
        quern_string id;
        add_string(world, ids[i]);
        status = quern_document_id(world->context, document, &id,
                                   &world->error);
        if (status == QUERN_OK)
            status = quern_stored_read(world->context, document, &stored,
                                       &world->error);
        if (status == QUERN_OK) add_string(world, stored->text);
        if (status == QUERN_OK)
            status = quern_snippet_document(world->context, document, NULL,
                                            &snippet, &world->error);
        if (status == QUERN_OK) add_string(world, snippet->text);
    }
    return status;
}

/* A snippet right after a search, which may have failed: then it marks nothing,
 * and never what an earlier search left. */
static quern_status snippet_after(World *world)
{
    const quern_search_result *result;
    const quern_snippet *snippet;
    quern_error error;
    quern_status status = parse(world);
    bool parsed = status == QUERN_OK;
    if (parsed)
        status = quern_search(world->context, world->query, NULL, &result,
                              &world->error);
    quern_status shown = quern_snippet_text(
        world->context, quern_text("baba giba"), NULL, &snippet, &error);
    if (status == QUERN_OK && shown != QUERN_OK) {
        world->error = error;
        status = shown;
    } else if (status != QUERN_OK && parsed && shown == QUERN_OK &&
               snippet->mark_count) {
        snprintf(world->error.message, sizeof world->error.message,
                 "a failed search is highlighted");
        status = QUERN_OK; /* with another hash: a wrong answer */
    } else if (status == QUERN_OK) {
        add(world, &snippet->mark_count, sizeof snippet->mark_count);
    }
    return status;
}

static quern_status explain(World *world)
{
    bool matched = false;
    quern_string text;
    quern_status status = parse(world);
    if (status == QUERN_OK)
        status = quern_describe_plan(world->context, world->query, NULL, &text,
                                     &world->error);
    if (status == QUERN_OK) {
        add_string(world, text);
        status = quern_explain(world->context, world->query, NULL, 7, &text,
                               &matched, &world->error);
    }
    if (status == QUERN_OK) add_string(world, text);
    return status;
}

static quern_status list_terms(World *world)
{
    quern_terms *terms = NULL;
    const quern_term *term = NULL;
    quern_status status = quern_terms_open(world->index, quern_text("b"),
                                           &terms, &world->error);
    while (status == QUERN_OK) {
        status = quern_terms_next(terms, &term, &world->error);
        if (status != QUERN_OK || !term) break;
        add_string(world, term->text);
    }
    quern_terms_close(terms);
    return status;
}

static quern_status analyze(World *world)
{
    quern_analyzer_options options = QUERN_ANALYZER_OPTIONS_INIT;
    quern_analyzer *analyzer = NULL;
    quern_tokens *tokens = NULL;
    const quern_token *batch;
    size_t count = 1;
    options.stem = quern_text("german");
    options.has_stop_words = true;
    options.stop_words = quern_text("der die das");
    quern_status status = quern_analyzer_new(&options, &analyzer,
                                             &world->error);
    if (status == QUERN_OK)
        status = quern_tokens_new(analyzer, &tokens, &world->error);
    if (status == QUERN_OK)
        status = quern_tokens_start(tokens,
                                    quern_text("Die lauten H\u00e4user"),
                                    QUERN_SIDE_DOCUMENT, &world->error);
    while (status == QUERN_OK && count) {
        status = quern_tokens_next(tokens, &batch, &count, &world->error);
        for (size_t i = 0; status == QUERN_OK && i < count; i++)
            add_string(world, batch[i].term);
    }
    quern_tokens_free(tokens);
    quern_analyzer_free(analyzer);
    return status;
}

/* The first failure of an answer is that of the batch. */
typedef struct Answers {
    World *world;
    quern_status status;
} Answers;

static bool take_answer(void *self, const quern_answer *answer)
{
    Answers *answers = (Answers *)self;
    if (answer->status == QUERN_OK) {
        add_result(answers->world, answer->result);
    } else if (answers->status == QUERN_OK) {
        answers->status = answer->status;
        answers->world->error = *answer->error;
    }
    return true;
}

static quern_status run_batch(World *world)
{
    Answers answers = {world, QUERN_OK};
    quern_batch_options options = QUERN_BATCH_OPTIONS_INIT;
    quern_batch_query queries[12];
    static const char *const texts[] = {QUERY, "baba giba", "+sagi often"};
    for (size_t i = 0; i < 12; i++)
        queries[i] = (quern_batch_query){NULL, quern_text(texts[i % 3])};
    options.threads = 2;
    quern_status status = quern_search_batch(world->index, queries, 12,
                                             &options, take_answer, &answers,
                                             &world->error);
    return status == QUERN_OK ? answers.status : status;
}

/* With a context that has made nothing yet. */
static quern_status use_new_context(World *world)
{
    quern_context *kept = world->context;
    quern_status status = quern_context_new(world->index, &world->context,
                                            &world->error);
    if (status == QUERN_OK) status = show(world);
    if (status == QUERN_OK) status = explain(world);
    quern_context_free(world->context);
    world->context = kept;
    return status;
}

typedef struct Step {
    const char *name;
    quern_status (*run)(World *world);
} Step;

static const Step STEPS[] = {{"opening an index", use_index},
                             {"parsing", parse},
                             {"constructing", construct},
                             {"searching", search},
                             {"filtering", search_filtered},
                             {"showing hits", show},
                             {"a snippet after", snippet_after},
                             {"explaining", explain},
                             {"listing terms", list_terms},
                             {"analyzing", analyze},
                             {"a batch", run_batch},
                             {"a new context", use_new_context}};

/* --- rounds --- */

typedef struct Tally {
    uint64_t points, failures, bad;
} Tally;

static quern_status run(const Step *step, World *world)
{
    world->hash = 0xcbf29ce484222325u;
    world->error.status = QUERN_OK;
    world->error.message[0] = 0;
    return step->run(world);
}

static void complain(const Step *step, FaultKind kind, uint64_t number,
                     const char *what, const World *world)
{
    fprintf(stderr, "%s, %s call %llu: %s: %s\n", step->name, FAULT_NAMES[kind],
            (unsigned long long)number, what, world->error.message);
}

/* One round; false if no call was left to fail. */
static bool try_point(const Step *step, World *world, FaultKind kind,
                      uint64_t number, bool lasting, uint64_t expected,
                      Tally *tally)
{
    const char *wrong = NULL;
    fault_plan(kind, number, lasting);
    fault_start();
    quern_status status = run(step, world);
    fault_stop();
    bool met = fault_met();
    if (status == QUERN_OK && world->hash != expected) wrong = "a wrong answer";
    if (status != QUERN_OK && !met) wrong = "failed without a failure";
    if (status != QUERN_OK &&
        (world->error.status != status || !*world->error.message))
        wrong = "a status without an error";
    if (!wrong && (run(step, world) != QUERN_OK || world->hash != expected))
        wrong = "the next call fails";
    if (wrong) complain(step, kind, number, wrong, world);
    tally->points += met;
    tally->failures += status != QUERN_OK;
    tally->bad += wrong != NULL;
    return met;
}

static void try_step(const Step *step, World *world, Tally *tally)
{
    quern_status status = run(step, world);
    uint64_t expected = world->hash;
    if (status != QUERN_OK) {
        complain(step, FAULT_MEMORY, 0, "fails by itself", world);
        tally->bad++;
        return;
    }
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        for (int lasting = 0; lasting < 2; lasting++) {
            uint64_t number = 1;
            while (number < MAX_POINTS &&
                   try_point(step, world, (FaultKind)kind, number, lasting,
                             expected, tally))
                number++;
        }
    }
}

static quern_status search_words(World *world)
{
    const quern_search_result *result;
    quern_status status = quern_query_parse(
        world->query, world->context, quern_text("+baba (giba often)^2 -sagi"),
        NULL, &world->error);
    if (status == QUERN_OK)
        status = quern_search(world->context, world->query, NULL, &result,
                              &world->error);
    if (status == QUERN_OK) add_result(world, result);
    return status;
}

static void try_warm(World *world, Tally *tally)
{
    static const Step step = {"a warm query", search_words};
    run(&step, world);
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        fault_plan((FaultKind)kind, 0, false);
        fault_start();
        quern_status status = run(&step, world);
        fault_stop();
        if (status == QUERN_OK && !fault_calls()) continue;
        complain(&step, (FaultKind)kind, fault_calls(), "calls the system",
                 world);
        tally->bad++;
    }
}

int main(int argc, char **argv)
{
    Tally tally = {0, 0, 0};
    if (argc != 2) {
        fprintf(stderr, "usage: faults_api INDEX\n");
        return 2;
    }
    World world = {.folder = argv[1]};
    quern_status status = quern_index_open(quern_text(world.folder),
                                           &world.index, &world.error);
    if (status == QUERN_OK)
        status = quern_context_new(world.index, &world.context, &world.error);
    if (status == QUERN_OK)
        status = quern_query_new(&world.query, &world.error);
    for (size_t i = 0; status == QUERN_OK && i < sizeof STEPS / sizeof *STEPS;
         i++)
        try_step(&STEPS[i], &world, &tally);
    if (status == QUERN_OK) try_warm(&world, &tally);
    if (status != QUERN_OK) fprintf(stderr, "%s\n", world.error.message);
    quern_query_free(world.query);
    quern_context_free(world.context);
    quern_index_close(world.index);
    printf("api: %llu points, %llu of them failures, %llu wrong\n",
           (unsigned long long)tally.points, (unsigned long long)tally.failures,
           (unsigned long long)tally.bad);
    return status != QUERN_OK || tally.bad ? 1 : 0;
}
