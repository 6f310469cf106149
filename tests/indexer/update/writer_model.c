/* writer_model.c - an index that is changed at random. */
#include "tests/indexer/update/writer_model.h"

#include "common/segment/dictionary/index_terms.h"
#include "common/segment/documents/documents.h"
#include "indexer/commands.h"
#include "searcher/search/search.h"
#include "tests/oracle/random_query.h"
#include "tests/support/check_main.h"

#define PICK(random, array) \
    (array)[random_below(random, sizeof(array) / sizeof *(array))]

enum { MAX_LOG_BYTES = 4000, QUERIES = 12, HITS = 1000 };

static const char *const fields[] = {"tag"};

/* Failures */

static void fail_model(WriterModel *model, const char *what, const char *more)
{
    Buf *log = &model->log;
    size_t from = log->size > MAX_LOG_BYTES ? log->size - MAX_LOG_BYTES : 0;
    ck_abort_msg("QUERN_SEED=%llu, step %llu: %s %s\n  %s, positions %d, "
                 "stored %d, pairs %u, threads %u\n  ...%.*s",
                 (unsigned long long)model->seed,
                 (unsigned long long)model->steps, what, more,
                 model->options.analyzer.name, model->options.has_positions,
                 model->options.has_stored, model->options.pairs_min_df,
                 model->options.threads, (int)(log->size - from),
                 log->data ? (const char *)log->data + from : "");
}

static void check_status(WriterModel *model, Status status, const Error *error,
                         const char *what)
{
    if (status != OK) fail_model(model, what, error->message);
}

static void check_number(WriterModel *model, const char *what, uint64_t got,
                         uint64_t expected)
{
    char text[64];
    if (got == expected) return;
    snprintf(text, sizeof text, "%llu, not %llu", (unsigned long long)got,
             (unsigned long long)expected);
    fail_model(model, what, text);
}

/* The list of documents */

static void list_put(ModelList *list, ModelDocument document)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : 64;
        list->items = realloc(list->items,
                              list->capacity * sizeof *list->items);
        ck_assert_ptr_nonnull(list->items);
    }
    list->items[list->count++] = document;
}

/* The place of a document; count: it is not there. */
static size_t list_find(const ModelList *list, uint32_t number)
{
    size_t i = 0;
    while (i < list->count && list->items[i].number != number) i++;
    return i;
}

static void list_remove(ModelList *list, size_t at)
{
    list->count--;
    memmove(list->items + at, list->items + at + 1,
            (list->count - at) * sizeof *list->items);
}

static void list_copy(ModelList *to, const ModelList *from)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++) list_put(to, from->items[i]);
}

/* The writer */

static BuildOptions draw_options(WriterModel *model)
{
    static const char *const analyzers[] = {"default", "default", "standard",
                                            "english", "whitespace"};
    static const uint32_t pairs[] = {PAIRS_AUTO, PAIRS_NONE, 1, 2, 5};
    static const float k1s[] = {0.9f, 1.2f, 0.0f};
    static const float bs[] = {0.4f, 0.75f, 1.0f};
    Random *random = &model->random;
    BuildOptions options = build_defaults();
    options.analyzer.name = PICK(random, analyzers);
    options.limits = (ListLimits){random_chance(random, 0.5) ? 2 : 16, 16, 5, 4,
                                  0};
    options.k1 = PICK(random, k1s);
    options.b = PICK(random, bs);
    options.pairs_min_df = PICK(random, pairs);
    options.threads = (uint32_t)random_between(random, 1, 2);
    options.memory = (uint64_t)random_between(random, 1, 32) << 20;
    options.has_positions = random_chance(random, 0.8);
    options.has_stored = random_chance(random, 0.6);
    if (options.has_stored) {
        options.corpus.store_fields = fields;
        options.corpus.store_field_count = 1;
    }
    return options;
}

static void open_writer(WriterModel *model)
{
    Error error;
    WriterOptions options = writer_defaults();
    options.build = model->options;
    options.build.output = model->folder;
    options.no_merge = model->no_merge;
    check_status(model, writer_open(&options, &model->writer, &error), &error,
                 "opening a writer:");
}

