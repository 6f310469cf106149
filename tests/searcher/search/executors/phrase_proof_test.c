/* phrase_proof_test.c - frequencies of pairs prove only what is so. */
#include "searcher/search/executors/phrase_proof.h"

#include "tests/support/check_main.h"
#include "tests/support/random.h"

enum { TRIALS = 50000, LONGEST = 24 };

/* A document and a phrase of few different words. */
typedef struct Trial {
    uint32_t document[LONGEST], length;
    uint32_t phrase[PROOF_WORDS], words;
} Trial;

static Trial random_trial(Random *random)
{
    Trial trial = {.length = (uint32_t)random_between(random, 2, LONGEST),
                   .words = (uint32_t)random_between(random, 2, PROOF_WORDS)};
    size_t vocabulary = random_between(random, 1, 9);
    for (uint32_t i = 0; i < trial.length; i++)
        trial.document[i] = (uint32_t)random_below(random, vocabulary);
    if (trial.words > trial.length) trial.words = trial.length;
    /* Half of the phrases are in the document. */
    size_t at = random_below(random, trial.length - trial.words + 1);
    bool is_excerpt = random_chance(random, 0.5);
    for (uint32_t i = 0; i < trial.words; i++) {
        trial.phrase[i] = is_excerpt
                              ? trial.document[at + i]
                              : (uint32_t)random_below(random, vocabulary);
    }
    return trial;
}

/* How often the words `from` .. `from` + count - 1 of the phrase occur, without
 * those in `skipped`. */
static uint32_t count_words(const Trial *trial, uint32_t from, uint32_t count,
                            uint32_t skipped)
{
    uint32_t matches = 0;
    for (uint32_t at = 0; at < trial->length; at++) {
        bool fits = true;
        for (uint32_t i = 0; i < count; i++) {
            if (skipped >> (from + i) & 1) continue;
            fits = fits && at + i < trial->length &&
                   trial->document[at + i] == trial->phrase[from + i];
        }
        matches += fits;
    }
    return matches;
}

/* False if the document lacks a word or a pair. */
static bool take_frequencies(Random *random, const Trial *trial,
                             PhraseProof *proof)
{
    *proof = (PhraseProof){.word_count = trial->words};
    for (uint32_t i = 0; i < trial->words; i++) {
        proof->tfs[i] = count_words(trial, i, 1, 0);
        if (!proof->tfs[i]) return false;
    }
    for (uint32_t i = 0; i + 1 < trial->words; i++) {
        uint32_t frequency = count_words(trial, i, 2, 0);
        if (!frequency) return false;
        if (random_chance(random, 0.8)) proof->pair_tfs[i] = frequency;
    }
    return true;
}

START_TEST(a_proved_frequency_is_that_of_the_phrase)
{
    Random random = {5};
    uint32_t proved = 0, positive = 0;
    for (int i = 0; i < TRIALS; i++) {
        PhraseProof proof;
        Trial trial = random_trial(&random);
        if (!take_frequencies(&random, &trial, &proof)) continue;
        uint32_t frequency = phrase_proof_frequency(&proof);
        if (!frequency) continue;
        proved++;
        positive += trial.words > 2;
        ck_assert_uint_eq(frequency, count_words(&trial, 0, trial.words, 0));
    }
    ck_assert_uint_gt(proved, TRIALS / 100);
    ck_assert_uint_gt(positive, TRIALS / 1000);
}
END_TEST

START_TEST(implied_words_change_no_frequency)
{
    Random random = {6};
    uint32_t skipping = 0;
    for (int i = 0; i < TRIALS; i++) {
        PhraseProof proof;
        Trial trial = random_trial(&random);
        if (!take_frequencies(&random, &trial, &proof)) continue;
        uint32_t implied = phrase_proof_implied(&proof);
        ck_assert_uint_ne(implied, (1u << trial.words) - 1);
        skipping += implied != 0;
        ck_assert_uint_eq(count_words(&trial, 0, trial.words, implied),
                          count_words(&trial, 0, trial.words, 0));
    }
    ck_assert_uint_gt(skipping, TRIALS / 100);
}
END_TEST

START_TEST(three_words_are_proved_by_a_pair_as_frequent_as_the_middle_word)
{
    PhraseProof proof = {3, {9, 2, 7}, {2, 1}};
    ck_assert_uint_eq(phrase_proof_frequency(&proof), 1);
    proof = (PhraseProof){3, {9, 2, 7}, {1, 2}};
    ck_assert_uint_eq(phrase_proof_frequency(&proof), 1);
    proof = (PhraseProof){3, {9, 3, 7}, {2, 2}};
    ck_assert_uint_eq(phrase_proof_frequency(&proof), 0);
    proof = (PhraseProof){3, {9, 2, 7}, {0, 0}};
    ck_assert_uint_eq(phrase_proof_frequency(&proof), 0);
}
END_TEST

/* "members of the": "of" follows each "members", so its own positions, which
 * are many, need not be read. */
START_TEST(a_word_that_follows_each_of_its_neighbour_is_implied)
{
    PhraseProof proof = {3, {1, 5, 9}, {1, 3}};
    ck_assert_uint_eq(phrase_proof_implied(&proof), 1u << 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("phrase_proof");
    TCase *tests = tcase_create("phrase_proof");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_proved_frequency_is_that_of_the_phrase);
    tcase_add_test(tests, implied_words_change_no_frequency);
    tcase_add_test(
        tests, three_words_are_proved_by_a_pair_as_frequent_as_the_middle_word);
    tcase_add_test(tests, a_word_that_follows_each_of_its_neighbour_is_implied);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
