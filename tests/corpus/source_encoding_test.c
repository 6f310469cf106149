/* source_encoding_test.c - tests corpus/source_encoding.c. */
#include "corpus/reader.h"

#include "tests/corpus/corpus_fixture.h"

static size_t guesses;

static const char *guess_latin1(Span bytes)
{
    ck_assert(bytes.size > 0);
    guesses++;
    return "latin1";
}

static const CorpusExtras GUESSING = {NULL, 0, guess_latin1};

static const char *read_guessing(const char *bytes)
{
    options.extras = &GUESSING;
    guesses = 0;
    return read_bytes(bytes);
}

#define TEXT "detected indexing as plain text, one document per file\n"
#define GUESSED \
    "changed @/in:0@0 not UTF-8; read as windows-1252, which is a guess\n"

START_TEST(a_guess_is_reported)
{
    expect(read_guessing("caf\xe9"), TEXT GUESSED "doc @/in||caf\xc3\xa9\n");
    expect(read_guessing("id\ttext\n1\tcaf\xe9\n"),
           GUESSED "detected tsv with header: id = id, text = text\n"
                   "doc 1||caf\xc3\xa9\n");
    expect(read_guessing("{\"id\":1,\"text\":\"caf\xe9\"}\n"),
           GUESSED "detected jsonl: id = id, text = text\n"
                   "doc 1||caf\xc3\xa9\n");
}
END_TEST

START_TEST(nothing_is_guessed_where_the_text_is_utf8_or_says_what_it_is)
{
    expect(read_guessing("caf\xc3\xa9"), TEXT "doc @/in||caf\xc3\xa9\n");
    expect(read_guessing("caf\xc3\xa9 \xff"),
           TEXT "changed @/in:0@0 invalid UTF-8 was replaced by U+FFFD\n"
                "doc @/in||caf\xc3\xa9 \xef\xbf\xbd\n");
    expect(read_guessing("\xef\xbb\xbf"
                         "caf\xe9"),
           TEXT "changed @/in:0@0 invalid UTF-8 was replaced by U+FFFD\n"
                "doc @/in||caf\xef\xbf\xbd\n");
    expect(read_guessing("<?xml encoding='koi8-r'?>\xc1"),
           TEXT "doc @/in||<?xml encoding='koi8-r'?>\xd0\xb0\n");
    ck_assert_uint_eq(guesses, 0);
}
END_TEST

START_TEST(without_a_guess_invalid_utf8_is_replaced)
{
    expect(read_bytes("caf\xe9"),
           TEXT "changed @/in:0@0 invalid UTF-8 was replaced by U+FFFD\n"
                "doc @/in||caf\xef\xbf\xbd\n");
}
END_TEST

START_TEST(the_named_encoding_wins)
{
    options.encoding = encoding_find(span_text("koi8-r"));
    expect(read_guessing("<?xml encoding='latin1'?>\xc1"),
           TEXT "doc @/in||<?xml encoding='latin1'?>\xd0\xb0\n");
    options.encoding = encoding_find(span_text("utf-8"));
    expect(read_guessing("\xff\xfe"),
           TEXT "changed @/in:0@0 invalid UTF-8 was replaced by U+FFFD\n"
                "doc @/in||\xef\xbf\xbd\xef\xbf\xbd\n");
    options.encoding = encoding_find(span_text("shift_jis"));
    expect(read_guessing("id\ttext\n1\t\x93\xfa\xff\n"),
           "detected tsv with header: id = id, text = text\n"
           "doc 1||\xe6\x97\xa5\xef\xbf\xbd\n"
           "changed @/in:0@0 invalid Shift_JIS was replaced by U+FFFD\n");
    ck_assert_uint_eq(guesses, 0);
}
END_TEST

START_TEST(a_letter_after_64_kb_of_ascii_is_not_lost)
{
    Buf text = {0};
    for (int i = 0; i < 20000; i++) buf_put_text(&text, "plain ");
    buf_put_text(&text, "caf\xe9");
    const char *events_text = read_guessing(buf_text(&text));
    ck_assert_ptr_nonnull(strstr(events_text, GUESSED));
    ck_assert_ptr_nonnull(strstr(events_text, "plain caf\xc3\xa9\n"));
    buf_release(&text);
}
END_TEST

START_TEST(utf16_without_a_mark_is_read)
{
    Buf wide = {0};
    const char *text = "id\ttext\n1\tquokka\n";
    for (const char *at = text; *at; at++) buf_put_u16le(&wide, (uint8_t)*at);
    expect(read_one(scratch_write(&scratch, "wide", buf_span(&wide))),
           "detected tsv with header: id = id, text = text\n"
           "doc 1||quokka\n");
    buf_release(&wide);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, a_guess_is_reported);
    tcase_add_test(
        tests, nothing_is_guessed_where_the_text_is_utf8_or_says_what_it_is);
    tcase_add_test(tests, without_a_guess_invalid_utf8_is_replaced);
    tcase_add_test(tests, the_named_encoding_wins);
    tcase_add_test(tests, a_letter_after_64_kb_of_ascii_is_not_lost);
    tcase_add_test(tests, utf16_without_a_mark_is_read);
}

int main(void)
{
    return run_corpus_tests("source_encoding", add);
}
