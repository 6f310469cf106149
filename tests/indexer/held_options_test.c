/* held_options_test.c - tests which options of a command line an index accepts,
 * and what it completes. */
#include "indexer/held_options.h"

#include "indexer/change_settings.h"
#include "tests/indexer/build/trial_build.h"

enum { MAX_ARGUMENTS = 8 };

/* A command line of update that meets an index. */
typedef struct Meeting {
    BuildSettings settings;
    ParsedLine line;
    BuildOptions build;
    Buf stop_words;
    HeldOptions held;
    Index *index;
    Error error;
} Meeting;

/* Splits at blanks; *words must live as long as what is made of it. */
static int split(char *words, char **arguments)
{
    static char command[] = "update";
    int count = 0;
    arguments[count++] = command;
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        ck_assert_int_lt(count, MAX_ARGUMENTS);
        arguments[count++] = word;
    }
    return count;
}

static void read_line(Meeting *meeting, char *words)
{
    char *arguments[MAX_ARGUMENTS];
    int count = split(words, arguments);
    build_settings_init(&meeting->settings);
    ck_assert_int_eq(options_parse(&UPDATE_PROGRAM, count, arguments,
                                   &meeting->settings, &meeting->line,
                                   &meeting->error),
                     OK);
    ck_assert_int_eq(build_settings_apply(&meeting->settings, &meeting->line,
                                          &meeting->stop_words, &meeting->build,
                                          &meeting->error),
                     OK);
    meeting->held = (HeldOptions){.program = &UPDATE_PROGRAM,
                                  .line = &meeting->line,
                                  .build = &meeting->build};
}

static Status meet(Meeting *meeting, const char *folder, char *words)
{
    *meeting = (Meeting){0};
    read_line(meeting, words);
    ck_assert_int_eq(index_open(folder, &meeting->index, &meeting->error), OK);
    return held_options_apply(&meeting->held, meeting->index, &meeting->error);
}

static void part(Meeting *meeting)
{
    index_close(meeting->index);
    held_options_release(&meeting->held);
    buf_release(&meeting->stop_words);
    parsed_line_release(&meeting->line);
    build_settings_release(&meeting->settings);
}

/* An index that was made with each option of folders, and one with none. */
static const char *make_index(bool with_options)
{
    static const char *const excludes[] = {"*.log", "!keep.log"};
    static const char *const fields[] = {"year"};
    const char *input = keep(scratch_write(
        &scratch, "in.jsonl",
        span_text("{\"id\":\"a\",\"text\":\"one\",\"year\":\"1999\"}\n")));
    BuildOptions options = options_for(input, "ix");
    options.corpus.store_fields = fields;
    options.corpus.store_field_count = 1;
    if (with_options) {
        options.corpus.excludes = excludes;
        options.corpus.exclude_count = 2;
        options.corpus.hidden = options.corpus.follow = true;
        options.corpus.no_ignore = true;
        options.corpus.max_file_bytes = 2048;
    }
    build(&options);
    return options.output;
}

/* What the user saw: `indexer --exclude '*.log' notes; indexer update notes`
 * indexed the logs. */
START_TEST(folders_are_read_as_the_index_was_made)
{
    Meeting meeting;
    char words[] = "notes";
    ck_assert_int_eq(meet(&meeting, make_index(true), words), OK);
    const CorpusOptions *corpus = &meeting.build.corpus;
    ck_assert_uint_eq(corpus->exclude_count, 2);
    ck_assert_str_eq(corpus->excludes[0], "*.log");
    ck_assert_str_eq(corpus->excludes[1], "!keep.log");
    ck_assert(corpus->hidden && corpus->follow && corpus->no_ignore);
    ck_assert_uint_eq(corpus->max_file_bytes, 2048);
    ck_assert_uint_eq(corpus->store_field_count, 1);
    ck_assert_str_eq(corpus->store_fields[0], "year");
    part(&meeting);
}
END_TEST

static const char *const agreeing[] = {"--exclude *.log --exclude !keep.log",
                                       "--hidden", "--follow", "--no-ignore",
                                       "--max-filesize 2K"};

START_TEST(options_of_folders_that_agree_are_accepted)
{
    Meeting meeting;
    char words[64];
    snprintf(words, sizeof words, "notes %s", agreeing[_i]);
    ck_assert_int_eq(meet(&meeting, make_index(true), words), OK);
    ck_assert_uint_eq(meeting.build.corpus.exclude_count, 2);
    ck_assert(meeting.build.corpus.hidden);
    part(&meeting);
}
END_TEST

/* The option, and what the message calls that of the index. */
static const struct {
    bool with_options;
    const char *given, *held;
} contradicting[] = {
    {true, "--exclude *.log", "--exclude *.log --exclude !keep.log"},
    {true, "--exclude !keep.log --exclude *.log",
     "--exclude *.log --exclude !keep.log"},
    {true, "--no-hidden", "--hidden"},
    {true, "--no-follow", "--follow"},
    {true, "--ignore", "--no-ignore"},
    {true, "--max-filesize 0", "--max-filesize 2048"},
    {false, "--exclude *.log", "no --exclude"},
    {false, "--hidden", "--no-hidden"},
    {false, "--follow", "--no-follow"},
    {false, "--no-ignore", "--ignore"},
    {false, "--max-filesize 7", "--max-filesize 0"},
    {false, "--store-field author", "--store-field year"},
};

START_TEST(an_option_that_contradicts_the_index_names_both)
{
    Meeting meeting;
    char words[96], named[160];
    const char *held = contradicting[_i].held;
    const char *folder = make_index(contradicting[_i].with_options);
    snprintf(words, sizeof words, "notes %s", contradicting[_i].given);
    ck_assert_int_eq(meet(&meeting, folder, words), ERR_USAGE);
    snprintf(named, sizeof named, "%s contradicts the index ",
             contradicting[_i].given);
    ck_assert_msg(!strncmp(meeting.error.message, named, strlen(named)), "%s",
                  meeting.error.message);
    snprintf(named, sizeof named, ", which has %s; ", held);
    ck_assert_msg(strstr(meeting.error.message, named) != NULL, "%s",
                  meeting.error.message);
    part(&meeting);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

int main(void)
{
    TCase *options = tcase_create("options");
    tcase_add_checked_fixture(options, make_scratch, remove_scratch);
    tcase_add_test(options, folders_are_read_as_the_index_was_made);
    tcase_add_loop_test(options, options_of_folders_that_agree_are_accepted, 0,
                        COUNT(agreeing));
    tcase_add_loop_test(options,
                        an_option_that_contradicts_the_index_names_both, 0,
                        COUNT(contradicting));
    Suite *suite = suite_create("held options");
    suite_add_tcase(suite, options);
    return check_main(suite);
}
