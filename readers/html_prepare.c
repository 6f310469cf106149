/* html_prepare.c - changes a page where a parser of HTML would take too long,
 * or not read it as a browser does.
 *
 * One pass over the tags, which does not know where the parser's elements
 * really end: of each name it counts those that are open. Tags that HTML closes
 * by itself (<p>, <li>, <td>) do not count; where they nest, tags that count
 * are between them.
 */
#include "readers/html_prepare.h"

#include "common/input/blank.h" /* span_trim */

enum {
    MANY_TAGS = 10000,
    NAME_SLOTS = 1024, /* of a hash table */
    RAW_NAME_BYTES = 8 /* at most, of elements of raw text */
};

typedef enum TagKind {
    TAG_BLOCK,    /* or any other that nests */
    TAG_INLINE,   /* nests, and does not separate words */
    TAG_UNNESTED, /* has no content, or is ended by the next of its kind */
    TAG_RAW,      /* its content has no tags */
    TAG_NOSCRIPT, /* the same */
    TAG_PLAIN,    /* the rest of the page has no tags */
    TAG_OBSOLETE, /* browsers ignore it */
    TAG_KINDS
} TagKind;

/* All others are blocks. */
static const char *const NAMES[TAG_KINDS] = {
    [TAG_INLINE] = "a abbr acronym b bdi bdo big cite code data del dfn em "
                   "font i ins kbd label mark nobr q s samp small span strike "
                   "strong sub sup time tt u var",
    [TAG_UNNESTED] = "p li dt dd option optgroup tr td th thead tbody tfoot "
                     "colgroup rp rt html head body br img input meta link hr "
                     "area base col embed param source track wbr basefont "
                     "bgsound frame keygen",
    [TAG_RAW] = "script style title textarea xmp iframe noembed noframes",
    [TAG_NOSCRIPT] = "noscript",
    [TAG_PLAIN] = "plaintext",
    [TAG_OBSOLETE] = "isindex"};

/* A name of the lists above, in a slot of its hash or after it. */
typedef struct KnownName {
    Span name; /* empty: the slot is free */
    TagKind kind;
} KnownName;

static const char CHARACTER_DATA[] = "<![CDATA[";

typedef struct Scan {
    Span html;
    Buf *out;
    size_t copied; /* bytes of html that are in *out, or were left out */
    bool is_changed, is_xhtml;
    size_t depth;
    KnownName known[NAME_SLOTS];
    /* By the hash of the name; it does no harm that names share a slot. */
    unsigned open[NAME_SLOTS], dropped[NAME_SLOTS];
} Scan;

/* A tag of the page. */
typedef struct HtmlTag {
    size_t start, end;
    size_t name_end;
    Span name;
    bool has_attributes;
    TagKind kind;
    bool closes, is_empty; /* </name>, <name/> */
} HtmlTag;

/* HTML's white space: not the vertical tab. */
static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' ||
           byte == '\f';
}

static unsigned slot_of(Span name)
{
    unsigned hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (name.data[i] | 0x20u)) * 16777619u;
    return hash % NAME_SLOTS;
}

/* The slot of a name, or the free one where it would be. */
static KnownName *find_name(Scan *scan, Span name)
{
    unsigned slot = slot_of(name);
    while (scan->known[slot].name.size &&
           !span_equal_caseless(scan->known[slot].name, name))
        slot = (slot + 1) % NAME_SLOTS;
    return &scan->known[slot];
}

static void learn_names(Scan *scan)
{
    for (TagKind kind = 0; kind < TAG_KINDS; kind++) {
        const char *at = NAMES[kind] ? NAMES[kind] : "";
        while (*at) {
            Span name = span_of(at, strcspn(at, " "));
            *find_name(scan, name) = (KnownName){name, kind};
            at += name.size + (at[name.size] == ' ');
        }
    }
}

/* Replaces html[start..end) by `text`. */
static void replace(Scan *scan, size_t start, size_t end, const char *text)
{
    scan->is_changed = true;
    buf_put(scan->out, scan->html.data + scan->copied, start - scan->copied);
    buf_put_text(scan->out, text);
    scan->copied = end;
}

/* The end of the attribute at `at`, which is no blank, slash or >. */
static size_t attribute_end(Span html, size_t at)
{
    const uint8_t *bytes = html.data;
    size_t start = at;
    while (at < html.size && bytes[at] != '>' && bytes[at] != '/' &&
           !is_space(bytes[at]) && (bytes[at] != '=' || at == start))
        at++;
    size_t value = at;
    while (value < html.size && is_space(bytes[value])) value++;
    if (value == html.size || bytes[value] != '=') return at;
    for (value++; value < html.size && is_space(bytes[value]);) value++;
    if (value == html.size || bytes[value] == '>') return value;
    uint8_t quote = bytes[value];
    if (quote == '"' || quote == '\'') {
        size_t end = span_find(html, value + 1, quote);
        return end < html.size ? end + 1 : end;
    }
    while (value < html.size && bytes[value] != '>' && !is_space(bytes[value]))
        value++;
    return value;
}

