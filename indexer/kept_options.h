/* kept_options.h - a rebuild keeps the options of the index it replaces. */
#ifndef QUERN_INDEXER_KEPT_OPTIONS_H
#define QUERN_INDEXER_KEPT_OPTIONS_H

#include "common/segment/manifest.h"
#include "indexer/build_settings.h"

/* Start with {0}. Must live as long as the BuildOptions. */
typedef struct KeptOptions {
    Manifest old; /* of the index that is replaced */
    Arena arena;  /* names of its fields */
} KeptOptions;

/* With --force, and if there is an index at options->output: takes over its
 * options, except those that the command line gives or contradicts, and prints
 * a note that names them. Nothing is kept of what cannot be read, with a note.
 */
void kept_options_apply(KeptOptions *kept, const BuildSettings *settings,
                        const ParsedLine *line, BuildOptions *options);
void kept_options_release(KeptOptions *kept);

#endif
