/* advice.h - which setting would help, next to a failure or a note.
 *
 * The library reports facts and names no option: a program that has a command
 * line turns an Advice into words with its options
 * (common/program/advice_words.h), a program with another interface into its
 * own.
 */
#ifndef QUERN_BASE_ADVICE_H
#define QUERN_BASE_ADVICE_H

typedef enum Advice {
    ADVICE_NONE,

    /* The folder of an index */
    ADVICE_REPLACE_INDEX,  /* there is one: replace it or name another folder */
    ADVICE_OTHER_FOLDER,   /* the folder cannot be used */
    ADVICE_WAIT_FOR_OTHER, /* another process writes there */
    ADVICE_REMOVE_FILE,    /* a file is in the way */
    ADVICE_UPGRADE_INDEX,  /* it has an older version of the format */
    ADVICE_NAME_FOLDER,    /* the default folder may be somebody else's */

    /* What the input is */
    ADVICE_READ_RECORDS, /* files of a folder are whole documents */
    ADVICE_PLAIN_TEXT,   /* nothing was found by the detected format */
    ADVICE_HIDDEN,       /* hidden files were left out */
    ADVICE_HEADER,       /* a first row may be names or data */
    ADVICE_HEADER_YES,   /* it was taken as data */
    ADVICE_NAME_COLUMNS, /* a table without names */
    ADVICE_NAME_FIELDS,  /* some fields are not read */
    ADVICE_ENCODING,     /* the encoding of a text was guessed */
    ADVICE_TAKE_BINARY,  /* a file is not text */
    ADVICE_NO_IGNORE,    /* files were ignored by .gitignore and the like */
    ADVICE_FOLLOW,       /* links were not followed */

    /* Limits */
    ADVICE_RAISE_MAX_RECORD,
    ADVICE_RAISE_MAX_FILESIZE,
    ADVICE_RAISE_MAX_ERRORS,
    ADVICE_RAISE_MAX_EXPANSIONS,
    ADVICE_ALLOW_SKIPS,
    ADVICE_ALLOW_DUPLICATES,
    ADVICE_SPLIT_INPUT, /* more documents than an index may have */
    ADVICE_LESS_MEMORY, /* the machine has less than was planned for */
    ADVICE_FEWER_THREADS,
    ADVICE_STORE_LESS,    /* stored text is too large */
    ADVICE_MORE_SEGMENTS, /* positions of a term are too many for one */

    ADVICE_COUNT
} Advice;

#endif
