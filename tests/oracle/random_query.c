/* random_query.c - queries of every form, from the words of a corpus. */
#include "tests/oracle/random_query.h"

enum { MAX_DEPTH = 3 };

typedef struct Writer {
    Random *random;
    const RandomCorpus *corpus;
    Buf *out;
} Writer;

static void put_clauses(Writer *w, int depth);

static Span some_word(Writer *w)
{
    return w->corpus->vocabulary[random_zipf(w->random, w->corpus->word_count)];
}

static void put_word(Writer *w)
{
    if (random_chance(w->random, 0.03)) {
        buf_put_text(w->out, "unheardof");
    } else {
        buf_put_span(w->out, some_word(w));
    }
}

/* `words` words that follow each other in some document, from anywhere. */
static void put_excerpt(Writer *w, size_t words)
{
    const RandomCorpus *corpus = w->corpus;
    size_t which = random_below(w->random, corpus->document_count);
    const RandomDocument *document = &corpus->documents[which];
    Span text = random_chance(w->random, 0.2) ? document->title
                                              : document->text;
    size_t at = text.size ? random_below(w->random, text.size) : 0;
    while (at > 0 && text.data[at - 1] > ' ') at--;
    for (; at < text.size && words; at++) {
        buf_put_byte(w->out, text.data[at]);
        words -= text.data[at] <= ' ';
    }
}

/* Words that need not follow each other anywhere; some are repeated, some a
 * prefix. */
static void put_phrase_words(Writer *w, size_t words)
{
    Span word = some_word(w);
    while (words--) {
        if (!random_chance(w->random, 0.2)) word = some_word(w);
        size_t half = word.size / 2;
        bool is_prefix = half && random_chance(w->random, 0.05);
        buf_put(w->out, word.data, is_prefix ? half : word.size);
        buf_put_text(w->out, is_prefix ? "* " : " ");
    }
}

static void put_phrase(Writer *w)
{
    size_t most = random_chance(w->random, 0.3) ? 12 : 4;
    size_t words = random_between(w->random, 2, most);
    buf_put_byte(w->out, '"');
    if (random_chance(w->random, 0.7)) {
        put_excerpt(w, words);
    } else {
        put_phrase_words(w, words);
    }
    buf_put_byte(w->out, '"');
    if (random_chance(w->random, 0.3)) {
        buf_printf(w->out, "~%zu", random_between(w->random, 1, 6));
    }
}

/* A word with a star at its end or inside, or with ~1 or ~2 after it. */
static void put_pattern(Writer *w)
{
    Span word = some_word(w);
    size_t half = word.size / 2;
    switch (random_below(w->random, 3)) {
    case 0:
        buf_put(w->out, word.data, half ? half : 1);
        buf_put_byte(w->out, '*');
        break;
    case 1:
        buf_put(w->out, word.data, half ? half : 1);
        buf_put_byte(w->out, '*');
        buf_put(w->out, word.data + word.size - 1, 1);
        break;
    default:
        buf_put_span(w->out, word);
        buf_put_text(w->out, random_chance(w->random, 0.5) ? "~1" : "~2");
        break;
    }
}

static void put_operand(Writer *w, int depth)
{
    if (random_chance(w->random, 0.1)) {
        buf_put_text(w->out,
                     random_chance(w->random, 0.5) ? "title:" : "text:");
    }
    size_t form = random_below(w->random, 20);
    if (form < 2 && depth < MAX_DEPTH) {
        buf_put_byte(w->out, '(');
        put_clauses(w, depth + 1);
        buf_put_byte(w->out, ')');
    } else if (form < 5) {
        put_phrase(w);
    } else if (form < 7) {
        put_pattern(w);
    } else {
        put_word(w);
    }
    if (random_chance(w->random, 0.08)) {
        static const char *const boosts[] = {"^2", "^0.5", "^3.7", "^1000"};
        buf_put_text(w->out, boosts[random_below(w->random, 4)]);
    }
}

static void put_clauses(Writer *w, int depth)
{
    static const char *const joints[] = {" AND ", " OR ", " NOT ", " AND NOT "};
    static const char *const signs[] = {"+", "-", "+"};
    bool in_words = random_chance(w->random, 0.15);
    double signed_share = random_chance(w->random, 0.5) ? 0.5 : 0.0;
    size_t clauses = random_between(w->random, 1, depth ? 3 : 5);
    for (size_t i = 0; i < clauses; i++) {
        if (i) {
            buf_put_text(w->out,
                         in_words ? joints[random_below(w->random, 4)] : " ");
        }
        if (random_chance(w->random, signed_share)) {
            buf_put_text(w->out, signs[random_below(w->random, 3)]);
        }
        put_operand(w, depth);
    }
}

