/* serve.c - answers the protocol of search benchmarks on standard input.
 *
 * Latency matters: one read() per line, one write() per answer, and no
 * allocation once warm, except for messages. Notes and warnings go to stderr.
 * If a query fails (a damaged index, no memory), its answer is UNSUPPORTED and
 * the reason goes to stderr. Between queries it follows the index: what a
 * writer has published is searched from then on.
 */
#include "searcher/modes.h"

#include "common/base/clock.h"
#include "common/base/json_text.h"
#include "common/program/advice_words.h"
#include "common/program/log.h"
#include "common/segment/documents/documents.h"
#include "searcher/output/number_text.h"
#include "searcher/output/standard_output.h"
#include "searcher/search_session.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

enum { MAX_HITS = 1000000, READ_BYTES = 65536 };

/* How often MANIFEST is looked at, at most; and again after a new index could
 * not be opened. */
static const int64_t LOOK_NS = 10 * 1000 * 1000, RETRY_NS = 1000 * 1000 * 1000;

typedef enum CommandKind {
    COMMAND_UNKNOWN,
    COMMAND_COUNT,
    COMMAND_TOP,
    COMMAND_TOP_COUNT,
    COMMAND_HITS
} CommandKind;

typedef struct Command {
    CommandKind kind;
    uint32_t k;
} Command;

/* The index that is searched. */
typedef struct Opened {
    Index *index;
    IdFilter *filter; /* NULL: all documents */
    bool is_own;      /* opened here: index and filter are owned */
    Session session;
} Opened;

typedef struct Server {
    const Settings *settings;
    Opened states[2]; /* the one in use, and the next one while it is opened */
    Opened *opened;   /* the one in use */
    Session *session; /* its session */
    int64_t next_look;
    Buf input; /* not yet answered */
    Buf answer;
    Buf id;
} Server;

/* Removes `text` from the front of *rest; false if *rest does not start so. */
static bool take_text(Span *rest, const char *text)
{
    size_t size = strlen(text);
    if (rest->size < size || memcmp(rest->data, text, size)) return false;
    *rest = span_of(rest->data + size, rest->size - size);
    return true;
}

/* Removes an integer from 1 to MAX_HITS from the front of *rest; 0 if there is
 * none. */
static uint32_t take_number(Span *rest)
{
    uint32_t number = 0;
    size_t i = 0;
    for (; i < rest->size; i++) {
        uint8_t byte = rest->data[i];
        if (byte < '0' || byte > '9' || (i == 0 && byte == '0')) break;
        number = 10 * number + (byte - '0');
        if (number > MAX_HITS) return 0;
    }
    *rest = span_of(rest->data + i, rest->size - i);
    return number;
}

static Command parse_command(Span text)
{
    Command command = {0};
    if (span_equals_text(text, "COUNT")) {
        return (Command){COMMAND_COUNT, 0};
    }
    bool hits = take_text(&text, "HITS_");
    if (!hits && !take_text(&text, "TOP_")) return command;
    command.k = take_number(&text);
    if (command.k == 0) return command;
    bool count = !hits && take_text(&text, "_COUNT");
    if (text.size == 0) {
        command.kind = hits    ? COMMAND_HITS
                       : count ? COMMAND_TOP_COUNT
                               : COMMAND_TOP;
    }
    return command;
}

static bool needs_positions(const QueryNode *node)
{
    if (node->kind == QUERY_PHRASE || node->field != FIELD_ANY) return true;
    if (node->kind != QUERY_BOOLEAN) return false;
    for (size_t i = 0; i < node->clause_count; i++) {
        if (needs_positions(node->clauses[i].node)) return true;
    }
    return false;
}

static Status put_hit(Server *server, const Hit *hit, Error *error)
{
    uint32_t docid;
    size_t number;
    Segment *segment = index_locate(server->session->index, hit->document,
                                    &docid, &number);
    buf_clear(&server->id);
    Status status = document_id(segment, docid, &server->id, error);
    if (status != OK) return status;
    Buf *answer = &server->answer;
    buf_put_text(answer, answer->size > 1 ? ",[" : "[");
    put_json_id(answer, buf_span(&server->id));
    buf_put_byte(answer, ',');
    put_score(answer, hit->score);
    buf_put_byte(answer, ']');
    return OK;
}

static Status put_hits(Server *server, Error *error)
{
    const SearchResult *result = &server->session->result;
    buf_put_byte(&server->answer, '[');
    for (uint32_t i = 0; i < result->hit_count; i++) {
        Status status = put_hit(server, &result->hits[i], error);
        if (status != OK) return status;
    }
    buf_put_byte(&server->answer, ']');
    return OK;
}

/* The answer itself does not show that a part of the query was ignored or that
 * a limit made a count too low. */
static void log_notes(const Session *session, Span line)
{
    for (const QueryNote *note = session->query.notes; note;
         note = note->next) {
        if (note->is_warning) {
            log_note("%.*s: %s", SPAN_ARGS(line), note->text);
        } else {
            log_detail("%.*s: %s", SPAN_ARGS(line), note->text);
        }
    }
    for (const QueryNote *note = session->result.notes; note;
         note = note->next) {
        const char *words = advice_words(note->advice);
        log_warn("%.*s: %s%s%s", SPAN_ARGS(line), note->text,
                 *words ? "; " : "", words);
    }
}

static void set_depth(Session *session, Command command)
{
    uint64_t documents = session->index->manifest.document_count;
    session->search_options.k = command.k < documents ? command.k
                                                      : (uint32_t)documents;
    session->search_options.count = command.kind == COMMAND_COUNT ||
                                    command.kind == COMMAND_TOP_COUNT;
}

