/* search_settings.c - the command line of searcher: its option table. */
#include "searcher/search_settings.h"

#include "common/program/log.h"
#include "searcher/output/terminal.h"
#include "searcher/search/search.h"

#include <math.h>
#include <stdlib.h>

enum { RUN_HITS = 1000, SHOWN_HITS = 10, MOST_HITS = 1000000000 };

static const char *const TOPIC_FORMATS[] = {
    "detect", "lines", "tsv", "colon", "words", "json", "trec", "doc", NULL};
static const char *const TOPIC_FIELDS[] = {"title", "desc", "narr",
                                           "title+desc", NULL};
static const char *const TIES[] = {"arrival", "docno", NULL};
static const char *const COLORS[] = {"auto", "always", "never", NULL};

#define AT(member) offsetof(Settings, member)

static const Option OPTIONS[] = {
    {OPTION_GROUP, .brief = "Where and what to search"},
    {OPTION_TEXT, 'i', "index", "DIR", AT(index),
     .brief = "the index [$QUERN_INDEX, else the nearest .quern]",
     .detail = "Without it the environment variable QUERN_INDEX names the "
               "index; without that it is the folder .quern here or in the "
               "nearest folder above. -v says which was taken. A .quern that "
               "is only found may be no link, and must belong to you, to root "
               "or, as root, to the caller of sudo.",
     .complete = COMPLETE_FOLDER, .once = true},
    {OPTION_LIST, 'g', "glob", "GLOB", AT(globs),
     .brief = "only documents whose id fits; !GLOB: that does not",
     .detail = "Ids are compared part by part, as slashes divide them: *.md "
               "fits notes/plan.md, 2024 and notes/2024 all below such a "
               "folder, notes/**/plan.md at any depth. A slash at the front "
               "means the start of the id, one "
               "at the end a folder. May be given again: one GLOB must fit, "
               "and no !GLOB. Scores stay those of the whole index."},
    {OPTION_TEXT, 'f', "file", "FILE", AT(topics),
     .brief = "queries from a file; - is standard input",
     .detail = "Topics as TREC has them, qid TAB query, JSON lines, or a query "
               "a line: what it is, is told by the content and announced. "
               "Answers come in the order of the file.",
     .complete = COMPLETE_FILE, .once = true},
    {OPTION_CHOICE, 0, "topic-format", "FORM", AT(topic_format),
     .brief = "how to read a file of queries [detect]",
     .choices = TOPIC_FORMATS},
    {OPTION_CHOICE, 0, "topic-field", "NAME", AT(topic_field),
     .brief = "what of a TREC topic to ask [title]", .choices = TOPIC_FIELDS},

    {OPTION_GROUP, .brief = "How to read a query"},
    {OPTION_FLAG, 'a', "all", NULL, AT(all),
     .brief = "all bare words are required, not just one"},
    {OPTION_NUMBER, 0, "min-match", "N", AT(min_match),
     .brief = "at least N of the bare words are required", .low = 1,
     .high = 65536},
    {OPTION_FLAG, 0, "plain", NULL, AT(plain),
     .brief = "no operator acts: a bag of words"},
    {OPTION_FLAG, 0, "syntax", NULL, AT(syntax),
     .brief = "operators act in a --run or --msmarco too"},
    {OPTION_NUMBER, 0, "max-expansions", "N", AT(max_expansions),
     .brief = "words that a pattern stands for at most [1024]", .low = 1,
     .high = 1048576,
     .detail = "A pattern is word*, w*rd or word~1. The most frequent are "
               "taken; when the limit bites it is said."},

    {OPTION_GROUP, .brief = "How to rank"},
    {OPTION_NUMBER, 'k', "hits", "N", AT(k),
     .brief = "the N best hits [10; of a run 1000]", .low = 1,
     .high = MOST_HITS},
    {OPTION_REAL, 0, "k1", "X", AT(k1),
     .brief = "BM25's k1 [the index's own, 0.9]", .low = 0, .high = 1000},
    {OPTION_REAL, 0, "b", "X", AT(b),
     .brief = "BM25's b [the index's own, 0.4]", .low = 0, .high = 1},
    {OPTION_FLAG, 0, "exhaustive", NULL, AT(exhaustive),
     .brief = "score every match: slow, the same answers"},
    {OPTION_CHOICE, 0, "ties", "ORDER", AT(ties),
     .brief = "order of equal scores [arrival]", .choices = TIES,
     .detail = "arrival: as they were indexed. docno: by id, descending, as "
               "trec_eval orders them; which documents are among the best is "
               "still told by arrival."},

    {OPTION_GROUP, .brief = "What to print"},
    {OPTION_FLAG, 'r', "run", NULL, AT(run),
     .brief = "a TREC run: qid Q0 id rank score tag",
     .detail = "Means --plain unless --syntax is given. White space, control "
               "characters and % in ids are written as %XX."},
    {OPTION_FLAG, 0, "msmarco", NULL, AT(msmarco),
     .brief = "a run as MS MARCO has it: qid TAB id TAB rank",
     .detail = "In all else like --run."},
    {OPTION_TEXT, 0, "tag", "NAME", AT(tag),
     .brief = "the last column of a run [quern]"},
    {OPTION_FLAG, 'j', "json", NULL, AT(json),
     .brief = "JSON, an object a line, the last a summary",
     .detail = "docs/json.md names every line and key; they stay."},
    {OPTION_FLAG, 'c', "count", NULL, AT(count),
     .brief = "only how many documents match"},
    {OPTION_FLAG, 'l', "ids", NULL, AT(ids),
     .brief = "only ids, a line each, best first; all unless -k is given"},
    {OPTION_FLAG, '0', "null", NULL, AT(zeros),
     .brief = "likewise, with a zero byte behind each, for xargs -0"},
    {OPTION_NUMBER, 0, "snippets", "N", AT(snippets),
     .brief = "passages shown of each document at most [1]", .low = 1,
     .high = 100,
     .detail = "The best ones, in the order of the text, with \u2026 between."},
    {OPTION_SIZE, 0, "max-record", "SIZE", AT(max_record),
     .brief = "the most of one stored document in memory [256M]",
     .detail = "A hit with a larger one is shown without title and snippet; "
               "--get refuses it.",
     .low = 1, .high = 4 * 0x1p30},
    {OPTION_CHOICE, 0, "color", "WHEN", AT(color),
     .brief = "colours and the layout for people [auto]", .choices = COLORS,
     .detail = "auto: on a terminal, unless NO_COLOR is set or TERM is dumb. "
               "always: also into a pipe, say to less -R."},

    {OPTION_GROUP, .brief = "What else can be asked"},
    {OPTION_TEXT, 0, "get", "ID", AT(get),
     .brief = "print the stored title and text of a document",
     .detail = "ID is the id byte for byte, or as it is shown, with \\xhh for "
               "a byte that is not UTF-8."},
    {OPTION_TEXT, 0, "explain", "ID", AT(explain),
     .brief = "how a document came to its score for the query"},
    {OPTION_FLAG, 0, "show-query", NULL, AT(show_query),
     .brief = "how the query was understood, and the plan for it"},
    {OPTION_TEXT, 0, "analyze", "TEXT", AT(analyze),
     .brief = "the tokens of a text: position, bytes, token",
     .detail = "By the analyzer of the index if one is found, else by the "
               "default one, or as --analyzer and --stem say."},
    {OPTION_TEXT, 0, "analyzer", "NAME", AT(analyzer),
     .brief = "for --analyze: default, standard, english, whitespace"},
    {OPTION_TEXT, 0, "stem", "LANGUAGE", AT(stem),
     .brief = "for --analyze: stem words, say english"},

    {OPTION_GROUP, .brief = "How to run"},
    {OPTION_NUMBER, 't', "threads", "N", AT(threads),
     .brief = "queries of a file answered at once [1]", .low = 1, .high = 1024,
     .detail = "The output is the same, byte for byte, at any number."},
    {OPTION_FLAG, 0, "timing", NULL, AT(timing),
     .brief = "say on stderr how long the queries took"},
    {OPTION_FLAG, 0, "serve", NULL, AT(serve),
     .brief = "answer COMMAND TAB QUERY lines on standard input",
     .detail = "COUNT, TOP_k, TOP_k_COUNT and HITS_k, as the public search "
               "benchmark game asks; anything else is answered UNSUPPORTED."},
    {.kind = OPTION_END}};

