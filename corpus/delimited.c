/* delimited.c - rows of TSV and CSV as documents.
 *
 * The first 64 KiB decide what separates the cells (table_shape.h) and whether
 * there is a row of column names (table_header.h). Without one, columns are
 * named by the options, else by their number: text; id, text; id, title, text;
 * in TSV id, url, title, text (MS MARCO's documents); otherwise column1,
 * column2 and so on.
 *
 * A row is read as a flat object whose keys are the columns, so that roles.c
 * finds id, title and text as it does in JSON. Without names the first column
 * is the id if the first rows differ in it (first_column.h).
 */
#include "corpus/first_column.h"
#include "corpus/reader.h"
#include "corpus/roles.h"
#include "corpus/table_header.h"

#include "common/input/blank.h"
#include "common/input/row.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Delimited {
    const Source *source;
    Row row;
    bool is_csv;
    HeaderKind header;
    uint64_t header_offset; /* of the row in the source; rows before it are not
                               part of the table */
    size_t usual_count;     /* of cells in a row */
    bool has_id;            /* the first column may be the id */
    size_t column_count;    /* 0 until the first row */
    Buf names;              /* of the columns, each after its size */
    char format[96];        /* for the report */
    Roles roles;            /* empty until the first row */
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

/* What the options say of the header goes before what it looks like. */
static HeaderKind choose_header(const CorpusOptions *options, HeaderKind found)
{
    if (options->header == HEADER_YES) return HEADER_CERTAIN;
    if (options->header == HEADER_NO) return HEADER_NONE;
    bool is_named = options->columns != NULL;
    return is_named && found == HEADER_GUESSED ? HEADER_POSSIBLE : found;
}

static Status find_header(Delimited *self, const TableShape *shape, Span sample,
                          bool is_whole, Error *error)
{
    const CorpusOptions *options = self->source->options;
    TableHeader found;
    Status status = table_header_find(options, shape, sample, is_whole, &found,
                                      error);
    self->header = choose_header(options, found.kind);
    self->header_offset = stream_offset(self->source->stream);
    if (self->header >= HEADER_GUESSED) self->header_offset += found.start;
    return status;
}

/* Looks at the first rows before any is taken. */
static Status look_ahead(Delimited *self, Error *error)
{
    Stream *stream = self->source->stream;
    Span sample;
    Status status = stream_peek(stream, DETECT_PEEK_BYTES, &sample, error);
    if (status != OK) return status;
    bool is_whole = sample.size < DETECT_PEEK_BYTES;
    TableShape shape = self->is_csv ? table_shape_of_csv(sample, is_whole)
                                    : table_shape_of_tsv(sample, is_whole);
    self->row.separator = shape.separator;
    self->row.quoted = shape.quoted;
    self->usual_count = shape.column_count;
    stream_skip(stream, shape.first_row);
    sample.data += shape.first_row;
    sample.size -= shape.first_row;
    shape.first_row = 0;
    status = find_header(self, &shape, sample, is_whole, error);
    const CorpusOptions *options = self->source->options;
    self->has_id = options->id_field != NULL;
    bool needs_id = self->header < HEADER_GUESSED && shape.column_count > 1 &&
                    !options->columns && !options->id_field;
    if (status != OK || !needs_id) return status;
    return first_column_differs(stream, &shape, &self->has_id, error);
}

static Status delimited_open(const Source *source, bool is_csv, void **out,
                             Error *error)
{
    Delimited *self = calloc(1, sizeof *self);
    *out = self;
    if (!self) return fail_memory(error, "reading a table");
    self->source = source;
    self->is_csv = is_csv;
    return look_ahead(self, error);
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
    size_t count = row_cell_count(&self->row);
    for (size_t i = 0; i < self->column_count && i < count; i++) {
        uint32_t size;
        memcpy(&size, at, sizeof size);
        cells[i].key = span_of(at + sizeof size, size);
        at += sizeof size + size;
    }
}

/* Whether a cell of the row is exactly this name. */
static bool has_cell(JsonObject row, Span name)
{
    for (size_t i = 0; i < row.count; i++) {
        if (span_equal(span_trim(row.members[i].value), name)) return true;
    }
    return false;
}

/* Names columns by the first row; those that are known in another case are
 * spelled as roles and options spell them. */
static void add_names_of_row(Delimited *self)
{
    JsonObject row = row_object(&self->row);
    for (size_t i = 0; i < row.count; i++) {
        Span name = span_trim(row.members[i].value);
        Span spelling = roles_spelling(self->source->options, name);
        bool is_taken = !span_equal(spelling, name) && has_cell(row, spelling);
        add_name(self, is_taken ? name : spelling);
    }
}

/* column1, column2 ... */
static void add_numbers(Delimited *self)
{
    size_t count = row_cell_count(&self->row);
    for (size_t i = 1; i <= count; i++) {
        char name[32];
        snprintf(name, sizeof name, "column%zu", i);
        add_name(self, span_text(name));
    }
}

static bool has_address(Span cell)
{
    for (size_t i = 0; i + 3 <= cell.size; i++) {
        if (!memcmp(cell.data + i, "://", 3)) return true;
    }
    return false;
}

/* What columns without names usually are, by their number; NULL: anything. Four
 * columns of TSV are MS MARCO's documents if the second is an address. */
