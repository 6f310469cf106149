/* options_test.c - tests common/program/options.c and what reads its tables. */
#include "common/program/options.h"

#include "tests/support/check_main.h"

#include <stdio.h>

typedef struct Settings {
    bool flag, store;
    const char *text, *query;
    uint64_t number, size, hits;
    double real;
    int choice;
    OptionList list;
} Settings;

static const char *const CHOICES[] = {"auto", "always", "never", NULL};

#define AT(member) offsetof(Settings, member)

static const Option OPTIONS[] = {
    {OPTION_GROUP, .brief = "First"},
    {OPTION_FLAG, 'f', "flag", NULL, AT(flag), .brief = "a flag"},
    {OPTION_NEGATABLE, 0, "store", NULL, AT(store), .brief = "keep text [yes]"},
    {OPTION_TEXT, 'o', "output", "DIR", AT(text), .brief = "where to",
     .complete = COMPLETE_FOLDER},
    {OPTION_TEXT, 0, "query", "TEXT", AT(query), .brief = "what", .once = true},
    {OPTION_GROUP, .brief = "Second"},
    {OPTION_NUMBER, 'n', "threads", "N", AT(number), .brief = "how many",
     .low = 1, .high = 64},
    {OPTION_SIZE, 0, "memory", "SIZE", AT(size), .brief = "how much"},
    {OPTION_SIZE, 0, "block", "SIZE", AT(size), .brief = "how large",
     .low = 16 << 20, .high = 1000 * 0x1p40},
    {OPTION_NUMBER, 'k', "hits", "N", AT(hits), .brief = "how many"},
    {OPTION_REAL, 0, "k1", "X", AT(real), .brief = "how strong", .low = 0,
     .high = 10,
     .detail = "A sentence that goes into the long help only, and "
               "is long enough to be wrapped onto a second line."},
    {OPTION_CHOICE, 0, "color", "WHEN", AT(choice), .brief = "colours [auto]",
     .choices = CHOICES},
    {OPTION_LIST, 's', "store-field", "KEY", AT(list), .brief = "keep a field"},
    {.kind = OPTION_END}};

static const char *const USAGES[] = {"[OPTIONS] INPUT...", NULL};
static const ProgramExample EXAMPLES[] = {{"tool ~/notes", "does it"}, {0}};
static const ProgramChapter CHAPTERS[] = {
    {"Exit status", "0 if all went well.\n  kept   as it is"}, {0}};
static const Program COMMAND = {.name = "tool stats",
                                .summary = "print sizes",
                                .usages = USAGES,
                                .options = OPTIONS};
static const Program *const COMMANDS[] = {&COMMAND, NULL};
static const Program PROGRAM = {.name = "tool",
                                .summary = "a tool for tests",
                                .usages = USAGES,
                                .examples = EXAMPLES,
                                .options = OPTIONS,
                                .chapters = CHAPTERS,
                                .commands = COMMANDS,
                                .operands = COMPLETE_FILE};

enum { MOST_ARGUMENTS = 16 };

static Settings settings;
static ParsedLine line;
static Error error;

/* Parses a command line given as words with single spaces between. */
static Status parse(const char *words)
{
    static char text[256];
    static char *arguments[MOST_ARGUMENTS];
    int count = 0;
    parsed_line_release(&line);
    option_list_release(&settings.list);
    settings = (Settings){.store = true};
    snprintf(text, sizeof text, "tool %s", words);
    for (char *at = text; *at && count < MOST_ARGUMENTS;) {
        arguments[count++] = at;
        at += strcspn(at, " ");
        if (*at) *at++ = 0;
    }
    return options_parse(&PROGRAM, count, arguments, &settings, &line, &error);
}

#define ck_refused(words, wanted)                  \
    do {                                           \
        ck_assert_int_eq(parse(words), ERR_USAGE); \
        ck_assert_str_eq(error.message, wanted);   \
    } while (0)

START_TEST(values_are_read_in_any_spelling)
{
    static const char *const SPELLINGS[] = {
        "-n8 -o ix -f", "-n 8 --output ix --flag", "--threads=8 -fo ix",
        "--threads 8 --output=ix -f", "-fn8 -oix"};
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof *SPELLINGS; i++) {
        ck_assert_int_eq(parse(SPELLINGS[i]), OK);
        ck_assert_uint_eq(settings.number, 8);
        ck_assert_str_eq(settings.text, "ix");
        ck_assert(settings.flag);
        ck_assert_uint_eq(line.operand_count, 0);
    }
}
END_TEST

START_TEST(operands_may_be_anywhere)
{
    ck_assert_int_eq(parse("one -f two - -n 3 -- -f --flag"), OK);
    ck_assert_uint_eq(line.operand_count, 5);
    ck_assert_str_eq(line.operands[0], "one");
    ck_assert_str_eq(line.operands[1], "two");
    ck_assert_str_eq(line.operands[2], "-");
    ck_assert_str_eq(line.operands[3], "-f");
    ck_assert_str_eq(line.operands[4], "--flag");
    ck_assert_uint_eq(settings.number, 3);
}
END_TEST

