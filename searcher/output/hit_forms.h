/* hit_forms.h - the output forms of hits.
 *
 *   terminal  rank, id, score, title and snippet, highlighted and wrapped
 *   lines     [qid TAB] rank TAB score TAB id TAB title TAB snippet
 *   json      one object per line (docs/json.md documents the keys)
 *   run       qid Q0 id rank score tag, for trec_eval
 *   msmarco   qid TAB id TAB rank, for the MS MARCO evaluation script
 *   ids       [qid TAB] id, each followed by a line feed or a NUL byte
 *
 * A form is one function that appends a hit to a Buf.
 */
#ifndef QUERN_OUTPUT_HIT_FORMS_H
#define QUERN_OUTPUT_HIT_FORMS_H

#include "common/base/buf.h"
#include "common/segment/documents/documents.h"
#include "searcher/snippet/snippet.h"

typedef enum HitForm {
    FORM_TERMINAL,
    FORM_LINES,
    FORM_JSON,
    FORM_RUN,
    FORM_MSMARCO,
    FORM_IDS
} HitForm;

typedef struct HitStyle {
    HitForm form;
    bool colors;         /* terminal */
    size_t width;        /* terminal: columns */
    size_t snippets;     /* terminal, lines, json: most passages, at least 1 */
    uint64_t max_record; /* bytes of one stored document in memory */
    bool with_qid;       /* lines, json, ids: a batch, so print the query id */
    bool docno_ties;     /* equal scores by id, descending, like trec_eval */
    bool null_ids;       /* ids: end each with a NUL byte, not a line feed */
    bool on_terminal;    /* ids: escape them even with null_ids */
    const char *tag;     /* run */
} HitStyle;

/* A hit, ready to be written. Everything is borrowed. */
typedef struct ShownHit {
    Span qid;      /* runs: escaped */
    uint32_t rank; /* from 1 */
    float score;
    Span id;       /* runs: escaped */
    bool has_text; /* whether the index stores text; else no title either */
    Snippet title;
    Snippet snippet;
    const StoredField *fields;
    size_t field_count;
} ShownHit;

void put_terminal_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_line_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_json_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_run_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_msmarco_hit(const HitStyle *style, const ShownHit *hit, Buf *out);
void put_id_hit(const HitStyle *style, const ShownHit *hit, Buf *out);

/* An id or qid as a column of a run: white space, control characters, % and
 * invalid UTF-8 as %XX, and a lone % for an empty one. */
void put_run_field(Buf *out, Span text);

/* Whether put_run_field changes the text. */
bool run_field_escapes(Span text);

#endif
