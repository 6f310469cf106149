/* segment_readers_test.c - tests that the readers give back what the writers
 * were given: dictionary, postings, positions, documents. */
#include "common/codec/block_codec.h"
#include "common/segment/check/segment_check.h"
#include "common/segment/documents/documents.h"
#include "common/segment/positions/positions.h"
#include "common/segment/postings/champions.h"
#include "common/segment/postings/posting_find.h"
#include "common/segment/postings/postings_scan.h"
#include "tests/common/segment/model_segment.h"
#include "tests/support/check_main.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static Error error;

#define ASSERT_OK(call)                                      \
    do {                                                     \
        Status ok_status = (call);                           \
        ck_assert_msg(ok_status == OK, "%s", error.message); \
    } while (0)

/* Shapes that between them reach every branch of the format. */
static const ModelShape SHAPES[] = {
    {700, 300, 4, 16, 20, true, true, true, ""},
    {700, 300, 4, 16, 128, true, false, true, "the-same-beginning-"},
    {5000, 60, 16, 64, 128, true, true, false, "longer"},
    {130, 3000, 1, 1, 1, false, false, false, "12345678"},
    {1, 40, 16, 64, 128, true, true, true, ""},
    {64, 1, 16, 64, 128, true, false, true, ""},
    {4096, 30, 0, 2, 100, true, false, true, "x"},
};

enum { SHAPE_COUNT = sizeof SHAPES / sizeof *SHAPES };

typedef struct Fixture {
    Model model;
    Segment *segment;
} Fixture;

static void set_up(Fixture *fixture, int number)
{
    model_new(&fixture->model, SHAPES[number], (uint64_t)number + 1);
    ASSERT_OK(segment_open(fixture->model.path, &fixture->segment, &error));
}

static void tear_down(Fixture *fixture)
{
    segment_close(fixture->segment);
    model_free(&fixture->model);
}

static void find_term(Fixture *fixture, const ModelTerm *term,
                      TermRecord *record)
{
    bool found;
    ASSERT_OK(
        dictionary_find(fixture->segment, term->term, record, &found, &error));
    ck_assert_msg(found, "%.*s is not found", SPAN_ARGS(term->term));
    ck_assert_uint_eq(record->df, term->df);
    ck_assert_uint_eq(record->total_tf, term->total_tf);
}

static Postings open_list(Fixture *fixture, const ModelTerm *term)
{
    TermRecord record;
    Postings list;
    find_term(fixture, term, &record);
    ASSERT_OK(postings_open(fixture->segment, &record, &list, &error));
    return list;
}

START_TEST(every_term_is_found_with_its_ordinal)
{
    Fixture fixture;
    set_up(&fixture, _i);
    for (uint32_t i = 0; i < fixture.model.term_count; i++) {
        TermRecord record;
        find_term(&fixture, &fixture.model.terms[i], &record);
        ck_assert_uint_eq(record.number, i);
    }
    tear_down(&fixture);
}
END_TEST

START_TEST(a_posting_is_found_by_its_document)
{
    Fixture fixture;
    set_up(&fixture, _i);
    for (uint32_t i = 0; i < fixture.model.term_count; i++) {
        const ModelTerm *term = &fixture.model.terms[i];
        TermRecord record;
        Postings list;
        uint32_t next = 0, number, tf;
        find_term(&fixture, term, &record);
        ASSERT_OK(postings_open(fixture.segment, &record, &list, &error));
        for (uint32_t d = 0; d < fixture.model.shape.document_count; d++) {
            bool has = next < term->df && term->docids[next] == d;
            ck_assert(posting_find(&list, d, &number, &tf) == has);
            if (!has) continue;
            ck_assert_uint_eq(number, next);
            ck_assert_uint_eq(tf, term->tfs[next]);
            next++;
        }
    }
    tear_down(&fixture);
}
END_TEST

static bool model_has(const Model *model, Span term)
{
    for (uint32_t i = 0; i < model->term_count; i++) {
        if (span_equal(model->terms[i].term, term)) return true;
    }
    return false;
}