START_TEST(options_not_given_keep_their_values)
{
    ck_assert_int_eq(parse("x"), OK);
    ck_assert(settings.store);
    ck_assert_ptr_null(settings.text);
    ck_assert_int_eq(parse("--no-store"), OK);
    ck_assert(!settings.store);
    ck_assert_int_eq(parse("--no-store --store"), OK);
    ck_assert(settings.store);
}
END_TEST

START_TEST(an_option_given_with_its_default_value_counts_as_given)
{
    ck_assert_int_eq(parse("--store -n 3 -fs key x"), OK);
    ck_assert(options_given(&PROGRAM, &line, AT(store)));
    ck_assert(options_given(&PROGRAM, &line, AT(number)));
    ck_assert(options_given(&PROGRAM, &line, AT(flag)));
    ck_assert(options_given(&PROGRAM, &line, AT(list)));
    ck_assert(!options_given(&PROGRAM, &line, AT(real)));
    ck_assert(!options_given(&PROGRAM, &line, AT(choice)));
    ck_assert_int_eq(parse("--no-store -v"), OK);
    ck_assert(options_given(&PROGRAM, &line, AT(store)));
    ck_assert(!options_given(&PROGRAM, &line, AT(flag)));
}
END_TEST

START_TEST(sizes_have_units)
{
    static const struct {
        const char *text;
        uint64_t bytes;
    } SIZES[] = {{"4096", 4096},   {"64K", 65536},       {"256M", 256u << 20},
                 {"1G", 1u << 30}, {"1.5G", 3ull << 29}, {"2T", 2ull << 40},
                 {"64kB", 65536},  {"1GiB", 1u << 30}};
    char words[64];
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        snprintf(words, sizeof words, "--memory %s", SIZES[i].text);
        ck_assert_int_eq(parse(words), OK);
        ck_assert_uint_eq(settings.size, SIZES[i].bytes);
    }
    ck_refused("--memory 1X",
               "--memory: '1X' is not a size (4096, 64K, 256M, 1.5G)");
    ck_assert_int_eq(parse("--memory -1"), ERR_USAGE);
    ck_assert_int_eq(parse("--memory 99999999T"), ERR_USAGE);
    ck_assert_int_eq(parse("--memory M"), ERR_USAGE);
}
END_TEST

START_TEST(limits_of_sizes_are_shown_with_units)
{
    ck_refused("--block 10", "--block: '10' is not a size (4096, 64K, 256M, "
                             "1.5G) from 16M to 1000T");
}
END_TEST

START_TEST(numbers_must_be_integers_in_range)
{
    ck_refused("-n 0", "-n: '0' is not an integer from 1 to 64");
    ck_refused("--threads 65",
               "--threads: '65' is not an integer from 1 to 64");
    ck_refused("-n 8x", "-n: '8x' is not an integer from 1 to 64");
    ck_assert_int_eq(parse("-n -1"), ERR_USAGE);
    ck_assert_int_eq(parse("-n 99999999999999999999"), ERR_USAGE);
    ck_assert_int_eq(parse("-n="), ERR_USAGE);
}
END_TEST

START_TEST(reals_are_decimal)
{
    ck_assert_int_eq(parse("--k1 0.9"), OK);
    ck_assert(settings.real > 0.899 && settings.real < 0.901);
    ck_assert_int_eq(parse("--k1 1.5e-1"), OK);
    ck_assert(settings.real > 0.149 && settings.real < 0.151);
    ck_assert_int_eq(parse("--k1 nan"), ERR_USAGE);
    ck_assert_int_eq(parse("--k1 inf"), ERR_USAGE);
    ck_assert_int_eq(parse("--k1 0x1"), ERR_USAGE);
    ck_assert_int_eq(parse("--k1 -0.5"), ERR_USAGE);
    ck_refused("--k1 11", "--k1: '11' is not a number from 0 to 10");
}
END_TEST

START_TEST(choices_and_lists)
{
    ck_assert_int_eq(parse("--color never -s a --store-field=b"), OK);
    ck_assert_int_eq(settings.choice, 2);
    ck_assert_uint_eq(settings.list.count, 2);
    ck_assert_str_eq(settings.list.items[1], "b");
    ck_refused("--color alwys", "--color: unknown value 'alwys' (did you mean "
                                "always?); use one of auto, always, never");
}
END_TEST

START_TEST(unknown_options_get_a_suggestion)
{
    ck_refused("--treads 3",
               "unknown option --treads (did you mean --threads?)");
    ck_refused("--thr 3", "unknown option --thr (did you mean --threads?)");
    ck_refused("--verison",
               "unknown option --verison (did you mean --version?)");
    ck_refused("--zzz", "unknown option --zzz; see tool -h");
    ck_refused("-x", "unknown option -x in '-x'; see tool -h, and put "
                     "arguments that start with '-' after '--'");
}
END_TEST