static const char *names_by_count(const Delimited *self)
{
    static const char *const names[] = {NULL, "text", "id,text",
                                        "id,title,text"};
    JsonObject row = row_object(&self->row);
    if (row.count != self->usual_count || (row.count > 1 && !self->has_id))
        return NULL;
    if (row.count == 4 && !self->is_csv && has_address(row.members[1].value))
        return "id,url,title,text";
    return row.count < sizeof names / sizeof *names ? names[row.count] : NULL;
}

static const char *separator_name(const Delimited *self)
{
    switch (self->row.separator) {
    case ',': return "";
    case ';': return " (semicolons)";
    case '|': return " (pipes)";
    case '\t': return self->is_csv ? " (tabs)" : "";
    default: return " (as its first line names)";
    }
}

/* Reports what was guessed about the first row. */
static void note_header(const Delimited *self, const StreamRecord *row)
{
    const Source *source = self->source;
    char what[80];
    if (self->header == HEADER_GUESSED) {
        snprintf(what, sizeof what,
                 "treating line %" PRIu64 " as the column names", row->line);
        listener_note(source->listener, source->name, what, ADVICE_HEADER);
    } else if (self->header == HEADER_POSSIBLE) {
        listener_note(source->listener, source->name,
                      "treating the first row as data", ADVICE_HEADER_YES);
    }
}

/* Names the columns by the options, or by the first row: by its content if it
 * is a header, else by its number of cells. */
static Status begin(Delimited *self, const StreamRecord *row, Error *error)
{
    (void)row_split(&self->row, row->bytes); /* an invalid row is reported when
                                                it is read */
    bool has_header = self->header >= HEADER_GUESSED;
    const char *names = self->source->options->columns, *id = NULL;
    const char *guessed = names || has_header ? NULL : names_by_count(self);
    if (names || guessed) {
        add_names(self, names ? names : guessed);
    } else if (has_header) {
        add_names_of_row(self);
    } else {
        add_numbers(self);
        if (self->has_id) id = "column1";
    }
    self->row.column_count = self->column_count;
    note_header(self, row);
    snprintf(self->format, sizeof self->format, "%s%s %s header%s%s",
             self->is_csv ? "csv" : "tsv", separator_name(self),
             has_header ? "with" : "without", guessed ? ", columns " : "",
             guessed ? guessed : "");
    Status status = buf_check(&self->names, "reading a table", error);
    if (status != OK) return status;
    return roles_init_table(&self->roles, self->source, self->format, id,
                            error);
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

/* Spreadsheets end rows by separators without a cell. */
static void drop_empty_cells(Delimited *self)
{
    JsonObject row = row_object(&self->row);
    while (row.count > self->column_count &&
           !row.members[row.count - 1].value.size)
        row.count--;
    self->row.cells.size = row.count * sizeof *row.members;
}

/* Makes a document of the row, or reports why not. */
static Status read_row(Delimited *self, const StreamRecord *row, Document *out,
                       bool *found, Error *error)
{
    const char *why = row_split(&self->row, row->bytes);
    Status status = buf_check(&self->row.cells, "reading a table", error);
    if (status == OK) status = buf_check(&self->row.unquoted, "reading", error);
    if (status != OK) return status;
    drop_empty_cells(self);
    if (why) {
        status = source_skipped_at(self->source, row, self->row.wrong_at, why,
                                   error);
    } else if (row_cell_count(&self->row) != self->column_count &&
               !self->roles.takes_all) {
        status = skip_ragged(self, row, error);
    } else {
        name_cells(self);
        *found = roles_apply(&self->roles, row_object(&self->row), out);
        status = roles_report(&self->roles, row, *found, error);
        out->id_may_repeat = out->id.size && !self->source->options->id_field;
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

/* Spreadsheets end tables by rows of empty cells. */
static bool is_empty_row(Span row, uint8_t separator)
{
    size_t at = 0;
    while (at < row.size && row.data[at] == separator) at++;
    return at == row.size;
}

/* The next row that is not empty; those that cannot be kept are skipped. */
static Status next_row(Delimited *self, StreamRecord *row, bool *found,
                       Error *error)
{
    const Source *source = self->source;
    uint64_t max = source->max_record_bytes;
    for (;;) {
        RowScan scan = {.separator = self->row.separator};
        Status status = self->row.quoted
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
        } else if (!is_empty_row(row->bytes, self->row.separator)) {
            return OK;
        }
        if (status != OK) return status;
    }
}

/* Takes the row as names, if it is that, or leaves it out, if it is before it;
 * *is_data if it is neither. */
static Status take_header(Delimited *self, const StreamRecord *row,
                          bool *is_data, Error *error)
{
    *is_data = self->column_count > 0;
    if (*is_data) return OK;
    if (row->offset < self->header_offset)
        return source_skipped(self->source, row, "before the column names",
                              error);
    /* Not if the row of names is too long. */
    if (row->offset > self->header_offset && self->header >= HEADER_GUESSED)
        self->header = HEADER_NONE;
    *is_data = self->header < HEADER_GUESSED;
    return begin(self, row, error);
}

static Status delimited_next(void *reader, Document *out, bool *found,
                             Error *error)
{
    Delimited *self = reader;
    *found = false;
    while (!*found) {
        StreamRecord row;
        bool any, is_data;
        Status status = next_row(self, &row, &any, error);
        if (status != OK) return status;
        if (!any) return roles_check(&self->roles, true, error);
        status = take_header(self, &row, &is_data, error);
        if (status == OK && is_data)
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
