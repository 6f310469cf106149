/* html_page.c - HTML in memory to its title and its visible text; the only user
 * of gumbo.
 *
 * bytes ─▶ UTF-8 ─▶ html_references ─▶ html_prepare ─▶ gumbo's tree, in an
 * arena ─▶ walk ─▶ text
 *
 * gumbo has no way to stop early, and frees its tree by recursion. So its
 * memory comes from an arena, and where that has given enough, or too much time
 * has passed, a longjmp leaves the parser: all it holds is in the arena.
 */
#include "readers/html_page.h"

#include "common/base/arena.h"
#include "common/base/utf8_clean.h"
#include "common/input/decoder.h"
#include "common/input/encoding_detect.h"
#include "readers/html_prepare.h"
#include "readers/html_references.h"
#include "readers/visible_text.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdlib.h>
#include <time.h>

enum {
    KEPT_MEMORY = 16 << 20,   /* more is given back after a page */
    CALLS_BETWEEN_LOOKS = 256 /* at the clock */
};

typedef enum GivenUp {
    NOT_GIVEN_UP,
    TOO_MUCH_MEMORY,
    TOO_MUCH_TIME,
    OUT_OF_MEMORY
} GivenUp;

struct HtmlPage {
    Arena arena; /* of the tree */
    jmp_buf give_up;
    GivenUp given_up;
    size_t max_memory;
    double started; /* seconds of this thread */
    unsigned calls;
    Buf utf8, limited, prepared;
    VisibleText title, text;
    Buf path; /* Step[]: from the root to where the walk is */
};

Status html_page_new(HtmlPage **out, Error *error)
{
    *out = calloc(1, sizeof **out);
    return *out ? OK : fail_memory(error, "reading HTML");
}

void html_page_free(HtmlPage *page)
{
    if (!page) return;
    arena_release(&page->arena);
    buf_release(&page->utf8);
    buf_release(&page->limited);
    buf_release(&page->prepared);
    buf_release(&page->title.text);
    buf_release(&page->text.text);
    buf_release(&page->path);
    free(page);
}

/* --- Parsing --- */

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void give_up(HtmlPage *page, GivenUp why)
{
    page->given_up = why;
    longjmp(page->give_up, 1);
}

static void *allocate(void *userdata, size_t size)
{
    HtmlPage *page = userdata;
    if (++page->calls % CALLS_BETWEEN_LOOKS == 0 &&
        processor_seconds() - page->started > HTML_MAX_SECONDS)
        give_up(page, TOO_MUCH_TIME);
    bool fits = size < page->max_memory &&
                page->arena.total_bytes < page->max_memory - size;
    if (!fits) give_up(page, TOO_MUCH_MEMORY);
    void *memory = arena_alloc(&page->arena, size);
    if (!memory) give_up(page, OUT_OF_MEMORY);
    return memory;
}

static void deallocate(void *userdata, void *memory)
{
    (void)userdata;
    (void)memory;
}

/* The tree, or NULL if it was given up. */
static const GumboNode *parse(HtmlPage *page, Span html)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = page;
    options.max_errors = 0;
    size_t usual = ((size_t)64 << 20) + HTML_MAX_MEMORY_PER_BYTE * html.size;
    page->max_memory = usual < HTML_MAX_MEMORY ? usual : HTML_MAX_MEMORY;
    page->calls = 0;
    page->given_up = NOT_GIVEN_UP;
    page->started = processor_seconds();
    if (setjmp(page->give_up)) return NULL;
    return gumbo_parse_with_options(&options, (const char *)html.data,
                                    html.size)
        ->root;
}

/* --- What elements are --- */

typedef enum Role {
    ROLE_INLINE,
    ROLE_BLOCK, /* on lines of its own */
    ROLE_CELL,  /* apart from its neighbours */
    ROLE_LINE_BREAK,
    ROLE_PREFORMATTED, /* a block whose white space is kept */
    ROLE_TITLE,
    ROLE_HIDDEN
} Role;

/* As browsers' default style sheets have it, with scripts enabled: so noscript
 * is hidden, as is what replaces videos and frames. */
