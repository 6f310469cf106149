/* stop_words.c - a set of stop words. */
#include "common/text/stop_words.h"

#include "common/base/hash.h"

const char STOP_WORDS_ENGLISH[] =
    "a an and are as at be but by for if in into is it no not of on or such "
    "that the their then there these they this to was will with";

static bool is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The next word from *at on; empty at the end. */
static Span next_word(Span list, size_t *at)
{
    while (*at < list.size && is_space(list.data[*at])) ++*at;
    size_t start = *at;
    while (*at < list.size && !is_space(list.data[*at])) ++*at;
    return span_of(list.data + start, *at - start);
}

static Span *find_slot(const StopWords *self, Span word)
{
    size_t slot = hash_span(word) & self->mask;
    while (self->slots[slot].size && !span_equal(self->slots[slot], word))
        slot = (slot + 1) & self->mask;
    return &self->slots[slot];
}

StopWords stop_words_new(Span list, Fold fold, Arena *arena)
{
    StopWords self = {NULL, 0};
    if (list.size == 0) return self;
    size_t count = 0, at = 0;
    while (next_word(list, &at).size) count++;
    if (count == 0) return self;
    size_t slots = 4;
    while (slots < 2 * count) slots *= 2;
    self.slots = arena_zeroed(arena, slots, sizeof *self.slots);
    if (!self.slots) return self;
    self.mask = slots - 1;
    Buf folded = {0};
    Span word;
    for (at = 0; (word = next_word(list, &at)).size;) {
        buf_clear(&folded);
        fold_text(fold, word, &folded);
        if (folded.status != OK) arena->status = folded.status;
        if (folded.size == 0) continue;
        Span *slot = find_slot(&self, buf_span(&folded));
        if (slot->size == 0) *slot = arena_copy(arena, buf_span(&folded));
    }
    buf_release(&folded);
    return self;
}

bool stop_words_contain(const StopWords *self, Span word)
{
    return self->slots && find_slot(self, word)->size;
}
