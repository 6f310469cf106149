/* format_detect.c - the format of a source by its first bytes.
 *
 *   JSONL  an object or a list of objects begins: {"  {}  [{"  [{}  or, alone,
 *          []; "[ ] to be done" is text
 *   wiki   <doc> with an id and a title
 *   TREC   <DOC> with an id, or <DOC> and, soon after, <DOCNO>, <DOCID>, <TEXT>
 *          or <BODY>
 *   SMART  a line ".I ID" and, next, one of a full stop and a letter
 *   HTML   html_detect.c
 *   mail   mail_detect.c
 *   TSV    the name ends in .tsv; or all lines seen have the same number of
 *          tabs, at least one, and no blank in the first column (an id)
 *   CSV    the name ends in .csv; or the first line is "sep=;" or the like; or
 *          all names in the first row are known, or one is from the options;
 *          or the first row is column names by its form (table_header.h), and
 *          all rows seen have the same number of cells
 *   text   everything else
 *
 * Commas in text are too common for CSV to be detected by them alone.
 */
#include "corpus/reader.h"

#include "corpus/file_ending.h"
#include "corpus/html_detect.h"
#include "corpus/mail_detect.h"
#include "corpus/table_header.h"

#include "common/input/blank.h"
#include "common/input/tags.h"

/* The first byte from *at on that is not white space, or 0. */
static uint8_t next_visible(Span start, size_t *at)
{
    while (*at < start.size && byte_is_blank(start.data[*at])) ++*at;
    return *at < start.size ? start.data[(*at)++] : 0;
}

bool format_looks_like_json(Span start)
{
    size_t at = 0;
    uint8_t next = next_visible(start, &at);
    bool in_list = next == '[';
    if (in_list) next = next_visible(start, &at);
    if (in_list && next == ']') return next_visible(start, &at) == 0;
    if (next != '{') return false;
    next = next_visible(start, &at);
    if (next != '}') return next == '"';
    next = next_visible(start, &at);
    return next == 0 || next == (in_list ? ',' : '{') || next == ']';
}

/* The <DOC> with which a source begins. */
static bool begins_with_doc(Span start, Tag *tag)
{
    Span before = span_trim(start);
    if (!before.size || *before.data != '<') return false;
    return tag_next(start, 0, tag) && !tag->closes && tag_is(tag, "DOC");
}

static bool looks_like_wiki(Span start)
{
    Tag tag;
    Span value;
    return begins_with_doc(start, &tag) && tag_attribute(&tag, "id", &value) &&
           tag_attribute(&tag, "title", &value);
}

static bool looks_like_trec(Span start)
{
    Tag tag;
    Span id;
    if (!begins_with_doc(start, &tag)) return false;
    if (tag_attribute(&tag, "id", &id)) return true;
    while (tag_next(start, tag.end, &tag)) {
        if (tag_is(&tag, "DOCNO") || tag_is(&tag, "DOCID") ||
            tag_is(&tag, "TEXT") || tag_is(&tag, "BODY"))
            return true;
    }
    return false;
}

/* Takes the first line off *rest; false if no whole line is left. The last line
 * counts as whole if the source ends there. */
static bool take_line(Span *rest, bool whole, Span *line)
{
    if (rest->size == 0) return false;
    const uint8_t *feed = memchr(rest->data, '\n', rest->size);
    if (!feed && !whole) return false;
    size_t size = feed ? (size_t)(feed - rest->data) : rest->size;
    size_t used = size + (feed ? 1 : 0);
    *line = span_of(rest->data, size);
    if (size && line->data[size - 1] == '\r') line->size--;
    *rest = span_of(rest->data + used, rest->size - used);
    return true;
}

static size_t count_tabs(Span line)
{
    size_t count = 0;
    for (size_t i = 0; i < line.size; i++) count += line.data[i] == '\t';
    return count;
}

static bool begins_with_id(Span line)
{
    size_t at = 0;
    while (line.data[at] != '\t' && line.data[at] != ' ') at++;
    return at > 0 && line.data[at] == '\t';
}

static bool looks_like_tsv(Span start)
{
    /* A first line longer than the bytes seen counts as far as it goes. */
    bool whole = start.size < DETECT_PEEK_BYTES ||
                 !memchr(start.data, '\n', start.size);
    size_t tabs = 0;
    Span line;
    while (take_line(&start, whole, &line)) {
        size_t here = count_tabs(line);
        if (line.size == 0) continue;
        if (here == 0 || (tabs && here != tabs) || !begins_with_id(line))
            return false;
        tabs = here;
    }
    return tabs > 0;
}

/* Two rows or more below names that are guessed, one below known ones. */
static bool looks_like_csv(Span start, const CorpusOptions *options)
{
    enum { MIN_GUESSED_ROWS = 3 };
    bool is_whole = start.size < DETECT_PEEK_BYTES;
    TableShape shape = table_shape_of_csv(start, is_whole);
    TableHeader header;
    Error ignored;
    if (shape.first_row > 0) return true;
    if (table_header_find(options, &shape, start, is_whole, &header,
                          &ignored) != OK)
        return false;
    if (header.kind == HEADER_CERTAIN) return shape.column_count > 1;
    return header.kind == HEADER_GUESSED && shape.column_count > 1 &&
           shape.is_even && shape.row_count >= MIN_GUESSED_ROWS;
}

static bool is_binary(Span start)
{
    return start.size && memchr(start.data, 0, start.size);
}

CorpusFormat format_detect(Span start, const char *name, bool whole,
                           const CorpusOptions *options)
{
    if (format_looks_like_json(start)) return CORPUS_JSONL;
    if (looks_like_wiki(start)) return CORPUS_WIKI;
    if (smart_begins(start)) return CORPUS_SMART;
    if (looks_like_trec(start)) return CORPUS_TREC;
    if (looks_like_html(start, name)) return CORPUS_HTML;
    if (looks_like_mail(start, name)) return CORPUS_MAIL;
    if (is_binary(start)) return CORPUS_TEXT; /* which skips it */
    if (name_ends(name, ".csv")) return CORPUS_CSV;
    if (name_ends(name, ".tsv")) return CORPUS_TSV;
    if (whole) return CORPUS_TEXT;
    if (looks_like_tsv(start)) return CORPUS_TSV;
    return looks_like_csv(start, options) ? CORPUS_CSV : CORPUS_TEXT;
}
