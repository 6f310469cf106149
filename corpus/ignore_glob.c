/* ignore_glob.c - whether a path matches a pattern of .gitignore.
 *
 * On a mismatch only the last star is retried, one byte later, and when it
 * cannot grow (it ends before a slash), the last `**`, one component later:
 * what is between two stars was matched as early as possible, so a retry of an
 * earlier one would find nothing more.
 */
#include "corpus/ignore_glob.h"

size_t ignore_glob_literal(Span glob)
{
    size_t size = 0;
    while (size < glob.size && !strchr("*?[\\", glob.data[size])) size++;
    return size;
}

/* Whether the byte is in the class, as of [[:alpha:]]; *known is whether there
 * is such a class. */
static bool is_in_class(Span name, uint8_t byte, bool *known)
{
    bool upper = byte >= 'A' && byte <= 'Z', lower = byte >= 'a' && byte <= 'z';
    bool digit = byte >= '0' && byte <= '9', graph = byte > ' ' && byte < 0x7f;
    bool alpha = upper || lower, blank = byte == ' ' || byte == '\t';
    const struct {
        const char *name;
        bool has;
    } classes[] = {{"alnum", alpha || digit},
                   {"alpha", alpha},
                   {"blank", blank},
                   {"cntrl", byte < ' ' || byte == 0x7f},
                   {"digit", digit},
                   {"graph", graph},
                   {"lower", lower},
                   {"print", graph || byte == ' '},
                   {"punct", graph && !alpha && !digit},
                   {"space", blank || byte == '\n' || byte == '\r'},
                   {"upper", upper},
                   {"xdigit", digit || (alpha && (byte | 0x20) <= 'f')}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        *known = span_equals_text(name, classes[i].name);
        if (*known) return classes[i].has;
    }
    return false;
}

/* The bytes of a set: where it is read, and what it has. */
typedef struct Set {
    Span glob;
    size_t at;
    uint8_t byte; /* looked for */
    int before;   /* the member that a range would begin with, or -1 */
    bool found;
} Set;

/* The next byte, or the one after a backslash; false at the end. */
static bool take_member(Set *set, uint8_t *member)
{
    const uint8_t *bytes = set->glob.data;
    if (set->at < set->glob.size && bytes[set->at] == '\\') set->at++;
    if (set->at >= set->glob.size) return false;
    *member = bytes[set->at++];
    return true;
}

/* After `[:`, which is an ordinary member if no `:]` ends it. */
static bool take_class(Set *set)
{
    const uint8_t *start = set->glob.data + set->at + 2;
    size_t left = set->glob.size - set->at - 2;
    const uint8_t *end = left ? memchr(start, ']', left) : NULL;
    if (!end) return false;
    bool known = true;
    if (end == start || end[-1] != ':') {
        set->found = set->found || set->byte == '[';
        set->before = '[';
        set->at++;
        return true;
    }
    Span name = span_of(start, (size_t)(end - start) - 1);
    bool has = is_in_class(name, set->byte, &known);
    set->found = set->found || has;
    set->before = -1;
    set->at += 2 + name.size + 2;
    return known;
}

static bool begins_range(const Set *set)
{
    const uint8_t *at = set->glob.data + set->at;
    return at[0] == '-' && set->before >= 0 && set->glob.size - set->at > 1 &&
           at[1] != ']';
}

/* A byte, a range or a class. */
static bool take_part(Set *set)
{
    const uint8_t *at = set->glob.data + set->at;
    uint8_t member;
    if (at[0] == '[' && set->glob.size - set->at > 1 && at[1] == ':')
        return take_class(set);
    bool is_range = begins_range(set);
    set->at += is_range;
    if (!take_member(set, &member)) return false;
    int low = is_range ? set->before : member;
    set->found = set->found || (set->byte >= low && set->byte <= member);
    set->before = is_range ? -1 : member;
    return true;
}

/* The set that begins after the bracket at *at; moves *at after it. */
static bool take_set(Span glob, size_t *at, uint8_t byte)
{
    Set set = {.glob = glob, .at = *at, .byte = byte, .before = -1};
    bool negated = set.at < glob.size &&
                   (glob.data[set.at] == '!' || glob.data[set.at] == '^');
    set.at += negated;
    size_t first = set.at; /* a bracket there is a member */
    for (;;) {
        if (set.at >= glob.size) return false;
        if (glob.data[set.at] == ']' && set.at > first) break;
        if (!take_part(&set)) return false;
    }
    *at = set.at + 1;
    return set.found != negated && byte != '/';
}

/* Whether the glob takes this byte at *at, which is moved then. */
static bool take_byte(Span glob, size_t *at, uint8_t byte)
{
    if (*at >= glob.size) return false;
    uint8_t mark = glob.data[*at];
    size_t next = *at + 1;
    bool fits = mark == byte;
    if (mark == '?') {
        fits = byte != '/';
    } else if (mark == '[') {
        fits = take_set(glob, &next, byte);
    } else if (mark == '\\') {
        fits = next < glob.size && glob.data[next] == byte;
        next++;
    }
    if (fits) *at = next;
    return fits;
}

/* The end of the stars at `at`. */
static size_t end_of_stars(Span glob, size_t at)
{
    while (at < glob.size && glob.data[at] == '*') at++;
    return at;
}

/* Whether the stars from `at` to `end` are a component of two or more. */
static bool is_any_components(Span glob, size_t at, size_t end)
{
    return end - at > 1 && (at == 0 || glob.data[at - 1] == '/') &&
           (end == glob.size || glob.data[end] == '/');
}

/* Where matching goes on after a mismatch: the glob after its stars, and how
 * far in the path they reach. */
typedef struct Retry {
    bool is_set;
    size_t glob, path;
} Retry;

static bool retry(Span path, Retry *star, Retry *components, Retry *out)
{
    if (star->is_set && star->path < path.size &&
        path.data[star->path] != '/') {
        star->path++;
        *out = *star;
        return true;
    }
    star->is_set = false;
    if (!components->is_set) return false;
    size_t from = components->path;
    const uint8_t *slash = memchr(path.data + from, '/', path.size - from);
    if (!slash) return false;
    components->path = (size_t)(slash - path.data) + 1;
    *out = *components;
    return true;
}

bool ignore_glob_matches(Span glob, Span path)
{
    Retry now = {0}, star = {0}, components = {0};
    while (now.glob < glob.size || now.path < path.size) {
        size_t end = end_of_stars(glob, now.glob);
        if (is_any_components(glob, now.glob, end)) {
            if (end == glob.size) return now.path < path.size;
            now.glob = end + 1;
            components = (Retry){true, now.glob, now.path};
            star.is_set = false;
        } else if (end > now.glob) {
            now.glob = end;
            star = (Retry){true, now.glob, now.path};
        } else if (now.path < path.size &&
                   take_byte(glob, &now.glob, path.data[now.path])) {
            if (path.data[now.path++] == '/') star.is_set = false;
        } else if (!retry(path, &star, &components, &now)) {
            return false;
        }
    }
    return true;
}
