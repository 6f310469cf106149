/* delimited.c - rows of TSV and CSV as documents.
 *
 * A row is read as a flat object whose keys are the columns, so that roles.c
 * finds id, title and text as it does in JSON. Columns are named by --columns,
 * else by a header (taken for one if every name is known, unless --header says
 * what it is; one name that an option gives is enough), else by their number:
 * text; id, text; id, title, text; in TSV id, url, title, text (MS MARCO's
 * documents).
 *
 * Columns of CSV are parted by commas or, if the first row has none,
 * semicolons. TSV has no quotes: a row is a line, and the last column takes
 * what is left, tabs included. CSV follows RFC 4180: a field in quotes may hold
 * commas, line ends and doubled quotes.
 */
#include "corpus/reader.h"
#include "corpus/roles.h"

#include "common/input/blank.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Delimited {
    const Source *source;
    bool csv;
    uint8_t comma;       /* or the semicolon that parts the columns of CSV */
    size_t column_count; /* 0 until the first row */
    Buf names;           /* of the columns, each behind its size */
    Buf cells;           /* JsonMember[] */
    Buf unquoted;        /* has room for a row, so that it never moves */
    size_t wrong_at;     /* of a row that split refused */
    char format[80];     /* for the announcement */
    Roles roles;         /* empty until the first row */
} Delimited;

