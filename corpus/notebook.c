/* notebook.c - the text of a Jupyter notebook.
 *
 * nbformat 4: {cells: [{cell_type, source, outputs: [{text, ename, evalue,
 * data: {"text/plain"}}]}]}; 3: the same in {worksheets: [{cells}]}, with
 * `input` for the source of code. A text is a string or a list of strings,
 * which have their line feeds.
 */
#include "corpus/notebook.h"

#include "common/input/blank.h"

/* What a value is; for OTHER it does not matter. */
typedef enum Part {
    OTHER,
    NOTEBOOK, /* or a worksheet */
    WORKSHEETS,
    CELLS,
    CELL,
    CELL_TYPE,
    SOURCE,
    OUTPUTS,
    OUTPUT,
    DATA,
    OUTPUT_TEXT
} Part;

static const struct {
    Part inside;
    const char *key;
    Part part;
} KEYS[] = {
    {NOTEBOOK, "cells", CELLS},       {NOTEBOOK, "worksheets", WORKSHEETS},
    {CELL, "cell_type", CELL_TYPE},   {CELL, "source", SOURCE},
    {CELL, "input", SOURCE},          {CELL, "outputs", OUTPUTS},
    {OUTPUT, "text", OUTPUT_TEXT},    {OUTPUT, "ename", OUTPUT_TEXT},
    {OUTPUT, "evalue", OUTPUT_TEXT},  {OUTPUT, "data", DATA},
    {DATA, "text/plain", OUTPUT_TEXT}};

typedef struct Notebook {
    JsonValues *text;
    JsonValues outputs; /* of the current cell: put after its source */
    Buf *title;
    Part parts[JSON_MAX_DEPTH + 1]; /* of the open values, by depth */
    Part next;                      /* of the value that begins */
    bool has_cells, is_markdown;
    bool is_heading;     /* a cell of nbformat 3, without marks */
    size_t source_start; /* in text->out */
} Notebook;

static Part part_of_key(Part inside, Span key)
{
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        if (KEYS[i].inside == inside && span_equals_text(key, KEYS[i].key))
            return KEYS[i].part;
    }
    return OTHER;
}

/* OTHER: the part is no list. */
static Part part_of_element(Part list)
{
    if (list == WORKSHEETS) return NOTEBOOK;
    if (list == CELLS) return CELL;
    if (list == OUTPUTS) return OUTPUT;
    return list == SOURCE || list == OUTPUT_TEXT ? list : OTHER;
}

/* The heading that the line is, without its marks; empty: none. */
static Span heading_of(Span line)
{
    size_t marks = 0;
    while (marks < line.size && line.data[marks] == '#') marks++;
    if (!marks || marks == line.size || !byte_is_blank(line.data[marks]))
        return (Span){0};
    return span_trim(span_of(line.data + marks, line.size - marks));
}

/* Moves the first heading of the last source into the title. */
static void take_title(Notebook *self)
{
    Buf *out = self->text->out;
    size_t end;
    for (size_t at = self->source_start; at < out->size; at = end) {
        const uint8_t *line = out->data + at;
        const uint8_t *feed = memchr(line, '\n', out->size - at);
        end = feed ? (size_t)(feed - out->data) + 1 : out->size;
        Span text = span_of(line, end - at);
        Span heading = self->is_heading ? span_trim(text) : heading_of(text);
        if (!heading.size) continue;
        buf_put_span(self->title, heading);
        memmove(out->data + at, out->data + end, out->size - end);
        out->size -= end - at;
        return;
    }
}

/* The end of a source or an output's text. */
static void end_text(Notebook *self, Part part)
{
    JsonValues *text = part == SOURCE ? self->text : &self->outputs;
    buf_put_byte(text->out, '\n');
    bool has_title = self->is_markdown || self->is_heading;
    if (part == SOURCE && has_title && !self->title->size) take_title(self);
}

/* Notebooks have the outputs of a cell before its source. */
static void end_cell(Notebook *self)
{
    buf_put_span(self->text->out, buf_span(self->outputs.out));
    buf_keep_failure(self->text->out, self->outputs.out);
    buf_clear(self->outputs.out);
}

static void take_scalar(Notebook *self, const JsonToken *token, bool in_list)
{
    Part part = self->next;
    if (part == CELL_TYPE) {
        self->is_markdown = span_equals_text(token->text, "markdown");
        self->is_heading = span_equals_text(token->text, "heading");
    }
    if (part != SOURCE && part != OUTPUT_TEXT) return;
    if (!in_list) self->source_start = self->text->out->size;
    json_values_put(part == SOURCE ? self->text : &self->outputs, token);
    if (!in_list) end_text(self, part);
}

static void open_value(Notebook *self, size_t depth, bool is_list)
{
    bool fits = is_list == (part_of_element(self->next) != OTHER);
    Part part = fits ? self->next : OTHER;
    self->parts[depth] = part;
    if (part == CELLS) self->has_cells = true;
    if (part == CELL) self->is_markdown = self->is_heading = false;
    if (part == SOURCE) self->source_start = self->text->out->size;
}

/* The end of an object or a list. */
static void close_value(Notebook *self, Part part)
{
    if (part == SOURCE || part == OUTPUT_TEXT) end_text(self, part);
    if (part == CELL) end_cell(self);
}

/* A value begins, inside the `depth` open ones. */
static void begin_value(Notebook *self, const JsonTokens *tokens, size_t depth,
                        const JsonToken *token)
{
    bool in_list = depth && !tokens->is_map[depth - 1];
    bool is_list = token->kind == JSON_OPEN_LIST;
    if (in_list) self->next = part_of_element(self->parts[depth]);
    if (is_list || token->kind == JSON_OPEN_OBJECT) {
        open_value(self, depth + 1, is_list);
    } else {
        take_scalar(self, token, in_list);
    }
}

static void take_token(Notebook *self, const JsonTokens *tokens,
                       const JsonToken *token)
{
    size_t depth = tokens->depth; /* after the token */
    switch (token->kind) {
    case JSON_KEY:
        self->next = part_of_key(self->parts[depth], token->text);
        return;
    case JSON_CLOSE_OBJECT:
    case JSON_CLOSE_LIST: close_value(self, self->parts[depth + 1]); return;
    case JSON_OPEN_OBJECT:
    case JSON_OPEN_LIST: begin_value(self, tokens, depth - 1, token); return;
    case JSON_STRING:
    case JSON_NUMBER:
    case JSON_WORD: begin_value(self, tokens, depth, token); return;
    }
}

bool notebook_put_text(JsonValues *self, Span json, Buf *title)
{
    Buf outputs = {0};
    Notebook notebook = {.text = self,
                         .outputs = {.out = &outputs},
                         .title = title,
                         .next = NOTEBOOK};
    JsonTokens tokens;
    JsonToken token;
    size_t before = self->out->size;
    json_tokens_init(&tokens, json, JSON_EXPECT_OBJECT);
    while (json_tokens_next(&tokens, &token))
        take_token(&notebook, &tokens, &token);
    buf_release(&outputs);
    self->has_lone = self->has_lone || notebook.outputs.has_lone;
    if (json_tokens_done(&tokens) && notebook.has_cells) return true;
    self->out->size = before;
    self->has_lone = false;
    buf_clear(title);
    return false;
}
