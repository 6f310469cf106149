/* corpus_test.c - tests corpus/: every reader, through corpus.h. */
#include "corpus/corpus.h"

#include "common/base/utf8_clean.h"

#include "tests/support/check_main.h"
#include "tests/support/files.h"
#include "tests/support/random.h"

#include <fcntl.h>

/* What a reading gave, one line an event:
 *     doc ID|TITLE|TEXT|NAME=VALUE...
 *     skip SOURCE:LINE[:COLUMN]@OFFSET REASON
 *     cut SOURCE:LINE@OFFSET REASON
 *     detected WHAT
 *     error STATUS MESSAGE
 * with the scratch folder written as @. */
static Buf events;
static Scratch scratch;
static CorpusOptions options;

static void set_up(void)
{
    scratch = scratch_new();
    options = (CorpusOptions){.max_record_bytes = 1 << 20};
}

static void tear_down(void)
{
    scratch_remove(&scratch);
    buf_release(&events);
}

/* Appends the text with the scratch folder's path as @, line ends as \n. */
static void put_event(const char *text, size_t size)
{
    size_t folder = strlen(scratch.path);
    for (size_t i = 0; i < size; i++) {
        if (size - i >= folder && !strncmp(text + i, scratch.path, folder)) {
            buf_put_byte(&events, '@');
            i += folder - 1;
        } else if (text[i] == '\n') {
            buf_put_text(&events, "\\n");
        } else {
            buf_put_byte(&events, (uint8_t)text[i]);
        }
    }
}

static void put_span(Span span)
{
    if (span.size) put_event((const char *)span.data, span.size);
}

static void put_loss(const char *kind, const Place *place, const char *reason)
{
    buf_printf(&events, "%s ", kind);
    put_event(place->source, strlen(place->source));
    buf_printf(&events, ":%llu", (unsigned long long)place->line);
    if (place->column)
        buf_printf(&events, ":%llu", (unsigned long long)place->column);
    buf_printf(&events, "@%llu ", (unsigned long long)place->offset);
    put_event(reason, strlen(reason));
    buf_put_byte(&events, '\n');
}

/* After this many skipped records reading is ended. */
static unsigned most_skips;

static Status on_skipped(void *self, const Place *place, const char *reason,
                         Error *error)
{
    (void)self;
    put_loss("skip", place, reason);
    if (most_skips == 0 || --most_skips) return OK;
    return (fail)(error, ERR_LIMIT, "enough"); /* Check has a macro fail */
}

static Status on_cut(void *self, const Place *place, const char *reason,
                     Error *error)
{
    (void)self;
    (void)error;
    put_loss("cut", place, reason);
    return OK;
}

static void on_detected(void *self, const char *source, const char *what)
{
    (void)self;
    (void)source;
    buf_printf(&events, "detected %s\n", what);
}

static void put_document(const Document *document)
{
    buf_put_text(&events, "doc ");
    put_span(document->id);
    buf_put_byte(&events, '|');
    put_span(document->title);
    buf_put_byte(&events, '|');
    put_span(document->text);
    for (size_t i = 0; i < document->field_count; i++) {
        buf_put_byte(&events, '|');
        put_span(document->fields[i].name);
        buf_put_byte(&events, '=');
        put_span(document->fields[i].value);
    }
    buf_put_byte(&events, '\n');
}

/* Keys that are not read, as the announcement ends. */
#define UNREAD(keys)                                                  \
    "; not read: " keys " (--id-field, --title-field, --text-field, " \
    "--store-field name others)"

static const char *refuse_folder(void *self, const char *folder)
{
    size_t size = strlen(folder);
    (void)self;
    return size > 7 && !strcmp(folder + size - 7, "refused") ? "not for us"
                                                             : NULL;
}

static Status read_all(const char *const *inputs, size_t count, Error *error)
{
    CorpusListener listener = {NULL, on_skipped, on_cut, on_detected,
                               refuse_folder};
    Corpus *corpus;
    Status status = corpus_open(&options, inputs, count, &listener, &corpus,
                                error);
    bool found = status == OK;
    while (found) {
        Document document;
        status = corpus_next(corpus, &document, &found, error);
        if (status != OK) break;
        if (found) put_document(&document);
    }
    corpus_close(corpus);
    return status;
}

static const char *read_inputs(const char *const *inputs, size_t count)
{
    Error error;
    buf_clear(&events);
    Status status = read_all(inputs, count, &error);
    if (status != OK) {
        buf_printf(&events, "error %d ", status);
        put_event(error.message, strlen(error.message));
        buf_put_byte(&events, '\n');
    }
    return buf_text(&events);
}

static const char *read_one(const char *path)
{
    return read_inputs(&path, 1);
}

/* What is read from a file `in` with these bytes. */
static const char *read_bytes(const char *bytes)
{
    return read_one(scratch_write(&scratch, "in", span_text(bytes)));
}

#define expect(got, wanted) ck_assert_str_eq(got, wanted)

START_TEST(jsonl_dialects_are_recognised)
{
    expect(read_bytes("{\"id\":\"a\",\"contents\":\"x y\"}\n"
                      "{\"id\":7,\"contents\":\"\"}\n"),
           "detected jsonl: id = id, text = contents\n"
           "doc a||x y\ndoc 7||\n");
    expect(read_bytes("{\"_id\":\"b\",\"title\":\"T\",\"text\":\"x\"}"),
           "detected jsonl: id = _id, text = title + text\ndoc b|T|x\n");
    expect(read_bytes("{\"docno\":\"c\",\"body\":[\"x\",\"y\"]}\r\n\r\n"),
           "detected jsonl: id = docno, text = body\ndoc c||x\\ny\n");
    expect(read_bytes(
               "{\"title\":\"D-1\",\"content\":\"x\",\"url\":\"http://u\"}\n"),
           "detected jsonl: id = title, text = content" UNREAD(
               "url") "\n"
                      "doc D-1||x\n");
    expect(read_bytes("{\"docid\":\"e\",\"text\":null,\"title\":null}\n"),
           "detected jsonl: id = docid, text = title + text\ndoc e||\n");
}
END_TEST