static const uint8_t ROLES[GUMBO_TAG_LAST] = {
    [GUMBO_TAG_HTML] = ROLE_BLOCK,
    [GUMBO_TAG_BODY] = ROLE_BLOCK,
    [GUMBO_TAG_ARTICLE] = ROLE_BLOCK,
    [GUMBO_TAG_SECTION] = ROLE_BLOCK,
    [GUMBO_TAG_NAV] = ROLE_BLOCK,
    [GUMBO_TAG_ASIDE] = ROLE_BLOCK,
    [GUMBO_TAG_H1] = ROLE_BLOCK,
    [GUMBO_TAG_H2] = ROLE_BLOCK,
    [GUMBO_TAG_H3] = ROLE_BLOCK,
    [GUMBO_TAG_H4] = ROLE_BLOCK,
    [GUMBO_TAG_H5] = ROLE_BLOCK,
    [GUMBO_TAG_H6] = ROLE_BLOCK,
    [GUMBO_TAG_HGROUP] = ROLE_BLOCK,
    [GUMBO_TAG_HEADER] = ROLE_BLOCK,
    [GUMBO_TAG_FOOTER] = ROLE_BLOCK,
    [GUMBO_TAG_ADDRESS] = ROLE_BLOCK,
    [GUMBO_TAG_P] = ROLE_BLOCK,
    [GUMBO_TAG_HR] = ROLE_BLOCK,
    [GUMBO_TAG_BLOCKQUOTE] = ROLE_BLOCK,
    [GUMBO_TAG_OL] = ROLE_BLOCK,
    [GUMBO_TAG_UL] = ROLE_BLOCK,
    [GUMBO_TAG_LI] = ROLE_BLOCK,
    [GUMBO_TAG_DL] = ROLE_BLOCK,
    [GUMBO_TAG_DT] = ROLE_BLOCK,
    [GUMBO_TAG_DD] = ROLE_BLOCK,
    [GUMBO_TAG_FIGURE] = ROLE_BLOCK,
    [GUMBO_TAG_FIGCAPTION] = ROLE_BLOCK,
    [GUMBO_TAG_MAIN] = ROLE_BLOCK,
    [GUMBO_TAG_DIV] = ROLE_BLOCK,
    [GUMBO_TAG_TABLE] = ROLE_BLOCK,
    [GUMBO_TAG_CAPTION] = ROLE_BLOCK,
    [GUMBO_TAG_TBODY] = ROLE_BLOCK,
    [GUMBO_TAG_THEAD] = ROLE_BLOCK,
    [GUMBO_TAG_TFOOT] = ROLE_BLOCK,
    [GUMBO_TAG_TR] = ROLE_BLOCK,
    [GUMBO_TAG_FORM] = ROLE_BLOCK,
    [GUMBO_TAG_FIELDSET] = ROLE_BLOCK,
    [GUMBO_TAG_LEGEND] = ROLE_BLOCK,
    [GUMBO_TAG_OPTGROUP] = ROLE_BLOCK,
    [GUMBO_TAG_OPTION] = ROLE_BLOCK,
    [GUMBO_TAG_DETAILS] = ROLE_BLOCK,
    [GUMBO_TAG_SUMMARY] = ROLE_BLOCK,
    [GUMBO_TAG_MENU] = ROLE_BLOCK,
    [GUMBO_TAG_DIR] = ROLE_BLOCK,
    [GUMBO_TAG_CENTER] = ROLE_BLOCK,
    [GUMBO_TAG_MULTICOL] = ROLE_BLOCK,
    [GUMBO_TAG_TD] = ROLE_CELL,
    [GUMBO_TAG_TH] = ROLE_CELL,
    [GUMBO_TAG_RT] = ROLE_CELL,
    [GUMBO_TAG_BUTTON] = ROLE_CELL,
    [GUMBO_TAG_SELECT] = ROLE_CELL,
    [GUMBO_TAG_MARQUEE] = ROLE_CELL,
    [GUMBO_TAG_BR] = ROLE_LINE_BREAK,
    [GUMBO_TAG_PRE] = ROLE_PREFORMATTED,
    [GUMBO_TAG_LISTING] = ROLE_PREFORMATTED,
    [GUMBO_TAG_XMP] = ROLE_PREFORMATTED,
    [GUMBO_TAG_PLAINTEXT] = ROLE_PREFORMATTED,
    [GUMBO_TAG_TEXTAREA] = ROLE_PREFORMATTED,
    [GUMBO_TAG_TITLE] = ROLE_TITLE,
    [GUMBO_TAG_SCRIPT] = ROLE_HIDDEN,
    [GUMBO_TAG_STYLE] = ROLE_HIDDEN,
    [GUMBO_TAG_TEMPLATE] = ROLE_HIDDEN,
    [GUMBO_TAG_NOSCRIPT] = ROLE_HIDDEN,
    [GUMBO_TAG_NOFRAMES] = ROLE_HIDDEN,
    [GUMBO_TAG_NOEMBED] = ROLE_HIDDEN,
    [GUMBO_TAG_IFRAME] = ROLE_HIDDEN,
    [GUMBO_TAG_VIDEO] = ROLE_HIDDEN,
    [GUMBO_TAG_AUDIO] = ROLE_HIDDEN,
    [GUMBO_TAG_CANVAS] = ROLE_HIDDEN,
    [GUMBO_TAG_DATALIST] = ROLE_HIDDEN,
    [GUMBO_TAG_RP] = ROLE_HIDDEN};

