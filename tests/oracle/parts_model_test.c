/* parts_model_test.c - documents made of compounds are found as documented.
 *
 * The oracle shares the analyzer with the engine; here nothing is shared.
 * Documents are made of units of known parts (bado, bado.kile, bado-kile,
 * badoKile), and a model made from those parts, not from their text, says which
 * terms are at which position, so which documents a query finds and how long
 * they are.
 */
#include "common/segment/bm25.h"
#include "common/segment/check/segment_check.h"
#include "indexer/build/build.h"
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"
#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

#include <stdio.h>

enum {
    DOCUMENTS = 60,
    MAX_UNITS = 6,
    MAX_PARTS = 4,
    MAX_POSITIONS = MAX_UNITS * MAX_PARTS + 1,
    MAX_TERMS = 8, /* at a position */
    TERM_BYTES = 40,
    QUERIES = 300
};

static const char *const WORDS[] = {"bado", "kile", "moni", "gera", "rosi",
                                    "teba", "lodi", "nago", "sate", "bidoke"};

enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

typedef enum UnitKind { PLAIN, DOTTED, HYPHENED, HUMPS, UNIT_KINDS } UnitKind;

/* Words of the vocabulary, connected. */
typedef struct Unit {
    UnitKind kind;
    const char *joint;
    int parts[MAX_PARTS];
    int count;
} Unit;

typedef struct Position {
    char terms[MAX_TERMS][TERM_BYTES];
    int count;
} Position;

typedef struct ModelDocument {
    Unit units[MAX_UNITS];
    int unit_count;
    Position positions[MAX_POSITIONS];
    uint32_t length;
} ModelDocument;

static ModelDocument documents[DOCUMENTS];

static Unit random_unit(Random *random)
{
    static const char *const separators[] = {".", "_", "::", "/", "->", ":"};
    static const char *const joints[] = {"-", "'", "\xe2\x80\x99", "-"};
    Unit unit = {.kind = (UnitKind)random_below(random, UNIT_KINDS),
                 .joint = "",
                 .count = (int)random_between(random, 2, MAX_PARTS)};
    if (unit.kind == PLAIN) unit.count = 1;
    if (unit.kind == DOTTED) unit.joint = separators[random_below(random, 6)];
    if (unit.kind == HYPHENED) unit.joint = joints[random_below(random, 4)];
    for (int i = 0; i < unit.count; i++)
        unit.parts[i] = (int)random_below(random, WORD_COUNT);
    return unit;
}

/* --- the model --- */

static void put_term(Position *position, const Unit *unit, int first, int end)
{
    char *term = position->terms[position->count++];
    *term = '\0';
    for (int i = first; i < end; i++) strcat(term, WORDS[unit->parts[i]]);
}

static void model_unit(ModelDocument *document, const Unit *unit)
{
    Position *position = &document->positions[document->length];
    if (unit->kind == HUMPS) {
        put_term(position, unit, 0, unit->count);
        for (int i = 0; i < unit->count; i++)
            put_term(position, unit, i, i + 1);
        document->length++;
        return;
    }
    for (int i = 0; i < unit->count; i++, position++, document->length++) {
        int last = unit->kind == HYPHENED ? unit->count : i + 1;
        for (int end = i + 1; end <= last; end++)
            put_term(position, unit, i, end);
    }
}

static bool position_has(const Position *position, const char *term,
                         bool is_prefix)
{
    size_t size = strlen(term);
    for (int i = 0; i < position->count; i++) {
        if (is_prefix ? !strncmp(position->terms[i], term, size)
                      : !strcmp(position->terms[i], term))
            return true;
    }
    return false;
}

/* Terms to be found at successive positions; of the last perhaps a prefix. */
typedef struct Wanted {
    Position phrase; /* a term for each position */
    bool ends_with_prefix;
} Wanted;

static bool model_matches(const ModelDocument *document, const Wanted *wanted)
{
    int count = wanted->phrase.count;
    for (uint32_t at = 0; at < document->length; at++) {
        int i = 0;
        while (i < count &&
               position_has(&document->positions[at + (uint32_t)i],
                            wanted->phrase.terms[i],
                            wanted->ends_with_prefix && i == count - 1))
            i++;
        if (i == count) return true;
    }
    return false;
}

/* --- texts and queries --- */

static void put_unit(Buf *out, const Unit *unit)
{
    for (int i = 0; i < unit->count; i++) {
        const char *word = WORDS[unit->parts[i]];
        if (i) buf_put_text(out, unit->joint);
        bool hump = unit->kind == HUMPS && i;
        buf_put_byte(out, (uint8_t)(hump ? word[0] - 'a' + 'A' : word[0]));
        buf_put_text(out, word + 1);
    }
}

/* What a unit asks for outside of quotes, or in them. */
static void want_unit(Wanted *wanted, const Unit *unit, bool is_quoted)
{
    bool is_one = unit->kind == HUMPS || (unit->kind == HYPHENED && !is_quoted);
    if (is_one) put_term(&wanted->phrase, unit, 0, unit->count);
    for (int i = 0; !is_one && i < unit->count; i++)
        put_term(&wanted->phrase, unit, i, i + 1);
}

static const Unit *some_unit(Random *random)
{
    const ModelDocument *document = &documents[random_below(random, DOCUMENTS)];
    return &document->units[random_below(random, (size_t)document->unit_count)];
}

/* A unit as it was written, or one of its parts, or the beginning of it, or
 * two units in quotes. */