START_TEST(json_need_not_be_a_line_each)
{
    const char *wanted = "detected jsonl: id = id, text = text\n"
                         "doc 1||a ] }\ndoc 2||b\n";
    expect(read_bytes("[{\"id\":1,\"text\":\"a ] }\"},\n{\"id\":2,"
                      "\"text\":\"b\"}]\n"),
           wanted);
    expect(read_bytes("{\n  \"id\": 1,\n  \"text\": \"a ] }\"\n}\n{\n  "
                      "\"id\": 2, \"text\": \"b\"}"),
           wanted);
    expect(read_bytes("[\n{\"id\":1,\"text\":\"a\"},\n 5,\n{\"id\":2 \"x\"},"
                      "{\"id\":3,\"text\":\"c\"}\n]"),
           "detected jsonl: id = id, text = text\ndoc 1||a\n"
           "skip @/in:3:2@24 not a JSON object\n"
           "skip @/in:4:9@27 not JSON: after key and value, inside map, I "
           "expect ',' or '}'\n"
           "doc 3||c\n");
    expect(read_bytes("[]"), "detected no document in it\n");
}
END_TEST

START_TEST(a_record_without_id_is_named_by_its_place)
{
    expect(read_bytes("\n{\"text\":\"x\"}\n{\"id\":\"late\",\"text\":\"y\"}\n"
                      "{\"id\":null,\"text\":\"z\"}\n"),
           "detected jsonl: id = SOURCE:LINE, text = text\n"
           "doc @/in:2||x\n"
           "detected jsonl: id = id, text = text\n"
           "doc late||y\n"
           "detected a record without an id is named by its place, "
           "SOURCE:LINE\n"
           "doc @/in:4||z\n");
}
END_TEST

START_TEST(bad_json_records_are_skipped_with_their_place)
{
    options.max_record_bytes = 60;
    expect(read_bytes(
               "{\"id\":1,\"text\":\"a\"}\n"
               "{\"id\":2,\"text\":\"cut\n"
               "[1]\n"
               "{\"id\":4}\n"
               "{\"id\":5,\"text\":{\"a\":1}}\n"
               "{\"id\":{},\"text\":\"x\"}\n"
               "{\"id\":7,\"text\":\"0123456789012345678901234567890123456789"
               "0123456789\"}\n"
               "{\"id\":8,\"text\":\"b\",\"id\":9}\n"),
           "detected jsonl: id = id, text = text\ndoc 1||a\n"
           "skip @/in:2:20@20 not JSON: invalid character inside string\n"
           "skip @/in:3:1@40 not a JSON object\n"
           "skip @/in:4@44 no text: no key 'text'\n"
           "skip @/in:5@53 the text is no text: key 'text'\n"
           "skip @/in:6@77 the id is no text or number: key 'id'\n"
           "skip @/in:7@98 longer than 60 bytes\n"
           "doc 9||b\n");
}
END_TEST

START_TEST(a_title_that_is_no_text_is_told_as_cut)
{
    expect(read_bytes("{\"id\":1,\"title\":{\"en\":\"t\"},\"text\":\"a\"}\n"),
           "detected jsonl: id = id, text = title + text\n"
           "cut @/in:1@0 indexed without title, which is no text: key "
           "'title'\n"
           "doc 1||a\n");
}
END_TEST

START_TEST(whoever_listens_may_end_the_reading)
{
    most_skips = 2;
    expect(read_bytes("{\"id\":1,\"text\":\"a\"}\n{\n[\n{\n"),
           "detected jsonl: id = id, text = text\ndoc 1||a\n"
           "skip @/in:2:2@20 not JSON: the object is not closed\n"
           "skip @/in:3:1@22 not a JSON object\n"
           "error 5 enough\n");
}
END_TEST

START_TEST(keys_from_the_options_count)
{
    static const char *const fields[] = {"year", "tags", "none"};
    options.id_field = "pmid";
    options.text_field = "abstract";
    options.title_field = "head";
    options.store_fields = fields;
    options.store_field_count = 3;
    expect(read_bytes("{\"pmid\":1,\"abstract\":\"a\",\"head\":\"h\","
                      "\"year\":1999,\"tags\":[\"x\",\"y\"],\"text\":\"no\"}\n"
                      "{\"abstract\":\"a\",\"head\":\"h\"}\n"
                      "{\"pmid\":3,\"head\":\"h\",\"text\":\"no\"}\n"
                      "{\"pmid\":4,\"abstract\":\"b\",\"year\":null}\n"),
           "detected jsonl: id = pmid, text = head + abstract" UNREAD(
               "text") "\n"
                       "doc 1|h|a|year=1999|tags=x\\ny\n"
                       "skip @/in:2@78 no id: no value for key 'pmid'\n"
                       "skip @/in:3@106 no text: no key 'abstract'\n"
                       "doc 4||b\n"
                       "detected no record has the field 'none' "
                       "(--store-field); there "
                       "are: pmid, abstract, head, year, tags, text\n");
}
END_TEST

START_TEST(a_header_with_some_known_names_must_be_told)
{
    static const char table[] = "id\tcontents\tauthor\n1\tlamp\tme\n";
    expect(read_bytes(table), "error 6 @/in: does its first row name the "
                              "columns? --header yes, or --header no if it is "
                              "a document\n");
    options.header = HEADER_YES;
    ck_assert_ptr_nonnull(strstr(read_bytes(table), "doc 1||lamp\n"));
    options.header = HEADER_NO;
    ck_assert_ptr_nonnull(strstr(read_bytes(table), "doc id|contents|author"));
    options.header = HEADER_DETECT;
    options.text_field = "author";
    ck_assert_ptr_nonnull(
        strstr(read_bytes("id,author,x\n1,lamp,me\n"), "doc 1||lamp\n"));
}
END_TEST

