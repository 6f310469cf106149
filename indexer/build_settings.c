/* build_settings.c - the command line of `indexer INPUT...` as one table. */
#include "indexer/build_settings.h"

#include "common/base/file.h"
#include "common/text/stop_words.h"
#include "indexer/build/pair_builder.h"
#include "indexer/commands.h"
#include "readers/document_readers.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const formats[] = {"detect", "text", "jsonl", "tsv",
                                      "csv",    "trec", "html",  "mail",
                                      "smart",  "wiki", NULL};
static const char *const headers[] = {"detect", "yes", "no", NULL};
static const char *const title_sources[] = {"none", "name", "first-line", NULL};
static const char *const duplicates[] = {"error", "keep-first", "keep-last",
                                         NULL};
static const char *const analyzers[] = {"default", "standard", "english",
                                        "whitespace", NULL};

#define AT(member) offsetof(BuildSettings, member)

static const Option BUILD_OPTIONS[] = {
    {.kind = OPTION_GROUP, .brief = "Index"},
    {.kind = OPTION_TEXT,
     .letter = 'o',
     .name = "output",
     .value = "FOLDER",
     .offset = AT(output),
     .brief = "write the index there [./.quern]",
     .complete = COMPLETE_FOLDER},
    {.kind = OPTION_FLAG,
     .name = "force",
     .offset = AT(force),
     .brief = "replace an existing index",
     .detail = "The old index stays in use until the new one is complete, and "
               "is unchanged if anything fails. Its options are kept, see "
               "Rebuilding."},
    {.kind = OPTION_NEGATABLE,
     .name = "keep-options",
     .offset = AT(keep_options),
     .brief = "with --force: keep the options of that index [yes]"},
    {.kind = OPTION_NUMBER,
     .name = "segments",
     .value = "N",
     .offset = AT(segments),
     .brief = "split the index into N segments [1]",
     .detail = "Of equal numbers of documents, to within 16.",
     .low = 1,
     .high = 1024},
    {.kind = OPTION_END}};

/* Of every command that takes documents: what an index is, the documents,
 * their words, the machine. */
static const Option FORM_OPTIONS[] = {
    {.kind = OPTION_NEGATABLE,
     .name = "positions",
     .offset = AT(positions),
     .brief = "store the positions of words, for phrases [yes]"},
    {.kind = OPTION_TEXT,
     .name = "pairs",
     .value = "WHICH",
     .offset = AT(pairs),
     .once = true,
     .brief = "lists of adjacent words, for phrases [auto]",
     .detail = "auto: of the most frequent words, as many as fit in 15 % of "
               "what the index of words takes; a segment with fewer than a "
               "million words has none. A number D: of all words in at least "
               "D documents of a segment. none: no lists."},
    {.kind = OPTION_NEGATABLE,
     .name = "store",
     .offset = AT(store),
     .brief = "store the text, for snippets [yes]"},
    {.kind = OPTION_END}};

