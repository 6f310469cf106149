/* hit_writer.c - formats the hits of a search: ids, ties, titles, snippets. */
#include "searcher/output/hit_writer.h"

#include "common/base/human.h"
#include "common/program/log.h"
#include "common/segment/documents/documents.h"
#include "searcher/search/hit_ids.h"

#include <stdlib.h>

enum {
    SNIPPET_BYTES = 240,     /* of forms for programs */
    MIN_SNIPPET_BYTES = 120, /* on a terminal: two lines, within these limits */
    MAX_SNIPPET_BYTES = 320
};

typedef void PutHit(const HitStyle *style, const ShownHit *hit, Buf *out);

static PutHit *const FORMS[] = {
    [FORM_TERMINAL] = put_terminal_hit, [FORM_LINES] = put_line_hit,
    [FORM_JSON] = put_json_hit,         [FORM_RUN] = put_run_hit,
    [FORM_MSMARCO] = put_msmarco_hit,   [FORM_IDS] = put_id_hit};

/* A hit with its id, at ids.data + id_offset. */
typedef struct NamedHit {
    Hit hit;
    Span id;
    size_t id_offset, id_size;
} NamedHit;

struct HitWriter {
    Index *index;
    const HitStyle *style;
    bool shows_text;
    bool escaped;
    size_t snippet_bytes;
    StoredReader **readers; /* one per segment, made when first needed */
    SnippetMaker *titles, *texts;
    MatchedTerms terms;
    Buf qid;   /* run: escaped */
    Buf ids;   /* of the current result */
    Buf named; /* NamedHit */
    Buf id;    /* scratch */
};

static size_t choose_snippet_bytes(const HitStyle *style)
{
    if (style->form != FORM_TERMINAL) return SNIPPET_BYTES;
    size_t two_lines = 2 * (style->width - 6);
    return two_lines < MIN_SNIPPET_BYTES   ? MIN_SNIPPET_BYTES
           : two_lines > MAX_SNIPPET_BYTES ? MAX_SNIPPET_BYTES
                                           : two_lines;
}

static Status prepare_text(HitWriter *writer, Error *error)
{
    const Analyzer *analyzer = writer->index->analyzer;
    writer->readers = calloc(writer->index->manifest.segment_count + 1,
                             sizeof *writer->readers);
    if (!writer->readers) return fail_memory(error, "preparing the output");
    Status status = snippet_maker_new(analyzer, &writer->titles, error);
    if (status != OK) return status;
    return snippet_maker_new(analyzer, &writer->texts, error);
}

Status hit_writer_new(Index *index, const HitStyle *style, HitWriter **out,
                      Error *error)
{
    *out = NULL;
    HitWriter *writer = calloc(1, sizeof *writer);
    if (!writer) return fail_memory(error, "preparing the output");
    writer->index = index;
    writer->style = style;
    writer->shows_text = style->form <= FORM_JSON && index->manifest.has_stored;
    writer->snippet_bytes = choose_snippet_bytes(style);
    Status status = writer->shows_text ? prepare_text(writer, error) : OK;
    if (status != OK) {
        hit_writer_free(writer);
        return status;
    }
    *out = writer;
    return OK;
}

void hit_writer_free(HitWriter *writer)
{
    if (!writer) return;
    size_t segments = writer->index->manifest.segment_count;
    for (size_t i = 0; writer->readers && i < segments; i++) {
        stored_reader_free(writer->readers[i]);
    }
    free(writer->readers);
    snippet_maker_free(writer->titles);
    snippet_maker_free(writer->texts);
    matched_terms_release(&writer->terms);
    buf_release(&writer->qid);
    buf_release(&writer->ids);
    buf_release(&writer->named);
    buf_release(&writer->id);
    free(writer);
}

bool hit_writer_escaped(const HitWriter *writer)
{
    return writer->escaped;
}

/* Whether columns are separated by white space, so that none may be in them. */
static bool is_run(const HitWriter *writer)
{
    HitForm form = writer->style->form;
    return form == FORM_RUN || form == FORM_MSMARCO;
}

static Status name_hit(HitWriter *writer, const Hit *hit, Error *error)
{
    uint32_t docid;
    size_t number;
    Segment *segment = index_locate(writer->index, hit->document, &docid,
                                    &number);
    size_t offset = writer->ids.size;
    Status status = document_id(segment, docid, &writer->ids, error);
    if (status != OK) return status;
    Span id = span_of(writer->ids.data + offset, writer->ids.size - offset);
    if (is_run(writer) && run_field_escapes(id)) {
        buf_clear(&writer->id);
        buf_put_span(&writer->id, id);
        writer->ids.size = offset;
        put_run_field(&writer->ids, buf_span(&writer->id));
        buf_keep_failure(&writer->ids, &writer->id);
        writer->escaped = true;
    }
    NamedHit named = {
        .hit = *hit, .id_offset = offset, .id_size = writer->ids.size - offset};
    buf_put(&writer->named, &named, sizeof named);
    return status;
}