START_TEST(a_row_with_a_name_that_an_option_gives_is_a_header)
{
    options.id_field = "sku";
    options.text_field = "description";
    expect(read_bytes("sku\tname\tprice\tcolour\tdescription\n"
                      "7\tLamp\t5\tred\tbright\n"),
           "detected tsv with header: id = sku, text = description" UNREAD(
               "name, price, colour") "\ndoc 7||bright\n");
}
END_TEST

START_TEST(what_an_earlier_key_of_the_name_said_is_told_as_lost)
{
    expect(read_bytes("{\"id\":1,\"text\":\"a\",\"text\":\"b\"}\n"),
           "detected jsonl: id = id, text = text\n"
           "cut @/in:1@0 indexed by the last of several keys 'text'\n"
           "doc 1||b\n");
}
END_TEST

START_TEST(ids_that_differ_in_bytes_that_are_no_utf8_stay_different)
{
    expect(read_bytes("a\xe9\tx\na\xe8\ty\n"),
           "detected tsv without header, columns id,text: id = id, text = "
           "text\n"
           "cut @/in:1@0 its id is not UTF-8: bytes that are none are written "
           "\\xhh\n"
           "doc a\\xe9||x\n"
           "cut @/in:2@5 its id is not UTF-8: bytes that are none are written "
           "\\xhh\n"
           "doc a\\xe8||y\n");
}
END_TEST

START_TEST(a_list_that_is_cut_off_is_told)
{
    expect(read_bytes("[{\"id\":1,\"text\":\"a\"},\n{\"id\":2,\"text\":\"b\"}"),
           "detected jsonl: id = id, text = text\n"
           "doc 1||a\ndoc 2||b\n"
           "cut @/in:0@0 the list has no end: the file may be cut off\n");
}
END_TEST

START_TEST(fields_of_a_folder_need_a_format)
{
    scratch_folder(&scratch, "d");
    options.text_field = "body";
    expect(read_one(scratch_path(&scratch, "d")),
           "error 6 '@/d' is a folder, each file of it a document: fields and "
           "columns need --format jsonl, tsv, csv or trec, to read the files "
           "as records\n");
    options.format = CORPUS_JSONL;
    expect(read_one(scratch_path(&scratch, "d")), "");
    options.format = CORPUS_DETECT;
    const char *both[] = {
        scratch_path(&scratch, "d"),
        scratch_write(&scratch, "r.jsonl",
                      span_text("{\"id\":1,\"body\":\"x\"}"))};
    ck_assert_ptr_nonnull(strstr(read_inputs(both, 2), "doc 1||x\n"));
}
END_TEST

START_TEST(what_was_wrongly_taken_for_json_is_told_the_way_out)
{
    ck_assert_ptr_nonnull(strstr(read_bytes("{\"quoted\"} text\nmore\n"),
                                 "detected no document in it; --format text "
                                 "takes it as it is\n"));
}
END_TEST

START_TEST(semicolons_part_columns_where_there_are_no_commas)
{
    Span table = span_text("id;text;price\n1;\"a; b\";1,50\n");
    options.header = HEADER_YES;
    ck_assert_ptr_nonnull(strstr(
        read_one(scratch_write(&scratch, "t.csv", table)), "doc 1||a; b\n"));
}
END_TEST

START_TEST(what_holds_nul_bytes_is_no_table)
{
    expect(read_one(
               scratch_write(&scratch, "t.bin", span_of("a\tb\nc\0\td\n", 9))),
           "detected text: each file is a document\n"
           "skip @/t.bin:0@0 binary: it holds NUL bytes\n");
}
END_TEST

START_TEST(what_goes_with_a_missing_bracket_is_said)
{
    ck_assert_ptr_nonnull(strstr(read_bytes("[{\"id\":1,\"text\":\"a\"},\n"
                                            "{\"id\":2,\"text\":\"b\"\n"
                                            "{\"id\":3,\"text\":\"c\"},\n"
                                            "{\"id\":4,\"text\":\"d\"}]\n"),
                                 "; with it all up to line 4\n"));
}
END_TEST

START_TEST(a_checklist_is_no_json)
{
    expect(read_bytes("[ ] renew passport\n[x] call\n"),
           "detected text: each file is a document\n"
           "doc @/in||[ ] renew passport\\n[x] call\\n\n");
    expect(read_bytes("{} is empty, [] too"),
           "detected text: each file is a document\n"
           "doc @/in||{} is empty, [] too\n");
    expect(read_bytes("[{x}]: y"), "detected text: each file is a document\n"
                                   "doc @/in||[{x}]: y\n");
    expect(read_bytes("[ ]\n"), "detected no document in it\n");
    expect(read_bytes("[{},{\"text\":\"a\"}]"),
           "skip @/in:1@1 no text: no key like 'contents'\n"
           "detected jsonl: id = SOURCE:LINE, text = text\n"
           "doc @/in:1||a\n");
}
END_TEST

START_TEST(records_with_other_keys_are_told_the_options_that_would_read_them)
{
    static const char records[] =
        "{\"Uid\":\"a\",\"year\":1,\"abstract\":\"\",\"headline\":\"h\"}\n"
        "{\"Uid\":\"b\",\"year\":2,\"abstract\":\"long\",\"headline\":\"h\"}\n";
    const char *all = "; perhaps --id-field Uid --title-field headline "
                      "--text-field abstract, or -f text";
    ck_assert_ptr_nonnull(strstr(read_bytes(records), all));
    options.id_field = "year";
    ck_assert_ptr_nonnull(strstr(read_bytes(records), "; perhaps --title-field "
                                                      "headline --text-field "
                                                      "abstract, or"));
}
END_TEST