START_TEST(no_other_term_is_found)
{
    Fixture fixture;
    set_up(&fixture, _i);
    Random random = {7};
    for (int i = 0; i < 500; i++) {
        size_t which = random_below(&random, fixture.model.term_count);
        uint8_t bytes[100];
        Span term = fixture.model.terms[which].term;
        memcpy(bytes, term.data, term.size);
        size_t size = term.size;
        size_t place = random_below(&random, size);
        switch (random_below(&random, 4)) {
        case 0: bytes[place]++; break;
        case 1: bytes[place]--; break;
        case 2: size = place; break;
        default: bytes[size++] = (uint8_t)random_below(&random, 256);
        }
        Span wanted = span_of(bytes, size);
        TermRecord record;
        bool found;
        ASSERT_OK(
            dictionary_find(fixture.segment, wanted, &record, &found, &error));
        ck_assert(found == model_has(&fixture.model, wanted));
    }
    tear_down(&fixture);
}
END_TEST

START_TEST(a_walk_gives_all_terms_from_anywhere)
{
    Fixture fixture;
    set_up(&fixture, _i);
    TermWalk walk = {0};
    for (uint32_t i = 0; i < fixture.model.term_count; i += 1 + i / 3) {
        uint8_t start[100];
        Span from = fixture.model.terms[i].term;
        memcpy(start, from.data, from.size);
        if (i % 2) from = span_of(start, from.size - 1);
        uint32_t next = i;
        while (next > 0 && i % 2 &&
               span_compare(fixture.model.terms[next - 1].term, from) >= 0) {
            next--;
        }
        ASSERT_OK(term_walk_start(&walk, fixture.segment, from, &error));
        for (;; next++) {
            Span term;
            TermRecord record;
            bool found;
            ASSERT_OK(term_walk_next(&walk, &term, &record, &found, &error));
            ck_assert(found == (next < fixture.model.term_count));
            if (!found) break;
            ck_assert(span_equal(term, fixture.model.terms[next].term));
            ck_assert_uint_eq(record.number, next);
            ck_assert_uint_eq(record.df, fixture.model.terms[next].df);
        }
    }
    term_walk_release(&walk);
    tear_down(&fixture);
}
END_TEST

START_TEST(lists_are_those_that_were_written)
{
    Fixture fixture;
    set_up(&fixture, _i);
    const Model *model = &fixture.model;
    for (uint32_t t = 0; t < model->term_count; t++) {
        const ModelTerm *term = &model->terms[t];
        Postings list = open_list(&fixture, term);
        PostingsScan scan;
        postings_scan_start(&scan, fixture.segment, &list);
        uint32_t number = 0;
        while (postings_scan_next(&scan)) {
            for (uint32_t i = 0; i < scan.count; i++, number++) {
                uint32_t docid = term->docids[number];
                ck_assert_uint_eq(scan.docids[i], docid);
                ck_assert_uint_eq(scan.tfs[i], term->tfs[number]);
                ck_assert_uint_eq(scan.codes[i],
                                  norm_encode(model->lengths[docid]));
                if (list.kind != POSTINGS_BITMAP) continue;
                ck_assert_uint_eq(postings_rank(&list, docid), number);
            }
        }
        ck_assert_uint_eq(number, term->df);
    }
    tear_down(&fixture);
}
END_TEST

/* How many postings of a term come before one in the order of champions:
 * those with a greater product, or an equal one and a smaller docid. */
static uint32_t champion_rank(const Model *model, const Bm25 *bm25,
                              const ModelTerm *term, const Champion *champion)
{
    float product = (float)champion->tf * bm25->inverse[champion->code];
    uint32_t rank = 0;
    for (uint32_t i = 0; i < term->df; i++) {
        uint32_t length = model->lengths[term->docids[i]];
        float other = (float)term->tfs[i] * bm25->inverse[norm_encode(length)];
        rank += other > product ||
                (!(other < product) && term->docids[i] < champion->docid);
    }
    return rank;
}

