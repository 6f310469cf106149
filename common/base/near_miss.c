/* near_miss.c - the known word closest to a misspelt one. */
#include "common/base/near_miss.h"

enum { MAX_WORD_BYTES = 63 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance by dynamic programming over three rows:
 * the one before last is for transpositions. */
size_t edit_distance(Span a, Span b, size_t limit)
{
    if (a.size > MAX_WORD_BYTES || b.size > MAX_WORD_BYTES) return limit + 1;
    size_t rows[3][MAX_WORD_BYTES + 1];
    for (size_t j = 0; j <= b.size; j++) rows[0][j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *before = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t cost = a.data[i - 1] != b.data[j - 1];
            row[j] = smaller(above[j - 1] + cost,
                             1 + smaller(above[j], row[j - 1]));
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
                a.data[i - 2] == b.data[j - 1]) {
                row[j] = smaller(row[j], before[j - 2] + 1);
            }
        }
    }
    size_t distance = rows[a.size % 3][b.size];
    return distance > limit ? limit + 1 : distance;
}

void near_miss_offer(NearMiss *search, const char *candidate)
{
    Span word = span_text(search->word), other = span_text(candidate);
    size_t limit = 1 + word.size / 4;
    size_t distance = edit_distance(word, other, limit);
    /* A truncated word ("max-exp") counts as one edit. */
    if (word.size >= 3 && word.size < other.size &&
        !memcmp(word.data, other.data, word.size)) {
        distance = 1;
    }
    if (distance > limit || distance >= other.size) return;
    if (search->best && (distance > search->best_distance ||
                         (distance == search->best_distance &&
                          other.size >= strlen(search->best))))
        return; /* of equally close ones the shortest */
    search->best = candidate;
    search->best_distance = distance;
}