/* A phrase, or two operands of which one at least is a phrase. */
static void put_phrases(Writer *w)
{
    static const char *const signs[] = {"+", "+", "", "-"};
    bool is_alone = random_chance(w->random, 0.5);
    if (!is_alone) buf_put_text(w->out, signs[random_below(w->random, 3)]);
    put_phrase(w);
    if (is_alone) return;
    buf_put_byte(w->out, ' ');
    buf_put_text(w->out, signs[random_below(w->random, 4)]);
    if (random_chance(w->random, 0.4)) {
        put_phrase(w);
    } else {
        put_word(w);
    }
}

void random_query(Random *random, const RandomCorpus *corpus, Buf *out,
                  ParseOptions *options)
{
    Writer writer = {random, corpus, out};
    *options = (ParseOptions){0};
    buf_clear(out);
    if (random_chance(random, 0.25)) {
        options->plain = random_chance(random, 0.5);
        size_t words = random_between(random, 1, 25);
        while (words--) {
            put_word(&writer);
            buf_put_byte(out, ' ');
        }
    } else if (random_chance(random, 0.3)) {
        put_phrases(&writer);
    } else {
        put_clauses(&writer, 0);
    }
    if (random_chance(random, 0.1)) options->require_all = true;
    if (random_chance(random, 0.1)) {
        options->min_match = (uint32_t)random_between(random, 1, 4);
    }
}

/* The i-th common word after `first`, cyclically. */
static Span common_word(const Writer *w, size_t first, size_t i)
{
    size_t count = w->corpus->common_words ? w->corpus->common_words
                                           : w->corpus->word_count;
    return w->corpus->vocabulary[(first + i) % count];
}

/* `words` words, each with a sign; required unless drawn otherwise. */
static void put_many_words(Writer *w, size_t words, double preferred,
                           double excluded)
{
    size_t first = random_below(w->random, w->corpus->word_count);
    for (size_t i = 0; i < words; i++) {
        bool excludes = random_chance(w->random, excluded);
        bool prefers = random_chance(w->random, preferred);
        buf_put_text(w->out, excludes ? "-" : prefers ? "" : "+");
        if (excludes) {
            put_word(w);
        } else {
            buf_put_span(w->out, common_word(w, first, i));
        }
        buf_put_byte(w->out, ' ');
    }
}

static void put_long_phrase(Writer *w, size_t words)
{
    size_t first = random_below(w->random, w->corpus->word_count);
    buf_put_text(w->out, "\"");
    if (random_chance(w->random, 0.3)) {
        put_excerpt(w, words);
    } else {
        for (size_t i = 0; i < words; i++) {
            buf_put_span(w->out, common_word(w, first, i));
            buf_put_byte(w->out, ' ');
        }
    }
    buf_put_text(w->out, "\" ");
}

/* Signs and boosts keep groups from dissolving. */
static void put_deep_groups(Writer *w, size_t depth)
{
    static const char *const signs[] = {"", "+", "", "-"};
    for (size_t i = 0; i < depth; i++) {
        buf_put_text(w->out, random_chance(w->random, 0.5) ? "+" : "");
        buf_put_byte(w->out, '(');
        put_word(w);
        buf_put_byte(w->out, ' ');
    }
    put_operand(w, MAX_DEPTH);
    while (depth--) {
        buf_put_byte(w->out, ' ');
        buf_put_text(w->out, signs[random_below(w->random, 4)]);
        put_word(w);
        buf_put_text(w->out, random_chance(w->random, 0.5) ? ")" : ")^1.5");
    }
}

void random_big_query(Random *random, const RandomCorpus *corpus, size_t form,
                      Buf *out, ParseOptions *options)
{
    Writer writer = {random, corpus, out};
    *options = (ParseOptions){0};
    buf_clear(out);
    size_t many = random_between(random, 1001, corpus->word_count);
    switch (form) {
    case 0: put_many_words(&writer, corpus->common_words, 0.0, 0.0); break;
    case 1: put_many_words(&writer, many, 0.5, 0.0); break;
    case 2: put_many_words(&writer, many, 0.1, 0.001); break;
    case 3: put_many_words(&writer, many, 1.0, 0.01); break;
    case 4: put_deep_groups(&writer, random_between(random, 10, 99)); break;
    default:
        put_long_phrase(&writer, random_between(random, 100, 1100));
        put_many_words(&writer, random_below(random, 20), 0.5, 0.0);
    }
    if (form > 0 && random_chance(random, 0.2)) put_clauses(&writer, 0);
}