static void delimited_close(void *reader)
{
    Delimited *self = reader;
    if (!self) return;
    buf_release(&self->names);
    buf_release(&self->cells);
    buf_release(&self->unquoted);
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
    self->csv = csv;
    self->comma = ',';
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

/* Where a CSV row ends. A quote opens only at the start of a field; inside,
 * a doubled quote closes and opens again. */
typedef struct RowScan {
    uint8_t comma;
    bool in_quotes, in_field;
    size_t quote; /* the last that opened a field */
} RowScan;

static bool find_row_end(void *context, Span bytes, size_t from, size_t *end)
{
    RowScan *scan = context;
    for (size_t i = from; i < bytes.size; i++) {
        uint8_t byte = bytes.data[i];
        if (scan->in_quotes) {
            scan->in_quotes = byte != '"';
        } else if (byte == '\n') {
            *end = i + 1;
            return true;
        } else if (byte == '"' &&
                   (!scan->in_field || bytes.data[i - 1] == '"')) {
            if (!scan->in_field) scan->quote = i;
            scan->in_quotes = scan->in_field = true;
        } else {
            scan->in_field = byte != scan->comma;
        }
    }
    return false;
}

static void add_cell(Delimited *self, Span value)
{
    JsonMember cell = {.value = value, .kind = JSON_VALUE};
    buf_put(&self->cells, &cell, sizeof cell);
}

static size_t cell_count(const Delimited *self)
{
    return self->cells.size / sizeof(JsonMember);
}

static void split_tsv(Delimited *self, Span row)
{
    size_t at = 0;
    for (;;) {
        bool last = self->column_count &&
                    cell_count(self) + 1 == self->column_count;
        Span rest = span_of(row.data + at, row.size - at);
        const uint8_t *tab = last || !rest.size
                                 ? NULL
                                 : memchr(rest.data, '\t', rest.size);
        size_t size = tab ? (size_t)(tab - rest.data) : rest.size;
        add_cell(self, span_of(rest.data, size));
        if (!tab) return;
        at += size + 1;
    }
}

/* The quoted field that begins behind *at; *at moves behind its quote. */
static Span unquote(Delimited *self, Span row, size_t *at)
{
    size_t start = self->unquoted.size;
    while (*at < row.size) {
        uint8_t byte = row.data[(*at)++];
        if (byte == '"') {
            if (*at == row.size || row.data[*at] != '"') break;
            ++*at;
        }
        buf_put_byte(&self->unquoted, byte);
    }
    return span_of(self->unquoted.data + start, self->unquoted.size - start);
}

/* False if something stands between a closing quote and the comma; the first
 * byte of it is self->wrong_at. */
static bool split_csv(Delimited *self, Span row)
{
    bool proper = true;
    for (size_t at = 0;; at++) {
        bool quoted = at < row.size && row.data[at] == '"';
        if (quoted) at++;
        Span value = quoted ? unquote(self, row, &at) : (Span){0};
        size_t start = at;
        while (at < row.size && row.data[at] != self->comma) at++;
        if (!quoted) {
            value = span_of(row.data + start, at - start);
        } else if (at > start && proper) {
            proper = false;
            self->wrong_at = start;
        }
        add_cell(self, value);
        if (at == row.size) return proper;
    }
}

/* Fills `cells` from the row; a reason if it cannot be read, else NULL. */
static const char *split(Delimited *self, Span row)
{
    buf_clear(&self->cells);
    buf_clear(&self->unquoted);
    if (!self->csv) {
        split_tsv(self, row);
        return NULL;
    }
    bool proper = buf_reserve(&self->unquoted, row.size + 1) &&
                  split_csv(self, row);
    return proper ? NULL : "text behind a closing quote";
}

static JsonObject row_object(const Delimited *self)
{
    const JsonMember *cells = (const JsonMember *)(void *)self->cells.data;
    return (JsonObject){cells, cell_count(self)};
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
    JsonMember *cells = (JsonMember *)(void *)self->cells.data;
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
    JsonObject row = row_object(self);
    size_t known = 0;
    for (size_t i = 0; i < row.count; i++) {
        Span name = span_trim(row.members[i].value);
        if (roles_name_key(options, name)) return true;
        known += roles_know_key(options, name);
    }
    return known == row.count;
}

/* Some known names among others: taken as a document it would spoil the index,
 * taken as a header a document could be lost. */
static Status check_mixed_header(const Delimited *self, Error *error)
{
    const Source *source = self->source;
    JsonObject row = row_object(self);
    size_t known = 0;
    for (size_t i = 0; i < row.count; i++)
        known += roles_know_key(source->options,
                                span_trim(row.members[i].value));
    if (source->options->header != HEADER_DETECT || known < 2) return OK;
    return fail(error, ERR_USAGE,
                "%s: does its first row name the columns? --header yes, or "
                "--header no if it is a document",
                source->name);
}

/* A cell as names of columns are: a few letters, digits, _ and - behind a
 * letter. */
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

/* A first row of unknown names is a document, as a header that is guessed
 * could cost one; that it may be a header is said. */
static void note_doubtful_header(const Delimited *self)
{
    const Source *source = self->source;
    JsonObject row = row_object(self);
    if (source->options->header != HEADER_DETECT || row.count < 2) return;
    for (size_t i = 0; i < row.count; i++) {
        if (!looks_like_name(row.members[i].value)) return;
    }
    if (source->listener->detected)
        source->listener->detected(source->listener->self, source->name,
                                   "the first row is taken as a document; "
                                   "--header yes takes it as names of columns");
}

/* Four columns are MS MARCO's in TSV; in CSV they may be anything. */
static const char *names_by_number(const Delimited *self)
{
    static const char *const names[] = {NULL, "text", "id,text",
                                        "id,title,text", "id,url,title,text"};
    size_t count = cell_count(self), most = self->csv ? 3 : 4;
    return count <= most ? names[count] : NULL;
}

/* Where a comma parts decimals, spreadsheets part columns by semicolons. */
static void choose_comma(Delimited *self, Span row)
{
    bool has_comma = row.size && memchr(row.data, ',', row.size);
    bool has_semicolon = row.size && memchr(row.data, ';', row.size);
    if (self->csv && has_semicolon && !has_comma) self->comma = ';';
}

/* Names the columns by the options, or by the first row, which is a header or
 * tells how many there are. */
static Status begin(Delimited *self, Span row, bool *header, Error *error)
{
    choose_comma(self, row);
    (void)split(self, row); /* what is wrong with it is said when it is read */
    *header = is_header(self);
    const char *names = self->source->options->columns;
    bool guessed = !names && !*header;
    if (guessed) {
        Status status = check_mixed_header(self, error);
        if (status != OK) return status;
        names = names_by_number(self);
        if (!names)
            return fail(error, ERR_USAGE,
                        "%s: no header names its %zu columns; name them by "
                        "--columns, such as --columns id,text, or by --header "
                        "yes if the first row does",
                        self->source->name, cell_count(self));
    }
    if (names) {
        add_names(self, names);
    } else {
        JsonObject first = row_object(self);
        for (size_t i = 0; i < first.count; i++)
            add_name(self, first.members[i].value);
    }
    if (!*header) note_doubtful_header(self);
    snprintf(self->format, sizeof self->format, "%s %s header%s%s",
             self->csv ? "csv" : "tsv", *header ? "with" : "without",
             guessed ? ", columns " : "", guessed ? names : "");
    Status status = buf_check(&self->names, "reading a table", error);
    if (status != OK) return status;
    return roles_init(&self->roles, self->source, self->format, error);
}

static Status skip_ragged(const Delimited *self, const StreamRecord *row,
                          Error *error)
{
    char reason[96];
    snprintf(reason, sizeof reason, "%zu column%s where %zu %s named",
             cell_count(self), cell_count(self) == 1 ? "" : "s",
             self->column_count, self->column_count == 1 ? "is" : "are");
    return source_skipped(self->source, row, reason, error);
}

/* Makes a document of the row, or tells why not. */
static Status read_row(Delimited *self, const StreamRecord *row, Document *out,
                       bool *found, Error *error)
{
    const char *why = split(self, row->bytes);
    Status status = buf_check(&self->cells, "reading a table", error);
    if (status == OK) status = buf_check(&self->unquoted, "reading", error);
    if (status != OK) return status;
    if (why) {
        status = source_skipped_at(self->source, row, self->wrong_at, why,
                                   error);
    } else if (cell_count(self) != self->column_count) {
        status = skip_ragged(self, row, error);
    } else {
        name_cells(self);
        *found = roles_apply(&self->roles, row_object(self), out);
        status = roles_tell(&self->roles, row, *found, error);
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
    uint64_t most = source->max_record_bytes;
    for (;;) {
        RowScan scan = {.comma = self->comma};
        Status status = self->csv
                            ? stream_record(source->stream, find_row_end, &scan,
                                            most, row, found, error)
                            : stream_line(source->stream, most, row, found,
                                          error);
        if (status != OK || !*found) return status;
        row->bytes = without_line_end(row->bytes);
        if (row->too_long) {
            status = source_skipped_long(source, row, error);
        } else if (scan.in_quotes) {
            status = source_skipped_at(source, row, scan.quote,
                                       "a quote that never closes", error);
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
