/* analyzer_test.c - tests common/text/analyzer.c, and through it
 * symbol_words.c, cjk_run.c and space_break.c, as tokens
 * "term@position[start-end]", with * after a prefix, and before the term ~ for
 * a part, = for a joined form, ? for a variant. The rules of docs/analyzers.md
 * are tested by analyzers_md_test.c. */
#include "common/text/analyzer.h"

#include "tests/support/check_main.h"

typedef struct Case {
    AnalyzerOptions options;
    TextSide side;
    const char *text, *tokens;
} Case;

#define DEFAULT \
    {           \
        0       \
    }
#define ENGLISH           \
    {                     \
        .name = "english" \
    }
#define STANDARD           \
    {                      \
        .name = "standard" \
    }
#define SPACE                \
    {                        \
        .name = "whitespace" \
    }

/* clang-format off */
static const Case CASES[] = {
    /* words and folding */
    {DEFAULT, TEXT_DOCUMENT, "The quick-witted FOX's 3.14",
     "the@0[0-3] quick@1[4-9] =quickwitted@1[4-16] witted@2[10-16] fox@3[17-20] s@4[21-22] "
     "3.14@5[23-27]"},
    {DEFAULT, TEXT_DOCUMENT, "1\u066b5GB", "1@0[0-1] ?1.5@0[0-4] 5gb@1[3-6]"},
    {DEFAULT, TEXT_QUERY, "wi-fi", "wi@0[0-2] =wifi@0[0-5] fi@1[3-5]"},
    {DEFAULT, TEXT_DOCUMENT, "Caf\u00e9 \u201cna\u00efve\u201d o\u2019clock",
     "cafe@0[0-5] naive@1[9-15] o@2[19-20] =oclock@2[19-28] clock@3[23-28]"},
    {DEFAULT, TEXT_DOCUMENT, "a\u202fb\u00a0c\u2007d", "a@0[0-1] b@1[4-5] c@2[7-8] d@3[11-12]"},
    {DEFAULT, TEXT_DOCUMENT, "re\u00adsume \u3164 x", "resume@0[0-8] x@1[13-14]"},
    {DEFAULT, TEXT_DOCUMENT, "\xff" "a\xc3", "a@0[1-2]"},
    {{.no_fold = true}, TEXT_DOCUMENT, "Cafe\u0301 O\u2019Neill \uff21",
     "Caf\u00e9@0[0-6] O@1[7-8] =ONeill@1[7-16] Neill@2[11-16] \uff21@3[17-20]"},

    /* camelCase */
    {DEFAULT, TEXT_DOCUMENT, "getUserName fooFoo",
     "getusername@0[0-11] ~get@0[0-3] ~user@0[3-7] ~name@0[7-11] foofoo@1[12-18] ~foo@1[12-15]"},
    {DEFAULT, TEXT_QUERY, "getUserName", "getusername@0[0-11]"},
    {{.no_fold = true}, TEXT_DOCUMENT, "getUser", "getUser@0[0-7] ~get@0[0-3] ~User@0[3-7]"},
    {STANDARD, TEXT_DOCUMENT, "getUser wi-fi it's",
     "getuser@0[0-7] wi@1[8-10] fi@2[11-13] it's@3[14-18]"},

    /* words with symbols */
    {DEFAULT, TEXT_DOCUMENT, "C++ c# F# .NET",
     "c++@0[0-3] c#@1[4-6] f#@2[7-9] .net@3[10-14]"},
    {DEFAULT, TEXT_DOCUMENT, "C++11, Objective-C++; (c#)",
     "c++@0[0-3] 11@1[3-5] objective@2[7-16] c++@3[17-20] c#@4[23-25]"},
    {DEFAULT, TEXT_DOCUMENT, "i++ abc++ c+ c+++ c## g# #c",
     "i@0[0-1] abc@1[4-7] c@2[10-11] c@3[13-14] c@4[18-19] g@5[22-23] c@6[26-27]"},
    {DEFAULT, TEXT_DOCUMENT, "f#g c#8 f#1",
     "f@0[0-1] g@1[2-3] c#@2[4-6] 8@3[6-7] f@4[8-9] 1@5[10-11]"},
    {DEFAULT, TEXT_DOCUMENT, "ASP.NET ..net 1.net .network \u201c.Net\u201d",
     "asp@0[0-3] net@1[4-7] net@2[10-13] 1@3[14-15] net@4[16-19] network@5[21-28] "
     ".net@6[32-36]"},
    {{.no_fold = true}, TEXT_DOCUMENT, "C++", "C++@0[0-3]"},

    /* CJK */
    {DEFAULT, TEXT_DOCUMENT, "\u6771\u4eac\u90fd",
     "\u6771\u4eac@0[0-6] \u4eac\u90fd@1[3-9] \u90fd@2[6-9]"},
    {DEFAULT, TEXT_QUERY, "\u6771\u4eac\u90fd x",
     "\u6771\u4eac@0[0-6] \u4eac\u90fd@1[3-9] x@3[10-11]"},
    {DEFAULT, TEXT_QUERY, "\u6771", "\u6771*@0[0-3]"},
    {DEFAULT, TEXT_DOCUMENT, "a\u6771\u3002\u4ebab",
     "a@0[0-1] \u6771@1[1-4] \u4eba@2[7-10] b@3[10-11]"},
    {DEFAULT, TEXT_DOCUMENT, "\uff76\uff9e\u30bf_\u3005",
     "\u30ac\u30bf@0[0-9] \u30bf@1[6-9] \u3005@2[10-13]"},
    {DEFAULT, TEXT_DOCUMENT, "\u3314x", /* one character that decomposes to two */
     "\u30ad\u30ed@0[0-3] \u30ed@1[0-3] x@2[3-4]"},
    {DEFAULT, TEXT_DOCUMENT, "\ud55c\uad6d\uc5b4 \ub2e8\uc5b4",
     "\ud55c\uad6d@0[0-6] \uad6d\uc5b4@1[3-9] \uc5b4@2[6-9] \ub2e8\uc5b4@3[10-16] "
     "\uc5b4@4[13-16]"},
    {DEFAULT, TEXT_DOCUMENT, "\u0e17\u0e35\u0e48\u0e19", /* two clusters */
     "\u0e17\u0e35\u0e48\u0e19@0[0-12] \u0e19@1[9-12]"},
    {STANDARD, TEXT_DOCUMENT, "\u6771\u4eac", "\u6771@0[0-3] \u4eac@1[3-6]"},

    /* stop words and stems */
    {ENGLISH, TEXT_DOCUMENT, "The dogs' and the Fox's technologies of",
     "dog@1[4-8] fox@4[18-23] technolog@5[24-36]"},
    {{.name = "english", .has_stop_words = true}, TEXT_DOCUMENT, "The dogs",
     "the@0[0-3] dog@1[4-8]"},
    {{.stop_words = {(const uint8_t *)"Der DIE", 7}, .has_stop_words = true},
     TEXT_DOCUMENT, "Die Katze", "katze@1[4-9]"},
    {{.stop_words = {(const uint8_t *)"don't get", 9}, .has_stop_words = true},
     TEXT_DOCUMENT, "don't getUser", "getuser@2[6-13] ~user@2[9-13]"},
    {{.stem = "german"}, TEXT_DOCUMENT, "Katzen C++", "katz@0[0-6] c++@1[7-10]"},
    {{.stem = "french"}, TEXT_DOCUMENT, "g\u00e9n\u00e9r\u00e9e",
     "gener@0[0-10] ?genere@0[0-10]"},
    {{.stem = "french"}, TEXT_QUERY, "g\u00e9n\u00e9r\u00e9e", "gener@0[0-10]"},
    {{.stem = "french"}, TEXT_QUERY, "generee", "genere@0[0-7]"},
    {{.stem = "turkish"}, TEXT_QUERY, "I\u015eIK", "isik@0[0-5]"},
    {{.name = "standard", .stem = "english"}, TEXT_DOCUMENT, "generously",
     "generous@0[0-10]"},

    /* white space */
    {SPACE, TEXT_DOCUMENT, " It's\ta\u00a0C++\u3000\xff! ",
     "It's@0[1-5] a@1[6-7] C++@2[9-12] \ufffd!@3[15-17]"},
    {SPACE, TEXT_DOCUMENT, "", ""},
};
/* clang-format on */

