/* suggest_index.h - which index somebody may have meant. */
#ifndef QUERN_PROGRAM_SUGGEST_INDEX_H
#define QUERN_PROGRAM_SUGGEST_INDEX_H

#include "common/base/buf.h"

/* Puts the path of the index that is meant by a folder that is none: the
 * .quern in it, else one beside it (suggest_file.h). Nothing if there is none.
 */
void suggest_index(const char *folder, Buf *out);

#endif