void model_init(WriterModel *model, uint64_t seed)
{
    *model = (WriterModel){.seed = seed, .random.state = seed};
    Random *random = &model->random;
    model->scratch = scratch_new();
    snprintf(model->folder, sizeof model->folder, "%s/ix", model->scratch.path);
    snprintf(model->fresh, sizeof model->fresh, "%s/fresh",
             model->scratch.path);
    model->corpus = random_corpus(random, &model->arena);
    ck_assert_ptr_nonnull(model->corpus.documents);
    static const uint32_t counts[] = {3, 20, 200, 1000};
    model->id_count = PICK(random, counts);
    model->options = draw_options(model);
    model->no_merge = random_chance(random, 0.3);
    open_writer(model);
}

void model_release(WriterModel *model)
{
    writer_close(model->writer);
    scratch_remove(&model->scratch);
    free(model->live.items);
    free(model->committed.items);
    buf_release(&model->log);
    arena_release(&model->arena);
}

/* A document of the model, as the writer takes it. */
typedef struct MadeDocument {
    char id[16], tag[16];
    DocumentField field;
    Document document;
} MadeDocument;

static void make_document(const WriterModel *model, ModelDocument from,
                          MadeDocument *out)
{
    const RandomDocument *source = &model->corpus.documents[from.text];
    snprintf(out->id, sizeof out->id, "d%u", from.number);
    snprintf(out->tag, sizeof out->tag, "%u", from.tag);
    out->field = (DocumentField){span_text("tag"), span_text(out->tag)};
    out->document = (Document){.id = span_text(out->id),
                               .title = source->title,
                               .text = source->text,
                               .fields = &out->field,
                               .field_count = model->options.has_stored};
}

static ModelDocument draw_document(WriterModel *model)
{
    Random *random = &model->random;
    return (ModelDocument){
        .number = (uint32_t)random_below(random, model->id_count),
        .text = (uint32_t)random_below(random, model->corpus.document_count),
        .tag = (uint32_t)random_below(random, 2)};
}

/* Whether title, text and stored field are the same bytes. */
static bool is_same(const WriterModel *model, ModelDocument a, ModelDocument b)
{
    const RandomDocument *first = &model->corpus.documents[a.text];
    const RandomDocument *second = &model->corpus.documents[b.text];
    return span_equal(first->title, second->title) &&
           span_equal(first->text, second->text) &&
           (a.tag == b.tag || !model->options.has_stored);
}

static void put(WriterModel *model, WriterMode mode, ModelDocument document)
{
    MadeDocument made;
    Error error;
    make_document(model, document, &made);
    buf_printf(&model->log, " %s d%u=%u,%u;",
               mode == WRITER_ADD ? "add" : "update", document.number,
               document.text, document.tag);
    check_status(model, writer_put(model->writer, mode, &made.document, &error),
                 &error, "adding a document:");
}

static void add_one(WriterModel *model)
{
    ModelDocument document = draw_document(model);
    if (list_find(&model->live, document.number) < model->live.count) return;
    put(model, WRITER_ADD, document);
    list_put(&model->live, document);
}

static void update_one(WriterModel *model)
{
    ModelDocument document = draw_document(model);
    ModelList *live = &model->live;
    size_t at = list_find(live, document.number);
    if (at < live->count && random_chance(&model->random, 0.4))
        document = live->items[at]; /* unchanged */
    put(model, WRITER_UPDATE, document);
    if (at < live->count && is_same(model, live->items[at], document)) return;
    if (at < live->count) list_remove(live, at);
    list_put(live, document);
}

static void remove_one(WriterModel *model)
{
    Error error;
    char id[16];
    bool found;
    ModelList *live = &model->live;
    ModelDocument document = draw_document(model);
    if (live->count && random_chance(&model->random, 0.8))
        document = live->items[random_below(&model->random, live->count)];
    size_t at = list_find(live, document.number);
    snprintf(id, sizeof id, "d%u", document.number);
    buf_printf(&model->log, " remove %s;", id);
    check_status(model,
                 writer_remove(model->writer, span_text(id), &found, &error),
                 &error, "removing a document:");
    check_number(model, "found to remove:", found, at < live->count);
    if (found) list_remove(live, at);
}

void model_commit(WriterModel *model)
{
    Error error;
    WriterReport report;
    buf_put_text(&model->log, " commit;");
    check_status(model, writer_commit(model->writer, &report, &error), &error,
                 "committing:");
    check_number(model, "documents:", report.documents, model->live.count);
    list_copy(&model->committed, &model->live);
    model->exists |= report.published;
}

