/* change_settings.h - the command lines of add, update, remove and status. */
#ifndef QUERN_INDEXER_CHANGE_SETTINGS_H
#define QUERN_INDEXER_CHANGE_SETTINGS_H

#include "indexer/build_settings.h"

typedef struct RemoveSettings {
    const char *output;
    const char *from; /* file of ids */
    OptionList globs;
    const char *query;
    bool dry_run, json, merge;
    double wait;
} RemoveSettings;

extern const Program ADD_PROGRAM, UPDATE_PROGRAM, REMOVE_PROGRAM,
    STATUS_PROGRAM;

#endif
