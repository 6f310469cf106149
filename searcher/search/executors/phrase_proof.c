/* phrase_proof.c - what the frequencies of words and pairs prove about a phrase
 * in a document.
 */
#include "searcher/search/executors/phrase_proof.h"

#include <stdbool.h>

/* Whether word i + 1 follows each occurrence of word i. */
static bool implies_next(const PhraseProof *p, uint32_t i)
{
    return p->pair_tfs[i] && p->pair_tfs[i] == p->tfs[i];
}

/* Whether word i precedes each occurrence of word i + 1. */
static bool is_implied_by_next(const PhraseProof *p, uint32_t i)
{
    return p->pair_tfs[i] && p->pair_tfs[i] == p->tfs[i + 1];
}

/* Pair i implies the words before it if each of its words up to the first does,
 * and the words after it likewise. */
uint32_t phrase_proof_frequency(const PhraseProof *proof)
{
    const PhraseProof *p = proof;
    uint32_t pairs = p->word_count - 1, last = 0, first = pairs - 1;
    while (last + 1 < pairs && is_implied_by_next(p, last)) last++;
    while (first > 0 && implies_next(p, first)) first--;
    for (uint32_t i = first; i <= last; i++) {
        if (p->pair_tfs[i]) return p->pair_tfs[i];
    }
    return 0;
}

/* A word is implied by one that is read itself or, from word to word, by one
 * farther left. */
uint32_t phrase_proof_implied(const PhraseProof *proof)
{
    const PhraseProof *p = proof;
    uint32_t implied = 0, from_left = 0, read = 0;
    for (uint32_t i = 0; i < p->word_count; i++) {
        uint32_t here = 1u << i, before = here >> 1, after = here << 1;
        if (read & here) continue;
        if (i > 0 && implies_next(p, i - 1) &&
            (!(implied & before) || from_left & before)) {
            if (!(implied & before)) read |= before;
            implied |= here;
            from_left |= here;
        } else if (i + 1 < p->word_count && is_implied_by_next(p, i)) {
            read |= after;
            implied |= here;
        }
    }
    return implied;
}
