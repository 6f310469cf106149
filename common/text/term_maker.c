/* term_maker.c - the terms of a word: folded, no stop word, stemmed. */
#include "common/text/term_maker.h"

#include "common/base/compiler.h"
#include "common/text/humps.h"

Status term_maker_init(TermMaker *self, const Analyzer *analyzer, Error *error)
{
    const Pipeline *pipeline = &analyzer->pipeline;
    self->analyzer = analyzer;
    self->words_are_words = pipeline->fold == FOLD_NOTHING &&
                            !analyzer->stop_words.slots;
    self->asks_for_humps = pipeline->rules == &WORD_RULES_PARTS;
    const char *language = analyzer->options.stem;
    return language ? stemmer_new(language, &self->stemmer, error) : OK;
}

void term_maker_release(TermMaker *self)
{
    stemmer_free(self->stemmer);
}

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

/* Snowball's stem, borrowed until the next call; the word if it is too long. */
static Span snowball_stem(TermMaker *self, Span word)
{
    Span stem = stemmer_stem(self->stemmer, word);
    if (!stem.data) self->status = ERR_NO_MEMORY;
    return stem.size > TERM_BYTES ? word : stem;
}

static size_t stem_in_place(TermMaker *self, uint8_t *word, size_t size)
{
    if (self->analyzer->pipeline.porter) return porter_stem(word, size);
    if (!self->stemmer) return size;
    Span stem = snowball_stem(self, span_of(word, size));
    if (stem.size) memmove(word, stem.data, stem.size);
    return stem.size;
}

/* Stemmers know the accents of their language, so the term is the folded stem
 * of the accented word; the stem of the folded word is its variant. */
static WordTerms stem_accented(TermMaker *self, Span word, size_t plain,
                               uint8_t *out)
{
    Fold fold = strcmp(self->analyzer->options.stem, "turkish") ? FOLD_ACCENTED
                                                                : FOLD_TURKISH;
    size_t size = fold_word(fold, word, self->scratch, self->accented);
    Span accented = span_of(self->accented, size);
    if (size == 0 || span_equal(accented, span_of(self->plain, plain))) {
        memcpy(out, self->plain, plain);
        return (WordTerms){.term = stem_in_place(self, out, plain)};
    }
    Span stem = snowball_stem(self, accented);
    size = stem.size ? stem.size : size;
    if (stem.size) memmove(self->accented, stem.data, stem.size);
    WordTerms sizes = {0};
    if (size <= WORD_MAX_BYTES)
        sizes.term = fold_word(FOLD_FULL, span_of(self->accented, size),
                               self->scratch, out);
    stem = snowball_stem(self, span_of(self->plain, plain));
    if (!stem.size || span_equal(stem, span_of(out, sizes.term))) return sizes;
    memcpy(out + sizes.term, stem.data, stem.size);
    if (sizes.term == 0) return (WordTerms){.term = stem.size};
    sizes.variant = stem.size;
    return sizes;
}

static WordTerms make_terms(TermMaker *self, Span word, uint8_t *out)
{
    const Analyzer *analyzer = self->analyzer;
    const Pipeline *pipeline = &analyzer->pipeline;
    bool keeps_accents = self->stemmer && pipeline->fold == FOLD_FULL;
    if (pipeline->drop_possessive) word = drop_possessive(word);
    uint8_t *folded = keeps_accents ? self->plain : out;
    size_t size = fold_word(pipeline->fold, word, self->scratch, folded);
    if (stop_words_contain(&analyzer->stop_words, span_of(folded, size)))
        return (WordTerms){0};
    if (keeps_accents && size) return stem_accented(self, word, size, out);
    return (WordTerms){.term = stem_in_place(self, out, size)};
}

WordTerms term_maker_put(TermMaker *self, Span word, uint8_t *out)
{
    WordTerms terms;
    if (self->words_are_words) return make_terms(self, word, out);
    WordEntry *entry = word_cache_entry(&self->cache, word);
    if (LIKELY(word_entry_take(entry, word, out, &terms))) return terms;
    terms = make_terms(self, word, out);
    if (self->asks_for_humps) {
        Span parts[HUMPS_MAX];
        terms.has_humps = humps_split(word, parts) > 0;
    }
    if (self->status == OK) word_entry_set(entry, word, terms, out);
    return terms;
}

size_t term_maker_put_folded(TermMaker *self, Span word, uint8_t *out)
{
    WordTerms terms;
    WordEntry *entry = word_cache_entry(&self->cache, word);
    if (LIKELY(word_entry_take(entry, word, out, &terms))) return terms.term;
    Fold fold = self->analyzer->pipeline.fold;
    terms = (WordTerms){.term = fold_word(fold, word, self->scratch, out)};
    word_entry_set(entry, word, terms, out);
    return terms.term;
}
