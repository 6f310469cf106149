/* options.c - parses a command line by an option table. */
#include "common/program/options.h"

#include "common/base/near_miss.h"
#include "common/program/options_internal.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The state of parsing one command line. */
typedef struct Reading {
    const Program *program;
    char **arguments;
    int argument_count;
    int next; /* index of the next argument */
    void *settings;
    ParsedLine *line;
    BasicOptions basics;
    Error *error;
} Reading;

/* An option as given on the command line. */
typedef struct Given {
    const Option *option; /* NULL: unknown */
    size_t row;
    void *base; /* the struct it writes to */
    bool negated;
    char shown[64]; /* for messages: "--threads", "-k" */
} Given;

static bool name_matches(const Option *row, Span name, bool *negated)
{
    *negated = false;
    if (row->kind <= OPTION_GROUP || !row->name) return false;
    if (span_equals_text(name, row->name)) return true;
    *negated = row->kind == OPTION_NEGATABLE && name.size > 3 &&
               !memcmp(name.data, "no-", 3) &&
               span_equals_text(span_of(name.data + 3, name.size - 3),
                                row->name);
    return *negated;
}

/* By letter if it is not 0, else by name. */
static Given find_option(Reading *reading, char letter, Span name)
{
    Given given = {0};
    bool is_basic, negated = false;
    for (size_t i = 0;; i++) {
        const Option *row = option_row(reading->program, i, &is_basic);
        if (row->kind == OPTION_END) return given;
        if (row->kind == OPTION_GROUP) continue;
        if (letter ? row->letter == letter
                   : name_matches(row, name, &negated)) {
            given.option = row;
            given.row = i;
            given.base = is_basic ? (void *)&reading->basics
                                  : reading->settings;
            given.negated = negated;
            return given;
        }
    }
}

static void store(const Given *given, const void *value, size_t size)
{
    memcpy((uint8_t *)given->base + given->option->offset, value, size);
}

static bool outside(const Option *option, double value)
{
    bool limited = option->low != 0 || option->high != 0;
    return limited && (value < option->low || value > option->high);
}

/* A size is written in the largest unit that divides it: 16M. */
static void write_limit(const Option *option, double limit, char *out,
                        size_t size)
{
    static const char *const UNITS[] = {"", "K", "M", "G", "T"};
    size_t unit = 0;
    while (option->kind == OPTION_SIZE && unit < 4 && limit >= 1024 &&
           fmod(limit, 1024) == 0) {
        limit /= 1024;
        unit++;
    }
    snprintf(out, size, "%.15g%s", limit, UNITS[unit]);
}

static Status fail_value(Reading *reading, const Given *given, const char *text,
                         const char *wanted)
{
    const Option *option = given->option;
    if (option->low == 0 && option->high == 0) {
        return fail(reading->error, ERR_USAGE, "%s: '%s' is not %s",
                    given->shown, text, wanted);
    }
    char low[32], high[32];
    write_limit(option, option->low, low, sizeof low);
    write_limit(option, option->high, high, sizeof high);
    return fail(reading->error, ERR_USAGE, "%s: '%s' is not %s from %s to %s",
                given->shown, text, wanted, low, high);
}

static Status store_number(Reading *reading, const Given *given,
                           const char *text)
{
    char *end = NULL;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    uint64_t value = number;
    if (text[0] < '0' || text[0] > '9' || *end || errno ||
        outside(given->option, (double)value)) {
        return fail_value(reading, given, text, "an integer");
    }
    store(given, &value, sizeof value);
    return OK;
}

/* Reads a plain decimal number at the start of text, without sign, "inf" or
 * hexadecimal; *end is after it. False without one. */
static bool read_decimal(const char *text, double *value, const char **end)
{
    size_t length = strspn(text, "0123456789.");
    if (length && (text[length] == 'e' || text[length] == 'E')) {
        size_t sign = text[length + 1] == '-' || text[length + 1] == '+';
        size_t digits = strspn(text + length + 1 + sign, "0123456789");
        if (digits) length += 1 + sign + digits;
    }
    char *after = NULL;
    if (length) *value = strtod(text, &after);
    *end = after;
    return length && after == text + length && isfinite(*value);
}

