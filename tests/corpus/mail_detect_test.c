/* mail_detect_test.c - tests corpus/mail_detect.c. */
#include "corpus/mail_detect.h"

#include "tests/support/files.h"

#include "tests/support/check_main.h"

static bool is_mail(const char *text)
{
    return looks_like_mail(span_text(text), "in");
}

static bool is_mbox(const char *text)
{
    return looks_like_mbox(span_text(text), "in");
}

static bool is_separator(const char *line)
{
    return mail_is_separator(span_text(line));
}

START_TEST(two_headers_of_mails_and_an_empty_line_are_a_mail)
{
    ck_assert(is_mail("From: a\nSubject: b\n\ntext"));
    ck_assert(is_mail("Received: from x\n\tby y;\n  z\r\nDATE: now\r\n\r\n"));
    ck_assert(is_mail("X-Mailer: x\nTo: a\nCc: b")); /* no text at all */
    ck_assert(looks_like_mail(span_text("Subject: b\n\ntext"), "a/b.EML"));
}
END_TEST

START_TEST(text_that_begins_like_a_mail_is_text)
{
    ck_assert(!is_mail(""));
    ck_assert(!is_mail("From: a\n\nSubject: b\n"));
    ck_assert(!is_mail("From: a\nFrom: b\n\ntext\n"));
    ck_assert(!is_mail("From: a\nSubject: b\nno header\n\ntext\n"));
    ck_assert(!is_mail("Title: a\nDate: b\nAuthor: c\n\ntext\n"));
    ck_assert(!is_mail("HTTP/1.1 200 OK\nDate: b\nFrom: c\n\ntext\n"));
    ck_assert(!is_mail(" From: a\nTo: b\n\n"));
    ck_assert(!is_mail("From here on\nSubject: b\nTo: c\n\n"));
    ck_assert(!looks_like_mail(span_text("just text\n"), "a.eml"));
}
END_TEST

START_TEST(a_separator_has_a_day_a_time_and_a_year)
{
    ck_assert(is_separator("From a@b Thu Jan  1 09:00:00 2026"));
    ck_assert(is_separator("From - Thu Jan 01 9:00 2026"));
    ck_assert(is_separator("From 17@xxx Thu Jan 01 09:00:00 +0000 2026"));
    ck_assert(is_separator("From a@b Thu, 1 Jan 2026 09:00:00 +0100"));
    ck_assert(!is_separator("From a@b"));
    ck_assert(!is_separator("From Monday to Friday at 9:00 in 2026"));
    ck_assert(!is_separator("From Mon 2026 on"));
    ck_assert(!is_separator("From: a Thu Jan  1 09:00:00 2026"));
    ck_assert(!is_separator(">From a@b Thu Jan  1 09:00:00 2026"));
}
END_TEST

START_TEST(an_mbox_begins_with_a_separator_and_headers)
{
    static const char box[] = "From a@b Thu Jan  1 09:00:00 2026\n"
                              "Subject: a\n\ntext\n";
    ck_assert(is_mail(box) && is_mbox(box));
    ck_assert(!is_mail("From a@b Thu Jan  1 09:00:00 2026\nsome text\n"));
    ck_assert(!is_mbox("Subject: a\nFrom: b\n\n"));
    /* A mail saved with its separator is one mail. */
    ck_assert(!looks_like_mbox(span_text(box), "a.eml"));
}
END_TEST

START_TEST(files_of_cur_and_new_next_to_each_other_are_mails)
{
    Scratch scratch = scratch_new();
    ck_assert_int_eq(mkdir(scratch_path(&scratch, "cur"), 0700), 0);
    ck_assert(!mail_is_in_maildir(scratch_path(&scratch, "cur/1")));
    ck_assert_int_eq(mkdir(scratch_path(&scratch, "new"), 0700), 0);
    ck_assert_int_eq(mkdir(scratch_path(&scratch, "tmp"), 0700), 0);
    ck_assert(mail_is_in_maildir(scratch_path(&scratch, "cur/1:2,S")));
    ck_assert(mail_is_in_maildir(scratch_path(&scratch, "new/1")));
    ck_assert(!mail_is_in_maildir(scratch_path(&scratch, "tmp/1")));
    ck_assert(!mail_is_in_maildir(scratch_path(&scratch, "xcur/1")));
    ck_assert(looks_like_mail(span_text("no headers"),
                              scratch_path(&scratch, "new/1")));
    ck_assert(mail_is_maildir_tmp(scratch_path(&scratch, "tmp")));
    ck_assert(!mail_is_maildir_tmp(scratch_path(&scratch, "cur")));
    scratch_remove(&scratch);
}
END_TEST

START_TEST(fields_of_mails_are_known_by_name)
{
    ck_assert(mail_has_field("from") && mail_has_field("Message-Id"));
    ck_assert(mail_has_field("X-Mailer"));
    ck_assert(!mail_has_field("year") && !mail_has_field("x"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mail_detect");
    TCase *tests = tcase_create("mail_detect");
    tcase_add_test(tests, two_headers_of_mails_and_an_empty_line_are_a_mail);
    tcase_add_test(tests, text_that_begins_like_a_mail_is_text);
    tcase_add_test(tests, a_separator_has_a_day_a_time_and_a_year);
    tcase_add_test(tests, an_mbox_begins_with_a_separator_and_headers);
    tcase_add_test(tests, files_of_cur_and_new_next_to_each_other_are_mails);
    tcase_add_test(tests, fields_of_mails_are_known_by_name);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
