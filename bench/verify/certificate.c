/* certificate.c - what was compared, and a digest of the answers. */
#include "bench/verify/certificate.h"

#include "common/base/human.h"
#include "common/base/json_text.h"
#include "common/base/plain_text.h"
#include "common/segment/documents/documents.h"

#include <inttypes.h>

static void put_counted_bytes(Buf *out, Span bytes)
{
    buf_put_u32le(out, (uint32_t)bytes.size);
    buf_put_span(out, bytes);
}

Status put_certified_answer(Buf *out, const Index *index, const char *qid,
                            uint32_t k, const RecordPart *part, Error *error)
{
    Buf id = {0};
    Status status = OK;
    put_counted_bytes(out, span_text(qid));
    buf_put_u32le(out, k);
    buf_put_u32le(out, part->hit_count);
    for (uint32_t i = 0; status == OK && i < part->hit_count; i++) {
        RecordHit hit = record_hit(part, i);
        uint32_t docid;
        size_t segment;
        buf_clear(&id);
        Segment *where = index_locate(index, hit.document, &docid, &segment);
        status = document_id(where, docid, &id, error);
        put_counted_bytes(out, buf_span(&id));
        buf_put_u32le(out, hit.score_bits);
    }
    buf_keep_failure(out, &id);
    buf_release(&id);
    return status;
}

bool certificate_holds(const Certificate *c)
{
    for (size_t i = 1; i < c->level_count; i++) {
        if (!hash128_equal(c->digests[i], c->digests[0])) return false;
    }
    return c->differences == 0 && c->level_count > 0;
}

static void put_hash_line(Buf *out, const char *name, const char *what,
                          Hash128 hash)
{
    buf_printf(out, "%-8s  ", name);
    put_hash128(out, hash);
    buf_put_text(out, "  ");
    put_visible(out, span_text(what));
    buf_put_byte(out, '\n');
}

static void put_levels(Buf *out, const Certificate *c)
{
    for (size_t i = 0; i < c->level_count; i++) {
        put_hash_line(out, "answers", cpu_level_name(c->levels[i]),
                      c->digests[i]);
    }
}

void put_certificate(Buf *out, const Certificate *c)
{
    put_hash_line(out, "index", c->index, c->index_hash);
    put_hash_line(out, "queries", c->queries_file, c->queries_hash);
    put_levels(out, c);
    put_count(out, c->queries);
    buf_put_text(out, c->queries == 1 ? " query" : " queries");
    buf_put_text(out, ", k = ");
    for (size_t i = 0; i < c->depths.count; i++) {
        if (i) buf_put_text(out, ", ");
        put_count(out, c->depths.items[i]);
    }
    buf_put_text(out, ", ");
    put_counted(out, c->hits, "hit");
    if (certificate_holds(c)) {
        buf_printf(out,
                   ": pruned and exhaustive search agree in documents, order "
                   "and bits of the score on %zu instruction set%s\n",
                   c->level_count, c->level_count == 1 ? "" : "s");
    } else {
        buf_put_text(out, ": ");
        put_counted(out, c->differences, "difference");
        buf_put_text(out, ", no certificate\n");
    }
}

static void put_json_hash(Buf *out, const char *name, Hash128 hash)
{
    buf_put_byte(out, ',');
    put_json_name(out, name);
    buf_put_byte(out, '"');
    put_hash128(out, hash);
    buf_put_byte(out, '"');
}

static void put_json_levels(Buf *out, const Certificate *c)
{
    buf_put_text(out, ",\"levels\":[");
    for (size_t i = 0; i < c->level_count; i++) {
        buf_printf(out, "%s\"%s\"", i ? "," : "", cpu_level_name(c->levels[i]));
    }
    buf_put_text(out, "],\"digests\":[");
    for (size_t i = 0; i < c->level_count; i++) {
        buf_put_text(out, i ? ",\"" : "\"");
        put_hash128(out, c->digests[i]);
        buf_put_byte(out, '"');
    }
    buf_put_byte(out, ']');
}

void put_certificate_json(Buf *out, const Certificate *c)
{
    buf_put_text(out,
                 "{\"type\":\"certificate\",\"format\":\"quern-certificate\""
                 ",\"version\":1,\"quern\":\"" QUERN_VERSION "\"");
    put_json_member(out, "date", span_text(c->date));
    put_json_member(out, "index", span_text(c->index));
    put_json_hash(out, "index_hash", c->index_hash);
    buf_printf(out, ",\"documents\":%" PRIu64, c->documents);
    put_json_member(out, "queries_file", span_text(c->queries_file));
    put_json_hash(out, "queries_hash", c->queries_hash);
    buf_printf(out, ",\"queries\":%" PRIu64 ",\"plain\":%s,\"depths\":[",
               c->queries, c->plain ? "true" : "false");
    for (size_t i = 0; i < c->depths.count; i++)
        buf_printf(out, "%s%u", i ? "," : "", c->depths.items[i]);
    buf_put_byte(out, ']');
    put_json_levels(out, c);
    buf_printf(
        out,
        ",\"hits\":%" PRIu64 ",\"differences\":%" PRIu64 ",\"holds\":%s}\n",
        c->hits, c->differences, certificate_holds(c) ? "true" : "false");
}
