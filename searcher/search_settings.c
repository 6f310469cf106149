/* search_settings.c - the command line of searcher: its option table. */
#include "searcher/search_settings.h"

#include "common/base/utf8_clean.h"
#include "common/program/log.h"
#include "searcher/output/terminal.h"
#include "searcher/search/search.h"

#include <math.h>
#include <stdlib.h>

enum { RUN_HITS = 1000, DEFAULT_HITS = 10, MAX_HITS = 1000000000 };

static const char *const TOPIC_FORMATS[] = {
    "detect", "lines", "tsv", "colon", "words",     "json",
    "trec",   "doc",   "csv", "smart", "questions", NULL};
static const char *const TOPIC_FIELDS[] = {"title", "desc", "narr",
                                           "title+desc", NULL};
static const char *const TIES[] = {"arrival", "docno", NULL};
static const char *const COLORS[] = {"auto", "always", "never", NULL};

#define AT(member) offsetof(Settings, member)

static const Option OPTIONS[] = {
    {OPTION_GROUP, .brief = "Input"},
    {OPTION_TEXT, 'i', "index", "DIR", AT(index),
     .brief = "index to search [$QUERN_INDEX, nearest .quern]",
     .detail = "By default the environment variable QUERN_INDEX names the "
               "index; if it is not set, searcher uses the folder .quern in "
               "the current folder or the nearest parent folder that has one, "
               "and prints which with -v. A .quern found this way must not be "
               "a symbolic link and must be owned by you, by root, or, under "
               "sudo, by the user who called sudo.",
     .complete = COMPLETE_FOLDER, .once = true},
    {OPTION_LIST, 'g', "glob", "GLOB", AT(globs),
     .brief = "search documents whose id matches; !GLOB excludes",
     .detail = "An id is matched component by component, split at slashes: "
               "*.md matches notes/plan.md, 2024 and notes/2024 match "
               "everything below such a folder, notes/**/plan.md matches at "
               "any depth. A leading slash anchors GLOB at the start of the "
               "id, a trailing one matches folders only. Can be repeated: an "
               "id must match at least one GLOB and no !GLOB. Scores are "
               "still computed from the whole index."},
    {OPTION_TEXT, 'f', "file", "FILE", AT(topics),
     .brief = "read queries from FILE; - is standard input",
     .detail = "The format (TREC topics, qid TAB query, JSON lines, one query "
               "per line ...) is detected from the content and reported. "
               "Results are printed in the order of the file.",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_CHOICE, 0, "topic-format", "FORM", AT(topic_format),
     .brief = "format of the file of queries [detect]",
     .choices = TOPIC_FORMATS},
    {OPTION_CHOICE, 0, "topic-field", "NAME", AT(topic_field),
     .brief = "field of a TREC topic used as the query [title]",
     .choices = TOPIC_FIELDS},
    {OPTION_TEXT, 0, "qid-field", "NAME", AT(qid_field),
     .brief = "key, column or tag of the ids of queries [detect]",
     .once = true},
    {OPTION_TEXT, 0, "query-field", "NAME", AT(query_field),
     .brief = "key, column or tag of the queries [detect]", .once = true},

    {OPTION_GROUP, .brief = "Query parsing"},
    {OPTION_FLAG, 'a', "all", NULL, AT(all),
     .brief = "require all words, not just one of them"},
    {OPTION_NUMBER, 0, "min-match", "N", AT(min_match),
     .brief = "require at least N of the words", .low = 1, .high = 65536},
    {OPTION_FLAG, 0, "plain", NULL, AT(plain),
     .brief = "ignore operators: the query is a bag of words"},
    {OPTION_FLAG, 0, "syntax", NULL, AT(syntax),
     .brief = "enable operators with --run and --msmarco"},
    {OPTION_NUMBER, 0, "max-expansions", "N", AT(max_expansions),
     .brief = "expand a pattern to at most N terms [1024]", .low = 1,
     .high = 1048576,
     .detail = "Patterns are word*, w*rd and word~1. The N most frequent "
               "matching terms are used; a warning is printed when there are "
               "more."},

    {OPTION_GROUP, .brief = "Ranking"},
    {OPTION_NUMBER, 'k', "hits", "N", AT(k),
     .brief = "return the N best hits [10; with --run 1000]", .low = 1,
     .high = MAX_HITS},
    {OPTION_REAL, 0, "k1", "X", AT(k1),
     .brief = "BM25 parameter k1 [from the index, usually 0.9]", .low = 0,
     .high = 1000},
    {OPTION_REAL, 0, "b", "X", AT(b),
     .brief = "BM25 parameter b [from the index, usually 0.4]", .low = 0,
     .high = 1},
    {OPTION_FLAG, 0, "exhaustive", NULL, AT(exhaustive),
     .brief = "score every match: slower, same results"},
    {OPTION_CHOICE, 0, "ties", "ORDER", AT(ties),
     .brief = "order of hits with equal scores [arrival]", .choices = TIES,
     .detail = "arrival: in the order they were indexed. docno: by id, "
               "descending, as trec_eval sorts. This only orders the hits that "
               "are printed; which of several equal documents are among the "
               "N best is always decided by arrival."},

    {OPTION_GROUP, .brief = "Output"},
    {OPTION_FLAG, 'r', "run", NULL, AT(run),
     .brief = "print a TREC run: qid Q0 id rank score tag",
     .detail = "Implies --plain unless --syntax is given. White space, control "
               "characters and % in ids are written as %XX."},
    {OPTION_FLAG, 0, "msmarco", NULL, AT(msmarco),
     .brief = "print an MS MARCO run: qid TAB id TAB rank",
     .detail = "Otherwise like --run."},
    {OPTION_TEXT, 0, "tag", "NAME", AT(tag),
     .brief = "run tag, the last column of --run [quern]"},
    {OPTION_TEXT, 0, "sidecar", "FILE", AT(sidecar),
     .brief = "with --run: write how the run was made to FILE",
     .detail = "One JSON object: arguments, index with a hash of its content, "
               "analyzer, k1, b, version, and a hash of the run. bench verify "
               "--sidecar FILE makes the run again and compares. Requires -f "
               "FILE.",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_FLAG, 'j', "json", NULL, AT(json),
     .brief = "print JSON lines, ending with a summary",
     .detail = "docs/json.md documents every kind of line and every key."},
    {OPTION_FLAG, 'c', "count", NULL, AT(count),
     .brief = "print only the number of matching documents"},
    {OPTION_FLAG, 'l', "ids", NULL, AT(ids),
     .brief = "print only ids, one per line; all unless -k is given"},
    {OPTION_FLAG, '0', "null", NULL, AT(null_ids),
     .brief = "like --ids, each followed by a NUL byte, for xargs -0"},
    {OPTION_NUMBER, 0, "snippets", "N", AT(snippets),
     .brief = "show up to N passages of each document [1]", .low = 1,
     .high = 100,
     .detail = "The best passages, in text order, separated by \u2026."},
    {OPTION_SIZE, 0, "max-record", "SIZE", AT(max_record),
     .brief = "limit on one stored document in memory [256M]",
     .detail = "Hits with a larger document are printed without title and "
               "snippet; --get fails.",
     .low = 1, .high = 4 * 0x1p30},
    {OPTION_CHOICE, 0, "color", "WHEN", AT(color),
     .brief = "use colours and the terminal layout [auto]", .choices = COLORS,
     .detail = "auto: on a terminal, unless NO_COLOR is set or TERM is dumb. "
               "always: also in a pipe, for example to less -R."},

    {OPTION_GROUP, .brief = "Other modes"},
    {OPTION_TEXT, 0, "get", "ID", AT(get),
     .brief = "print the stored title and text of a document",
     .detail = "ID is the exact id, or the id as hits print it, with \\xhh for "
               "bytes that are not valid UTF-8."},
    {OPTION_TEXT, 0, "explain", "ID", AT(explain),
     .brief = "explain the score of a document for the query"},
    {OPTION_FLAG, 0, "show-query", NULL, AT(show_query),
     .brief = "print the parsed query and its execution plan"},
    {OPTION_TEXT, 0, "analyze", "TEXT", AT(analyze),
     .brief = "print the tokens of TEXT: position, start, end, token",
     .detail = "Uses --analyzer and --stem if given, else the analyzer of the "
               "index if there is one, else the default analyzer. start and "
               "end are byte offsets. A token that shares the position of a "
               "word is followed by its kind: part, joined or variant."},
    {OPTION_TEXT, 0, "analyzer", "NAME", AT(analyzer),
     .brief = "for --analyze: default, standard, english, whitespace"},
    {OPTION_TEXT, 0, "stem", "LANGUAGE", AT(stem),
     .brief = "for --analyze: stemmer, for example english"},

    {OPTION_GROUP, .brief = "Execution"},
    {OPTION_NUMBER, 't', "threads", "N", AT(threads),
     .brief = "answer N queries of a file in parallel [1]", .low = 1,
     .high = 1024, .detail = "The output does not depend on N."},
    {OPTION_FLAG, 0, "timing", NULL, AT(timing),
     .brief = "print on stderr how long the queries took"},
    {OPTION_FLAG, 0, "trace", NULL, AT(trace),
     .brief = "print how each query was executed",
     .detail = "The plan, and for each segment the algorithm, how many blocks "
               "were decoded and documents scored, and the time of each phase; "
               "on stderr, with --json as a line of its own."},
    {OPTION_FLAG, 0, "serve", NULL, AT(serve),
     .brief = "answer lines COMMAND TAB QUERY from standard input",
     .detail = "COMMAND is COUNT, TOP_k, TOP_k_COUNT or HITS_k (the protocol "
               "of the search benchmark game); the answer to anything else is "
               "UNSUPPORTED."},
    {.kind = OPTION_END}};

