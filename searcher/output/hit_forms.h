/* hit_forms.h - the forms in which hits leave the program.
 *
 *   people   rank, score, id, title, snippet with colours, as wide as the
 *            terminal
 *   lines    [qid TAB] rank TAB score TAB id TAB title TAB snippet
 *   json     one object a line (docs/json.md names its members)
 *   run      qid Q0 id rank score tag, for trec_eval
 *   msmarco  qid TAB id TAB rank, for MS MARCO's own evaluation
 *   ids      [qid TAB] id, a line each, or each with a zero byte behind it
 *
 * A form is one function that appends a hit to a Buf.
 */
#ifndef QUERN_OUTPUT_HIT_FORMS_H
#define QUERN_OUTPUT_HIT_FORMS_H

#include "common/base/buf.h"
#include "common/segment/documents/documents.h"
#include "searcher/snippet/snippet.h"

typedef enum HitForm {
    FORM_PEOPLE,
    FORM_LINES,
    FORM_JSON,
    FORM_RUN,
    FORM_MSMARCO,
    FORM_IDS
} HitForm;

typedef struct HitStyle {
    HitForm form;
    bool colors;     /* people */
    size_t width;    /* people: columns */
    size_t snippets; /* people, lines, json: passages of a document, from 1 */
    uint64_t max_record; /* bytes of a stored document held */
    bool with_qid;    /* lines, json, ids: a batch, so say which query it was */
    bool docno_ties;  /* equal scores by id, descending, as trec_eval has it */
    bool zeros;       /* ids: a zero byte behind each, not a line feed */
    bool on_terminal; /* ids: then they are escaped with zeros too */
    const char *tag;  /* run */
} HitStyle;

/* A hit, ready to be written. Everything is borrowed. */
typedef struct ShownHit {
    Span qid;      /* runs: escaped */
    uint32_t rank; /* from 1 */
    float score;
    Span id;       /* runs: escaped */
    bool has_text; /* whether the index keeps text; else no title either */
    Snippet title;
    Snippet snippet;
    const StoredField *fields; /* what else the index keeps of it */
    size_t field_count;
} ShownHit;

void put_people_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_line_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_json_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_run_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_msmarco_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_id_hit(const HitStyle *style, const ShownHit *hit, Buf *out);

/* An id or qid as a field of a run: white space, % and bytes that are not
 * UTF-8 as %XX, a lone % where it is empty. */
void put_run_field(Buf *out, Span text);

/* Whether that changes anything. */
bool run_field_escapes(Span text);

#endif
