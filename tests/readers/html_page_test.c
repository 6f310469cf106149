/* html_page_test.c - tests readers/html_page.c. */
#include "readers/html_page.h"

#include "common/base/buf.h"

#include "tests/support/check_main.h"

static Error error;
static HtmlPage *page;
static Buf got;

static void set_up(void)
{
    ck_assert_int_eq(html_page_new(&page, &error), OK);
}

static void tear_down(void)
{
    html_page_free(page);
    buf_release(&got);
}

static HtmlText read_page(Span bytes, const char *charset)
{
    HtmlText text;
    ck_assert_int_eq(html_page_read(page, bytes, charset, &text, &error), OK);
    return text;
}

/* "TITLE|TEXT" */
static const char *read_as(const char *html, const char *charset)
{
    HtmlText text = read_page(span_text(html), charset);
    ck_assert_ptr_null(text.reason);
    buf_clear(&got);
    buf_printf(&got, "%.*s|%.*s", SPAN_ARGS(text.title), SPAN_ARGS(text.text));
    return buf_text(&got);
}

#define expect(html, wanted) ck_assert_str_eq(read_as(html, NULL), wanted)

START_TEST(title_and_text_are_read_without_markup)
{
    expect("<!DOCTYPE html><html lang=en><head><title> A\n B </title>"
           "<meta name=x content=meta></head><body class=c><h1>One</h1>"
           "<p>two <b>th</b>ree</body></html>",
           "A B|One\ntwo three");
}
END_TEST

START_TEST(entities_are_decoded)
{
    expect("<title>Caf&eacute; &amp; S&ouml;hne</title>&lt;b&gt; &#233;&#xe9; "
           "&euro; &CounterClockwiseContourIntegral; &bogus; &ampx &copy2 &",
           "Caf\xc3\xa9 & S\xc3\xb6hne|<b> \xc3\xa9\xc3\xa9 \xe2\x82\xac "
           "\xe2\x88\xb3 &bogus; &x \xc2\xa9"
           "2 &");
}
END_TEST

START_TEST(scripts_styles_comments_and_attributes_are_not_text)
{
    expect("<style>.a{}</style><script>var b='<p>c</p>'</script><!-- d -->"
           "<noscript><p>e</p></noscript><template>f</template>"
           "<p title=g>h<img alt=i><input value=j><iframe>k</iframe>"
           "<noframes>l</noframes><video>m</video><svg><title>n</title>"
           "<text>o</text></svg><!doctype x><?php p ?>",
           "|h\no");
}
END_TEST

START_TEST(blocks_and_line_breaks_separate_words_and_inline_tags_do_not)
{
    expect("a<br>b<div>c</div>d<ul><li>e<li>f</ul><span>g</span>h<wbr>i"
           "<table><tr><td>j<td>k<tr><th>l</table>m",
           "|a\nb\nc\nd\ne\nf\nghi\nj k\nl\nm");
}
END_TEST

START_TEST(white_space_of_pre_is_kept)
{
    expect("<p>a  b<pre>\n  c\n   <b>d </b>e\n</pre>f  g",
           "|a b\n  c\n   d e\n\nf g");
}
END_TEST

START_TEST(a_broken_page_is_read_as_browsers_do)
{
    expect("<p>a <i>b<p>c &x; a < b <a href=\"d\">e", "|a b\nc &x; a < b e");
    expect("<table>a<td>b</table>", "|a\nb"); /* moved before the table */
    expect("<b><p>a</b>b</p>c<title>late</title>", "late|ab\nc");
    expect("", "|");
    expect("<", "|<");
    expect("<textarea>a</textarea><select><option>b<option>c</select>",
           "|a\nb\nc");
}
END_TEST

START_TEST(the_first_title_of_html_counts)
{
    expect("<svg><title>a</title></svg><title></title><title>b</title>"
           "<title>c</title>",
           "b|");
}
END_TEST

