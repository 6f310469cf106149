/* tags_test.c - tests common/input/tags.c and entities.c. */
#include "common/input/tags.h"

#include "tests/support/check_main.h"

static void expect_text(const char *markup, const char *text)
{
    Buf out = {0};
    tags_put_text(&out, span_text(markup));
    ck_assert_str_eq(buf_text(&out), text);
    ck_assert_uint_le(out.size, strlen(markup));
    buf_release(&out);
}

START_TEST(text_is_read_between_tags)
{
    expect_text("a<b>c</b>d", "a c d");
    expect_text("1 < 2 > 0 <3 <", "1 < 2 > 0 <3 <");
    expect_text("x<!-- <b> -- > -->y<!DOCTYPE z>", "xy");
    expect_text("x<?xml version='1.0'?>y <! z", "xy <! z");
    expect_text("x<!-- never closed <b>", "x");
    expect_text("a <unclosed tag", "a <unclosed tag");
    expect_text("a<![CDATA[ <b> &amp; ]] > ]]>c", "a <b> &amp; ]] > c");
    expect_text("<![CDATA[]]><![CDATA[never closed ]>", "never closed ]>");
    expect_text("", "");
}
END_TEST

START_TEST(entities_become_their_character)
{
    expect_text("&amp;&lt;&gt;&quot;&apos;", "&<>\"'");
    expect_text("&#65;&#x42;&#233;&nbsp;", "AB\xc3\xa9\xc2\xa0");
    expect_text("AT&T &hyph; &;&#;&#x;&#xd800;&#1114112;",
                "AT&T &hyph; &;&#;&#x;\xef\xbf\xbd&#1114112;");
    expect_text("&#6", "&#6");
}
END_TEST

START_TEST(named_entities_of_html_become_their_character)
{
    expect_text("caf&eacute; M&uuml;nchen &AElig;&szlig;",
                "caf\xc3\xa9 M\xc3\xbcnchen \xc3\x86\xc3\x9f");
    expect_text("&hellip;&thetasym;&Mu;&zwnj;&euro;&hyphen;&AMP;",
                "\xe2\x80\xa6\xcf\x91\xce\x9c\xe2\x80\x8c\xe2\x82\xac"
                "\xe2\x80\x90&");
    expect_text("&Eacute;&EACUTE; &eacut; &eacutes; &eacute &a;",
                "\xc3\x89&EACUTE; &eacut; &eacutes; &eacute &a;");
}
END_TEST

START_TEST(windows_quotes_by_number_are_quotes)
{
    expect_text("don&#146;t &#x93;so&#148; &#129;",
                "don\xe2\x80\x99t \xe2\x80\x9cso\xe2\x80\x9d \xc2\x81");
}
END_TEST

START_TEST(tags_have_names_and_attributes)
{
    Span markup = span_text("x <!-- <no> --><Topic number=\"51\" type = 'a b'"
                            " bare k=v></TOPIC><br/>");
    Tag tag;
    Span value;
    ck_assert(tag_next(markup, 0, &tag));
    ck_assert(tag_is(&tag, "topic") && !tag.closes);
    ck_assert(tag_attribute(&tag, "NUMBER", &value));
    ck_assert(span_equals_text(value, "51"));
    ck_assert(tag_attribute(&tag, "type", &value));
    ck_assert(span_equals_text(value, "a b"));
    ck_assert(tag_attribute(&tag, "bare", &value));
    ck_assert_uint_eq(value.size, 0);
    ck_assert(tag_attribute(&tag, "k", &value));
    ck_assert(span_equals_text(value, "v"));
    ck_assert(!tag_attribute(&tag, "none", &value));
    ck_assert(tag_next(markup, tag.end, &tag));
    ck_assert(tag_is(&tag, "topic") && tag.closes);
    ck_assert(tag_next(markup, tag.end, &tag));
    ck_assert(tag_is(&tag, "br"));
    ck_assert(!tag_next(markup, tag.end, &tag));
}
END_TEST

START_TEST(adversarial_markup_is_read_in_linear_time)
{
    static const char *const pieces[] = {"<",    "<!--", "<![CDATA[>", "<a",
                                         "</a ", "&",    "<!a",        "&#"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        Buf markup = {0}, out = {0};
        for (int n = 0; n < 500000; n++) buf_put_text(&markup, pieces[i]);
        tags_put_text(&out, buf_span(&markup));
        ck_assert_uint_le(out.size, markup.size);
        buf_release(&out);
        buf_release(&markup);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tags");
    TCase *tests = tcase_create("tags");
    tcase_add_test(tests, text_is_read_between_tags);
    tcase_add_test(tests, entities_become_their_character);
    tcase_add_test(tests, named_entities_of_html_become_their_character);
    tcase_add_test(tests, windows_quotes_by_number_are_quotes);
    tcase_add_test(tests, tags_have_names_and_attributes);
    tcase_add_test(tests, adversarial_markup_is_read_in_linear_time);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
