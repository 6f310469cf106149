/* options_table.c - walks a program's option table and the options that every
 * program has. */
#include "common/program/options_internal.h"

static const char *const GENERATE_CHOICES[] = {
    "man", "complete-bash", "complete-zsh", "complete-fish", NULL};

static const Option BASIC_OPTIONS[] = {
    {OPTION_GROUP, .brief = "General"},
    {OPTION_FLAG, 'q', "quiet", NULL, offsetof(BasicOptions, quiet),
     .brief = "print only errors on stderr"},
    {OPTION_FLAG, 'v', "verbose", NULL, offsetof(BasicOptions, verbose),
     .brief = "print details on stderr"},
    {OPTION_FLAG, 'h', "help", NULL, offsetof(BasicOptions, help),
     .brief = "print this help; -h prints a summary"},
    {OPTION_FLAG, 0, "version", NULL, offsetof(BasicOptions, version),
     .brief = "print the version"},
    {OPTION_CHOICE, 0, "generate", "WHAT", offsetof(BasicOptions, generate),
     .brief = "print the man page or a shell completion script",
     .choices = GENERATE_CHOICES},
    {.kind = OPTION_END}};

/* Row *i of a table; OPTION_END if it has fewer rows, which are then taken off
 * *i. */
static const Option *table_row(const Option *row, size_t *i)
{
    for (; row->kind != OPTION_END && *i > 0; row++) --*i;
    return row;
}

const Option *option_row(const Program *program, size_t i, bool *is_basic)
{
    const Option *row = table_row(program->options, &i);
    const Option *const *table = program->more_options;
    *is_basic = false;
    for (; row->kind == OPTION_END && table && *table; table++)
        row = table_row(*table, &i);
    if (row->kind != OPTION_END) return row;
    *is_basic = true;
    return table_row(BASIC_OPTIONS, &i);
}
