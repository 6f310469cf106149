/* status.h - status codes, errors, strings and the version of the library.
 *
 * libquern is a full-text search engine: it builds an index folder from
 * documents and answers ranked queries from it. Rules that hold for all of its
 * headers:
 *
 *   Status      A function that can fail returns a quern_status and takes a
 *               quern_error as its last parameter, which may be NULL. On
 *               failure the error is filled in and every output is NULL, 0 or
 *               false; on success the error is unchanged. Failing to allocate
 *               memory is a status like any other (QUERN_NO_MEMORY); after any
 *               failure the objects can be used again.
 *   Arguments   A NULL where an object is needed, a number out of range or an
 *               unknown enum value is QUERN_INVALID.
 *   Strings     are a pointer and a size in bytes: not zero-terminated, and
 *               they may contain any bytes. Text is UTF-8.
 *   Objects     are opaque. NAME_new or NAME_open makes one, which the caller
 *               owns; NAME_free or NAME_close takes it, and does nothing with
 *               NULL.
 *   Borrowed    pointers are documented as such with their lifetime. They are
 *               never freed by the caller.
 *   Options     structs begin with struct_size and have a macro NAME_INIT that
 *               sets every default; they may get more members at the end in
 *               later versions. NULL in place of options means the defaults.
 *               Structs that the library fills in may grow at the end as well,
 *               except those documented as elements of an array.
 *   Threads     Unless documented otherwise, an object may be used by one
 *               thread at a time, and different objects by different threads
 *               at once.
 *
 * The library writes to no stream, reads no environment variable except
 * QUERN_CPU (scalar, avx2, avx512 or neon: limits the instruction set),
 * installs no signal handler and never ends the process. Its only state outside
 * of objects is the detected instruction set, the random seed of hash tables
 * and a table of mapped files (quern_guard_install).
 */
#ifndef QUERN_STATUS_H
#define QUERN_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define QUERN_API __attribute__((visibility("default")))
#else
#define QUERN_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of these headers. */
#define QUERN_VERSION_MAJOR 0
#define QUERN_VERSION_MINOR 1
#define QUERN_VERSION_PATCH 0

/* "0.1.0": the version of the library that runs. Never fails; valid for the
 * whole life of the process. Thread-safe. */
QUERN_API const char *quern_version(void);

/* Bytes that somebody else owns. */
typedef struct quern_string {
    const char *data; /* may be NULL if size is 0 */
    size_t size;      /* bytes */
} quern_string;

/* The bytes of a zero-terminated text, borrowed; NULL is the empty string. */
static inline quern_string quern_text(const char *text)
{
    quern_string string;
    string.data = text;
    string.size = text ? strlen(text) : 0;
    return string;
}

typedef enum quern_status {
    QUERN_OK = 0,
    QUERN_NO_MEMORY = 1,
    QUERN_IO = 2,          /* the operating system refused */
    QUERN_CORRUPT = 3,     /* damaged index data */
    QUERN_UNSUPPORTED = 4, /* valid, but not for this version or this index */
    QUERN_LIMIT = 5,       /* above a documented limit (docs/limits.md) */
    QUERN_INVALID = 6,     /* invalid argument or input */
    QUERN_CONFLICT = 7,    /* an existing index, a lock, a duplicate id */
    QUERN_CANCELLED = 8    /* by the caller's own function */
} quern_status;

/* "ok", "no memory", ...: the name of a status; "unknown status" for any other
 * number. Never fails; valid for the whole life of the process. Thread-safe. */
QUERN_API const char *quern_status_name(quern_status status);

/* What would help: next to an error or a note. A program turns it into words
 * with the names of its own settings. More may be added. */
typedef enum quern_advice {
    QUERN_ADVICE_NONE = 0,

    /* The folder of an index */
    QUERN_ADVICE_REPLACE_INDEX = 1,  /* there is one: replace it, or name
                                        another folder */
    QUERN_ADVICE_OTHER_FOLDER = 2,   /* the folder cannot be used */
    QUERN_ADVICE_WAIT_FOR_OTHER = 3, /* another process writes there */
    QUERN_ADVICE_REMOVE_FILE = 4,    /* a file is in the way */
    QUERN_ADVICE_NAME_FOLDER = 5,    /* the default folder may be somebody
                                        else's */

    /* What the input is */
    QUERN_ADVICE_READ_RECORDS = 6,  /* files of a folder are whole documents */
    QUERN_ADVICE_PLAIN_TEXT = 7,    /* nothing was found by the detected
                                       format */
    QUERN_ADVICE_HIDDEN = 8,        /* hidden files were left out */
    QUERN_ADVICE_HEADER = 9,        /* a row was taken as column names, may be
                                       data */
    QUERN_ADVICE_HEADER_YES = 10,   /* a first row was taken as data, may be
                                       names */
    QUERN_ADVICE_NAME_COLUMNS = 11, /* no longer given */
    QUERN_ADVICE_NAME_FIELDS = 12,  /* some fields are not read */

    /* Limits */
    QUERN_ADVICE_RAISE_MAX_RECORD = 13,
    QUERN_ADVICE_RAISE_MAX_ERRORS = 14,
    QUERN_ADVICE_RAISE_MAX_EXPANSIONS = 15,
    QUERN_ADVICE_ALLOW_SKIPS = 16,
    QUERN_ADVICE_ALLOW_DUPLICATES = 17,
    QUERN_ADVICE_SPLIT_INPUT = 18, /* more documents than an index may have */
    QUERN_ADVICE_LESS_MEMORY = 19, /* the machine has less than was planned
                                      for */
    QUERN_ADVICE_FEWER_THREADS = 20,
    QUERN_ADVICE_STORE_LESS = 21,    /* stored text is too large */
    QUERN_ADVICE_MORE_SEGMENTS = 22, /* positions of a term are too many for
                                        one */
    QUERN_ADVICE_UPGRADE_INDEX = 23, /* it has an older version of the format */

    /* What the input is, continued */
    QUERN_ADVICE_TAKE_BINARY = 24, /* a file is not text */
    QUERN_ADVICE_NO_IGNORE = 25,   /* files were ignored by .gitignore and
                                      the like */
    QUERN_ADVICE_FOLLOW = 26,      /* links were not followed */
    QUERN_ADVICE_RAISE_MAX_FILE_BYTES = 27,

    /* What the index is, continued */
    QUERN_ADVICE_WAIT_SECONDS = 28,    /* another process writes there, and the
                                          program may wait for it */
    QUERN_ADVICE_UPDATE_DOCUMENT = 29, /* a document to be added is there */
    QUERN_ADVICE_ENCODING = 30         /* the encoding of a text was guessed */
} quern_advice;

#define QUERN_ERROR_MESSAGE_BYTES 1024

/* Why a function failed; owned by the caller, needs no initialization. The
 * message is one line of UTF-8 without a full stop that states what failed,
 * where and why; zero-terminated, and shortened with "..." if it is longer.
 * Names of files are in it as they are: escape control characters before
 * printing it on a terminal. */
typedef struct quern_error {
    quern_status status;
    quern_advice advice;
    char message[QUERN_ERROR_MESSAGE_BYTES];
} quern_error;

/* A remark on what was dropped, changed or limited; an element of an array. */
typedef struct quern_note {
    quern_string text;   /* one line of UTF-8, zero-terminated */
    quern_advice advice; /* what would help */
    bool is_warning;     /* worth showing even if there are hits */
} quern_note;

#ifdef __cplusplus
}
#endif

#endif