START_TEST(champions_are_the_best_postings)
{
    Fixture fixture;
    set_up(&fixture, _i);
    const Model *model = &fixture.model;
    Bm25 bm25;
    bm25_init_average(&bm25, fixture.segment->k1, fixture.segment->b,
                      fixture.segment->average_length);
    uint32_t lists = 0;
    for (uint32_t t = 0; t < model->term_count; t++) {
        const ModelTerm *term = &model->terms[t];
        Postings list = open_list(&fixture, term);
        Champions champions = champions_find(fixture.segment, &list);
        bool frequent = list.kind == POSTINGS_BITMAP &&
                        list.df >= CHAMPIONS_SHARE * MODEL_CHAMPIONS;
        ck_assert_uint_eq(champions.count, frequent ? MODEL_CHAMPIONS : 0);
        for (uint32_t i = 0; i < champions.count; i++) {
            Champion champion = champion_at(&champions, i);
            ck_assert_uint_eq(champion_rank(model, &bm25, term, &champion), i);
        }
        lists += frequent;
    }
    if (_i == 0) ck_assert_uint_gt(lists, 10);
    tear_down(&fixture);
}
END_TEST

/* The same, step by step; what follows the last ascends. */
static void check_few(Positions *positions, const ModelTerm *term,
                      uint32_t number)
{
    PositionPlace place;
    uint32_t few[POSITIONS_FEW], tf = term->tfs[number];
    positions_fetch_directory(positions, number);
    positions_find_group(positions, number, &place);
    positions_find_run(positions, &place);
    ck_assert_uint_eq(positions_count(positions, number), tf);
    uint32_t count = positions_get_few(positions, &place, few);
    if (tf > POSITIONS_FEW) ck_assert_uint_eq(count, 0);
    if (count == 0) return; /* also for positions that take 32 bits */
    ck_assert_uint_eq(count, tf);
    ck_assert_mem_eq(few, term->positions[number], 4 * tf);
    for (uint32_t i = tf; i < POSITIONS_FEW; i++)
        ck_assert_uint_ge(few[i], few[tf - 1]);
}

START_TEST(positions_are_those_that_were_written)
{
    Fixture fixture;
    set_up(&fixture, _i);
    Random random = {3};
    for (uint32_t t = 0; t < fixture.model.term_count; t++) {
        const ModelTerm *term = &fixture.model.terms[t];
        Postings list = open_list(&fixture, term);
        Positions positions;
        Status status = positions_open(fixture.segment, &list, &positions,
                                       &error);
        if (!fixture.model.shape.positions) {
            ck_assert_int_eq(status, ERR_UNSUPPORTED);
            continue;
        }
        ck_assert_msg(status == OK, "%s", error.message);
        for (uint32_t i = 0; i < term->df; i++) {
            uint32_t number = i;
            if (i % 2) number = (uint32_t)random_below(&random, term->df);
            uint32_t out[512];
            uint32_t limit = i % 5 ? 512 : 3;
            uint32_t expected = term->tfs[number] < limit ? term->tfs[number]
                                                          : limit;
            ck_assert_uint_eq(positions_get(&positions, number, out, limit),
                              expected);
            ck_assert_mem_eq(out, term->positions[number], 4 * expected);
            check_few(&positions, term, number);
        }
    }
    tear_down(&fixture);
}
END_TEST

START_TEST(ids_lead_to_documents_and_back)
{
    Fixture fixture;
    set_up(&fixture, _i);
    Buf id = {0}, expected = {0};
    uint32_t docid;
    bool found;
    for (uint32_t d = 0; d < fixture.model.shape.document_count; d++) {
        buf_clear(&id);
        buf_clear(&expected);
        model_id(d, &expected);
        ASSERT_OK(document_id(fixture.segment, d, &id, &error));
        ck_assert(span_equal(buf_span(&id), buf_span(&expected)));
        ASSERT_OK(document_find(fixture.segment, buf_span(&id), &docid, &found,
                                &error));
        ck_assert(found);
        ck_assert_uint_eq(docid, d);
    }
    ASSERT_OK(document_find(fixture.segment, span_text("id-"), &docid, &found,
                            &error));
    ck_assert(!found);
    buf_release(&id);
    buf_release(&expected);
    tear_down(&fixture);
}
END_TEST

