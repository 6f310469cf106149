/* mail_reader_test.c - tests readers/mail_reader.c and what it is made of. */
#include "tests/corpus/corpus_fixture.h"

#include "readers/document_readers.h"
#include "readers/mail_parts.h"

#define ANNOUNCED "detected indexing as mail, one document per message\n"
#define SEPARATOR "From a@b Thu Jan  1 09:00:00 2026\n"
#define PARTS(kind) \
    "Subject: s\nFrom: f\nContent-Type: multipart/" kind "; boundary=x\n\n"

static const char *read_mail(const char *text)
{
    options.extras = &DOCUMENT_READERS;
    return read_bytes(text);
}

/* Reads a source, whose only document is expected to have this text. */
static void expect_text(const char *mail, const char *text)
{
    Buf wanted = {0};
    buf_printf(&wanted, "|%s|from=", text);
    const char *got = read_mail(mail);
    ck_assert_msg(strstr(got, buf_text(&wanted)) != NULL, "%s\nnot in\n%s",
                  (char *)wanted.data, got);
    buf_release(&wanted);
}

static void expect_event(const char *mail, const char *event)
{
    const char *got = read_mail(mail);
    ck_assert_msg(strstr(got, event) != NULL, "%s\nnot in\n%s", event, got);
}

START_TEST(a_mail_has_its_subject_as_title_and_four_fields)
{
    expect(read_mail("Received: from x\n\tby y\n"
                     "From: =?utf-8?q?J=C3=BCrgen?= <j@x>\r\nTo: a,\n b\n"
                     "Subject:  =?iso-8859-1?q?Gr=FC=DFe_?=\n"
                     " =?iso-8859-1?q?aus?= Bonn\n"
                     "Date: Thu, 1 Jan 2026 09:00:00 +0100\n"
                     "Message-Id: <1@x>\n\nHello.\nBye"),
           ANNOUNCED
           "doc @/in|Gr\xc3\xbc\xc3\x9f"
           "e aus Bonn|Hello.\\nBye\\n|from=J\xc3\xbcrgen <j@x>|to=a, b|"
           "date=Thu, 1 Jan 2026 09:00:00 +0100|message-id=1@x\n");
}
END_TEST

START_TEST(fields_that_are_asked_for_come_after_the_four)
{
    static const char *const names[] = {"cc", "from", "X-Mailer", "none"};
    options.store_fields = names;
    options.store_field_count = 4;
    expect(read_mail("From: f\nCC: c\nSubject: s\nx-mailer: m\n\nt"),
           ANNOUNCED "doc @/in|s|t\\n|from=f|cc=c|X-Mailer=m\n");
}
END_TEST

START_TEST(a_message_id_may_be_the_id)
{
    options.id_field = "message-id";
    expect(read_mail("From: f\nMessage-ID: <1@x>\n\nt"),
           ANNOUNCED "doc 1@x||t\\n|from=f|message-id=1@x\n");
    expect(read_mail("From: f\nSubject: s\n\nt"),
           ANNOUNCED "changed @/in:0@0 no message-id; its id is its place\n"
                     "doc @/in|s|t\\n|from=f\n");
}
END_TEST

START_TEST(the_mails_of_an_mbox_are_numbered)
{
    expect(read_mail(SEPARATOR
                     "From: a\nSubject: 1\n\none\n"
                     "From here on it is text\n\nFrom here, too\n"
                     ">From quoted\n>>From twice\n>Frombled\n\n" SEPARATOR
                     "From: b\n\n\n" SEPARATOR "no header\n\n" SEPARATOR
                     "From: c\nContent-Type: text/plain\n\nthree"),
           ANNOUNCED
           "doc @/in:1|1|one\\nFrom here on it is text\\n\\nFrom here, too\\n"
           "From quoted\\n>From twice\\n>Frombled\\n\\n\\n|from=a\n"
           "doc @/in:2||\\n\\n|from=b\n"
           "doc @/in:3||no header\\n\\n\\n\n"
           "doc @/in:4||three\\n|from=c\n");
}
END_TEST

