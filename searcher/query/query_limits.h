/* query_limits.h - limits of a query; a note is added when one is reached.
 *
 * They keep time and memory linear in the text with a small factor, and
 * bound every recursion over a query.
 */
#ifndef QUERN_QUERY_QUERY_LIMITS_H
#define QUERN_QUERY_QUERY_LIMITS_H

enum {
    QUERY_MAX_DEPTH = 100,         /* groups inside groups */
    QUERY_MAX_WORDS = 65536,       /* after analysis, with those of phrases */
    QUERY_MAX_PHRASE = 1024,       /* words of an exact phrase */
    QUERY_MAX_SLOPPY = 64,         /* words of a phrase with slop */
    QUERY_MAX_SLOP = 999999,       /* six digits */
    QUERY_MAX_ITEMS = 4 * 65536,   /* words, quotes, parentheses, operators */
    QUERY_MAX_PATTERNS = 1024,     /* each may walk much of the dictionary */
    QUERY_MAX_EXPANSIONS = 131072, /* terms of all patterns together */
    QUERY_MAX_PATTERN_BYTES = 1024 /* longer than any term */
};

#define QUERY_MAX_BOOST 1e6F  /* of one boost, and of the product */
#define QUERY_MIN_BOOST 1e-6F /* of the product */

#endif
