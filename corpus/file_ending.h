/* file_ending.h - the ending of a file's name; private to corpus/. */
#ifndef QUERN_CORPUS_FILE_ENDING_H
#define QUERN_CORPUS_FILE_ENDING_H

#include <stdbool.h>

/* Whether the name ends in `ending`, in any case, with or without .gz or .zst
 * after it. */
bool name_ends(const char *name, const char *ending);

#endif
