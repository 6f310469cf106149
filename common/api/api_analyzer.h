/* api_analyzer.h - an analyzer's options, for the room. */
#ifndef QUERN_API_API_ANALYZER_H
#define QUERN_API_API_ANALYZER_H

#include "common/text/analyzer.h"

#include <quern/analyzer.h>

enum { ANALYZER_NAME_BYTES = 64 };

/* The names are zero-terminated copies; stop words are borrowed from the
 * caller's options. */
typedef struct ApiAnalyzerOptions {
    AnalyzerOptions options; /* its names point into this struct */
    char name[ANALYZER_NAME_BYTES], stem[ANALYZER_NAME_BYTES];
} ApiAnalyzerOptions;

/* Fills *out, which must not be moved afterwards. `given` may be NULL. */
quern_status api_take_analyzer(const quern_analyzer_options *given,
                               ApiAnalyzerOptions *out, quern_error *error);

/* quern_analyzer is the Analyzer itself. */
static inline const Analyzer *api_analyzer(const quern_analyzer *analyzer)
{
    return (const Analyzer *)(const void *)analyzer;
}

#endif
