/* api_index_test.c - tests common/api/api_index.c and api_terms.c. */
#include "tests/common/api/api_books.h"
#include "tests/support/check_main.h"

static Scratch scratch;
static ApiFixture at;

static void set_up(void)
{
    scratch = scratch_new();
    at = books_open(&scratch, (BookOptions){.segments = 2});
}

static void tear_down(void)
{
    api_fixture_close(&at);
    scratch_remove(&scratch);
}

START_TEST(an_index_is_described)
{
    const quern_index_info *info = quern_index_get_info(at.index);
    ck_string_eq(info->folder, scratch_path(&scratch, "books"));
    ck_assert_uint_eq(info->document_count, 5);
    ck_assert_uint_eq(info->nonempty_count, 4);
    ck_assert_uint_gt(info->token_count, 30);
    ck_assert_uint_eq(info->generation, 1);
    ck_string_eq(info->created_version, QUERN_VERSION);
    ck_assert(info->k1 == 0.9F);
    ck_assert(info->b == 0.4F);
    ck_assert(info->has_positions && info->has_stored);
    ck_assert(!info->analyzer_differs);
    ck_string_eq(info->analyzer->name, "default");
    ck_assert_uint_eq(info->analyzer->stem.size, 0);
    ck_assert_uint_eq(info->source_count, 1);
    ck_assert_uint_eq(info->segment_count, 2);
    uint64_t documents = 0;
    for (size_t i = 0; i < info->segment_count; i++) {
        documents += info->segments[i].document_count;
        ck_assert_uint_gt(info->segments[i].size, 0);
        ck_assert_uint_gt(info->segments[i].term_count, 0);
        ck_assert_uint_gt(info->segments[i].name.size, 8);
    }
    ck_assert_uint_eq(documents, 5);
    ck_assert_ptr_null(quern_index_get_info(NULL));
    ck_assert_ptr_null(quern_index_analyzer(NULL));
    ck_assert_ptr_nonnull(quern_index_analyzer(at.index));
}
END_TEST

START_TEST(ids_and_documents_lead_to_each_other)
{
    quern_string id;
    for (uint64_t document = 0; document < 5; document++) {
        uint64_t back;
        bool found;
        ck_ok(quern_document_id(at.context, document, &id, &error));
        ck_ok(quern_index_find(at.index, id, &back, &found, &error));
        ck_assert(found);
        ck_assert_uint_eq(back, document);
    }
    ck_string_eq(id, "caf\u00e9\001");
    uint64_t document = 7;
    bool found = true;
    ck_ok(quern_index_find(at.index, quern_text("a/moby"), &document, &found,
                           &error));
    ck_assert(!found);
    ck_ok(quern_index_find(at.index, (quern_string){NULL, 0}, &document, &found,
                           &error));
    ck_assert(!found);
    ck_invalid(quern_document_id(at.context, 5, &id, &error),
               "no document 5, only 5 documents");
    ck_invalid(quern_document_id(at.context, UINT64_MAX, &id, &error),
               "no document");
    ck_assert_ptr_null(id.data);
}
END_TEST

START_TEST(terms_of_all_segments_come_in_order_with_their_counts)
{
    static const char *const expected[] = {"whale", "whalers", "whales",
                                           "white"};
    static const uint64_t counts[][2] = {{3, 4}, {1, 1}, {1, 1}, {2, 5}};
    quern_terms *terms;
    const quern_term *term;
    ck_ok(quern_terms_open(at.index, quern_text("wh"), &terms, &error));
    for (size_t i = 0; i < 4; i++) {
        ck_ok(quern_terms_next(terms, &term, &error));
        ck_assert_ptr_nonnull(term);
        ck_string_eq(term->text, expected[i]);
        ck_assert_uint_eq(term->document_count, counts[i][0]);
        ck_assert_uint_eq(term->occurrence_count, counts[i][1]);
    }
    ck_ok(quern_terms_next(terms, &term, &error));
    ck_assert_ptr_null(term);
    ck_ok(quern_terms_next(terms, &term, &error));
    ck_assert_ptr_null(term);
    quern_terms_close(terms);
}
END_TEST

