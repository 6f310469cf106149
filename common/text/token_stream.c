/* token_stream.c - the words of a text to tokens, in batches of some dozens.
 *
 * Each word that word_break finds is folded, dropped if it is a stop word, and
 * stemmed (term_maker). An ASCII word that only needs lower case is copied
 * directly; all others go through the word cache. The words of the default
 * analyzer, which part_break finds, may have more tokens at their position. All
 * memory is allocated with the stream. */
#include "common/text/analyzer_internal.h"

#include "common/base/utf8.h"
#include "common/text/ascii.h"
#include "common/text/cjk_run.h"
#include "common/text/compound.h"
#include "common/text/humps.h"
#include "common/text/part_break.h"
#include "common/text/term_maker.h"

#include <stdlib.h>

enum {
    BATCH_TOKENS = 64,
    /* The most tokens of one word: the end of a run and a character of it
     * (U+3316 gives 6), or word, parts, joined forms, each with a variant. */
    CJK_TOKENS = 8,
    WORD_TOKENS = 2 * (HUMPS_MAX + COMPOUND_MAX_WORDS + 2),
    /* The most bytes of its terms: a word, its parts, its joined forms, each
     * with a variant, and the same for a run. */
    WORD_TERMS_BYTES = 2 * (2 + COMPOUND_MAX_WORDS) * TERM_BYTES,
    TERMS_BYTES = WORD_TERMS_BYTES + TERM_BYTES
};

struct TokenStream {
    TermMaker maker;
    bool ascii_is_lowered; /* ASCII words only need lower case */
    bool has_parts;        /* part_break and what comes with it */
    WordBreak words;
    TextSide side;
    uint32_t position; /* of the next word */
    size_t count;
    size_t terms_size;
    Token tokens[BATCH_TOKENS + WORD_TOKENS + CJK_TOKENS + 1];
    uint8_t terms[TERMS_BYTES + ASCII_SPOILED_BYTES];
    CjkRun run;
    uint8_t folded[TERM_BYTES];
};

Status token_stream_new(const Analyzer *analyzer, TokenStream **out,
                        Error *error)
{
    *out = NULL;
    TokenStream *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "making a token stream");
    Status status = term_maker_init(&self->maker, analyzer, error);
    if (status != OK) {
        token_stream_free(self);
        return status;
    }
    const Pipeline *pipeline = &analyzer->pipeline;
    bool lowers = pipeline->fold == FOLD_LOWER || pipeline->fold == FOLD_FULL;
    self->ascii_is_lowered = lowers && !analyzer->options.stem &&
                             !pipeline->porter && !analyzer->stop_words.slots;
    self->has_parts = pipeline->rules == &WORD_RULES_PARTS;
    *out = self;
    return OK;
}

void token_stream_free(TokenStream *stream)
{
    if (!stream) return;
    term_maker_release(&stream->maker);
    free(stream);
}

void token_stream_start(TokenStream *stream, Span text, TextSide side)
{
    if (text.size == 0) text = span_text(""); /* arithmetic needs an address */
    const Pipeline *pipeline = &stream->maker.analyzer->pipeline;
    stream->words = (WordBreak){text, 0, pipeline->rules};
    stream->side = side;
    stream->position = 0;
    stream->maker.status = OK;
    stream->run.length = 0;
}

static ALWAYS_INLINE Span spelling_of(const TokenStream *self, const Word *word)
{
    return span_of(self->words.text.data + word->start,
                   word->end - word->start);
}

/* A token of the last `size` bytes written to the terms. */
static ALWAYS_INLINE Token *put_token(TokenStream *self, size_t size,
                                      size_t start, size_t end,
                                      uint32_t position)
{
    Token *token = &self->tokens[self->count++];
    *token = (Token){.term = {self->terms + self->terms_size, size},
                     .position = position,
                     .span = 1,
                     .start = start,
                     .end = end};
    self->terms_size += size;
    return token;
}

/* --- Words ---------------------------------------------------------------- */

/* Another token of the current position, unless it has the term already. */
static Token *put_other(TokenStream *self, size_t size, TokenKind kind,
                        const Word *word)
{
    Span term = span_of(self->terms + self->terms_size, size);
    for (size_t i = self->count; i > 0; i--) {
        const Token *token = &self->tokens[i - 1];
        if (token->position != self->position) break;
        if (span_equal(token->term, term)) return NULL;
    }
    Token *token = put_token(self, size, word->start, word->end,
                             self->position);
    token->kind = (uint8_t)kind;
    return token;
}

