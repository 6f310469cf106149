/* hints.c - why a query found nothing, or less than it asked for.
 *
 * The words of the query are looked up one by one. If the index lacks some,
 * what is near them is shown: that is the reason why nothing was found, or, if
 * other words found something, easily overlooked. Else it is how they were
 * asked for together that found nothing.
 */
#include "searcher/hints.h"

#include "common/base/human.h"
#include "common/base/plain_text.h"
#include "common/segment/documents/documents.h"
#include "searcher/asked_words.h"
#include "searcher/search/suggest_terms.h"

#include <ctype.h>

enum { MOST_COUNTED = 8, MOST_EXPLAINED = 3, LIKE_BYTES = 4, ENDING_BYTES = 3 };

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
    *hint = (QueryNote){.text = (const char *)copy.data, .is_warning = true};
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

static void put_near(Buf *line, const SuggestedTerms *near)
{
    for (size_t i = 0; i < near->count; i++) {
        buf_put_text(line, i ? ", " : "; near it: ");
        put_plain_text(line, near->terms[i].text);
        buf_put_text(line, " (");
        put_counted(line, near->terms[i].df, "document");
        buf_put_byte(line, ')');
    }
}

/* Numbers and versions have no forms. */
static bool has_letters_only(Span word)
{
    for (size_t i = 0; i < word.size; i++) {
        uint8_t byte = word.data[i];
        if (byte < 0x80 && !isalpha(byte)) return false;
    }
    return true;
}

/* Whether two words differ in their endings only, as forms of one do. */
static bool may_be_forms(Span a, Span b)
{
    size_t alike = 0;
    while (alike < a.size && alike < b.size && a.data[alike] == b.data[alike]) {
        alike++;
    }
    return alike >= LIKE_BYTES && a.size - alike <= ENDING_BYTES &&
           b.size - alike <= ENDING_BYTES && has_letters_only(a);
}

static bool has_form(const SuggestedTerms *near, Span word)
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

static void name_absent(const AskedWord *word, const SuggestedTerms *near,
                        Hints *hints)
{
    Buf line = {0};
    buf_put_text(&line, word->pattern ? "no word of the index fits '"
                                      : "no document has '");
    put_asked_word(&line, word);
    buf_put_byte(&line, '\'');
    put_near(&line, near);
    take_line(hints, &line);
    buf_release(&line);
}

/* What else finds more, where this one found nothing. */
static void suggest_forms(const Session *session, const AskedWord *word,
                          const SuggestedTerms *near, bool *said_stem,
                          Hints *hints)
{
    if (near->goes_on) {
        Buf line = {0};
        buf_put_byte(&line, '\'');
        put_plain_text(&line, word->text);
        buf_put_text(&line, "*' finds words that begin so");
        take_line(hints, &line);
        buf_release(&line);
    }
    if (!*said_stem && !keeps_stems(session) && has_form(near, word->text)) {
        add_hint(
            hints,
            span_text("an index made with --stem LANGUAGE finds all forms of "
                      "a word"));
        *said_stem = true;
    }
}

static Status explain_absent(Session *session, const AskedWords *asked,
                             bool found, Hints *hints, Error *error)
{
    size_t explained = 0;
    bool said_stem = false;
    for (size_t i = 0; i < asked->count && explained < MOST_EXPLAINED; i++) {
        const AskedWord *word = &asked->words[i];
        SuggestedTerms near = {0};
        if (word->df) continue;
        Status status = OK;
        if (!word->pattern || word->pattern->pattern == PATTERN_FUZZY) {
            status = suggest_terms(session->index, word->text, &session->arena,
                                   &near, error);
        }
        if (status != OK) return status;
        name_absent(word, &near, hints);
        if (!found) suggest_forms(session, word, &near, &said_stem, hints);
        explained++;
    }
    return OK;
}

