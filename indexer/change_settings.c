/* change_settings.c - the command lines of add, update, remove and status. */
#include "indexer/change_settings.h"

#include "indexer/commands.h"

enum { MAX_WAIT_SECONDS = 365 * 24 * 3600 };

#define OUTPUT_OPTION(Settings)                                  \
    {                                                            \
        .kind = OPTION_TEXT, .letter = 'o', .name = "output",    \
        .value = "FOLDER", .offset = offsetof(Settings, output), \
        .brief = "the index to change [see Index]",              \
        .complete = COMPLETE_FOLDER                              \
    }

#define WAIT_OPTION(Settings)                                               \
    {                                                                       \
        .kind = OPTION_REAL, .name = "wait", .value = "SECONDS",            \
        .offset = offsetof(Settings, wait),                                 \
        .brief = "wait so long for another writer to finish [0]", .low = 0, \
        .high = MAX_WAIT_SECONDS                                            \
    }

#define MERGE_OPTION(Settings)                                                \
    {                                                                         \
        .kind = OPTION_NEGATABLE, .name = "merge",                            \
        .offset = offsetof(Settings, merge),                                  \
        .brief = "merge small segments, and rewrite those with many removed " \
                 "documents [yes]"                                            \
    }

static const Option add_options[] = {{.kind = OPTION_GROUP, .brief = "Index"},
                                     OUTPUT_OPTION(BuildSettings),
                                     WAIT_OPTION(BuildSettings),
                                     MERGE_OPTION(BuildSettings),
                                     {.kind = OPTION_END}};

static const Option remove_options[] = {
    {.kind = OPTION_GROUP, .brief = "Which documents"},
    {.kind = OPTION_TEXT,
     .name = "from",
     .value = "FILE",
     .offset = offsetof(RemoveSettings, from),
     .once = true,
     .brief = "ids, one per line; - for standard input",
     .complete = COMPLETE_FILE},
    {.kind = OPTION_LIST,
     .letter = 'g',
     .name = "glob",
     .value = "GLOB",
     .offset = offsetof(RemoveSettings, globs),
     .brief = "documents whose ids match; with ! those that do not",
     .detail = "As in .gitignore and in searcher -g. May be repeated."},
    {.kind = OPTION_TEXT,
     .name = "query",
     .value = "QUERY",
     .offset = offsetof(RemoveSettings, query),
     .once = true,
     .brief = "all documents that match a query",
     .detail = "In the query language of searcher: a document matches if it "
               "has one of the words; '+a +b' are all of them. With --glob, "
               "only documents that match both."},
    {.kind = OPTION_FLAG,
     .name = "dry-run",
     .offset = offsetof(RemoveSettings, dry_run),
     .brief = "print the ids that would be removed; write nothing"},
    {.kind = OPTION_GROUP, .brief = "Index"},
    OUTPUT_OPTION(RemoveSettings),
    WAIT_OPTION(RemoveSettings),
    MERGE_OPTION(RemoveSettings),
    {.kind = OPTION_FLAG,
     .name = "json",
     .offset = offsetof(RemoveSettings, json),
     .brief = "print the summary as JSON, on standard output"},
    {.kind = OPTION_END}};

static const Option status_options[] = {
    {.kind = OPTION_FLAG,
     .name = "json",
     .offset = offsetof(CommandSettings, json),
     .brief = "print JSON"},
    {.kind = OPTION_END}};

#define INDEX_CHAPTER                                                        \
    {                                                                        \
        "Index",                                                             \
            "Without -o, the environment variable QUERN_INDEX names the "    \
            "index; without that, it is the folder .quern in the current "   \
            "folder or its nearest parent. A .quern that is found this way " \
            "must not be a link, and must belong to you, to root or, as "    \
            "root, to the caller of sudo."                                   \
    }

#define PUBLISHING                                                          \
    "The index changes at once when the command has succeeded, and not at " \
    "all if it fails or is interrupted. Searches go on meanwhile. One "     \
    "command at a time may write; others fail, or wait with --wait. After " \
    "any changes, answers and scores are those of an index built of the "   \
    "present documents in the order in which they arrived."

#define OPTIONS_CHAPTER                                                        \
    {                                                                          \
        "Options of the index",                                                \
            "How text becomes words, k1 and b, what is stored: all this was "  \
            "decided when the index was made and holds for what is added. "    \
            "The options --analyzer, --stem, --stopwords, --fold, --k1, --b, " \
            "--positions, --pairs, --store and --store-field are for an "      \
            "index that is created; for one that exists they must agree "      \
            "with it. So do those of folders, --exclude, --hidden, --follow, " \
            "--ignore and --max-filesize: they are recorded, folders are "     \
            "read with them, and a note names them. To change one, index "     \
            "everything again with it and --force; for single folders there "  \
            "are .ignore files, and files that are named are never left out. " \
            "How the input is read (--format, --encoding, --columns, "         \
            "--id-field and so on) is not part of an index: give these each "  \
            "time, or documents get other ids and replace nothing. 'update' "  \
            "prints a note if no id of the input was in the index."            \
    }

