/* model_segment.c - a segment file and the lists it was made from.
 */
#include "tests/common/segment/model_segment.h"

#include "common/base/hash.h"
#include "common/segment/skip_log/skip_log_writer.h"
#include "indexer/build/segment_builder.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>

const ModelShape SMALL_SHAPE = {.document_count = 700,
                                .term_count = 300,
                                .bitmap_share = 4,
                                .bounds_share = 16,
                                .short_limit = 20,
                                .positions = true,
                                .titles = true,
                                .stored = true,
                                .term_start = ""};

static void *take(Arena *arena, size_t count, size_t size)
{
    void *memory = arena_zeroed(arena, count, size);
    ck_assert_ptr_nonnull(memory);
    return memory;
}

static int compare_terms(const void *a, const void *b)
{
    const ModelTerm *x = a, *y = b;
    return span_compare(x->term, y->term);
}

/* Different terms, many with the same beginnings. */
static void make_terms(Model *model, Random *random)
{
    uint32_t wanted = model->shape.term_count;
    model->terms = take(&model->arena, wanted, sizeof(ModelTerm));
    for (uint32_t i = 0; i < wanted; i++) {
        char text[80];
        int size = snprintf(text, sizeof text, "%s%.*s%zx",
                            model->shape.term_start,
                            (int)random_below(random, 12), "abcabdabcabd",
                            random_below(random, 4096));
        model->terms[i].term = arena_copy(&model->arena,
                                          span_of(text, (size_t)size));
    }
    qsort(model->terms, wanted, sizeof(ModelTerm), compare_terms);
    for (uint32_t i = 0; i < wanted; i++) {
        bool repeated = i > 0 && span_equal(model->terms[i].term,
                                            model->terms[i - 1].term);
        if (!repeated) model->terms[model->term_count++] = model->terms[i];
    }
}

/* Mostly small, some at the edges of what widths and classes hold. */
static uint32_t random_tf(Random *random)
{
    if (random_chance(random, 0.9))
        return 1 + (uint32_t)random_below(random, 3);
    if (random_chance(random, 0.9)) {
        return 1 + (uint32_t)random_below(random, 40);
    }
    return 200 + (uint32_t)random_below(random, 200);
}

static double random_density(Random *random)
{
    static const double DENSITIES[] = {0.002, 0.002, 0.02, 0.1,
                                       0.2,   0.5,   0.9,  1.0};
    return DENSITIES[random_below(random, 8)];
}

static void make_postings(Model *model, ModelTerm *term, Random *random)
{
    uint32_t documents = model->shape.document_count;
    double density = random_density(random);
    uint32_t *docids = take(&model->arena, documents, sizeof(uint32_t));
    for (uint32_t d = 0; d < documents; d++) {
        bool last_chance = d == documents - 1 && term->df == 0;
        if (last_chance || (d % 64 != 13 && random_chance(random, density))) {
            docids[term->df++] = d; /* some documents stay empty */
        }
    }
    term->docids = docids;
    term->tfs = take(&model->arena, term->df, sizeof(uint32_t));
    for (uint32_t i = 0; i < term->df; i++) {
        term->tfs[i] = random_tf(random);
        term->total_tf += term->tfs[i];
        model->lengths[docids[i]] += term->tfs[i];
    }
    model->token_count += term->total_tf;
}

static void make_positions(Model *model, ModelTerm *term, Random *random)
{
    term->positions = take(&model->arena, term->df, sizeof(uint32_t *));
    for (uint32_t i = 0; i < term->df; i++) {
        uint32_t *positions = take(&model->arena, term->tfs[i],
                                   sizeof(uint32_t));
        uint32_t next = (uint32_t)random_below(random, 50);
        uint32_t title_end = model->title_ends[term->docids[i]];
        for (uint32_t k = 0; k < term->tfs[i]; k++) {
            if (next == title_end) next++;
            positions[k] = next;
            next += 1 + (uint32_t)random_below(random, 9);
        }
        term->positions[i] = positions;
    }
}

static void make_model(Model *model, Random *random)
{
    uint32_t documents = model->shape.document_count;
    model->lengths = take(&model->arena, documents, sizeof(uint32_t));
    model->title_ends = take(&model->arena, documents, sizeof(uint32_t));
    for (uint32_t d = 0; model->shape.titles && d < documents; d++) {
        model->title_ends[d] = (uint32_t)random_below(random, 300);
    }
    make_terms(model, random);
    for (uint32_t i = 0; i < model->term_count; i++) {
        make_postings(model, &model->terms[i], random);
        make_positions(model, &model->terms[i], random);
    }
}

static void put_term(SegmentBuilder *builder, const ModelTerm *term,
                     bool positions)
{
    for (uint32_t first = 0; first < term->df; first += BLOCK_POSTINGS) {
        PostingBatch batch = {0};
        for (uint32_t i = first; i < term->df && batch.count < BLOCK_POSTINGS;
             i++) {
            batch.docids[batch.count] = term->docids[i];
            batch.tfs[batch.count++] = term->tfs[i];
            for (uint32_t k = 0; k < term->tfs[i]; k++) {
                uint32_t value = term->positions[i][k];
                if (k > 0) value -= term->positions[i][k - 1] + 1;
                if (batch.position_count == batch.position_capacity) {
                    ck_assert(posting_batch_grow(&batch));
                }
                batch.positions[batch.position_count++] = positions ? value : 0;
            }
        }
        segment_builder_put(builder, &batch);
        posting_batch_release(&batch);
    }
    segment_builder_end_term(builder, term->term);
}

