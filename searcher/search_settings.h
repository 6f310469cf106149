/* search_settings.h - the command line of searcher. */
#ifndef QUERN_SEARCHER_SEARCH_SETTINGS_H
#define QUERN_SEARCHER_SEARCH_SETTINGS_H

#include "common/program/options.h"
#include "searcher/output/hit_forms.h"
#include "searcher/search/id_filter.h"

typedef enum TiesChoice { TIES_ARRIVAL, TIES_DOCNO } TiesChoice;

/* The options given. Strings are borrowed from argv; NULL, 0 and NaN mean not
 * given. */
typedef struct Settings {
    const char *index;
    OptionList globs;   /* -g */
    IdFilter *filter;   /* owned: made from globs once the index is open */
    char *paths_from;   /* owned: folder that ids are relative to, if the index
                           was found in a parent folder; else NULL */
    const char *topics; /* -f */
    int topic_format;   /* TopicFormat */
    int topic_field;    /* TopicField */
    const char *qid_field, *query_field;
    uint64_t k;
    bool all, plain, syntax;
    uint64_t min_match, max_expansions;
    double k1, b;
    bool exhaustive;

    bool run, msmarco, json, count, ids, null_ids;
    const char *tag;
    const char *sidecar;          /* --sidecar */
    const char *const *arguments; /* of the program, for the sidecar */
    int argument_count;
    uint64_t snippets;
    uint64_t max_record; /* bytes of one stored document in memory */
    int ties;            /* TiesChoice */
    int color;           /* ColorChoice */

    const char *get, *explain, *analyze;
    bool show_query;
    const char *analyzer, *stem;

    uint64_t threads;
    bool timing, trace, serve;
} Settings;

extern const Program SEARCHER;

void settings_init(Settings *settings);
void settings_release(Settings *settings);

/* Rejects options that exclude each other, fills defaults that depend on other
 * options, and prints a note where --run implies --plain. */
NODISCARD Status settings_check(Settings *settings, Error *error);

/* The output form and its parameters; `with_qid` in a batch. Queries the
 * terminal. */
HitStyle settings_style(const Settings *settings, bool with_qid);

#endif