START_TEST(keys_that_no_record_has_are_an_error_that_names_those_there_are)
{
    expect(read_bytes("{\"id\":1,\"abstract\":\"a\"}\n{\"x\":2}\n"),
           "skip @/in:1@0 no text: no key like 'contents'\n"
           "skip @/in:2@24 no text: no key like 'contents'\n"
           "error 6 @/in: no field contents, text, body or content, and none "
           "named by --text-field, in the first 2 records; there are: id, "
           "abstract, x; perhaps --id-field id --text-field abstract, or -f "
           "text for whole files\n");
    options.id_field = "pmid";
    expect(read_bytes("{\"id\":1,\"text\":\"a\"}\n"),
           "detected jsonl: id = pmid, text = text" UNREAD(
               "id") "\n"
                     "skip @/in:1@0 no id: no value for key 'pmid'\n"
                     "error 6 @/in: no field 'pmid' (--id-field) in the first "
                     "record; "
                     "there are: id, text\n");
    options.id_field = NULL;
    options.title_field = "titel";
    expect(read_bytes("{\"id\":1,\"text\":\"a\",\"title\":\"t\"}\n"),
           "detected jsonl: id = id, text = titel + text" UNREAD(
               "title") "\n"
                        "doc 1||a\n"
                        "error 6 @/in: no field 'titel' (--title-field) in the "
                        "first "
                        "record; there are: id, text, title; did you mean "
                        "'title'?\n");
}
END_TEST

START_TEST(tables_are_read_by_number_of_columns_or_header)
{
    expect(
        read_bytes("1\ta \"b\" c\r\n\r\nx2\t\n"),
        "detected tsv without header, columns id,text: id = id, text = text\n"
        "doc 1||a \"b\" c\ndoc x2||\n");
    expect(read_bytes("id\ttext\ttitle\n1\tx\tT\n"),
           "detected tsv with header: id = id, text = title + text\n"
           "doc 1|T|x\n");
    expect(read_bytes("D1\thttp://u\tT\tbody\n"),
           "detected tsv without header, columns id,url,title,text: id = id, "
           "text = title + text" UNREAD("url") "\ndoc D1|T|body\n");
    options.format = CORPUS_TSV;
    expect(read_bytes("a\tb\tc\td\te\n"),
           "error 6 @/in: no header names its 5 columns; name them by "
           "--columns, such as --columns id,text, or by --header yes if the "
           "first row does\n");
    options.columns = "key, body";
    options.text_field = "body";
    expect(read_bytes("1\tb\tc\n"),
           "detected tsv without header: id = SOURCE:LINE, text = body" UNREAD(
               "key") "\n"
                      "doc @/in:1||b\tc\n");
    expect(read_bytes("lonely\n"),
           "skip @/in:1@0 1 column where 2 are named\n");
}
END_TEST

START_TEST(a_header_of_unknown_names_is_a_document_and_said_to_be_doubtful)
{
    static const char doubt[] =
        "detected the first row is taken as a document; "
        "--header yes takes it as names of columns\n";
    options.format = CORPUS_CSV;
    const char *seen = read_bytes("sku,name,price_2\n7,Cup,3.00\n");
    ck_assert_msg(!strncmp(seen, doubt, strlen(doubt)), "%s", seen);
    ck_assert_ptr_nonnull(strstr(seen, "doc sku|name|price_2\n"));
    static const char *const no_names[] = {
        "1,name,price\n", "sku,,price\n", "sku,a name,price\n",
        "sku,name,a_name_of_more_than_thirty_two_bytes\n", "lonely\n"};
    for (size_t i = 0; i < sizeof no_names / sizeof *no_names; i++)
        ck_assert_ptr_null(strstr(read_bytes(no_names[i]), "first row"));
    options.header = HEADER_NO;
    ck_assert_ptr_null(strstr(read_bytes("sku,name,price\n"), "first row"));
}
END_TEST

START_TEST(keys_that_are_not_read_are_named)
{
    static const char *const fields[] = {"year"};
    options.store_fields = fields;
    options.store_field_count = 1;
    expect(
        read_bytes("{\"uid\":1,\"head\":\"h\",\"content\":\"c\",\"year\":2}\n"),
        "detected jsonl: id = SOURCE:LINE, text = content" UNREAD(
            "uid, head") "\ndoc @/in:1||c|year=2\n");
}
END_TEST

START_TEST(keys_too_many_too_long_or_with_line_ends_are_dots_in_messages)
{
    const char *dots = "detected jsonl: id = id, text = text" UNREAD(
        "...") "\ndoc 1||x\n";
    expect(read_bytes("{\"id\":1,\"text\":\"x\",\"a\\nb\":2}\n"), dots);
    Buf record = {0};
    buf_printf(&record, "{\"id\":1,\"text\":\"x\",\"%0*d\":2}\n", 65, 0);
    expect(read_bytes(buf_text(&record)), dots);
    buf_clear(&record);
    buf_put_text(&record, "{\"id\":1");
    for (int i = 0; i < 15; i++) buf_printf(&record, ",\"k%d\":2", i);
    buf_put_text(&record, ",\"text\":\"x\"}\n");
    const char *seen = read_bytes(buf_text(&record));
    ck_assert_ptr_nonnull(strstr(seen, "k13, k14, ... (--id-field"));
    buf_release(&record);
}
END_TEST

