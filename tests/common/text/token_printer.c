/* token_printer.c - the tokens of many texts, in the form of Lucene's driver.
 *
 * token_printer ANALYZER [document|query]: standard input holds records
 * `id<TAB>size<NEWLINE>` with size bytes of text and a newline after it. Each
 * record gives a line: the id, then for every token a tab, its position, a
 * colon and the term. With QUERN_TOKENS=none only their number is printed, at
 * the end, which shows the speed. */
#include "common/text/analyzer.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Totals {
    size_t texts, tokens, bytes;
} Totals;

static void print_tokens(TokenStream *stream, Span text, TextSide side,
                         Totals *totals, bool quiet)
{
    token_stream_start(stream, text, side);
    const Token *tokens;
    size_t count;
    while (tokens = token_stream_batch(stream, &count), count > 0) {
        totals->tokens += count;
        for (size_t i = 0; !quiet && i < count; i++)
            printf("\t%u:%.*s", tokens[i].position, SPAN_ARGS(tokens[i].term));
    }
    totals->texts++;
    totals->bytes += text.size;
}

/* The next record; false at the end of the input. */
static bool read_record(Buf *id, Buf *text)
{
    char line[4096];
    if (!fgets(line, sizeof line, stdin)) return false;
    char *tab = strrchr(line, '\t');
    if (!tab) return false;
    buf_clear(id);
    buf_clear(text);
    buf_put(id, line, (size_t)(tab - line));
    size_t size = strtoull(tab + 1, NULL, 10);
    uint8_t *bytes = buf_reserve(text, size + 1);
    if (!bytes || fread(bytes, 1, size + 1, stdin) != size + 1) return false;
    text->size = size;
    return true;
}

int main(int argc, char **argv)
{
    AnalyzerOptions options = {.name = argc > 1 ? argv[1] : NULL,
                               .stem = getenv("QUERN_STEM")};
    TextSide side = argc > 2 && !strcmp(argv[2], "query") ? TEXT_QUERY
                                                          : TEXT_DOCUMENT;
    bool quiet = getenv("QUERN_TOKENS") != NULL;
    Analyzer *analyzer = NULL;
    TokenStream *stream = NULL;
    Totals totals = {0};
    Error error;
    if (analyzer_new(&options, &analyzer, &error) != OK ||
        token_stream_new(analyzer, &stream, &error) != OK) {
        fprintf(stderr, "token_printer: %s\n", error.message);
        analyzer_free(analyzer);
        return 2;
    }
    Buf id = {0}, text = {0};
    while (read_record(&id, &text)) {
        if (!quiet) printf("%.*s", SPAN_ARGS(buf_span(&id)));
        print_tokens(stream, buf_span(&text), side, &totals, quiet);
        if (!quiet) putchar('\n');
    }
    if (quiet)
        printf("%zu texts, %zu tokens, %zu bytes\n", totals.texts,
               totals.tokens, totals.bytes);
    buf_release(&id);
    buf_release(&text);
    token_stream_free(stream);
    analyzer_free(analyzer);
    return 0;
}
