/* folder_options.h - the options of how folders are read that MANIFEST has:
 * --exclude, --hidden, --follow, --ignore and --max-filesize.
 */
#ifndef QUERN_INDEXER_FOLDER_OPTIONS_H
#define QUERN_INDEXER_FOLDER_OPTIONS_H

#include "common/program/options.h"
#include "common/segment/manifest.h"
#include "corpus/corpus.h"

/* Takes over what the command line does not give, and appends the options that
 * are not the default: " --exclude *.log --hidden". Borrows from `recorded`;
 * the settings are BuildSettings. */
void folder_options_keep(const Program *program, const ParsedLine *line,
                         const ManifestFolders *recorded, CorpusOptions *corpus,
                         Buf *names);

#endif