static void put_tokens(TokenStream *stream, Buf *out)
{
    static const char *const KINDS[] = {"", "~", "=", "?"};
    const Token *tokens;
    size_t count;
    while (tokens = token_stream_batch(stream, &count), count > 0)
        for (size_t i = 0; i < count; i++)
            buf_printf(out, "%s%s%.*s%s@%u[%zu-%zu]", out->size ? " " : "",
                       KINDS[tokens[i].kind], SPAN_ARGS(tokens[i].term),
                       tokens[i].is_prefix ? "*" : "", tokens[i].position,
                       tokens[i].start, tokens[i].end);
}

START_TEST(texts_become_tokens)
{
    const Case *given = &CASES[_i];
    Analyzer *analyzer;
    TokenStream *stream;
    Error error;
    ck_assert_int_eq(analyzer_new(&given->options, &analyzer, &error), OK);
    ck_assert_int_eq(token_stream_new(analyzer, &stream, &error), OK);
    Buf out = {0};
    token_stream_start(stream, span_text(given->text), given->side);
    put_tokens(stream, &out);
    ck_assert_str_eq(buf_text(&out), given->tokens);
    buf_release(&out);
    token_stream_free(stream);
    analyzer_free(analyzer);
}
END_TEST

typedef struct Refused {
    AnalyzerOptions options;
    const char *named; /* in the message */
} Refused;