static const char *const USAGES[] = {
    "[OPTIONS] WORDS...", "[OPTIONS] -f FILE",
    "[-i DIR] --get ID | --explain ID WORDS | --analyze TEXT", NULL};

static const ProgramExample EXAMPLES[] = {
    {"searcher hello world",
     "the ten best documents that contain hello or world"},
    {"searcher '\"to be or not\" +hamlet -film play*'",
     "a phrase, a required word, an excluded word and a prefix"},
    {"searcher -i ix -f topics.tsv --run > run.txt",
     "a file of queries, 1,000 hits for each, for trec_eval"},
    {"searcher --json solar | jq -r 'select(.type==\"hit\").id'",
     "JSON for other programs"},
    {0}};

static const ProgramChapter CHAPTERS[] = {
    {"Queries",
     "Any text is a valid query. A document matches if it contains at least "
     "one of the words; documents with more of them, and with rarer ones, "
     "rank higher.\n"
     "  \"a phrase\"        adjacent words; \"a phrase\"~2: up to 2 apart\n"
     "  +must -not        required word, excluded word\n"
     "  a AND b OR NOT c  operators, in capitals; ( ) group\n"
     "  word* w*rd        prefix, wildcard\n"
     "  word~1 word~2     fuzzy: up to 1 or 2 edits\n"
     "  title:word        in the title only; text:word in the text only\n"
     "  word^2.5          boost: counts 2.5 times\n"
     "Everything else is text: C++, it's, 50%, a:b. --show-query prints how a "
     "query was parsed. Put a query that starts with '-' after '--'."},
    {"Query files",
     "Queries are read from the command line, from -f FILE or, without "
     "either, from standard input. The format of a file is detected from its "
     "content and reported; --topic-format sets it:\n"
     "  lines   one query per line; its id is the line number\n"
     "  tsv     qid TAB query\n"
     "  colon   qid:query\n"
     "  words   qid query\n"
     "  json    objects with keys such as qid and query: lines or an array\n"
     "  trec    <top>, <topic> or <query> elements; see --topic-field\n"
     "  doc     <DOC> elements, as in CACM\n"
     "  csv     a table with a row of names such as qid and query\n"
     "  smart   .I 1, then .W and the query on the next lines\n"
     "  questions  question TAB [answers]; its id is the line number\n"
     "Ids are kept as they are written, with their zeros, except that `Number: "
     "051` in topics with <head> (TREC-1 to 3) is 51 and `Number: MB001` "
     "(Microblog) is 1, as the judgements of these tracks write them. Without "
     "an id in any record, the numbers of the records are the ids, which is "
     "reported. Fields with other names than the usual ones are "
     "named by --qid-field and --query-field. "
     "A query that cannot be read is reported and skipped; the exit status is "
     "then 2."},
    {"Output",
     "On a terminal, hits are shown with title and snippet, and matches are "
     "highlighted. Otherwise each hit is a line of rank, score, id, title and "
     "snippet, separated by tabs; with a file of queries the id of the query "
     "comes first. In ids a tab is written as \\t, a backslash as \\\\, and "
     "control characters and invalid UTF-8 as \\xhh; -0 prints ids unchanged, "
     "so that they can be used as file names. Hits go to standard output, "
     "messages to standard error."},
    {"Exit status",
     "0 with hits, 1 without hits, 2 on error, 130 on Ctrl-C. For a file of "
     "queries: 0 if all of them could be answered, with or without hits, 2 "
     "otherwise."},
    {"Environment",
     "QUERN_INDEX names the index. NO_COLOR, if set and not empty, disables "
     "colours. QUERN_CPU=scalar|avx2|avx512|neon limits the instruction set "
     "used."},
    {0}};

