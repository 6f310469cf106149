/* builder_fixture.c - what tests of builders share. */
#include "tests/common/api/builder_fixture.h"

#include "common/base/json_text.h"
#include "indexer/commands.h"
#include "tests/support/random.h"

Scratch scratch;
quern_error failure;

void make_scratch(void)
{
    scratch = scratch_new();
}

void remove_scratch(void)
{
    scratch_remove(&scratch);
}

quern_string in_scratch(const char *name)
{
    return quern_text(scratch_path(&scratch, name));
}

quern_build_options small_options(void)
{
    quern_build_options options = QUERN_BUILD_OPTIONS_INIT;
    options.threads = 1;
    return options;
}

quern_builder *builder_in(const char *folder,
                          const quern_build_options *options)
{
    quern_build_options small = small_options();
    quern_builder *builder;
    MUST(quern_builder_new(in_scratch(folder), options ? options : &small,
                           &builder, &failure));
    return builder;
}

quern_status add_text(quern_builder *builder, quern_string id,
                      quern_string text)
{
    quern_document document = QUERN_DOCUMENT_INIT;
    document.id = id;
    document.text = text;
    return quern_builder_add(builder, &document, &failure);
}

typedef struct Sample {
    Buf id, title, text;
} Sample;

static void draw_document(Sample *out, unsigned d)
{
    Random random = {d + 1};
    buf_clear(&out->id);
    buf_clear(&out->title);
    buf_clear(&out->text);
    buf_printf(&out->id, "doc-%u", d);
    if (d % 3 == 0) buf_printf(&out->title, "title w%u", d % 500);
    size_t words = d % 50 == 7 ? 0 : random_below(&random, 120);
    for (size_t w = 0; w < words; w++)
        buf_printf(&out->text, "w%zu ", random_zipf(&random, 5000));
}

static void release_document(Sample *sample)
{
    buf_release(&sample->id);
    buf_release(&sample->title);
    buf_release(&sample->text);
}

static quern_string string_of(const Buf *buf)
{
    return (quern_string){(const char *)buf->data, buf->size};
}

void add_documents(quern_builder *builder, unsigned first, unsigned end)
{
    Sample sample = {0};
    for (unsigned d = first; d < end; d++) {
        quern_document document = QUERN_DOCUMENT_INIT;
        draw_document(&sample, d);
        document.id = string_of(&sample.id);
        document.title = string_of(&sample.title);
        document.text = string_of(&sample.text);
        MUST(quern_builder_add(builder, &document, &failure));
    }
    release_document(&sample);
}

quern_string write_documents(const char *name, unsigned first, unsigned end)
{
    Buf out = {0};
    Sample sample = {0};
    for (unsigned d = first; d < end; d++) {
        draw_document(&sample, d);
        buf_put_text(&out, "{\"id\":");
        put_json_string(&out, buf_span(&sample.id));
        put_json_member(&out, "title", buf_span(&sample.title));
        put_json_member(&out, "text", buf_span(&sample.text));
        buf_put_text(&out, "}\n");
    }
    release_document(&sample);
    const char *path = scratch_write(&scratch, name, buf_span(&out));
    buf_release(&out);
    return quern_text(path);
}

static void check_index(const char *folder)
{
    Error error;
    CommandOptions options = {0};
    FILE *out = fopen("/dev/null", "w");
    Status status = command_check(folder, &options, out, &error);
    fclose(out);
    ck_assert_msg(status == OK, "%s", status == OK ? "" : error.message);
}

quern_build_report finish(quern_builder *builder, const char *folder)
{
    const quern_build_report *report;
    MUST(quern_builder_finish(builder, &report, &failure));
    quern_build_report copy = *report;
    quern_builder_free(builder);
    check_index(scratch_path(&scratch, folder));
    return copy;
}

static quern_index *open_index(const char *folder)
{
    quern_index *index;
    MUST(quern_index_open(in_scratch(folder), &index, &failure));
    return index;
}

const char *segment_names(const char *folder)
{
    static char names[512];
    quern_index *index = open_index(folder);
    const quern_index_info *info = quern_index_get_info(index);
    names[0] = 0;
    for (size_t i = 0; i < info->segment_count; i++) {
        size_t size = strlen(names);
        snprintf(names + size, sizeof names - size, "%s\n",
                 info->segments[i].name.data);
    }
    quern_index_close(index);
    return names;
}

int count_entries(const char *folder)
{
    return folder_count_entries(scratch_path(&scratch, folder));
}

uint64_t count_hits(const char *folder, const char *text)
{
    quern_index *index = open_index(folder);
    quern_context *context;
    quern_query *query;
    const quern_search_result *result;
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    options.count = true;
    MUST(quern_context_new(index, &context, &failure));
    MUST(quern_query_new(&query, &failure));
    MUST(quern_query_parse(query, context, quern_text(text), NULL, &failure));
    MUST(quern_search(context, query, &options, &result, &failure));
    uint64_t total = result->total;
    quern_query_free(query);
    quern_context_free(context);
    quern_index_close(index);
    return total;
}
