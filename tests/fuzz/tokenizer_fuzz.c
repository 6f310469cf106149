/* tokenizer_fuzz.c - any text, any analyzer: tokens in order, inside the text.
 *
 * The first byte chooses analyzer and side.
 */
#include "common/text/analyzer.h"
#include "tests/fuzz/fuzz.h"

enum { CHOICES = 8 };

static const AnalyzerOptions OPTIONS[CHOICES] = {
    {.name = "default"},
    {.name = "standard"},
    {.name = "english"},
    {.name = "whitespace"},
    {.name = "default", .stem = "german"},
    {.name = "default", .no_fold = true},
    {.name = "standard", .stem = "english"},
    {.name = "default", .stem = "turkish"}};

static TokenStream *stream_of(size_t choice)
{
    static TokenStream *streams[CHOICES];
    Analyzer *analyzer;
    Error error;
    if (!streams[choice]) {
        PROMISE(analyzer_new(&OPTIONS[choice], &analyzer, &error) == OK);
        PROMISE(token_stream_new(analyzer, &streams[choice], &error) == OK);
    }
    return streams[choice];
}

static void check_token(const Token *token, const Token *before, size_t size)
{
    PROMISE(token->term.size > 0);
    PROMISE(token->start < token->end && token->end <= size);
    PROMISE(token->start >= before->start || token->kind != TOKEN_WORD);
    PROMISE(token->position >= before->position);
    PROMISE(token->position > before->position || !before->term.size ||
            token->kind != TOKEN_WORD);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    size_t choice = data[0] % CHOICES, count;
    TextSide side = data[0] < 128 ? TEXT_DOCUMENT : TEXT_QUERY;
    TokenStream *stream = stream_of(choice);
    Token before = {0};
    const Token *batch;
    token_stream_start(stream, span_of(data + 1, size - 1), side);
    while ((batch = token_stream_batch(stream, &count)) && count) {
        for (size_t i = 0; i < count; i++) {
            check_token(&batch[i], &before, size - 1);
            before = batch[i];
        }
        PROMISE(before.position < UINT32_MAX);
    }
    PROMISE(before.term.size == 0 ||
            token_stream_positions(stream) > before.position);
    PROMISE(token_stream_status(stream) == OK);
    return 0;
}