const Program SEARCHER = {.name = "searcher",
                          .summary = "full-text search in an index",
                          .usages = USAGES,
                          .examples = EXAMPLES,
                          .options = OPTIONS,
                          .chapters = CHAPTERS,
                          .operands = COMPLETE_NOTHING};

void settings_init(Settings *settings)
{
    *settings = (Settings){.k1 = (double)NAN,
                           .b = (double)NAN,
                           .max_expansions = DEFAULT_MAX_EXPANSIONS,
                           .snippets = 1,
                           .max_record = STORED_MAX_BYTES,
                           .threads = 1};
}

void settings_release(Settings *settings)
{
    option_list_release(&settings->globs);
    id_filter_free(settings->filter);
    free(settings->paths_from);
}

static Status check_topics(const Settings *settings, Error *error)
{
    if (settings->query_field && settings->topic_field)
        return fail(error, ERR_USAGE,
                    "--query-field and --topic-field cannot be used together");
    return OK;
}

static Status check_forms(const Settings *settings, Error *error)
{
    int runs = settings->run + settings->msmarco;
    bool ids = settings->ids || settings->null_ids;
    int forms = runs + settings->json + ids;
    if (forms > 1 || (settings->count && (runs || ids))) {
        return fail(error, ERR_USAGE,
                    "use only one of --run, --msmarco, --json, --ids, --null "
                    "and --count (except --count with --json, --ids with "
                    "--null)");
    }
    int asked = !!settings->get + !!settings->explain + !!settings->analyze +
                settings->show_query + settings->serve;
    if (asked > 1) {
        return fail(error, ERR_USAGE,
                    "use only one of --get, --explain, --analyze, --show-query "
                    "and --serve");
    }
    if (settings->json && (settings->explain || settings->show_query)) {
        return fail(error, ERR_USAGE, "%s cannot be used with --json",
                    settings->explain ? "--explain" : "--show-query");
    }
    if (settings->trace && asked) {
        return fail(error, ERR_USAGE,
                    "--trace requires a search: it cannot be used with --get, "
                    "--explain, --analyze, --show-query or --serve");
    }
    if (settings->globs.count && asked && !settings->serve) {
        return fail(error, ERR_USAGE,
                    "-g cannot be used with --get, --explain, --analyze or "
                    "--show-query");
    }
    if (settings->plain && settings->syntax) {
        return fail(error, ERR_USAGE,
                    "--plain and --syntax cannot be used together");
    }
    if ((settings->analyzer || settings->stem) && !settings->analyze) {
        return fail(error, ERR_USAGE,
                    "--analyzer and --stem require --analyze; a search uses "
                    "the analyzer of the index");
    }
    return OK;
}