static const char *const USAGES[] = {
    "[OPTIONS] WORDS...", "[OPTIONS] -f FILE",
    "[-i DIR] --get ID | --explain ID WORDS | --analyze TEXT", NULL};

static const ProgramExample EXAMPLES[] = {
    {"searcher hello world", "the ten best documents with hello or world"},
    {"searcher '\"to be or not\" +hamlet -film play*'",
     "a phrase, a required word, an excluded one, all words that begin so"},
    {"searcher -i ix -f topics.tsv --run > run.txt",
     "a file of queries, the 1,000 best of each, for trec_eval"},
    {"searcher --json solar | jq -r 'select(.type==\"hit\").docid'",
     "for other programs"},
    {0}};

static const ProgramChapter CHAPTERS[] = {
    {"Queries",
     "Any text is a query; none is an error. Bare words are alternatives: "
     "documents with more of them, and with rarer ones, come first.\n"
     "  \"a phrase\"        the words side by side; \"a phrase\"~2: near\n"
     "  +must -not        required, excluded\n"
     "  a AND b OR NOT c  in capitals; ( ) group\n"
     "  word* w*rd        any ending, any middle\n"
     "  word~1 word~2     with so many letters wrong\n"
     "  title:word        in the title only; text:word in the rest\n"
     "  word^2.5          counts so many times as much\n"
     "Everything else is text: C++, it's, 50%, a:b. --show-query tells how a "
     "query was understood. A query that begins with - goes behind --."},
    {"Files of queries",
     "Queries come from the words of the command line, or from -f FILE, or, "
     "without either, from standard input. What form they have is told by "
     "their content, and said; --topic-format settles it:\n"
     "  lines   a query a line, the number of the line its id\n"
     "  tsv     qid TAB query\n"
     "  colon   qid:query\n"
     "  words   qid query\n"
     "  json    {\"qid\", \"query\"} and the like, a line each or a list\n"
     "  trec    <top> or <topic>, of which --topic-field chooses what to ask\n"
     "  doc     <DOC>, as CACM has them\n"
     "What cannot be read is named and the others are answered; the status is "
     "2 then."},
    {"Output",
     "On a terminal hits come with titles and snippets, what matched in "
     "colour. Elsewhere each is a line of rank, score, id, title and snippet "
     "with tabs between; in a batch the id of the query comes first. Ids are "
     "shown as they are; a tab in one is \\t, a backslash \\\\, what would not "
     "show or is not UTF-8 \\xhh; with -0 an id is its bytes, so the name of a "
     "file opens it. Hits go to standard output, everything else to standard "
     "error."},
    {"Exit status",
     "0 if there were hits, 1 if there were none, 2 if something went wrong, "
     "130 on Ctrl-C. Of a file of queries: 0 if all could be answered, with "
     "hits or without, else 2."},
    {"Environment",
     "QUERN_INDEX names the index. NO_COLOR, if set and not empty, turns "
     "colours off. QUERN_CPU=scalar|avx2|avx512|neon lowers the instruction "
     "set that is used."},
    {0}};

