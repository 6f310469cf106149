/* cjk_run.c - bigrams of Han and Kana, which are written without spaces. */
#include "common/text/cjk_run.h"

#include "common/base/utf8.h"

void cjk_run_add(CjkRun *self, Span character, const Word *word)
{
    self->length++;
    self->start = word->start;
    self->end = word->end;
    self->size = character.size;
    memcpy(self->bytes, character.data, character.size);
}

/* Whether a word may begin with it; marks only follow. */
static bool begins_character(uint32_t code_point)
{
    uint32_t traits = word_traits(code_point);
    return traits & TRAIT_WORD && !(traits & TRAIT_MARK);
}

Span cjk_first_character(Span folded)
{
    const uint8_t *end = folded.data + folded.size;
    const uint8_t *at = folded.data;
    size_t size;
    do {
        utf8_decode(at, end, &size);
        at += size;
    } while (at < end && !begins_character(utf8_decode(at, end, &size)));
    return span_of(folded.data, (size_t)(at - folded.data));
}
