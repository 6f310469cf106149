/* result_lines_internal.h - the table of the types of lines and their keys. */
#ifndef QUERN_RESULTS_RESULT_LINES_INTERNAL_H
#define QUERN_RESULTS_RESULT_LINES_INTERNAL_H

#include "bench/results/result_lines.h"

typedef enum KeyKind {
    KEY_TEXT,     /* const char * */
    KEY_INTEGER,  /* int64_t */
    KEY_INDEX,    /* size_t */
    KEY_REAL,     /* double; NaN is null */
    KEY_FLAG,     /* bool */
    KEY_CHOICE,   /* an enum, as one of `names` */
    KEY_INTEGERS, /* IntegerList */
    KEY_TEXTS     /* TextList, without line feeds in the texts */
} KeyKind;

typedef struct LineKey {
    const char *name;
    size_t offset; /* in the record */
    KeyKind kind;
    const char *const *names; /* of a CHOICE; NULL ends */
} LineKey;

/* A type of line. Its records are those of the list at `list` in Results, or
 * the one record there if `is_single`. */
typedef struct LineType {
    const char *name;
    const LineKey *keys; /* name NULL ends */
    size_t list, size;   /* offset in Results; bytes of a record */
    bool is_single;
} LineType;

extern const LineType
    LINE_TYPES[]; /* in the order of writing; name NULL ends */

#endif
