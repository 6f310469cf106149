/* table_header.c - whether a table has a row of column names.
 *
 * The row is the first one with as many cells as most rows; banks put a few
 * lines before it. It is taken as column names
 *
 *   certainly if all of them are known (roles.h), or one is from the options;
 *   as a guess if all are short names and differ (or two columns have only
 *   figures below their names: banks repeat "currency"), and
 *     - two are known, as one would be in a text by chance, or
 *     - a column has only figures (numbers, dates, amounts) below its name, or
 *     - half of them are known or common.
 */
#include "corpus/table_header.h"

#include "corpus/roles.h"

#include "common/input/blank.h"
#include "common/input/row.h"

enum {
    MAX_COLUMNS = 256,   /* those after them are not looked at */
    MAX_ROWS_BEFORE = 20 /* a header is not looked for */
};

/* What is often a column's name, and rarely the value of a first row. */
static const char *const COMMON_NAMES[] = {
    "name",    "date",     "time",    "timestamp", "comment", "comments",
    "message", "note",     "notes",   "remark",    "remarks", "description",
    "summary", "abstract", "author",  "from",      "to",      "sender",
    "type",    "category", "label",   "tags",      "status",  "price",
    "amount",  "year",     "address", "email",     "phone",   "city",
    "country", "language", "link",    "question",  "answer",  NULL};

static bool is_common(Span name)
{
    const char *const *common = COMMON_NAMES;
    while (*common && !span_equal_caseless(name, span_text(*common))) common++;
    return *common != NULL;
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* A number, an amount of money, a date or a time: it begins with a digit, after
 * signs, and has few letters: -1.200,50 EUR, $5, 2024-01-02T10:00:00Z, 7 %. */
static bool is_figure(Span cell)
{
    enum { MAX_SIGNS = 4, MAX_LETTERS = 3, MAX_WIDE_BYTES = 6 };
    size_t at = 0, letters = 0, wide = 0;
    while (at < cell.size && at < MAX_SIGNS && !is_digit(cell.data[at]) &&
           !byte_is_letter(cell.data[at]))
        at++;
    if (at == cell.size || !is_digit(cell.data[at])) return false;
    for (; at < cell.size; at++) {
        letters += byte_is_letter(cell.data[at]);
        wide += cell.data[at] >= 0x80;
    }
    return letters <= MAX_LETTERS && wide <= MAX_WIDE_BYTES;
}

/* Whether words end as a sentence does, not as an abbreviation: "Amt.". */
static bool ends_sentence(Span cell)
{
    enum { MAX_BYTES = 12, MAX_LAST_WORD = 5 };
    size_t last = 0;
    if (cell.data[cell.size - 1] != '.' || cell.size <= MAX_BYTES) return false;
    while (last < cell.size && !byte_is_blank(cell.data[cell.size - 1 - last]))
        last++;
    return last > MAX_LAST_WORD;
}

/* A few words without the marks of a sentence, of an address or of a number. */
static bool is_name(Span cell)
{
    enum { MAX_BYTES = 64, MAX_BLANKS = 5 };
    size_t blanks = 0, letters = 0;
    if (!cell.size || cell.size > MAX_BYTES || is_figure(cell)) return false;
    for (size_t i = 0; i < cell.size; i++) {
        uint8_t byte = cell.data[i];
        bool is_address = byte == ':' && i + 1 < cell.size &&
                          cell.data[i + 1] == '/';
        if (byte == '@' || byte == '!' || byte == '?' || byte == '"' ||
            is_address)
            return false;
        blanks += byte_is_blank(byte);
        letters += byte_is_letter(byte) || byte >= 0x80;
    }
    return letters && blanks <= MAX_BLANKS && !ends_sentence(cell);
}

/* What the cells of a row are, as names. */
typedef struct NameCounts {
    size_t cells, known, common, names, empty;
    bool has_named;   /* one is from the options */
    bool has_repeats; /* two are equal */
    bool is_name[MAX_COLUMNS];
} NameCounts;

static Span cell_at(JsonObject row, size_t index)
{
    return span_trim(row.members[index].value);
}

static bool is_repeated(JsonObject row, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (span_equal_caseless(cell_at(row, i), cell_at(row, index)))
            return true;
    }
    return false;
}

static NameCounts count_names(const CorpusOptions *options, JsonObject row)
{
    NameCounts counts = {.cells = row.count};
    for (size_t i = 0; i < row.count && i < MAX_COLUMNS; i++) {
        Span cell = cell_at(row, i);
        bool is_known = roles_know_column(options, cell);
        counts.known += is_known;
        counts.common += is_known || is_common(cell);
        counts.is_name[i] = is_name(cell);
        counts.names += counts.is_name[i];
        counts.empty += cell.size == 0;
        counts.has_named |= roles_name_column(options, cell);
        counts.has_repeats |= cell.size && is_repeated(row, i);
    }
    return counts;
}