START_TEST(ids_are_found_alike_by_hashes_in_memory)
{
    Fixture fixture;
    set_up(&fixture, _i);
    Buf id = {0};
    uint64_t *hashes;
    uint32_t docid;
    bool found;
    ASSERT_OK(document_id_hashes(fixture.segment, &hashes, &error));
    for (uint32_t d = 0; d < fixture.model.shape.document_count; d++) {
        buf_clear(&id);
        model_id(d, &id);
        ASSERT_OK(document_find_hashed(fixture.segment, hashes, buf_span(&id),
                                       &docid, &found, &error));
        ck_assert(found);
        ck_assert_uint_eq(docid, d);
        buf_put_byte(&id, '-');
        ASSERT_OK(document_find_hashed(fixture.segment, hashes, buf_span(&id),
                                       &docid, &found, &error));
        ck_assert(!found);
    }
    free(hashes);
    buf_release(&id);
    tear_down(&fixture);
}
END_TEST

START_TEST(stored_text_comes_back)
{
    Fixture fixture;
    set_up(&fixture, _i);
    StoredReader *reader;
    Status status = stored_reader_new(fixture.segment, &reader, &error);
    if (!fixture.model.shape.stored) {
        ck_assert_int_eq(status, ERR_UNSUPPORTED);
        tear_down(&fixture);
        return;
    }
    ck_assert_msg(status == OK, "%s", error.message);
    uint32_t count = fixture.model.shape.document_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t docid = i % 2 ? count - i - count % 2 : i;
        Buf title = {0}, text = {0};
        StoredDocument document;
        model_text(docid, &title, &text);
        ASSERT_OK(stored_reader_get(reader, docid, &document, &error));
        ck_assert(span_equal(document.title, buf_span(&title)));
        ck_assert(span_equal(document.text, buf_span(&text)));
        ck_assert_uint_eq(document.field_count, docid % 2);
        if (docid % 2) {
            ck_assert(span_equals_text(document.fields[0].name, "again"));
            ck_assert(span_equal(document.fields[0].value, buf_span(&title)));
        }
        buf_release(&title);
        buf_release(&text);
    }
    stored_reader_free(reader);
    tear_down(&fixture);
}
END_TEST

/* Some blocks are larger than what the reader may hold, some documents too. */
START_TEST(a_reader_that_holds_little_reads_document_by_document)
{
    static const uint64_t LIMITS[] = {1, 60, 400, 1500};
    Fixture fixture;
    set_up(&fixture, 0);
    StoredReader *reader;
    ASSERT_OK(stored_reader_new(fixture.segment, &reader, &error));
    uint32_t count = fixture.model.shape.document_count;
    for (uint32_t i = 0; i < 4 * count; i++) {
        uint64_t limit = LIMITS[i / count];
        uint32_t docid = i % 3 ? i % count : count - 1 - i % count;
        Buf title = {0}, text = {0};
        StoredDocument document;
        model_text(docid, &title, &text);
        stored_reader_limit(reader, limit);
        Status status = stored_reader_get(reader, docid, &document, &error);
        uint64_t size = title.size + text.size + (docid % 2 ? title.size : 0);
        if (status == ERR_LIMIT) {
            ck_assert_uint_gt(size + 16, limit);
            ck_assert_ptr_null(document.text.data);
        } else {
            ck_assert_msg(status == OK, "%s", error.message);
            ck_assert(span_equal(document.title, buf_span(&title)));
            ck_assert(span_equal(document.text, buf_span(&text)));
        }
        buf_release(&title);
        buf_release(&text);
    }
    stored_reader_free(reader);
    tear_down(&fixture);
}
END_TEST

