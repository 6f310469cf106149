/* hints.c - why a query found nothing, or less than it asked for.
 *
 * Looks up the words of the query one by one. Words that the index does not
 * have are reported with similar ones, also if other words have hits, since a
 * misspelling is then easily overlooked. If the index has all of them, the
 * hints are about how the query combines them.
 */
#include "searcher/hints.h"

#include "common/base/human.h"
#include "common/base/plain_text.h"
#include "common/segment/documents/index_ids.h"
#include "searcher/search/suggest_terms.h"

#include <ctype.h>

enum { MAX_REPORTED = 8, MAX_EXPLAINED = 3, STEM_BYTES = 4, ENDING_BYTES = 3 };

/* The hints so far, in the arena, which keeps a failure. */
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
        buf_put_text(line, i ? ", " : "; similar: ");
        put_plain_text(line, near->terms[i].text);
        buf_put_text(line, " (");
        put_counted(line, near->terms[i].df, "document");
        buf_put_byte(line, ')');
    }
}

/* Numbers and versions are not inflected. */
static bool has_letters_only(Span word)
{
    for (size_t i = 0; i < word.size; i++) {
        uint8_t byte = word.data[i];
        if (byte < 0x80 && !isalpha(byte)) return false;
    }
    return true;
}

/* Whether two words differ in their endings only, like forms of one word. */
static bool may_be_inflected(Span a, Span b)
{
    size_t same = 0;
    while (same < a.size && same < b.size && a.data[same] == b.data[same]) {
        same++;
    }
    return same >= STEM_BYTES && a.size - same <= ENDING_BYTES &&
           b.size - same <= ENDING_BYTES && has_letters_only(a);
}

static bool has_other_form(const SuggestedTerms *near, Span word)
{
    for (size_t i = 0; i < near->count; i++) {
        if (may_be_inflected(near->terms[i].text, word)) return true;
    }
    return false;
}

static bool is_stemmed(const Session *session)
{
    const AnalyzerOptions *analyzer = &session->index->manifest.analyzer;
    return analyzer->stem ||
           (analyzer->name && !strcmp(analyzer->name, "english"));
}

static void name_absent(const WordCount *word, const SuggestedTerms *near,
                        Hints *hints)
{
    Buf line = {0};
    buf_put_text(&line, word->pattern ? "no word in the index matches '"
                                      : "no document contains '");
    put_word(&line, word);
    buf_put_byte(&line, '\'');
    put_near(&line, near);
    take_line(hints, &line);
    buf_release(&line);
}

/* Suggests a prefix query and stemming for a word that found nothing. */
static void suggest_forms(const Session *session, const WordCount *word,
                          const SuggestedTerms *near, bool *stem_hinted,
                          Hints *hints)
{
    if (near->goes_on) {
        Buf line = {0};
        buf_put_byte(&line, '\'');
        put_plain_text(&line, word->text);
        buf_put_text(&line, "*' finds words that start with it");
        take_line(hints, &line);
        buf_release(&line);
    }
    if (!*stem_hinted && !is_stemmed(session) &&
        has_other_form(near, word->text)) {
        add_hint(hints,
                 span_text("to find all forms of a word, rebuild the index "
                           "with indexer --stem LANGUAGE"));
        *stem_hinted = true;
    }
}

static Status explain_absent(Session *session, const WordCounts *counts,
                             bool found, Hints *hints, Error *error)
{
    size_t explained = 0;
    bool stem_hinted = false;
    for (size_t i = 0; i < counts->count && explained < MAX_EXPLAINED; i++) {
        const WordCount *word = &counts->words[i];
        SuggestedTerms near = {0};
        if (word->df) continue;
        Status status = OK;
        if (!word->pattern || word->pattern->pattern == PATTERN_FUZZY) {
            status = suggest_terms(session->index, word->text, &session->arena,
                                   &near, error);
        }
        if (status != OK) return status;
        name_absent(word, &near, hints);
        if (!found) suggest_forms(session, word, &near, &stem_hinted, hints);
        explained++;
    }
    return OK;
}

/* "each word alone: fox is in 3 documents, zzzz is in 0 documents" */
static void count_each(const WordCounts *counts, Hints *hints)
{
    Buf line = {0};
    buf_put_text(&line, counts->in_field ? "each word alone, in title or text: "
                                         : "each word alone: ");
    for (size_t i = 0; i < counts->count && i < MAX_REPORTED; i++) {
        const WordCount *word = &counts->words[i];
        if (i) buf_put_text(&line, ", ");
        put_word(&line, word);
        buf_put_text(&line, word->pattern ? " matches " : " is in ");
        put_counted(&line, word->df, word->pattern ? "word" : "document");
    }
    if (counts->count > MAX_REPORTED) buf_put_text(&line, ", ...");
    take_line(hints, &line);
    buf_release(&line);
}