START_TEST(without_a_prefix_every_term_comes)
{
    quern_terms *terms;
    const quern_term *term;
    uint64_t count = 0, occurrences = 0;
    ck_ok(quern_terms_open(at.index, (quern_string){NULL, 0}, &terms, &error));
    while (quern_terms_next(terms, &term, &error) == QUERN_OK && term) {
        count++;
        occurrences += term->occurrence_count;
    }
    quern_terms_close(terms);
    ck_assert_uint_gt(count, 20);
    ck_assert_uint_eq(occurrences, quern_index_get_info(at.index)->token_count);
    ck_ok(quern_terms_open(at.index, quern_text("zz"), &terms, &error));
    ck_ok(quern_terms_next(terms, &term, &error));
    ck_assert_ptr_null(term);
    quern_terms_close(terms);
    quern_terms_close(NULL);
}
END_TEST

START_TEST(a_missing_or_damaged_index_is_an_error)
{
    quern_index *index = at.index;
    ck_assert_int_eq(quern_index_open(quern_text("/nowhere"), &index, &error),
                     QUERN_IO);
    ck_assert_ptr_null(index);
    ck_assert_ptr_nonnull(strstr(error.message, "/nowhere"));
    ck_assert_int_eq(quern_index_open(quern_text("/nowhere"), &index, NULL),
                     QUERN_IO);
    ck_invalid(quern_index_open(quern_text(""), &index, &error), "empty");
    ck_invalid(quern_index_open((quern_string){"a\0b", 3}, &index, &error),
               "zero byte");
    ck_invalid(quern_index_open(quern_text("x"), NULL, &error), "NULL");
    const char *manifest = scratch_path(&scratch, "books/MANIFEST");
    FILE *file = fopen(manifest, "ab");
    ck_assert_ptr_nonnull(file);
    fputs("more\n", file);
    fclose(file);
    ck_assert_int_eq(
        quern_index_open(quern_text(scratch_path(&scratch, "books")), &index,
                         &error),
        QUERN_CORRUPT);
}
END_TEST

START_TEST(an_index_of_an_older_format_is_refused_with_the_advice_to_upgrade)
{
    quern_index *index;
    quern_status status = quern_index_open(
        quern_text("tests/golden/version1/index"), &index, &error);
    ck_assert_int_eq(status, QUERN_UNSUPPORTED);
    ck_assert_int_eq(error.advice, QUERN_ADVICE_UPGRADE_INDEX);
    ck_assert_ptr_null(index);
}
END_TEST

START_TEST(null_arguments_are_refused)
{
    uint64_t document;
    bool found;
    quern_terms *terms;
    quern_context *context;
    ck_invalid(
        quern_index_find(NULL, quern_text("a"), &document, &found, &error),
        "NULL");
    ck_invalid(
        quern_index_find(at.index, quern_text("a"), NULL, &found, &error),
        "NULL");
    ck_invalid(quern_index_find(at.index, (quern_string){NULL, 1}, &document,
                                &found, &error),
               "NULL");
    ck_invalid(quern_terms_open(NULL, quern_text(""), &terms, &error), "NULL");
    ck_invalid(
        quern_terms_open(at.index, (quern_string){NULL, 1}, &terms, &error),
        "NULL");
    ck_invalid(quern_terms_next(NULL, NULL, &error), "NULL");
    ck_invalid(quern_context_new(NULL, &context, &error), "NULL");
    ck_invalid(quern_context_new(at.index, NULL, &error), "NULL");
    quern_context_free(NULL);
    quern_index_close(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("api_index");
    TCase *tests = tcase_create("api_index");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_index_is_described);
    tcase_add_test(tests, ids_and_documents_lead_to_each_other);
    tcase_add_test(tests,
                   terms_of_all_segments_come_in_order_with_their_counts);
    tcase_add_test(tests, without_a_prefix_every_term_comes);
    tcase_add_test(tests, a_missing_or_damaged_index_is_an_error);
    tcase_add_test(
        tests,
        an_index_of_an_older_format_is_refused_with_the_advice_to_upgrade);
    tcase_add_test(tests, null_arguments_are_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
