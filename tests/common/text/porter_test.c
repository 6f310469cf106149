/* porter_test.c - tests common/text/porter.c; lucene_tokens_test.c and
 * compare_lucene.py compare it with Lucene's. */
#include "common/text/analyzer_internal.h"

#include "tests/support/check_main.h"

#include <string.h>

static const char *const STEMS[][2] = {
    /* the examples of the paper's steps, through all of them */
    {"caresses", "caress"},
    {"ponies", "poni"},
    {"ties", "ti"},
    {"cats", "cat"},
    {"feed", "feed"},
    {"agreed", "agre"},
    {"plastered", "plaster"},
    {"bled", "bled"},
    {"motoring", "motor"},
    {"sing", "sing"},
    {"conflated", "conflat"},
    {"troubled", "troubl"},
    {"sized", "size"},
    {"hopping", "hop"},
    {"falling", "fall"},
    {"hissing", "hiss"},
    {"fizzed", "fizz"},
    {"failing", "fail"},
    {"filing", "file"},
    {"happy", "happi"},
    {"sky", "sky"},
    {"relational", "relat"},
    {"conditional", "condit"},
    {"rational", "ration"},
    {"valenci", "valenc"},
    {"digitizer", "digit"},
    {"radicalli", "radic"},
    {"differentli", "differ"},
    {"vileli", "vile"},
    {"analogousli", "analog"},
    {"vietnamization", "vietnam"},
    {"predication", "predic"},
    {"feudalism", "feudal"},
    {"decisiveness", "decis"},
    {"hopefulness", "hope"},
    {"callousness", "callous"},
    {"formaliti", "formal"},
    {"sensitiviti", "sensit"},
    {"triplicate", "triplic"},
    {"formative", "form"},
    {"electrical", "electr"},
    {"goodness", "good"},
    {"revival", "reviv"},
    {"allowance", "allow"},
    {"airliner", "airlin"},
    {"gyroscopic", "gyroscop"},
    {"adjustable", "adjust"},
    {"irritant", "irrit"},
    {"replacement", "replac"},
    {"adoption", "adopt"},
    {"homologou", "homolog"},
    {"communism", "commun"},
    {"activate", "activ"},
    {"effective", "effect"},
    {"bowdlerize", "bowdler"},
    {"probate", "probat"},
    {"rate", "rate"},
    {"cease", "ceas"},
    {"controll", "control"},
    {"roll", "roll"},
    /* Lucene's variant */
    {"technology", "technolog"},
    {"possibly", "possibl"},
    {"us", "us"},
    {"as", "as"},
    {"ies", "i"},
    {"aed", "a"},
    /* letters of other scripts are consonants */
    {"caf\u00e9s", "caf\u00e9"},
    {"\U00010428s", "\U00010428"},
    {"\u00e9s", "\u00e9s"},
};

START_TEST(stems)
{
    uint8_t word[64];
    size_t size = strlen(STEMS[_i][0]);
    memcpy(word, STEMS[_i][0], size);
    size = porter_stem(word, size);
    word[size] = 0;
    ck_assert_str_eq((const char *)word, STEMS[_i][1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("porter");
    TCase *tests = tcase_create("porter");
    tcase_add_loop_test(tests, stems, 0, sizeof STEMS / sizeof STEMS[0]);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