/* Score descending, then id descending in byte order, as trec_eval sorts. */
static int compare_as_trec_eval(const void *left, const void *right)
{
    const NamedHit *a = left, *b = right;
    if (a->hit.score != b->hit.score)
        return a->hit.score < b->hit.score ? 1 : -1;
    return span_compare(b->id, a->id);
}

/* Fills ids and named with the hits in output order. */
static Status name_hits(HitWriter *writer, const SearchResult *result,
                        Error *error)
{
    buf_clear(&writer->ids);
    buf_clear(&writer->named);
    for (uint32_t i = 0; i < result->hit_count; i++) {
        hit_ids_prefetch(writer->index, result->hits, result->hit_count, i);
        Status status = name_hit(writer, &result->hits[i], error);
        if (status != OK) return status;
    }
    Status status = buf_check(&writer->ids, "reading ids", error);
    if (status == OK) status = buf_check(&writer->named, "reading ids", error);
    if (status != OK) return status;
    NamedHit *named = (NamedHit *)(void *)writer->named.data;
    for (uint32_t i = 0; i < result->hit_count; i++) {
        named[i].id = span_of(writer->ids.data + named[i].id_offset,
                              named[i].id_size);
    }
    if (writer->style->docno_ties && result->hit_count > 1) {
        qsort(named, result->hit_count, sizeof *named, compare_as_trec_eval);
    }
    return OK;
}

static void warn_large(const HitWriter *writer, Span id)
{
    Buf limit = {0};
    put_limit(&limit, writer->style->max_record);
    const char *text = buf_text(&limit);
    log_warn("no snippet for '%.*s': its stored text is larger than %s; raise "
             "--max-record",
             SPAN_ARGS(id), text ? text : "the limit");
    buf_release(&limit);
}

static Status read_text(HitWriter *writer, uint64_t document, ShownHit *shown,
                        Error *error)
{
    uint32_t docid;
    size_t number;
    Segment *segment = index_locate(writer->index, document, &docid, &number);
    StoredReader **reader = &writer->readers[number];
    Status status = *reader ? OK : stored_reader_new(segment, reader, error);
    if (status != OK) return status;
    stored_reader_limit(*reader, writer->style->max_record);
    StoredDocument stored;
    status = stored_reader_get(*reader, docid, &stored, error);
    if (status == ERR_LIMIT) {
        warn_large(writer, shown->id);
    } else if (status != OK) {
        return status;
    }
    shown->has_text = true;
    shown->fields = stored.fields;
    shown->field_count = stored.field_count;
    const SnippetShape title = {FIELD_TITLE, SIZE_MAX, 1};
    const SnippetShape text = {FIELD_TEXT, writer->snippet_bytes,
                               writer->style->snippets};
    status = snippet_make(writer->titles, &writer->terms, &title, stored.title,
                          &shown->title, error);
    if (status != OK) return status;
    return snippet_make(writer->texts, &writer->terms, &text, stored.text,
                        &shown->snippet, error);
}

Status hit_writer_put(HitWriter *writer, SearchContext *context,
                      const SearchResult *result, Span qid, Buf *out,
                      Error *error)
{
    Status status = name_hits(writer, result, error);
    if (status != OK) return status;
    if (writer->shows_text && result->hit_count) {
        matched_terms_clear(&writer->terms);
        search_terms(context, matched_terms_add, &writer->terms);
        if (writer->terms.status != OK) {
            return fail_memory(error, "highlighting");
        }
    }
    if (is_run(writer)) {
        buf_clear(&writer->qid);
        writer->escaped |= run_field_escapes(qid);
        put_run_field(&writer->qid, qid);
        qid = buf_span(&writer->qid);
        buf_keep_failure(out, &writer->qid);
    }
    const NamedHit *named = (const NamedHit *)(void *)writer->named.data;
    PutHit *put_hit = FORMS[writer->style->form];
    for (uint32_t i = 0; i < result->hit_count; i++) {
        ShownHit shown = {.qid = qid,
                          .rank = i + 1,
                          .score = named[i].hit.score,
                          .id = named[i].id};
        if (writer->shows_text) {
            status = read_text(writer, named[i].hit.document, &shown, error);
            if (status != OK) return status;
        }
        put_hit(writer->style, &shown, out);
    }
    return buf_check(out, "writing hits", error);
}