START_TEST(title_ends_are_those_that_were_written)
{
    Fixture fixture;
    set_up(&fixture, _i);
    const uint8_t *ends;
    uint32_t width;
    ASSERT_OK(document_title_ends(fixture.segment, &ends, &width, &error));
    ck_assert((ends != NULL) == fixture.model.shape.titles);
    for (uint32_t d = 0; ends && d < fixture.model.shape.document_count; d++) {
        ck_assert_uint_eq(title_end_of(ends, width, d),
                          fixture.model.title_ends[d]);
    }
    tear_down(&fixture);
}
END_TEST

START_TEST(a_check_finds_nothing_wrong)
{
    Fixture fixture;
    set_up(&fixture, _i);
    CheckReport report = {0};
    ASSERT_OK(segment_check(fixture.segment, &report, &error));
    ck_assert_msg(report.problem_count == 0, "%s", buf_text(&report.problems));
    ck_assert_uint_eq(report.terms, fixture.model.term_count);
    ck_assert_uint_eq(report.tokens, fixture.model.token_count);
    check_report_release(&report);
    tear_down(&fixture);
}
END_TEST

/* Looks everything up; threads begin at different terms. */
static void *read_all_terms(void *argument)
{
    static atomic_uint next_start;
    Fixture *fixture = argument;
    uint32_t count = fixture->model.term_count;
    uint32_t start = atomic_fetch_add(&next_start, 37) % count;
    size_t wrong = 0;
    for (uint32_t i = 0; i < count; i++) {
        const ModelTerm *term = &fixture->model.terms[(start + i) % count];
        Error own_error;
        TermRecord record;
        Postings list;
        Positions positions;
        bool found;
        uint32_t first[1];
        if (dictionary_find(fixture->segment, term->term, &record, &found,
                            &own_error) != OK ||
            postings_open(fixture->segment, &record, &list, &own_error) != OK ||
            positions_open(fixture->segment, &list, &positions, &own_error) !=
                OK ||
            positions_get(&positions, 0, first, 1) != 1 ||
            first[0] != term->positions[0][0]) {
            wrong++;
        }
    }
    return (void *)wrong;
}

START_TEST(threads_share_a_segment)
{
    Fixture fixture;
    set_up(&fixture, 0);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, read_all_terms, &fixture), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *wrong;
        ck_assert_int_eq(pthread_join(threads[i], &wrong), 0);
        ck_assert_ptr_null(wrong);
    }
    tear_down(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("segment_readers");
    TCase *tests = tcase_create("segment_readers");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, every_term_is_found_with_its_ordinal, 0,
                        SHAPE_COUNT);
    tcase_add_loop_test(tests, a_posting_is_found_by_its_document, 0,
                        SHAPE_COUNT);
    tcase_add_loop_test(tests, no_other_term_is_found, 0, SHAPE_COUNT);
    tcase_add_loop_test(tests, a_walk_gives_all_terms_from_anywhere, 0,
                        SHAPE_COUNT);
    tcase_add_loop_test(tests, lists_are_those_that_were_written, 0,
                        SHAPE_COUNT);
    tcase_add_loop_test(tests, champions_are_the_best_postings, 0, SHAPE_COUNT);
    tcase_add_loop_test(tests, positions_are_those_that_were_written, 0,
                        SHAPE_COUNT);
    tcase_add_loop_test(tests, ids_lead_to_documents_and_back, 0, SHAPE_COUNT);
    tcase_add_loop_test(tests, ids_are_found_alike_by_hashes_in_memory, 0,
                        SHAPE_COUNT);
    tcase_add_loop_test(tests, stored_text_comes_back, 0, SHAPE_COUNT);
    tcase_add_test(tests,
                   a_reader_that_holds_little_reads_document_by_document);
    tcase_add_loop_test(tests, title_ends_are_those_that_were_written, 0,
                        SHAPE_COUNT);
    tcase_add_loop_test(tests, a_check_finds_nothing_wrong, 0, SHAPE_COUNT);
    tcase_add_test(tests, threads_share_a_segment);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
