/* tiny_searcher.c - answers a file of queries as `searcher --run` does: the
 * same documents, ranks and bits of score, in the same bytes.
 *
 *     tiny_searcher -i INDEX -f QUERIES [-k HITS] [-t THREADS] [--syntax] --run
 *
 * A line of QUERIES is "qid<TAB>query", or {"query": "..."}, whose qid is the
 * number of the line. Without --syntax operators are read as plain text.
 */
#include <quern/quern.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_QUERIES = 100000, LINE_BYTES = 4096 };

typedef struct Settings {
    const char *index, *queries;
    quern_parse_options parse;
    quern_search_options search;
    quern_batch_options batch;
} Settings;

typedef struct Topics {
    char *qids[MAX_QUERIES];
    quern_batch_query queries[MAX_QUERIES];
    size_t count;
} Topics;

/* --- Settings --- */

static bool read_settings(int argc, char **argv, Settings *settings)
{
    bool is_run = false;
    for (int i = 1; i < argc; i++) {
        const char *option = argv[i];
        if (!strcmp(option, "--run")) {
            is_run = true;
        } else if (!strcmp(option, "--syntax")) {
            settings->parse.plain = false;
        } else if (i + 1 == argc) {
            return false;
        } else if (!strcmp(option, "-i")) {
            settings->index = argv[++i];
        } else if (!strcmp(option, "-f")) {
            settings->queries = argv[++i];
        } else if (!strcmp(option, "-k")) {
            settings->search.k = (uint32_t)strtoul(argv[++i], NULL, 10);
        } else if (!strcmp(option, "-t")) {
            settings->batch.threads = (uint32_t)strtoul(argv[++i], NULL, 10);
        } else {
            return false;
        }
    }
    return is_run && settings->index && settings->queries;
}

/* --- Queries --- */

/* Ends the string at its closing quote and resolves \" and \\. */
static char *read_json_string(char *from)
{
    char *value = from, *to = from;
    while (*from && *from != '"') {
        if (*from == '\\') from++;
        *to++ = *from++;
    }
    *to = '\0';
    return value;
}

/* Keeps "qid", a zero byte, "query". */
static void add_query(Topics *topics, const char *qid, const char *query)
{
    char *topic = (char *)malloc(strlen(qid) + 1 + strlen(query) + 1);
    if (!topic) exit(2);
    strcpy(topic, qid);
    char *text = strcpy(topic + strlen(qid) + 1, query);
    topics->qids[topics->count] = topic;
    topics->queries[topics->count++].text = quern_text(text);
}

static void add_line(Topics *topics, char *line)
{
    char number[24];
    char *json = strstr(line, "{\"query\": \""), *tab = strchr(line, '\t');
    if (json == line) {
        snprintf(number, sizeof number, "%zu", topics->count + 1);
        add_query(topics, number, read_json_string(line + 11));
    } else if (tab) {
        *tab = '\0';
        add_query(topics, line, tab + 1);
    }
}

static bool read_queries(const char *path, Topics *topics)
{
    static char line[LINE_BYTES];
    FILE *file = fopen(path, "r");
    if (!file) return false;
    while (topics->count < MAX_QUERIES && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        add_line(topics, line);
    }
    fclose(file);
    return topics->count > 0;
}

/* --- Answers --- */

static bool print_run(void *self, const quern_answer *answer)
{
    const Topics *topics = (const Topics *)self;
    const quern_string *ids;
    size_t count;
    quern_error error;
    if (answer->status != QUERN_OK ||
        quern_hit_ids(answer->context, &ids, &count, &error) != QUERN_OK)
        return false;
    for (size_t i = 0; i < count; i++)
        printf("%s Q0 %.*s %zu %.9g quern\n", topics->qids[answer->number],
               (int)ids[i].size, ids[i].data, i + 1,
               (double)answer->result->hits[i].score);
    return true;
}

int main(int argc, char **argv)
{
    Settings settings = {NULL, NULL, QUERN_PARSE_OPTIONS_INIT,
                         QUERN_SEARCH_OPTIONS_INIT, QUERN_BATCH_OPTIONS_INIT};
    static Topics topics;
    quern_index *index = NULL;
    quern_error error;
    settings.parse.plain = true;
    settings.search.k = 1000;
    settings.batch.parse = &settings.parse;
    settings.batch.search = &settings.search;
    if (!read_settings(argc, argv, &settings) ||
        !read_queries(settings.queries, &topics)) {
        fprintf(stderr, "usage: tiny_searcher -i INDEX -f QUERIES [-k HITS] "
                        "[-t THREADS] [--syntax] --run\n");
        return 2;
    }
    quern_status status = quern_index_open(quern_text(settings.index), &index,
                                           &error);
    if (status == QUERN_OK)
        status = quern_search_batch(index, topics.queries, topics.count,
                                    &settings.batch, print_run, &topics,
                                    &error);
    if (status != QUERN_OK)
        fprintf(stderr, "tiny_searcher: %s\n", error.message);
    quern_index_close(index);
    for (size_t i = 0; i < topics.count; i++) free(topics.qids[i]);
    return status == QUERN_OK ? 0 : 2;
}