/* Documents only. The variant was written to the terms that are left. */
static NEVER_INLINE void put_variant(TokenStream *self, const uint8_t *variant,
                                     size_t size, const Word *word)
{
    if (self->side == TEXT_QUERY) return;
    memmove(self->terms + self->terms_size, variant, size);
    put_other(self, size, TOKEN_VARIANT, word);
}

/* A part, joined form or pair: its term and, in documents, a variant. */
static void put_form(TokenStream *self, Span spelling, TokenKind kind,
                     const Word *word, uint8_t span)
{
    uint8_t *out = self->terms + self->terms_size;
    WordTerms terms = term_maker_put(&self->maker, spelling, out);
    Token *token = NULL;
    if (terms.term) token = put_other(self, terms.term, kind, word);
    if (token) token->span = span;
    if (terms.variant) put_variant(self, out + terms.term, terms.variant, word);
}

/* 1000.5 of 1,000.5: without commas, with a full stop as the decimal sign. */
static void put_number(TokenStream *self, TokenKind kind, const Word *word)
{
    uint8_t number[WORD_MAX_BYTES];
    size_t size = 0, bytes;
    Span spelling = spelling_of(self, word);
    const uint8_t *end = spelling.data + spelling.size;
    for (const uint8_t *at = spelling.data; at < end; at += bytes) {
        uint32_t code_point = utf8_decode(at, end, &bytes);
        if (code_point == ',' || code_point == ARABIC_THOUSANDS) continue;
        if (code_point == ARABIC_DECIMAL) code_point = '.';
        size += utf8_encode(code_point, number + size);
    }
    put_form(self, span_of(number, size), kind, word, 1);
}

/* Puts a word's own tokens; whether it may be in camelCase. */
static ALWAYS_INLINE bool put_word(TokenStream *self, const Word *word)
{
    Span text = self->words.text;
    Span spelling = spelling_of(self, word);
    uint8_t *out = self->terms + self->terms_size;
    if (LIKELY(word->is_ascii && self->ascii_is_lowered)) {
        ascii_lower_copy(out, spelling.data, spelling.size,
                         text.data + text.size);
        put_token(self, spelling.size, word->start, word->end, self->position);
        return word->may_have_humps;
    }
    if (UNLIKELY(word->is_number)) {
        put_number(self, TOKEN_WORD, word);
        return false;
    }
    WordTerms terms = term_maker_put(&self->maker, spelling, out);
    if (terms.term)
        put_token(self, terms.term, word->start, word->end, self->position);
    if (UNLIKELY(terms.variant))
        put_variant(self, out + terms.term, terms.variant, word);
    return terms.has_humps;
}

/* Neither folded nor stemmed, which would remove the symbols. */
static void put_symbol_word(TokenStream *self, const Word *word)
{
    size_t size = term_maker_put_folded(&self->maker, spelling_of(self, word),
                                        self->terms + self->terms_size);
    put_token(self, size, word->start, word->end, self->position++);
    self->words.at = word->end;
}

/* --- Other tokens of the default analyzer --------------------------------- */

static void put_parts(TokenStream *self, const Word *word)
{
    Span parts[HUMPS_MAX];
    size_t count = humps_split(spelling_of(self, word), parts);
    for (size_t i = 0; i < count; i++) {
        Word part = *word;
        part.start = (size_t)(parts[i].data - self->words.text.data);
        part.end = part.start + parts[i].size;
        put_form(self, parts[i], TOKEN_PART, &part, 1);
    }
}

/* The words of a compound without what is between them, two or more of them
 * from the first on. */
static void put_joined(TokenStream *self, const Word *word)
{
    Word words[COMPOUND_MAX_WORDS];
    uint8_t spelling[COMPOUND_MAX_BYTES];
    size_t count = compound_words(&self->words, word, words), size = 0;
    for (size_t i = 0; i < count && count > 1; i++) {
        Span piece = spelling_of(self, &words[i]);
        memcpy(spelling + size, piece.data, piece.size);
        size += piece.size;
        Word whole = {.start = word->start, .end = words[i].end};
        if (i > 0)
            put_form(self, span_of(spelling, size), TOKEN_JOINED, &whole,
                     (uint8_t)(i + 1));
    }
}