static void draw_query(Random *random, Buf *text, Wanted *wanted)
{
    const Unit *unit = some_unit(random);
    Unit lone = {.kind = PLAIN, .joint = "", .count = 1};
    lone.parts[0] = unit->parts[random_below(random, (size_t)unit->count)];
    buf_clear(text);
    *wanted = (Wanted){0};
    switch (random_below(random, 4)) {
    case 0: unit = &lone; break;
    case 1: {
        buf_put_byte(text, '"');
        put_unit(text, unit);
        want_unit(wanted, unit, true);
        unit = random_chance(random, 0.5) ? &lone : some_unit(random);
        if (wanted->phrase.count + unit->count > MAX_TERMS) unit = &lone;
        buf_put_byte(text, ' ');
        put_unit(text, unit);
        want_unit(wanted, unit, true);
        buf_put_byte(text, '"');
        return;
    }
    case 2: {
        put_unit(text, unit);
        want_unit(wanted, unit,
                  strstr("'\xe2\x80\x99", unit->joint) &&
                      unit->kind == HYPHENED);
        size_t cut = random_below(random, 3);
        char *last = wanted->phrase.terms[wanted->phrase.count - 1];
        last[strlen(last) - cut] = '\0';
        text->size -= cut;
        buf_put_byte(text, '*');
        wanted->ends_with_prefix = true;
        return;
    }
    }
    put_unit(text, unit);
    want_unit(wanted, unit, false);
}

/* --- the engine --- */

static void draw_documents(Random *random, Buf *lines)
{
    for (int d = 0; d < DOCUMENTS; d++) {
        ModelDocument *document = &documents[d];
        *document = (ModelDocument){
            .unit_count = (int)random_between(random, 1, MAX_UNITS)};
        buf_printf(lines, "{\"id\":\"%d\",\"text\":\"", d);
        for (int i = 0; i < document->unit_count; i++) {
            document->units[i] = random_unit(random);
            model_unit(document, &document->units[i]);
            put_unit(lines, &document->units[i]);
            buf_put_text(lines, random_chance(random, 0.2) ? ", " : " ");
        }
        buf_put_text(lines, "\"}\n");
    }
}

static Index *build_index(const Scratch *scratch, Span lines)
{
    Error error;
    Index *index;
    BuildReport report;
    BuildOptions options = build_defaults();
    const char *inputs[] = {scratch_write(scratch, "in.jsonl", lines)};
    options.output = scratch_path(scratch, "ix");
    options.inputs = inputs;
    options.input_count = 1;
    options.threads = 1;
    options.has_stored = false;
    Status status = index_build(&options, &report, &error);
    if (status == OK) status = index_open(options.output, &index, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    return index;
}

static void check_lengths(Index *index)
{
    uint64_t sum = 0;
    Segment *segment = index->segments[0];
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        sum += documents[d].length;
        ck_assert_msg(segment->sections[SECTION_NORMS].data[d] ==
                          norm_encode(documents[d].length),
                      "document %u has not %u tokens", d, documents[d].length);
    }
    ck_assert_uint_eq(index->manifest.token_count, sum);
    ck_assert_uint_eq(index->manifest.nonempty_count, DOCUMENTS);
}

static void check_segment(Index *index)
{
    Error error;
    CheckReport report = {0};
    ck_assert_int_eq(segment_check(index->segments[0], &report, &error), OK);
    ck_assert_msg(report.problem_count == 0, "%s", buf_text(&report.problems));
    check_report_release(&report);
}

static bool found_by(const SearchResult *result, uint64_t document)
{
    for (size_t i = 0; i < result->hit_count; i++)
        if (result->hits[i].document == document) return true;
    return false;
}

static void check_query(QueryParser *parser, SearchContext *context,
                        const Wanted *wanted, Span text)
{
    Error error;
    Arena arena = {0};
    Query query;
    SearchResult result;
    SearchOptions options = {.k = DOCUMENTS,
                             .k1 = NAN,
                             .b = NAN,
                             .max_expansions = DEFAULT_MAX_EXPANSIONS};
    Status status = query_parse(parser, text, &(ParseOptions){0}, &arena,
                                &query, &error);
    if (status == OK)
        status = search_run(context, &query, &options, &result, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        bool wrong = found_by(&result, d) !=
                     model_matches(&documents[d], wanted);
        ck_assert_msg(!wrong, "%.*s: document %u", (int)text.size,
                      (const char *)text.data, d);
    }
    arena_release(&arena);
}

static void run_round(uint64_t seed)
{
    Random random = {seed};
    Error error;
    Buf text = {0};
    QueryParser *parser;
    SearchContext *context;
    Scratch scratch = scratch_new();
    draw_documents(&random, &text);
    Index *index = build_index(&scratch, buf_span(&text));
    check_lengths(index);
    check_segment(index);
    ck_assert_int_eq(query_parser_new(index->analyzer, &parser, &error), OK);
    ck_assert_int_eq(search_context_new(index, &context, &error), OK);
    for (int i = 0; i < QUERIES; i++) {
        Wanted wanted;
        draw_query(&random, &text, &wanted);
        check_query(parser, context, &wanted, buf_span(&text));
    }
    query_parser_free(parser);
    search_context_free(context);
    index_close(index);
    scratch_remove(&scratch);
    buf_release(&text);
}

START_TEST(compounds_are_found_by_part_whole_phrase_and_prefix)
{
    for (uint64_t seed = 1; seed <= 20; seed++) run_round(seed);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parts_model");
    TCase *tests = tcase_create("parts_model");
    tcase_add_test(tests, compounds_are_found_by_part_whole_phrase_and_prefix);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
