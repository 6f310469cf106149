/* analyzer.h - text to tokens, the same for documents and queries.
 *
 * An Analyzer is immutable and shared by all threads. A TokenStream is one
 * thread's use of it: start it on a text, take batches of tokens until there
 * are no more. No allocation per token.
 *
 * Invalid UTF-8 is read as U+FFFD. A token of more than 255 UTF-16 units is
 * split into pieces of at most 255 as in Lucene, before folding.
 *
 *   default     words and the parts of compounds, folded; every rule is in
 *               docs/analyzers.md
 *   standard    Lucene's StandardAnalyzer without stop words
 *   english     Lucene's EnglishAnalyzer
 *   whitespace  runs of other than white space, unchanged
 */
#ifndef QUERN_TEXT_ANALYZER_H
#define QUERN_TEXT_ANALYZER_H

#include "common/base/buf.h"
#include "common/base/span.h"
#include "common/base/status.h"

#include <stdbool.h>
#include <stdint.h>

/* The options that define an analyzer; the index stores them. */
typedef struct AnalyzerOptions {
    const char *name;    /* one of the four; NULL: "default" */
    const char *stem;    /* a language of libstemmer; NULL: no stemming */
    Span stop_words;     /* words separated by white space; empty: none, or
                            the analyzer's own unless has_stop_words */
    bool has_stop_words; /* stop_words replaces the analyzer's own list */
    bool no_fold;        /* keep case, accents and width */
} AnalyzerOptions;

typedef struct Analyzer Analyzer;
typedef struct TokenStream TokenStream;

/* Tokens come in the order of positions. At a position the word is first,
 * unless it was removed as a stop word; the other kinds follow, no term twice.
 * The length of a document is how many of its positions have a token, so that
 * only the first of a position counts. All analyzers except `default` have
 * words only. */
typedef enum TokenKind {
    TOKEN_WORD,   /* has a position of its own */
    TOKEN_PART,   /* documents only: of a camelCase word: user of getUser */
    TOKEN_JOINED, /* words without the hyphens, apostrophes between them, at the
                     position of the first: wifi of wi-fi; or a word with its
                     raised digits: m2 of m with a raised 2 */
    TOKEN_VARIANT /* documents only: another form of a token of the position:
                     the stem of the word without accents, 1.2 of 1.2.3 */
} TokenKind;

typedef struct Token {
    Span term;         /* borrowed until the next call on the stream */
    uint32_t position; /* counts words, removed stop words too; from 0 */
    uint8_t kind;      /* a TokenKind */
    uint8_t span;      /* TOKEN_JOINED: how many positions it covers; else 1 */
    bool is_prefix;    /* queries only: matches all terms with this prefix */
    bool is_letter;    /* queries only: a lone letter at an apostrophe, as in
                          it's, I'd, l'eau: not worth asking for by itself */
    size_t start, end; /* byte offsets in the text; of all that it covers */
} Token;

/* Queries have no TOKEN_PART and no TOKEN_VARIANT. A query of one word whose
 * words are all covered by a TOKEN_JOINED (its position is the first one's, its
 * span their number) may ask for that term alone; other compounds are the
 * phrase of their words. A document has the joined forms of every run of two to
 * four words, so that each of them finds it.
 * Runs of characters without spaces (CJK, Korean, Thai ...): a run ABC gives
 * documents AB BC C, queries AB BC, a query of C alone C*. */
typedef enum TextSide { TEXT_DOCUMENT, TEXT_QUERY } TextSide;

/* The version of the rules of an analyzer: an index whose manifest has a lower
 * number was made by other rules. 1 for `standard`, `english`, `whitespace`. */
enum { ANALYZER_RULES_DEFAULT = 2 };
uint32_t analyzer_rules(const Analyzer *analyzer);

/* Copies the options. ERR_USAGE for an unknown analyzer or language, with a
 * list of the supported ones, or for options that cannot be combined. */
NODISCARD Status analyzer_new(const AnalyzerOptions *options, Analyzer **out,
                              Error *error);
void analyzer_free(Analyzer *analyzer);

/* The options it was made from; borrowed from the analyzer. */
const AnalyzerOptions *analyzer_options(const Analyzer *analyzer);

/* Whether words that differ only in case, or only in accents, are one term. */
bool analyzer_ignores_case(const Analyzer *analyzer);
bool analyzer_ignores_accents(const Analyzer *analyzer);

/* A hash of the tokens that this build makes of a built-in text in many
 * scripts: differs where Unicode data or stemmers differ. */
NODISCARD Status analyzer_probe(const Analyzer *analyzer, uint64_t *hash,
                                Error *error);

/* "Unicode 15.0.0, word breaks of 12.1, Snowball in 28 languages": the versions
 * of the data that analysis depends on. Valid until the thread ends. */
const char *analyzer_data_versions(void);

/* Folds a fragment of a word (of a prefix or wildcard pattern) like a token,
 * without tokenizing, stemming or removing stop words. */
void analyzer_fold(const Analyzer *analyzer, Span fragment, Buf *out);

/* One thread's use of an analyzer, which must outlive it. */
NODISCARD Status token_stream_new(const Analyzer *analyzer, TokenStream **out,
                                  Error *error);
void token_stream_free(TokenStream *stream);

/* Begins a text, which is borrowed until the last batch is taken. */
void token_stream_start(TokenStream *stream, Span text, TextSide side);

/* The next tokens, some dozens, in the order of the text; *count 0 after the
 * last. Borrowed until the next call on the stream. */
const Token *token_stream_batch(TokenStream *stream, size_t *count);

/* After the last batch: one more than the position of the last word, removed
 * stop words at the end included. */
uint32_t token_stream_positions(const TokenStream *stream);

/* ERR_NO_MEMORY if the last text could not be tokenized to its end, else OK. */
Status token_stream_status(const TokenStream *stream);

#endif