static Status store_real(Reading *reading, const Given *given, const char *text)
{
    double value = 0;
    const char *end = NULL;
    bool negative = text[0] == '-';
    bool fits = read_decimal(text + negative, &value, &end) && !*end;
    if (negative) value = -value;
    if (!fits || outside(given->option, value)) {
        return fail_value(reading, given, text, "a number");
    }
    store(given, &value, sizeof value);
    return OK;
}

/* The factor of the unit of a size, or 0. */
static double unit_factor(const char *unit)
{
    static const char LETTERS[] = "kmgt";
    if (!*unit || !strcmp(unit, "B")) return 1;
    const char *letter = strchr(LETTERS, *unit | 0x20);
    const char *rest = unit + 1;
    if (!letter || (*rest && strcmp(rest, "B") && strcmp(rest, "iB"))) return 0;
    return ldexp(1, 10 * (int)(letter - LETTERS + 1));
}

static Status store_size(Reading *reading, const Given *given, const char *text)
{
    double value = 0;
    const char *unit = NULL;
    bool fits = read_decimal(text, &value, &unit);
    double factor = fits ? unit_factor(unit) : 0;
    value *= factor;
    if (factor == 0 || value >= 9e18 || outside(given->option, value)) {
        return fail_value(reading, given, text,
                          "a size (4096, 64K, 256M, 1.5G)");
    }
    uint64_t bytes = (uint64_t)value;
    store(given, &bytes, sizeof bytes);
    return OK;
}

static Status fail_choice(Reading *reading, const Given *given,
                          const char *text)
{
    Buf all = {0};
    NearMiss near = {.word = text};
    for (const char *const *choice = given->option->choices; *choice;
         choice++) {
        if (all.size) buf_put_text(&all, ", ");
        buf_put_text(&all, *choice);
        near_miss_offer(&near, *choice);
    }
    const char *list = buf_text(&all);
    Status status = fail(reading->error, ERR_USAGE,
                         "%s: unknown value '%s'%s%s%s; use one of %s",
                         given->shown, text, near.best ? " (did you mean " : "",
                         near.best ? near.best : "", near.best ? "?)" : "",
                         list ? list : "its choices");
    buf_release(&all);
    return status;
}

static Status store_choice(Reading *reading, const Given *given,
                           const char *text)
{
    const char *const *choices = given->option->choices;
    for (int i = 0; choices[i]; i++) {
        if (strcmp(choices[i], text)) continue;
        store(given, &i, sizeof i);
        return OK;
    }
    return fail_choice(reading, given, text);
}

static Status add_to_list(Reading *reading, const Given *given,
                          const char *text)
{
    OptionList list;
    memcpy(&list, (uint8_t *)given->base + given->option->offset, sizeof list);
    const char **items = realloc(list.items, (list.count + 1) * sizeof *items);
    if (!items) return fail_memory(reading->error, "reading the options");
    items[list.count] = text;
    list = (OptionList){items, list.count + 1};
    store(given, &list, sizeof list);
    return OK;
}

void option_list_release(OptionList *list)
{
    free(list->items);
    *list = (OptionList){0};
}

static Status store_text(Reading *reading, const Given *given, const char *text)
{
    const char *before;
    const uint8_t *member = (const uint8_t *)given->base +
                            given->option->offset;
    memcpy(&before, member, sizeof before);
    if (given->option->once && before) {
        return fail(reading->error, ERR_USAGE,
                    "%s can be given only once, not as '%s' and '%s'",
                    given->shown, before, text);
    }
    store(given, &text, sizeof text);
    return OK;
}

