/* glob.c - a pattern of paths, as gitignore and ripgrep have them.
 *
 * Twice the same method, for the parts of a path and for the characters of a
 * part: only the last star has to be tried again, one place further, since
 * what stood between two stars was found as early as possible. So each part of
 * the glob meets each part of the path once at most.
 */
#include "searcher/search/glob.h"

#include "common/base/character.h"

enum { ADDED_PARTS = 3 };

static const char ANY_PARTS[] = "**";

static bool is_any_parts(Span part)
{
    return span_equals_text(part, ANY_PARTS);
}

/* Skips `./` and slashes at the front; whether there were any. */
static bool skip_start(Span *path)
{
    Span start = *path;
    if (span_begins(*path, span_text("./")))
        *path = span_of(path->data + 2, path->size - 2);
    while (path->size && *path->data == '/')
        *path = span_of(path->data + 1, path->size - 1);
    return path->size < start.size;
}

/* The part at `start`, which is at most path.size; *next is where another
 * begins, path.size + 1 behind the last. */
static Span part_at(Span path, size_t start, size_t *next)
{
    const uint8_t *from = path.data + start;
    size_t left = path.size - start;
    const uint8_t *slash = left ? memchr(from, '/', left) : NULL;
    size_t size = slash ? (size_t)(slash - from) : left;
    *next = start + size + 1;
    return span_of(from, size);
}

static size_t count_slashes(Span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] == '/';
    return count;
}

bool glob_read(const char *text, Arena *arena, Glob *out)
{
    Span rest = span_text(text);
    bool names = false, from_start = skip_start(&rest);
    bool folder = rest.size && rest.data[rest.size - 1] == '/';
    size_t room = count_slashes(rest) + 1 + ADDED_PARTS;
    *out = (Glob){.parts = arena_alloc(arena, room * sizeof *out->parts)};
    if (!out->parts) return false;
    if (!from_start) out->parts[out->count++] = span_text(ANY_PARTS);
    for (size_t at = 0; at <= rest.size;) {
        Span part = part_at(rest, at, &at);
        names |= part.size && !(folder && is_any_parts(part));
        if (part.size) out->parts[out->count++] = part;
    }
    folder |= out->count && is_any_parts(out->parts[out->count - 1]);
    if (folder) out->parts[out->count++] = span_text("*");
    out->parts[out->count++] = span_text(ANY_PARTS);
    return names;
}

/* The character of a bracket at *at, and moves behind it. */
static uint32_t take_member(Span set, size_t *at)
{
    size_t size;
    if (set.data[*at] == '\\' && *at + 1 < set.size) ++*at;
    uint32_t member = utf8_decode(set.data + *at, set.data + set.size, &size);
    *at += size;
    return member;
}

/* Where the bracket at the start of the pattern ends: behind its ]; 0 if that
 * is missing. A ] right at the front is a member. */
static size_t bracket_size(Span pattern)
{
    size_t at = 1;
    if (at < pattern.size && strchr("!^", pattern.data[at])) at++;
    for (size_t first = at; at < pattern.size; at++) {
        if (pattern.data[at] == ']' && at > first) return at + 1;
        if (pattern.data[at] == '\\') at++;
    }
    return 0;
}

/* Whether a bracket of that size has the character. */
static bool bracket_has(Span pattern, size_t size, uint32_t character)
{
    Span set = span_of(pattern.data + 1, size - 2);
    bool excludes = *set.data == '!' || *set.data == '^';
    bool has = false;
    for (size_t at = excludes; at < set.size;) {
        uint32_t first = take_member(set, &at), last = first;
        if (at + 1 < set.size && set.data[at] == '-') {
            at++;
            last = take_member(set, &at);
        }
        has |= character >= first && character <= last;
    }
    return has != excludes;
}

/* Compares what is at the front of a pattern, no star, with the character at
 * the front of a text, both not empty; if it fits moves behind both. */
static bool take_character(Span *pattern, Span *text)
{
    size_t used = 1, size;
    uint32_t character = utf8_decode(text->data, text->data + text->size,
                                     &size);
    uint8_t first = *pattern->data;
    size_t bracket = first == '[' ? bracket_size(*pattern) : 0;
    bool fits = true;
    if (bracket) {
        fits = bracket_has(*pattern, bracket, character);
        used = bracket;
    } else if (first != '?') {
        if (first == '\\' && pattern->size > 1) used++;
        fits = pattern->data[used - 1] == *text->data;
        size = 1;
    }
    *pattern = span_of(pattern->data + used, pattern->size - used);
    *text = span_of(text->data + size, text->size - size);
    return fits;
}

static bool part_fits(Span pattern, Span part)
{
    Span after_star = {0}, retry = {0};
    bool has_star = false;
    while (part.size) {
        if (pattern.size && *pattern.data == '*') {
            pattern = span_of(pattern.data + 1, pattern.size - 1);
            after_star = pattern;
            retry = part;
            has_star = true;
            continue;
        }
        if (pattern.size && take_character(&pattern, &part)) continue;
        if (!has_star) return false;
        pattern = after_star;
        size_t size = character_size(retry);
        retry = span_of(retry.data + size, retry.size - size);
        part = retry;
    }
    while (pattern.size && *pattern.data == '*')
        pattern = span_of(pattern.data + 1, pattern.size - 1);
    return pattern.size == 0;
}

bool glob_fits(const Glob *glob, Span path)
{
    skip_start(&path);
    size_t at = 0, retry = 0, number = 0, after_star = 0, next;
    while (at <= path.size) {
        if (number + 1 == glob->count) return true; /* all below it */
        if (is_any_parts(glob->parts[number])) {
            after_star = ++number;
            retry = at;
            continue;
        }
        if (part_fits(glob->parts[number], part_at(path, at, &next))) {
            number++;
            at = next;
            continue;
        }
        if (!after_star) return false;
        number = after_star;
        part_at(path, retry, &retry);
        at = retry;
    }
    while (number < glob->count && is_any_parts(glob->parts[number])) number++;
    return number == glob->count;
}