/* Reads the tag whose < is at `start`; false if the page ends in it. */
static bool read_tag(Span html, size_t start, HtmlTag *tag)
{
    const uint8_t *bytes = html.data;
    *tag = (HtmlTag){.start = start, .closes = bytes[start + 1] == '/'};
    size_t at = start + 1 + tag->closes, name = at;
    while (at < html.size && bytes[at] != '>' && bytes[at] != '/' &&
           !is_space(bytes[at]))
        at++;
    tag->name = span_of(bytes + name, at - name);
    tag->name_end = at;
    while (at < html.size && bytes[at] != '>') {
        tag->is_empty = bytes[at] == '/';
        if (tag->is_empty || is_space(bytes[at])) {
            at++;
            continue;
        }
        tag->has_attributes = true;
        at = attribute_end(html, at);
    }
    tag->end = at + 1;
    return at < html.size;
}

static size_t comment_end(Span html, size_t start)
{
    for (size_t at = start + 4;; at++) {
        at = span_find(html, at, '>');
        if (at == html.size) return at;
        const uint8_t *end = html.data + at;
        if (!memcmp(end - 2, "--", 2) || !memcmp(end - 3, "--!", 3))
            return at + 1;
    }
}

/* Where the raw text of an element ends: at its end tag. */
static size_t raw_text_end(Span html, size_t at, Span name)
{
    for (;; at++) {
        at = span_find(html, at, '<');
        if (html.size - at < name.size + 3) return html.size;
        const uint8_t *tag = html.data + at;
        uint8_t next = tag[2 + name.size];
        if (tag[1] == '/' &&
            span_equal_caseless(span_of(tag + 2, name.size), name) &&
            (is_space(next) || next == '/' || next == '>'))
            return at;
    }
}

static void drop_tag(Scan *scan, const HtmlTag *tag)
{
    replace(scan, tag->start, tag->end, tag->kind == TAG_INLINE ? "" : "<br>");
}

/* Whether the tag is to be left out; counts it. */
static bool is_too_deep(Scan *scan, const HtmlTag *tag)
{
    unsigned *open = &scan->open[slot_of(tag->name)];
    unsigned *dropped = &scan->dropped[slot_of(tag->name)];
    if (tag->closes) {
        bool was_dropped = *dropped > 0;
        *dropped -= was_dropped;
        if (was_dropped || !*open) return was_dropped;
        --*open;
        scan->depth--;
        return false;
    }
    bool is_deep = scan->depth == HTML_MAX_DEPTH;
    ++*(is_deep ? dropped : open);
    scan->depth += !is_deep;
    return is_deep;
}

/* <script src="x"/> becomes <script src="x"></script>. */
static void end_empty_element(Scan *scan, const HtmlTag *tag)
{
    char text[RAW_NAME_BYTES + 5];
    memcpy(text, "></", 3);
    memcpy(text + 3, tag->name.data, tag->name.size);
    memcpy(text + 3 + tag->name.size, ">", 2);
    replace(scan, tag->end - 2, tag->end, text);
}

/* Goes on after the raw text of an element. */
static size_t skip_raw_text(Scan *scan, const HtmlTag *tag)
{
    size_t end = raw_text_end(scan->html, tag->end, tag->name);
    HtmlTag end_tag;
    bool is_left_out = tag->kind == TAG_NOSCRIPT && end < scan->html.size &&
                       read_tag(scan->html, end, &end_tag);
    if (is_left_out) replace(scan, tag->end, end, "");
    return is_left_out ? end_tag.end : end;
}

/* But in MathML an attribute says that HTML follows, and one of a template that
 * it is shown. */
static void drop_attributes(Scan *scan, const HtmlTag *tag)
{
    if (!tag->has_attributes ||
        span_equal_caseless(tag->name, span_text("annotation-xml")) ||
        span_equal_caseless(tag->name, span_text("template")))
        return;
    replace(scan, tag->name_end, tag->end - 1 - tag->is_empty, "");
}