/* Elements that gumbo has no number for. */
static Role role_by_name(const GumboElement *element)
{
    static const struct {
        const char *name;
        Role role;
    } named[] = {{"dialog", ROLE_BLOCK},      {"search", ROLE_BLOCK},
                 {"mtr", ROLE_BLOCK},         {"mtd", ROLE_CELL},
                 {"annotation", ROLE_HIDDEN}, {"metadata", ROLE_HIDDEN},
                 {"text", ROLE_BLOCK}}; /* of SVG */
    GumboStringPiece tag = element->original_tag;
    gumbo_tag_from_original_text(&tag);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (span_equal_caseless(span_of(tag.data, tag.length),
                                span_text(named[i].name)))
            return named[i].role;
    }
    return ROLE_INLINE;
}

/* Whether a template is the shadow root of its parent, which browsers show and
 * saved pages are full of. "shadowroot" is what Chromium wrote until 2023. */
static bool is_shadow_root(const GumboElement *template)
{
    static const char *const names[] = {"shadowrootmode", "shadowroot"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const GumboAttribute *mode = gumbo_get_attribute(&template->attributes,
                                                         names[i]);
        if (!mode) continue;
        Span value = span_text(mode->value);
        if (span_equal_caseless(value, span_text("open")) ||
            span_equal_caseless(value, span_text("closed")))
            return true;
    }
    return false;
}

static Role role_of(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEMPLATE)
        return is_shadow_root(&node->v.element) ? ROLE_INLINE : ROLE_HIDDEN;
    if (node->type != GUMBO_NODE_ELEMENT) return ROLE_INLINE;
    const GumboElement *element = &node->v.element;
    if (element->tag == GUMBO_TAG_UNKNOWN) return role_by_name(element);
    Role role = (Role)ROLES[element->tag];
    if (element->tag_namespace == GUMBO_NAMESPACE_HTML) return role;
    bool is_described = element->tag == GUMBO_TAG_DESC ||
                        element->tag == GUMBO_TAG_TITLE ||
                        element->tag == GUMBO_TAG_ANNOTATION_XML;
    return is_described ? ROLE_HIDDEN : role;
}

/* --- The walk --- */

/* An element on the way from the root. */
typedef struct Step {
    const GumboNode *node;
    unsigned next; /* child */
    Role role;
    bool keeps_space;
    VisibleText *out; /* NULL: hidden */
} Step;

static TextBreak break_of(Role role)
{
    switch (role) {
    case ROLE_BLOCK:
    case ROLE_LINE_BREAK:
    case ROLE_PREFORMATTED: return BREAK_LINE;
    case ROLE_CELL: return BREAK_SPACE;
    case ROLE_INLINE:
    case ROLE_TITLE:
    case ROLE_HIDDEN:
    default: return BREAK_NONE;
    }
}

static VisibleText *output_of(HtmlPage *page, const Step *parent, Role role)
{
    if (role == ROLE_HIDDEN || !parent->out) return NULL;
    if (role != ROLE_TITLE) return parent->out;
    return page->title.text.size ? NULL : &page->title; /* the first counts */
}