static void reopen(WriterModel *model, bool commits)
{
    if (commits) model_commit(model);
    buf_put_text(&model->log, " reopen;");
    writer_close(model->writer);
    model->writer = NULL;
    open_writer(model);
    list_copy(&model->live, &model->committed);
}

static void remove_many(WriterModel *model)
{
    size_t count = random_below(&model->random, model->live.count + 1);
    for (size_t i = 0; i < count; i++) remove_one(model);
}

void model_step(WriterModel *model)
{
    Random *random = &model->random;
    size_t batch = random_between(random, 1, model->id_count / 4 + 2);
    model->steps++;
    switch (random_below(random, 10)) {
    case 0:
    case 1:
        for (size_t i = 0; i < batch; i++) add_one(model);
        break;
    case 2:
    case 3:
        for (size_t i = 0; i < batch; i++) update_one(model);
        break;
    case 4: update_one(model); break;
    case 5: remove_one(model); break;
    case 6:
        if (random_chance(random, 0.3)) remove_many(model);
        break;
    case 7: reopen(model, random_chance(random, 0.7)); break;
    default: model_commit(model);
    }
}

/* Comparing */

static void build_fresh(WriterModel *model)
{
    Error error;
    Build *build;
    BuildReport report;
    BuildOptions options = model->options;
    options.output = model->fresh;
    options.replace = true;
    check_status(model, build_new(&options, &build, &error), &error,
                 "building:");
    for (size_t i = 0; i < model->committed.count; i++) {
        MadeDocument made;
        make_document(model, model->committed.items[i], &made);
        check_status(model, build_add(build, &made.document, &error), &error,
                     "building:");
    }
    check_status(model, build_finish(build, &report, &error), &error,
                 "building:");
    build_free(build);
}

static Index *open_index(WriterModel *model, const char *folder)
{
    Index *index;
    Error error;
    check_status(model, index_open(folder, &index, &error), &error,
                 "opening an index:");
    return index;
}

static void compare_terms(WriterModel *model, const Index *index,
                          const Index *fresh)
{
    IndexTerms *a, *b;
    Error error;
    check_status(model, index_terms_open(index, (Span){0}, &a, &error), &error,
                 "terms:");
    check_status(model, index_terms_open(fresh, (Span){0}, &b, &error), &error,
                 "terms:");
    for (bool found = true, other; found;) {
        IndexTerm got = {0}, expected = {0};
        char term[32];
        check_status(model, index_terms_next(a, &got, &found, &error), &error,
                     "terms:");
        check_status(model, index_terms_next(b, &expected, &other, &error),
                     &error, "terms:");
        check_number(model, "more terms:", found, other);
        if (!found) break;
        snprintf(term, sizeof term, "%.*s", SPAN_ARGS(expected.text));
        if (!span_equal(got.text, expected.text))
            fail_model(model, "another term than", term);
        check_number(model, "df:", got.df, expected.df);
        check_number(model, "total tf:", got.total_tf, expected.total_tf);
    }
    index_terms_close(a);
    index_terms_close(b);
}

/* The global docids of the live documents, in order. */
static uint64_t *list_live(const Index *index, size_t count)
{
    uint64_t *live = malloc((count + 1) * sizeof *live);
    size_t at = 0;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        for (uint32_t d = 0; d < index->segments[i]->document_count; d++) {
            if (!index_is_live(index, i, d)) continue;
            ck_assert_uint_lt(at, count);
            live[at++] = index->first_docids[i] + d;
        }
    }
    ck_assert_uint_eq(at, count);
    return live;
}

static void compare_document(WriterModel *model, const Index *index,
                             uint64_t global, ModelDocument expected)
{
    Buf id = {0};
    Error error;
    uint32_t docid;
    size_t number;
    MadeDocument made;
    make_document(model, expected, &made);
    Segment *segment = index_locate(index, global, &docid, &number);
    check_status(model, document_id(segment, docid, &id, &error), &error,
                 "ids:");
    if (!span_equal(buf_span(&id), made.document.id))
        fail_model(model, "another document than", made.id);
    buf_release(&id);
    if (!model->options.has_stored) return;
    StoredReader *reader;
    StoredDocument stored;
    check_status(model, stored_reader_new(segment, &reader, &error), &error,
                 "stored:");
    check_status(model, stored_reader_get(reader, docid, &stored, &error),
                 &error, "stored:");
    if (!span_equal(stored.title, made.document.title) ||
        !span_equal(stored.text, made.document.text) ||
        stored.field_count != 1 ||
        !span_equal(stored.fields[0].value, made.field.value))
        fail_model(model, "another text of", made.id);
    stored_reader_free(reader);
}

