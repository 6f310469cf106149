/* rebuild_command.h - the command that makes an index again. */
#ifndef QUERN_PROGRAM_REBUILD_COMMAND_H
#define QUERN_PROGRAM_REBUILD_COMMAND_H

#include "common/segment/index.h"

/* Appends "indexer --force -o FOLDER SOURCE...", with quotes where a shell
 * needs them; of many sources only the first few. A rebuild keeps the options
 * of the index, so they are not named. */
void put_rebuild_command(Buf *out, const Index *index);

#endif
