/* random_corpus.c - small corpora with every class of posting list. */
#include "tests/oracle/random_corpus.h"

#include "common/base/buf.h"

/* Words that an analyzer treats in its own way. */
static const char *const SPECIAL_WORDS[] = {
    "the",           "of",
    "and",           "running",
    "cafe\xcc\x81",  "C++",
    "wi-fi",         "it's",
    "3.14",          "\xe6\x9d\xb1\xe4\xba\xac\xe9\x83\xbd",
    "Stra\303\237e", "U.S.A.",
    "\xe6\x9d\xb1",  "NAI\xcc\x88VE"};

enum { SPECIAL_COUNT = sizeof SPECIAL_WORDS / sizeof *SPECIAL_WORDS };

static Span new_word(Random *random, Arena *arena)
{
    static const char consonants[] = "bdgklmnrst";
    static const char vowels[] = "aeio";
    char word[16];
    size_t size = 0;
    size_t syllables = random_between(random, 1, 4);
    for (size_t i = 0; i < syllables; i++) {
        word[size++] = consonants[random_below(random, sizeof consonants - 1)];
        word[size++] = vowels[random_below(random, sizeof vowels - 1)];
    }
    return arena_copy(arena, span_of(word, size));
}

/* One with several terms at a position, or one that is a phrase in queries:
 * bado-kile, bado.kile, badoKile, bado2. The words are those made before, so
 * that parts, joined forms and words of their own are the same terms. */
static Span new_compound(Random *random, const RandomCorpus *corpus,
                         size_t made, Arena *arena)
{
    static const char *const joints[] = {"-", ".",  "_",  "'",           "",
                                         "-", "::", "->", "\xe2\x80\x99"};
    Buf word = {0};
    size_t parts = random_between(random, 1, 4);
    for (size_t i = 0; i < parts; i++) {
        Span part = corpus->vocabulary[random_below(random, made)];
        const char *joint = joints[random_below(random, 9)];
        if (i) buf_put_text(&word, joint);
        size_t at = word.size;
        buf_put_span(&word, part);
        bool is_hump = !*joint || random_chance(random, 0.1);
        if (is_hump && part.data[0] >= 'a' && part.data[0] <= 'z')
            word.data[at] = (uint8_t)(part.data[0] - 'a' + 'A');
    }
    if (random_chance(random, 0.1)) buf_put_text(&word, "\xc2\xb2");
    Span copy = arena_copy(arena, buf_span(&word));
    buf_release(&word);
    return copy;
}

static void make_vocabulary(Random *random, Arena *arena, RandomCorpus *corpus)
{
    double special = random_chance(random, 0.5) ? 0.2 : 0.0;
    double compound = random_chance(random, 0.5) ? 0.4 : 0.0;
    corpus->word_count = random_between(random, 2, 400);
    corpus->vocabulary = arena_zeroed(arena, corpus->word_count, sizeof(Span));
    if (!corpus->vocabulary) return;
    for (size_t i = 0; i < corpus->word_count; i++) {
        if (random_chance(random, special))
            corpus->vocabulary[i] = span_text(
                SPECIAL_WORDS[random_below(random, SPECIAL_COUNT)]);
        else if (i && random_chance(random, compound))
            corpus->vocabulary[i] = new_compound(random, corpus, i, arena);
        else
            corpus->vocabulary[i] = new_word(random, arena);
    }
}

static Span make_text(Random *random, const RandomCorpus *corpus, size_t words,
                      Arena *arena)
{
    Buf text = {0};
    for (size_t i = 0; i < words; i++) {
        size_t word = random_zipf(random, corpus->word_count);
        size_t times = random_chance(random, 0.002)
                           ? random_between(random, 2, 400)
                           : 1;
        while (times--) {
            buf_put_span(&text, corpus->vocabulary[word]);
            buf_put_byte(&text, random_chance(random, 0.05) ? '\n' : ' ');
        }
    }
    Span copy = arena_copy(arena, buf_span(&text));
    buf_release(&text);
    return copy;
}

