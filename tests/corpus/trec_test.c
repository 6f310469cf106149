/* trec_test.c - tests corpus/trec.c and doc_record.c. */
#include "tests/corpus/corpus_fixture.h"

START_TEST(trec_documents_are_read_with_open_and_closed_tags)
{
    static const char *const fields[] = {"DATE"};
    options.store_fields = fields;
    options.store_field_count = 1;
    expect(read_bytes(
               "<DOC>\n<DOCNO> FT-1 </DOCNO>\n<PROFILE>no</PROFILE>\n"
               "<HEADLINE>\nA &amp; B\n</HEADLINE>\n<DATE>1999</DATE>\n"
               "<TEXT>\nOne<!-- no --> <P>two\n</TEXT>\n<PUB>no</PUB>\n</DOC>\n"
               "junk\n"
               "<doc><docno>X2\n<text>unclosed 1 < 2\n"
               "<DOC><DOCNO>3</DOCNO><DOCHDR>no</DOCHDR><title>T</title>"
               "<p>whole</p></DOC><DOC>\n</DOC>"),
           "detected trec: id = DOCNO, text = TITLE, HEADLINE ... + TEXT, "
           "BODY, LEADPARA, LP, DD, DATE (or all)" UNREAD(
               "PROFILE, PUB") "\n"
                               "doc FT-1|A & B|1999 \\nOne  two|DATE=1999\n"
                               "skip @/in:12@158 text outside <DOC>\n"
                               "changed @/in:14@164 no </DOC>; the document "
                               "may be truncated\n"
                               "doc X2||unclosed 1 < 2\n"
                               "doc 3|T|whole\n"
                               "doc @/in:16||\n");
    options.id_field = "KEY";
    options.text_field = "BODY";
    options.title_field = "H";
    expect(read_bytes("<DOC><DOCNO>1</DOCNO><KEY>k</KEY><H>h</H>"
                      "<BODY>b</BODY><TEXT>t</TEXT></DOC><DOC><DOCNO>2</DOC>"),
           "detected trec: id = KEY, text = H + BODY" UNREAD(
               "DOCNO, TEXT") "\n"
                              "doc k|h|b\n"
                              "skip @/in:1@75 no id tag <KEY>\n");
}
END_TEST

START_TEST(a_tag_that_no_trec_document_has_is_an_error_that_lists_the_tags)
{
    options.id_field = "docn";
    const char *one = "<DOC><docno>1</docno><TEXT>t</TEXT></DOC>";
    expect(read_bytes(one),
           "detected trec: id = docn, text = TITLE, HEADLINE ... + TEXT, "
           "BODY, LEADPARA, LP, DD, DATE (or all)" UNREAD(
               "docno") "\n"
                        "skip @/in:1@0 no id tag <docn>\n"
                        "error 6 @/in: no id field 'docn' in the first record; "
                        "the fields are docno, TEXT; did you mean 'docno'?\n");
    options.id_field = NULL;
    options.text_field = "BODY";
    expect(read_bytes(one),
           "detected trec: id = DOCNO, text = TITLE, HEADLINE ... + BODY\n"
           "doc 1||t\n"
           "error 6 @/in: no text field 'BODY' in the first record; "
           "the fields are docno, TEXT\n");
}
END_TEST

START_TEST(long_trec_documents_are_skipped_whole)
{
    Buf file = {0};
    options.max_record_bytes = 1000;
    buf_put_text(&file, "<DOC><DOCNO>1</DOCNO>");
    for (int i = 0; i < 100000; i++) buf_put_text(&file, "0123456</9");
    buf_put_text(&file, "</DOC>\n<DOC><DOCNO>2</DOCNO>x</DOC>\n");
    expect(read_bytes(buf_text(&file)),
           "skip @/in:1@0 larger than 1000 bytes\n"
           "detected trec: id = DOCNO, text = TITLE, HEADLINE ... + TEXT, "
           "BODY, LEADPARA, LP, DD, DATE (or all)\n"
           "doc 2||x\n");
    buf_release(&file);
}
END_TEST

START_TEST(trec_documents_without_ids_on_one_line_are_all_taken)
{
    expect(read_bytes("<DOC><TEXT>alpha</TEXT></DOC>"
                      "<DOC><TEXT>beta</TEXT></DOC>"),
           "detected trec: id = SOURCE:LINE, text = TITLE, HEADLINE ... + "
           "TEXT, BODY, LEADPARA, LP, DD, DATE (or all)\n"
           "doc @/in:1||alpha\n"
           "doc @/in:1.2||beta\n");
}
END_TEST

#define TREC(id)                                                            \
    "detected trec: id = " id ", text = TITLE, HEADLINE ... + TEXT, BODY, " \
    "LEADPARA, LP, DD, DATE (or all)"