START_TEST(every_mail_of_a_mailbox_is_found)
{
    Buf box = {0};
    for (int i = 0; i < 50; i++)
        buf_printf(&box,
                   SEPARATOR
                   "From: a\nSubject: %d\n"
                   "Content-Transfer-Encoding: base64\n\nd29tYmF0\n\n",
                   i);
    const char *got = read_mail(buf_text(&box));
    int found = 0;
    for (; (got = strstr(got, "|wombat\\n|")); got++) found++;
    ck_assert_int_eq(found, 50);
    buf_release(&box);
}
END_TEST

START_TEST(a_content_length_counts_where_it_leads_to_a_separator)
{
    static const char *const ends[] = {"", "\n", "\r\n"};
    for (int i = 0; i < 3; i++) {
        Buf box = {0};
        buf_printf(&box,
                   SEPARATOR "From: a\nContent-Length: %zu\n\nt\n\n" SEPARATOR
                             "in the text\n%s" SEPARATOR "From: b\n\nu",
                   strlen("t\n\n" SEPARATOR "in the text\n"), ends[i]);
        const char *got = read_mail(buf_text(&box));
        ck_assert_ptr_nonnull(
            strstr(got, "doc @/in:1||t\\n\\nFrom a@b Thu Jan  1 09:00:00 2026"
                        "\\nin the text\\n"));
        ck_assert_ptr_nonnull(strstr(got, "doc @/in:2||u\\n|from=b\n"));
        buf_release(&box);
    }
    /* To the end, and to anywhere else. */
    expect_event(SEPARATOR "From: a\nContent-Length: 38\n\nt\n\n" SEPARATOR "u",
                 "doc @/in:1||t\\n\\nFrom a@b Thu Jan  1 09:00:00 2026\\nu\\n");
    expect_event(SEPARATOR "From: a\nContent-Length: 39\n\nt\n\n" SEPARATOR "u",
                 "doc @/in:2||u\\n\n");
    expect_event(SEPARATOR "From: a\nContent-Length: 99999999999999999999\n\n"
                           "t\n\n" SEPARATOR "u",
                 "doc @/in:2||u\\n\n");
}
END_TEST

START_TEST(a_mail_that_is_too_large_costs_only_itself)
{
    Buf box = {0};
    options.max_record_bytes = 1000;
    for (int i = 1; i <= 3; i++) {
        buf_printf(&box, SEPARATOR "From: a\nSubject: %d\n\n", i);
        for (int j = 0; j < (i == 2 ? 100000 : 10); j++)
            buf_put_text(&box, j % 7 ? "word " : "word\n");
        buf_put_text(&box, "\n\n");
    }
    const char *got = read_mail(buf_text(&box));
    ck_assert_ptr_nonnull(strstr(got, "doc @/in:1|1|word"));
    ck_assert_ptr_nonnull(
        strstr(got, "skip @/in:9@106 larger than 1000 bytes\n"));
    ck_assert_ptr_nonnull(strstr(got, "doc @/in:3|3|word"));
    ck_assert_ptr_null(strstr(got, "doc @/in:2"));
    scratch_write(&scratch, "in", buf_span(&box));
    buf_release(&box);
    options.max_record_bytes = 10;
    expect(read_mail("From: a\nTo: b\n\ntext"),
           ANNOUNCED "skip @/in:0@0 larger than 10 bytes\n"
                     "detected no document in it [plain text]\n");
}
END_TEST