static Status put_answer(Server *server, Command command, Span line, Span text,
                         Error *error)
{
    Session *session = server->session;
    set_depth(session, command);
    Status status = session_parse(session, text, error);
    if (status != OK) return status;
    if (!session->index->manifest.has_positions &&
        needs_positions(session->query.root)) {
        buf_put_text(&server->answer, "UNSUPPORTED");
        return OK;
    }
    status = search_run(session->context, &session->query,
                        &session->search_options, &session->result, error);
    if (status != OK) return status;
    log_notes(session, line);
    if (command.kind == COMMAND_HITS) return put_hits(server, error);
    if (command.kind == COMMAND_TOP) {
        buf_put_byte(&server->answer, '1');
    } else {
        put_number(&server->answer, session->result.total);
    }
    return OK;
}

static Status answer_line(Server *server, Span line, Error *error)
{
    const uint8_t *tab = memchr(line.data, '\t', line.size);
    size_t name_size = tab ? (size_t)(tab - line.data) : line.size;
    Command command = {0};
    if (tab) command = parse_command(span_of(line.data, name_size));
    Status status = OK;
    if (command.kind != COMMAND_UNKNOWN) {
        Span text = span_of(tab + 1, line.size - name_size - 1);
        status = put_answer(server, command, line, text, error);
    }
    if (command.kind == COMMAND_UNKNOWN || status != OK) {
        buf_clear(&server->answer);
        buf_put_text(&server->answer, "UNSUPPORTED");
    }
    if (status != OK) {
        log_error("%.*s: %s", SPAN_ARGS(line), error->message);
    }
    buf_put_byte(&server->answer, '\n');
    return output_write(&server->answer, error);
}

static void close_state(Opened *opened)
{
    session_close(&opened->session);
    if (opened->is_own) {
        id_filter_free(opened->filter);
        index_close(opened->index);
    }
    *opened = (Opened){0};
}

static Status start_session(Server *server, Opened *opened, Error *error)
{
    Status status = session_open(&opened->session, opened->index,
                                 server->settings, false, error);
    opened->session.search_options.filter = opened->filter;
    return status;
}

/* Opens the index as it is now; *out stays empty if that is the one in use. */
static Status open_news(Server *server, Opened *out, Error *error)
{
    const OptionList *globs = &server->settings->globs;
    out->is_own = true;
    Status status = index_refresh(server->opened->index, &out->index, error);
    if (status != OK || !out->index) return status;
    status = id_filter_new(out->index, globs->items, globs->count, &out->filter,
                           error);
    return status == OK ? start_session(server, out, error) : status;
}

/* A writer may have published since the last query. If what it published cannot
 * be opened, answers go on from the index in use. */
static void follow_index(Server *server)
{
    int64_t now = clock_ns();
    if (now < server->next_look) return;
    server->next_look = now + LOOK_NS;
    if (!index_has_news(server->opened->index)) return;
    Error error;
    Opened *old = server->opened;
    Opened *next = &server->states[old == server->states];
    Status status = open_news(server, next, &error);
    if (status != OK) {
        log_warn("%s; queries are answered from the index as it was before",
                 error.message);
        server->next_look = now + RETRY_NS;
    }
    if (status != OK || !next->index) {
        close_state(next);
        return;
    }
    log_detail("%s has changed: generation %" PRIu64, next->index->folder,
               next->index->manifest.generation);
    server->opened = next;
    server->session = &next->session;
    close_state(old);
}

/* Answers every complete line of the input, at its end also an incomplete one,
 * and keeps the rest. The first `seen` bytes hold no line end. */
static Status answer_lines(Server *server, size_t seen, bool at_end,
                           Error *error)
{
    Span rest = buf_span(&server->input);
    for (;;) {
        const uint8_t *end = rest.size > seen ? memchr(rest.data + seen, '\n',
                                                       rest.size - seen)
                                              : NULL;
        seen = 0;
        if (!end && (!at_end || rest.size == 0)) break;
        size_t size = end ? (size_t)(end - rest.data) : rest.size;
        follow_index(server);
        Status status = answer_line(server, span_of(rest.data, size), error);
        if (status != OK) return status;
        size_t taken = size + (end != NULL);
        rest = span_of(rest.data + taken, rest.size - taken);
    }
    if (rest.size) memmove(server->input.data, rest.data, rest.size);
    server->input.size = rest.size;
    return OK;
}

static Status answer_all(Server *server, Error *error)
{
    for (;;) {
        size_t seen = server->input.size;
        uint8_t *room = buf_reserve(&server->input, READ_BYTES);
        if (!room) return fail_memory(error, "reading a query");
        ssize_t got = read(STDIN_FILENO, room, READ_BYTES);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_errno(error, "cannot read standard input");
        server->input.size += (size_t)got;
        Status status = answer_lines(server, seen, got == 0, error);
        if (status != OK || got == 0) return status;
    }
}

Status serve(Index *index, const Settings *settings, Error *error)
{
    Server server = {.settings = settings};
    server.opened = &server.states[0];
    server.session = &server.opened->session;
    *server.opened = (Opened){.index = index, .filter = settings->filter};
    Status status = start_session(&server, server.opened, error);
    if (status == OK) status = answer_all(&server, error);
    close_state(server.opened);
    buf_release(&server.input);
    buf_release(&server.answer);
    buf_release(&server.id);
    return status;
}