START_TEST(a_long_name_with_one_dash_suggests_two)
{
    ck_refused("-help", "unknown option -help; long options take two dashes: "
                        "--help");
    ck_refused("-threads 3", "unknown option -threads; long options take "
                             "two dashes: --threads");
    ck_assert_int_eq(parse("-k1"), OK); /* -k 1, not --k1 */
    ck_assert_uint_eq(settings.hits, 1);
}
END_TEST

START_TEST(an_option_allowed_once_is_refused_twice)
{
    ck_refused("--query a --query b",
               "--query can be given only once, not as 'a' and 'b'");
    ck_assert_int_eq(parse("-o a -o b"), OK);
    ck_assert_str_eq(settings.text, "b");
}
END_TEST

START_TEST(missing_and_extra_values_are_named)
{
    ck_refused("-n", "-n requires a value: -n N");
    ck_refused("--output", "--output requires a value: --output DIR");
    ck_refused("--flag=yes", "--flag does not take a value");
}
END_TEST

START_TEST(requests_end_the_parsing)
{
    ck_assert_int_eq(parse("-h --nonsense"), OK);
    ck_assert_int_eq(line.request, REQUEST_SHORT_HELP);
    ck_assert_int_eq(parse("--help"), OK);
    ck_assert_int_eq(line.request, REQUEST_HELP);
    ck_assert_int_eq(parse("--version"), OK);
    ck_assert_int_eq(line.request, REQUEST_VERSION);
    ck_assert_int_eq(parse("--generate complete-zsh"), OK);
    ck_assert_int_eq(line.request, REQUEST_ZSH);
    ck_assert_int_eq(parse("-qv"), OK);
    ck_assert_int_eq(line.request, REQUEST_NOTHING);
    ck_assert(line.quiet && line.verbose);
}
END_TEST

static void check_width(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        ck_assert_uint_le(length, 80);
        text += length + (text[length] == '\n');
    }
}

START_TEST(help_names_every_option_within_80_columns)
{
    for (OptionRequest request = REQUEST_SHORT_HELP; request <= REQUEST_HELP;
         request++) {
        Buf out = {0};
        options_answer(&PROGRAM, request, &out);
        const char *text = buf_text(&out);
        check_width(text);
        for (const Option *row = OPTIONS; row->kind != OPTION_END; row++) {
            if (row->name) ck_assert_ptr_nonnull(strstr(text, row->name));
            ck_assert_ptr_nonnull(strstr(text, row->brief));
        }
        ck_assert_ptr_nonnull(strstr(text, "--[no-]store"));
        ck_assert_ptr_nonnull(strstr(text, "tool stats"));
        buf_release(&out);
    }
}
END_TEST

START_TEST(long_help_has_examples_first_and_chapters_last)
{
    Buf out = {0};
    options_answer(&PROGRAM, REQUEST_HELP, &out);
    const char *text = buf_text(&out);
    const char *example = strstr(text, "tool ~/notes");
    const char *usage = strstr(text, "usage:");
    const char *chapter = strstr(text,
                                 "\n  0 if all went well.\n    kept   as");
    ck_assert(example && usage && chapter);
    ck_assert(example < usage && usage < chapter);
    buf_release(&out);
}
END_TEST

START_TEST(man_page_and_completions_know_every_option)
{
    for (OptionRequest request = REQUEST_MAN; request <= REQUEST_FISH;
         request++) {
        Buf out = {0};
        options_answer(&PROGRAM, request, &out);
        const char *text = buf_text(&out);
        static const char *const NAMES[] = {"threads", "memory", "color",
                                            "always",  "quiet",  "stats"};
        for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
            ck_assert_msg(strstr(text, NAMES[i]), "%s: no %s", text, NAMES[i]);
        }
        buf_release(&out);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *tests = tcase_create("options");
    tcase_add_test(tests, values_are_read_in_any_spelling);
    tcase_add_test(tests, operands_may_be_anywhere);
    tcase_add_test(tests, options_not_given_keep_their_values);
    tcase_add_test(tests,
                   an_option_given_with_its_default_value_counts_as_given);
    tcase_add_test(tests, sizes_have_units);
    tcase_add_test(tests, limits_of_sizes_are_shown_with_units);
    tcase_add_test(tests, numbers_must_be_integers_in_range);
    tcase_add_test(tests, reals_are_decimal);
    tcase_add_test(tests, choices_and_lists);
    tcase_add_test(tests, unknown_options_get_a_suggestion);
    tcase_add_test(tests, a_long_name_with_one_dash_suggests_two);
    tcase_add_test(tests, an_option_allowed_once_is_refused_twice);
    tcase_add_test(tests, missing_and_extra_values_are_named);
    tcase_add_test(tests, requests_end_the_parsing);
    tcase_add_test(tests, help_names_every_option_within_80_columns);
    tcase_add_test(tests, long_help_has_examples_first_and_chapters_last);
    tcase_add_test(tests, man_page_and_completions_know_every_option);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
