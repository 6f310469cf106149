/* commands.c - the table of the commands. */
#include "indexer/commands.h"

#include "common/program/discovery.h"
#include "common/segment/documents/documents.h"
#include "indexer/change_settings.h"

#define JSON_OPTION                                                      \
    {                                                                    \
        .kind = OPTION_FLAG, .name = "json",                             \
        .offset = offsetof(CommandSettings, json), .brief = "print JSON" \
    }

#define MAX_RECORD_OPTION                                            \
    {                                                                \
        .kind = OPTION_SIZE, .name = "max-record", .value = "SIZE",  \
        .offset = offsetof(CommandSettings, max_record),             \
        .brief = "largest stored document to read [256M]", .low = 1, \
        .high = 4 * 0x1p30                                           \
    }

static const Option json_options[] = {JSON_OPTION, {.kind = OPTION_END}};
static const Option check_options[] = {
    JSON_OPTION, MAX_RECORD_OPTION, {.kind = OPTION_END}};
static const Option dump_options[] = {MAX_RECORD_OPTION, {.kind = OPTION_END}};
static const Option terms_options[] = {
    JSON_OPTION,
    {.kind = OPTION_TEXT,
     .name = "prefix",
     .value = "TEXT",
     .offset = offsetof(CommandSettings, prefix),
     .brief = "only terms that begin with TEXT"},
    {.kind = OPTION_END}};

static const Option no_options[] = {{.kind = OPTION_END}};

static const char *const one_index[] = {"[OPTIONS] [INDEX]", NULL};
static const char *const index_and_ids[] = {"[OPTIONS] [INDEX [ID...]]", NULL};

#define INDEX_CHAPTER                                                        \
    {                                                                        \
        "Index",                                                             \
            "Without INDEX, the environment variable QUERN_INDEX names the " \
            "index; without that, it is the folder .quern in the current "   \
            "folder or its nearest parent. -v prints which one is used. A "  \
            ".quern that is found this way must not be a link, and must "    \
            "belong to you, to root or, as root, to the caller of sudo."     \
    }

static const ProgramChapter index_chapters[] = {INDEX_CHAPTER, {0}};

static const ProgramChapter terms_chapters[] = {
    INDEX_CHAPTER,
    {"Output",
     "One line per term, in byte order: the term, the number of documents that "
     "contain it, and the number of its occurrences, separated by tabs. In a "
     "term a backslash is written as \\\\ and the bytes of an invisible "
     "character as \\xHH; --json uses JSON strings."},
    {0}};

static const ProgramChapter skipped_chapters[] = {
    INDEX_CHAPTER,
    {"Output",
     "One line for each record or file that was skipped, each document that "
     "was changed, and each document that was dropped because another one has "
     "the same id, in the order of reading: source, line, byte offset, reason, "
     "separated by tabs. The line is where the problem is, 0 for a whole file; "
     "the offset is where the record begins in its uncompressed source. Tabs, "
     "line ends and backslashes are written as \\t, \\n and \\\\, the bytes of "
     "invisible characters as \\xHH.\n"
     "With --json, one object per line: type (skipped, changed, duplicate), "
     "source, line, column, offset, reason; the last one is of type summary, "
     "with the number of each kind and the number of entries listed. The skip "
     "log holds up to 16 MB, enough for a million records and more; beyond "
     "that, they are only counted."},
    {0}};

static const Program stats_program = {
    .name = "indexer stats",
    .summary = "print the contents and the size of an index",
    .usages = one_index,
    .options = json_options,
    .chapters = index_chapters,
    .operands = COMPLETE_FOLDER};
static const Program check_program = {
    .name = "indexer check",
    .summary = "read every byte of an index and check every rule",
    .usages = one_index,
    .options = check_options,
    .chapters = index_chapters,
    .operands = COMPLETE_FOLDER};
static const Program dump_program = {
    .name = "indexer dump",
    .summary = "print stored documents, one JSON object per line",
    .usages = index_and_ids,
    .options = dump_options,
    .chapters = index_chapters,
    .operands = COMPLETE_FOLDER};
static const Program terms_program = {
    .name = "indexer terms",
    .summary = "print terms with their numbers of documents and occurrences",
    .usages = one_index,
    .options = terms_options,
    .chapters = terms_chapters,
    .operands = COMPLETE_FOLDER};
static const Program skipped_program = {
    .name = "indexer skipped",
    .summary = "print which records were not indexed, and why",
    .usages = one_index,
    .options = json_options,
    .chapters = skipped_chapters,
    .operands = COMPLETE_FOLDER};

static const Program upgrade_program = {
    .name = "indexer upgrade",
    .summary = "bring an index to this version of the format",
    .usages = one_index,
    .options = no_options,
    .chapters = index_chapters,
    .operands = COMPLETE_FOLDER};

const Program *const COMMAND_PROGRAMS[] = {
    &ADD_PROGRAM,    &UPDATE_PROGRAM,  &REMOVE_PROGRAM,  &MERGE_PROGRAM,
    &STATUS_PROGRAM, &stats_program,   &check_program,   &dump_program,
    &terms_program,  &skipped_program, &upgrade_program, NULL};

const Command COMMANDS[COMMAND_COUNT] = {
    {"add", &ADD_PROGRAM, .start = command_add},
    {"update", &UPDATE_PROGRAM, .start = command_add},
    {"remove", &REMOVE_PROGRAM, .start = command_remove},
    {"merge", &MERGE_PROGRAM, .start = command_merge},
    {"stats", &stats_program, .run = command_stats},
    {"status", &STATUS_PROGRAM, .run = command_status},
    {"check", &check_program, .run = command_check},
    {"dump", &dump_program, .run = command_dump, .takes_ids = true},
    {"terms", &terms_program, .run = command_terms},
    {"skipped", &skipped_program, .run = command_skipped},
    {"upgrade", &upgrade_program, .run = command_upgrade},
};

const Command *command_find(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!strcmp(name, COMMANDS[i].name)) return &COMMANDS[i];
    }
    return NULL;
}

void command_settings_init(CommandSettings *settings)
{
    *settings = (CommandSettings){.max_record = STORED_MAX_BYTES};
}

Status command_run(const Command *command, const CommandSettings *settings,
                   const ParsedLine *line, FILE *out, Error *error)
{
    const char *given = line->operand_count ? line->operands[0] : NULL;
    CommandOptions options = {.json = settings->json,
                              .prefix = settings->prefix,
                              .max_record = settings->max_record};
    if (line->operand_count > 1 && !command->takes_ids) {
        return fail(error, ERR_USAGE,
                    "'%s' takes one index; unexpected argument '%s'",
                    command->name, line->operands[1]);
    }
    if (line->operand_count > 1) {
        options.ids = line->operands + 1;
        options.id_count = line->operand_count - 1;
    }
    Buf folder = {0};
    bool found;
    Status status = index_discover(given, "INDEX", &folder, &found, error);
    if (status == OK)
        status = command->run(buf_text(&folder), &options, out, error);
    buf_release(&folder);
    return status;
}
