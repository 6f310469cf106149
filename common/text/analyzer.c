/* analyzer.c - builds an analysis pipeline from options. */
#include "common/text/analyzer_internal.h"

#include "common/base/hash.h"
#include "common/text/part_break.h"
#include "common/text/stemmer.h"

#include <stdio.h>
#include <stdlib.h>

static const Pipeline PIPELINES[] = {
    {.name = "default",
     .version = ANALYZER_RULES_DEFAULT,
     .rules = &WORD_RULES_PARTS,
     .fold = FOLD_FULL,
     .fold_kept = FOLD_CANONICAL,
     .stop_words = "",
     .takes_stemmer = true},
    {.name = "standard",
     .version = 1,
     .rules = &WORD_RULES_LUCENE,
     .fold = FOLD_LOWER,
     .fold_kept = FOLD_NOTHING,
     .stop_words = "",
     .takes_stemmer = true},
    {.name = "english",
     .version = 1,
     .rules = &WORD_RULES_LUCENE,
     .drop_possessive = true,
     .fold = FOLD_LOWER,
     .fold_kept = FOLD_NOTHING,
     .stop_words = STOP_WORDS_ENGLISH,
     .porter = true},
    {.name = "whitespace",
     .version = 1,
     .fold = FOLD_NOTHING,
     .fold_kept = FOLD_NOTHING,
     .stop_words = ""},
};

static Status find_pipeline(const char *name, Pipeline *out, Error *error)
{
    for (size_t i = 0; i < sizeof PIPELINES / sizeof PIPELINES[0]; i++) {
        *out = PIPELINES[i];
        if (!strcmp(out->name, name)) return OK;
    }
    return fail(error, ERR_USAGE,
                "unknown analyzer '%s'; use one of: default standard "
                "english whitespace",
                name);
}

/* Stemmers need lower case. */
static Status check_stemming(const Pipeline *pipeline,
                             const AnalyzerOptions *options, Error *error)
{
    if (options->stem && pipeline->porter)
        return fail(error, ERR_USAGE,
                    "analyzer 'english' has its own stemmer; use analyzer "
                    "'default' with stemmer '%s'",
                    options->stem);
    if (options->stem && !pipeline->takes_stemmer)
        return fail(error, ERR_USAGE,
                    "analyzer '%s' does not support stemming; use 'default' or "
                    "'standard'",
                    pipeline->name);
    if (options->no_fold && (options->stem || pipeline->porter))
        return fail(
            error, ERR_USAGE,
            "stemming needs folded words: drop the stemmer, or fold case "
            "and accents");
    if (!options->stem) return OK;
    Stemmer *stemmer;
    Status status = stemmer_new(options->stem, &stemmer, error);
    stemmer_free(stemmer);
    return status;
}

/* The words of a list as the analyzer finds them, each between spaces: those of
 * a compound are words of their own. */
static void put_list_words(const Pipeline *pipeline, Span list, Buf *out)
{
    WordBreak words = {list, 0, pipeline->rules};
    Word word;
    while (part_break_next(&words, &word)) {
        if (symbol_word_may_be(list, &word) && symbol_word_widen(list, &word))
            words.at = word.end;
        buf_put(out, list.data + word.start, word.end - word.start);
        buf_put_byte(out, ' ');
    }
}

/* Words of a list that the analyzer would divide could not stop anything. */
static StopWords make_stop_words(const Pipeline *pipeline, Span list,
                                 Arena *arena)
{
    if (pipeline->rules != &WORD_RULES_PARTS)
        return stop_words_new(list, pipeline->fold, arena);
    Buf words = {0};
    put_list_words(pipeline, list, &words);
    if (words.status != OK) arena->status = words.status;
    StopWords made = {NULL, 0};
    if (words.size)
        made = stop_words_new(buf_span(&words), pipeline->fold, arena);
    buf_release(&words);
    return made;
}

static const char *keep_text(Arena *arena, const char *text)
{
    return text ? (const char *)arena_copy(arena, span_text(text)).data : NULL;
}

Status analyzer_new(const AnalyzerOptions *options, Analyzer **out,
                    Error *error)
{
    *out = NULL;
    Pipeline pipeline;
    const char *name = options->name ? options->name : "default";
    Status status = find_pipeline(name, &pipeline, error);
    if (status == OK) status = check_stemming(&pipeline, options, error);
    if (status != OK) return status;

    Analyzer *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "making an analyzer");
    if (options->no_fold) pipeline.fold = pipeline.fold_kept;
    self->pipeline = pipeline;
    self->options = *options;
    self->options.name = pipeline.name;
    self->options.stem = keep_text(&self->arena, options->stem);
    self->options.stop_words = arena_copy(&self->arena, options->stop_words);
    Span stop_words = options->has_stop_words ? self->options.stop_words
                                              : span_text(pipeline.stop_words);
    self->stop_words = make_stop_words(&pipeline, stop_words, &self->arena);
    if (self->arena.status != OK) {
        analyzer_free(self);
        return fail_memory(error, "making an analyzer");
    }
    *out = self;
    return OK;
}

