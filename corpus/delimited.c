/* delimited.c - rows of TSV and CSV as documents.
 *
 * A row is read as a flat object whose keys are the columns, so that roles.c
 * finds id, title and text as it does in JSON. Columns are named by the
 * options, else by a header (the first row, if every name in it is known, or
 * one is from the options, or the options call it a header), else by their
 * number: text; id, text; id, title, text; in TSV id, url, title, text (MS
 * MARCO's documents).
 *
 * Columns of CSV are separated by commas or, if the first row has none,
 * semicolons.
 */
#include "corpus/reader.h"
#include "corpus/roles.h"
#include "corpus/row.h"

#include "common/input/blank.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Delimited {
    const Source *source;
    Row row;
    size_t column_count; /* 0 until the first row */
    Buf names;           /* of the columns, each after its size */
    char format[80];     /* for the report */
    Roles roles;         /* empty until the first row */
} Delimited;

static void delimited_close(void *reader)
{
    Delimited *self = reader;
    if (!self) return;
    buf_release(&self->names);
    row_release(&self->row);
    roles_release(&self->roles);
    free(self);
}

static Status delimited_open(const Source *source, bool csv, void **out,
                             Error *error)
{
    Delimited *self = calloc(1, sizeof *self);
    *out = self;
    if (!self) return fail_memory(error, "reading a table");
    self->source = source;
    self->row.csv = csv;
    self->row.separator = ',';
    return OK;
}

static Status tsv_open(const Source *source, void **out, Error *error)
{
    return delimited_open(source, false, out, error);
}

static Status csv_open(const Source *source, void **out, Error *error)
{
    return delimited_open(source, true, out, error);
}

static void add_name(Delimited *self, Span name)
{
    name = span_trim(name);
    uint32_t size = (uint32_t)name.size;
    buf_put(&self->names, &size, sizeof size);
    buf_put_span(&self->names, name);
    self->column_count++;
}

static void add_names(Delimited *self, const char *list)
{
    for (;;) {
        size_t size = strcspn(list, ",");
        add_name(self, span_of(list, size));
        if (!list[size]) return;
        list += size + 1;
    }
}

/* Gives the cells of a row the names of their columns. */
static void name_cells(Delimited *self)
{
    JsonMember *cells = (JsonMember *)(void *)self->row.cells.data;
    const uint8_t *at = self->names.data;
    for (size_t i = 0; i < self->column_count; i++) {
        uint32_t size;
        memcpy(&size, at, sizeof size);
        cells[i].key = span_of(at + sizeof size, size);
        at += sizeof size + size;
    }
}

static bool is_header(const Delimited *self)
{
    const CorpusOptions *options = self->source->options;
    if (options->header != HEADER_DETECT) return options->header == HEADER_YES;
    JsonObject row = row_object(&self->row);
    size_t known = 0;
    for (size_t i = 0; i < row.count; i++) {
        Span name = span_trim(row.members[i].value);
        if (roles_name_key(options, name)) return true;
        known += roles_know_key(options, name);
    }
    return known == row.count;
}

/* Some known names among others: as a document the row would spoil the index,
 * as a header a document could be lost. */
static Status check_mixed_header(const Delimited *self, Error *error)
{
    const Source *source = self->source;
    JsonObject row = row_object(&self->row);
    size_t known = 0;
    for (size_t i = 0; i < row.count; i++)
        known += roles_know_key(source->options,
                                span_trim(row.members[i].value));
    if (source->options->header != HEADER_DETECT || known < 2) return OK;
    return fail_advising(error, ERR_USAGE, ADVICE_HEADER,
                         "%s: cannot tell whether its first row holds column "
                         "names",
                         source->name);
}

