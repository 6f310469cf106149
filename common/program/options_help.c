/* options_help.c - help for a terminal, at most 80 columns wide.
 *
 * -h:     usage, then an entry per option: name and brief in two columns.
 * --help: examples, usage, then options with brief and detail below the name,
 *         then the chapters.
 */
#include "common/program/options_internal.h"

enum { WIDTH = 80, BRIEF_COLUMN = 27, DETAIL_COLUMN = 8 };

/* Puts text word by word, breaking lines before WIDTH; the cursor is at
 * `column` and further lines start at `indent`. Ends the last line. */
static void put_filled(Buf *out, const char *text, size_t column, size_t indent)
{
    while (*text) {
        size_t length = strcspn(text, " ");
        bool at_start = column <= indent;
        if (!at_start && column + 1 + length > WIDTH) {
            buf_put_byte(out, '\n');
            column = 0;
            at_start = true;
        }
        for (; at_start && column < indent; column++) buf_put_byte(out, ' ');
        if (!at_start) buf_put_byte(out, ' ');
        buf_put(out, text, length);
        column += length + !at_start;
        text += length;
        text += strspn(text, " ");
    }
    buf_put_byte(out, '\n');
}

/* Fills paragraphs; lines that start with a space are put unchanged. */
static void put_chapter_text(Buf *out, const char *text, size_t indent)
{
    Buf line = {0};
    while (*text) {
        size_t length = strcspn(text, "\n");
        buf_clear(&line);
        buf_put(&line, text, length);
        const char *content = buf_text(&line);
        if (content && *content != ' ') {
            put_filled(out, content, 0, indent);
        } else if (content) {
            buf_printf(out, "%*s%s\n", (int)indent, "", content);
        }
        text += length + (text[length] == '\n');
    }
    buf_release(&line);
}

/* Puts "  -k, --hits N" and returns its width. */
static size_t put_head(Buf *out, const Option *option)
{
    size_t before = out->size;
    if (option->letter) {
        buf_printf(out, "  -%c, ", option->letter);
    } else {
        buf_put_text(out, "      ");
    }
    bool negatable = option->kind == OPTION_NEGATABLE;
    buf_printf(out, negatable ? "--[no-]%s" : "--%s", option->name);
    if (option->value) buf_printf(out, " %s", option->value);
    return out->size - before;
}

static void put_choices(Buf *out, const Option *option)
{
    if (option->kind != OPTION_CHOICE) return;
    buf_put_text(out, ": ");
    for (const char *const *choice = option->choices; *choice; choice++) {
        if (choice != option->choices) buf_put_text(out, ", ");
        buf_put_text(out, *choice);
    }
}

static void put_short_entry(Buf *out, const Option *option)
{
    size_t column = put_head(out, option);
    if (column + 2 > BRIEF_COLUMN) {
        buf_put_byte(out, '\n');
        column = 0;
    }
    put_filled(out, option->brief, column < BRIEF_COLUMN ? column : 0,
               BRIEF_COLUMN);
}

static void put_long_entry(Buf *out, const Option *option)
{
    put_head(out, option);
    buf_put_byte(out, '\n');
    Buf text = {0};
    buf_put_text(&text, option->brief);
    put_choices(&text, option);
    if (option->detail) buf_printf(&text, ". %s", option->detail);
    const char *content = buf_text(&text);
    if (content) put_filled(out, content, 0, DETAIL_COLUMN);
    buf_release(&text);
}

static void put_options(const Program *program, bool with_details, Buf *out)
{
    bool is_basic;
    for (size_t i = 0;; i++) {
        const Option *row = option_row(program, i, &is_basic);
        if (row->kind == OPTION_END) return;
        if (row->kind == OPTION_GROUP) {
            buf_printf(out, "\n%s:\n", row->brief);
        } else if (with_details) {
            put_long_entry(out, row);
        } else {
            put_short_entry(out, row);
        }
    }
}

static void put_usages(const Program *program, Buf *out)
{
    for (const char *const *usage = program->usages; *usage; usage++) {
        buf_printf(out, "%s %s %s\n",
                   usage == program->usages ? "usage:" : "      ",
                   program->name, *usage);
    }
}

static void put_examples(const Program *program, Buf *out)
{
    const ProgramExample *example = program->examples;
    if (example) buf_put_text(out, "\nExamples:\n");
    for (; example && example->command; example++) {
        buf_printf(out, "  %s\n", example->command);
        put_filled(out, example->meaning, 0, DETAIL_COLUMN);
    }
    buf_put_byte(out, '\n');
}

static void put_commands(const Program *program, Buf *out)
{
    if (!program->commands) return;
    buf_put_text(out, "\nCommands (each has its own --help):\n");
    for (const Program *const *command = program->commands; *command;
         command++) {
        size_t before = out->size;
        buf_printf(out, "  %s", (*command)->name);
        put_filled(out, (*command)->summary, out->size - before, BRIEF_COLUMN);
    }
}

void put_help(const Program *program, bool with_details, Buf *out)
{
    buf_printf(out, "%s - %s\n", program->name, program->summary);
    if (with_details) put_examples(program, out);
    put_usages(program, out);
    put_commands(program, out);
    put_options(program, with_details, out);
    const ProgramChapter *chapter = with_details ? program->chapters : NULL;
    for (; chapter && chapter->title; chapter++) {
        buf_printf(out, "\n%s:\n", chapter->title);
        put_chapter_text(out, chapter->text, 2);
    }
}

void options_usage(const Program *program, Buf *out)
{
    put_usages(program, out);
    const ProgramExample *example = program->examples;
    for (int i = 0; i < 2 && example && example->command; i++, example++) {
        buf_printf(out, "  %s\n", example->command);
        put_filled(out, example->meaning, 0, DETAIL_COLUMN);
    }
    buf_printf(out, "see '%s --help' for more\n", program->name);
}
