/* left_out.c - what walks of folders leave out on purpose. */
#include "corpus/left_out.h"

#include <inttypes.h>
#include <stdio.h>

typedef struct LeftOutWords {
    const char *one, *many; /* after the count */
    Advice advice;
} LeftOutWords;

static const LeftOutWords WORDS[LEFT_OUT_KINDS] = {
    [LEFT_OUT_HIDDEN] = {"hidden entry was left out",
                         "hidden entries were left out", ADVICE_HIDDEN},
    [LEFT_OUT_IGNORED] =
        {"file or folder was ignored by .gitignore or .ignore",
         "files and folders were ignored by .gitignore or .ignore",
         ADVICE_NO_IGNORE},
    [LEFT_OUT_EXCLUDED] = {"file or folder was excluded",
                           "files and folders were excluded", ADVICE_NONE},
    [LEFT_OUT_LINK] = {"link was not followed", "links were not followed",
                       ADVICE_FOLLOW},
    [LEFT_OUT_LARGE] = {"file was too large", "files were too large",
                        ADVICE_RAISE_MAX_FILESIZE},
    [LEFT_OUT_REPEATED] = {
        "file or folder had been reached before and is indexed once",
        "files and folders had been reached before and are indexed once",
        ADVICE_NONE}};

/* Why an input may have no document, the likeliest first. */
static const LeftOutKind CAUSES[] = {LEFT_OUT_IGNORED, LEFT_OUT_EXCLUDED,
                                     LEFT_OUT_LINK, LEFT_OUT_LARGE,
                                     LEFT_OUT_HIDDEN};

void left_out_add(LeftOut *sum, const LeftOut *more)
{
    for (size_t i = 0; i < LEFT_OUT_KINDS; i++)
        sum->of_kind[i] += more->of_kind[i];
}

Advice left_out_describe(LeftOutKind kind, uint64_t count,
                         char text[LEFT_OUT_TEXT_BYTES])
{
    const LeftOutWords *words = &WORDS[kind];
    snprintf(text, LEFT_OUT_TEXT_BYTES, "%" PRIu64 " %s", count,
             count == 1 ? words->one : words->many);
    return words->advice;
}

Status left_out_fail_empty(const LeftOut *left_out, const char *outcome,
                           Error *error)
{
    for (size_t i = 0; left_out && i < sizeof CAUSES / sizeof *CAUSES; i++) {
        char cause[LEFT_OUT_TEXT_BYTES];
        uint64_t count = left_out->of_kind[CAUSES[i]];
        if (!count) continue;
        Advice advice = left_out_describe(CAUSES[i], count, cause);
        return fail_advising(error, ERR_USAGE, advice,
                             "no document in the input: %s%s", cause, outcome);
    }
    return fail(error, ERR_USAGE, "no document in the input%s", outcome);
}
