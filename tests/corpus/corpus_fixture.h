/* corpus_fixture.h - readings through corpus.h as text, an event a line. */
#ifndef QUERN_CORPUS_CORPUS_FIXTURE_H
#define QUERN_CORPUS_CORPUS_FIXTURE_H

#include "common/base/utf8_clean.h"
#include "corpus/corpus.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

/* What a reading gave, one line an event:
 *     doc ID|TITLE|TEXT|NAME=VALUE...
 *     skip SOURCE:LINE[:COLUMN]@OFFSET REASON
 *     changed SOURCE:LINE@OFFSET REASON
 *     detected WHAT [ADVICE]
 *     suggested id ID, title TITLE, text TEXT
 *     error STATUS MESSAGE [ADVICE]
 * with the scratch folder written as @. */
static Buf events;
static Scratch scratch;
static CorpusOptions options;

static inline void set_up(void)
{
    scratch = scratch_new();
    options = (CorpusOptions){.max_record_bytes = 1 << 20};
}

static inline void tear_down(void)
{
    scratch_remove(&scratch);
    buf_release(&events);
}

/* Appends the text with the scratch folder's path as @, line ends as \n. */
static inline void put_event(const char *text, size_t size)
{
    size_t folder = strlen(scratch.path);
    for (size_t i = 0; i < size; i++) {
        if (size - i >= folder && !strncmp(text + i, scratch.path, folder)) {
            buf_put_byte(&events, '@');
            i += folder - 1;
        } else if (text[i] == '\n') {
            buf_put_text(&events, "\\n");
        } else {
            buf_put_byte(&events, (uint8_t)text[i]);
        }
    }
}

static inline void put_span(Span span)
{
    if (span.size) put_event((const char *)span.data, span.size);
}

static inline void put_skip(const char *kind, const Place *place,
                            const char *reason)
{
    buf_printf(&events, "%s ", kind);
    put_event(place->source, strlen(place->source));
    buf_printf(&events, ":%llu", (unsigned long long)place->line);
    if (place->column)
        buf_printf(&events, ":%llu", (unsigned long long)place->column);
    buf_printf(&events, "@%llu ", (unsigned long long)place->offset);
    put_event(reason, strlen(reason));
    buf_put_byte(&events, '\n');
}

/* After this many skipped records reading is ended. */
static unsigned most_skips;

static inline Status on_skipped(void *self, const Place *place,
                                const char *reason, Advice advice, Error *error)
{
    (void)self;
    (void)advice;
    put_skip("skip", place, reason);
    if (most_skips == 0 || --most_skips) return OK;
    return (fail)(error, ERR_LIMIT, "enough"); /* Check has a macro fail */
}

static inline Status on_changed(void *self, const Place *place,
                                const char *reason, Advice advice, Error *error)
{
    (void)self;
    (void)advice;
    (void)error;
    put_skip("changed", place, reason);
    return OK;
}

/* What would help, in a few words. */
static inline const char *advice_name(Advice advice)
{
    static const char *const names[ADVICE_COUNT] = {
        [ADVICE_READ_RECORDS] = "read records",
        [ADVICE_PLAIN_TEXT] = "plain text",
        [ADVICE_HIDDEN] = "hidden",
        [ADVICE_HEADER] = "header?",
        [ADVICE_HEADER_YES] = "header",
        [ADVICE_NAME_COLUMNS] = "name columns",
        [ADVICE_NAME_FIELDS] = "name fields",
        [ADVICE_NO_IGNORE] = "no ignore",
        [ADVICE_FOLLOW] = "follow",
        [ADVICE_RAISE_MAX_FILESIZE] = "raise max filesize"};
    return names[advice] ? names[advice] : "other";
}

static inline void on_detected(void *self, const char *source, const char *what,
                               Advice advice)
{
    (void)self;
    (void)source;
    buf_printf(&events, "detected %s", what);
    if (advice != ADVICE_NONE)
        buf_printf(&events, " [%s]", advice_name(advice));
    buf_put_byte(&events, '\n');
}

static inline void on_suggested(void *self, const FieldSuggestion *fields)
{
    (void)self;
    buf_printf(&events, "suggested id %s, title %s, text %s\n",
               fields->id ? fields->id : "-",
               fields->title ? fields->title : "-",
               fields->text ? fields->text : "-");
}

static inline void put_document(const Document *document)
{
    ck_assert(utf8_is_clean(document->title)); /* the id may be any bytes */
    ck_assert(utf8_is_clean(document->text));
    buf_put_text(&events, "doc ");
    put_span(document->id);
    buf_put_byte(&events, '|');
    put_span(document->title);
    buf_put_byte(&events, '|');
    put_span(document->text);
    for (size_t i = 0; i < document->field_count; i++) {
        buf_put_byte(&events, '|');
        put_span(document->fields[i].name);
        buf_put_byte(&events, '=');
        put_span(document->fields[i].value);
        ck_assert(utf8_is_clean(document->fields[i].value));
    }
    buf_put_byte(&events, '\n');
}

/* Keys that are not read, as the announcement ends. */
#define UNREAD(keys) "; not read: " keys " [name fields]"

static inline const char *refuse_folder(void *self, const char *folder)
{
    size_t size = strlen(folder);
    (void)self;
    return size > 7 && !strcmp(folder + size - 7, "refused") ? "not for us"
                                                             : NULL;
}

static inline Status read_all(const char *const *inputs, size_t count,
                              Error *error)
{
    CorpusListener listener = {.skipped = on_skipped,
                               .changed = on_changed,
                               .detected = on_detected,
                               .suggested = on_suggested,
                               .refuses = refuse_folder};
    Corpus *corpus;
    Status status = corpus_open(&options, inputs, count, &listener, &corpus,
                                error);
    bool found = status == OK;
    while (found) {
        Document document;
        status = corpus_next(corpus, &document, &found, error);
        if (status != OK) break;
        if (found) put_document(&document);
    }
    corpus_close(corpus);
    return status;
}

static inline const char *read_inputs(const char *const *inputs, size_t count)
{
    Error error;
    buf_clear(&events);
    Status status = read_all(inputs, count, &error);
    if (status != OK) {
        buf_printf(&events, "error %d ", status);
        put_event(error.message, strlen(error.message));
        if (error.advice != ADVICE_NONE)
            buf_printf(&events, " [%s]", advice_name(error.advice));
        buf_put_byte(&events, '\n');
    }
    return buf_text(&events);
}

static inline const char *read_one(const char *path)
{
    return read_inputs(&path, 1);
}

/* What is read from a file `in` with these bytes. */
static inline const char *read_bytes(const char *bytes)
{
    return read_one(scratch_write(&scratch, "in", span_text(bytes)));
}

#define expect(got, wanted) ck_assert_str_eq(got, wanted)

/* Runs the tests that `add` adds, each in a fresh scratch folder. */
static inline int run_corpus_tests(const char *name, void (*add)(TCase *tests))
{
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create(name);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    add(tests);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}

#endif