START_TEST(csv_follows_rfc_4180)
{
    expect(read_bytes("id,title,text\r\n"
                      "1,T,plain\r\n"
                      "2,\"T, \"\"q\"\"\",\"two\r\nlines\"\r\n"
                      "3,only\r\n"
                      "4,\"x\"y,z\r\n"
                      "5,,\r\n"
                      "6,a\"b,\"\"\r\n"
                      "7,T,\"never closed\r\n"),
           "detected csv with header: id = id, text = title + text\n"
           "doc 1|T|plain\n"
           "doc 2|T, \"q\"|two\r\\nlines\n"
           "skip @/in:5@53 2 columns where 3 are named\n"
           "skip @/in:6:6@61 text behind a closing quote\n"
           "doc 5||\n"
           "doc 6|a\"b|\n"
           "skip @/in:9:5@86 a quote that never closes\n");
    options.header = HEADER_NO;
    options.format = CORPUS_CSV;
    expect(
        read_bytes("id,text\n"),
        "detected csv without header, columns id,text: id = id, text = text\n"
        "doc id||text\n");
    options.header = HEADER_YES;
    options.text_field = "Inhalt";
    expect(read_bytes("Nummer,Inhalt\n1,x\n"),
           "detected csv with header: id = SOURCE:LINE, text = Inhalt" UNREAD(
               "Nummer") "\n"
                         "doc @/in:2||x\n");
}
END_TEST

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
           "LEADPARA, LP, DD, DATE (all, "
           "where none is)\n"
           "doc FT-1|A & B|1999 \\nOne  two|DATE=1999\n"
           "skip @/in:12@158 text outside <DOC>\n"
           "cut @/in:14@164 no </DOC>: taken as far as it goes\n"
           "doc X2||unclosed 1 < 2\n"
           "doc 3|T|whole\n"
           "doc @/in:16||\n");
    options.id_field = "KEY";
    options.text_field = "BODY";
    options.title_field = "H";
    expect(read_bytes("<DOC><DOCNO>1</DOCNO><KEY>k</KEY><H>h</H>"
                      "<BODY>b</BODY><TEXT>t</TEXT></DOC><DOC><DOCNO>2</DOC>"),
           "detected trec: id = KEY, text = H + BODY\n"
           "doc k|h|b\n"
           "skip @/in:1@75 no id: no tag <KEY>\n");
}
END_TEST

START_TEST(
    a_tag_that_no_trec_document_has_is_an_error_that_names_those_there_are)
{
    options.id_field = "docn";
    const char *one = "<DOC><docno>1</docno><TEXT>t</TEXT></DOC>";
    expect(read_bytes(one),
           "detected trec: id = docn, text = TITLE, HEADLINE ... + TEXT, "
           "LEADPARA, LP, DD, DATE (all, "
           "where none is)\n"
           "skip @/in:1@0 no id: no tag <docn>\n"
           "error 6 @/in: no field 'docn' (--id-field) in the first record; "
           "there are: docno, TEXT; did you mean 'docno'?\n");
    options.id_field = NULL;
    options.text_field = "BODY";
    expect(read_bytes(one),
           "detected trec: id = DOCNO, text = TITLE, HEADLINE ... + BODY\n"
           "doc 1||t\n"
           "error 6 @/in: no field 'BODY' (--text-field) in the first record; "
           "there are: docno, TEXT\n");
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
           "skip @/in:1@0 longer than 1000 bytes\n"
           "detected trec: id = DOCNO, text = TITLE, HEADLINE ... + TEXT, "
           "LEADPARA, LP, DD, DATE (all, "
           "where none is)\n"
           "doc 2||x\n");
    buf_release(&file);
}
END_TEST

START_TEST(plain_text_is_one_document)
{
    expect(read_bytes("Some text,\nwith lines.\n"),
           "detected text: each file is a document\n"
           "doc @/in||Some text,\\nwith lines.\\n\n");
    expect(read_bytes("[1] a note\n{x}\n"),
           "detected text: each file is a document\n"
           "doc @/in||[1] a note\\n{x}\\n\n");
    expect(read_bytes(""), "detected text: each file is a document\n"
                           "detected no document in it\n");
    options.title_from = TITLE_FIRST_LINE;
    expect(read_bytes("\n  Title \r\nrest\n"),
           "detected text: each file is a document\n"
           "doc @/in|Title|rest\\n\n");
    expect(read_bytes("---\n\n## A *heading*\n#tag\n"),
           "detected text: each file is a document\n"
           "doc @/in|A *heading*|#tag\\n\n");
    expect(read_bytes("#tag first\nrest"),
           "detected text: each file is a document\n"
           "doc @/in|#tag first|rest\n");
    options.title_from = TITLE_NAME;
    expect(read_one(scratch_write(&scratch, "My notes.txt", span_text("x"))),
           "detected text: each file is a document\n"
           "doc @/My notes.txt|My notes|x\n");
    options.max_record_bytes = 3;
    expect(read_bytes("1234"), "detected text: each file is a document\n"
                               "skip @/in:0@0 longer than 3 bytes\n");
}
END_TEST

START_TEST(invalid_utf8_is_replaced_everywhere)
{
    static const char *const fields[] = {"f"};
    options.store_fields = fields;
    options.store_field_count = 1;
    expect(read_bytes("{\"id\":\"a\xff\",\"title\":\"\xc3t\",\"text\":\"ok\","
                      "\"f\":\"\xe6\x9d\"}\n"),
           "detected jsonl: id = id, text = title + text\n"
           "cut @/in:1@0 not UTF-8: what is none was replaced by U+FFFD, in "
           "the id by \\xhh\n"
           "doc a\\xff|\xef\xbf\xbdt|ok|f=\xef\xbf\xbd\n");
}
END_TEST

START_TEST(lone_surrogates_of_json_are_told_as_cut)
{
    expect(read_bytes("{\"id\":\"a\",\"text\":\"x\\ud800y\"}\n"
                      "{\"id\":\"b\",\"text\":\"ok\",\"other\":\"\\ud800\"}\n"),
           "detected jsonl: id = id, text = text\n"
           "cut @/in:1@0 not Unicode: a lone surrogate was replaced by U+FFFD\n"
           "doc a||x\xef\xbf\xbdy\n"
           "doc b||ok\n");
}
END_TEST

