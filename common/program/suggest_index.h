/* suggest_index.h - suggests an index for a misspelt folder. */
#ifndef QUERN_PROGRAM_SUGGEST_INDEX_H
#define QUERN_PROGRAM_SUGGEST_INDEX_H

#include "common/base/buf.h"

/* For a folder that is not an index: puts the path of the .quern in it, else of
 * the similar index that suggest_file finds. Puts nothing without one. */
void suggest_index(const char *folder, Buf *out);

#endif