static const Refused REFUSED[] = {
    {{.name = "klingon"}, "whitespace"},
    {{.stem = "klingon"}, "swedish"},
    {{.name = "english", .stem = "german"}, "'default'"},
    {{.name = "whitespace", .stem = "german"}, "'standard'"},
    {{.name = "english", .no_fold = true}, "folded"},
    {{.stem = "german", .no_fold = true}, "folded"},
};

START_TEST(invalid_options_are_refused)
{
    Analyzer *analyzer;
    Error error;
    ck_assert_int_eq(analyzer_new(&REFUSED[_i].options, &analyzer, &error),
                     ERR_USAGE);
    ck_assert_ptr_null(analyzer);
    ck_assert_ptr_nonnull(strstr(error.message, REFUSED[_i].named));
}
END_TEST

START_TEST(options_are_copied)
{
    char name[] = "default", stem[] = "german", words[] = "der die";
    AnalyzerOptions options = {.name = name,
                               .stem = stem,
                               .stop_words = span_text(words),
                               .has_stop_words = true};
    Analyzer *analyzer;
    Error error;
    ck_assert_int_eq(analyzer_new(&options, &analyzer, &error), OK);
    name[0] = stem[0] = words[0] = '?';
    const AnalyzerOptions *kept = analyzer_options(analyzer);
    ck_assert_str_eq(kept->name, "default");
    ck_assert_str_eq(kept->stem, "german");
    ck_assert(span_equals_text(kept->stop_words, "der die"));
    analyzer_free(analyzer);
}
END_TEST

static uint64_t probe(AnalyzerOptions options)
{
    Analyzer *analyzer;
    Error error;
    uint64_t hash;
    ck_assert_int_eq(analyzer_new(&options, &analyzer, &error), OK);
    ck_assert_int_eq(analyzer_probe(analyzer, &hash, &error), OK);
    analyzer_free(analyzer);
    return hash;
}

START_TEST(probes_distinguish_analyzers)
{
    uint64_t plain = probe((AnalyzerOptions){0});
    ck_assert_uint_eq(plain, probe((AnalyzerOptions){.name = "default"}));
    ck_assert_uint_ne(plain, probe((AnalyzerOptions){.name = "standard"}));
    ck_assert_uint_ne(plain, probe((AnalyzerOptions){.stem = "german"}));
    ck_assert_uint_ne(plain, probe((AnalyzerOptions){.no_fold = true}));
}
END_TEST

START_TEST(versions_are_reported)
{
    ck_assert_ptr_nonnull(strstr(analyzer_data_versions(), "Unicode 1"));
    ck_assert_ptr_nonnull(strstr(analyzer_data_versions(), "Snowball"));
}
END_TEST

START_TEST(fragments_are_folded_but_not_tokenized)
{
    Analyzer *analyzer;
    Error error;
    Buf out = {0};
    AnalyzerOptions options = {0};
    ck_assert_int_eq(analyzer_new(&options, &analyzer, &error), OK);
    analyzer_fold(analyzer, span_text("D\u00c9J\u00c0-vu"), &out);
    ck_assert_str_eq(buf_text(&out), "deja-vu");
    buf_release(&out);
    analyzer_free(analyzer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("analyzer");
    TCase *tests = tcase_create("analyzer");
    tcase_add_loop_test(tests, texts_become_tokens, 0,
                        sizeof CASES / sizeof CASES[0]);
    tcase_add_loop_test(tests, invalid_options_are_refused, 0,
                        sizeof REFUSED / sizeof REFUSED[0]);
    tcase_add_test(tests, options_are_copied);
    tcase_add_test(tests, probes_distinguish_analyzers);
    tcase_add_test(tests, versions_are_reported);
    tcase_add_test(tests, fragments_are_folded_but_not_tokenized);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
