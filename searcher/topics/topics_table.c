/* topics_table.c - a table of queries with a row of column names. */
#include "searcher/topics/topics_internal.h"

#include "common/input/blank.h"
#include "common/input/row.h"
#include "common/input/table_shape.h"

#include <stdlib.h>

/* A table while it is read. */
typedef struct QueryTable {
    TableRows rows;
    Row row;
    Span *names; /* owned; borrowed from copies in the arena of the topics */
    size_t column_count;
} QueryTable;

static bool split(Row *row, Span bytes)
{
    const char *why = row_split(row, bytes);
    return !why && row->cells.status == OK && row->unquoted.status == OK;
}

/* Which names the row has. */
static void find_names(JsonObject row, const TopicOptions *options,
                       bool *has_qid, bool *has_query)
{
    *has_qid = *has_query = false;
    for (size_t i = 0; i < row.count; i++) {
        Span name = span_trim(row.members[i].value);
        *has_qid |= topics_name_qid(options, name);
        *has_query |= topics_name_query(options, name);
    }
}

static bool names_columns(JsonObject row, const TopicOptions *options)
{
    bool has_qid, has_query;
    find_names(row, options, &has_qid, &has_query);
    bool is_named = (options->qid_field && has_qid) ||
                    (options->query_field && has_query);
    return row.count > 1 && (is_named || (has_qid && has_query));
}

/* Two columns with tabs are qid<TAB>query, which has no quotes; unless options
 * name them. */
static bool is_plain_tsv(JsonObject row, const TableShape *shape,
                         const TopicOptions *options)
{
    bool is_named = options->qid_field || options->query_field;
    return !is_named && shape->separator == '\t' && row.count == 2 &&
           topics_name_qid(options, span_trim(row.members[0].value)) &&
           topics_name_query(options, span_trim(row.members[1].value));
}

bool topics_is_table(Span bytes, const TopicOptions *options)
{
    TableShape shape = table_shape_of_csv(bytes, true);
    TableRows rows = table_rows(bytes, true, &shape);
    Row row = {.quoted = true, .separator = shape.separator};
    Span first;
    size_t start, cells;
    bool is_table = table_rows_next(&rows, &first, &start, &cells) &&
                    split(&row, first) &&
                    names_columns(row_object(&row), options) &&
                    !is_plain_tsv(row_object(&row), &shape, options);
    row_release(&row);
    return is_table;
}

/* The first row names the columns, or else they are id and query. In a file
 * that was named a table one known name is enough. */
static Status take_names(TopicFile *file, QueryTable *table, bool *is_header,
                         Error *error)
{
    static const char *const unnamed[] = {"id", "query"};
    Arena *arena = &file->topics->arena;
    JsonObject row = row_object(&table->row);
    bool has_qid, has_query;
    find_names(row, file->options, &has_qid, &has_query);
    *is_header = has_qid || has_query;
    table->column_count = row.count;
    table->names = calloc(row.count + 1, sizeof *table->names);
    if (!table->names) return fail_memory(error, "reading queries");
    for (size_t i = 0; i < row.count; i++) {
        if (*is_header) {
            table->names[i] = arena_copy(arena,
                                         span_trim(row.members[i].value));
        } else if (i < sizeof unnamed / sizeof *unnamed) {
            table->names[i] = span_text(unnamed[i]);
        }
    }
    return arena->status == OK ? OK : fail_memory(error, "reading queries");
}

/* Gives the cells of the row the names of their columns. */
static void name_cells(QueryTable *table)
{
    JsonMember *cells = (JsonMember *)(void *)table->row.cells.data;
    size_t count = row_cell_count(&table->row);
    for (size_t i = 0; i < count && i < table->column_count; i++)
        cells[i].key = table->names[i];
}

static Status read_row(TopicFile *file, QueryTable *table, Span bytes,
                       uint64_t line, Error *error)
{
    bool is_header = false;
    TopicPosition position = {.line = line};
    if (!split(&table->row, bytes)) {
        topics_refuse(file, position, "text after a closing quote");
        return OK;
    }
    if (!table->names) {
        Status status = take_names(file, table, &is_header, error);
        if (status != OK || is_header) return status;
    }
    if (row_cell_count(&table->row) < table->column_count) {
        topics_refuse(file, position, "%zu column%s, expected %zu",
                      row_cell_count(&table->row),
                      row_cell_count(&table->row) == 1 ? "" : "s",
                      table->column_count);
        return OK;
    }
    name_cells(table);
    return topics_add_record(file, row_object(&table->row), line, error);
}

Status topics_read_table(TopicFile *file, Error *error)
{
    TableShape shape = table_shape_of_csv(file->bytes, true);
    QueryTable table = {.rows = table_rows(file->bytes, true, &shape),
                        .row = {.quoted = true, .separator = shape.separator}};
    Status status = OK;
    Span bytes;
    uint64_t line = 1;
    size_t start, cells, counted = 0;
    while (status == OK &&
           table_rows_next(&table.rows, &bytes, &start, &cells)) {
        for (; counted < start; counted++)
            line += file->bytes.data[counted] == '\n';
        status = read_row(file, &table, bytes, line, error);
    }
    free(table.names);
    row_release(&table.row);
    return status == OK ? topics_check_unnamed(file, error) : status;
}