START_TEST(of_alternatives_the_plain_text_is_read)
{
    expect_text(PARTS("alternative") "--x\n\nplain\n--x\n"
                                     "Content-Type: text/html\n\n<p>html\n"
                                     "--x\nContent-Type: text/calendar\n\nics\n"
                                     "--x--\nepilogue\n",
                "plain\\n");
    /* Also if it comes last, or is nested. */
    expect_text(PARTS("alternative") "--x\nContent-Type: text/calendar\n\nics\n"
                                     "--x\nContent-Type: multipart/mixed; "
                                     "boundary=y\n\n--y\n\none\n--y\n\ntwo\n"
                                     "--y--\n--x--\n",
                "one\\ntwo\\n");
    /* Parts that are not alternatives are all read. */
    expect_text(PARTS("mixed") "--x\n\none\n--x\nContent-Type: text/calendar\n"
                               "\nics\n--x\n\ntwo\n--x--\n",
                "one\\nics\\ntwo\\n");
    /* An attachment is not an alternative. */
    expect_text(PARTS("alternative") "--x\nContent-Type: text/csv\n"
                                     "Content-Disposition: attachment\n\na,b\n"
                                     "--x\n\nplain\n--x--\n",
                "a,b\\nplain\\n");
}
END_TEST

START_TEST(attachments_that_are_not_text_are_named)
{
    expect(
        read_mail(PARTS(
            "mixed") "preamble\n--x\n\nsee\n--x\nContent-Type: image/png\n"
                     "Content-Disposition: inline; "
                     "filename*0*=utf-8''a%C3%A4;\n"
                     " filename*1=b.png\n\nPNG\n--x\n"
                     "Content-Type: application/zip; name=\"=?utf-8?q?z=2Ezip?"
                     "=\"\n\nPK\n--x\nContent-Type: application/pgp-signature\n"
                     "\nsig\n--x\nContent-Type: audio/ogg\n\nogg\n--x--\n"),
        ANNOUNCED "changed @/in:0@0 3 attachments were not read: "
                  "a\xc3\xa4"
                  "b.png, z.zip, audio/ogg\n"
                  "doc @/in|s|see\\n|from=f\n"
                  "detected 3 attachments were not read\n");
}
END_TEST

START_TEST(mails_in_mails_are_read_with_their_subjects)
{
    expect_text(PARTS("mixed") "--x\n\nsee\n--x\n"
                               "Content-Type: message/rfc822\n\n"
                               "From: in\nSubject: =?utf-8?q?inner?=\n"
                               "Content-Transfer-Encoding: base64\n\nd29tYmF0\n"
                               "--x--\n",
                "see\\ninner\\nwombat\\n");
    /* Encoded as a whole, which should not be: comes last. */
    expect_text(PARTS("mixed") "--x\nContent-Type: message/rfc822\n"
                               "Content-Transfer-Encoding: base64\n\n"
                               "U3ViamVjdDogaW5uZXIKCndvbWJhdA==\n"
                               "--x\n\nlast\n--x--\n",
                "last\\ninner\\nwombat\\n");
    expect_text(PARTS("digest") "--x\n\nSubject: one\n\n1\n--x\n\n"
                                "Subject: two\n\n2\n--x--\n",
                "one\\n1\\ntwo\\n2\\n");
}
END_TEST

START_TEST(text_is_decoded_by_its_charset)
{
    expect_event("From: f\nTo: t\nContent-Type: text/plain; charset=koi8-r\n\n"
                 "\xd7\xcf\xcd\xc2\xc1\xd4",
                 "||\xd0\xb2\xd0\xbe\xd0\xbc\xd0\xb1\xd0\xb0\xd1\x82\\n|");
    expect_event("From: f\nTo: t\nContent-Type: text; charset=x\n\nplain",
                 "||plain\\n|");
    expect_event("From: f\nTo: t\nContent-Transfer-Encoding: "
                 "Quoted-Printable\n\na=3Db=\nc =\r\nd=",
                 "||a=bc d\\n|");
    expect_event("From: f\nTo: t\nContent-Transfer-Encoding: base64\n\n"
                 "d29t\nYmE",
                 "||womba\\n|");
    expect_event("From: f\nTo: t\nContent-Transfer-Encoding: x-uuencode\n\n"
                 "begin 644 x\n&=V]M8F%T\n`\nend\n",
                 "||wombat\\n|");
}
END_TEST