static Status check_tag(const Settings *settings, Error *error)
{
    if (!settings->tag) return OK;
    if (!settings->tag[0] || strpbrk(settings->tag, " \t\r\n\v\f")) {
        return fail(error, ERR_USAGE,
                    "--tag '%s': a run tag must be one word without white "
                    "space",
                    settings->tag);
    }
    return OK;
}

/* What it records must be enough to make the run again. */
static Status check_sidecar(const Settings *settings, Error *error)
{
    if (!settings->sidecar) return OK;
    bool has_run = settings->run || settings->msmarco;
    bool has_file = settings->topics && strcmp(settings->topics, "-") != 0;
    if (!has_run || !has_file) {
        return fail(error, ERR_USAGE,
                    "--sidecar describes a run that can be repeated: it "
                    "requires --run (or --msmarco) and -f FILE, not standard "
                    "input");
    }
    for (int i = 1; i < settings->argument_count; i++) {
        const char *argument = settings->arguments[i];
        if (strchr(argument, '\n') || !utf8_is_clean(span_text(argument)))
            return fail(error, ERR_USAGE,
                        "--sidecar cannot record an argument with a line feed "
                        "or invalid UTF-8");
    }
    return OK;
}

Status settings_check(Settings *settings, Error *error)
{
    Status status = check_forms(settings, error);
    if (status == OK) status = check_topics(settings, error);
    if (status == OK) status = check_sidecar(settings, error);
    if (status == OK) status = check_tag(settings, error);
    if (status != OK) return status;
    if (!settings->tag) settings->tag = "quern";
    bool run = settings->run || settings->msmarco;
    bool ids = settings->ids || settings->null_ids;
    if (settings->k == 0)
        settings->k = ids ? MAX_HITS : run ? RUN_HITS : DEFAULT_HITS;
    if (run && !settings->syntax && !settings->plain) {
        settings->plain = true;
        log_note("%s ignores query operators (--plain); use --syntax to "
                 "enable them",
                 settings->run ? "--run" : "--msmarco");
    }
    return OK;
}

HitStyle settings_style(const Settings *settings, bool with_qid)
{
    Terminal terminal = terminal_look((ColorChoice)settings->color);
    HitForm form = settings->run              ? FORM_RUN
                   : settings->msmarco        ? FORM_MSMARCO
                   : settings->json           ? FORM_JSON
                   : settings->ids            ? FORM_IDS
                   : settings->null_ids       ? FORM_IDS
                   : terminal.has_rich_layout ? FORM_TERMINAL
                                              : FORM_LINES;
    return (HitStyle){.form = form,
                      .on_terminal = terminal.is_terminal,
                      .colors = terminal.colors,
                      .width = terminal.width,
                      .snippets = (size_t)settings->snippets,
                      .max_record = settings->max_record,
                      .with_qid = with_qid,
                      .docno_ties = settings->ties == TIES_DOCNO,
                      .null_ids = settings->null_ids,
                      .tag = settings->tag};
}