static Status store_value(Reading *reading, const Given *given,
                          const char *text)
{
    switch (given->option->kind) {
    case OPTION_NUMBER: return store_number(reading, given, text);
    case OPTION_SIZE: return store_size(reading, given, text);
    case OPTION_REAL: return store_real(reading, given, text);
    case OPTION_CHOICE: return store_choice(reading, given, text);
    case OPTION_LIST: return add_to_list(reading, given, text);
    case OPTION_TEXT: return store_text(reading, given, text);
    case OPTION_FLAG:
    case OPTION_NEGATABLE:
    case OPTION_GROUP:
    case OPTION_END: break;
    }
    return OK;
}

static void store_flag(const Given *given)
{
    bool value = !given->negated;
    store(given, &value, sizeof value);
}

/* `attached` is the value in the same argument, or NULL. */
static Status take_value(Reading *reading, const Given *given,
                         const char *attached)
{
    if (!attached && reading->next < reading->argument_count) {
        attached = reading->arguments[reading->next++];
    }
    if (!attached) {
        return fail(reading->error, ERR_USAGE, "%s requires a value: %s %s",
                    given->shown, given->shown, given->option->value);
    }
    return store_value(reading, given, attached);
}

static Status fail_unknown_name(Reading *reading, const char *argument)
{
    char word[64] = "";
    size_t length = strcspn(argument + 2, "=");
    if (length >= sizeof word) length = sizeof word - 1;
    memcpy(word, argument + 2, length);
    NearMiss near = {.word = word};
    bool is_basic;
    for (size_t i = 0;; i++) {
        const Option *row = option_row(reading->program, i, &is_basic);
        if (row->kind == OPTION_END) break;
        if (row->name) near_miss_offer(&near, row->name);
    }
    if (near.best) {
        return fail(reading->error, ERR_USAGE,
                    "unknown option --%s (did you mean --%s?)", word,
                    near.best);
    }
    return fail(reading->error, ERR_USAGE, "unknown option --%s; see %s -h",
                word, reading->program->name);
}

/* Beyond the program's own table are the rows that every program has. */
static void note_given(Reading *reading, const Given *given)
{
    if (given->base != reading->settings) return;
    assert(given->row < 64);
    reading->line->given |= UINT64_C(1) << given->row;
}

bool options_given(const Program *program, const ParsedLine *line,
                   size_t offset)
{
    bool is_basic;
    for (size_t i = 0;; i++) {
        const Option *row = option_row(program, i, &is_basic);
        if (is_basic) return false;
        if (row->kind != OPTION_GROUP && row->offset == offset)
            return line->given >> i & 1;
    }
}

static Status read_long(Reading *reading, const char *argument)
{
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const char *attached = name[length] ? name + length + 1 : NULL;
    Given given = find_option(reading, 0, span_of(name, length));
    if (!given.option) return fail_unknown_name(reading, argument);
    memcpy(given.shown, argument, length + 2 < 63 ? length + 2 : 63);
    note_given(reading, &given);
    if (option_takes_value(given.option)) {
        return take_value(reading, &given, attached);
    }
    if (attached) {
        return fail(reading->error, ERR_USAGE, "%s does not take a value",
                    given.shown);
    }
    store_flag(&given);
    return OK;
}

/* -hits is an error: it is likely meant as --hits and would print the help. But
 * -k1 is -k 1, even if there is --k1. */
static Status check_dashes(Reading *reading, const char *argument)
{
    Given given = find_option(reading, 0, span_text(argument + 1));
    if (!given.option || !isalpha((unsigned char)argument[2])) return OK;
    return fail(reading->error, ERR_USAGE,
                "unknown option %s; long options take two dashes: -%s",
                argument, argument);
}

/* -the is more likely an operand than an invalid value of -t. */
static Status take_attached(Reading *reading, const Given *given,
                            const char *argument, const char *rest)
{
    bool is_word = *rest ? isalpha((unsigned char)*rest) : rest > argument + 2;
    Status status = take_value(reading, given, *rest ? rest : NULL);
    if (status == OK && *rest && is_word && !reading->line->bundle) {
        reading->line->bundle = argument;
        reading->line->bundle_value = rest;
        reading->line->bundle_follows_operand = reading->line->operand_count >
                                                0;
    }
    if (status != ERR_USAGE || !is_word) return status;
    Error cause = *reading->error;
    return fail(reading->error, ERR_USAGE,
                "%s; put arguments that start with '-' after '--'",
                cause.message);
}

