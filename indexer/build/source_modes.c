/* source_modes.c - who may read the sources of an index, and so the index. */
#include "indexer/build/source_modes.h"

#include <stdio.h>

void source_modes_init(SourceModes *modes, FileAccess most)
{
    *modes = (SourceModes){.most = most};
}

/* If the source has another group than the index, a member of either group may
 * belong to the others elsewhere: then one bit that lacks costs both classes.
 */
static mode_t bits_lost(const struct stat *facts, gid_t group)
{
    mode_t lost = (facts->st_mode & S_IRGRP ? 0 : S_IRWXG) |
                  (facts->st_mode & S_IROTH ? 0 : S_IRWXO);
    return lost && facts->st_gid != group ? S_IRWXG | S_IRWXO : lost;
}

void source_modes_add(SourceModes *modes, const char *name,
                      const struct stat *facts)
{
    if (!S_ISREG(facts->st_mode)) return;
    mode_t lost = bits_lost(facts, modes->most.group);
    if (lost & modes->most.mode && !modes->first[0])
        snprintf(modes->first, sizeof modes->first, "%s", name);
    modes->lost |= lost;
}
