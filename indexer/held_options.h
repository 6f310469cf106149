/* held_options.h - an index keeps the options that it was made with.
 *
 * The command line of add and update may give options of an index that is
 * created; for one that exists they must agree with its own.
 */
#ifndef QUERN_INDEXER_HELD_OPTIONS_H
#define QUERN_INDEXER_HELD_OPTIONS_H

#include "common/segment/index.h"
#include "indexer/build_settings.h"

/* A command line; all is borrowed. */
typedef struct HeldOptions {
    const Program *program;
    const ParsedLine *line;
    const BuildOptions *build; /* what it asks for */
} HeldOptions;

/* ERR_USAGE names the option that was given and the one that the index has. */
NODISCARD Status held_options_check(const HeldOptions *given, Index *index,
                                    Error *error);

#endif
