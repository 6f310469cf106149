/* zero_hits.c - why a query found nothing.
 *
 * The words of the query are looked up one by one. If the index lacks some,
 * that is the reason, and what is near them is shown. Else it is how they
 * were asked for together that found nothing.
 */
#include "searcher/zero_hits.h"

#include "common/base/human.h"
#include "common/segment/dictionary.h"
#include "searcher/execute/near_terms.h"
#include "searcher/output/plain_text.h"

enum { MOST_WORDS = 8, MOST_EXPLAINED = 3, LIKE_BYTES = 4, ENDING_BYTES = 3 };

/* A word that was asked for, or a pattern. */
typedef struct AskedWord {
    const QueryNode *pattern; /* NULL: a word */
    Span text;
    uint64_t df; /* of a pattern: words that fit it */
} AskedWord;

typedef struct AskedWords {
    AskedWord words[MOST_WORDS];
    size_t count;
    bool more;     /* than are in `words` */
    size_t absent; /* of `words` */
    bool in_part, in_phrase;
} AskedWords;

static void collect_word(AskedWords *asked, Span text, const QueryNode *pattern)
{
    for (size_t i = 0; i < asked->count; i++) {
        const AskedWord *word = &asked->words[i];
        if (!word->pattern == !pattern && span_equal(word->text, text)) return;
    }
    asked->more |= asked->count == MOST_WORDS;
    if (asked->more) return;
    asked->words[asked->count++] = (AskedWord){.pattern = pattern,
                                               .text = text};
}

/* A word of a phrase that stands for all that begin so is left out. */
static void collect_words(AskedWords *asked, const QueryNode *node)
{
    asked->in_part |= node->part != PART_ANY;
    if (node->kind == QUERY_TERM) collect_word(asked, node->term, NULL);
    if (node->kind == QUERY_EXPANSION) collect_word(asked, node->term, node);
    for (size_t i = 0; i < node->word_count; i++) {
        asked->in_phrase = true;
        if (!node->words[i].is_prefix) {
            collect_word(asked, node->words[i].term, NULL);
        }
    }
    for (size_t i = 0; i < node->clause_count; i++) {
        if (node->clauses[i].occur == OCCUR_NOT) continue;
        collect_words(asked, node->clauses[i].node);
    }
}

static Status count_documents(Index *index, AskedWord *word, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < index->manifest.segment_count; i++) {
        TermRecord record;
        bool found;
        status = dictionary_find(index->segments[i], word->text, &record,
                                 &found, error);
        if (status == OK && found) word->df += record.df;
    }
    return status;
}

static Status look_up(Session *session, AskedWords *asked, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < asked->count; i++) {
        AskedWord *word = &asked->words[i];
        Expansion expansion = {0};
        if (word->pattern) {
            status = expansion_find(session->index, word->pattern, 1,
                                    &session->arena, &expansion, error);
            word->df = expansion.found;
        } else {
            status = count_documents(session->index, word, error);
        }
        asked->absent += word->df == 0;
    }
    return status;
}

/* The hints so far; all memory is the arena's, which keeps a failure. */
typedef struct Hints {
    Arena *arena;
    const QueryNote *first;
    QueryNote *last;
} Hints;

static void add_hint(Hints *hints, Span text)
{
    QueryNote *hint = arena_alloc(hints->arena, sizeof *hint);
    Span copy = arena_copy(hints->arena, text);
    if (!hint || !copy.data) return;
    *hint = (QueryNote){.text = (const char *)copy.data, .aloud = true};
    if (hints->last) hints->last->next = hint;
    if (!hints->first) hints->first = hint;
    hints->last = hint;
}

/* Takes a line and empties it. */
static void take_line(Hints *hints, Buf *line)
{
    const char *text = buf_text(line);
    if (text) add_hint(hints, span_text(text));
    if (!text) hints->arena->status = line->status;
    buf_clear(line);
}

static void put_word(Buf *line, const AskedWord *word)
{
    put_plain_text(line, word->text);
    if (word->pattern) buf_put_text(line, query_pattern_mark(word->pattern));
}

static void put_near(Buf *line, const NearTerms *near)
{
    for (size_t i = 0; i < near->count; i++) {
        buf_put_text(line, i ? ", " : "; near it: ");
        put_plain_text(line, near->terms[i].text);
        buf_put_text(line, " (");
        put_counted(line, near->terms[i].df, "document");
        buf_put_byte(line, ')');
    }
}