START_TEST(the_given_charset_wins_over_the_declared_one)
{
    const char *html = "<meta charset=koi8-r>caf\xe9";
    ck_assert_str_eq(read_as(html, "latin1"), "|caf\xc3\xa9");
    ck_assert_str_eq(read_as(html, NULL), "|caf\xd0\x98");
    ck_assert_str_eq(read_as(html, "no-such-charset"), "|caf\xd0\x98");
    HtmlText text = read_page(span_text("caf\xe9"), NULL);
    ck_assert(text.is_replaced);
    ck_assert(span_equals_text(text.text, "caf\xef\xbf\xbd"));
}
END_TEST

static void put_times(Buf *out, const char *text, int times)
{
    for (int i = 0; i < times; i++) buf_put_text(out, text);
}

START_TEST(a_million_nested_elements_do_not_overflow_the_stack)
{
    Buf html = {0};
    put_times(&html, "<div>", 1000000);
    buf_put_text(&html, "deep<frameset>");
    HtmlText text = read_page(buf_span(&html), NULL);
    ck_assert_ptr_null(text.reason);
    ck_assert(span_equals_text(text.text, "deep"));
    buf_release(&html);
}
END_TEST

START_TEST(a_hundred_thousand_unclosed_links_are_read)
{
    Buf html = {0};
    put_times(&html, "<a href=x>b ", 100000);
    HtmlText text = read_page(buf_span(&html), NULL);
    ck_assert_ptr_null(text.reason);
    ck_assert_uint_eq(text.text.size, 199999);
    buf_release(&html);
}
END_TEST

START_TEST(a_page_that_needs_too_much_memory_is_given_up_and_the_next_is_read)
{
    static const char *const names[] = {"b", "big", "code",   "em",   "font",
                                        "i", "s",   "strike", "small"};
    Buf html = {0};
    buf_put_text(&html, "<p>");
    for (size_t i = 0; i < 3 * sizeof names / sizeof *names; i++)
        buf_printf(&html, "<%s>", names[i / 3]);
    put_times(&html, "<p>x", 100000); /* each opens all of them again */
    HtmlText text = read_page(buf_span(&html), NULL);
    ck_assert_str_eq(text.reason, "HTML that takes too much memory to parse");
    expect("<p>a", "|a");
    buf_release(&html);
}
END_TEST

START_TEST(a_page_above_64_mb_is_not_read)
{
    Buf html = {0};
    buf_put_zeros(&html, HTML_PAGE_MAX_BYTES + 1);
    HtmlText text = read_page(buf_span(&html), NULL);
    ck_assert_str_eq(text.reason, "HTML larger than 64 MB");
    buf_release(&html);
}
END_TEST

START_TEST(a_character_number_beyond_unicode_does_not_end_the_page)
{
    expect("<title>a&#x9999999f;b</title><p>c&#4294967295;d&#x110000 e",
           "a\xef\xbf\xbd"
           "b|c\xef\xbf\xbd"
           "d\xef\xbf\xbd e");
    expect("<p>&#xFFFFFFFF;a&#99999999999999999999b", "|\xef\xbf\xbd"
                                                      "a\xef\xbf\xbd"
                                                      "b");
    expect("<p>&#x10FFFF;&#65;&#;&#x;&", "|\xf4\x8f\xbf\xbf"
                                         "A&#;&#x;&");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("html_page");
    TCase *tests = tcase_create("html_page");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, title_and_text_are_read_without_markup);
    tcase_add_test(tests, entities_are_decoded);
    tcase_add_test(tests, scripts_styles_comments_and_attributes_are_not_text);
    tcase_add_test(
        tests, blocks_and_line_breaks_separate_words_and_inline_tags_do_not);
    tcase_add_test(tests, white_space_of_pre_is_kept);
    tcase_add_test(tests, a_broken_page_is_read_as_browsers_do);
    tcase_add_test(tests, the_first_title_of_html_counts);
    tcase_add_test(tests, the_given_charset_wins_over_the_declared_one);
    tcase_add_test(tests, a_million_nested_elements_do_not_overflow_the_stack);
    tcase_add_test(tests, a_hundred_thousand_unclosed_links_are_read);
    tcase_add_test(
        tests,
        a_page_that_needs_too_much_memory_is_given_up_and_the_next_is_read);
    tcase_add_test(tests, a_page_above_64_mb_is_not_read);
    tcase_add_test(tests,
                   a_character_number_beyond_unicode_does_not_end_the_page);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
