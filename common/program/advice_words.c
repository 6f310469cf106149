/* advice_words.c - what to do about a failure, in options of the command line.
 */
#include "common/program/advice_words.h"

#include "common/program/log.h"

static const char *const WORDS[ADVICE_COUNT] = {
    [ADVICE_NONE] = "",
    [ADVICE_REPLACE_INDEX] =
        "use --force to replace it, or -o to name another folder",
    [ADVICE_UPGRADE_INDEX] = "run 'indexer upgrade' on the index",
    [ADVICE_OTHER_FOLDER] = "name another folder with -o",
    [ADVICE_WAIT_FOR_OTHER] =
        "wait until it has finished, or name another folder with -o",
    [ADVICE_REMOVE_FILE] = "remove it, or name another folder with -o",
    [ADVICE_NAME_FOLDER] = "name it with -o to use it on purpose",
    [ADVICE_READ_RECORDS] = "use --format jsonl, tsv, csv or trec to read the "
                            "files of a folder as records",
    [ADVICE_PLAIN_TEXT] = "use --format text to index it as plain text",
    [ADVICE_HIDDEN] = "use --hidden to include hidden files",
    [ADVICE_HEADER] =
        "use --header yes if it does, --header no if it is a document",
    [ADVICE_HEADER_YES] = "use --header yes if it holds column names",
    [ADVICE_NAME_COLUMNS] =
        "name them with --columns, such as --columns id,text, or use "
        "--header yes if the first row does",
    [ADVICE_NAME_FIELDS] = "name others with --id-field, --title-field, "
                           "--text-field or --store-field",
    [ADVICE_ENCODING] = "use --encoding NAME if it is another",
    [ADVICE_TAKE_BINARY] = "use --format text to index it as it is",
    [ADVICE_NO_IGNORE] = "use --no-ignore to include them",
    [ADVICE_FOLLOW] = "use --follow to follow links",
    [ADVICE_RAISE_MAX_RECORD] = "raise --max-record",
    [ADVICE_RAISE_MAX_FILESIZE] = "raise --max-filesize to include them",
    [ADVICE_RAISE_MAX_ERRORS] = "raise --max-errors",
    [ADVICE_RAISE_MAX_EXPANSIONS] = "raise --max-expansions for more",
    [ADVICE_ALLOW_SKIPS] = "leave out --fail-on-skip to index the others",
    [ADVICE_ALLOW_DUPLICATES] =
        "use --on-duplicate keep-first or keep-last to keep one of them",
    [ADVICE_SPLIT_INPUT] = "split the input between several indexes",
    [ADVICE_LESS_MEMORY] = "a smaller --memory may help",
    [ADVICE_FEWER_THREADS] = "use a smaller --threads",
    [ADVICE_STORE_LESS] = "use --no-store or a smaller --max-record",
    [ADVICE_MORE_SEGMENTS] = "use more --segments, or --no-positions"};

const char *advice_words(Advice advice)
{
    return WORDS[advice];
}

void put_advice(Buf *out, Advice advice)
{
    if (advice != ADVICE_NONE) buf_printf(out, "; %s", advice_words(advice));
}

void log_failure(const Error *error)
{
    const char *words = advice_words(error->advice);
    log_error("%s%s%s", error->message, *words ? "; " : "", words);
}
