/* model_compare.c - the index of a model and a build of its documents must say
 * the same. */
#include "tests/indexer/update/writer_model.h"

#include "common/segment/documents/documents.h"
#include "indexer/commands.h"
#include "tests/oracle/index_texts.h"
#include "tests/oracle/random_query.h"

#define PICK(random, array) \
    (array)[random_below(random, sizeof(array) / sizeof *(array))]

enum { QUERIES = 12, SUGGESTIONS = 4 };

static void build_documents(WriterModel *model)
{
    Error error;
    Build *build;
    BuildReport report;
    BuildOptions options = model->options;
    options.output = model->fresh;
    options.replace = true;
    model_check_status(model, build_new(&options, &build, &error), &error,
                       "building:");
    for (size_t i = 0; i < model->committed.count; i++) {
        MadeDocument made;
        model_make_document(model, model->committed.items[i], &made);
        model_check_status(model, build_add(build, &made.document, &error),
                           &error, "building:");
    }
    model_check_status(model, build_finish(build, &report, &error), &error,
                       "building:");
    build_free(build);
}

static Index *open_index(WriterModel *model, const char *folder)
{
    Index *index;
    Error error;
    model_check_status(model, index_open(folder, &index, &error), &error,
                       "opening an index:");
    return index;
}

/* Of the committed documents, of which there are some. */
static Index *open_built(WriterModel *model)
{
    if (model->built) return model->built;
    build_documents(model);
    model->built = open_index(model, model->fresh);
    return model->built;
}

/* As a reader that goes on, or as one that begins. */
static Index *reopen_index(WriterModel *model)
{
    Index *index = NULL;
    Error error;
    bool goes_on = model->index && random_chance(&model->random, 0.7);
    if (goes_on)
        model_check_status(model, index_refresh(model->index, &index, &error),
                           &error, "refreshing an index:");
    if (goes_on && !index) return model->index;
    index_close(model->index);
    model->index = index ? index : open_index(model, model->folder);
    return model->index;
}

/* What the index and what the build says. */
static void compare_texts(WriterModel *model, Buf texts[2], const char *what)
{
    if (!span_equal(buf_span(&texts[0]), buf_span(&texts[1]))) {
        Buf message = {0};
        buf_printf(&message, "%s\nfresh:\n%s\nof: %s", buf_text(&texts[0]),
                   buf_text(&texts[1]), what);
        model_fail(model, "another answer:", buf_text(&message));
    }
    buf_release(&texts[0]);
    buf_release(&texts[1]);
}

static void compare_words(WriterModel *model, Index *const at[2])
{
    Error error;
    Buf texts[2] = {{0}, {0}};
    const RandomCorpus *corpus = &model->corpus;
    for (int side = 0; side < 2; side++)
        model_check_status(model, put_words(at[side], &texts[side], &error),
                           &error, "terms:");
    for (int i = 0; i < SUGGESTIONS; i++) {
        Span word = corpus->vocabulary[random_below(&model->random,
                                                    corpus->word_count)];
        Span part = span_of(word.data,
                            1 + random_below(&model->random, word.size));
        for (int side = 0; side < 2; side++)
            model_check_status(
                model, put_suggestions(at[side], part, &texts[side], &error),
                &error, "suggestions:");
    }
    compare_texts(model, texts, "terms and suggestions");
}

static void compare_stored(WriterModel *model, StoredReader *reader,
                           uint32_t docid, const MadeDocument *made)
{
    Error error;
    StoredDocument stored;
    model_check_status(model, stored_reader_get(reader, docid, &stored, &error),
                       &error, "stored:");
    if (!span_equal(stored.title, made->document.title) ||
        !span_equal(stored.text, made->document.text) ||
        stored.field_count != 1 ||
        !span_equal(stored.fields[0].value, made->field.value))
        model_fail(model, "another text of", made->id);
}

static void compare_id(WriterModel *model, Segment *segment, uint32_t docid,
                       const MadeDocument *made)
{
    Error error;
    Buf id = {0};
    model_check_status(model, document_id(segment, docid, &id, &error), &error,
                       "ids:");
    if (!span_equal(buf_span(&id), made->document.id))
        model_fail(model, "another document than", made->id);
    buf_release(&id);
}

/* Compares the live documents of a segment with those of the list from number
 * `first` on; returns the number of the next one. */