static void put_section(SegmentWriter *writer, SectionKind kind,
                        const Buf *bytes)
{
    ck_assert_int_eq(bytes->status, OK);
    segment_writer_begin(writer, kind);
    segment_writer_put(writer, bytes->data, bytes->size);
    segment_writer_end(writer);
}

static void write_title_ends(SegmentWriter *writer, const Model *model)
{
    Buf section = {0};
    buf_put_byte(&section, 2);
    buf_put_zeros(&section, TITLE_ENDS_HEADER_BYTES - 1);
    for (uint32_t d = 0; d < model->shape.document_count; d++) {
        buf_put_u16le(&section, (uint16_t)model->title_ends[d]);
    }
    put_section(writer, SECTION_TITLE_ENDS, &section);
    buf_release(&section);
}

void model_id(uint32_t docid, Buf *out)
{
    buf_printf(out, "id-%u", docid);
    for (uint32_t i = 0; i < docid % 7; i++) buf_put_text(out, "/more");
}

static void write_ids(SegmentWriter *writer, uint32_t documents)
{
    Buf head = {0}, groups = {0}, id = {0};
    uint64_t head_size = 8 * ((documents + 15) / 16 + 1);
    for (uint32_t d = 0; d < documents; d++) {
        if (d % ID_GROUP_IDS == 0) {
            buf_put_u64le(&head, head_size + groups.size);
        } else {
            buf_put_varint(&groups, 3); /* "id-" */
        }
        buf_clear(&id);
        model_id(d, &id);
        size_t shared = d % ID_GROUP_IDS ? 3 : 0;
        buf_put_varint(&groups, id.size - shared);
        buf_put(&groups, id.data + shared, id.size - shared);
    }
    buf_put_u64le(&head, head_size + groups.size);
    buf_put_span(&head, buf_span(&groups));
    put_section(writer, SECTION_IDS, &head);
    buf_release(&head);
    buf_release(&groups);
    buf_release(&id);
}

typedef struct HashedDocid {
    uint64_t hash;
    uint32_t docid;
} HashedDocid;

