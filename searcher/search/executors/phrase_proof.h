/* phrase_proof.h - what the frequencies of words and pairs prove about a phrase
 * in a document, without positions.
 *
 * A pair (a, b) occurs at most as often as a and as b. If it occurs as often as
 * a, every a is followed by b: a implies b; likewise b implies a. A phrase
 * occurs exactly as often as a pair of its words that implies all others. Of
 * three words that is so if one of the pairs occurs as often as the middle
 * word, whose other occurrences could be elsewhere in the phrase's pairs.
 */
#ifndef QUERN_EXECUTORS_PHRASE_PROOF_H
#define QUERN_EXECUTORS_PHRASE_PROOF_H

#include <stdint.h>

enum { PROOF_WORDS = 8 };

/* Of one document that has all words and pairs of the phrase. */
typedef struct PhraseProof {
    uint32_t word_count;            /* 2 .. PROOF_WORDS */
    uint32_t tfs[PROOF_WORDS];      /* of the words */
    uint32_t pair_tfs[PROOF_WORDS]; /* of words i and i + 1; 0: unknown */
} PhraseProof;

/* How often the phrase occurs; 0 if that is not proved. */
uint32_t phrase_proof_frequency(const PhraseProof *proof);

/* The words, a bit each, that are where they should be if the others are. */
uint32_t phrase_proof_implied(const PhraseProof *proof);

#endif
