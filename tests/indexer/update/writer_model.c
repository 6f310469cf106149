/* writer_model.c - an index that is changed at random. */
#include "tests/indexer/update/writer_model.h"

#include "tests/support/check_main.h"

#include <signal.h>
#include <sys/wait.h>

#define PICK(random, array) \
    (array)[random_below(random, sizeof(array) / sizeof *(array))]

enum { MAX_LOG_BYTES = 4000 };

static const char *const fields[] = {"tag"};

/* Failures */

void model_fail(WriterModel *model, const char *what, const char *more)
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

void model_check_status(WriterModel *model, Status status, const Error *error,
                        const char *what)
{
    if (status != OK) model_fail(model, what, error->message);
}

void model_check_number(WriterModel *model, const char *what, uint64_t got,
                        uint64_t expected)
{
    char text[64];
    if (got == expected) return;
    snprintf(text, sizeof text, "%llu, not %llu", (unsigned long long)got,
             (unsigned long long)expected);
    model_fail(model, what, text);
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
    model_check_status(model, writer_open(&options, &model->writer, &error),
                       &error, "opening a writer:");
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
    index_close(model->index);
    index_close(model->built);
    scratch_remove(&model->scratch);
    free(model->live.items);
    free(model->committed.items);
    buf_release(&model->log);
    arena_release(&model->arena);
}

void model_make_document(const WriterModel *model, ModelDocument from,
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
    model_make_document(model, document, &made);
    buf_printf(&model->log, " %s d%u=%u,%u;",
               mode == WRITER_ADD ? "add" : "update", document.number,
               document.text, document.tag);
    if (!model->writer) return;
    model_check_status(model,
                       writer_put(model->writer, mode, &made.document, &error),
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

/* Takes a document out of the index. Without a writer: out of the list alone.
 */
static void remove_id(WriterModel *model, uint32_t number, bool expected)
{
    Error error;
    char id[16];
    bool found;
    snprintf(id, sizeof id, "d%u", number);
    buf_printf(&model->log, " remove %s;", id);
    if (!model->writer) return;
    model_check_status(
        model, writer_remove(model->writer, span_text(id), &found, &error),
        &error, "removing a document:");
    model_check_number(model, "found to remove:", found, expected);
}

static void remove_one(WriterModel *model)
{
    ModelList *live = &model->live;
    uint32_t number = draw_document(model).number;
    if (live->count && random_chance(&model->random, 0.8))
        number = live->items[random_below(&model->random, live->count)].number;
    size_t at = list_find(live, number);
    remove_id(model, number, at < live->count);
    if (at < live->count) list_remove(live, at);
}

/* The index has what the writer has. */
static void accept_changes(WriterModel *model)
{
    list_copy(&model->committed, &model->live);
    model->exists = true;
    index_close(model->built);
    model->built = NULL;
}

void model_commit(WriterModel *model)
{
    Error error;
    WriterReport report;
    buf_put_text(&model->log, " commit;");
    model_check_status(model, writer_commit(model->writer, &report, &error),
                       &error, "committing:");
    model_check_number(model, "documents:", report.documents,
                       model->live.count);
    if (report.published) accept_changes(model);
}

/* What is not committed is lost. */
static void reopen(WriterModel *model)
{
    buf_put_text(&model->log, " reopen;");
    writer_close(model->writer);
    model->writer = NULL;
    list_copy(&model->live, &model->committed);
    open_writer(model);
}

static void merge(WriterModel *model, uint32_t segments)
{
    Error error;
    WriterReport report;
    buf_printf(&model->log, " merge to %u;", segments);
    model_check_status(model,
                       writer_merge(model->writer, segments, &report, &error),
                       &error, "merging:");
}

static void merge_some(WriterModel *model)
{
    model_commit(model);
    merge(model, (uint32_t)random_below(&model->random, 4));
}

static void remove_many(WriterModel *model)
{
    size_t count = random_below(&model->random, model->live.count + 1);
    for (size_t i = 0; i < count; i++) remove_one(model);
}

static void change(WriterModel *model)
{
    Random *random = &model->random;
    size_t batch = random_between(random, 1, model->id_count / 4 + 2);
    switch (random_below(random, 8)) {
    case 0:
    case 1:
    case 2:
        for (size_t i = 0; i < batch; i++) add_one(model);
        break;
    case 3:
    case 4:
        for (size_t i = 0; i < batch; i++) update_one(model);
        break;
    case 5: update_one(model); break;
    case 6: remove_one(model); break;
    default:
        if (random_chance(random, 0.3)) remove_many(model);
    }
}

/* Writers that are killed */

/* In a process of its own: as the model in the parent changes. */
static void write_and_end(WriterModel *model, uint32_t merges_to)
{
    open_writer(model);
    change(model);
    model_commit(model);
    if (merges_to) merge(model, merges_to);
    _exit(0);
}

static void end_child(WriterModel *model, pid_t child, useconds_t delay)
{
    int status;
    usleep(delay);
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status) && WEXITSTATUS(status) != 0)
        model_fail(model, "a writer that was to be killed", "has failed");
    model->kills += WIFSIGNALED(status) != 0;
}

/* Of the last publication; 0: none yet. */
static uint64_t read_generation(WriterModel *model)
{
    Index *index;
    Error error;
    model_check_status(model, writer_index(model->writer, &index, &error),
                       &error, "opening an index:");
    return index ? index->manifest.generation : 0;
}

/* The index must hold what it held before or, if there is a new generation,
 * what the writer was to publish. */
static void kill_writer(WriterModel *model)
{
    reopen(model);
    uint64_t before = read_generation(model);
    uint32_t merges_to = (uint32_t)random_below(&model->random, 3);
    useconds_t delay = 1u << random_between(&model->random, 6, 14);
    writer_close(model->writer);
    model->writer = NULL;
    buf_put_text(&model->log, " (");
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) write_and_end(model, merges_to);
    change(model);
    end_child(model, child, delay);
    open_writer(model);
    bool published = read_generation(model) != before;
    buf_printf(&model->log, " ) killed %s;", published ? "after" : "before");
    model->killed[published]++;
    if (published)
        accept_changes(model);
    else
        list_copy(&model->live, &model->committed);
}

void model_step(WriterModel *model)
{
    Random *random = &model->random;
    model->steps++;
    switch (random_below(random, 12)) {
    case 0: reopen(model); break;
    case 1: merge_some(model); break;
    case 2: kill_writer(model); break;
    default: change(model);
    }
    if (random_chance(random, 0.8)) model_commit(model);
}