static int compare_hashes(const void *a, const void *b)
{
    const HashedDocid *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static void write_id_order(SegmentWriter *writer, Model *model)
{
    uint32_t documents = model->shape.document_count;
    HashedDocid *order = take(&model->arena, documents, sizeof *order);
    Buf id = {0}, bytes = {0};
    for (uint32_t d = 0; d < documents; d++) {
        buf_clear(&id);
        model_id(d, &id);
        order[d] = (HashedDocid){hash_span(buf_span(&id)), d};
    }
    qsort(order, documents, sizeof *order, compare_hashes);
    for (uint32_t d = 0; d < documents; d++) {
        buf_put_u32le(&bytes, order[d].docid);
    }
    put_section(writer, SECTION_ID_ORDER, &bytes);
    buf_release(&id);
    buf_release(&bytes);
}

void model_text(uint32_t docid, Buf *title, Buf *text)
{
    if (docid % 3) buf_printf(title, "Title of %u", docid);
    for (uint32_t i = 0; i < docid % 11; i++) {
        buf_printf(text, "This is line %u of document %u. ", i, docid);
    }
}

static void put_sized(Buf *out, const Buf *bytes)
{
    buf_put_varint(out, bytes->size);
    buf_put_span(out, buf_span(bytes));
}

static void put_stored_document(Buf *content, uint32_t docid)
{
    Buf title = {0}, text = {0};
    model_text(docid, &title, &text);
    put_sized(content, &title);
    put_sized(content, &text);
    buf_put_varint(content, docid % 2);
    if (docid % 2) { /* field 1 is the title once more */
        buf_put_varint(content, 1);
        put_sized(content, &title);
    }
    buf_release(&title);
    buf_release(&text);
}

static void write_stored(SegmentWriter *writer, uint32_t documents)
{
    Buf frames = {0}, index = {0}, content = {0};
    buf_put_u32le(&index, STORED_BLOCK_DOCUMENTS);
    buf_put_u32le(&index, 0);
    buf_put_u32le(&index, 2);
    buf_put_u32le(&index, 11);
    for (uint32_t d = 0; d < documents; d++) {
        if (d % STORED_BLOCK_DOCUMENTS == 0) {
            buf_put_u64le(&index, frames.size);
            buf_clear(&content);
        }
        put_stored_document(&content, d);
        if (d % STORED_BLOCK_DOCUMENTS != STORED_BLOCK_DOCUMENTS - 1 &&
            d + 1 != documents) {
            continue;
        }
        size_t bound = ZSTD_compressBound(content.size);
        uint8_t *room = buf_reserve(&frames, bound);
        ck_assert_ptr_nonnull(room);
        size_t size = ZSTD_compress(room, bound, content.data, content.size, 1);
        ck_assert(!ZSTD_isError(size));
        frames.size += size;
    }
    buf_put_u64le(&index, frames.size);
    buf_put_text(&index, "\4from\5again");
    put_section(writer, SECTION_STORED, &frames);
    put_section(writer, SECTION_STORED_INDEX, &index);
    buf_release(&frames);
    buf_release(&index);
    buf_release(&content);
}

static SegmentFacts facts_of(const Model *model, const DocumentNorms *norms,
                             uint64_t posting_count)
{
    SegmentFacts facts = {
        .document_count = model->shape.document_count,
        .token_count = model->token_count,
        .posting_count = posting_count,
        .term_count = model->term_count,
        .limits = {model->shape.bitmap_share, model->shape.bounds_share,
                   model->shape.short_limit, MODEL_CHAMPIONS, 0},
        .k1 = norms->bm25.k1,
        .b = norms->bm25.b,
        .average_length = norms->bm25.average_length};
    for (uint32_t d = 0; d < facts.document_count; d++) {
        uint8_t code = norms->codes[d];
        facts.norm_codes[code / 8] |= (uint8_t)(1u << (code % 8));
        facts.nonempty_count += code > 0;
    }
    return facts;
}

static void write_skip_log(SegmentWriter *writer, const char *folder)
{
    SkipLogWriter skip_log;
    skip_log_writer_init(&skip_log, folder, 1 << 20, 1 << 20);
    for (uint32_t i = 0; i < 50; i++) {
        char source[32], reason[32];
        snprintf(source, sizeof source, "folder/%u.jsonl", i / 7);
        snprintf(reason, sizeof reason, "reason %u", i % 3);
        SkipLogEntry entry = {.kind = (SkipLogKind)(i % SKIP_LOG_KINDS),
                              .source = span_text(source),
                              .line = i * i,
                              .column = i,
                              .offset = i << 20,
                              .reason = span_text(reason)};
        skip_log_writer_put(&skip_log, &entry);
    }
    skip_log_writer_write(&skip_log, writer);
    skip_log_writer_release(&skip_log);
}

/* Every section but the lists, in the order of their kinds. */
static void write_documents(SegmentWriter *writer, Model *model,
                            const uint8_t *codes, const char *folder)
{
    uint32_t documents = model->shape.document_count;
    segment_writer_begin(writer, SECTION_NORMS);
    segment_writer_put(writer, codes, documents);
    segment_writer_end(writer);
    if (model->shape.titles) write_title_ends(writer, model);
    write_ids(writer, documents);
    write_id_order(writer, model);
    if (model->shape.stored) write_stored(writer, documents);
    write_skip_log(writer, folder);
}

static void write_model(Model *model, const char *folder)
{
    uint32_t documents = model->shape.document_count;
    uint8_t *codes = take(&model->arena, documents, 1);
    uint64_t nonempty = 0;
    for (uint32_t d = 0; d < documents; d++) {
        codes[d] = norm_encode(model->lengths[d]);
        nonempty += codes[d] > 0;
    }
    DocumentNorms norms = {.codes = codes, .count = documents};
    bm25_init(&norms.bm25, 0.9f, 0.4f, model->token_count, nonempty);
    ListLimits limits = {model->shape.bitmap_share, model->shape.bounds_share,
                         model->shape.short_limit, MODEL_CHAMPIONS, 0};
    Error error;
    SegmentBuilder builder;
    segment_builder_init(&builder, folder, 0, &norms, &limits,
                         model->shape.positions, 1 << 20);
    for (uint32_t i = 0; i < model->term_count; i++) {
        put_term(&builder, &model->terms[i], model->shape.positions);
    }
    SegmentWriter writer;
    FolderHandle handle;
    ck_assert_int_eq(folder_open(folder, false, &handle, &error), OK);
    segment_writer_open(&writer, &handle, (FileAccess){0644, getgid()});
    Status status = segment_builder_write(&builder, &writer, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    write_documents(&writer, model, codes, folder);
    champions_writer_write(&builder.champions, &writer);

    char name[SEGMENT_NAME_BYTES];
    uint64_t bytes;
    SegmentFacts facts = facts_of(model, &norms, builder.posting_count);
    status = segment_writer_finish(&writer, &facts, name, &bytes, &error);
    ck_assert_msg(status == OK, "%s", error.message);
    snprintf(model->path, sizeof model->path, "%s/%s", folder, name);
    segment_writer_release(&writer);
    folder_close(&handle);
    segment_builder_release(&builder);
}

void model_new(Model *model, ModelShape shape, uint64_t seed)
{
    *model = (Model){.shape = shape};
    Random random = {seed};
    make_model(model, &random);
    char folder[] = "/tmp/quern-model-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_model(model, folder);
}

void model_free(Model *model)
{
    unlink(model->path);
    *strrchr(model->path, '/') = '\0';
    rmdir(model->path);
    arena_release(&model->arena);
}