START_TEST(what_a_charset_does_not_have_is_replaced_and_reported)
{
    expect_event("From: f\nSubject: s\nContent-Type: text/plain; "
                 "charset=utf-8\n\ncaf\xe9",
                 "changed @/in:0@0 bytes that its charset does not have were "
                 "replaced by U+FFFD\ndoc @/in|s|caf\xef\xbf\xbd\\n|");
    expect_event("From: f\nSubject: s\nContent-Type: text/plain; "
                 "charset=x-none\n\ncaf\xe9",
                 "changed @/in:0@0 text in the unknown charset 'x-none' was "
                 "read as windows-1252\ndoc @/in|s|caf\xc3\xa9\\n|");
    expect_event("From: f\nSubject: caf\xe9\n\nx",
                 "changed @/in:0@0 text without a charset was read as "
                 "windows-1252\ndoc @/in|caf\xc3\xa9|x\\n|");
    expect_event("From: f\nSubject: =?x-none?q?caf=C3=A9?=\n\n\xc3\xa9",
                 ANNOUNCED "doc @/in|caf\xc3\xa9|\xc3\xa9\\n|");
}
END_TEST

START_TEST(flowed_lines_are_joined)
{
#define FLOWED "From: f\nTo: t\nContent-Type: text/plain; format=flowed"
    expect_event(FLOWED "\n\na \nb\n> q \n> r\n c\n-- \nme",
                 "||a b\\n> q r\\nc\\n-- \\nme\\n");
    expect_event(FLOWED "; delsp=yes\n\nwom \nbat \n-- \n",
                 "||wombat\\n-- \\n");
}
END_TEST

