/* options_man.c - the man page of a program, in the man(7) macros. */
#include "common/program/options_internal.h"

/* Escapes roff commands; dashes and quotes stay ASCII, so that they can be
 * copied. */
static void put_text(Buf *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        bool line_start = at == text || at[-1] == '\n';
        if (line_start && (*at == '.' || *at == '\'')) {
            buf_put_text(out, "\\&");
        }
        if (*at == '\\') {
            buf_put_text(out, "\\e");
        } else if (*at == '-') {
            buf_put_text(out, "\\-");
        } else if (*at == '\'') {
            buf_put_text(out, "\\(aq");
        } else {
            buf_put_byte(out, (uint8_t)*at);
        }
    }
}

static void put_upper(Buf *out, const char *text)
{
    for (; *text; text++) {
        bool lower = *text >= 'a' && *text <= 'z';
        buf_put_byte(out, (uint8_t)(lower ? *text - 'a' + 'A' : *text));
    }
}

static void put_heading(Buf *out, const char *title)
{
    buf_put_text(out, ".SH ");
    put_upper(out, title);
    buf_put_byte(out, '\n');
}

static void put_entry(Buf *out, const Option *option)
{
    buf_put_text(out, ".TP\n");
    if (option->letter) buf_printf(out, "\\fB\\-%c\\fR, ", option->letter);
    buf_put_text(out, "\\fB\\-\\-");
    if (option->kind == OPTION_NEGATABLE) buf_put_text(out, "[no\\-]");
    put_text(out, option->name);
    buf_put_text(out, "\\fR");
    if (option->value) buf_printf(out, " \\fI%s\\fR", option->value);
    buf_put_byte(out, '\n');
    put_text(out, option->brief);
    if (option->kind == OPTION_CHOICE) {
        buf_put_text(out, ":");
        for (const char *const *choice = option->choices; *choice; choice++) {
            buf_put_text(out, choice == option->choices ? " " : ", ");
            put_text(out, *choice);
        }
    }
    if (option->detail) {
        buf_put_text(out, ".\n");
        put_text(out, option->detail);
    }
    buf_put_byte(out, '\n');
}

static void put_rows(const Program *program, bool with_basics, Buf *out)
{
    bool is_basic;
    for (size_t i = 0;; i++) {
        const Option *row = option_row(program, i, &is_basic);
        if (row->kind == OPTION_END || (is_basic && !with_basics)) return;
        if (row->kind == OPTION_GROUP) {
            buf_put_text(out, ".SS ");
            put_text(out, row->brief);
            buf_put_byte(out, '\n');
        } else {
            put_entry(out, row);
        }
    }
}

static void put_synopsis(const Program *program, Buf *out)
{
    for (const char *const *usage = program->usages; *usage; usage++) {
        buf_printf(out, ".B %s\n", program->name);
        put_text(out, *usage);
        buf_put_text(out, "\n.br\n");
    }
}

static void put_examples(const Program *program, Buf *out)
{
    const ProgramExample *example = program->examples;
    if (example) put_heading(out, "Examples");
    for (; example && example->command; example++) {
        buf_put_text(out, ".TP\n.B ");
        put_text(out, example->command);
        buf_put_byte(out, '\n');
        put_text(out, example->meaning);
        buf_put_byte(out, '\n');
    }
}

/* Lines that start with a space are put unchanged between .nf and .fi. */
static void put_prose(const ProgramChapter *chapter, Buf *out)
{
    bool as_is = false;
    Buf line = {0};
    for (const char *at = chapter->text; *at;) {
        size_t length = strcspn(at, "\n");
        bool keeps = *at == ' ';
        if (keeps != as_is) buf_put_text(out, keeps ? ".nf\n" : ".fi\n");
        as_is = keeps;
        buf_clear(&line);
        buf_put(&line, at, length);
        const char *text = buf_text(&line);
        if (text) put_text(out, text);
        buf_put_byte(out, '\n');
        at += length + (at[length] == '\n');
    }
    if (as_is) buf_put_text(out, ".fi\n");
    buf_release(&line);
}

static void put_commands(const Program *program, Buf *out)
{
    if (!program->commands) return;
    put_heading(out, "Commands");
    for (const Program *const *command = program->commands; *command;
         command++) {
        buf_put_text(out, ".SS ");
        put_text(out, (*command)->name);
        buf_put_byte(out, '\n');
        put_text(out, (*command)->summary);
        buf_put_text(out, ".\n.PP\n");
        put_synopsis(*command, out);
        put_rows(*command, false, out);
        const ProgramChapter *chapter = (*command)->chapters;
        for (; chapter && chapter->title; chapter++) {
            buf_put_text(out, ".PP\n");
            put_prose(chapter, out);
        }
    }
}

/* Refers to the pages of the other programs. */
static void put_see_also(const Program *program, Buf *out)
{
    static const char *const PAGES[] = {"indexer", "searcher"};
    const char *separator = "";
    put_heading(out, "See also");
    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++) {
        if (!strcmp(PAGES[i], program->name)) continue;
        buf_printf(out, "%s.BR %s (1)", separator, PAGES[i]);
        separator = " ,\n";
    }
    buf_put_byte(out, '\n');
}

void put_man_page(const Program *program, Buf *out)
{
    buf_put_text(out, ".TH ");
    put_upper(out, program->name);
    buf_printf(out, " 1 \"\" \"Quern %s\" \"User Commands\"\n", QUERN_VERSION);
    put_heading(out, "Name");
    buf_printf(out, "%s \\- ", program->name);
    put_text(out, program->summary);
    buf_put_byte(out, '\n');
    put_heading(out, "Synopsis");
    put_synopsis(program, out);
    put_examples(program, out);
    put_heading(out, "Options");
    put_rows(program, true, out);
    put_commands(program, out);
    const ProgramChapter *chapter = program->chapters;
    for (; chapter && chapter->title; chapter++) {
        put_heading(out, chapter->title);
        put_prose(chapter, out);
    }
    put_see_also(program, out);
}