static const Option DOCUMENT_OPTIONS[] = {
    {.kind = OPTION_GROUP, .brief = "Documents"},
    {.kind = OPTION_CHOICE,
     .letter = 'f',
     .name = "format",
     .value = "NAME",
     .offset = AT(format),
     .brief = "format of the input [detect]",
     .detail = "A file in a folder is one document, whatever it contains, "
               "unless a format is given: -f jsonl, -f trec and so on read "
               "all files of a folder as records. -f tsv --columns text reads "
               "each line, of a log for instance, as a document.",
     .choices = formats},
    {.kind = OPTION_TEXT,
     .name = "encoding",
     .value = "NAME",
     .offset = AT(encoding),
     .once = true,
     .brief = "encoding of all text, such as latin1 [detect]",
     .detail = "By default a byte-order mark decides, then what the text "
               "declares (HTML, XML), then UTF-8 if the text is that; "
               "otherwise the encoding is guessed, and the guess is "
               "reported. Names are those of the web, where latin1 is "
               "windows-1252, and some more, such as cp850. Of mails it is "
               "that of text that does not name its own."},
    {.kind = OPTION_TEXT,
     .name = "columns",
     .value = "NAMES",
     .offset = AT(columns),
     .once = true,
     .brief = "names of TSV or CSV columns: id,title,text"},
    {.kind = OPTION_CHOICE,
     .name = "header",
     .value = "WHETHER",
     .offset = AT(header),
     .brief = "whether the first row holds column names [detect]",
     .detail = "By default it does if its names are known or another option "
               "names one, or if it has short names and later rows have "
               "figures or other text below them; what is guessed is reported.",
     .choices = headers},
    {.kind = OPTION_TEXT,
     .name = "id-field",
     .value = "KEY",
     .offset = AT(id_field),
     .once = true,
     .brief = "key or column of the id [detect]",
     .detail = "Of mails: a header, such as message-id, by which the first of "
               "equal ones is kept; by default their id is the path, and in "
               "an mbox MBOX:N."},
    {.kind = OPTION_TEXT,
     .name = "title-field",
     .value = "KEY",
     .offset = AT(title_field),
     .once = true,
     .brief = "key or column of the title [detect]"},
    {.kind = OPTION_TEXT,
     .name = "text-field",
     .value = "KEY",
     .offset = AT(text_field),
     .once = true,
     .brief = "key or column of the text [detect]"},
    {.kind = OPTION_LIST,
     .name = "store-field",
     .value = "KEY",
     .offset = AT(store_fields),
     .brief = "store this field too; may be repeated"},
    {.kind = OPTION_CHOICE,
     .name = "title-from",
     .value = "WHERE",
     .offset = AT(title_from),
     .brief = "title of plain text files [none]",
     .choices = title_sources},
    {.kind = OPTION_SIZE,
     .name = "max-record",
     .value = "SIZE",
     .offset = AT(max_record),
     .brief = "skip records that are larger [256M]",
     .detail = "At most 1G: a document has fewer than 2^31 positions.",
     .low = 1,
     .high = 1 << 30},
    {.kind = OPTION_NEGATABLE,
     .name = "hidden",
     .offset = AT(hidden),
     .brief = "include hidden files and folders [no]"},
    {.kind = OPTION_LIST,
     .name = "exclude",
     .value = "GLOB",
     .offset = AT(excludes),
     .brief = "leave out what matches in folders; may be repeated",
     .detail = "As a line of a .gitignore in the folder that is named: '*.log' "
               "and 'node_modules' at any depth, '/build' and 'docs/*.html' "
               "below that folder, 'tmp/' only folders; '!keep.log' takes "
               "back. Files that are named are never left out."},
    {.kind = OPTION_NEGATABLE,
     .name = "ignore",
     .offset = AT(ignore),
     .brief = "respect .gitignore and .ignore files [yes]",
     .detail = "See Files that are left out."},
    {.kind = OPTION_NEGATABLE,
     .name = "follow",
     .offset = AT(follow),
     .brief = "follow links in folders [no]",
     .detail = "Links that are named are followed in any case."},
    {.kind = OPTION_SIZE,
     .name = "max-filesize",
     .value = "SIZE",
     .offset = AT(max_filesize),
     .brief = "leave out larger files in folders; 0 for none [0]"},
    {.kind = OPTION_FLAG,
     .name = "dry-run",
     .offset = AT(dry_run),
     .brief = "show the first three documents; write nothing"},
    {.kind = OPTION_FLAG,
     .name = "fail-on-skip",
     .offset = AT(fail_on_skip),
     .brief = "write no index if a record was skipped; exit 2"},
    {.kind = OPTION_NUMBER,
     .name = "max-errors",
     .value = "N",
     .offset = AT(max_errors),
     .brief = "stop if more than N records are skipped; no index"},
    {.kind = OPTION_CHOICE,
     .name = "on-duplicate",
     .value = "WHAT",
     .offset = AT(on_duplicate),
     .brief = "which document to keep if ids are equal [error]",
     .detail = "`indexer skipped` lists the dropped ones. With keep-last, the "
               "index is as if they had not been in the input. It is not an "
               "error if the id column of a table was detected: the later row "
               "gets its place as id, SOURCE:LINE.",
     .choices = duplicates},
    {.kind = OPTION_END}};