START_TEST(a_file_that_shrinks_while_it_is_read_is_told_as_cut)
{
    enum { RECORDS = 100000, KEPT_BYTES = 1000 };
    Buf text = {0};
    for (int i = 0; i < RECORDS; i++)
        buf_put_text(&text, "{\"text\":\"word\"}\n");
    const char *path = scratch_write(&scratch, "in", buf_span(&text));
    CorpusListener listener = {.cut = on_cut};
    Corpus *corpus;
    Error error;
    Document document;
    bool found = true;
    ck_assert_int_eq(
        corpus_open(&options, &path, 1, &listener, &corpus, &error), OK);
    size_t count = 0;
    for (; found; count++) {
        if (count == 1) ck_assert_int_eq(truncate(path, KEPT_BYTES), 0);
        ck_assert_int_eq(corpus_next(corpus, &document, &found, &error), OK);
    }
    ck_assert_uint_lt(count, RECORDS);
    expect(buf_text(&events),
           "cut @/in:0@0 the file became shorter while it was read\n");
    corpus_close(corpus);
    buf_release(&text);
}
END_TEST

START_TEST(utf16_and_marks_are_read_as_utf8)
{
    const char *text = "{\"id\":1,\"text\":\"x\"}\n";
    Buf wide = {0};
    buf_put(&wide, "\xff\xfe", 2);
    for (const char *at = text; *at; at++) buf_put_u16le(&wide, (uint8_t)*at);
    expect(read_one(scratch_write(&scratch, "wide", buf_span(&wide))),
           "detected jsonl: id = id, text = text\ndoc 1||x\n");
    buf_put_u16le(&wide, 0xd800);
    expect(read_one(scratch_write(&scratch, "wide", buf_span(&wide))),
           "detected jsonl: id = id, text = text\ndoc 1||x\n"
           "skip @/wide:2:1@20 not JSON: invalid char in json text\n"
           "cut @/wide:0@0 not UTF-16: what is none was replaced by U+FFFD\n");
    expect(read_bytes("\xef\xbb\xbfid\ttext\n1\tx\n"),
           "detected tsv with header: id = id, text = text\ndoc 1||x\n");
    buf_release(&wide);
}
END_TEST

START_TEST(packed_sources_give_the_same_and_cut_ones_are_an_error)
{
    Buf gzip = {0}, zstd = {0};
    Span text = span_text(
        "{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"y\"}");
    const char *wanted = "detected jsonl: id = id, text = text\n"
                         "doc 1||x\ndoc 2||y\n";
    pack_gzip(&gzip, text);
    pack_zstd(&zstd, text);
    expect(read_one(scratch_write(&scratch, "a.gz", buf_span(&gzip))), wanted);
    expect(read_one(scratch_write(&scratch, "b", buf_span(&zstd))), wanted);
    gzip.size -= 5;
    const char *got = read_one(scratch_write(&scratch, "c", buf_span(&gzip)));
    ck_assert_ptr_nonnull(strstr(got, "error 2 @/c: the packed data end too"));
    buf_release(&gzip);
    buf_release(&zstd);
}
END_TEST

START_TEST(folders_are_walked_in_byte_order)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/B");
    scratch_folder(&scratch, "d/.hidden");
    scratch_write(&scratch, "d/.hidden/x", span_text("no"));
    scratch_write(&scratch, "d/.x", span_text("no"));
    scratch_write(&scratch, "d/b", span_text("4"));
    scratch_write(&scratch, "d/a.jsonl", span_text("{\"text\":1}"));
    scratch_write(&scratch, "d/B/z", span_text("2"));
    scratch_write(&scratch, "d/B/a", span_text(""));
    scratch_write(&scratch, "d/c", span_of("ELF\0\1", 5));
    scratch_write(&scratch, "d/d.pdf", span_text("%PDF-1.4"));
    scratch_write(&scratch, "d/e.xz",
                  span_of("\xfd"
                          "7zXZ\0\0\4",
                          8));
    const char *wanted = "detected text: each file is a document\n"
                         "doc @/d/B/a||\n"
                         "doc @/d/B/z||2\n"
                         "detected looks like jsonl; in a folder a file is one "
                         "document, unless --format jsonl reads all as "
                         "records\n"
                         "doc @/d/a.jsonl||{\"text\":1}\n"
                         "doc @/d/b||4\n"
                         "skip @/d/c:0@0 binary: it holds NUL bytes\n"
                         "skip @/d/d.pdf:0@0 a PDF, not text\n"
                         "skip @/d/e.xz:0@0 packed by xz, which is not read "
                         "here; gzip and zstd are\n"
                         "detected 2 hidden entries left out; --hidden takes "
                         "them\n";
    expect(read_one(scratch_path(&scratch, "d")), wanted);
    expect(read_one(scratch_path(&scratch, "d//")), wanted);
}
END_TEST

START_TEST(hidden_entries_are_taken_if_asked_for)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/.hidden");
    scratch_write(&scratch, "d/.hidden/x", span_text("1"));
    scratch_write(&scratch, "d/.x", span_text("2"));
    scratch_write(&scratch, "d/b", span_text("3"));
    options.hidden = true;
    expect(read_one(scratch_path(&scratch, "d")),
           "detected text: each file is a document\n"
           "doc @/d/.hidden/x||1\ndoc @/d/.x||2\ndoc @/d/b||3\n");
}
END_TEST

