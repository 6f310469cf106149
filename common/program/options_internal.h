/* options_internal.h - what the files that read an option table share. */
#ifndef QUERN_PROGRAM_OPTIONS_INTERNAL_H
#define QUERN_PROGRAM_OPTIONS_INTERNAL_H

#include "common/program/options.h"

/* Where the options of every program write to. */
typedef struct BasicOptions {
    bool help, version, quiet, verbose;
    int generate; /* which of GENERATE_CHOICES; -1: not given */
} BasicOptions;

/* The i-th row of a program's table followed by the rows that every program
 * has; OPTION_END behind the last. *is_basic tells which table it is from. */
const Option *option_row(const Program *program, size_t i, bool *is_basic);

static inline bool option_takes_value(const Option *option)
{
    return option->kind > OPTION_NEGATABLE;
}

void put_help(const Program *program, bool with_details, Buf *out);
void put_man_page(const Program *program, Buf *out);
void put_bash_completion(const Program *program, Buf *out);
void put_zsh_completion(const Program *program, Buf *out);
void put_fish_completion(const Program *program, Buf *out);

#endif