static const Option WORD_OPTIONS[] = {
    {.kind = OPTION_GROUP, .brief = "Words"},
    {.kind = OPTION_CHOICE,
     .letter = 'a',
     .name = "analyzer",
     .value = "NAME",
     .offset = AT(analyzer),
     .brief = "how text becomes words [default]",
     .detail = "default: words of all scripts, without case and accents; "
               "compounds (os.environ, getUserById, wi-fi) are found by their "
               "parts and as a whole; scripts without spaces as pairs of "
               "characters; c++ and the like kept. standard: as Lucene's "
               "StandardAnalyzer. english: as "
               "Lucene's EnglishAnalyzer, with stems and without stop words: "
               "what evaluations of English text use. whitespace: the words "
               "between white space, unchanged.",
     .choices = analyzers},
    {.kind = OPTION_TEXT,
     .name = "stem",
     .value = "LANGUAGE",
     .offset = AT(stem),
     .once = true,
     .brief = "reduce words to stems by Snowball [none]",
     .detail = "english, german, french and so on; an invalid name lists all."},
    {.kind = OPTION_TEXT,
     .name = "stopwords",
     .value = "FILE",
     .offset = AT(stop_words),
     .brief = "file of words to leave out, or `none` [the analyzer's]",
     .detail = "Words are separated by white space or line ends. `default`: "
               "the analyzer's own.",
     .complete = COMPLETE_FILE},
    {.kind = OPTION_NEGATABLE,
     .name = "fold",
     .offset = AT(fold),
     .brief = "ignore case and accents [yes]"},
    {.kind = OPTION_REAL,
     .name = "k1",
     .value = "X",
     .offset = AT(k1),
     .brief = "BM25: saturation of term frequency [0.9]",
     .low = 0,
     .high = 1000},
    {.kind = OPTION_REAL,
     .name = "b",
     .value = "X",
     .offset = AT(b),
     .brief = "BM25: effect of document length, 0 to 1 [0.4]",
     .low = 0,
     .high = 1},
    {.kind = OPTION_END}};

static const Option MACHINE_OPTIONS[] = {
    {.kind = OPTION_GROUP, .brief = "Machine"},
    {.kind = OPTION_SIZE,
     .letter = 'm',
     .name = "memory",
     .value = "SIZE",
     .offset = AT(memory),
     .brief = "memory to use [a quarter of the machine's]",
     .detail = "Limits of control groups count as the machine's memory. In "
               "addition, about 40 bytes per document are needed for ids, 12 "
               "for each document with the most frequent word, and some for "
               "very long documents (docs/limits.md). The summary shows the "
               "peak.",
     .low = 16 << 20,
     .high = 1000 * 0x1p40},
    {.kind = OPTION_NUMBER,
     .letter = 't',
     .name = "threads",
     .value = "N",
     .offset = AT(threads),
     .brief = "threads to use [one per available processor]",
     .detail = "CPU affinity and the quota of a control group are respected. "
               "The segments have the same bytes whatever the memory and the "
               "threads.",
     .low = 1,
     .high = 1024},
    {.kind = OPTION_FLAG,
     .name = "json",
     .offset = AT(json),
     .brief = "print the summary as JSON, on standard output"},
    {.kind = OPTION_END}};

const Option *const INPUT_OPTIONS[] = {FORM_OPTIONS, DOCUMENT_OPTIONS,
                                       WORD_OPTIONS, MACHINE_OPTIONS, NULL};

static const char *const usages[] = {
    "[OPTIONS] INPUT...",     "add|update [OPTIONS] INPUT...",
    "remove [OPTIONS] ID...", "merge|status|stats|check|terms|skipped [INDEX]",
    "dump [INDEX [ID...]]",   NULL};

static const ProgramExample examples[] = {
    {"indexer ~/notes", "index every text file in a folder"},
    {"indexer corpus.jsonl.gz -o ix", "index JSON lines, compressed or not"},
    {"zstdcat x.tsv.zst | indexer - -o ix", "index standard input"},
    {0}};