static void enter(HtmlPage *page, const Step *parent, const GumboNode *node)
{
    Step step = {.node = node, .role = role_of(node)};
    step.out = output_of(page, parent, step.role);
    step.keeps_space = parent->keeps_space || step.role == ROLE_PREFORMATTED;
    if (step.out) visible_text_break(step.out, break_of(step.role));
    buf_put(&page->path, &step, sizeof step);
}

static void leave(HtmlPage *page, const Step *step)
{
    if (step->out) visible_text_break(step->out, break_of(step->role));
    page->path.size -= sizeof *step;
}

static void put_text(const Step *step, const GumboNode *node)
{
    bool is_text = node->type == GUMBO_NODE_TEXT ||
                   node->type == GUMBO_NODE_WHITESPACE ||
                   node->type == GUMBO_NODE_CDATA;
    if (!is_text || !step->out) return;
    visible_text_put(step->out, span_text(node->v.text.text),
                     step->keeps_space);
}

static void walk(HtmlPage *page, const GumboNode *root)
{
    buf_clear(&page->path);
    enter(page, &(Step){.out = &page->text}, root);
    while (page->path.size && page->path.status == OK) {
        Step *last = (Step *)(void *)(page->path.data + page->path.size) - 1;
        const GumboVector *children = &last->node->v.element.children;
        if (last->next == children->length) {
            leave(page, last);
            continue;
        }
        const GumboNode *child = children->data[last->next++];
        Step parent = *last; /* the path may move */
        if (child->type == GUMBO_NODE_ELEMENT ||
            child->type == GUMBO_NODE_TEMPLATE) {
            enter(page, &parent, child);
        } else {
            put_text(&parent, child);
        }
    }
}

/* --- A page --- */

/* The page as UTF-8. */
static Status decode(HtmlPage *page, Span bytes, const char *charset, Span *out,
                     bool *is_broken, Error *error)
{
    const Encoding *encoding = charset ? encoding_find(span_text(charset))
                                       : NULL;
    if (!encoding) encoding = encoding_declared(bytes, true);
    *out = bytes;
    *is_broken = false;
    if (!encoding || encoding->kind == ENCODING_UTF8) return OK;
    buf_clear(&page->utf8);
    Status status = encoding_put_text(&page->utf8, encoding, bytes, is_broken,
                                      error);
    *out = buf_span(&page->utf8);
    return status;
}

static void give_back(HtmlPage *page)
{
    if (page->arena.total_bytes > KEPT_MEMORY) arena_release(&page->arena);
    arena_reset(&page->arena);
}

static const char *reason_of(GivenUp given_up)
{
    return given_up == TOO_MUCH_TIME
               ? "HTML that takes more than a minute to parse"
               : "HTML that takes too much memory to parse";
}

Status html_page_read(HtmlPage *page, Span bytes, const char *charset,
                      HtmlText *out, Error *error)
{
    *out = (HtmlText){0};
    visible_text_clear(&page->title);
    visible_text_clear(&page->text);
    if (bytes.size > HTML_PAGE_MAX_BYTES) {
        out->reason = HTML_PAGE_TOO_LARGE;
        return OK;
    }
    Span html;
    Status status = decode(page, bytes, charset, &html, &out->is_replaced,
                           error);
    if (status != OK) return status;
    out->is_replaced = out->is_replaced || !utf8_is_clean(html);
    html = html_limit_references(html, &page->limited);
    html = html_prepare(html, &page->prepared);
    buf_keep_failure(&page->prepared, &page->limited);
    status = buf_check(&page->prepared, "reading HTML", error);
    if (status != OK) return status;
    const GumboNode *root = parse(page, html);
    if (root) walk(page, root);
    if (!root) out->reason = reason_of(page->given_up);
    give_back(page);
    if (page->given_up == OUT_OF_MEMORY)
        return fail_memory(error, "reading HTML");
    out->title = buf_span(&page->title.text);
    out->text = buf_span(&page->text.text);
    buf_keep_failure(&page->text.text, &page->title.text);
    buf_keep_failure(&page->text.text, &page->path);
    return buf_check(&page->text.text, "reading HTML", error);
}