START_TEST(a_refused_folder_is_named_but_not_entered)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/.refused");
    scratch_folder(&scratch, "d/refused");
    scratch_write(&scratch, "d/a", span_text("1"));
    scratch_write(&scratch, "d/refused/x", span_text("no"));
    expect(read_one(scratch_path(&scratch, "d")),
           "detected text: each file is a document\ndoc @/d/a||1\n"
           "skip @/d/refused:0@0 not for us\n");
    expect(read_one(scratch_path(&scratch, "d/refused")),
           "error 6 '@/d/refused' is not for us: nothing in it becomes a "
           "document\n");
}
END_TEST

START_TEST(a_forced_format_holds_in_folders_too)
{
    scratch_folder(&scratch, "d");
    scratch_write(&scratch, "d/1.json", span_text("{\"id\":1,\"text\":\"x\"}"));
    scratch_write(&scratch, "d/2.json", span_text("{\"id\":2,\"text\":\"y\"}"));
    options.format = CORPUS_JSONL;
    expect(read_one(scratch_path(&scratch, "d")),
           "detected jsonl: id = id, text = text\ndoc 1||x\ndoc 2||y\n");
}
END_TEST

START_TEST(a_walk_goes_round_no_loop_and_waits_for_no_pipe)
{
    scratch_folder(&scratch, "d");
    scratch_folder(&scratch, "d/e");
    scratch_folder(&scratch, "f");
    scratch_write(&scratch, "f/x", span_text("linked"));
    ck_assert_int_eq(symlink("..", scratch_path(&scratch, "d/e/loop")), 0);
    ck_assert_int_eq(symlink("../f", scratch_path(&scratch, "d/link")), 0);
    ck_assert_int_eq(symlink("gone", scratch_path(&scratch, "d/none")), 0);
    ck_assert_int_eq(mkfifo(scratch_path(&scratch, "d/pipe"), 0666), 0);
    Buf cut = {0};
    pack_gzip(&cut, span_text("text"));
    cut.size -= 3;
    scratch_write(&scratch, "d/z.gz", buf_span(&cut));
    const char *got = read_one(scratch_path(&scratch, "d"));
    const char *wanted =
        "skip @/d/e/loop:0@0 a link back to a folder above it\n"
        "detected text: each file is a document\n"
        "doc @/d/link/x||linked\n"
        "skip @/d/none:0@0 a link that leads nowhere\n"
        "skip @/d/pipe:0@0 neither a file nor a folder\n"
        "skip @/d/z.gz:0@0 the packed data end too early, after 21 bytes: the "
        "file is cut\n";
    expect(got, wanted);
    buf_release(&cut);
}
END_TEST

START_TEST(unreadable_files_are_skipped_in_folders_and_errors_as_arguments)
{
    scratch_folder(&scratch, "d");
    const char *path = scratch_write(&scratch, "d/a", span_text("x"));
    scratch_folder(&scratch, "d/b");
    scratch_write(&scratch, "d/c", span_text("y"));
    ck_assert_int_eq(chmod(scratch.path, 0755), 0);
    ck_assert_int_eq(chmod(path, 0), 0);
    ck_assert_int_eq(chmod(scratch_path(&scratch, "d/b"), 0), 0);
    uid_t user = geteuid(); /* root reads everything */
    if (user == 0) ck_assert_int_eq(seteuid(65534), 0);
    Buf folder = {0};
    buf_put_text(&folder, read_one(scratch_path(&scratch, "d")));
    const char *argument = read_one(path);
    if (user == 0) ck_assert_int_eq(seteuid(user), 0);
    expect(buf_text(&folder), "skip @/d/a:0@0 cannot open: Permission denied\n"
                              "skip @/d/b:0@0 Permission denied\n"
                              "detected text: each file is a document\n"
                              "doc @/d/c||y\n");
    expect(argument, "error 2 @/d/a: cannot open: Permission denied\n");
    buf_release(&folder);
    chmod(scratch_path(&scratch, "d/b"), 0755);
}
END_TEST

START_TEST(several_inputs_come_in_their_order)
{
    const char *inputs[] = {
        scratch_write(&scratch, "2", span_text("{\"id\":1,\"text\":\"x\"}")),
        scratch_write(&scratch, "1", span_text("{\"_id\":2,\"text\":\"y\"}")),
        scratch_write(&scratch, "3", span_text("{\"_id\":3,\"text\":\"z\"}"))};
    expect(read_inputs(inputs, 3),
           "detected jsonl: id = id, text = text\ndoc 1||x\n"
           "detected jsonl: id = _id, text = text\ndoc 2||y\ndoc 3||z\n");
    inputs[1] = "/no/such";
    expect(read_inputs(inputs, 3), "error 2 there is no file '/no/such'\n");
}
END_TEST

START_TEST(standard_input_is_read_like_a_file)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    const char text[] = "{\"id\":1,\"text\":\"x\"}\n{\"text\":\"y\"}\n";
    ck_assert(write(ends[1], text, sizeof text - 1) > 0);
    close(ends[1]);
    expect(read_one("-"),
           "detected jsonl: id = id, text = text\n"
           "doc 1||x\n"
           "detected a record without an id is named by its place, "
           "SOURCE:LINE\n"
           "doc -:2||y\n");
    const char *twice[] = {"-", "-"};
    expect(read_inputs(twice, 2), "error 6 standard input is given twice\n");
}
END_TEST

START_TEST(progress_counts_packed_bytes_and_text)
{
    Buf packed = {0};
    pack_gzip(&packed, span_text("some text"));
    const char *inputs[] = {scratch_write(&scratch, "a", buf_span(&packed)),
                            scratch_write(&scratch, "b", span_text("more"))};
    CorpusListener listener = {0};
    Corpus *corpus;
    Error error;
    Document document;
    uint64_t read, total;
    bool found = true;
    ck_assert_int_eq(
        corpus_open(&options, inputs, 2, &listener, &corpus, &error), OK);
    corpus_progress(corpus, &read, &total);
    ck_assert_uint_eq(read, 0);
    ck_assert_uint_eq(total, packed.size + 4);
    while (found)
        ck_assert_int_eq(corpus_next(corpus, &document, &found, &error), OK);
    corpus_progress(corpus, &read, &total);
    ck_assert_uint_eq(read, total);
    ck_assert_uint_eq(corpus_text_bytes(corpus), 13);
    corpus_close(corpus);
    buf_release(&packed);
}
END_TEST

