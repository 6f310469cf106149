/* html_reader_test.c - tests readers/html_reader.c and document_readers.c,
 * corpus/html_detect.c and absent_reader.c.
 */
#include "readers/document_readers.h"

#include "tests/corpus/corpus_fixture.h"

static const char *read_file(const char *name, const char *text)
{
    options.extras = &DOCUMENT_READERS;
    return read_one(scratch_write(&scratch, name, span_text(text)));
}

#define HTML "detected indexing as HTML, one document per file\n"
#define TEXT "detected indexing as plain text, one document per file\n"

START_TEST(html_is_known_by_its_beginning)
{
    static const char *const beginnings[] = {
        "<!DOCTYPE html>",
        "<!doctype HTML PUBLIC '-//W3C'>",
        "<html>",
        "<HTML lang=en>",
        "<head>",
        "<body class=a>",
        " \n<!-- a <b> -->\n<html>",
        "<?xml version='1.0'?>\n<!DOCTYPE html>",
        "\xef\xbb\xbf<html>"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        char text[128];
        snprintf(text, sizeof text, "%s<p>a</p>", beginnings[i]);
        expect(read_file("in", text), HTML "doc @/in||a\n");
    }
}
END_TEST

START_TEST(html_without_a_beginning_is_known_by_its_name)
{
    static const char *const names[] = {"a.html", "a.HTM", "a.xhtml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char wanted[128];
        snprintf(wanted, sizeof wanted, HTML "doc @/%s||a\n", names[i]);
        expect(read_file(names[i], "<p>a</p>"), wanted);
    }
}
END_TEST

START_TEST(markdown_and_xml_are_not_html)
{
    expect(read_file("in", "<p align=center>a</p>"),
           TEXT "doc @/in||<p align=center>a</p>\n");
    expect(read_file("in", "<?xml version='1.0'?><svg/>"),
           TEXT "doc @/in||<?xml version='1.0'?><svg/>\n");
    expect(read_file("in", "<!-- <html> -->a"),
           TEXT "doc @/in||<!-- <html> -->a\n");
    expect(read_file("in", "<htmlx>"), TEXT "doc @/in||<htmlx>\n");
    expect(read_file("in", "<!-- <html>"), TEXT "doc @/in||<!-- <html>\n");
}
END_TEST

START_TEST(in_a_folder_html_is_read_as_such_and_each_format_announced_once)
{
    options.extras = &DOCUMENT_READERS;
    scratch_folder(&scratch, "d");
    scratch_write(&scratch, "d/a.html", span_text("<p>a"));
    scratch_write(&scratch, "d/b.txt", span_text("<p>b"));
    scratch_write(&scratch, "d/c.html", span_text("<title>c</title>"));
    scratch_write(&scratch, "d/d.html", span_text(""));
    expect(read_one(scratch_path(&scratch, "d")), HTML
           "doc @/d/a.html||a\n" TEXT "doc @/d/b.txt||<p>b\ndoc @/d/c.html|c|\n"
           "doc @/d/d.html||\n");
}
END_TEST

START_TEST(html_that_is_asked_for_as_text_is_text)
{
    options.format = CORPUS_TEXT;
    expect(read_file("a.html", "<p>a"), TEXT "doc @/a.html||<p>a\n");
}
END_TEST

START_TEST(a_page_larger_than_the_limit_is_skipped)
{
    options.max_record_bytes = 4;
    expect(read_file("a.html", "<p>ab"),
           HTML "skip @/a.html:0@0 larger than 4 bytes\n"
                "detected no document in it [plain text]\n");
}
END_TEST

START_TEST(without_a_reader_html_is_skipped_with_the_reason)
{
    static const ExtraReader none[] = {{CORPUS_HTML, NULL, "libgumbo-dev"}};
    static const CorpusExtras extras = {none, 1, NULL};
    options.extras = &extras;
    const char *path = scratch_write(&scratch, "a.html", span_text("<p>a"));
    expect(read_one(path),
           "skip @/a.html:0@0 HTML, which this program was built without: "
           "install the package libgumbo-dev and build it again\n"
           "detected no document in it [plain text]\n");
    options.extras = NULL;
    expect(read_one(path),
           "skip @/a.html:0@0 HTML, which the library does not read; the "
           "program indexer does\n"
           "detected no document in it [plain text]\n");
}
END_TEST

START_TEST(the_declared_encoding_is_used)
{
    expect(read_file("a.html", "<meta charset=latin1><p>caf\xe9"),
           HTML "doc @/a.html||caf\xc3\xa9\n");
    expect(read_file("a.html",
                     "<?xml version='1.0' encoding='koi8-r'?>\n<html><p>\xc1"),
           HTML "doc @/a.html||\xd0\xb0\n");
    expect(read_file("a.html", "<meta charset=utf-8><p>caf\xe9"),
           HTML "changed @/a.html:0@0 invalid UTF-8 was replaced by U+FFFD\n"
                "doc @/a.html||caf\xef\xbf\xbd\n");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, html_is_known_by_its_beginning);
    tcase_add_test(tests, html_without_a_beginning_is_known_by_its_name);
    tcase_add_test(tests, markdown_and_xml_are_not_html);
    tcase_add_test(
        tests, in_a_folder_html_is_read_as_such_and_each_format_announced_once);
    tcase_add_test(tests, html_that_is_asked_for_as_text_is_text);
    tcase_add_test(tests, a_page_larger_than_the_limit_is_skipped);
    tcase_add_test(tests, without_a_reader_html_is_skipped_with_the_reason);
    tcase_add_test(tests, the_declared_encoding_is_used);
}

int main(void)
{
    return run_corpus_tests("html_reader", add);
}