/* -v, -qv, -k10, -k 10, -qk 10 */
static Status read_letters(Reading *reading, const char *argument)
{
    Status status = check_dashes(reading, argument);
    if (status != OK) return status;
    for (const char *letter = argument + 1; *letter; letter++) {
        Given given = find_option(reading, *letter, (Span){0});
        if (!given.option) {
            return fail(reading->error, ERR_USAGE,
                        "unknown option -%c in '%s'; see %s -h, and put "
                        "arguments that start with '-' after '--'",
                        *letter, argument, reading->program->name);
        }
        given.shown[0] = '-';
        given.shown[1] = *letter;
        note_given(reading, &given);
        if (option_takes_value(given.option)) {
            return take_attached(reading, &given, argument, letter + 1);
        }
        store_flag(&given);
    }
    return OK;
}

static OptionRequest request_of(const BasicOptions *basics,
                                const char *argument)
{
    if (basics->help) {
        return argument[1] == '-' ? REQUEST_HELP : REQUEST_SHORT_HELP;
    }
    if (basics->version) return REQUEST_VERSION;
    if (basics->generate < 0) return REQUEST_NOTHING;
    return (OptionRequest)(REQUEST_MAN + basics->generate);
}

static Status read_arguments(Reading *reading, ParsedLine *out)
{
    bool options_end = false;
    while (reading->next < reading->argument_count) {
        const char *argument = reading->arguments[reading->next++];
        if (options_end || argument[0] != '-' || !argument[1]) {
            out->operands[out->operand_count++] = argument;
            continue;
        }
        if (!strcmp(argument, "--")) {
            options_end = true;
            continue;
        }
        Status status = argument[1] == '-' ? read_long(reading, argument)
                                           : read_letters(reading, argument);
        if (status != OK) return status;
        out->request = request_of(&reading->basics, argument);
        if (out->request != REQUEST_NOTHING) return OK;
    }
    return OK;
}

Status options_parse(const Program *program, int argc, char **argv,
                     void *settings, ParsedLine *out, Error *error)
{
    *out = (ParsedLine){0};
    size_t room = argc > 0 ? (size_t)argc : 1;
    out->operands = calloc(room, sizeof *out->operands);
    if (!out->operands) return fail_memory(error, "reading the options");
    Reading reading = {.program = program,
                       .arguments = argv,
                       .argument_count = argc,
                       .next = 1,
                       .settings = settings,
                       .line = out,
                       .basics.generate = -1,
                       .error = error};
    Status status = read_arguments(&reading, out);
    out->quiet = reading.basics.quiet;
    out->verbose = reading.basics.verbose;
    return status;
}

void parsed_line_release(ParsedLine *line)
{
    free(line->operands);
    *line = (ParsedLine){0};
}

static void put_version(const Program *program, Buf *out)
{
    size_t length = strcspn(program->name, " ");
    buf_put(out, program->name, length);
    buf_printf(out, " (Quern) %s\n", QUERN_VERSION);
}

void options_answer(const Program *program, OptionRequest request, Buf *out)
{
    switch (request) {
    case REQUEST_NOTHING: break;
    case REQUEST_SHORT_HELP: put_help(program, false, out); break;
    case REQUEST_HELP: put_help(program, true, out); break;
    case REQUEST_VERSION: put_version(program, out); break;
    case REQUEST_MAN: put_man_page(program, out); break;
    case REQUEST_BASH: put_bash_completion(program, out); break;
    case REQUEST_ZSH: put_zsh_completion(program, out); break;
    case REQUEST_FISH: put_fish_completion(program, out); break;
    }
}