START_TEST(any_bytes_are_read_or_refused)
{
    static const char *const pieces[] = {"{\"id\":1,\"text\":\"",
                                         "\"}",
                                         "{",
                                         "[",
                                         "]",
                                         ",",
                                         "\\",
                                         "\\ud800",
                                         "\"",
                                         "\n",
                                         "\r\n",
                                         "\t",
                                         "id",
                                         "text",
                                         "<DOC>",
                                         "</DOC>",
                                         "<DOCNO>",
                                         "<TEXT>",
                                         "</TEXT>",
                                         "<!--",
                                         "<title>",
                                         "\xff",
                                         "\xe6\x9d",
                                         "x y z",
                                         "<",
                                         "&#x41;",
                                         "\x1f\x8b\x08"};
    static const char *const fields[] = {"id", "title"};
    Random random = {(uint64_t)_i + 1};
    options.format = (CorpusFormat)_i;
    options.max_record_bytes = 50;
    options.store_fields = fields;
    options.store_field_count = 2;
    for (int round = 0; round < 500; round++) {
        Buf text = {0};
        for (size_t count = random_below(&random, 30); count > 0; count--)
            buf_put_text(
                &text,
                pieces[random_below(&random, sizeof pieces / sizeof *pieces)]);
        const char *got = read_one(
            scratch_write(&scratch, "in", buf_span(&text)));
        ck_assert(utf8_is_clean(span_text(got)));
        buf_release(&text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("corpus");
    TCase *tests = tcase_create("corpus");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, jsonl_dialects_are_recognised);
    tcase_add_test(tests, json_need_not_be_a_line_each);
    tcase_add_test(tests, a_record_without_id_is_named_by_its_place);
    tcase_add_test(tests, bad_json_records_are_skipped_with_their_place);
    tcase_add_test(tests, a_title_that_is_no_text_is_told_as_cut);
    tcase_add_test(tests, whoever_listens_may_end_the_reading);
    tcase_add_test(tests, keys_from_the_options_count);
    tcase_add_test(
        tests,
        records_with_other_keys_are_told_the_options_that_would_read_them);
    tcase_add_test(tests, a_header_with_some_known_names_must_be_told);
    tcase_add_test(tests, a_row_with_a_name_that_an_option_gives_is_a_header);
    tcase_add_test(tests, what_an_earlier_key_of_the_name_said_is_told_as_lost);
    tcase_add_test(tests,
                   ids_that_differ_in_bytes_that_are_no_utf8_stay_different);
    tcase_add_test(tests, a_list_that_is_cut_off_is_told);
    tcase_add_test(tests, fields_of_a_folder_need_a_format);
    tcase_add_test(tests, what_was_wrongly_taken_for_json_is_told_the_way_out);
    tcase_add_test(tests, semicolons_part_columns_where_there_are_no_commas);
    tcase_add_test(tests, what_holds_nul_bytes_is_no_table);
    tcase_add_test(tests, what_goes_with_a_missing_bracket_is_said);
    tcase_add_test(tests, a_checklist_is_no_json);
    tcase_add_test(
        tests, keys_that_no_record_has_are_an_error_that_names_those_there_are);
    tcase_add_test(tests, tables_are_read_by_number_of_columns_or_header);
    tcase_add_test(
        tests, a_header_of_unknown_names_is_a_document_and_said_to_be_doubtful);
    tcase_add_test(tests, keys_that_are_not_read_are_named);
    tcase_add_test(
        tests, keys_too_many_too_long_or_with_line_ends_are_dots_in_messages);
    tcase_add_test(tests, csv_follows_rfc_4180);
    tcase_add_test(tests, trec_documents_are_read_with_open_and_closed_tags);
    tcase_add_test(
        tests,
        a_tag_that_no_trec_document_has_is_an_error_that_names_those_there_are);
    tcase_add_test(tests, long_trec_documents_are_skipped_whole);
    tcase_add_test(tests, plain_text_is_one_document);
    tcase_add_test(tests, invalid_utf8_is_replaced_everywhere);
    tcase_add_test(tests, lone_surrogates_of_json_are_told_as_cut);
    tcase_add_test(tests, a_file_that_shrinks_while_it_is_read_is_told_as_cut);
    tcase_add_test(tests, utf16_and_marks_are_read_as_utf8);
    tcase_add_test(tests,
                   packed_sources_give_the_same_and_cut_ones_are_an_error);
    tcase_add_test(tests, folders_are_walked_in_byte_order);
    tcase_add_test(tests, hidden_entries_are_taken_if_asked_for);
    tcase_add_test(tests, a_refused_folder_is_named_but_not_entered);
    tcase_add_test(tests, a_forced_format_holds_in_folders_too);
    tcase_add_test(tests, a_walk_goes_round_no_loop_and_waits_for_no_pipe);
    tcase_add_test(
        tests, unreadable_files_are_skipped_in_folders_and_errors_as_arguments);
    tcase_add_test(tests, several_inputs_come_in_their_order);
    tcase_add_test(tests, standard_input_is_read_like_a_file);
    tcase_add_test(tests, progress_counts_packed_bytes_and_text);
    tcase_add_loop_test(tests, any_bytes_are_read_or_refused, CORPUS_DETECT,
                        CORPUS_TREC + 1);
    suite_add_tcase(suite, tests);
    return check_main(suite);
}
