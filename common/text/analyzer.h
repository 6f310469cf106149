/* analyzer.h - text to tokens, the same for documents and queries.
 *
 * An Analyzer is an immutable description, shared by all threads. A
 * TokenStream is one thread's use of it: start it on a text, take batches of
 * tokens until there are no more. No allocation per token.
 *
 * Invalid UTF-8 is read as U+FFFD. A token of more than 255 UTF-16 units is
 * cut into pieces of at most 255 as Lucene cuts it, before folding.
 *
 *   default     UAX #29 words, folded; see text/README.md for every rule
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

/* What an index remembers of its analyzer, enough to make it again. */
typedef struct AnalyzerOptions {
    const char *name;    /* one of the four; NULL: "default" */
    const char *stem;    /* a language libstemmer knows, or NULL for none */
    Span stop_words;     /* words separated by white space; empty: none, or
                            the analyzer's own unless has_stop_words */
    bool has_stop_words; /* stop_words replaces the analyzer's own list */
    bool no_fold;        /* keep case, accents and width */
} AnalyzerOptions;

typedef struct Analyzer Analyzer;
typedef struct TokenStream TokenStream;

typedef struct Token {
    Span term;         /* borrowed until the next call on the stream */
    uint32_t position; /* counts words, removed stop words too; from 0 */
    bool is_prefix;    /* query side: stands for all terms it begins */
    size_t start, end; /* bytes of the text that made it */
} Token;

/* Who reads the text: they cut differently where a term stands for a part of
 * a word. CJK run ABC: documents AB BC C; queries AB BC; lone query C: C*. */
typedef enum TextSide { TEXT_DOCUMENT, TEXT_QUERY } TextSide;

/* Copies what it needs of the options. ERR_USAGE names what is wrong: an
 * unknown analyzer or language, with those there are. */
NODISCARD Status analyzer_new(const AnalyzerOptions *options, Analyzer **out,
                              Error *error);
void analyzer_free(Analyzer *analyzer);

/* The options it was made from; borrowed from the analyzer. */
const AnalyzerOptions *analyzer_options(const Analyzer *analyzer);

/* Whether words that differ in case alone, in accents alone, are one term. */
bool analyzer_ignores_case(const Analyzer *analyzer);
bool analyzer_ignores_accents(const Analyzer *analyzer);

/* A hash of the tokens that this build makes of a built-in text in many
 * scripts: differs where Unicode data or stemmers differ. */
NODISCARD Status analyzer_probe(const Analyzer *analyzer, uint64_t *hash,
                                Error *error);

/* "Unicode 15.0.0, word breaks of 12.1, Snowball in 28 languages": the data
 * behind it, as far as it tells its version. Valid until the thread ends. */
const char *analyzer_data_versions(void);

/* Folds a fragment of a word (the stem of a prefix or wildcard) as a token
 * would be, without cutting, stemming or stop words. */
void analyzer_fold(const Analyzer *analyzer, Span fragment, Buf *out);

/* One thread's use of an analyzer, which must outlive it. */
NODISCARD Status token_stream_new(const Analyzer *analyzer, TokenStream **out,
                                  Error *error);
void token_stream_free(TokenStream *stream);

/* Begins a text, which must stay until the last batch is taken. */
void token_stream_start(TokenStream *stream, Span text, TextSide side);

/* The next tokens, some dozens, in the order of the text; *count 0 after the
 * last. Borrowed until the next call on the stream. */
const Token *token_stream_batch(TokenStream *stream, size_t *count);

/* After the last batch: one more than the position of the last word, removed
 * stop words at the end included. */
uint32_t token_stream_positions(const TokenStream *stream);

/* ERR_NO_MEMORY if the last text could not be cut to its end, else OK. */
Status token_stream_status(const TokenStream *stream);

#endif
