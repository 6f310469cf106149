/* query.h - queries: parsed from text, or constructed clause by clause.
 *
 * Parsing cannot fail except for lack of memory: any text is a query
 * (docs/query-language.md), and notes list what was dropped or treated as text.
 * A constructed query is normalized exactly as a parsed one: equal words are
 * merged, groups without a boost flattened, boosts multiplied down to the
 * words, so that both have the same hits with the same bits of score.
 */
#ifndef QUERN_QUERY_H
#define QUERN_QUERY_H

#include <quern/index.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Functions with a const quern_query may be called by any number of threads at
 * once (all searches are such); the others by one thread, while no other uses
 * the query. It may be searched in any index, also in another than the one
 * whose context analyzed its words. */
typedef struct quern_query quern_query;

/* A query that matches nothing, owned by the caller. It takes 256 kB of memory
 * or more from its first content on, and keeps it: use it again for the next
 * text. */
QUERN_API quern_status quern_query_new(quern_query **query, quern_error *error);
QUERN_API void quern_query_free(quern_query *query);

typedef struct quern_parse_options {
    size_t struct_size;
    bool plain;         /* no operators: a bag of words */
    bool require_all;   /* words without a sign are required */
    uint32_t min_match; /* how many of the alternatives must match, at most
                           65,536; more than there are: all; 0: one, or none
                           if some words are required */
} quern_parse_options;

#define QUERN_PARSE_OPTIONS_INIT                     \
    {                                                \
        sizeof(quern_parse_options), false, false, 0 \
    }

/* Replaces the content of `query` by the query that a text is, analyzed with
 * the analyzer of the context's index. Nothing is borrowed after the call.
 * Fails with QUERN_NO_MEMORY (then the query matches nothing), or
 * QUERN_INVALID. */
QUERN_API quern_status quern_query_parse(quern_query *query,
                                         quern_context *context,
                                         quern_string text,
                                         const quern_parse_options *options,
                                         quern_error *error);

/* --- What a query is --- */

/* The query as it is searched, in one line of the query language with explicit
 * signs: +quick +(brown fox)^2 -"lazy dog". "()" matches nothing. A minimum
 * match has no syntax (quern_query_min_match). Borrowed from the query until
 * its content is replaced, or this function is called again. */
QUERN_API quern_status quern_query_format(quern_query *query,
                                          quern_string *text,
                                          quern_error *error);

/* How many alternatives must match; 0 if there is no such rule. */
QUERN_API uint32_t quern_query_min_match(const quern_query *query);

/* Remarks on what was dropped, changed or treated as text; *count is their
 * number. Borrowed from the query until its content is replaced. */
QUERN_API const quern_note *quern_query_notes(const quern_query *query,
                                              size_t *count);

/* --- Constructing a query ---
 *
 *     quern_query_clear(query);
 *     quern_node *both = quern_node_group(query);
 *     quern_node_add(both, QUERN_MUST, quern_node_term(query, any, quick));
 *     quern_node_add(both, QUERN_NOT, quern_node_term(query, title, lazy));
 *     status = quern_query_build(query, both, 0, error);
 *
 * Nodes belong to the query. The functions that make and change them report
 * nothing: the query keeps the first failure, later calls do nothing and return
 * NULL, and quern_query_build returns it.
 *
 * A query has at most 65,536 words, 1,024 patterns, and groups 100 deep:
 * QUERN_LIMIT beyond. Terms and patterns are not empty and valid UTF-8:
 * QUERN_INVALID otherwise. */

typedef struct quern_node quern_node;

typedef enum quern_field {
    QUERN_FIELD_ANY = 0,
    QUERN_FIELD_TITLE = 1, /* only occurrences in the title; in an index */
    QUERN_FIELD_TEXT = 2   /* without positions, any, with a note */
} quern_field;

typedef enum quern_occur {
    QUERN_SHOULD = 0, /* an alternative */
    QUERN_MUST = 1,   /* required */
    QUERN_NOT = 2     /* excluded; adds nothing to the score */
} quern_occur;

typedef enum quern_pattern {
    QUERN_PREFIX = 0,   /* terms that begin with the pattern */
    QUERN_WILDCARD = 1, /* a star matches any bytes, also none; the first
                           character is not a star */
    QUERN_FUZZY = 2     /* terms at most `edits` (1 or 2) insertions, deletions
                           or substitutions of characters away */
} quern_pattern;

/* Drops the content of the query and its failure, and begins to construct
 * another; quern_query_new does the same. Until quern_query_build it matches
 * nothing. */
QUERN_API void quern_query_clear(quern_query *query);

/* A term exactly as the index has it: it is not analyzed. */
QUERN_API quern_node *quern_node_term(quern_query *query, quern_field field,
                                      quern_string term);

/* Terms as the index has them, one after the other in a document. `positions`
 * has one number for each term, ascending, of which only the differences count;
 * NULL: 0, 1, 2 ... `slop` is how many positions the terms may be moved
 * altogether; 0: an exact phrase. At most 1,024 terms, 64 with slop
 * (QUERN_LIMIT). A single term is quern_node_term. */
QUERN_API quern_node *quern_node_phrase(quern_query *query, quern_field field,
                                        const quern_string *terms,
                                        const uint32_t *positions,
                                        size_t term_count, uint32_t slop);

/* All terms that match a pattern, scored as one term. A prefix or fuzzy pattern
 * is taken as it is; so are the pieces between the stars of a wildcard. `edits`
 * is 0 unless kind is QUERN_FUZZY. At most 1,024 bytes (QUERN_LIMIT). */
QUERN_API quern_node *quern_node_pattern(quern_query *query, quern_field field,
                                         quern_pattern kind,
                                         quern_string pattern, uint32_t edits);

/* The words of a text, analyzed like documents of the context's index: one word
 * is a term, several are a phrase. NULL, with a note, if the text has no words
 * (or only stop words): not a failure, since adding NULL does nothing. */
QUERN_API quern_node *quern_node_text(quern_query *query,
                                      quern_context *context, quern_field field,
                                      quern_string text, uint32_t slop);

/* What quern_query_parse reads in a text, as a node: a user's query to which
 * clauses are added. min_match must be 0. NULL, with a note, if no words are
 * left, as above. */
QUERN_API quern_node *quern_node_parse(quern_query *query,
                                       quern_context *context,
                                       quern_string text,
                                       const quern_parse_options *options);

/* A group without clauses yet. One that stays empty is ignored, like a text
 * without words. */
QUERN_API quern_node *quern_node_group(quern_query *query);

/* Adds a clause to a group of the same query. A node may be added once. A NULL
 * clause or group is ignored. */
QUERN_API void quern_node_add(quern_node *group, quern_occur occur,
                              quern_node *clause);

/* Multiplies all scores of the node by a boost above 0 and up to 1,000,000. A
 * group with a boost is not flattened, so that its sum is rounded as a whole,
 * even if the boost is 1. NULL is ignored. */
QUERN_API void quern_node_boost(quern_node *node, float boost);

/* Makes `root`, which was not added to a group, the query. `min_match` is how
 * many of its alternatives must match, at most 65,536, as in
 * quern_parse_options. NULL, an empty group, and a root that only excludes are
 * queries that match nothing, with a note. The nodes must not be used
 * afterwards. Returns the first failure of the construction; then the query
 * matches nothing. */
QUERN_API quern_status quern_query_build(quern_query *query, quern_node *root,
                                         uint32_t min_match,
                                         quern_error *error);

#ifdef __cplusplus
}
#endif

#endif
