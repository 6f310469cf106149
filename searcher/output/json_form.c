/* json_form.c - JSON lines: hits, queries, summaries. */
#include "searcher/output/json_form.h"

#include "common/base/json_text.h"
#include "searcher/output/hit_forms.h"
#include "searcher/output/number_text.h"

static void put_number_member(Buf *out, const char *name, uint64_t number)
{
    buf_put_byte(out, ',');
    put_json_name(out, name);
    put_number(out, number);
}

static void put_marks(Buf *out, const char *name, const SnippetMark *marks,
                      size_t count)
{
    buf_put_byte(out, ',');
    put_json_name(out, name);
    buf_put_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, "%s[%zu,%zu]", i ? "," : "", marks[i].start,
                   marks[i].end);
    }
    buf_put_byte(out, ']');
}

void put_json_fields(const StoredField *fields, size_t count, Buf *out)
{
    buf_put_text(out, ",\"fields\":{");
    for (size_t i = 0; i < count; i++) {
        if (i) buf_put_byte(out, ',');
        put_json_string(out, fields[i].name);
        buf_put_byte(out, ':');
        put_json_string(out, fields[i].value);
    }
    buf_put_byte(out, '}');
}

void put_json_hit(const HitStyle *style, const ShownHit *hit, Buf *out)
{
    buf_put_text(out, "{\"type\":\"hit\"");
    if (style->with_qid) put_json_member(out, "qid", hit->qid);
    put_number_member(out, "rank", hit->rank);
    buf_put_text(out, ",\"id\":");
    put_json_id(out, hit->id);
    buf_put_text(out, ",\"score\":");
    put_score(out, hit->score);
    if (hit->has_text) {
        put_json_member(out, "title", hit->title.text);
        put_json_member(out, "snippet", hit->snippet.text);
        put_marks(out, "marks", hit->snippet.marks, hit->snippet.mark_count);
        put_marks(out, "spans", hit->snippet.sources, hit->snippet.mark_count);
    }
    if (hit->field_count) put_json_fields(hit->fields, hit->field_count, out);
    buf_put_text(out, "}\n");
}

static void put_notes(Buf *out, const char *name, const QueryNote *note)
{
    buf_put_byte(out, ',');
    put_json_name(out, name);
    buf_put_byte(out, '[');
    for (const QueryNote *first = note; note; note = note->next) {
        if (note != first) buf_put_byte(out, ',');
        put_json_string(out, span_text(note->text));
    }
    buf_put_byte(out, ']');
}

static void put_query_members(Buf *out, const JsonQuery *query)
{
    put_json_member(out, "query", query->text);
    put_json_member(out, "interpreted", query->interpreted);
    put_number_member(out, "hits", query->total);
    put_notes(out, "notes", query->notes);
    put_notes(out, "warnings", query->warnings);
}

void put_json_query(const JsonQuery *query, Buf *out)
{
    buf_put_text(out, "{\"type\":\"query\"");
    put_json_member(out, "qid", query->qid);
    put_query_members(out, query);
    buf_put_text(out, "}\n");
}

static void put_elapsed(Buf *out, double seconds)
{
    put_number_member(out, "elapsed_us", (uint64_t)(seconds * 1e6 + 0.5));
}

void put_json_summary(const JsonQuery *query, const QueryNote *hints,
                      double seconds, Buf *out)
{
    buf_put_text(out, "{\"type\":\"summary\"");
    put_query_members(out, query);
    put_notes(out, "hints", hints);
    put_elapsed(out, seconds);
    buf_put_text(out, "}\n");
}

void put_json_batch_summary(const JsonBatch *batch, Buf *out)
{
    buf_put_text(out, "{\"type\":\"summary\"");
    put_number_member(out, "queries", batch->queries);
    put_number_member(out, "failed", batch->failed);
    put_number_member(out, "without_hits", batch->without_hits);
    put_number_member(out, "hits", batch->hits);
    put_elapsed(out, batch->seconds);
    buf_put_text(out, "}\n");
}
