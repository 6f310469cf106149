/* token_stream.c - the words of a text to tokens, in batches of some dozens.
 *
 * Each word that word_break finds is folded, dropped if it is a stop word, and
 * stemmed. An ASCII word that only needs lower case is copied directly; all
 * others go through the word cache. All memory is allocated with the stream. */
#include "common/text/analyzer_internal.h"

#include "common/text/ascii.h"
#include "common/text/cjk_run.h"
#include "common/text/stemmer.h"
#include "common/text/word_cache.h"

#include <stdlib.h>

enum {
    BATCH_TOKENS = 64,
    WORD_TOKENS = 8, /* maximum per CJK word: U+3316 gives 6 */
    TERM_BYTES = WORD_MAX_BYTES * FOLD_MAX_GROWTH,
    /* What one more word may need: the end of a run, its pairs. */
    WORD_TERMS_BYTES = 4 * TERM_BYTES,
    TERMS_BYTES = WORD_TERMS_BYTES + TERM_BYTES
};

struct TokenStream {
    const Analyzer *analyzer;
    Stemmer *stemmer;      /* Snowball's, or NULL */
    bool ascii_is_lowered; /* ASCII words only need lower case */
    bool words_are_copied; /* words are not changed at all */
    WordBreak words;
    TextSide side;
    uint32_t position; /* of the next word */
    Status status;
    size_t count;
    size_t terms_size;
    Token tokens[BATCH_TOKENS + WORD_TOKENS + 1];
    uint8_t terms[TERMS_BYTES + ASCII_SPOILED_BYTES];
    CjkRun run;
    uint8_t folded[TERM_BYTES];
    int32_t scratch[WORD_MAX_BYTES * FOLD_SCRATCH];
    WordCache cache;
};

Status token_stream_new(const Analyzer *analyzer, TokenStream **out,
                        Error *error)
{
    *out = NULL;
    TokenStream *self = calloc(1, sizeof *self);
    if (!self) return fail_memory(error, "making a token stream");
    self->analyzer = analyzer;
    const Pipeline *pipeline = &analyzer->pipeline;
    const char *language = analyzer->options.stem;
    if (language) {
        Status status = stemmer_new(language, &self->stemmer, error);
        if (status != OK) {
            token_stream_free(self);
            return status;
        }
    }
    bool lowers = pipeline->fold == FOLD_LOWER || pipeline->fold == FOLD_FULL;
    self->ascii_is_lowered = lowers && !self->stemmer && !pipeline->porter &&
                             !analyzer->stop_words.slots;
    self->words_are_copied = pipeline->fold == FOLD_NOTHING &&
                             !analyzer->stop_words.slots;
    *out = self;
    return OK;
}

void token_stream_free(TokenStream *stream)
{
    if (!stream) return;
    stemmer_free(stream->stemmer);
    free(stream);
}

void token_stream_start(TokenStream *stream, Span text, TextSide side)
{
    if (text.size == 0) text = span_text(""); /* arithmetic needs an address */
    stream->words = (WordBreak){text, 0, stream->analyzer->pipeline.rules};
    stream->side = side;
    stream->position = 0;
    stream->status = OK;
    stream->run.length = 0;
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

/* Without 's, ’s or ＇s at its end, as Lucene's EnglishPossessiveFilter. */
static Span drop_possessive(Span word)
{
    static const char *const QUOTES[] = {"'", "\xe2\x80\x99", "\xef\xbc\x87"};
    if (word.size < 2 || (word.data[word.size - 1] | 0x20) != 's') return word;
    for (size_t i = 0; i < 3; i++) {
        Span quote = span_text(QUOTES[i]);
        if (word.size <= quote.size) continue;
        size_t before = word.size - 1 - quote.size;
        if (!memcmp(word.data + before, quote.data, quote.size))
            return span_of(word.data, before);
    }
    return word;
}

static size_t stem(TokenStream *self, uint8_t *word, size_t size)
{
    if (self->analyzer->pipeline.porter) return porter_stem(word, size);
    if (!self->stemmer) return size;
    Span stemmed = stemmer_stem(self->stemmer, span_of(word, size));
    if (!stemmed.data) {
        self->status = ERR_NO_MEMORY;
        self->words.at = self->words.text.size;
        return 0;
    }
    if (stemmed.size > TERM_BYTES) return size;
    memcpy(word, stemmed.data, stemmed.size);
    return stemmed.size;
}

/* Writes the term of a word to `out` and returns its size, 0 if it is dropped.
 * CJK characters are neither stop words nor stemmed. */
static size_t make_term(TokenStream *self, Span word, bool is_cjk, uint8_t *out)
{
    const Analyzer *analyzer = self->analyzer;
    if (is_cjk)
        return fold_word(analyzer->pipeline.fold, word, self->scratch, out);
    if (analyzer->pipeline.drop_possessive) word = drop_possessive(word);
    size_t size = fold_word(analyzer->pipeline.fold, word, self->scratch, out);
    if (stop_words_contain(&analyzer->stop_words, span_of(out, size))) return 0;
    return stem(self, out, size);
}

static size_t find_term(TokenStream *self, Span word, bool is_cjk, uint8_t *out)
{
    if (self->words_are_copied) return make_term(self, word, is_cjk, out);
    WordEntry *entry = word_cache_entry(&self->cache, word);
    if (LIKELY(word_entry_is(entry, word))) {
        Span term = word_entry_term(entry);
        memcpy(out, term.data, term.size);
        return term.size;
    }
    size_t size = make_term(self, word, is_cjk, out);
    if (self->status == OK) word_entry_set(entry, word, span_of(out, size));
    return size;
}

static ALWAYS_INLINE void put_word(TokenStream *self, const Word *word)
{
    Span text = self->words.text;
    Span spelling = span_of(text.data + word->start, word->end - word->start);
    uint8_t *out = self->terms + self->terms_size;
    size_t size = spelling.size;
    if (LIKELY(word->is_ascii && self->ascii_is_lowered))
        ascii_lower_copy(out, spelling.data, size, text.data + text.size);
    else
        size = find_term(self, spelling, false, out);
    if (size) put_token(self, size, word->start, word->end, self->position);
    self->position++;
}

/* Neither folded nor stemmed, which would remove the symbols. */
static void put_symbol_word(TokenStream *self, const Word *word)
{
    Span spelling = span_of(self->words.text.data + word->start,
                            word->end - word->start);
    size_t size = fold_word(self->analyzer->pipeline.fold, spelling,
                            self->scratch, self->terms + self->terms_size);
    put_token(self, size, word->start, word->end, self->position++);
    self->words.at = word->end;
}

/* --- Runs of CJK ---------------------------------------------------------- */

static void put_pair(TokenStream *self, Span character, const Word *word)
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
    Span spelling = span_of(self->words.text.data + word->start,
                            word->end - word->start);
    Span folded = span_of(self->folded,
                          find_term(self, spelling, true, self->folded));
    for (int i = 0; i < WORD_TOKENS && folded.size; i++) {
        Span character = cjk_first_character(folded);
        if (self->run.length) put_pair(self, character, word);
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

static bool next_word(TokenStream *self, Word *word)
{
    return self->words.rules ? word_break_next(&self->words, word)
                             : space_break_next(&self->words, word);
}

const Token *token_stream_batch(TokenStream *stream, size_t *count)
{
    bool symbol_words = stream->analyzer->pipeline.symbol_words;
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
        if (symbol_words && symbol_word_may_be(&word) &&
            symbol_word_widen(stream->words.text, &word))
            put_symbol_word(stream, &word);
        else
            put_word(stream, &word);
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
    return stream->status;
}