/* Returns where to go on. */
static size_t scan_tag(Scan *scan, size_t start)
{
    HtmlTag tag;
    if (!read_tag(scan->html, start, &tag)) {
        replace(scan, start, scan->html.size, "");
        return scan->html.size;
    }
    tag.kind = find_name(scan, tag.name)->kind;
    bool nests = tag.kind == TAG_BLOCK || tag.kind == TAG_INLINE;
    if ((nests && is_too_deep(scan, &tag)) || tag.kind == TAG_OBSOLETE) {
        drop_tag(scan, &tag);
        return tag.end;
    }
    drop_attributes(scan, &tag);
    if (tag.kind == TAG_PLAIN) return scan->html.size;
    if (tag.closes || nests || tag.kind == TAG_UNNESTED) return tag.end;
    if (!tag.is_empty || !scan->is_xhtml) return skip_raw_text(scan, &tag);
    end_empty_element(scan, &tag);
    return tag.end;
}

/* Makes <![CDATA[a<b]]> of XHTML a&lt;b. Returns where to go on. */
static size_t unwrap_character_data(Scan *scan, size_t start)
{
    Span html = scan->html;
    size_t begin = start + sizeof CHARACTER_DATA - 1, at = begin;
    do {
        at = span_find(html, at + 1, '>');
    } while (at < html.size && memcmp(html.data + at - 2, "]]", 2) != 0);
    if (at == html.size) return at;
    replace(scan, start, at + 1, "");
    for (size_t i = begin; i + 2 < at; i++) {
        uint8_t byte = html.data[i];
        buf_put_text(scan->out, byte == '<'   ? "&lt;"
                                : byte == '&' ? "&amp;"
                                              : "");
        if (byte != '<' && byte != '&') buf_put_byte(scan->out, byte);
    }
    return at + 1;
}

static bool is_character_data(const Scan *scan, size_t at)
{
    Span rest = span_of(scan->html.data + at, scan->html.size - at);
    bool is_foreign = scan->open[slot_of(span_text("svg"))] ||
                      scan->open[slot_of(span_text("math"))];
    return (scan->is_xhtml || is_foreign) &&
           span_begins(rest, span_text(CHARACTER_DATA));
}

static void scan_tags(Scan *scan)
{
    Span html = scan->html;
    size_t at = span_find(html, 0, '<');
    while (html.size - at > 3) {
        const uint8_t *bytes = html.data + at;
        bool is_tag = byte_is_letter(bytes[1]) ||
                      (bytes[1] == '/' && byte_is_letter(bytes[2]));
        if (is_tag) {
            at = scan_tag(scan, at);
        } else if (!memcmp(bytes, "<!--", 4)) {
            at = comment_end(html, at);
        } else if (is_character_data(scan, at)) {
            at = unwrap_character_data(scan, at);
        } else if (bytes[1] == '!' || bytes[1] == '?' || bytes[1] == '/') {
            at = span_find(html, at, '>');
        } else {
            at++;
        }
        at = span_find(html, at, '<');
    }
}

/* By the beginning: an XML declaration, or the namespace. */
static bool looks_like_xhtml(Span html)
{
    static const char name[] = "http://www.w3.org/1999/xhtml";
    enum { NEAR_BYTES = 2048, NAME_BYTES = sizeof name - 1 };
    Span text = span_trim(html);
    if (span_begins(text, span_text("<?xml"))) return true;
    size_t near = html.size < NEAR_BYTES ? html.size : NEAR_BYTES;
    for (size_t i = 0; i + NAME_BYTES <= near; i++)
        if (!memcmp(html.data + i, name, NAME_BYTES)) return true;
    return false;
}

/* The next <frameset from `at` on. Any bytes count, so that no way to write a
 * page can hide one. */
static size_t find_frameset(Span html, size_t at)
{
    static const char name[] = "frameset";
    enum { NAME_BYTES = sizeof name - 1 };
    for (;; at++) {
        at = span_find(html, at, '<');
        if (html.size - at <= NAME_BYTES) return html.size;
        if (span_equal_caseless(span_of(html.data + at + 1, NAME_BYTES),
                                span_text(name)))
            return at;
    }
}

static bool has_many_tags(Span html)
{
    size_t count = 0;
    for (size_t at = 0; count <= MANY_TAGS; count++, at++)
        if ((at = span_find(html, at, '<')) == html.size) return false;
    return true;
}

Span html_prepare(Span html, Buf *room)
{
    Scan scan = {.html = html, .out = room};
    buf_clear(room);
    scan.is_xhtml = looks_like_xhtml(html);
    learn_names(&scan);
    scan_tags(&scan);
    bool has_frameset = find_frameset(html, 0) < html.size &&
                        has_many_tags(html);
    if (!scan.is_changed && !has_frameset) return html;
    buf_put(room, html.data + scan.copied, html.size - scan.copied);
    if (!has_frameset || room->status != OK) return buf_span(room);
    Span page = buf_span(room);
    for (size_t at = 0; (at = find_frameset(page, at)) < page.size; at++)
        room->data[at + 1] = 'x';
    return page;
}
