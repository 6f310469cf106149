/* humps.c - the parts of a camelCase word. */
#include "common/text/humps.h"

#include "common/base/utf8.h"
#include "common/text/word_break_table.h"

typedef enum Case { NO_CASE, SMALL, CAPITAL } Case;

/* Digits and marks have the case of what is before them. */
static Case case_of(uint32_t code_point, Case before)
{
    uint32_t traits = word_traits(code_point);
    if (traits & TRAIT_UPPER) return CAPITAL;
    if (traits & TRAIT_LOWER) return SMALL;
    return traits & TRAIT_LETTER ? NO_CASE : before;
}

/* Whether all from `at` on is one s and digits. */
static bool is_plural(const uint8_t *at, const uint8_t *end)
{
    if (*at++ != 's') return false;
    while (at < end && *at >= '0' && *at <= '9') at++;
    return at == end;
}

/* Ends the last part at `at` and begins another; false if they are too many. */
static bool cut(Span parts[HUMPS_MAX], size_t *count, const uint8_t *at)
{
    Span *last = &parts[*count - 1];
    if (at == last->data) return true;
    if (*count == HUMPS_MAX) return false;
    last->size = (size_t)(at - last->data);
    parts[(*count)++] = span_of(at, 0);
    return true;
}

size_t humps_split(Span word, Span parts[HUMPS_MAX])
{
    const uint8_t *end = word.data + word.size, *capital = word.data;
    Case before = NO_CASE;
    size_t count = 1, size;
    parts[0] = word;
    for (const uint8_t *at = word.data; at < end; at += size) {
        uint32_t code_point = utf8_decode(at, end, &size);
        Case now = case_of(code_point, before);
        bool is_new = word_traits(code_point) & (TRAIT_UPPER | TRAIT_LOWER);
        const uint8_t *hump = NULL;
        if (is_new && now == CAPITAL && before == SMALL) hump = at;
        if (is_new && now == SMALL && before == CAPITAL && !is_plural(at, end))
            hump = capital;
        if (hump && !cut(parts, &count, hump)) return 0;
        if (is_new && now == CAPITAL) capital = at;
        before = now;
    }
    parts[count - 1].size = (size_t)(end - parts[count - 1].data);
    return count > 1 ? count : 0;
}