/* A letter, then a few letters, digits, _ and -. */
static bool looks_like_name(Span cell)
{
    enum { NAME_BYTES = 32 };
    cell = span_trim(cell);
    if (!cell.size || cell.size > NAME_BYTES) return false;
    for (size_t i = 0; i < cell.size; i++) {
        uint8_t byte = cell.data[i];
        bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
        bool other = (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
        if (!letter && (i == 0 || !other)) return false;
    }
    return true;
}

/* A first row of unknown names is a document, as a wrongly guessed header would
 * lose one. */
static void note_possible_header(const Delimited *self)
{
    const Source *source = self->source;
    JsonObject row = row_object(&self->row);
    if (source->options->header != HEADER_DETECT || row.count < 2) return;
    for (size_t i = 0; i < row.count; i++) {
        if (!looks_like_name(row.members[i].value)) return;
    }
    listener_note(source->listener, source->name,
                  "treating the first row as data", ADVICE_HEADER_YES);
}

/* Four columns are MS MARCO's in TSV; in CSV they may be anything. */
static const char *names_by_count(const Delimited *self)
{
    static const char *const names[] = {NULL, "text", "id,text",
                                        "id,title,text", "id,url,title,text"};
    size_t count = row_cell_count(&self->row), max = self->row.csv ? 3 : 4;
    return count <= max ? names[count] : NULL;
}

/* Where the comma is the decimal separator, spreadsheets separate columns by
 * semicolons. */
static void choose_separator(Delimited *self, Span row)
{
    bool has_comma = row.size && memchr(row.data, ',', row.size);
    bool has_semicolon = row.size && memchr(row.data, ';', row.size);
    if (self->row.csv && has_semicolon && !has_comma) self->row.separator = ';';
}

/* Names the columns by the options, or by the first row: by its content if it
 * is a header, else by its number of cells. */
static Status begin(Delimited *self, Span row, bool *header, Error *error)
{
    choose_separator(self, row);
    (void)row_split(&self->row,
                    row); /* an invalid row is reported when it is read */
    *header = is_header(self);
    const char *names = self->source->options->columns;
    bool guessed = !names && !*header;
    if (guessed) {
        Status status = check_mixed_header(self, error);
        if (status != OK) return status;
        names = names_by_count(self);
        if (!names)
            return fail_advising(error, ERR_USAGE, ADVICE_NAME_COLUMNS,
                                 "%s: its %zu columns have no names",
                                 self->source->name,
                                 row_cell_count(&self->row));
    }
    if (names) {
        add_names(self, names);
    } else {
        JsonObject first = row_object(&self->row);
        for (size_t i = 0; i < first.count; i++)
            add_name(self, first.members[i].value);
    }
    self->row.column_count = self->column_count;
    if (!*header) note_possible_header(self);
    snprintf(self->format, sizeof self->format, "%s %s header%s%s",
             self->row.csv ? "csv" : "tsv", *header ? "with" : "without",
             guessed ? ", columns " : "", guessed ? names : "");
    Status status = buf_check(&self->names, "reading a table", error);
    if (status != OK) return status;
    return roles_init(&self->roles, self->source, self->format, error);
}

static Status skip_ragged(const Delimited *self, const StreamRecord *row,
                          Error *error)
{
    char reason[96];
    snprintf(reason, sizeof reason, "%zu column%s, expected %zu",
             row_cell_count(&self->row),
             row_cell_count(&self->row) == 1 ? "" : "s", self->column_count);
    return source_skipped(self->source, row, reason, error);
}

/* Makes a document of the row, or reports why not. */
static Status read_row(Delimited *self, const StreamRecord *row, Document *out,
                       bool *found, Error *error)
{
    const char *why = row_split(&self->row, row->bytes);
    Status status = buf_check(&self->row.cells, "reading a table", error);
    if (status == OK) status = buf_check(&self->row.unquoted, "reading", error);
    if (status != OK) return status;
    if (why) {
        status = source_skipped_at(self->source, row, self->row.wrong_at, why,
                                   error);
    } else if (row_cell_count(&self->row) != self->column_count) {
        status = skip_ragged(self, row, error);
    } else {
        name_cells(self);
        *found = roles_apply(&self->roles, row_object(&self->row), out);
        status = roles_report(&self->roles, row, *found, error);
    }
    if (!*found) *out = (Document){0};
    return status == OK ? roles_check(&self->roles, false, error) : status;
}

static Span without_line_end(Span row)
{
    if (row.size && row.data[row.size - 1] == '\n') row.size--;
    if (row.size && row.data[row.size - 1] == '\r') row.size--;
    return row;
}

/* The next row that is not empty; those that cannot be kept are skipped. */
static Status next_row(Delimited *self, StreamRecord *row, bool *found,
                       Error *error)
{
    const Source *source = self->source;
    uint64_t max = source->max_record_bytes;
    for (;;) {
        RowScan scan = {.separator = self->row.separator};
        Status status = self->row.csv
                            ? stream_record(source->stream, row_scan_end, &scan,
                                            max, row, found, error)
                            : stream_line(source->stream, max, row, found,
                                          error);
        if (status != OK || !*found) return status;
        row->bytes = without_line_end(row->bytes);
        if (row->too_long) {
            status = source_skipped_large(source, row, error);
        } else if (scan.in_quotes) {
            status = source_skipped_at(source, row, scan.quote,
                                       "unclosed quote", error);
        } else if (row->bytes.size) {
            return OK;
        }
        if (status != OK) return status;
    }
}

static Status delimited_next(void *reader, Document *out, bool *found,
                             Error *error)
{
    Delimited *self = reader;
    *found = false;
    while (!*found) {
        StreamRecord row;
        bool any, header = false;
        Status status = next_row(self, &row, &any, error);
        if (status != OK) return status;
        if (!any) return roles_check(&self->roles, true, error);
        if (!self->column_count)
            status = begin(self, row.bytes, &header, error);
        if (status == OK && !header)
            status = read_row(self, &row, out, found, error);
        if (status != OK) return status;
        out->place = source_place(self->source, &row);
    }
    return OK;
}

const ReaderKind TSV_READER = {CORPUS_TSV, tsv_open, delimited_next,
                               delimited_close};
const ReaderKind CSV_READER = {CORPUS_CSV, csv_open, delimited_next,
                               delimited_close};