static void compare_hits(WriterModel *model, const SearchResult *got,
                         const SearchResult *expected, const uint64_t *live,
                         const char *text)
{
    check_number(model, text, got->total, expected->total);
    check_number(model, text, got->hit_count, expected->hit_count);
    for (uint32_t i = 0; i < got->hit_count; i++) {
        if (memcmp(&got->hits[i].score, &expected->hits[i].score,
                   sizeof(float)) != 0)
            fail_model(model, "another score of", text);
        check_number(model, text, got->hits[i].document,
                     live[expected->hits[i].document]);
    }
}

static void compare_query(WriterModel *model, Index *index, Index *fresh,
                          const uint64_t *live)
{
    Buf text = {0};
    Arena arena = {0};
    Error error;
    Query query;
    ParseOptions parse = {0};
    QueryParser *parser;
    SearchContext *context[2];
    SearchResult result[2];
    SearchOptions options = {.k = random_chance(&model->random, 0.5) ? 5 : HITS,
                             .count = true,
                             .k1 = NAN,
                             .b = NAN,
                             .max_expansions = 20};
    random_query(&model->random, &model->corpus, &text, &parse);
    check_status(model, query_parser_new(fresh->analyzer, &parser, &error),
                 &error, "parsing:");
    check_status(
        model,
        query_parse(parser, buf_span(&text), &parse, &arena, &query, &error),
        &error, "parsing:");
    for (int i = 0; i < 2; i++) {
        Index *at = i ? fresh : index;
        check_status(model, search_context_new(at, &context[i], &error), &error,
                     "searching:");
        check_status(
            model, search_run(context[i], &query, &options, &result[i], &error),
            &error, "searching:");
    }
    compare_hits(model, &result[0], &result[1], live, buf_text(&text));
    for (int i = 0; i < 2; i++) search_context_free(context[i]);
    query_parser_free(parser);
    arena_release(&arena);
    buf_release(&text);
}

static void check_index(WriterModel *model)
{
    Error error;
    CommandOptions options = {0};
    FILE *out = fopen("/dev/null", "w");
    Status status = command_check(model->folder, &options, out, &error);
    fclose(out);
    check_status(model, status, &error, "indexer check:");
}

void model_compare(WriterModel *model)
{
    if (!model->exists) return;
    Index *index = open_index(model, model->folder);
    check_number(model, "documents:", index->manifest.document_count,
                 model->committed.count);
    check_index(model);
    if (model->committed.count) {
        build_fresh(model);
        Index *fresh = open_index(model, model->fresh);
        check_number(model, "nonempty:", index->manifest.nonempty_count,
                     fresh->manifest.nonempty_count);
        check_number(model, "tokens:", index->manifest.token_count,
                     fresh->manifest.token_count);
        compare_terms(model, index, fresh);
        uint64_t *live = list_live(index, model->committed.count);
        for (size_t i = 0; i < model->committed.count; i++)
            compare_document(model, index, live[i], model->committed.items[i]);
        for (int i = 0; i < QUERIES; i++)
            compare_query(model, index, fresh, live);
        free(live);
        index_close(fresh);
    }
    index_close(index);
}

void model_merge(WriterModel *model)
{
    Error error;
    WriterReport report;
    if (!model->exists) return;
    buf_put_text(&model->log, " merge;");
    check_status(model, writer_merge(model->writer, 1, &report, &error), &error,
                 "merging:");
    Index *index = open_index(model, model->folder);
    check_number(model, "segments:", index->manifest.segment_count,
                 model->committed.count > 0);
    if (model->committed.count) {
        build_fresh(model);
        Index *fresh = open_index(model, model->fresh);
        const char *expected = fresh->manifest.segments[0].name;
        if (strcmp(index->manifest.segments[0].name, expected) != 0)
            fail_model(model, "another segment than a build's", expected);
        index_close(fresh);
    }
    index_close(index);
}
