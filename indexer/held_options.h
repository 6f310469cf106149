/* held_options.h - an index keeps the options that it was made with.
 *
 * The command line of add and update may give options of an index that is
 * created; for one that exists they must agree with its own. What decides how
 * its folders are read, and which fields are stored, need not be given again.
 */
#ifndef QUERN_INDEXER_HELD_OPTIONS_H
#define QUERN_INDEXER_HELD_OPTIONS_H

#include "common/segment/index.h"
#include "indexer/build_settings.h"

/* A command line; all but the arena is borrowed. */
typedef struct HeldOptions {
    const Program *program;
    const ParsedLine *line;
    BuildOptions *build; /* what it asks for */
    Arena arena;         /* names of stored fields */
} HeldOptions;

/* Completes given->build->corpus, which borrows from both arguments. A note
 * names the options of folders that are not the default, if one is read.
 * ERR_USAGE names the option that was given and the one that the index has. */
NODISCARD Status held_options_apply(HeldOptions *given, const Index *index,
                                    Error *error);
void held_options_release(HeldOptions *given);

#endif