/* m2 of m². */
static void put_raised(TokenStream *self, const Word *word)
{
    Word whole = {.start = word->start, .end = word->more_end};
    if (whole.end - whole.start <= WORD_MAX_BYTES)
        put_form(self, spelling_of(self, &whole), TOKEN_JOINED, &whole, 1);
}

/* 1.2 of 1.2.3. */
static void put_pair(TokenStream *self, const Word *word)
{
    Word pair = {.start = word->start, .end = word->more_end};
    put_number(self, TOKEN_VARIANT, &pair);
}

static NEVER_INLINE void put_others(TokenStream *self, const Word *word,
                                    bool may_have_humps)
{
    bool is_document = self->side == TEXT_DOCUMENT;
    if (word->is_number) return;
    if (is_document && may_have_humps) put_parts(self, word);
    if (is_document && word->more == MORE_PAIR) put_pair(self, word);
    if (word->more == MORE_RAISED)
        put_raised(self, word);
    else if (compound_may_follow(self->words.text, word))
        put_joined(self, word);
}

/* --- Runs of scripts without spaces --------------------------------------- */

static void put_two(TokenStream *self, Span character, const Word *word)
{
    uint8_t *out = self->terms + self->terms_size;
    memcpy(out, self->run.bytes, self->run.size);
    memcpy(out + self->run.size, character.data, character.size);
    put_token(self, self->run.size + character.size, self->run.start, word->end,
              self->position - 1);
}

static void end_run(TokenStream *self)
{
    CjkRun *run = &self->run;
    bool is_query = self->side == TEXT_QUERY;
    if (run->length == 1 || (run->length && !is_query)) {
        memcpy(self->terms + self->terms_size, run->bytes, run->size);
        Token *token = put_token(self, run->size, run->start, run->end,
                                 self->position - 1);
        token->is_prefix = is_query;
    }
    run->length = 0;
}

static void put_cjk(TokenStream *self, const Word *word)
{
    if (self->run.length && self->run.end != word->start) end_run(self);
    size_t size = term_maker_put_folded(&self->maker, spelling_of(self, word),
                                        self->folded);
    Span folded = span_of(self->folded, size);
    for (int i = 0; i < CJK_TOKENS && folded.size; i++) {
        Span character = cjk_first_character(folded);
        if (self->run.length) put_two(self, character, word);
        cjk_run_add(&self->run, character, word);
        self->position++;
        folded.data += character.size;
        folded.size -= character.size;
    }
}

/* --- Batches -------------------------------------------------------------- */

static ALWAYS_INLINE bool has_room(const TokenStream *self)
{
    return self->count < BATCH_TOKENS &&
           self->terms_size <= TERMS_BYTES - WORD_TERMS_BYTES;
}

static ALWAYS_INLINE bool next_word(TokenStream *self, Word *word)
{
    if (UNLIKELY(self->maker.status != OK)) return false;
    if (self->has_parts) return part_break_next(&self->words, word);
    return self->words.rules ? word_break_next(&self->words, word)
                             : space_break_next(&self->words, word);
}

/* A word of the default analyzer. */
static ALWAYS_INLINE void put_part(TokenStream *self, Word *word)
{
    Span text = self->words.text;
    if (UNLIKELY(symbol_word_may_be(text, word)) &&
        symbol_word_widen(text, word)) {
        put_symbol_word(self, word);
        return;
    }
    size_t first = self->count;
    bool may_have_humps = put_word(self, word);
    if (UNLIKELY(self->side == TEXT_QUERY) && self->count > first)
        self->tokens[first].is_letter = compound_is_letter(text, word);
    if (UNLIKELY(may_have_humps || word->more ||
                 compound_may_follow(text, word)))
        put_others(self, word, may_have_humps);
    self->position++;
}

const Token *token_stream_batch(TokenStream *stream, size_t *count)
{
    stream->count = stream->terms_size = 0;
    while (has_room(stream)) {
        Word word;
        if (!next_word(stream, &word)) {
            end_run(stream);
            break;
        }
        if (UNLIKELY(word.is_cjk)) {
            put_cjk(stream, &word);
            continue;
        }
        if (UNLIKELY(stream->run.length)) end_run(stream);
        if (stream->has_parts) {
            put_part(stream, &word);
        } else {
            put_word(stream, &word);
            stream->position++;
        }
    }
    *count = stream->count;
    return stream->tokens;
}

uint32_t token_stream_positions(const TokenStream *stream)
{
    return stream->position;
}

Status token_stream_status(const TokenStream *stream)
{
    return stream->maker.status;
}