/* "alone, fox is in 3 documents, zzzz is in none" */
static void count_each(const AskedWords *asked, Hints *hints)
{
    Buf line = {0};
    buf_put_text(&line, asked->in_field ? "in title or text, " : "alone, ");
    for (size_t i = 0; i < asked->count && i < MOST_COUNTED; i++) {
        const AskedWord *word = &asked->words[i];
        if (i) buf_put_text(&line, ", ");
        put_asked_word(&line, word);
        buf_put_text(&line, word->pattern ? " fits " : " is in ");
        if (word->df) {
            put_counted(&line, word->df, word->pattern ? "word" : "document");
        } else {
            buf_put_text(&line, "none");
        }
    }
    if (asked->count > MOST_COUNTED) buf_put_text(&line, ", ...");
    take_line(hints, &line);
    buf_release(&line);
}

/* A word that is cut into several is a phrase, too. */
static bool has_quotes(Span query)
{
    static const char *const curly[] = {"\u201c", "\u201d"};
    for (size_t i = 0; i < query.size; i++) {
        const uint8_t *at = query.data + i;
        if (*at == '"') return true;
        if (query.size - i < 3) continue;
        if (!memcmp(at, curly[0], 3) || !memcmp(at, curly[1], 3)) return true;
    }
    return false;
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
    } else if (asked->in_phrase && !asked->absent &&
               has_quotes(session->text) && !asked->in_sloppy) {
        add_hint(hints,
                 span_text("without the quotes, the words may stand apart; "
                           "\"...\"~5 takes them up to 5 places apart"));
    }
}

/* Whether titles were asked for of an index that knows none. Without positions
 * no part can be told from another, which is said elsewhere. */
static bool lacks_titles(const Index *index, const AskedWords *asked)
{
    if (!asked->in_title || !index->manifest.has_positions) return false;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        if (segment_has(index->segments[i], SECTION_TITLE_ENDS)) return false;
    }
    return true;
}

/* What -g left to be searched; of an index whose ids do not fit it, how they
 * look. */
static Status tell_filter(Session *session, Hints *hints, Error *error)
{
    const Index *index = session->index;
    uint64_t fitting = id_filter_count(session->search_options.filter);
    Buf line = {0};
    Buf id = {0};
    Status status = OK;
    if (fitting) {
        buf_put_text(&line, "of ");
        put_counted(&line, fitting, "document");
        buf_put_text(&line, " the id fits -g");
    } else {
        buf_put_text(&line, "no id fits -g");
    }
    if (!fitting && index->manifest.document_count) {
        status = document_id(index->segments[0], 0, &id, error);
        buf_put_text(&line, "; the first of all is '");
        put_plain_id(&line, buf_span(&id));
        buf_put_byte(&line, '\'');
    }
    if (status == OK) take_line(hints, &line);
    buf_release(&line);
    buf_release(&id);
    return status;
}

Status hints_find(Session *session, bool found, const QueryNote **out,
                  Error *error)
{
    AskedWords asked;
    Hints hints = {.arena = &session->arena};
    *out = NULL;
    asked_words_collect(&session->query, &asked);
    bool no_titles = lacks_titles(session->index, &asked);
    if (found && !session->result.lacks_words && !no_titles) return OK;

    Status status = asked_words_look_up(session, &asked, error);
    if (status == OK) {
        status = explain_absent(session, &asked, found, &hints, error);
    }
    if (status == OK && !found && session->search_options.filter) {
        status = tell_filter(session, &hints, error);
    }
    if (status != OK) return status;
    if (no_titles) {
        add_hint(&hints,
                 span_text("no document of this index has a title; indexer "
                           "--title-field KEY takes them from records, "
                           "--title-from WHERE from plain text files"));
    }
    if (!found && asked.absent < asked.count) {
        if (asked.count > 1 || asked.in_field) count_each(&asked, &hints);
        add_remedy(session, &asked, &hints);
    }
    *out = hints.first;
    return session->arena.status == OK ? OK
                                       : fail_memory(error, "giving hints");
}
