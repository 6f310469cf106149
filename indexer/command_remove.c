/* command_remove.c - indexer remove: documents out of an index. */
#include "common/base/human.h"
#include "common/base/plain_text.h"
#include "common/input/stream.h"
#include "common/program/advice_words.h"
#include "common/program/log.h"
#include "common/segment/documents/documents.h"
#include "common/segment/documents/index_ids.h"
#include "indexer/change_settings.h"
#include "indexer/commands.h"
#include "indexer/index_change.h"
#include "searcher/query/query_parser.h"
#include "searcher/search/search.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* MAX_NAMED: ids that are not found */
enum { MAX_NAMED = 20, MAX_ID_LINE = 1 << 20 };

typedef struct Removal {
    Change change;
    const RemoveSettings *settings;
    const ParsedLine *line;
    uint64_t missing; /* ids that no document has */
    Buf shown;        /* ids, with --dry-run */
} Removal;

/* By id */

static void note_missing(Removal *removal, Span id)
{
    Buf text = {0};
    if (++removal->missing > MAX_NAMED) return;
    put_plain_id(&text, id);
    const char *shown = buf_text(&text);
    log_warn("no document has the id '%s'", shown ? shown : "");
    buf_release(&text);
}

/* An id that is named twice is not missing. */
static Status check_missing(Removal *removal, Span id, Error *error)
{
    Index *index;
    size_t segment;
    uint32_t docid;
    bool found = false;
    Status status = writer_index(removal->change.writer, &index, error);
    if (status == OK)
        status = index_find_id(index, id, &segment, &docid, &found, error);
    if (status == OK && !found) note_missing(removal, id);
    return status;
}

/* Paths may have been given in another way: ./a, /home/me/a. */
static Status note_ids(const Removal *removal, Error *error)
{
    Buf id = {0}, text = {0};
    Index *index;
    Status status = writer_index(removal->change.writer, &index, error);
    if (status == OK && index->manifest.document_count)
        status = index_first_id(index, &id, error);
    if (id.size) put_plain_id(&text, buf_span(&id));
    if (text.size) log_note("ids look like '%s'", buf_text(&text));
    buf_release(&id);
    buf_release(&text);
    return status;
}

static void show(Removal *removal, Span id)
{
    if (!removal->settings->dry_run) return;
    put_plain_id(&removal->shown, id);
    buf_put_byte(&removal->shown, '\n');
}

static Status remove_id(Removal *removal, Span id, Error *error)
{
    bool found;
    Status status = writer_remove(removal->change.writer, id, &found, error);
    if (status != OK) return status;
    if (found) show(removal, id);
    return found ? OK : check_missing(removal, id, error);
}

static Status remove_operands(Removal *removal, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < removal->line->operand_count; i++)
        status = remove_id(removal, span_text(removal->line->operands[i]),
                           error);
    return status;
}

/* Ids of a file, one per line; empty lines are not ids. */
static Status remove_listed(Removal *removal, Error *error)
{
    Stream *stream;
    bool found = true;
    Status status = stream_open(removal->settings->from, &stream, error);
    while (status == OK && found) {
        StreamRecord record;
        status = stream_line(stream, MAX_ID_LINE, &record, &found, error);
        if (status == OK && found && record.bytes.size)
            status = remove_id(removal, record.bytes, error);
    }
    stream_close(stream);
    return status;
}

/* By what documents are */

static Status remove_document(Removal *removal, const Index *index,
                              size_t segment, uint32_t docid, Error *error)
{
    Buf id = {0};
    bool found;
    Status status = writer_remove_at(removal->change.writer, segment, docid,
                                     &found, error);
    if (status == OK && found && removal->settings->dry_run) {
        status = document_id(index->segments[segment], docid, &id, error);
        if (status == OK) show(removal, buf_span(&id));
    }
    buf_release(&id);
    return status;
}

static Status remove_filtered(Removal *removal, const Index *index,
                              const IdFilter *filter, Error *error)
{
    Status status = OK;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        const uint64_t *bits = id_filter_bits(filter, i);
        uint32_t count = index->segments[i]->document_count;
        for (uint32_t docid = 0; status == OK && docid < count; docid++) {
            if (bits[docid / 64] >> (docid % 64) & 1)
                status = remove_document(removal, index, i, docid, error);
        }
    }
    return status;
}

static void print_notes(const QueryNote *note)
{
    for (; note; note = note->next) {
        if (note->is_warning) {
            log_warn("%s", note->text);
        } else {
            log_note("%s", note->text);
        }
    }
}

static Status remove_hits(Removal *removal, const Index *index,
                          const SearchResult *result, Error *error)
{
    Status status = OK;
    for (uint32_t i = 0; status == OK && i < result->hit_count; i++) {
        size_t segment;
        uint32_t docid;
        index_locate(index, result->hits[i].document, &docid, &segment);
        status = remove_document(removal, index, segment, docid, error);
    }
    return status;
}

