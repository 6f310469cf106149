/* html_prepare_test.c - tests readers/html_prepare.c. */
#include "readers/html_prepare.h"

#include "tests/support/check_main.h"

static Buf room, page;

static void tear_down(void)
{
    buf_release(&room);
    buf_release(&page);
}

static void put_times(const char *text, int times)
{
    for (int i = 0; i < times; i++) buf_put_text(&page, text);
}

static const char *prepare_page(void)
{
    Span prepared = html_prepare(buf_span(&page), &room);
    if (prepared.data == page.data) return "unchanged";
    ck_assert(prepared.data == room.data);
    return buf_text(&room);
}

static const char *prepare(const char *html)
{
    buf_clear(&page);
    buf_put_text(&page, html);
    return prepare_page();
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    while ((text = strstr(text, part))) {
        found++;
        text++;
    }
    return found;
}

START_TEST(a_page_without_attributes_is_not_copied)
{
    static const char *const pages[] = {
        "",
        "<",
        "a < b",
        "<p>a<p>b<br/>",
        "<!-- <div a> -->",
        "<!--",
        "<script>\"<b a>\"</script>",
        "<script>",
        "<title>",
        "</",
        "<!",
        "<!DOCTYPE html><html><head><title>x</title></head></html>"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        ck_assert_str_eq(prepare(pages[i]), "unchanged");
}
END_TEST

START_TEST(elements_deeper_than_the_limit_become_siblings)
{
    put_times("<div>", HTML_MAX_DEPTH);
    ck_assert_str_eq(prepare_page(), "unchanged");
    put_times("<div class=\"a>b\">x", 2);
    put_times("</div>", HTML_MAX_DEPTH + 2);
    const char *text = prepare_page();
    ck_assert_uint_eq(count(text, "<div"), HTML_MAX_DEPTH);
    ck_assert_uint_eq(count(text, "</div"), HTML_MAX_DEPTH);
    ck_assert_uint_eq(count(text, "<br>x<br>x<br><br></div>"), 1);
}
END_TEST

START_TEST(elements_inside_of_lines_leave_no_break)
{
    put_times("<b>", HTML_MAX_DEPTH);
    put_times("fo<i>o</i>", 1);
    ck_assert_uint_eq(count(prepare_page(), "<b>foo"), 1);
}
END_TEST

START_TEST(elements_that_end_by_themselves_do_not_count)
{
    put_times("<li>a<td>b<p>c<br>", 10000);
    ck_assert_str_eq(prepare_page(), "unchanged");
}
END_TEST

START_TEST(an_end_tag_of_another_name_does_not_undo_a_start_tag)
{
    put_times("<b></i>", 2 * HTML_MAX_DEPTH);
    ck_assert_uint_eq(count(prepare_page(), "<b>"), HTML_MAX_DEPTH);
}
END_TEST

START_TEST(attributes_are_left_out)
{
    ck_assert_str_eq(prepare("<b a=\"1>\" b='2>' c=3 d>x</b e><br f/><i/g/>"),
                     "<b>x</b><br/><i/>");
    ck_assert_str_eq(prepare("<b a='1'b=2/c = d =e'>x"), "<b>x");
    ck_assert_str_eq(prepare("<annotation-xml encoding='text/html'>"),
                     "unchanged");
    ck_assert_str_eq(prepare("<xmp><b a></xmp><plaintext a><b a>"),
                     "<xmp><b a></xmp><plaintext><b a>");
    ck_assert_str_eq(prepare("<svg><![CDATA[<b a>]]></svg>"),
                     "<svg>&lt;b a></svg>");
}
END_TEST

START_TEST(a_tag_without_an_end_is_left_out)
{
    ck_assert_str_eq(prepare("a<b c"), "a");
    ck_assert_str_eq(prepare("a</b c='>"), "a");
}
END_TEST

START_TEST(an_empty_script_of_xhtml_gets_its_end_tag)
{
    const char *start = "<?xml version=\"1.0\"?><html><title/>";
    ck_assert_str_eq(prepare(start), "<?xml version=\"1.0\"?><html><title>"
                                     "</title>");
    ck_assert_str_eq(prepare("<html xmlns=\"http://www.w3.org/1999/xhtml\">"
                             "<script src='a'/>b<br/>"),
                     "<html><script></script>b<br/>");
    ck_assert_str_eq(prepare("<html><script/>b"), "unchanged");
}
END_TEST

START_TEST(character_data_of_xhtml_is_text)
{
    ck_assert_str_eq(prepare("<?xml?><p><![CDATA[a<b>&c]]>d<![CDATA[]]>"),
                     "<?xml?><p>a&lt;b>&amp;cd");
    ck_assert_str_eq(prepare("<?xml?><![CDATA[a]>"), "unchanged");
    ck_assert_str_eq(prepare("<p><![CDATA[a]]>"), "unchanged");
}
END_TEST

START_TEST(noscript_is_left_out)
{
    ck_assert_str_eq(prepare("<head><noscript><p>a</p></noscript >b"),
                     "<head><noscript></noscript >b");
    ck_assert_str_eq(prepare("<noscript>a"), "unchanged");
    ck_assert_str_eq(prepare("a<isindex prompt=b>c"), "a<br>c");
}
END_TEST

START_TEST(framesets_of_huge_pages_are_disarmed)
{
    put_times("<p>", 20000);
    put_times("<FrameSet>", 1);
    ck_assert_uint_eq(count(prepare_page(), "<xrameSet>"), 1);
    ck_assert_str_eq(prepare("<frameset><frame></frameset>"), "unchanged");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("html_prepare");
    TCase *tests = tcase_create("html_prepare");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, a_page_without_attributes_is_not_copied);
    tcase_add_test(tests, elements_deeper_than_the_limit_become_siblings);
    tcase_add_test(tests, elements_inside_of_lines_leave_no_break);
    tcase_add_test(tests, elements_that_end_by_themselves_do_not_count);
    tcase_add_test(tests, an_end_tag_of_another_name_does_not_undo_a_start_tag);
    tcase_add_test(tests, attributes_are_left_out);
    tcase_add_test(tests, a_tag_without_an_end_is_left_out);
    tcase_add_test(tests, an_empty_script_of_xhtml_gets_its_end_tag);
    tcase_add_test(tests, character_data_of_xhtml_is_text);
    tcase_add_test(tests, noscript_is_left_out);
    tcase_add_test(tests, framesets_of_huge_pages_are_disarmed);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
