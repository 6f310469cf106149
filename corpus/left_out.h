/* left_out.h - what walks of folders leave out on purpose: counted, not named.
 */
#ifndef QUERN_CORPUS_LEFT_OUT_H
#define QUERN_CORPUS_LEFT_OUT_H

#include "common/base/status.h"

#include <stdint.h>

typedef enum LeftOutKind {
    LEFT_OUT_HIDDEN,
    LEFT_OUT_IGNORED,  /* by .gitignore, .ignore and the like */
    LEFT_OUT_EXCLUDED, /* by patterns of the options */
    LEFT_OUT_LINK,     /* not followed */
    LEFT_OUT_LARGE,    /* files with more than max_file_bytes */
    LEFT_OUT_REPEATED, /* reached before under another path, or the same */
    LEFT_OUT_KINDS
} LeftOutKind;

/* Files and folders; what is in a folder that is left out is not counted. */
typedef struct LeftOut {
    uint64_t of_kind[LEFT_OUT_KINDS];
} LeftOut;

void left_out_add(LeftOut *sum, const LeftOut *more);

enum { LEFT_OUT_TEXT_BYTES = 96 };

/* "2 links were not followed" and what would include them. */
Advice left_out_describe(LeftOutKind kind, uint64_t count,
                         char text[LEFT_OUT_TEXT_BYTES]);

/* ERR_USAGE: there is no document, because of what was left out, if anything
 * was; NULL: another reason was reported. The message ends with `outcome`,
 * which may be "". */
Status left_out_fail_empty(const LeftOut *left_out, const char *outcome,
                           Error *error);

#endif