static size_t compare_segment(WriterModel *model, const Index *index,
                              size_t number, size_t first)
{
    Error error;
    Segment *segment = index->segments[number];
    StoredReader *reader = NULL;
    if (model->options.has_stored)
        model_check_status(model, stored_reader_new(segment, &reader, &error),
                           &error, "stored:");
    for (uint32_t docid = 0; docid < segment->document_count; docid++) {
        MadeDocument made;
        if (!index_is_live(index, number, docid)) continue;
        if (first == model->committed.count)
            model_fail(model, "more documents", "than there should be");
        model_make_document(model, model->committed.items[first++], &made);
        compare_id(model, segment, docid, &made);
        if (reader) compare_stored(model, reader, docid, &made);
    }
    stored_reader_free(reader);
    return first;
}

static void compare_documents(WriterModel *model, const Index *index)
{
    size_t next = 0;
    for (size_t i = 0; i < index->manifest.segment_count; i++)
        next = compare_segment(model, index, i, next);
    model_check_number(model, "live documents:", next, model->committed.count);
}

static SearchOptions draw_search(Random *random)
{
    static const uint32_t depths[] = {1, 5, 10, 100, 1000};
    static const float k1s[] = {NAN, NAN, NAN, 0.0f, 0.5f, 1.2f, 2.0f};
    static const float bs[] = {NAN, NAN, NAN, 0.0f, 0.3f, 0.75f, 1.0f};
    return (SearchOptions){.k = PICK(random, depths),
                           .count = random_chance(random, 0.7),
                           .k1 = PICK(random, k1s),
                           .b = PICK(random, bs),
                           .exhaustive = random_chance(random, 0.1),
                           .max_expansions = random_chance(random, 0.7) ? 1024
                                                                        : 3};
}

/* Answers with a glob over the ids or without (NULL). */
static void answer(WriterModel *model, Index *index, const Query *query,
                   SearchOptions options, const char *glob, Buf *out)
{
    Error error;
    SearchContext *context;
    IdFilter *filter = NULL;
    if (glob)
        model_check_status(model,
                           id_filter_new(index, &glob, 1, &filter, &error),
                           &error, "a glob:");
    options.filter = filter;
    model_check_status(model, search_context_new(index, &context, &error),
                       &error, "searching:");
    model_check_status(model,
                       put_answer(context, index, query, &options, out, &error),
                       &error, "searching:");
    search_context_free(context);
    id_filter_free(filter);
}

static void compare_query(WriterModel *model, QueryParser *parser,
                          Index *const at[2])
{
    static const char *const globs[] = {NULL, NULL,  NULL, NULL,
                                        "*3", "d1*", "!*7"};
    Buf text = {0}, texts[2] = {{0}, {0}};
    Arena arena = {0};
    Error error;
    Query query;
    ParseOptions parse = {0};
    random_query(&model->random, &model->corpus, &text, &parse);
    SearchOptions options = draw_search(&model->random);
    const char *glob = PICK(&model->random, globs);
    model_check_status(
        model,
        query_parse(parser, buf_span(&text), &parse, &arena, &query, &error),
        &error, "parsing:");
    for (int side = 0; side < 2; side++)
        answer(model, at[side], &query, options, glob, &texts[side]);
    compare_texts(model, texts, buf_text(&text));
    arena_release(&arena);
    buf_release(&text);
}

static void compare_queries(WriterModel *model, Index *const at[2])
{
    Error error;
    QueryParser *parser;
    model_check_status(model,
                       query_parser_new(at[1]->analyzer, &parser, &error),
                       &error, "parsing:");
    for (int i = 0; i < QUERIES; i++) compare_query(model, parser, at);
    query_parser_free(parser);
}

static void check_index(WriterModel *model)
{
    Error error;
    CommandOptions options = {0};
    FILE *out = fopen("/dev/null", "w");
    Status status = command_check(model->folder, &options, out, &error);
    fclose(out);
    model_check_status(model, status, &error, "indexer check:");
}

void model_compare(WriterModel *model)
{
    if (!model->exists) return;
    Index *index = reopen_index(model);
    model_check_number(model, "documents:", index->manifest.document_count,
                       model->committed.count);
    check_index(model);
    compare_documents(model, index);
    if (!model->committed.count) return;
    Index *at[2] = {index, open_built(model)};
    compare_words(model, at);
    compare_queries(model, at);
}

void model_merge(WriterModel *model)
{
    if (!model->exists) return;
    Error error;
    WriterReport report;
    buf_put_text(&model->log, " merge;");
    model_check_status(model, writer_merge(model->writer, 1, &report, &error),
                       &error, "merging:");
    Index *index = reopen_index(model);
    model_check_number(model, "segments:", index->manifest.segment_count,
                       model->committed.count > 0);
    if (!model->committed.count) return;
    const char *expected = open_built(model)->manifest.segments[0].name;
    if (strcmp(index->manifest.segments[0].name, expected) != 0)
        model_fail(model, "another segment than a build's", expected);
}