/* Which columns have nothing but figures in the rows that were seen. */
typedef struct FigureColumns {
    bool has_figures[MAX_COLUMNS], has_others[MAX_COLUMNS];
    size_t filled; /* columns up to the last that is not empty in all rows */
} FigureColumns;

static void note_figures(FigureColumns *columns, JsonObject row)
{
    for (size_t i = 0; i < row.count && i < MAX_COLUMNS; i++) {
        Span cell = cell_at(row, i);
        bool is = is_figure(cell);
        columns->has_figures[i] |= is;
        columns->has_others[i] |= cell.size && !is;
        if (cell.size && i >= columns->filled) columns->filled = i + 1;
    }
}

static size_t count_figure_columns(const FigureColumns *columns,
                                   const NameCounts *names)
{
    size_t count = 0;
    for (size_t i = 0; i < MAX_COLUMNS; i++)
        count += names->is_name[i] && columns->has_figures[i] &&
                 !columns->has_others[i];
    return count;
}

static HeaderKind judge(const NameCounts *counts, const FigureColumns *below)
{
    if (counts->has_named) return HEADER_CERTAIN;
    if (counts->known == counts->cells) return HEADER_CERTAIN;
    bool all_names = counts->names + counts->empty == counts->cells &&
                     counts->names >= counts->empty && counts->names > 0;
    size_t figures = count_figure_columns(below, counts);
    if (!all_names || (counts->has_repeats && figures < 2)) return HEADER_NONE;
    if (counts->known >= 2 || figures ||
        (counts->cells > 1 && counts->common * 2 >= counts->names))
        return HEADER_GUESSED;
    return counts->cells > 1 && !counts->empty ? HEADER_POSSIBLE : HEADER_NONE;
}

/* A row of the sample; its cells as they are if it is invalid. */
static Status split(Row *row, Span bytes, Error *error)
{
    (void)row_split(row, bytes);
    Status status = buf_check(&row->cells, "reading a table", error);
    return status == OK ? buf_check(&row->unquoted, "reading", error) : status;
}

/* A row as column names. */
typedef struct Judgement {
    HeaderKind kind;
    size_t filled; /* see FigureColumns */
} Judgement;

/* Judges the row, by the rows after it. */
static Status judge_row(const CorpusOptions *options, Row *row, Span bytes,
                        TableRows after, Judgement *out, Error *error)
{
    FigureColumns below = {0};
    size_t start, cells;
    Status status = split(row, bytes, error);
    if (status != OK) return status;
    NameCounts counts = count_names(options, row_object(row));
    for (size_t i = 0; i < TABLE_SAMPLE_ROWS && status == OK &&
                       table_rows_next(&after, &bytes, &start, &cells);
         i++) {
        status = split(row, bytes, error);
        if (status == OK) note_figures(&below, row_object(row));
    }
    *out = (Judgement){judge(&counts, &below), below.filled};
    return status;
}

/* Whether a row is as long as the others, or shorter by cells that are empty in
 * all of them: some banks end only their rows with separators. */
static bool fits_rows(size_t cells, size_t usual, const Judgement *judgement)
{
    return cells == usual || (cells < usual && cells >= judgement->filled);
}

static Status find(const CorpusOptions *options, const TableShape *shape,
                   TableRows rows, Row *row, TableHeader *out, Error *error)
{
    size_t start, cells;
    Span bytes;
    for (size_t i = 0; i <= MAX_ROWS_BEFORE; i++) {
        if (!table_rows_next(&rows, &bytes, &start, &cells)) return OK;
        if (i > 0 && cells != shape->column_count) continue;
        Judgement judged = {HEADER_NONE, 0};
        Status status = judge_row(options, row, bytes, rows, &judged, error);
        if (status != OK) return status;
        HeaderKind kind = judged.kind;
        if (kind == HEADER_GUESSED &&
            !fits_rows(cells, shape->column_count, &judged))
            kind = HEADER_NONE;
        if (i == 0 || kind >= HEADER_GUESSED) *out = (TableHeader){kind, start};
        if (kind >= HEADER_GUESSED || cells >= shape->column_count) return OK;
    }
    return OK;
}

Status table_header_find(const CorpusOptions *options, const TableShape *shape,
                         Span sample, bool is_whole, TableHeader *out,
                         Error *error)
{
    *out = (TableHeader){0};
    Row row = {.quoted = shape->quoted, .separator = shape->separator};
    Status status = find(options, shape, table_rows(sample, is_whole, shape),
                         &row, out, error);
    row_release(&row);
    return status;
}