START_TEST(encoded_words_of_all_kinds_are_read)
{
    static const struct {
        const char *value, *text;
    } cases[] = {
        {"=?utf-8?b?w6Q=?= =?utf-8?q?_x?=", "\xc3\xa4 x"},
        {"=?utf-8?b?ww==?= =?utf-8?b?qQ==?=", "\xc3\xa9"},
        {"a =?utf-8*en?Q?b?= c", "a b c"},
        {"a=?utf-8?Q?b?=c", "abc"},
        {"=?utf-8?Q?what?\?=", "what?"},
        {"=?utf-8?Q?open", "=?utf-8?Q?open"},
        {"=?utf-8?X?a?=", "=?utf-8?X?a?="},
        {"=??Q?a?=", "=??Q?a?="},
        {"=?utf-8?Q?\?=", ""},
        {"=?", "=?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buf mail = {0}, wanted = {0};
        buf_printf(&mail, "From: f\nTo: t\nSubject: %s\n\nx", cases[i].value);
        buf_printf(&wanted, "doc @/in|%s|x\\n", cases[i].text);
        expect_event(buf_text(&mail), buf_text(&wanted));
        buf_release(&mail);
        buf_release(&wanted);
    }
}
END_TEST

START_TEST(boundaries_that_are_missing_lose_no_text)
{
    expect_event("From: f\nTo: t\nContent-Type: multipart/mixed\n\n--x\n\na",
                 "||--x\\n\\na\\n|");
    expect_event(PARTS("mixed") "all text\n--y\nmore", "|all text\\n--y\\nmore"
                                                       "\\n|");
    expect_event(PARTS("mixed") "pre\n--x\n\none\n--x \t\n\ntwo",
                 "|one\\ntwo\\n|");
    expect_event(PARTS("mixed") "--x\n--x\nContent-Type: text/plain\n--x\n\na",
                 "|\\n\\na\\n|");
    expect_event(PARTS("mixed") "--x\nContent-Type: multipart/mixed; "
                                "boundary=y\n\n--y\n\nin\n--x\n\nout\n--x--\n",
                 "|in\\nout\\n|");
    expect_event("From: f\nTo: t\nno header\n\nx", "doc @/in||From: f");
}
END_TEST

START_TEST(parts_that_are_nested_too_deep_are_reported)
{
    Buf mail = {0};
    buf_put_text(&mail, "From: f\nSubject: s\n");
    for (int i = 0; i <= MAIL_MAX_DEPTH; i++)
        buf_printf(&mail,
                   "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n\n"
                   "at%d\n--b%d\n",
                   i, i, i, i);
    buf_put_text(&mail, "\ndeepest\n");
    const char *got = read_mail(buf_text(&mail));
    ck_assert_ptr_nonnull(strstr(got, "changed @/in:0@0 parts below 1,000 "
                                      "levels of nesting were not read\n"));
    ck_assert_ptr_nonnull(strstr(got, "|at0\\nat1\\n"));
    ck_assert_ptr_nonnull(strstr(got, "\\nat998\\n|"));
    buf_release(&mail);
}
END_TEST

START_TEST(parts_that_are_too_many_are_reported)
{
    Buf mail = {0};
    buf_put_text(&mail, PARTS("mixed"));
    for (int i = 0; i < MAIL_MAX_PARTS; i++) buf_put_text(&mail, "--x\n\n\n");
    expect_event(buf_text(&mail), "changed @/in:0@0 parts after the first "
                                  "100,000 were not read\n");
    buf_release(&mail);
}
END_TEST

START_TEST(a_long_header_is_cut_and_reported)
{
    Buf mail = {0};
    buf_put_text(&mail, "From: f\nSubject: ");
    for (int i = 0; i < 40000; i++) buf_put_text(&mail, "a ");
    buf_put_text(&mail, "\n\nx");
    expect_event(buf_text(&mail), "changed @/in:0@0 a header was cut after 64 "
                                  "kB\n");
    buf_release(&mail);
}
END_TEST

START_TEST(mails_of_folders_are_read_as_mails)
{
    static const char mail[] = "From: f\nSubject: s\n\nx";
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/cur");
    scratch_folder(&scratch, "d/new");
    scratch_folder(&scratch, "d/tmp");
    scratch_write(&scratch, "d/cur/1:2,S", span_text(SEPARATOR "To: t\n\ny"));
    scratch_write(&scratch, "d/new/2", span_text("no headers"));
    scratch_write(&scratch, "d/tmp/3", span_text(mail));
    scratch_write(&scratch, "d/a.eml", span_text(mail));
    scratch_write(&scratch, "d/b.txt", span_text("From: f\n\ntext"));
    options.extras = &DOCUMENT_READERS;
    expect(read_one(scratch_path(&scratch, "d")),
           ANNOUNCED "doc @/d/a.eml|s|x\\n|from=f\n"
                     "detected indexing as plain text, one document per file\n"
                     "doc @/d/b.txt||From: f\\n\\ntext\n"
                     "doc @/d/cur/1:2,S||y\\n|to=t\n"
                     "doc @/d/new/2||no headers\\n\n");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, a_mail_has_its_subject_as_title_and_four_fields);
    tcase_add_test(tests, fields_that_are_asked_for_come_after_the_four);
    tcase_add_test(tests, a_message_id_may_be_the_id);
    tcase_add_test(tests, the_mails_of_an_mbox_are_numbered);
    tcase_add_test(tests, every_mail_of_a_mailbox_is_found);
    tcase_add_test(tests,
                   a_content_length_counts_where_it_leads_to_a_separator);
    tcase_add_test(tests, a_mail_that_is_too_large_costs_only_itself);
    tcase_add_test(tests, of_alternatives_the_plain_text_is_read);
    tcase_add_test(tests, attachments_that_are_not_text_are_named);
    tcase_add_test(tests, mails_in_mails_are_read_with_their_subjects);
    tcase_add_test(tests, text_is_decoded_by_its_charset);
    tcase_add_test(tests,
                   what_a_charset_does_not_have_is_replaced_and_reported);
    tcase_add_test(tests, flowed_lines_are_joined);
    tcase_add_test(tests, encoded_words_of_all_kinds_are_read);
    tcase_add_test(tests, boundaries_that_are_missing_lose_no_text);
    tcase_add_test(tests, parts_that_are_nested_too_deep_are_reported);
    tcase_add_test(tests, parts_that_are_too_many_are_reported);
    tcase_add_test(tests, a_long_header_is_cut_and_reported);
    tcase_add_test(tests, mails_of_folders_are_read_as_mails);
}

int main(void)
{
    return run_corpus_tests("mail_reader", add_tests);
}
