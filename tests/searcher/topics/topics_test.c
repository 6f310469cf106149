/* topics_test.c - tests searcher/topics/topics.c and its formats. */
#include "searcher/topics/topics.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"

static Error error;
static TopicOptions options;
static Topics topics;

static void set_up(void)
{
    options = (TopicOptions){0};
}

static void tear_down(void)
{
    topics_release(&topics);
}

static Status parse(const char *text)
{
    topics_release(&topics);
    return topics_parse(span_text(text), "f", &options, &topics, &error);
}

static void expect_topic(size_t i, const char *qid, const char *text)
{
    const Topic *topic = topics.items + i;
    ck_assert_str_eq((const char *)topic->qid.data, qid);
    ck_assert_str_eq((const char *)topic->text.data, text);
    ck_assert_uint_eq(topic->text.size, strlen(text));
}

static void expect_format(const char *text, const char *format)
{
    Status status = parse(text);
    ck_assert_msg(status == OK, "%s: %s", text, error.message);
    ck_assert_str_eq(topics.format, format);
}

static void expect_error(const char *text, const char *message)
{
    ck_assert_int_ne(parse(text), OK);
    ck_assert_str_eq(error.message, message);
    ck_assert_uint_eq(topics.count, 0);
}

/* `count` queries are read, and one is refused. */
static void expect_problem(const char *text, size_t count, const char *problem)
{
    Status status = parse(text);
    ck_assert_msg(status == OK, "%s: %s", text, error.message);
    ck_assert_uint_eq(topics.count, count);
    ck_assert_uint_eq(topics.refused, 1);
    ck_assert_str_eq(buf_text(&topics.problems), problem);
}

/* The same two queries in every format. */
static const struct {
    const char *format, *text;
} SAME[] = {
    {"qid<TAB>query", "301\torganized crime\n302\t polio\r\n"},
    {"qid<TAB>query", "\n301\torganized crime \n\n302\tpolio"},
    {"qid:query", "301:organized crime\n302: polio\n"},
    {"JSON", "{\"id\":301,\"title\":\"organized crime\"}\n"
             "{\"id\":302,\"title\":\"polio\"}\n"},
    {"JSON", "{\"_id\":\"301\",\"text\":\"organized crime\","
             "\"metadata\":{\"a\":[1]}}\r\n{\"_id\":\"302\",\"text\":\" "
             "polio\"}"},
    {"JSON", "[{\"qid\":\"301\",\"query\":\"organized\\u0020crime\"},\n"
             " {\"qid\":\"302\",\"query\":\"polio\"}]\n"},
    {"TREC topics",
     "\n<top>\n\n<num> Number: 301\n<title> organized crime\n\n"
     "<desc> Description:\nAbout <it>\n<narr> Narrative:\nMore\n\n</top>\n\n"
     "<top>\n<num> Number: 302 \n<title>\n polio \n<desc> d\n</top>"},
    {"TREC topics", "<TOP><NUM>301</NUM><TITLE>organized\n crime</TITLE>"
                    "<DESC>x</DESC></TOP><top lang='bn'><num>302</num>"
                    "<title>polio</title></top>"},
    {"TREC topics", "<top>\n<head> Tipster\n<num> Number: 0301\n<dom> Domain: x"
                    "\n<title> Topic: organized crime\n<desc> Description:\nx\n"
                    "<con> Concept(s):\n1. y\n</top><top><num> Number:302\n"
                    "<title>Topic:polio\n"},
    {"TREC topics",
     "<?xml version=\"1.0\"?>\n<!DOCTYPE webtrack2009 [\n<!ELEMENT topic (a)>\n"
     "]>\n<webtrack2009>\n<topic number=\"301\" type=\"faceted\">\n"
     "<query>organized crime</query>\n<description>x</description>\n"
     "<subtopic number=\"1\" type=\"inf\">y</subtopic>\n</topic>\n"
     "<topic number=\"302\"><query>polio</query></topic>\n</webtrack2009>\n"},
    {"TREC topics", "<topics>\r\n<topic number='301'>\r\n<query>organized "
                    "crime</query>\r\n<question>why</question>\r\n</topic>\r\n"
                    "<topic number='302'><query>polio</query></topic>\r\n"},
    {"<DOC> topics", "<DOC>\n<DOCNO> 301 </DOCNO>\n organized\ncrime\n</DOC>\n"
                     "<DOC>\n<DOCNO>\n302\n</DOCNO>\npolio\n</DOC>\n"},
};

