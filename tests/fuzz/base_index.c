/* base_index.c - a small index with every structure of the format. */
#include "tests/fuzz/base_index.h"

#include "indexer/build/build.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/random.h"

#include <unistd.h>

enum { WORD_COUNT = 400 };

const BaseShape BASE_SHAPE = {1, 700, 2, 12};

void base_index_word(uint32_t number, char out[8])
{
    static const char consonants[] = "bdgklmnrst", vowels[] = "aeio";
    size_t size = 0;
    do {
        out[size++] = consonants[number % 10];
        out[size++] = vowels[number / 10 % 4];
        number /= 40;
    } while (number > 0);
    out[size++] = 'n';
    out[size] = '\0';
}

/* A compound has terms that share a position. */
static void put_words(Buf *out, Random *random, size_t count)
{
    static const char *const ends[] = {" ", " ", " ", " ", " ", " ", "-", "X"};
    while (count--) {
        char word[8];
        size_t number = random_zipf(random, WORD_COUNT);
        size_t times = random_chance(random, 0.01)
                           ? random_between(random, 2, 60)
                           : 1;
        base_index_word((uint32_t)number, word);
        const char *end = ends[random_below(random, 8)];
        while (times--) buf_printf(out, "%s%s", word, end);
    }
}

static void put_document(Buf *out, Random *random, uint32_t number,
                         size_t longest)
{
    size_t words = random_below(random, longest + 1);
    if (random_chance(random, 0.01)) words = 300;
    buf_printf(out, "{\"id\": \"part-%u/doc-%u\", \"year\": %u, \"title\": \"",
               number % 3, number, 1990 + number % 40);
    if (random_chance(random, 0.5))
        put_words(out, random, random_below(random, 4));
    buf_put_text(out, "\", \"text\": \"");
    if (!random_chance(random, 0.03)) put_words(out, random, words);
    buf_put_text(out, "\"}\n");
    if (number % 100 == 7) {
        buf_printf(out, "{\"id\": \"part-%u/doc-%u\", \"text\": \"again\"}\n",
                   number % 3, number);
        buf_put_text(out, "no record\n");
    }
}

static void write_source(const BaseShape *shape, const char *path)
{
    Buf text = {0};
    Random random = {shape->seed};
    for (uint32_t i = 0; i < shape->documents; i++) {
        put_document(&text, &random, i, shape->longest);
    }
    FILE *file = fopen(path, "wb");
    PROMISE(file && text.status == OK);
    PROMISE(fwrite(text.data, 1, text.size, file) == text.size);
    PROMISE(fclose(file) == 0);
    buf_release(&text);
}

void base_index_make(const BaseShape *shape, const char *folder)
{
    char source[256];
    snprintf(source, sizeof source, "%s.jsonl", folder);
    write_source(shape, source);
    const char *inputs[] = {source}, *fields[] = {"year"};
    BuildOptions options = build_defaults();
    options.output = folder;
    options.replace = true;
    options.inputs = inputs;
    options.input_count = 1;
    options.corpus.format = CORPUS_JSONL;
    options.corpus.store_fields = fields;
    options.corpus.store_field_count = 1;
    options.limits = (ListLimits){8, 16, 12, 8, 0};
    options.pairs_min_df = 20;
    options.on_duplicate = DUPLICATE_KEEP_FIRST;
    options.segments = shape->segments;
    options.memory = 16 << 20;
    options.threads = 1;
    BuildReport report;
    Error error;
    if (index_build(&options, &report, &error) != OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    unlink(source);
}