/* Quotes in the query itself: a word with several tokens is a phrase, too. */
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

/* The first word with a hyphen between letters, which is its joined form; empty
 * if there is none. */
static Span hyphened_word(Span query)
{
    for (size_t i = 1; i + 1 < query.size; i++) {
        const uint8_t *at = query.data + i;
        if (*at != '-' || !isalpha(at[-1]) || !isalpha(at[1])) continue;
        size_t start = i, end = i;
        while (start > 0 && isalpha(query.data[start - 1])) start--;
        while (end < query.size &&
               (isalpha(query.data[end]) || query.data[end] == '-'))
            end++;
        return span_of(query.data + start, end - start);
    }
    return (Span){0};
}

/* wi-fi finds wifi, not wi fi. */
static void suggest_quotes(const Session *session, Hints *hints)
{
    const AnalyzerOptions *analyzer = analyzer_options(
        session->index->analyzer);
    Span word = hyphened_word(session->text);
    if (!word.size || has_quotes(session->text) ||
        session->parse_options.plain || strcmp(analyzer->name, "default") != 0)
        return;
    Buf line = {0};
    buf_printf(&line,
               "in quotes, a word with hyphens is found as separate words: "
               "\"%.*s\"",
               SPAN_ARGS(word));
    take_line(hints, &line);
    buf_release(&line);
}

static void add_remedy(const Session *session, const WordCounts *counts,
                       Hints *hints)
{
    if (session->parse_options.require_all) {
        add_hint(
            hints,
            span_text("without --all, documents that contain only some of the "
                      "words match too"));
    } else if (session->parse_options.min_match > 1) {
        add_hint(
            hints,
            span_text("without --min-match, documents that contain only one "
                      "of the words match too"));
    } else if (counts->in_phrase && !counts->absent &&
               has_quotes(session->text) && !counts->in_sloppy) {
        add_hint(hints,
                 span_text("without the quotes, the words may be anywhere in "
                           "the document; \"...\"~5 allows a distance of 5"));
    }
}

/* Whether the query searches titles but no document has one. An index without
 * positions cannot search titles at all, which the search reports. */
static bool lacks_titles(const Index *index, const WordCounts *counts)
{
    if (!counts->in_title || !index->manifest.has_positions) return false;
    for (size_t i = 0; i < index->manifest.segment_count; i++) {
        if (segment_has(index->segments[i], SECTION_TITLE_ENDS)) return false;
    }
    return true;
}

/* How many documents -g selects; if none, what ids look like. */
static Status explain_filter(Session *session, Hints *hints, Error *error)
{
    const Index *index = session->index;
    uint64_t selected = id_filter_count(session->search_options.filter);
    Buf line = {0};
    Buf id = {0};
    Status status = OK;
    if (selected) {
        buf_put_text(&line, "-g limits the search to ");
        put_counted(&line, selected, "document");
    } else {
        buf_put_text(&line, "no id matches -g");
    }
    if (!selected && index->manifest.document_count) {
        status = index_first_id(index, &id, error);
        buf_put_text(&line, "; ids look like '");
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
    WordCounts counts;
    Hints hints = {.arena = &session->arena};
    *out = NULL;
    word_counts_collect(&session->query, &counts);
    bool no_titles = lacks_titles(session->index, &counts);
    if (found && !session->result.lacks_words && !no_titles) return OK;

    Status status = word_counts_look_up(session, &counts, error);
    if (status == OK) {
        status = explain_absent(session, &counts, found, &hints, error);
    }
    if (status == OK && !found && session->search_options.filter) {
        status = explain_filter(session, &hints, error);
    }
    if (status != OK) return status;
    if (no_titles) {
        add_hint(&hints,
                 span_text("no document in this index has a title; use indexer "
                           "--title-field KEY for records, --title-from WHERE "
                           "for plain text"));
    }
    if (!found && counts.absent) suggest_quotes(session, &hints);
    if (!found && counts.absent < counts.count) {
        if (counts.count > 1 || counts.in_field) count_each(&counts, &hints);
        add_remedy(session, &counts, &hints);
    }
    *out = hints.first;
    return session->arena.status == OK ? OK
                                       : fail_memory(error, "making hints");
}