START_TEST(all_formats_give_the_same_queries)
{
    expect_format(SAME[_i].text, SAME[_i].format);
    ck_assert_uint_eq(topics.count, 2);
    expect_topic(0, "301", "organized crime");
    expect_topic(1, "302", "polio");
}
END_TEST

START_TEST(compressed_files_and_byte_order_marks_are_read)
{
    Scratch scratch = scratch_new();
    Buf packed[2] = {{0}, {0}};
    Span text = span_text("\xef\xbb\xbf"
                          "a\tx\nb\ty\n");
    pack_gzip(&packed[0], text);
    pack_zstd(&packed[1], text);
    for (size_t i = 0; i < 2; i++) {
        const char *path = scratch_write(&scratch, "q", buf_span(&packed[i]));
        ck_assert_int_eq(topics_read(path, &options, &topics, &error), OK);
        expect_topic(0, "a", "x");
        expect_topic(1, "b", "y");
        topics_release(&topics);
        buf_release(&packed[i]);
    }
    scratch_remove(&scratch);
    ck_assert_int_eq(topics_read("/no/such", &options, &topics, &error),
                     ERR_IO);
    ck_assert_str_eq(error.message,
                     "/no/such: cannot open: No such file or directory");
}
END_TEST

START_TEST(the_id_of_a_plain_line_is_its_line_number)
{
    expect_format("solar eclipse\n\n  C++ \r\n\xff\n", "one query per line");
    ck_assert_uint_eq(topics.count, 3);
    expect_topic(0, "1", "solar eclipse");
    expect_topic(1, "3", "C++");
    expect_topic(2, "4", "\xef\xbf\xbd");
    ck_assert_uint_eq(topics.items[1].line, 3);
    expect_format("", "one query per line");
    ck_assert_uint_eq(topics.count, 0);
}
END_TEST