const Program SEARCHER = {.name = "searcher",
                          .summary = "find documents by their words",
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

static Status check_forms(const Settings *settings, Error *error)
{
    int runs = settings->run + settings->msmarco;
    bool ids = settings->ids || settings->zeros;
    int forms = runs + settings->json + ids;
    if (forms > 1 || (settings->count && (runs || ids))) {
        return fail(error, ERR_USAGE,
                    "--run, --msmarco, --json, --ids, --null and --count are "
                    "different outputs: give one (--count goes with --json, "
                    "--ids with --null)");
    }
    int asked = !!settings->get + !!settings->explain + !!settings->analyze +
                settings->show_query + settings->serve;
    if (asked > 1) {
        return fail(error, ERR_USAGE,
                    "of --get, --explain, --analyze, --show-query and --serve "
                    "give one");
    }
    if (settings->json && (settings->explain || settings->show_query)) {
        return fail(error, ERR_USAGE, "%s prints text only: leave --json out",
                    settings->explain ? "--explain" : "--show-query");
    }
    if (settings->globs.count && asked && !settings->serve) {
        return fail(error, ERR_USAGE,
                    "-g says which documents are searched: it does not go "
                    "with --get, --explain, --analyze and --show-query");
    }
    if (settings->plain && settings->syntax) {
        return fail(error, ERR_USAGE, "--plain and --syntax contradict");
    }
    if ((settings->analyzer || settings->stem) && !settings->analyze) {
        return fail(error, ERR_USAGE,
                    "--analyzer and --stem go with --analyze; a search uses "
                    "the index's own");
    }
    return OK;
}

static Status check_tag(const Settings *settings, Error *error)
{
    if (!settings->tag) return OK;
    if (!settings->tag[0] || strpbrk(settings->tag, " \t\r\n\v\f")) {
        return fail(error, ERR_USAGE,
                    "--tag '%s': a tag is one word without white space",
                    settings->tag);
    }
    return OK;
}

Status settings_check(Settings *settings, Error *error)
{
    Status status = check_forms(settings, error);
    if (status == OK) status = check_tag(settings, error);
    if (status != OK) return status;
    if (!settings->tag) settings->tag = "quern";
    bool run = settings->run || settings->msmarco;
    bool ids = settings->ids || settings->zeros;
    if (settings->k == 0)
        settings->k = ids ? MOST_HITS : run ? RUN_HITS : SHOWN_HITS;
    if (run && !settings->syntax && !settings->plain) {
        settings->plain = true;
        log_note("%s takes queries as plain words (--plain); operators act "
                 "with --syntax",
                 settings->run ? "--run" : "--msmarco");
    }
    return OK;
}

HitStyle settings_style(const Settings *settings, bool with_qid)
{
    Terminal terminal = terminal_look((ColorChoice)settings->color);
    HitForm form = settings->run         ? FORM_RUN
                   : settings->msmarco   ? FORM_MSMARCO
                   : settings->json      ? FORM_JSON
                   : settings->ids       ? FORM_IDS
                   : settings->zeros     ? FORM_IDS
                   : terminal.for_people ? FORM_PEOPLE
                                         : FORM_LINES;
    return (HitStyle){.form = form,
                      .on_terminal = terminal.is_terminal,
                      .colors = terminal.colors,
                      .width = terminal.width,
                      .snippets = (size_t)settings->snippets,
                      .max_record = settings->max_record,
                      .with_qid = with_qid,
                      .docno_ties = settings->ties == TIES_DOCNO,
                      .zeros = settings->zeros,
                      .tag = settings->tag};
}