#define EXIT_CHAPTER                                                    \
    {                                                                   \
        "Exit status",                                                  \
            "  0    the index is as asked for\n"                        \
            "  2    something failed; an existing index is unchanged\n" \
            "  130  interrupted; an existing index is unchanged"        \
    }

static const ProgramChapter add_chapters[] = {
    INDEX_CHAPTER,
    {"Adding",
     "The documents are appended; an index that does not exist is created. If "
     "the index has a document with the same id, or if the input has two, the "
     "command fails and names both places, unless --on-duplicate says which of "
     "them to keep. " PUBLISHING},
    OPTIONS_CHAPTER,
    EXIT_CHAPTER,
    {0}};

static const ProgramChapter update_chapters[] = {
    INDEX_CHAPTER,
    {"Updating",
     "A document whose id the index has replaces the one that is there; others "
     "are added. A replaced document moves to the end, as if it had been "
     "removed and added. A document whose title, text and stored fields are "
     "what the index has already is left where it is; if all of them are, "
     "nothing is written. An index made with --no-store recognises unchanged "
     "documents by a hash of their title and text. Of several documents with "
     "one id in the input, the last one counts. The id of a file is its path "
     "as it is given: update from the same folder, with the same path. "
     "Documents "
     "that are no longer in the input, as of files that were deleted, stay; "
     "'indexer remove' removes them (docs/living-index.md). " PUBLISHING},
    OPTIONS_CHAPTER,
    EXIT_CHAPTER,
    {0}};

static const ProgramChapter remove_chapters[] = {
    {"Index", "Without -o, the environment variable QUERN_INDEX names the "
              "index; without that, it is the folder .quern in the current "
              "folder or its nearest parent. A .quern that is found this way "
              "must not be a link, and must belong to you, to root or, as "
              "root, to the caller of sudo."},
    {"Removing",
     "Ids that are not in the index are named, and do no harm. The text of "
     "removed documents stays in the files of the index until their segment "
     "is rewritten: when more than a tenth of it is removed, or by 'indexer "
     "merge --to 1'. " PUBLISHING},
    {"Exit status", "  0    documents were removed (with --dry-run: would be)\n"
                    "  1    there is no such document; nothing was changed\n"
                    "  2    something failed; the index is unchanged\n"
                    "  130  interrupted; the index is unchanged"},
    {0}};

static const ProgramChapter status_chapters[] = {
    {"Index",
     "Without INDEX, the environment variable QUERN_INDEX names the index; "
     "without that, it is the folder .quern in the current folder or its "
     "nearest parent."},
    {"Output",
     "How many documents there are and how many are removed but still in the "
     "files, the segments, the size of all files, when the index was changed "
     "last, which process writes now, and the last changes. Reading an index "
     "does not lock it: a process that searches is not shown."},
    {0}};

static const char *const add_usages[] = {"[OPTIONS] INPUT...", NULL};
static const char *const remove_usages[] = {
    "[OPTIONS] ID...", "[OPTIONS] --from FILE", "[OPTIONS] --glob GLOB",
    "[OPTIONS] --query QUERY", NULL};
static const char *const status_usages[] = {"[OPTIONS] [INDEX]", NULL};

static const ProgramExample add_examples[] = {
    {"indexer add new.jsonl -o ix", "add the records of a file"},
    {"zcat day.tsv.gz | indexer add - -o ix", "add standard input"},
    {0}};

static const ProgramExample update_examples[] = {
    {"indexer update ~/notes -o ix", "index what is new or has changed"},
    {"indexer update corrections.jsonl -o ix", "replace records by their ids"},
    {0}};

static const ProgramExample remove_examples[] = {
    {"indexer remove a17 b4 -o ix", "remove two documents"},
    {"indexer remove --glob 2019/ -o ix", "remove what is in a folder"},
    {"indexer remove --dry-run --query '+draft +old'", "print what matches"},
    {0}};

const Program ADD_PROGRAM = {.name = "indexer add",
                             .summary = "add documents to an index",
                             .usages = add_usages,
                             .examples = add_examples,
                             .options = add_options,
                             .more_options = INPUT_OPTIONS,
                             .chapters = add_chapters,
                             .operands = COMPLETE_FILE};
const Program UPDATE_PROGRAM = {
    .name = "indexer update",
    .summary = "add documents to an index or replace them by id",
    .usages = add_usages,
    .examples = update_examples,
    .options = add_options,
    .more_options = INPUT_OPTIONS,
    .chapters = update_chapters,
    .operands = COMPLETE_FILE};
const Program REMOVE_PROGRAM = {.name = "indexer remove",
                                .summary = "remove documents from an index",
                                .usages = remove_usages,
                                .examples = remove_examples,
                                .options = remove_options,
                                .chapters = remove_chapters};
const Program STATUS_PROGRAM = {
    .name = "indexer status",
    .summary = "print segments, changes and the writer of an index",
    .usages = status_usages,
    .options = status_options,
    .chapters = status_chapters,
    .operands = COMPLETE_FOLDER};
