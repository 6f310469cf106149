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

const Option *option_row(const Program *program, size_t i, bool *is_basic)
{
    const Option *row = program->options;
    for (; row->kind != OPTION_END && i > 0; row++) i--;
    *is_basic = row->kind == OPTION_END;
    if (!*is_basic) return row;
    for (row = BASIC_OPTIONS; row->kind != OPTION_END && i > 0; row++) i--;
    return row;
}
