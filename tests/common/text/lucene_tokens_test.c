/* lucene_tokens_test.c - the tokens of `standard` and `english` are Lucene's.
 *
 * golden/texts.txt is ours, in many scripts, a text per line; the .tokens files
 * next to it are the tokens of Lucene 10.6, recorded by compare_lucene.py
 * --record. */
#include "common/base/file.h"
#include "common/text/analyzer.h"
#include "tests/support/check_main.h"

static const char *const ANALYZERS[] = {"standard", "english"};

static void read_golden(const char *name, Buf *out)
{
    Buf path = {0};
    Error error = {0};
    buf_printf(&path, "tests/common/text/golden/%s", name);
    ck_assert_int_eq(file_read(buf_text(&path), 1 << 20, out, &error), OK);
    buf_release(&path);
}

static void put_tokens(TokenStream *stream, Span text, Buf *out)
{
    const Token *tokens;
    size_t count;
    token_stream_start(stream, text, TEXT_DOCUMENT);
    while (tokens = token_stream_batch(stream, &count), count > 0)
        for (size_t i = 0; i < count; i++) {
            buf_printf(out, "\t%u:", tokens[i].position);
            buf_put_span(out, tokens[i].term);
        }
}

/* Lines "text number<TAB>position:term<TAB>..." of all texts. */
static void put_all(const AnalyzerOptions *options, Span texts, Buf *out)
{
    Analyzer *analyzer;
    TokenStream *stream;
    Error error;
    ck_assert_int_eq(analyzer_new(options, &analyzer, &error), OK);
    ck_assert_int_eq(token_stream_new(analyzer, &stream, &error), OK);
    int number = 0;
    for (size_t at = 0; at < texts.size;) {
        const uint8_t *start = texts.data + at;
        const uint8_t *end = memchr(start, '\n', texts.size - at);
        ck_assert_ptr_nonnull(end);
        buf_printf(out, "%d", ++number);
        put_tokens(stream, span_of(start, (size_t)(end - start)), out);
        buf_put_text(out, "\n");
        at += (size_t)(end - start) + 1;
    }
    token_stream_free(stream);
    analyzer_free(analyzer);
}

START_TEST(tokens_are_lucenes)
{
    const AnalyzerOptions options = {.name = ANALYZERS[_i]};
    Buf texts = {0}, expected = {0}, made = {0}, name = {0};
    buf_printf(&name, "%s.tokens", options.name);
    read_golden("texts.txt", &texts);
    read_golden(buf_text(&name), &expected);
    put_all(&options, buf_span(&texts), &made);
    ck_assert_str_eq(buf_text(&made), buf_text(&expected));
    buf_release(&texts);
    buf_release(&expected);
    buf_release(&made);
    buf_release(&name);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lucene_tokens");
    TCase *tests = tcase_create("lucene_tokens");
    tcase_add_loop_test(tests, tokens_are_lucenes, 0, 2);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
