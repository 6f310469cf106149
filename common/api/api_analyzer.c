/* api_analyzer.c - analyzers, and the tokens of a text. */
#include "common/api/api_analyzer.h"

#include "common/api/api_error.h"

#include <stdlib.h>

/* Copies a name; the empty one is NULL. */
static quern_status take_name(quern_string given, const char *what, char *copy,
                              const char **out, quern_error *error)
{
    *out = NULL;
    if (!api_is_string(given)) return api_invalid(error, "%s is NULL", what);
    if (given.size == 0) return QUERN_OK;
    bool fits = given.size < ANALYZER_NAME_BYTES &&
                !memchr(given.data, 0, given.size);
    if (!fits) return api_invalid(error, "%s is not a known one", what);
    memcpy(copy, given.data, given.size);
    copy[given.size] = 0;
    *out = copy;
    return QUERN_OK;
}

quern_status api_take_analyzer(const quern_analyzer_options *given,
                               ApiAnalyzerOptions *out, quern_error *error)
{
    quern_analyzer_options options = QUERN_ANALYZER_OPTIONS_INIT;
    *out = (ApiAnalyzerOptions){0};
    quern_status status = api_take_options(&options, sizeof options,
                                           sizeof options, given,
                                           "quern_analyzer_options", error);
    if (status == QUERN_OK)
        status = take_name(options.name, "the name of the analyzer", out->name,
                           &out->options.name, error);
    if (status == QUERN_OK)
        status = take_name(options.stem, "the language of the stemmer",
                           out->stem, &out->options.stem, error);
    if (status != QUERN_OK) return status;
    if (!api_is_string(options.stop_words))
        return api_invalid(error, "the stop words are NULL");
    out->options.has_stop_words = options.has_stop_words;
    out->options.no_fold = options.no_fold;
    if (options.has_stop_words)
        out->options.stop_words = api_span(options.stop_words);
    return QUERN_OK;
}

quern_status quern_analyzer_new(const quern_analyzer_options *options,
                                quern_analyzer **analyzer, quern_error *error)
{
    if (!analyzer) return api_invalid(error, "analyzer is NULL");
    *analyzer = NULL;
    ApiAnalyzerOptions taken;
    quern_status taking = api_take_analyzer(options, &taken, error);
    if (taking != QUERN_OK) return taking;
    Error own;
    Analyzer *made;
    Status status = analyzer_new(&taken.options, &made, &own);
    if (status == OK) *analyzer = (quern_analyzer *)(void *)made;
    return api_return(status, &own, error);
}

void quern_analyzer_free(quern_analyzer *analyzer)
{
    analyzer_free((Analyzer *)(void *)analyzer);
}

/* --- tokens --- */

struct quern_tokens {
    TokenStream *stream;
    Buf batch; /* quern_token */
    bool started;
};

quern_status quern_tokens_new(const quern_analyzer *analyzer,
                              quern_tokens **tokens, quern_error *error)
{
    if (!tokens) return api_invalid(error, "tokens is NULL");
    *tokens = NULL;
    if (!analyzer) return api_invalid(error, "analyzer is NULL");
    quern_tokens *self = calloc(1, sizeof *self);
    if (!self) return api_no_memory(error, "making a token stream");
    Error own;
    Status status = token_stream_new(api_analyzer(analyzer), &self->stream,
                                     &own);
    if (status == OK) {
        *tokens = self;
    } else {
        quern_tokens_free(self);
    }
    return api_return(status, &own, error);
}

void quern_tokens_free(quern_tokens *tokens)
{
    if (!tokens) return;
    token_stream_free(tokens->stream);
    buf_release(&tokens->batch);
    free(tokens);
}

quern_status quern_tokens_start(quern_tokens *tokens, quern_string text,
                                quern_text_side side, quern_error *error)
{
    if (!tokens) return api_invalid(error, "tokens is NULL");
    tokens->started = false;
    if (!api_is_string(text)) return api_invalid(error, "the text is NULL");
    if (side != QUERN_SIDE_DOCUMENT && side != QUERN_SIDE_QUERY)
        return api_invalid(error, "unknown side %d", (int)side);
    token_stream_start(tokens->stream, api_span(text),
                       side == QUERN_SIDE_QUERY ? TEXT_QUERY : TEXT_DOCUMENT);
    tokens->started = true;
    return QUERN_OK;
}

_Static_assert((int)TOKEN_WORD == (int)QUERN_TOKEN_WORD &&
                   (int)TOKEN_PART == (int)QUERN_TOKEN_PART &&
                   (int)TOKEN_JOINED == (int)QUERN_TOKEN_JOINED &&
                   (int)TOKEN_VARIANT == (int)QUERN_TOKEN_VARIANT,
               "kinds of tokens have the numbers of the API");

static void put_token(Buf *batch, const Token *token)
{
    quern_token copy = {.term = api_string(token->term),
                        .position = token->position,
                        .span = token->span,
                        .kind = (quern_token_kind)token->kind,
                        .is_prefix = token->is_prefix,
                        .start = token->start,
                        .end = token->end};
    buf_put(batch, &copy, sizeof copy);
}

quern_status quern_tokens_next(quern_tokens *tokens, const quern_token **batch,
                               size_t *count, quern_error *error)
{
    if (batch) *batch = NULL;
    if (count) *count = 0;
    if (!tokens || !batch || !count)
        return api_invalid(error, "an argument of quern_tokens_next is NULL");
    if (!tokens->started) return QUERN_OK;
    size_t found;
    const Token *next = token_stream_batch(tokens->stream, &found);
    buf_clear(&tokens->batch);
    for (size_t i = 0; i < found; i++) put_token(&tokens->batch, &next[i]);
    Error own;
    Status status = token_stream_status(tokens->stream);
    if (status != OK) fail_memory(&own, "analyzing a text");
    if (status == OK)
        status = buf_check(&tokens->batch, "analyzing a text", &own);
    tokens->started = found > 0 && status == OK;
    if (status == OK) {
        *batch = (const quern_token *)(const void *)tokens->batch.data;
        *count = found;
    }
    return api_return(status, &own, error);
}