START_TEST(text_that_only_resembles_a_format_is_plain_lines)
{
    static const char *const plain[] = {
        "10 things\n12 angry men\n",      /* rising, but few */
        "title:solar\ntext:moon\n",       /* no digit */
        "http://a1.org\nhttp://b2.org\n", /* URLs */
        "one two\tthree\nfour\n",         /* a tab in one of two */
        "<3 love\n",                      /* no tag */
        "{braces} in text\n[1] notes\n",  /* no JSON */
        "5 a\n4 b\n6 c\n4 d\n8 e\n",      /* a number twice */
        "1 a\n2 b\n",                     /* counted, but few */
        "10:30 fox\n",                    /* one line */
        "1 a\n2 b\n3 c\n4 d\nfive e\n",   /* not all numbers */
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        expect_format(plain[i], "one query per line");
}
END_TEST

START_TEST(ids_before_words_are_five_different_or_three_consecutive_numbers)
{
    expect_format("51 a b\n52 c\n53 d\n55 e\n60 f g\n", "qid query words");
    expect_topic(0, "51", "a b");
    expect_topic(4, "60", "f g");
    expect_format("1048585 a\n2 b\n524332 c\n9 d\n7 e\n", "qid query words");
    expect_format("301 a\n302 b\n303 c\n", "qid query words");
    options.format = TOPICS_WORDS;
    expect_format("q1 a b\n", "qid query words");
    expect_topic(0, "q1", "a b");
    expect_problem("q1 a\nq2\n", 1,
                   "f:2: malformed line; expected qid query words\n");
}
END_TEST

START_TEST(a_line_without_an_id_is_refused_and_the_others_are_read)
{
    expect_problem("1\ta\n2\tb\nc\n3\td\n", 3,
                   "f:3: malformed line; expected qid<TAB>query\n");
    expect_topic(2, "3", "d");
}
END_TEST

START_TEST(a_header_is_not_a_query)
{
    expect_format("qid\tquery\n1\ta\n", "qid<TAB>query");
    ck_assert_uint_eq(topics.count, 1);
    expect_topic(0, "1", "a");
}
END_TEST

START_TEST(the_query_after_a_colon_may_be_empty)
{
    expect_format("1:a\n2:\n3:c\n", "qid:query");
    expect_topic(1, "2", "");
}
END_TEST

START_TEST(unknown_tags_are_skipped)
{
    expect_format(
        "<top>\n<num> Number: 1\n<title> fox <b>lazy</b> dog &amp; x\n"
        "<desc> Description:\nno\n<con> Concept(s):\nno\n</top>",
        "TREC topics");
    expect_topic(0, "1", "fox lazy dog & x");
    expect_format(
        "<topic number=\"1\"><query><![CDATA[a & <b]]></query></topic>",
        "TREC topics");
    expect_topic(0, "1", "a & <b");
}
END_TEST

START_TEST(markup_without_topics_is_refused)
{
    expect_error(
        "<?xml?>\n<queries>\n<q>a</q>\n</queries>\n",
        "f: unknown format: tags, but no <top>, <topic>, <query> or "
        "<DOC>; use --topic-format lines to read each line as a query");
    expect_format("<div> in CSS\n", "one query per line");
}
END_TEST

START_TEST(an_empty_query_is_kept)
{
    expect_format("1\ta\n2\t\n3\tc\n", "qid<TAB>query");
    ck_assert_uint_eq(topics.count, 3);
    expect_topic(1, "2", "");
    expect_format("<top><num>7<title> </top>", "TREC topics");
    expect_topic(0, "7", "");
}
END_TEST

START_TEST(the_requested_field_is_the_query)
{
    static const char *const files[] = {
        "<top><num> Number: 1\n<title> t\n<desc> Description: d e\n"
        "<narr> Narrative: n\n</top>",
        "<topic number=\"1\"><query>t</query><question>d e</question>"
        "<narrative>n</narrative></topic>",
        "{\"id\":1,\"title\":\"t\",\"description\":\"d e\","
        "\"narrative\":\"n\"}"};
    static const char *const wanted[] = {[TOPIC_TITLE] = "t",
                                         [TOPIC_DESC] = "d e",
                                         [TOPIC_NARR] = "n",
                                         [TOPIC_TITLE_DESC] = "t d e"};
    for (size_t i = 0; i < 3; i++) {
        for (TopicField field = TOPIC_TITLE; field <= TOPIC_TITLE_DESC;
             field++) {
            options.field = field;
            ck_assert_int_eq(parse(files[i]), OK);
            expect_topic(0, "1", wanted[field]);
        }
    }
}
END_TEST

START_TEST(a_field_is_refused_for_a_format_without_fields)
{
    options.field = TOPIC_DESC;
    expect_error("1\ta\n",
                 "f: the format is qid<TAB>query, which has no fields for "
                 "--topic-field");
    expect_error("a b\n",
                 "f: the format is one query per line, which has no fields for "
                 "--topic-field");
}
END_TEST

START_TEST(text_before_the_first_topic_is_skipped)
{
    expect_format("Topics of 1999\n\n<top>\n<num> Number: 301\n<title> polio\n"
                  "</top>\n",
                  "TREC topics");
    ck_assert_uint_eq(topics.count, 1);
    expect_topic(0, "301", "polio");
}
END_TEST

START_TEST(an_id_before_a_tab_may_contain_spaces)
{
    expect_format("1\ta\nb c \td e\n2\tf\n", "qid<TAB>query");
    expect_topic(1, "b c", "d e");
}
END_TEST

START_TEST(problems_name_the_line)
{
    expect_problem("a1\tx\nb\ty\na1\tz\n", 2,
                   "f:3: duplicate qid a1, first used in line 1\n");
    expect_topic(0, "a1", "x");
    expect_problem("{\"id\":1,\"title\":\"a\"}\n{\"id\":2,\"title\":}\n"
                   "{\"id\":3,\"title\":\"c\"}\n",
                   2,
                   "f:2:17: not JSON: unallowed token at this point in JSON "
                   "text\n");
    expect_topic(1, "3", "c");
    static const char tried[] =
        "f:1: no query text (tried query, title, text, question, query_text, "
        "query_txt, content); the fields are id, vector; name it with "
        "--query-field\n";
    expect_problem("{\"id\":1,\"vector\":\"a\"}", 0, tried);
    expect_problem(
        "{\"id\":1,\"vector\":[1],\"query\":null}", 0,
        "f:1: no query text (tried query, title, text, question, "
        "query_text, query_txt, content); the fields are id, vector, "
        "query; name it with --query-field\n");
    expect_problem("\n<top>\n<title> a\n</top>", 0,
                   "f:2: query without an id\n");
    expect_problem(
        "<top><num>1\n<desc>a\n</top>", 0,
        "f:1: qid 1 lacks the requested field; its fields are: desc\n");
}
END_TEST

START_TEST(an_id_has_many_names)
{
    static const char *const files[] = {
        "<topics><topic><number>x1</number><title>a</title></topic></topics>",
        "<topics><topic><identifier>x1</identifier><title>a</title></topic>"
        "</topics>",
        "<topics><topic><id>x1</id><title>a</title></topic></topics>",
        "<topics><topic><topicId>x1</topicId><title>a</title></topic></topics>",
        "<topic id=\"x1\"><title>a</title></topic>",
        "<topic qid=\"x1\"><title>a</title></topic>",
        "<topic number=\"x1\" id=\"y\"><number>z</number><query>a</query>"
        "</topic>",
        "<queries><query><qid>x1</qid><content>a</content></query></queries>",
        "<queries><query id=\"x1\">a</query></queries>",
        "{\"topic_id\":\"x1\",\"query\":\"a\"}",
        "{\"question_id\":\"x1\",\"question\":\"a\"}",
        "{\"Topic\":\"x1\",\"Title\":\"a\"}",
        "{\"number\":\"x1\",\"qid\":null,\"text\":\"a\"}",
        "qid,query\nx1,a\n",
        "Query_ID;Language;Query\nx1;en;a\n",
        "query\tid\na\tx1\n",
        ".I x1\n.W\na\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        ck_assert_msg(parse(files[i]) == OK && topics.count == 1, "%s",
                      files[i]);
        expect_topic(0, "x1", "a");
    }
}
END_TEST

