/* options_internal.h - shared by options*.c only. */
#ifndef QUERN_PROGRAM_OPTIONS_INTERNAL_H
#define QUERN_PROGRAM_OPTIONS_INTERNAL_H

#include "common/program/options.h"

/* The values of the options that every program has. */
typedef struct BasicOptions {
    bool help, version, quiet, verbose;
    int generate; /* index into GENERATE_CHOICES; -1: not given */
} BasicOptions;

/* Row i of a program's table followed by the rows that every program has;
 * OPTION_END after the last. *is_basic is true for the latter. */
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
