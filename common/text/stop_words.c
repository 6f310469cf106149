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
    size_t slot = hash_key(word) & self->mask;
    while (self->slots[slot].size && !span_equal(self->slots[slot], word))
        slot = (slot + 1) & self->mask;
    return &self->slots[slot];
}

/* A table twice as large; false without memory. */
static bool grow(StopWords *self, Arena *arena)
{
    size_t slots = self->slots ? 2 * (self->mask + 1) : 8;
    StopWords larger = {.mask = slots - 1};
    larger.slots = arena_zeroed(arena, slots, sizeof *larger.slots);
    if (!larger.slots) return false;
    for (size_t i = 0; self->slots && i <= self->mask; i++) {
        Span word = self->slots[i];
        if (word.size) *find_slot(&larger, word) = word;
    }
    *self = larger;
    return true;
}

/* Adds a folded word; the table is at most half full. */
static bool add_word(StopWords *self, Span word, size_t *count, Arena *arena)
{
    bool full = !self->slots || 2 * *count > self->mask;
    if (full && !grow(self, arena)) return false;
    Span *slot = find_slot(self, word);
    if (slot->size) return true;
    *slot = arena_copy(arena, word);
    ++*count;
    return slot->size > 0;
}

StopWords stop_words_new(Span list, Fold fold, Arena *arena)
{
    StopWords self = {NULL, 0};
    Buf folded = {0};
    Span word;
    size_t count = 0;
    for (size_t at = 0; (word = next_word(list, &at)).size;) {
        buf_clear(&folded);
        fold_text(fold, word, &folded);
        if (folded.status != OK) arena->status = folded.status;
        if (folded.size == 0) continue;
        if (!add_word(&self, buf_span(&folded), &count, arena)) break;
    }
    buf_release(&folded);
    return self;
}

bool stop_words_contain(const StopWords *self, Span word)
{
    return self->slots && find_slot(self, word)->size;
}
