/* search_index.c - prints the best hits of a query with their snippets.
 *
 *     search_index INDEX QUERY
 *
 * Ends with 0 if there are hits, 1 if there are none, 2 after an error.
 */
#include <quern/quern.h>

#include <inttypes.h>
#include <stdio.h>

static void print_bytes(const char *data, size_t size)
{
    fwrite(data, 1, size, stdout);
}

/* The snippet, with the words that matched in brackets. */
static void print_snippet(const quern_snippet *snippet)
{
    const char *text = snippet->text.data;
    size_t at = 0;
    for (size_t i = 0; i < snippet->mark_count; i++) {
        quern_range mark = snippet->marks[i];
        print_bytes(text + at, mark.start - at);
        printf("[");
        print_bytes(text + mark.start, mark.end - mark.start);
        printf("]");
        at = mark.end;
    }
    print_bytes(text + at, snippet->text.size - at);
    printf("\n");
}

static quern_status print_hit(quern_context *context, const quern_hit *hit,
                              quern_error *error)
{
    quern_string id;
    const quern_snippet *snippet;
    quern_status status = quern_document_id(context, hit->document, &id, error);
    if (status == QUERN_OK)
        status = quern_snippet_document(context, hit->document, NULL, &snippet,
                                        error);
    if (status != QUERN_OK) return status;
    print_bytes(id.data, id.size);
    printf("  %.4f\n    ", (double)hit->score);
    print_snippet(snippet);
    return QUERN_OK;
}

/* Any text is a query; notes list what of it was dropped or read as text. */
static quern_status print_hits(quern_context *context, quern_query *query,
                               const char *text, size_t *hit_count,
                               quern_error *error)
{
    quern_search_options options = QUERN_SEARCH_OPTIONS_INIT;
    options.k = 5;
    options.count = true;
    const quern_search_result *result;
    size_t note_count;

    quern_status status = quern_query_parse(query, context, quern_text(text),
                                            NULL, error);
    if (status != QUERN_OK) return status;
    const quern_note *notes = quern_query_notes(query, &note_count);
    for (size_t i = 0; i < note_count; i++) printf("%s\n", notes[i].text.data);

    status = quern_search(context, query, &options, &result, error);
    if (status != QUERN_OK) return status;
    *hit_count = result->hit_count;
    for (size_t i = 0; i < result->hit_count && status == QUERN_OK; i++)
        status = print_hit(context, &result->hits[i], error);
    printf("%zu of %" PRIu64 " hits\n", result->hit_count, result->total);
    return status;
}

/* What was never made is NULL, which all _free and _close functions accept. */
static quern_status search(const char *folder, const char *text,
                           size_t *hit_count, quern_error *error)
{
    quern_index *index = NULL;
    quern_context *context = NULL;
    quern_query *query = NULL;
    quern_status status = quern_index_open(quern_text(folder), &index, error);
    if (status == QUERN_OK) status = quern_context_new(index, &context, error);
    if (status == QUERN_OK) status = quern_query_new(&query, error);
    if (status == QUERN_OK)
        status = print_hits(context, query, text, hit_count, error);
    quern_context_free(context);
    quern_query_free(query);
    quern_index_close(index);
    return status;
}

int main(int argc, char **argv)
{
    quern_error error;
    size_t hit_count = 0;
    if (argc != 3) {
        fprintf(stderr, "usage: search_index INDEX QUERY\n");
        return 2;
    }
    if (search(argv[1], argv[2], &hit_count, &error) != QUERN_OK) {
        fprintf(stderr, "search_index: %s\n", error.message);
        return 2;
    }
    return hit_count ? 0 : 1;
}