START_TEST(options_name_the_fields_of_id_and_query)
{
    static const char *const files[] = {
        "{\"key\":\"x\",\"id\":1,\"ask\":\"a\",\"query\":\"b\"}",
        "id,key,query,ask\n1,x,b,a\n",
        "<topic id=\"1\" key=\"x\"><title>b</title><ask>a</ask></topic>",
        "<topic id=\"1\"><key>x</key><query>b</query><ask>a</ask></topic>"};
    options.qid_field = "key";
    options.query_field = "ask";
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        ck_assert_int_eq(parse(files[i]), OK);
        ck_assert_uint_eq(topics.count, 1);
        expect_topic(0, "x", "a");
    }
}
END_TEST

START_TEST(a_field_that_no_format_has_is_refused)
{
    options.query_field = "ask";
    expect_error("qid,query\n1,a\n",
                 "f: the format is one query per line, which has no fields for "
                 "--qid-field and --query-field");
    expect_error("1\ta\n2\tb\n",
                 "f: the format is qid<TAB>query, which has no fields for "
                 "--qid-field and --query-field");
    expect_format("id\task\n1\ta\n", "a table");
    expect_topic(0, "1", "a");
    expect_format("ID,Ask\n1,a\n", "a table");
    expect_topic(0, "1", "a");
    expect_format("{\"ID\":1,\"Ask\":\"a\"}", "JSON");
    expect_topic(0, "1", "a");
}
END_TEST

START_TEST(a_record_without_an_id_is_reported)
{
    expect_problem("{\"qid\":1,\"query\":\"a\"}\n{\"query\":\"b\"}\n"
                   "{\"qid\":3,\"query\":\"c\"}",
                   2, "f:2: query without an id; name it with --qid-field\n");
    expect_topic(1, "3", "c");
}
END_TEST

START_TEST(numbers_are_the_ids_if_no_record_has_one)
{
    expect_format("[\n{\"question\":\"a\"},\n\n{\"question\":\"b\"}]\n",
                  "JSON");
    expect_topic(0, "1", "a");
    expect_topic(1, "2", "b");
    ck_assert_ptr_nonnull(strstr(buf_text(&topics.warnings),
                                 "f: no query has an id (tried id, "));
    options.format = TOPICS_CSV;
    expect_format("query;lang\na;en\nb;de\n", "a table");
    expect_topic(1, "2", "b");
    expect_format("x1,a\nx2,b\n", "a table");
    expect_topic(1, "x2", "b");
}
END_TEST

