/* wiki_test.c - tests corpus/wiki.c. */
#include "tests/corpus/corpus_fixture.h"

START_TEST(wikiextractor_documents_are_read_as_its_json_is)
{
    static const char *const fields[] = {"url"};
    options.store_fields = fields;
    options.store_field_count = 1;
    expect(
        read_bytes("<doc id=\"12\" url=\"https://x?curid=12\" title=\"A &amp; "
                   "B\">\nA &amp; B\n\ncaf&eacute; &lt;x&gt; <br> y\n</doc>\n"
                   "<doc id=\"13\" revid=\"7\" url=\"u\" title=\"C\">\nC\n"
                   "</doc>\n"),
        "detected wiki: id = id, text = title + text\n"
        "doc 12|A & B|A & B\\n\\ncaf\xc3\xa9 <x>   y|url=https://x?curid=12\n"
        "doc 13|C|C|url=u\n");
}
END_TEST

START_TEST(a_wikipedia_title_may_have_quotes)
{
    expect(
        read_bytes("<doc id=\"1\" url=\"u\" title=\"\"Heroes\" (album)\">\nx\n"
                   "</doc>\n<doc title=\"last\" id='2'>y</doc>"),
        "detected wiki: id = id, text = title + text" UNREAD(
            "url") "\n"
                   "doc 1|\"Heroes\" (album)|x\n"
                   "doc 2|last|y\n");
}
END_TEST

START_TEST(a_wikiextractor_document_that_is_cut_off_is_reported)
{
    options.format = CORPUS_WIKI;
    expect(read_bytes("junk\n<doc id=\"1\" title=\"T\">\nx\n<doc id=\"2\" "
                      "title=\"U\">\ny\n"),
           "skip @/in:1@0 text outside <DOC>\n"
           "detected wiki: id = id, text = title + text\n"
           "changed @/in:2@5 no </doc>; the document may be truncated\n"
           "doc 1|T|x\n"
           "changed @/in:4@30 no </doc>; the document may be truncated\n"
           "doc 2|U|y\n");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, wikiextractor_documents_are_read_as_its_json_is);
    tcase_add_test(tests, a_wikipedia_title_may_have_quotes);
    tcase_add_test(tests, a_wikiextractor_document_that_is_cut_off_is_reported);
}

int main(void)
{
    return run_corpus_tests("wiki", add_tests);
}