static size_t random_document_count(Random *random)
{
    static const size_t edges[] = {1, 63, 64, 65, 127, 128, 129, 512, 513};
    switch (random_below(random, 10)) {
    case 0: return random_between(random, 1, 8);
    case 1: return edges[random_below(random, sizeof edges / sizeof *edges)];
    case 2: return random_between(random, 500, 2000);
    case 3: return random_between(random, 4090, 9000);
    default: return random_between(random, 9, 300);
    }
}

RandomCorpus random_corpus(Random *random, Arena *arena)
{
    RandomCorpus corpus = {0};
    make_vocabulary(random, arena, &corpus);
    corpus.document_count = random_document_count(random);
    corpus.documents = arena_zeroed(arena, corpus.document_count,
                                    sizeof(RandomDocument));
    if (!corpus.documents || !corpus.vocabulary) return (RandomCorpus){0};
    size_t longest = corpus.document_count > 1000
                         ? 8
                         : (size_t[]){3, 20, 60}[random_below(random, 3)];
    double titled = random_chance(random, 0.5) ? 0.7 : 0.0;
    for (size_t i = 0; i < corpus.document_count; i++) {
        RandomDocument *document = &corpus.documents[i];
        if (random_chance(random, titled)) {
            document->title = make_text(random, &corpus,
                                        random_below(random, 5), arena);
        }
        if (!random_chance(random, 0.05)) {
            document->text = make_text(
                random, &corpus, random_below(random, longest + 1), arena);
        }
    }
    return corpus;
}

/* All different: a number in base 40. */
static Span numbered_word(size_t number, Arena *arena)
{
    static const char consonants[] = "bdgklmnrst", vowels[] = "aeio";
    char word[16];
    size_t size = 0;
    do {
        word[size++] = consonants[number % 10];
        word[size++] = vowels[number / 10 % 4];
        number /= 40;
    } while (number);
    return arena_copy(arena, span_of(word, size));
}

/* The common words in cyclic order from a random one on, and some others. */
static Span make_wide_text(Random *random, const RandomCorpus *corpus,
                           Arena *arena)
{
    Buf text = {0};
    size_t first = random_below(random, corpus->common_words);
    for (size_t i = 0; i < corpus->common_words; i++) {
        size_t word = (first + i) % corpus->common_words;
        buf_put_span(&text, corpus->vocabulary[word]);
        buf_put_byte(&text, ' ');
    }
    Span rest = make_text(random, corpus, random_below(random, 30), arena);
    buf_put_span(&text, rest);
    Span copy = arena_copy(arena, buf_span(&text));
    buf_release(&text);
    return copy;
}

RandomCorpus random_wide_corpus(Random *random, Arena *arena)
{
    size_t times = random_between(random, 3,
                                  5); /* ratio of all documents to wide ones */
    size_t wide = random_between(random, 301, 312);
    RandomCorpus corpus = {.common_words = random_between(random, 1001, 1040)};
    corpus.word_count = corpus.common_words + random_between(random, 20, 100);
    corpus.vocabulary = arena_zeroed(arena, corpus.word_count, sizeof(Span));
    corpus.document_count = times * wide + random_between(random, 20, 80);
    corpus.documents = arena_zeroed(arena, corpus.document_count,
                                    sizeof(RandomDocument));
    if (!corpus.documents || !corpus.vocabulary) return (RandomCorpus){0};
    for (size_t i = 0; i < corpus.word_count; i++) {
        corpus.vocabulary[i] = numbered_word(i, arena);
    }
    for (size_t i = 0; i < corpus.document_count; i++) {
        bool is_wide = i % times == 1 && i / times < wide;
        size_t words = random_below(random, 8);
        corpus.documents[i].text = is_wide
                                       ? make_wide_text(random, &corpus, arena)
                                       : make_text(random, &corpus, words,
                                                   arena);
    }
    return corpus;
}
