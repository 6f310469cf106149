/* inverter_source.c - the contents of an inverter as the bytes of a run.
 *
 * Terms are sorted first; then each is its size, its bytes, its chunks as
 * they are, and an end mark. Nothing is decoded or copied.
 */
#include "common/base/bytes.h"
#include "indexer/build/inverter_internal.h"
#include "indexer/build/run.h"

#include <stdlib.h>

/* A term with the 8 bytes that decide about it at the moment. */
typedef struct SortTerm {
    uint64_t word;
    const Term *term;
} SortTerm;

struct InverterSource {
    SortTerm *terms; /* owned, in byte order */
    size_t count, next;
    /* What is read of the current term. */
    Span pieces[3]; /* those read first come last */
    int piece_count;
    const Term *term; /* NULL: its chunks have been read */
    const uint8_t *chunk;
    uint8_t level;
    uint8_t number[VARINT_MAX_BYTES];
    Span rest; /* of the current piece */
};

/* The 8 bytes from `depth` as a number that compares as they do. */
static uint64_t word_at(const Term *term, size_t depth)
{
    uint8_t bytes[8] = {0};
    if (depth < term->size) {
        size_t left = term->size - depth;
        memcpy(bytes, term->bytes + depth, left < 8 ? left : 8);
    }
    return __builtin_bswap64(get_u64le(bytes));
}

static int compare_terms(const void *a, const void *b)
{
    const Term *x = ((const SortTerm *)a)->term;
    const Term *y = ((const SortTerm *)b)->term;
    return span_compare(span_of(x->bytes, x->size), span_of(y->bytes, y->size));
}

static void insertion_sort(SortTerm *terms, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        SortTerm term = terms[i];
        size_t j = i;
        for (; j && (terms[j - 1].word > term.word ||
                     (terms[j - 1].word == term.word &&
                      compare_terms(&terms[j - 1], &term) > 0));
             j--) {
            terms[j] = terms[j - 1];
        }
        terms[j] = term;
    }
}

static uint64_t middle_word(const SortTerm *terms, size_t count)
{
    uint64_t a = terms[0].word, b = terms[count / 2].word;
    uint64_t c = terms[count - 1].word;
    uint64_t low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* Multikey quicksort (Bentley and Sedgewick 1997) by 8 bytes at a time. Terms
 * come in the order of their hashes, so no input makes it slow; terms that
 * share very much are left to qsort. */
static void sort_terms(SortTerm *terms, size_t count, size_t depth)
{
    enum { FEW = 12, DEEP = 64 };
    while (count > FEW) {
        uint64_t pivot = middle_word(terms, count);
        size_t low = 0, high = count;
        for (size_t i = 0; i < high;) {
            SortTerm term = terms[i];
            if (term.word < pivot) {
                terms[i++] = terms[low];
                terms[low++] = term;
            } else if (term.word > pivot) {
                terms[i] = terms[--high];
                terms[high] = term;
            } else {
                i++;
            }
        }
        sort_terms(terms, low, depth);
        sort_terms(terms + high, count - high, depth);
        terms += low;
        count = high - low;
        depth += 8;
        for (size_t i = 0; i < count; i++)
            terms[i].word = word_at(terms[i].term, depth);
        if (depth >= DEEP) {
            qsort(terms, count, sizeof *terms, compare_terms);
            return;
        }
    }
    insertion_sort(terms, count);
}

Status inverter_source_new(Inverter *inverter, InverterSource **out,
                           Error *error)
{
    *out = NULL;
    InverterSource *source = calloc(1, sizeof *source);
    size_t count = inverter->term_count;
    SortTerm *terms = malloc((count + 1) * sizeof *terms);
    if (!source || !terms) {
        free(source);
        free(terms);
        return fail_memory(error, "sorting terms");
    }
    size_t n = 0;
    for (size_t i = 0; i < inverter->slot_count; i++) {
        if (!inverter->slots[i]) continue;
        const Term *term = slot_term(inverter->slots[i]);
        terms[n++].term = term;
        PREFETCH(term->bytes);
    }
    for (size_t i = 0; i < n; i++) terms[i].word = word_at(terms[i].term, 0);
    sort_terms(terms, count, 0);
    source->terms = terms;
    source->count = count;
    *out = source;
    return OK;
}

void inverter_source_free(InverterSource *source)
{
    if (!source) return;
    free(source->terms);
    free(source);
}

static void begin_term(InverterSource *source)
{
    static const uint8_t end_mark = RUN_END;
    enum { AHEAD = 8 };
    const Term *term = source->terms[source->next++].term;
    if (source->next + AHEAD < source->count)
        PREFETCH(source->terms[source->next + AHEAD].term);
    uint8_t *number_end = varint_put(source->number, term->size);
    source->pieces[0] = span_of(&end_mark, 1);
    source->pieces[1] = span_of(term->bytes, term->size);
    source->pieces[2] = span_of(source->number,
                                (size_t)(number_end - source->number));
    source->piece_count = 3;
    source->term = term;
    source->chunk = term->bytes + term->size;
    source->level = 0;
}

/* The next chunk of the current term; after its last one term is NULL. */
static Span next_chunk(InverterSource *source)
{
    const Term *term = source->term;
    const uint8_t *chunk = source->chunk;
    const uint8_t *end = chunk + chunk_bytes[source->level];
    if (end == term->end) {
        source->term = NULL;
        return span_of(chunk, (size_t)(term->at - chunk));
    }
    memcpy(&source->chunk, end, sizeof source->chunk);
    if (source->level < LAST_LEVEL) source->level++;
    return span_of(chunk, (size_t)(end - chunk));
}

/* The next piece of the run becomes `rest`; false at its end. */
static bool next_piece(InverterSource *source)
{
    if (source->piece_count == 0) {
        if (source->next == source->count) return false;
        begin_term(source);
    }
    if (source->piece_count == 1 && source->term) {
        source->rest = next_chunk(source);
    } else {
        source->rest = source->pieces[--source->piece_count];
    }
    return true;
}

Status inverter_source_fill(void *self, uint8_t *out, size_t room, size_t *size,
                            Error *error)
{
    InverterSource *source = self;
    size_t filled = 0;
    (void)error; /* memory does not fail */
    while (filled < room && (source->rest.size || next_piece(source))) {
        size_t here = source->rest.size;
        if (here > room - filled) here = room - filled;
        memcpy(out + filled, source->rest.data, here);
        source->rest = span_of(source->rest.data + here,
                               source->rest.size - here);
        filled += here;
    }
    *size = filled;
    return OK;
}
