/* analyzers_md_test.c - the examples of docs/analyzers.md are true.
 *
 * A block that opens with ```tokens [ANALYZER] [--stem LANGUAGE] [--no-fold]
 * [--query] holds lines "text → tokens": words, in parentheses the other tokens
 * of their position, _ for a position without tokens, * after a prefix. */
#include "common/text/analyzer.h"

#include "tests/support/check_main.h"

#include <stdio.h>
#include <stdlib.h>

static const char document[] = "docs/analyzers.md";
static const char arrow[] = "  \xE2\x86\x92  ";

typedef struct Block {
    bool is_open;
    char name[32], stem[32];
    AnalyzerOptions options;
    TextSide side;
} Block;

static void block_open(Block *block, const char *line)
{
    static const char *const NAMES[] = {"standard", "english", "whitespace"};
    *block = (Block){.is_open = true, .name = "default"};
    for (size_t i = 0; i < 3; i++)
        if (strstr(line, NAMES[i])) strcpy(block->name, NAMES[i]);
    const char *stem = strstr(line, "--stem ");
    if (stem) sscanf(stem, "--stem %31s", block->stem);
    block->options.name = block->name;
    block->options.stem = stem ? block->stem : NULL;
    block->options.no_fold = strstr(line, "--no-fold") != NULL;
    block->side = strstr(line, "--query") ? TEXT_QUERY : TEXT_DOCUMENT;
}

/* \xHH to the byte, in place; spaces at the end dropped. */
static char *unescape(char *text)
{
    size_t size = strlen(text), kept = 0;
    while (size > 0 && text[size - 1] == ' ') text[--size] = 0;
    for (size_t at = 0; at < size; at++) {
        unsigned byte;
        if (sscanf(text + at, "\\x%2x", &byte) == 1) {
            text[at + 3] = (char)byte;
            at += 3;
        }
        text[kept++] = text[at];
    }
    text[kept] = 0;
    return text + strspn(text, " ");
}

/* Appends a token; `last` is the one before it, NULL at first. */
static void put_token(Buf *out, const Token *token, const Token *last)
{
    uint32_t expected = last ? last->position + 1 : 0;
    bool opens = token->kind != TOKEN_WORD &&
                 (!last || last->kind == TOKEN_WORD);
    bool closes = last && last->kind != TOKEN_WORD && token->kind == TOKEN_WORD;
    if (closes) buf_put_byte(out, ')');
    for (; expected < token->position; expected++) buf_put_text(out, " _");
    buf_printf(out, " %s%.*s%s", opens ? "(" : "", SPAN_ARGS(token->term),
               token->is_prefix ? "*" : "");
}

static void put_tokens(const Block *block, Span text, Buf *out)
{
    Analyzer *analyzer;
    TokenStream *stream;
    Error error;
    Token last = {0};
    const Token *tokens;
    size_t count;
    bool has_last = false;
    ck_assert_int_eq(analyzer_new(&block->options, &analyzer, &error), OK);
    ck_assert_int_eq(token_stream_new(analyzer, &stream, &error), OK);
    token_stream_start(stream, text, block->side);
    while (tokens = token_stream_batch(stream, &count), count > 0)
        for (size_t i = 0; i < count; i++) {
            put_token(out, &tokens[i], has_last ? &last : NULL);
            last = tokens[i];
            has_last = true;
        }
    if (has_last && last.kind != TOKEN_WORD) buf_put_byte(out, ')');
    token_stream_free(stream);
    analyzer_free(analyzer);
}

static void check_example(const Block *block, char *line)
{
    Buf out = {0};
    char *middle = strstr(line, arrow);
    ck_assert_msg(middle != NULL, "no arrow: %s", line);
    *middle = 0;
    const char *expected = unescape(middle + strlen(arrow));
    const char *text = unescape(line);
    put_tokens(block, span_text(text), &out);
    const char *tokens = buf_text(&out);
    ck_assert_msg(!strcmp(tokens + (tokens[0] == ' '), expected), "%s: %s",
                  text, tokens);
    buf_release(&out);
}

START_TEST(every_example_is_analyzed_as_documented)
{
    char line[1024];
    Block block = {0};
    int examples = 0;
    FILE *file = fopen(document, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        char *at = line + strspn(line, " ");
        if (!strncmp(at, "```tokens", 9)) {
            block_open(&block, at);
        } else if (!strncmp(at, "```", 3)) {
            block.is_open = false;
        } else if (block.is_open) {
            check_example(&block, at);
            examples++;
        }
    }
    fclose(file);
    ck_assert_int_gt(examples, 40);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("analyzers_md");
    TCase *tests = tcase_create("analyzers_md");
    tcase_add_test(tests, every_example_is_analyzed_as_documented);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