static const ProgramChapter chapters[] = {
    {"Input",
     "An INPUT is a file, a folder (every text file in it and below is a "
     "document), or `-` for standard input. Files may be compressed with gzip "
     "or zstd. The format is detected from the content and reported: JSON "
     "lines, tables of values separated by tabs, commas or semicolons, TREC "
     "text, HTML, mail, SMART collections, the output of WikiExtractor, plain "
     "text. Of JSON files and notebooks in a folder the strings are indexed; "
     "docs/formats.md has the rules. A record that cannot be read is skipped, "
     "counted and named; "
     "`indexer skipped` lists all of them. `indexer dump | indexer -` loses "
     "nothing.\n"
     "The id of a file in a folder is its path as it was given: `indexer $PWD` "
     "makes ids that are valid paths from anywhere.\n"
     "For a folder with the name of a command write ./stats."},
    {"Files that are left out",
     "Of a folder these are left out and counted: hidden files and folders "
     "(--hidden takes them, but never .git), links (--follow), files larger "
     "than --max-filesize, what --exclude names, and what ignore files name "
     "(--no-ignore takes it). Ignore files are read as by git and ripgrep: "
     ".ignore in each folder and in those above; in a git repository, up to "
     "its root, also .gitignore, .git/info/exclude, and the file that "
     "core.excludesFile names in the configuration of git (by default "
     "$XDG_CONFIG_HOME/git/ignore). --exclude wins over .ignore, .ignore over "
     ".gitignore, a deeper file over one above, a later line over an earlier "
     "one. A hidden file that a line with `!` takes back is read.\n"
     "Nothing of that holds for files that are named. A file that is reached "
     "twice, by the same path after links are resolved, is one document; hard "
     "links are several."},
    {"Rebuilding",
     "--force keeps the options of the index that it replaces: --analyzer, "
     "--stem, --stopwords, --fold, --k1, --b, --positions, --store, "
     "--store-field, --segments, --exclude, --hidden, --ignore, --follow and "
     "--max-filesize; a note names those that are not the default. An option "
     "on the command line wins, and so does its default "
     "value: --analyzer default, --stem none, --stopwords default, --fold, "
     "--k1 0.9, --b 0.4, --positions, --store, --segments 1, --no-hidden, "
     "--ignore, --no-follow, --max-filesize 0. With --no-keep-options none is "
     "kept, not even stored fields or --exclude. What is not "
     "compatible with an option that is given is not kept: --analyzer english "
     "drops the stemmer of the old index. Options that say how to read the "
     "input (--format, --id-field and so on) are not part of an index; give "
     "them again."},
    {"Permissions of an index",
     "The mode of a new index is what umask allows, less what the mode of any "
     "source file denies to its group or to others; if the source has another "
     "group than the index, what it denies to one is denied to both. Parent "
     "folders, ACLs, pipes and the file of --stopwords are not considered. The "
     "summary names the first file that matters. --force keeps the mode of the "
     "index that it replaces, and warns if a source denies more.\n"
     "Links in the folder of an index are not followed. The folder itself may "
     "be a link, or belong to another user, if -o names it."},
    {"Exit status", "  0    the index was written\n"
                    "  2    something failed; an existing index is unchanged\n"
                    "  130  interrupted; an existing index is unchanged"},
    {0}};

const Program INDEXER_PROGRAM = {
    .name = "indexer",
    .summary = "turn documents into an index that searcher searches",
    .usages = usages,
    .examples = examples,
    .options = BUILD_OPTIONS,
    .more_options = INPUT_OPTIONS,
    .chapters = chapters,
    .commands = COMMAND_PROGRAMS,
    .operands = COMPLETE_FILE};

void build_settings_init(BuildSettings *settings)
{
    BuildOptions defaults = build_defaults();
    *settings = (BuildSettings){
        .output = defaults.output,
        .keep_options = true,
        .fold = true,
        .k1 = (double)defaults.k1,
        .b = (double)defaults.b,
        .positions = defaults.has_positions,
        .store = defaults.has_stored,
        .segments = defaults.segments,
        .max_record = defaults.corpus.max_record_bytes,
        .max_errors = defaults.max_errors,
        .ignore = true,
    };
}

void build_settings_release(BuildSettings *settings)
{
    option_list_release(&settings->store_fields);
    option_list_release(&settings->excludes);
}

