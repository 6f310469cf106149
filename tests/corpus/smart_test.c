/* smart_test.c - tests corpus/smart.c. */
#include "tests/corpus/corpus_fixture.h"

START_TEST(smart_sections_become_id_title_text_and_fields)
{
    static const char *const fields[] = {"author", "X"};
    options.store_fields = fields;
    options.store_field_count = 2;
    expect(read_bytes(".I 1\n.T\na title\nof two lines\n.A\nfirst\n.A\nsecond\n"
                      ".B\nJournal\n.W\nthe text .\n.5 and .I am\n.X\n1 2\n"
                      ".I 2\n.T\n.W\n"
                      ".I 3\n.W\nno title"),
           "detected smart: id = id, text = title + text" UNREAD(
               "bib") "\n"
                      "doc 1|a title\\nof two lines|the text .\\n.5 and .I am|"
                      "author=first\\nsecond|X=1 2\n"
                      "doc 2||\n"
                      "doc 3||no title\n");
}
END_TEST

START_TEST(smart_with_windows_line_ends_and_blanks_is_the_same)
{
    expect(read_bytes("\r\n.I 1 \r\n.T \r\ntitle\r\n.W\r\ntext\r\n.I 2\r\n"
                      ".W\r\nx\r\n"),
           "detected smart: id = id, text = title + text\n"
           "doc 1|title|text\n"
           "doc 2||x\n");
}
END_TEST

START_TEST(a_smart_document_without_text_is_its_title)
{
    expect(read_bytes(".I 1\n.T\nonly a title\n.B\nwhere\n"),
           "detected smart: id = id, text = title + text" UNREAD(
               "bib") "\n"
                      "doc 1|only a title|\n");
}
END_TEST

START_TEST(text_before_the_first_smart_document_is_skipped)
{
    options.format = CORPUS_SMART;
    options.max_record_bytes = 30;
    expect(read_bytes("preamble\n.I 1\n.W\nshort\n.I 2\n.W\n"
                      "a text that is longer than the limit\n.I 3\n.W\nz\n"),
           "skip @/in:1@0 text before the first .I\n"
           "detected smart: id = id, text = text\n"
           "doc 1||short\n"
           "skip @/in:5@23 larger than 30 bytes\n"
           "doc 3||z\n");
}
END_TEST

START_TEST(keys_of_a_smart_collection_may_be_named)
{
    options.text_field = "author";
    options.id_field = "N";
    expect(read_bytes(".I 1\n.A\nwho\n.N\nCA58\n.W\ntext\n"),
           "detected smart: id = N, text = author" UNREAD(
               "id, text") "\n"
                           "doc CA58||who\n");
    options.id_field = NULL;
    options.text_field = "abstract";
    const char *got = read_bytes(".I 1\n.A\nwho\n.W\ntext\n");
    ck_assert_ptr_nonnull(strstr(got, "no text field 'abstract' in the first "
                                      "record; the fields are id, author, "
                                      "text\n"));
}
END_TEST

START_TEST(a_manual_page_is_no_smart_collection)
{
    const char *plain = "detected indexing as plain text, one document per "
                        "file\n";
    const char *got = read_bytes(".I italic\ntext\n.T\n");
    ck_assert_ptr_nonnull(strstr(got, plain));
    got = read_bytes(".TH NAME 1\n.I word\n");
    ck_assert_ptr_nonnull(strstr(got, plain));
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, smart_sections_become_id_title_text_and_fields);
    tcase_add_test(tests, smart_with_windows_line_ends_and_blanks_is_the_same);
    tcase_add_test(tests, a_smart_document_without_text_is_its_title);
    tcase_add_test(tests, text_before_the_first_smart_document_is_skipped);
    tcase_add_test(tests, keys_of_a_smart_collection_may_be_named);
    tcase_add_test(tests, a_manual_page_is_no_smart_collection);
}

int main(void)
{
    return run_corpus_tests("smart", add_tests);
}
