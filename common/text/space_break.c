/* space_break.c - splits a text at white space. */
#include "common/text/analyzer_internal.h"

#include "common/base/utf8.h"

/* Property White_Space of PropList.txt, the same since Unicode 6.3. */
static bool is_white_space(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    switch (code_point) {
    case 0x85:
    case 0xa0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202f:
    case 0x205f:
    case 0x3000: return true;
    default: return code_point >= 0x2000 && code_point <= 0x200a;
    }
}

bool space_break_next(WordBreak *self, Word *word)
{
    const uint8_t *end = self->text.data + self->text.size;
    size_t units = 0, size;
    *word = (Word){.start = self->at, .end = self->at};
    for (; self->at < self->text.size; self->at += size) {
        uint32_t code_point = utf8_decode(self->text.data + self->at, end,
                                          &size);
        bool is_space = is_white_space(code_point);
        if (is_space && units == 0) word->start = self->at + size;
        if (is_space && units > 0) break;
        if (is_space) continue;
        units += utf16_units(code_point);
        if (units > WORD_MAX_UNITS) break;
        word->end = self->at + size;
    }
    return word->end > word->start;
}