static Status read_encoding(const char *name, const Encoding **out,
                            Error *error)
{
    char room[ENCODING_LABEL_BYTES];
    *out = name ? encoding_find(span_text(name)) : NULL;
    if (!name || *out) return OK;
    const char *near = encoding_suggest(name, room);
    if (near)
        return fail(error, ERR_USAGE,
                    "--encoding %s: unknown encoding; did you mean '%s'?", name,
                    near);
    return fail(error, ERR_USAGE,
                "--encoding %s: unknown encoding; names are utf-8, utf-16le, "
                "latin1, windows-1250 to -1258, iso-8859-2 to -16, koi8-r, "
                "gb18030, big5, shift_jis, euc-jp, euc-kr, cp437, cp850 and "
                "so on",
                name);
}

static CorpusOptions corpus_options(const BuildSettings *settings)
{
    return (CorpusOptions){
        .format = (CorpusFormat)settings->format,
        .id_field = settings->id_field,
        .title_field = settings->title_field,
        .text_field = settings->text_field,
        .store_fields = settings->store_fields.items,
        .store_field_count = settings->store_fields.count,
        .columns = settings->columns,
        .header = (HeaderRow)settings->header,
        .title_from = (TitleFrom)settings->title_from,
        .max_record_bytes = settings->max_record,
        .hidden = settings->hidden,
        .extras = &DOCUMENT_READERS,
        .follow = settings->follow,
        .no_ignore = !settings->ignore,
        .excludes = settings->excludes.items,
        .exclude_count = settings->excludes.count,
        .max_file_bytes = settings->max_filesize,
    };
}

/* A file of words, or `none`. */
static Status read_stop_words(const char *path, Buf *words,
                              AnalyzerOptions *out, Error *error)
{
    if (!path || !strcmp(path, "default")) return OK;
    out->has_stop_words = true;
    if (!strcmp(path, "none")) return OK;
    if (access(path, F_OK) && errno == ENOENT)
        return fail(error, ERR_IO,
                    "no such file: '%s'; --stopwords needs a file of words, "
                    "'none' or 'default'",
                    path);
    Status status = file_read(path, STOP_WORDS_MAX_BYTES, words, error);
    out->stop_words = buf_span(words);
    return status;
}

/* auto, none or a number. */
static Status read_pairs(const char *text, uint32_t *min_df, Error *error)
{
    char *end;
    *min_df = PAIRS_AUTO;
    if (!text || !strcmp(text, "auto")) return OK;
    *min_df = PAIRS_NONE;
    if (!strcmp(text, "none")) return OK;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || errno || number < 1 ||
        number > MAX_DOCUMENTS) {
        return fail(error, ERR_USAGE,
                    "--pairs %s: not auto, none or a number of documents from "
                    "1 on",
                    text);
    }
    *min_df = (uint32_t)number;
    return OK;
}

Status build_settings_apply(const BuildSettings *settings,
                            const ParsedLine *line, Buf *stop_words,
                            BuildOptions *out, Error *error)
{
    *out = build_defaults();
    /* Compared as pointers: -o ./.quern names it on purpose. */
    out->unnamed = settings->output == out->output;
    out->output = settings->output;
    out->replace = settings->force;
    out->inputs = line->operands;
    out->input_count = line->operand_count;
    out->corpus = corpus_options(settings);
    bool stems = settings->stem && strcmp(settings->stem, "none") != 0;
    out->analyzer = (AnalyzerOptions){.name = analyzers[settings->analyzer],
                                      .stem = stems ? settings->stem : NULL,
                                      .no_fold = !settings->fold};
    out->k1 = (float)settings->k1;
    out->b = (float)settings->b;
    out->has_positions = settings->positions;
    out->has_stored = settings->store;
    out->memory = settings->memory;
    out->threads = (uint32_t)settings->threads;
    out->segments = (uint32_t)settings->segments;
    out->fail_on_skip = settings->fail_on_skip;
    out->max_errors = settings->max_errors;
    out->on_duplicate = (OnDuplicate)settings->on_duplicate;
    Status status = read_pairs(settings->pairs, &out->pairs_min_df, error);
    if (status == OK)
        status = read_encoding(settings->encoding, &out->corpus.encoding,
                               error);
    if (status != OK) return status;
    return read_stop_words(settings->stop_words, stop_words, &out->analyzer,
                           error);
}
