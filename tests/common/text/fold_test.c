/* fold_test.c - tests common/text/fold.c and fold_letters.c. */
#include "common/text/fold.h"

#include "common/base/utf8.h"
#include "tests/support/check_main.h"

typedef struct Case {
    Fold fold;
    const char *text, *folded;
} Case;

static const Case CASES[] = {
    {FOLD_FULL, "Caf\u00e9", "cafe"},
    {FOLD_FULL, "e\u0301\u0323x", "ex"},
    {FOLD_FULL, "\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3"},
    {FOLD_FULL, "\u1f40\u03b4\u03cc\u03c2", "\u03bf\u03b4\u03bf\u03c3"},
    {FOLD_FULL, "\u0419", "\u0439"},             /* й keeps its mark */
    {FOLD_FULL, "\u0438\u0306", "\u0439"},       /* and gets it composed */
    {FOLD_FULL, "\u304b\u3099", "\u304c"},       /* が */
    {FOLD_FULL, "\uff76\uff9e", "\u30ac"},       /* half-width ガ */
    {FOLD_FULL, "\u0915\u093f", "\u0915\u093f"}, /* कि */
    {FOLD_FULL, "\uff21\uff11", "a1"},
    {FOLD_FULL, "\ufb01n", "fin"},
    {FOLD_FULL, "\u0130", "i"},
    {FOLD_FULL, "\u212a", "k"},
    {FOLD_FULL, "\u0149a", "na"},
    {FOLD_FULL, "\u0141\u00f3d\u017a \u0111 \u00d8", "lodzdo"},
    {FOLD_FULL, "\u0152uvre \u00c6 \u00de", "oeuvreaeth"},
    {FOLD_FULL, "I\u015eIK \u0131", "isiki"},
    {FOLD_FULL, "\u0643\u064e\u062a\u064e\u0628\u064e", "\u0643\u062a\u0628"},
    {FOLD_FULL, "\u0643\u0640\u0640\u062a", "\u0643\u062a"}, /* tatweel */
    {FOLD_FULL, "\u0623\u0625\u0622\u0671", "\u0627\u0627\u0627\u0627"},
    {FOLD_FULL, "\u0624\u0626", "\u0624\u0626"}, /* hamza on waw, yeh stays */
    {FOLD_FULL, "\u06a9\u06cc \u0649\u0629", "\u0643\u064a\u064a\u0647"},
    {FOLD_FULL, "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",
     "\u05e9\u05dc\u05d5\u05dd"},
    {FOLD_FULL, "\u05e6\u05d4\u05f4\u05dc", "\u05e6\u05d4\u05dc"},
    {FOLD_FULL, "\u05e6\u05d4\"\u05dc", "\u05e6\u05d4\u05dc"},
    {FOLD_FULL, "\u0663\u0664\u0665 \u0968\u0966", "34520"},
    {FOLD_FULL, "H\u2082O m\u00b2", "h2om2"},
    {FOLD_ACCENTED, "\u00c9L\u00c8VE \u00d8", "\u00e9l\u00e8ve\u00f8"},
    {FOLD_TURKISH, "I\u015eIK", "\u0131\u015f\u0131k"},
    {FOLD_TURKISH, "\u0130ZM\u0130R I\u0307", "izmiri"},
    {FOLD_TURKISH, "IRAK", "\u0131rak"},
    {FOLD_FULL, "soft\u00adhyphen", "softhyphen"},
    {FOLD_FULL, "\u2764\ufe0f", "\u2764"},
    {FOLD_FULL, "\u1e9e", "ss"},
    {FOLD_FULL, "\u309b", "\u3099"}, /* its compatibility form has a space */
    {FOLD_FULL, "\u3164", ""},
    {FOLD_CANONICAL, "Cafe\u0301", "Caf\u00e9"},
    {FOLD_CANONICAL, "\uff21", "\uff21"},
    {FOLD_LOWER, "CAF\u00c9 \u0130\u2019", "caf\u00e9 i\u2019"},
    {FOLD_LOWER, "\u039f\u03a3", "\u03bf\u03c3"},
    {FOLD_NOTHING, "A\xff\xe2\x82z", "A\ufffd\ufffdz"},
    {FOLD_FULL, "A\xffz", "a\ufffdz"},
};

START_TEST(folds)
{
    Buf out = {0};
    fold_text(CASES[_i].fold, span_text(CASES[_i].text), &out);
    ck_assert_str_eq(buf_text(&out), CASES[_i].folded);
    buf_release(&out);
}
END_TEST

/* No buffer is too small, and folding folded text changes nothing. */
static void check_code_point(Fold fold, uint32_t code_point)
{
    uint8_t text[UTF8_MAX_BYTES], once[64], twice[512];
    int32_t scratch[64 * FOLD_SCRATCH];
    size_t size = utf8_encode(code_point, text);
    size_t folded = fold_word(fold, span_of(text, size), scratch, once);
    ck_assert_uint_le(folded, size * FOLD_MAX_GROWTH);
    size_t again = fold_word(fold, span_of(once, folded), scratch, twice);
    ck_assert_msg(again == folded && !memcmp(once, twice, folded),
                  "U+%04X changes when folded again", code_point);
}

START_TEST(folding_is_idempotent)
{
    for (uint32_t i = 0; i < 0x110000; i++)
        if (i < 0xd800 || i >= 0xe000) check_code_point((Fold)_i, i);
}
END_TEST

START_TEST(nothing_folds_to_nothing)
{
    Buf out = {0};
    fold_text(FOLD_FULL, (Span){NULL, 0}, &out);
    ck_assert_uint_eq(out.size, 0);
    ck_assert_int_eq(out.status, OK);
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fold");
    TCase *tests = tcase_create("fold");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, folds, 0, sizeof CASES / sizeof CASES[0]);
    tcase_add_loop_test(tests, folding_is_idempotent, FOLD_NOTHING,
                        FOLD_FULL + 1);
    tcase_add_test(tests, nothing_folds_to_nothing);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