void analyzer_free(Analyzer *analyzer)
{
    if (!analyzer) return;
    arena_release(&analyzer->arena);
    free(analyzer);
}

const AnalyzerOptions *analyzer_options(const Analyzer *analyzer)
{
    return &analyzer->options;
}

uint32_t analyzer_rules(const Analyzer *analyzer)
{
    return analyzer->pipeline.version;
}

bool analyzer_ignores_case(const Analyzer *analyzer)
{
    Fold fold = analyzer->pipeline.fold;
    return fold == FOLD_LOWER || fold == FOLD_FULL;
}

bool analyzer_ignores_accents(const Analyzer *analyzer)
{
    return analyzer->pipeline.fold == FOLD_FULL;
}

void analyzer_fold(const Analyzer *analyzer, Span fragment, Buf *out)
{
    fold_text(analyzer->pipeline.fold, fragment, out);
}

const char *analyzer_data_versions(void)
{
    static _Thread_local char text[96];
    snprintf(text, sizeof text,
             "Unicode %s, word breaks of 12.1, Snowball in %d languages",
             fold_unicode_version(), stemmer_languages());
    return text;
}

/* Words whose tokens depend on Unicode and Snowball data: classes, cases,
 * compositions, widths, emoji, the suffixes of many languages. */
static const char PROBE[] =
    "The quick Foxes' relational GENERALIZATIONS ran; don't panic, it's 3.14 "
    "or 1,000 o\xe2\x80\x99"
    "clock in caf\xc3\xa9s \xef\xac\x81lled Stra\xc3\x9f"
    "en \xc3\x85ngstr\xc3\xb6m na\xc3\xafvet\xc3\xa9s d\xc3\xa9veloppements "
    "Entwicklungen canciones bambini \xce\x9f\xce\x94\xce\x9f\xce\xa3 "
    "\xd0\x99\xd0\xbe\xd0\xb3\xd1\x83\xd1\x80\xd1\x82\xd1\x8b "
    "\xd7\xa6\xd7\x94\xd7\xb4\xd7\x9c "
    "\xd8\xa7\xd9\x84\xd9\x83\xd8\xaa\xd8\xa7\xd8\xa8 "
    "\xe0\xa4\x95\xe0\xa4\xbf\xe0\xa4\xa4\xe0\xa4\xbe\xe0\xa4\xac "
    "\xe0\xb8\xa0\xe0\xb8\xb2\xe0\xb8\xa9\xe0\xb8\xb2\xe0\xb9\x84\xe0\xb8\x97"
    "\xe0\xb8\xa2 "
    "\xe6\x9d\xb1\xe4\xba\xac\xe3\x82\xbf\xe3\x83\xaf\xe3\x83\xbc\xe3\x81\xa7 "
    "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4 \xef\xbc\xa1\xef\xbd\xb6\xef\xbe\x9e "
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac "
    "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa "
    "\xea\x9f\x8a\xf0\x96\xb9\x80 C++ .NET";

/* What only the default analyzer knows: capitals of other scripts, digits,
 * letters and marks that are folded, syllables, clusters. */
static const char PROBE_PARTS[] =
    " getUser \xd0\x9f\xd1\x80\xd0\xb8\xd0\x9c\xd0\xb8\xd1\x80 "
    "\xc5\x81\xc3\xb3\xc4\x91"
    " \xd9\x83\xd9\x8e\xd8\xaa\xd9\x80 \xd7\xa9\xd6\xb8\xd7\x81 "
    "\xd9\xa3\xd9\xa4 m\xc2\xb2"
    " H\xe2\x82\x82O \xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab O'Neill 1.2.3 10:00Z"
    " \xe1\x9e\x80\xe1\x9e\x98\xe1\x9f\x92\xe1\x9e\x96";

static void put_tokens(TokenStream *stream, Span text, Buf *out)
{
    const Token *tokens;
    size_t count;
    token_stream_start(stream, text, TEXT_DOCUMENT);
    while (tokens = token_stream_batch(stream, &count), count > 0)
        for (size_t i = 0; i < count; i++) {
            buf_put_u32le(out, tokens[i].position);
            buf_put_u32le(out, (uint32_t)tokens[i].term.size);
            buf_put_span(out, tokens[i].term);
        }
}

Status analyzer_probe(const Analyzer *analyzer, uint64_t *hash, Error *error)
{
    *hash = 0;
    TokenStream *stream;
    Status status = token_stream_new(analyzer, &stream, error);
    if (status != OK) return status;
    Buf seen = {0};
    put_tokens(stream, span_text(PROBE), &seen);
    if (analyzer->pipeline.rules == &WORD_RULES_PARTS)
        put_tokens(stream, span_text(PROBE_PARTS), &seen);
    status = token_stream_status(stream) == OK ? OK : ERR_NO_MEMORY;
    if (seen.status != OK || status != OK)
        status = fail_memory(error, "trying an analyzer");
    else
        *hash = hash_span(buf_span(&seen));
    buf_release(&seen);
    token_stream_free(stream);
    return status;
}