/* Every match of the query, however many terms its patterns have. */
static Status remove_matches(Removal *removal, Index *index,
                             const IdFilter *filter, Arena *arena, Error *error)
{
    QueryParser *parser = NULL;
    SearchContext *context = NULL;
    Query query;
    SearchResult result;
    ParseOptions parse = {0};
    SearchOptions options = {.k = (uint32_t)index->manifest.document_count,
                             .k1 = NAN,
                             .b = NAN,
                             .max_expansions = UINT32_MAX,
                             .filter = filter};
    Status status = query_parser_new(index->analyzer, &parser, error);
    if (status == OK) status = search_context_new(index, &context, error);
    if (status == OK)
        status = query_parse(parser, span_text(removal->settings->query),
                             &parse, arena, &query, error);
    if (status == OK)
        status = search_run(context, &query, &options, &result, error);
    if (status == OK) {
        print_notes(query.notes);
        print_notes(result.notes);
        status = remove_hits(removal, index, &result, error);
    }
    search_context_free(context);
    query_parser_free(parser);
    return status;
}

static Status remove_selected(Removal *removal, Error *error)
{
    const OptionList *globs = &removal->settings->globs;
    Arena arena = {0};
    IdFilter *filter = NULL;
    Index *index;
    Status status = writer_index(removal->change.writer, &index, error);
    if (status == OK)
        status = id_filter_new(index, globs->items, globs->count, &filter,
                               error);
    if (status == OK && removal->settings->query) {
        status = remove_matches(removal, index, filter, &arena, error);
    } else if (status == OK) {
        status = remove_filtered(removal, index, filter, error);
    }
    id_filter_free(filter);
    arena_release(&arena);
    return status;
}

/* The command */

static Status check_ways(const RemoveSettings *settings, const ParsedLine *line,
                         Error *error)
{
    bool selects = settings->query || settings->globs.count;
    int ways = (line->operand_count > 0) + (settings->from != NULL) + selects;
    if (ways == 1) return OK;
    return fail(error, ERR_USAGE,
                ways ? "ids, --from, and --glob or --query are different ways "
                       "to name documents; use one of them"
                     : "no document is named: give ids, --from FILE, --glob "
                       "GLOB or --query QUERY");
}

static Status select_documents(Removal *removal, Error *error)
{
    if (removal->line->operand_count) return remove_operands(removal, error);
    if (removal->settings->from) return remove_listed(removal, error);
    return remove_selected(removal, error);
}

static Status print_dry_run(Removal *removal, Error *error)
{
    const WriterCounts *counts = writer_counts(removal->change.writer);
    Buf text = {0};
    Status status = program_print(&removal->shown, stdout, error);
    put_visible(&text, span_text(removal->change.options.build.output));
    buf_put_text(&text, ": ");
    put_counted(&text, counts->removed, "document");
    buf_put_text(&text, " would be removed\n");
    if (status == OK) log_text(buf_span(&text));
    buf_release(&text);
    return status;
}

static Status finish(Removal *removal, Error *error)
{
    if (removal->missing > MAX_NAMED)
        log_warn("%" PRIu64 " more ids were not found",
                 removal->missing - MAX_NAMED);
    Status status = removal->missing ? note_ids(removal, error) : OK;
    if (status != OK) return status;
    if (removal->settings->dry_run) return print_dry_run(removal, error);
    status = change_commit(&removal->change, error);
    if (status != OK) return status;
    return change_print(&removal->change, removal->settings->json, stdout,
                        error);
}

static Status run(Removal *removal, bool *removed, Error *error)
{
    Change *change = &removal->change;
    const RemoveSettings *settings = removal->settings;
    change->options = writer_defaults();
    change->options.create = false;
    change->options.verb = "remove";
    change->options.wait = settings->wait;
    change->options.no_merge = !settings->merge;
    Status status = check_ways(settings, removal->line, error);
    if (status == OK) status = change_find(change, settings->output, error);
    if (status == OK) status = change_open(change, error);
    if (status == OK) status = select_documents(removal, error);
    if (status != OK) return status;
    *removed = writer_counts(change->writer)->removed > 0;
    return finish(removal, error);
}

static int remove_documents(const RemoveSettings *settings,
                            const ParsedLine *line)
{
    Removal removal = {.settings = settings, .line = line};
    Error error;
    bool removed = false;
    Status status = run(&removal, &removed, &error);
    int exit_status = command_end(status, &error);
    change_release(&removal.change);
    buf_release(&removal.shown);
    return status == OK && !removed ? EXIT_NOTHING : exit_status;
}

int command_remove(const Command *command, int argc, char **argv)
{
    RemoveSettings settings = {.merge = true};
    ParsedLine line;
    int exit_status;
    if (command_begin(command->program, argc, argv, &settings, &line,
                      &exit_status))
        exit_status = remove_documents(&settings, &line);
    parsed_line_release(&line);
    option_list_release(&settings.globs);
    return exit_status;
}