START_TEST(a_topic_of_unknown_tags_is_refused_with_their_names)
{
    expect_problem("<topics><topic number=\"1\"><disease>flu</disease>"
                   "<gene>x</gene></topic><topic number=\"2\">plain <b>text</b>"
                   "</topic></topics>",
                   1,
                   "f:1: qid 1 lacks the requested field; its fields are: "
                   "disease gene; name one with --query-field\n");
    expect_topic(0, "2", "plain text");
    expect_problem("<top><num>3<docid>a1</docid><url>http://x<url></top>", 0,
                   "f:1: qid 3 lacks the requested field; its fields are: "
                   "docid url; name one with --query-field\n");
    expect_problem("<DOC><DOCNO>4</DOCNO>a<author>b</author></DOC>", 0,
                   "f:1: qid 4 lacks the requested field; its fields are: "
                   "author; name one with --query-field\n");
}
END_TEST

START_TEST(the_first_tag_that_ends_like_title_is_the_title_without_one)
{
    expect_format("<top><num>C041</num><EN-title>a b</EN-title><DE-title>c"
                  "</DE-title><EN-desc>d</EN-desc></top>",
                  "TREC topics");
    expect_topic(0, "C041", "a b");
    options.field = TOPIC_DESC;
    expect_format("<top><num>C041</num><EN-title>a b</EN-title>"
                  "<EN-desc>d</EN-desc></top>",
                  "TREC topics");
    expect_topic(0, "C041", "d");
    options.field = TOPIC_TITLE;
    expect_format("<top><num>1<subtitle>no<title>yes</top>", "TREC topics");
    expect_topic(0, "1", "yes");
}
END_TEST

START_TEST(zeros_of_an_id_are_kept_unless_judgements_have_none)
{
    expect_format("<top><num> Number: 0001\n<title> a\n</top>", "TREC topics");
    expect_topic(0, "0001", "a");
    expect_format("<top><head> Tipster\n<num> Number:  051\n<title> a\n</top>",
                  "TREC topics");
    expect_topic(0, "51", "a");
    expect_format("<top>\n<num> Number: MB007 </num>\n<query> a </query>\n"
                  "<querytime> Tue </querytime>\n</top>",
                  "TREC topics");
    expect_topic(0, "7", "a");
    expect_format("<top><num> Number: MB0x\n<title> a\n</top>", "TREC topics");
    expect_topic(0, "MB0x", "a");
}
END_TEST

START_TEST(the_first_column_of_questions_is_the_query)
{
    expect_format("who a\t['x']\n\nwhere b\t\"['y', \"\"z\"\"]\"\n",
                  "question<TAB>[answers]");
    expect_topic(0, "1", "who a");
    expect_topic(1, "3", "where b");
    expect_format("1\ta [b]\n2\tc\n", "qid<TAB>query");
}
END_TEST

START_TEST(the_query_of_smart_is_its_words_or_its_title)
{
    expect_format(".I 001\n.W\nquick\n fox\n.N\nno\n.I 2\n.T\nlazy\n.A\nno\n"
                  ".I 3\n.T\nno\n.W\n.5 dogs\n",
                  "SMART");
    ck_assert_uint_eq(topics.count, 3);
    expect_topic(0, "001", "quick fox");
    expect_topic(1, "2", "lazy");
    expect_topic(2, "3", ".5 dogs");
    expect_problem(".I 1\n.A\nx\n.I 2\n.W\ny\n", 1,
                   "f:1: qid 1 has no text in .W or .T\n");
}
END_TEST

START_TEST(a_priority_between_id_and_query_is_skipped)
{
    expect_format("20001:1:obama tree\n20002:3:resort 10:30\n",
                  "qid:priority:query");
    expect_topic(0, "20001", "obama tree");
    expect_topic(1, "20002", "resort 10:30");
    expect_format("1:/tmp is full\n2:bus\n", "qid:query");
    expect_format("1:10:30 train\n2:bus\n", "qid:query");
    expect_topic(0, "1", "10:30 train");
}
END_TEST

START_TEST(judgements_and_runs_are_refused)
{
    expect_error("301 0 FT911-1 1\n301 0 FT911-2 0\n",
                 "f: expected queries, found judgements (qid 0 docid "
                 "grade)");
    expect_error("1\t0\t123\t1\n",
                 "f: expected queries, found judgements (qid 0 docid "
                 "grade)");
    expect_error("1 4.5 a1 1\n1 4.5 b2 0\n2 1 c 1\n",
                 "f: expected queries, found judgements (qid round docid "
                 "grade)");
    expect_error("query-id\tcorpus-id\tscore\n1\ta\t1\n",
                 "f: expected queries, found judgements (query-id "
                 "corpus-id score)");
    expect_error("301 Q0 FT911-1 1 9.5e-1 tag\n",
                 "f: expected queries, found a run (qid Q0 docid rank "
                 "score tag)");
    expect_error("1\t20\t1\n1\t30\t2\n2\t20\t1\n",
                 "f: expected queries, found a run (qid docid rank)");
    options.format = TOPICS_LINES;
    expect_format("301 0 FT911-1 1\n", "one query per line");
    options.format = TOPICS_DETECT;
    expect_format("1 2 3\n", "one query per line");
    expect_format("301 0 fox 1\n302 0 dog one\n", "one query per line");
}
END_TEST

