/* glob.c - patterns of paths, as in gitignore and ripgrep.
 *
 * The same algorithm twice, for the components of a path and for the characters
 * of a component: on a mismatch only the last star is retried, one position
 * later, since what is between two stars was matched as early as possible. So
 * each component of the glob is compared with each of the path at most once.
 */
#include "searcher/search/glob.h"

#include "common/base/character.h"

enum { ADDED_COMPONENTS = 3 };

static const char ANY_COMPONENTS[] = "**";

static bool is_any_components(Span component)
{
    return span_equals_text(component, ANY_COMPONENTS);
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

/* The component at `start`, which is at most path.size; *next is the start of
 * the next one, path.size + 1 after the last. */
static Span component_at(Span path, size_t start, size_t *next)
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
    size_t room = count_slashes(rest) + 1 + ADDED_COMPONENTS;
    *out = (Glob){
        .components = arena_alloc(arena, room * sizeof *out->components)};
    if (!out->components) return false;
    if (!from_start) out->components[out->count++] = span_text(ANY_COMPONENTS);
    for (size_t at = 0; at <= rest.size;) {
        Span component = component_at(rest, at, &at);
        names |= component.size && !(folder && is_any_components(component));
        if (component.size) out->components[out->count++] = component;
    }
    folder |= out->count && is_any_components(out->components[out->count - 1]);
    if (folder) out->components[out->count++] = span_text("*");
    out->components[out->count++] = span_text(ANY_COMPONENTS);
    return names;
}

/* The character of a bracket at *at; advances *at. */
static uint32_t take_member(Span set, size_t *at)
{
    size_t size;
    if (set.data[*at] == '\\' && *at + 1 < set.size) ++*at;
    uint32_t member = utf8_decode(set.data + *at, set.data + set.size, &size);
    *at += size;
    return member;
}

/* The size of the bracket at the start of the pattern, with its ]; 0 if that is
 * missing. A ] in first position is a member. */
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

/* Whether the bracket at the start of the pattern matches the character. */
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

/* Matches the start of a pattern, which is not a star, against the first
 * character of a text, neither of them empty; advances both. */
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

static bool component_fits(Span pattern, Span component)
{
    Span after_star = {0}, retry = {0};
    bool has_star = false;
    while (component.size) {
        if (pattern.size && *pattern.data == '*') {
            pattern = span_of(pattern.data + 1, pattern.size - 1);
            after_star = pattern;
            retry = component;
            has_star = true;
            continue;
        }
        if (pattern.size && take_character(&pattern, &component)) continue;
        if (!has_star) return false;
        pattern = after_star;
        size_t size = character_size(retry);
        retry = span_of(retry.data + size, retry.size - size);
        component = retry;
    }
    while (pattern.size && *pattern.data == '*')
        pattern = span_of(pattern.data + 1, pattern.size - 1);
    return pattern.size == 0;
}

bool glob_fits(const Glob *glob, Span path)
{
    skip_start(&path);
    size_t at = 0, retry = 0, index = 0, after_star = 0, next;
    while (at <= path.size) {
        if (index + 1 == glob->count) return true; /* everything below */
        if (is_any_components(glob->components[index])) {
            after_star = ++index;
            retry = at;
            continue;
        }
        if (component_fits(glob->components[index],
                           component_at(path, at, &next))) {
            index++;
            at = next;
            continue;
        }
        if (!after_star) return false;
        index = after_star;
        component_at(path, retry, &retry);
        at = retry;
    }
    while (index < glob->count && is_any_components(glob->components[index]))
        index++;
    return index == glob->count;
}