START_TEST(a_document_with_only_a_date_and_a_body_keeps_its_body)
{
    expect(read_bytes("<DOC><DOCNO>1</DOCNO><DATE>1999</DATE>"
                      "<BODY>body</BODY></DOC>"
                      "<DOC><DOCNO>2</DOCNO><DATE>2000</DATE> bare</DOC>"
                      "<DOC><DOCNO>3</DOCNO><TITLE>t</TITLE>bare</DOC>"
                      "<DOC><DOCNO>4</DOCNO><LP>lead</LP><BODY>body</BODY>"
                      "</DOC><DOC><DOCNO>5</DOCNO><BODY>a <DATE>b</DATE> c"
                      "</BODY></DOC>"),
           TREC("DOCNO") "\n"
                         "doc 1||1999 body\n"
                         "doc 2||2000  bare\n"
                         "doc 3|t|bare\n"
                         "doc 4||lead body\n"
                         "doc 5||a  b  c\n");
}
END_TEST

START_TEST(documents_with_text_are_as_before_whatever_else_they_have)
{
    expect(read_bytes("<DOC><DOCNO>1</DOCNO><DATE>d</DATE><TEXT>a<BODY>b</BODY>"
                      "c</TEXT><BODY>no</BODY></DOC>"),
           TREC("DOCNO") UNREAD("BODY") "\n"
                                        "doc 1||d a b c\n");
}
END_TEST

START_TEST(web_pages_are_read_whole_although_they_have_a_body)
{
    expect(read_bytes("<DOC><DOCNO>1</DOCNO><DOCHDR>h</DOCHDR>a<body>b</body>c"
                      "</DOC><DOC><DOCNO>2</DOCNO><html><head><title>t</title>"
                      "</head>a<body>b</body></html>c</DOC>"),
           TREC("DOCNO") "\n"
                         "doc 1||a b c\n"
                         "doc 2|t|a b  c\n");
}
END_TEST

START_TEST(trec_ids_may_be_attributes_or_in_docid)
{
    expect(read_bytes("<DOC id=\"AFP_1\" type=\"story\" >\n<TEXT>x</TEXT></DOC>"
                      "<DOC ID=b&amp;c><TEXT>y</TEXT></DOC>"
                      "<DOC id=no><DOCNO>d</DOCNO><TEXT>z</TEXT></DOC>"
                      "<DOC><DOCID>e</DOCID><TEXT>v</TEXT></DOC>"
                      "<DOC><DOCID>f<P>w</DOC>"),
           TREC("<DOC id>") "\n"
                            "doc AFP_1||x\ndoc b&c||y\ndoc d||z\ndoc e||v\ndoc "
                            "f||\n");
    expect(read_bytes("<DOC id=a><DOCID>b</DOCID>x</DOC>"),
           TREC("<DOC id>") "\ndoc a||x\n");
    expect(read_bytes("<DOC><DOCID>b</DOCID>x</DOC>"),
           TREC("DOCID") "\ndoc b||x\n");
    options.id_field = "url";
    expect(read_bytes("<DOC url='u'><DOCNO>1</DOCNO><TEXT>x</TEXT></DOC>"),
           TREC("url") UNREAD("DOCNO") "\ndoc u||x\n");
}
END_TEST

START_TEST(tags_that_are_not_read_are_named)
{
    static const char *const fields[] = {"byline"};
    options.store_fields = fields;
    options.store_field_count = 1;
    expect(
        read_bytes("<DOC><DOCNO>1</DOCNO><BYLINE>w</BYLINE><EMPTY> </EMPTY>"
                   "<SECTION><B>s</B> t</SECTION><TEXT><P>x</P></TEXT>bare"
                   "</DOC><DOC><DOCNO>2</DOCNO><OTHER>o</OTHER></DOC>"),
        TREC("DOCNO") UNREAD(
            "SECTION, text outside of tags") "\n"
                                             "doc 1||x|byline=w\ndoc 2||o\n");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests,
                   a_document_with_only_a_date_and_a_body_keeps_its_body);
    tcase_add_test(tests,
                   documents_with_text_are_as_before_whatever_else_they_have);
    tcase_add_test(tests, web_pages_are_read_whole_although_they_have_a_body);
    tcase_add_test(tests, trec_ids_may_be_attributes_or_in_docid);
    tcase_add_test(tests, tags_that_are_not_read_are_named);
    tcase_add_test(tests, trec_documents_without_ids_on_one_line_are_all_taken);
    tcase_add_test(tests, trec_documents_are_read_with_open_and_closed_tags);
    tcase_add_test(
        tests, a_tag_that_no_trec_document_has_is_an_error_that_lists_the_tags);
    tcase_add_test(tests, long_trec_documents_are_skipped_whole);
}

int main(void)
{
    return run_corpus_tests("trec", add_tests);
}