START_TEST(rows_of_a_table_may_have_quotes_and_line_feeds)
{
    expect_format("sep=;\nqid;query;note\n1;\"quick; \"\"fox\"\"\nand dog\";x\n"
                  "2;hen;y\n",
                  "a table");
    expect_topic(0, "1", "quick; \"fox\"\nand dog");
    expect_topic(1, "2", "hen");
    ck_assert_uint_eq(topics.items[1].line, 5);
    expect_problem("qid,query,note\n1\n2,b,c\n", 1,
                   "f:2: 1 column, expected 3\n");
}
END_TEST

START_TEST(any_bytes_are_read_or_refused)
{
    static const char *const pieces[] = {
        "<top>",   "</top>", "<num>", "<title>", "<DOC>",
        "<DOCNO>", "1",      "\t",    ":",       "\n",
        "{\"",     "id\":1", "}",     "[",       "<",
        "\"",      "\xff",   " ",     "&#",      "<topic number="};
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        Buf text = {0};
        for (int i = 0; i < 12; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            buf_put_text(
                &text, pieces[(seed >> 33) % (sizeof pieces / sizeof *pieces)]);
        }
        Status status = parse(buf_text(&text));
        ck_assert(status == OK || status == ERR_USAGE ||
                  status == ERR_CONFLICT);
        buf_release(&text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("topics");
    TCase *tests = tcase_create("topics");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, all_formats_give_the_same_queries, 0,
                        sizeof SAME / sizeof *SAME);
    tcase_add_test(tests, compressed_files_and_byte_order_marks_are_read);
    tcase_add_test(tests, the_id_of_a_plain_line_is_its_line_number);
    tcase_add_test(tests, text_that_only_resembles_a_format_is_plain_lines);
    tcase_add_test(
        tests,
        ids_before_words_are_five_different_or_three_consecutive_numbers);
    tcase_add_test(tests,
                   a_line_without_an_id_is_refused_and_the_others_are_read);
    tcase_add_test(tests, a_header_is_not_a_query);
    tcase_add_test(tests, the_query_after_a_colon_may_be_empty);
    tcase_add_test(tests, unknown_tags_are_skipped);
    tcase_add_test(tests, markup_without_topics_is_refused);
    tcase_add_test(tests, an_empty_query_is_kept);
    tcase_add_test(tests, the_requested_field_is_the_query);
    tcase_add_test(tests, a_field_is_refused_for_a_format_without_fields);
    tcase_add_test(tests, text_before_the_first_topic_is_skipped);
    tcase_add_test(tests, an_id_before_a_tab_may_contain_spaces);
    tcase_add_test(tests, problems_name_the_line);
    tcase_add_test(tests, an_id_has_many_names);
    tcase_add_test(tests, options_name_the_fields_of_id_and_query);
    tcase_add_test(tests, a_field_that_no_format_has_is_refused);
    tcase_add_test(tests, a_record_without_an_id_is_reported);
    tcase_add_test(tests, numbers_are_the_ids_if_no_record_has_one);
    tcase_add_test(tests, a_topic_of_unknown_tags_is_refused_with_their_names);
    tcase_add_test(tests,
                   the_first_tag_that_ends_like_title_is_the_title_without_one);
    tcase_add_test(tests, zeros_of_an_id_are_kept_unless_judgements_have_none);
    tcase_add_test(tests, the_first_column_of_questions_is_the_query);
    tcase_add_test(tests, the_query_of_smart_is_its_words_or_its_title);
    tcase_add_test(tests, a_priority_between_id_and_query_is_skipped);
    tcase_add_test(tests, judgements_and_runs_are_refused);
    tcase_add_test(tests, rows_of_a_table_may_have_quotes_and_line_feeds);
    tcase_add_test(tests, any_bytes_are_read_or_refused);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
