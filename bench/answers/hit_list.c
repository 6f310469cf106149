/* hit_list.c - the hits that an engine answered, read from JSON. */
#include "bench/answers/hit_list.h"

#include "common/base/utf8.h"

#include <math.h>
#include <stdlib.h>

typedef struct Reader {
    const uint8_t *at, *end;
    Arena *arena;
} Reader;

static void skip_blanks(Reader *self)
{
    while (self->at < self->end && (*self->at == ' ' || *self->at == '\t'))
        self->at++;
}

static bool take(Reader *self, char byte)
{
    skip_blanks(self);
    if (self->at == self->end || *self->at != (uint8_t)byte) return false;
    self->at++;
    return true;
}

static int hex_value(uint8_t byte)
{
    if (byte >= '0' && byte <= '9') return byte - '0';
    uint8_t lower = byte | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The four digits after \u. */
static bool take_unit(Reader *self, uint32_t *unit)
{
    *unit = 0;
    if (self->end - self->at < 4) return false;
    for (int i = 0; i < 4; i++) {
        int value = hex_value(*self->at++);
        if (value < 0) return false;
        *unit = *unit << 4 | (uint32_t)value;
    }
    return true;
}

/* After \u: a code point, of two escapes if it is beyond U+FFFF. */
static bool take_code_point(Reader *self, uint32_t *code)
{
    uint32_t low;
    if (!take_unit(self, code)) return false;
    bool is_high = (*code & 0xfc00) == 0xd800;
    if (!is_high || self->end - self->at < 6 || self->at[0] != '\\' ||
        self->at[1] != 'u') {
        return true;
    }
    self->at += 2;
    if (!take_unit(self, &low)) return false;
    *code = 0x10000 + ((*code & 0x3ff) << 10 | (low & 0x3ff));
    return true;
}

/* After the backslash. */
static bool take_escape(Reader *self, uint8_t **out)
{
    static const char marks[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    if (self->at == self->end) return false;
    uint8_t mark = *self->at++;
    if (mark == 'u') {
        uint32_t code;
        if (!take_code_point(self, &code)) return false;
        *out += utf8_encode(code, *out);
        return true;
    }
    const char *found = mark ? strchr(marks, mark) : NULL;
    if (found) *(*out)++ = (uint8_t)bytes[found - marks];
    return found != NULL;
}

static bool take_string(Reader *self, Span *out)
{
    if (!take(self, '"')) return false;
    /* An escape is never shorter than what it means. */
    size_t room = (size_t)(self->end - self->at);
    const uint8_t *close = self->at;
    while (close < self->end && *close != '"')
        close += *close == '\\' && close + 1 < self->end ? 2 : 1;
    if (close < self->end) room = (size_t)(close - self->at);
    uint8_t *text = arena_alloc(self->arena, room + UTF8_MAX_BYTES);
    uint8_t *end = text;
    while (text && self->at < self->end && *self->at != '"') {
        uint8_t byte = *self->at++;
        if (byte != '\\') {
            *end++ = byte;
        } else if (!take_escape(self, &end)) {
            return false;
        }
    }
    if (!text || !take(self, '"')) return false;
    *out = span_of(text, (size_t)(end - text));
    return true;
}

static bool take_real(Reader *self, double *out)
{
    char digits[64], *end;
    size_t size = 0;
    skip_blanks(self);
    while (self->at < self->end && size + 1 < sizeof digits &&
           strchr("+-.0123456789eE", *self->at) && *self->at) {
        digits[size++] = (char)*self->at++;
    }
    digits[size] = 0;
    *out = strtod(digits, &end);
    return size && *end == 0 && isfinite(*out);
}

static bool take_hit(Reader *self, AnsweredHit *hit)
{
    return take(self, '[') && take_string(self, &hit->id) && take(self, ',') &&
           take_real(self, &hit->score) && take(self, ']');
}

static int compare_ids(const void *a, const void *b)
{
    return span_compare(*(const Span *)a, *(const Span *)b);
}

static bool are_distinct(const HitList *list, Arena *arena)
{
    Span *ids = arena_alloc(arena, (list->count + 1) * sizeof *ids);
    if (!ids) return false;
    for (size_t i = 0; i < list->count; i++) ids[i] = list->hits[i].id;
    if (list->count) qsort(ids, list->count, sizeof *ids, compare_ids);
    for (size_t i = 1; i < list->count; i++) {
        if (span_equal(ids[i - 1], ids[i])) return false;
    }
    return true;
}

static bool are_descending(const HitList *list)
{
    for (size_t i = 1; i < list->count; i++) {
        if (list->hits[i].score > list->hits[i - 1].score) return false;
    }
    return true;
}

static size_t count_lists(Span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] == '[';
    return count;
}

bool hit_list_parse(Span answer, size_t k, Arena *arena, HitList *out)
{
    *out = (HitList){0};
    if (span_equals_text(answer, "UNSUPPORTED")) return true;
    Reader reader = {answer.data, answer.data + answer.size, arena};
    size_t most = count_lists(answer);
    out->hits = arena_alloc(arena, (most + 1) * sizeof *out->hits);
    if (!out->hits || !take(&reader, '[')) return false;
    while (out->count < most && !take(&reader, ']')) {
        if (out->count && !take(&reader, ',')) return false;
        if (!take_hit(&reader, &out->hits[out->count++])) return false;
    }
    skip_blanks(&reader);
    out->is_supported = true;
    return reader.at == reader.end && answer.data[answer.size - 1] == ']' &&
           out->count <= k && are_descending(out) && are_distinct(out, arena);
}
