/* token_stream_test.c - tests common/text/token_stream.c: invariants of
 * the tokens of any bytes, for every analyzer. */
#include "common/base/utf8_clean.h"
#include "common/text/analyzer.h"
#include "tests/support/check_main.h"

#include <stdlib.h>

static const AnalyzerOptions OPTIONS[] = {
    {.name = "default"},    {.name = "standard"}, {.name = "english"},
    {.name = "whitespace"}, {.no_fold = true},    {.stem = "french"},
};

enum { ANALYZERS = sizeof OPTIONS / sizeof OPTIONS[0] };

/* Pieces of text for unusual combinations. */
static const char *const PIECES[] = {
    "a",          "B",      " ",      "word",    "it's",   "c++",
    ".net",       "C#",     "_",      "9",       "\xff",   "\xe2\x82",
    "\u00e9",     "\u0301", "\u2019", "\u6771",  "\u3042", "\u30ab",
    "\uff9e",     "\u3316", "\ufdfa", "\u200d",  "\ufe0f", "\U0001f468",
    "\U0001f1e9", "\u20e3", "\u05d0", "\ud55c",  "\u0e01", "\u3164",
    "\n",         "-",      "'",      "fooBar",  "1,000",  "3.14",
    "1.2.3",      "\u00b2", "\u2082", "\x1b[1m", "T10Z",   "\u1100",
    "\u1161",     "\u0e33"};

static void make_text(Buf *text)
{
    buf_clear(text);
    int pieces = rand() % 60;
    for (int i = 0; i < pieces; i++) {
        if (rand() % 8 == 0) buf_put_byte(text, (uint8_t)rand());
        int times = rand() % 40 == 0 ? rand() % 400 : 1;
        size_t which = (size_t)rand() % (sizeof PIECES / sizeof PIECES[0]);
        while (times-- > 0) buf_put_text(text, PIECES[which]);
    }
}

/* What is true of a token after another one; `last` has no term at first. */
static void check_token(const Token *token, const Token *last, TextSide side)
{
    bool is_first = !last->term.size;
    ck_assert_uint_gt(token->term.size, 0);
    ck_assert(utf8_is_clean(token->term));
    ck_assert_uint_lt(token->start, token->end);
    ck_assert(!token->is_prefix || side == TEXT_QUERY);
    ck_assert_uint_ge(token->span, 1);
    ck_assert(token->span == 1 || token->kind == TOKEN_JOINED);
    ck_assert_uint_ge(token->position, last->position);
    if (token->kind == TOKEN_WORD) {
        ck_assert_uint_ge(token->start, last->start);
        ck_assert(is_first || token->position > last->position);
    }
    if (side == TEXT_QUERY)
        ck_assert(token->kind == TOKEN_WORD || token->kind == TOKEN_JOINED);
}

/* Positions never fall; no term is twice at one. */
static void check_tokens(TokenStream *stream, Span text, TextSide side)
{
    token_stream_start(stream, text, side);
    size_t count;
    Token last = {0};
    const Token *tokens;
    while (tokens = token_stream_batch(stream, &count), count > 0)
        for (size_t i = 0; i < count; i++) {
            check_token(&tokens[i], &last, side);
            ck_assert_uint_le(tokens[i].end, text.size);
            for (size_t j = i; j > 0; j--) {
                if (tokens[j - 1].position != tokens[i].position) break;
                ck_assert(!span_equal(tokens[j - 1].term, tokens[i].term));
            }
            last = tokens[i];
        }
    ck_assert_uint_ge(token_stream_positions(stream),
                      last.term.size ? last.position + 1 : 0);
    ck_assert_int_eq(token_stream_status(stream), OK);
    token_stream_batch(stream, &count); /* and stays at the end */
    ck_assert_uint_eq(count, 0);
}

START_TEST(any_bytes_become_ordered_tokens)
{
    Analyzer *analyzer;
    TokenStream *stream;
    Error error;
    ck_assert_int_eq(analyzer_new(&OPTIONS[_i], &analyzer, &error), OK);
    ck_assert_int_eq(token_stream_new(analyzer, &stream, &error), OK);
    check_tokens(stream, (Span){NULL, 0}, TEXT_DOCUMENT);
    Buf text = {0};
    srand(7);
    for (int round = 0; round < 4000; round++) {
        make_text(&text);
        /* a copy of its exact size, so that reading past it is seen */
        uint8_t *exact = malloc(text.size ? text.size : 1);
        if (text.size) memcpy(exact, text.data, text.size);
        Span span = span_of(exact, text.size);
        check_tokens(stream, span, round % 2 ? TEXT_QUERY : TEXT_DOCUMENT);
        free(exact);
    }
    buf_release(&text);
    token_stream_free(stream);
    analyzer_free(analyzer);
}
END_TEST

/* Takes all tokens of a text; how many. */
static size_t count_tokens(TokenStream *stream, Span text)
{
    size_t total = 0, count;
    token_stream_start(stream, text, TEXT_DOCUMENT);
    while (token_stream_batch(stream, &count), count > 0) total += count;
    return total;
}

START_TEST(removed_words_at_the_end_count)
{
    AnalyzerOptions options = {.name = "english"};
    Analyzer *analyzer;
    TokenStream *stream;
    Error error;
    ck_assert_int_eq(analyzer_new(&options, &analyzer, &error), OK);
    ck_assert_int_eq(token_stream_new(analyzer, &stream, &error), OK);
    ck_assert_uint_eq(count_tokens(stream, span_text("what it is")), 1);
    ck_assert_uint_eq(token_stream_positions(stream), 3);
    ck_assert_uint_eq(count_tokens(stream, span_text("")), 0);
    ck_assert_uint_eq(token_stream_positions(stream), 0);
    token_stream_free(stream);
    analyzer_free(analyzer);
}
END_TEST

START_TEST(long_folded_words_fit_into_batches)
{
    AnalyzerOptions options = {0};
    Analyzer *analyzer;
    TokenStream *stream;
    Error error;
    ck_assert_int_eq(analyzer_new(&options, &analyzer, &error), OK);
    ck_assert_int_eq(token_stream_new(analyzer, &stream, &error), OK);
    Buf text = {0};
    for (int i = 0; i < 255 * 20; i++) buf_put_text(&text, "\ufdfa");
    ck_assert_uint_eq(count_tokens(stream, buf_span(&text)), 20);
    buf_release(&text);
    token_stream_free(stream);
    analyzer_free(analyzer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("token_stream");
    TCase *tests = tcase_create("token_stream");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, any_bytes_become_ordered_tokens, 0, ANALYZERS);
    tcase_add_test(tests, removed_words_at_the_end_count);
    tcase_add_test(tests, long_folded_words_fit_into_batches);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
