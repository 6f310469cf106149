/* analyzer.h - text to tokens, the same for documents and queries.
 *
 * An index stores the options of its analyzer, and queries are analyzed with
 * it (quern_index_analyzer). One made from options is needed only to see what
 * it makes of a text.
 */
#ifndef QUERN_ANALYZER_H
#define QUERN_ANALYZER_H

#include <quern/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Immutable; used by any number of threads at once. */
typedef struct quern_analyzer quern_analyzer;

/* What defines an analyzer. The strings are borrowed during the call that takes
 * the options. */
typedef struct quern_analyzer_options {
    size_t struct_size;

    /* "default"     words by the rules of Unicode (UAX #29), without case,
     *               accents and width
     * "standard"    Lucene's StandardAnalyzer without stop words
     * "english"     Lucene's EnglishAnalyzer
     * "whitespace"  what is between white space, unchanged
     * Empty: "default". */
    quern_string name;

    /* A language of Snowball's stemmers, such as "german"; empty: no stemming.
     * Only with "default" and "standard". */
    quern_string stem;

    /* Words to drop, separated by white space. Used only if has_stop_words;
     * otherwise the analyzer's own, which only "english" has. */
    quern_string stop_words;
    bool has_stop_words;

    bool no_fold; /* keep case, accents and width; not with stemming */
} quern_analyzer_options;

#define QUERN_ANALYZER_OPTIONS_INIT                                      \
    {                                                                    \
        sizeof(quern_analyzer_options), {NULL, 0}, {NULL, 0}, {NULL, 0}, \
            false, false                                                 \
    }

/* Makes an analyzer, owned by the caller. QUERN_INVALID for an unknown name or
 * language, with a list of the known ones, and for options that cannot be
 * combined. */
QUERN_API quern_status quern_analyzer_new(const quern_analyzer_options *options,
                                          quern_analyzer **analyzer,
                                          quern_error *error);
QUERN_API void quern_analyzer_free(quern_analyzer *analyzer);

/* At a position the word is first; the other kinds are further terms of it. */
typedef enum quern_token_kind {
    QUERN_TOKEN_WORD = 0,   /* counts in the length of a document */
    QUERN_TOKEN_PART = 1,   /* a part of a compound word */
    QUERN_TOKEN_JOINED = 2, /* words without what is between them */
    QUERN_TOKEN_VARIANT = 3 /* another form of a token of the position */
} quern_token_kind;

/* One token of a text; an element of an array. */
typedef struct quern_token {
    quern_string term; /* as it is in the index */
    uint32_t position; /* in words from 0; removed stop words count */
    uint32_t span;     /* how many positions it covers, at least 1 */
    quern_token_kind kind;
    bool is_prefix;    /* in queries only: matches every term that begins
                          with it (a CJK character of its own) */
    size_t start, end; /* the token is bytes [start, end) of the text */
} quern_token;

/* Documents and queries differ only in runs of CJK characters. */
typedef enum quern_text_side {
    QUERN_SIDE_DOCUMENT = 0,
    QUERN_SIDE_QUERY = 1
} quern_text_side;

/* The tokens of a text, for one thread; about 1 MB of memory. Keep it for the
 * next text. */
typedef struct quern_tokens quern_tokens;

/* The analyzer is borrowed until quern_tokens_free. */
QUERN_API quern_status quern_tokens_new(const quern_analyzer *analyzer,
                                        quern_tokens **tokens,
                                        quern_error *error);
QUERN_API void quern_tokens_free(quern_tokens *tokens);

/* Begins a text, which is borrowed until the last tokens are taken or another
 * text begins. Any bytes are allowed: invalid UTF-8 is read as U+FFFD. */
QUERN_API quern_status quern_tokens_start(quern_tokens *tokens,
                                          quern_string text,
                                          quern_text_side side,
                                          quern_error *error);

/* The next tokens, some dozens, in the order of the text; *count is 0 after
 * the last ones, and before any text. Borrowed until the next call with the
 * same `tokens`. */
QUERN_API quern_status quern_tokens_next(quern_tokens *tokens,
                                         const quern_token **batch,
                                         size_t *count, quern_error *error);

#ifdef __cplusplus
}
#endif

#endif
