/* foreign_syntax.c - operators of other query languages, which are text here.
 */
#include "searcher/query/query_notes.h"

static bool is_word_byte(uint8_t byte)
{
    uint8_t low = byte | 0x20;
    return (low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9') ||
           byte >= 0x80;
}

static bool is_operator(Span word)
{
    return span_equals_text(word, "&&") || span_equals_text(word, "||") ||
           span_equals_text(word, "&") || span_equals_text(word, "|") ||
           span_equals_text(word, "!");
}

/* Whether the word is only letters with a ? between them, so neither a question
 * nor a URL. */
static bool has_question_mark(Span word)
{
    bool found = false;
    if (word.size < 3 || !is_word_byte(word.data[word.size - 1])) return false;
    for (size_t i = 0; i < word.size; i++) {
        bool mark = word.data[i] == '?' && i > 0;
        if (!mark && !is_word_byte(word.data[i])) return false;
        found = found || mark;
    }
    return found;
}

void note_foreign_syntax(NoteList *notes, Span word)
{
    bool excludes = word.size > 1 && word.data[0] == '!' &&
                    is_word_byte(word.data[1]);
    if (is_operator(word)) {
        note_warning(notes,
                     "%.*s is not an operator; use AND, OR or NOT in capitals",
                     NOTE_WORD(word));
    } else if (excludes) {
        note_warning(notes,
                     "%.*s: ! is not an operator; use - to exclude a word",
                     NOTE_WORD(word));
    } else if (has_question_mark(word)) {
        note_warning(notes, "%.*s: ? is not a wildcard; use * for any letters",
                     NOTE_WORD(word));
    }
}
