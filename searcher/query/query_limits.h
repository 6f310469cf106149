/* query_limits.h - what a query may be at most; said when it bites.
 *
 * They keep time and memory linear in the text with a small factor, and
 * bound every recursion over a query.
 */
#ifndef QUERN_QUERY_QUERY_LIMITS_H
#define QUERN_QUERY_QUERY_LIMITS_H

enum {
    QUERY_MAX_DEPTH = 100,         /* groups inside groups */
    QUERY_MAX_WORDS = 65536,       /* after analysis, those of phrases too */
    QUERY_MAX_PHRASE = 1024,       /* words of a phrase ... */
    QUERY_MAX_SLOPPY = 64,         /* ... that may be out of place */
    QUERY_MAX_ITEMS = 4 * 65536,   /* words, quotes, parentheses, operators */
    QUERY_MAX_PATTERNS = 1024,     /* each may walk the whole dictionary */
    QUERY_MAX_EXPANSIONS = 131072, /* terms that all patterns match */
    QUERY_MAX_PATTERN_BYTES = 1024 /* no term is longer */
};

#define QUERY_MAX_BOOST 1e6F  /* given in the query, or all multiplied */
#define QUERY_MIN_BOOST 1e-6F /* all multiplied */

#endif