/* Whether two words differ in their endings only, as forms of one do. */
static bool may_be_forms(Span a, Span b)
{
    size_t alike = 0;
    while (alike < a.size && alike < b.size && a.data[alike] == b.data[alike]) {
        alike++;
    }
    return alike >= LIKE_BYTES && a.size - alike <= ENDING_BYTES &&
           b.size - alike <= ENDING_BYTES;
}

static bool has_form(const NearTerms *near, Span word)
{
    for (size_t i = 0; i < near->count; i++) {
        if (may_be_forms(near->terms[i].text, word)) return true;
    }
    return false;
}

static bool keeps_stems(const Session *session)
{
    const AnalyzerOptions *analyzer = &session->index->manifest.analyzer;
    return analyzer->stem ||
           (analyzer->name && !strcmp(analyzer->name, "english"));
}

static void explain_word(const Session *session, const AskedWord *word,
                         const NearTerms *near, bool *said_stem, Hints *hints)
{
    Buf line = {0};
    buf_put_text(&line, word->pattern ? "no word of the index fits '"
                                      : "no document has '");
    put_word(&line, word);
    buf_put_byte(&line, '\'');
    put_near(&line, near);
    take_line(hints, &line);
    if (near->goes_on) {
        buf_put_byte(&line, '\'');
        put_plain_text(&line, word->text);
        buf_put_text(&line, "*' finds words that begin so");
        take_line(hints, &line);
    }
    if (!*said_stem && !keeps_stems(session) && has_form(near, word->text)) {
        add_hint(
            hints,
            span_text("an index made with --stem LANGUAGE finds all forms of "
                      "a word"));
        *said_stem = true;
    }
    buf_release(&line);
}

static Status explain_absent(Session *session, const AskedWords *asked,
                             Hints *hints, Error *error)
{
    size_t explained = 0;
    bool said_stem = false;
    for (size_t i = 0; i < asked->count && explained < MOST_EXPLAINED; i++) {
        const AskedWord *word = &asked->words[i];
        NearTerms near = {0};
        if (word->df) continue;
        Status status = OK;
        if (!word->pattern || word->pattern->pattern == PATTERN_FUZZY) {
            status = near_terms_find(session->index, word->text,
                                     &session->arena, &near, error);
        }
        if (status != OK) return status;
        explain_word(session, word, &near, &said_stem, hints);
        explained++;
    }
    return OK;
}

/* "alone, fox is in 3 documents, zzzz is in none" */
static void count_each(const AskedWords *asked, Hints *hints)
{
    Buf line = {0};
    buf_put_text(&line, asked->in_part ? "in title or text, " : "alone, ");
    for (size_t i = 0; i < asked->count; i++) {
        const AskedWord *word = &asked->words[i];
        if (i) buf_put_text(&line, ", ");
        put_word(&line, word);
        buf_put_text(&line, word->pattern ? " fits " : " is in ");
        if (word->df) {
            put_counted(&line, word->df, word->pattern ? "word" : "document");
        } else {
            buf_put_text(&line, "none");
        }
    }
    if (asked->more) buf_put_text(&line, ", ...");
    take_line(hints, &line);
    buf_release(&line);
}

static void add_remedy(const Session *session, const AskedWords *asked,
                       Hints *hints)
{
    if (session->parse_options.require_all) {
        add_hint(
            hints,
            span_text("without --all, documents with some of the words count"));
    } else if (session->parse_options.min_match > 1) {
        add_hint(
            hints,
            span_text("without --min-match, documents with one of the words "
                      "count"));
    } else if (asked->in_phrase && !asked->absent) {
        add_hint(hints,
                 span_text("without the quotes, the words may stand apart; "
                           "\"...\"~5 takes them up to 5 places apart"));
    }
}

Status zero_hits_explain(Session *session, const QueryNote **out, Error *error)
{
    AskedWords asked = {0};
    Hints hints = {.arena = &session->arena};
    *out = NULL;
    collect_words(&asked, session->query.root);
    Status status = look_up(session, &asked, error);
    if (status == OK) status = explain_absent(session, &asked, &hints, error);
    if (status != OK) return status;
    if (asked.absent < asked.count) {
        if (asked.count > 1 || asked.in_part) count_each(&asked, &hints);
        add_remedy(session, &asked, &hints);
    }
    *out = hints.first;
    return session->arena.status == OK ? OK
                                       : fail_memory(error, "giving hints");
}
