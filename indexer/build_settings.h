/* build_settings.h - the command line of `indexer INPUT...` as one table. */
#ifndef QUERN_INDEXER_BUILD_SETTINGS_H
#define QUERN_INDEXER_BUILD_SETTINGS_H

#include "common/program/options.h"
#include "indexer/build/build.h"

typedef struct BuildSettings {
    const char *output;
    bool force, keep_options;
    int format, header, title_from; /* of CorpusFormat, ... */
    const char *encoding, *columns;
    const char *id_field, *title_field, *text_field;
    OptionList store_fields;
    int analyzer;
    const char *stem; /* may be "none" */
    const char *stop_words;
    bool fold;
    double k1, b;
    bool positions, store;
    const char *pairs;
    uint64_t memory, threads, segments, max_record, max_errors;
    int on_duplicate; /* of OnDuplicate */
    OptionList excludes;
    uint64_t max_filesize;
    bool ignore, follow;
    bool fail_on_skip, hidden, dry_run, json;
} BuildSettings;

/* The program as a whole: options, help, commands. */
extern const Program INDEXER_PROGRAM;
void build_settings_init(BuildSettings *settings);
void build_settings_release(BuildSettings *settings);

/* What the settings ask for. Reads the file of stop words into *stop_words,
 * which must live as long as the options. */
NODISCARD Status build_settings_apply(const BuildSettings *settings,
                                      const ParsedLine *line, Buf *stop_words,
                                      BuildOptions *out, Error *error);

#endif
