/* run_replay.c - makes a run again from its sidecar, and compares. */
#include "bench/verify/run_replay.h"

#include "common/base/file.h"
#include "common/input/json.h"
#include "common/segment/index.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_SIDECAR_BYTES = 1 << 20, READ_BYTES = 1 << 16, SHOWN_BYTES = 200 };

/* ---- the sidecar ---- */

static const char *copy_text(Arena *arena, Span text)
{
    Span copy = arena_copy(arena, text);
    return copy.data ? (const char *)copy.data : "";
}

static const char *text_of(Arena *arena, JsonObject object, const char *key)
{
    const JsonMember *member = json_find(object, span_text(key));
    return member ? copy_text(arena, member->value) : "";
}

static size_t count_lines(Span text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] == '\n';
    return count;
}

/* An array of strings is their text, separated by line feeds. -q comes first,
 * so that notes are not repeated. */
static void take_arguments(RunSidecar *sidecar, Span text)
{
    Arena *arena = &sidecar->arena;
    size_t count = 0;
    sidecar->arguments = arena_zeroed(arena, count_lines(text) + 3,
                                      sizeof *sidecar->arguments);
    if (!sidecar->arguments) return;
    sidecar->arguments[count++] = "searcher";
    sidecar->arguments[count++] = "-q";
    for (size_t start = 0; start <= text.size;) {
        const uint8_t *at = text.data + start;
        const uint8_t *end = text.size > start
                                 ? memchr(at, '\n', text.size - start)
                                 : NULL;
        size_t size = end ? (size_t)(end - at) : text.size - start;
        sidecar->arguments[count++] = copy_text(arena, span_of(at, size));
        start += size + 1;
    }
}

static Status check_sidecar(const RunSidecar *sidecar, const char *path,
                            Error *error)
{
    for (size_t i = 2; sidecar->arguments && sidecar->arguments[i]; i++) {
        /* The only option of searcher that writes a file. */
        if (!strncmp(sidecar->arguments[i], "--sidecar", 9))
            return fail(error, ERR_USAGE, "%s: its arguments contain --sidecar",
                        path);
    }
    return sidecar->arena.status == OK
               ? OK
               : fail_memory(error, "reading a sidecar");
}

static Status parse_sidecar(JsonReader *reader, Span text, const char *path,
                            RunSidecar *out, Error *error)
{
    JsonObject object;
    Status status = json_read(reader, text, &object, error);
    if (status != OK) {
        return fail_again(error, "%s: not a sidecar: %s", path, error->message);
    }
    Arena *arena = &out->arena;
    const JsonMember *arguments = json_find(object, span_text("arguments"));
    if (strcmp(text_of(arena, object, "format"), "quern-run") != 0 ||
        strcmp(text_of(arena, object, "version"), "1") != 0 || !arguments) {
        return fail(error, ERR_USAGE,
                    "%s: not a sidecar of version 1; searcher --run --sidecar "
                    "writes them",
                    path);
    }
    out->index = text_of(arena, object, "index");
    out->index_hash = text_of(arena, object, "index_hash");
    out->run_hash = text_of(arena, object, "run_hash");
    out->quern = text_of(arena, object, "quern");
    take_arguments(out, arguments->value);
    return check_sidecar(out, path, error);
}

Status run_sidecar_parse(Span text, const char *name, RunSidecar *out,
                         Error *error)
{
    JsonReader *reader = NULL;
    *out = (RunSidecar){0};
    Status status = json_reader_new(&reader, error);
    if (status == OK) status = parse_sidecar(reader, text, name, out, error);
    json_reader_free(reader);
    return status;
}

Status run_sidecar_read(const char *path, RunSidecar *out, Error *error)
{
    Buf text = {0};
    *out = (RunSidecar){0};
    Status status = file_read(path, MAX_SIDECAR_BYTES, &text, error);
    if (status == OK)
        status = run_sidecar_parse(buf_span(&text), path, out, error);
    buf_release(&text);
    return status;
}

void run_sidecar_release(RunSidecar *sidecar)
{
    arena_release(&sidecar->arena);
    *sidecar = (RunSidecar){0};
}

/* ---- the run ---- */

/* Compares what is printed with a file, as it comes. */
typedef struct Replayer {
    RunReplay *out;
    HashStream *stream;
    int fd;   /* searcher's standard output */
    Span run; /* the file, or empty */
    bool has_run;
    size_t compared; /* bytes that were equal */
    size_t line_start;
    bool differs;
    uint64_t line; /* of the run, from 1 */
} Replayer;

static Span first_line(Span text)
{
    const uint8_t *end = text.size ? memchr(text.data, '\n', text.size) : NULL;
    size_t size = end ? (size_t)(end - text.data) : text.size;
    return span_of(text.data, size < SHOWN_BYTES ? size : SHOWN_BYTES);
}

/* Keeps the first line that differs, as it was and as it is. `rest` begins with
 * the byte that differs. */
static void keep_difference(Replayer *r, Span rest)
{
    RunReplay *out = r->out;
    Span was = span_of(r->run.data + r->line_start,
                       r->run.size - r->line_start);
    size_t common = r->compared - r->line_start;
    size_t was_size = first_line(was).size;
    if (common > SHOWN_BYTES) common = SHOWN_BYTES;
    buf_put_span(&out->text, first_line(was));
    buf_put(&out->text, was.data, common);
    buf_put_span(&out->text, first_line(rest));
    out->line = r->line;
    out->was = span_of(out->text.data, was_size);
    out->is = span_of(out->text.data + was_size, out->text.size - was_size);
    r->differs = true;
}

static void compare_bytes(Replayer *r, Span text)
{
    if (!r->has_run || r->differs) return;
    Span rest = span_of(r->run.data + r->compared, r->run.size - r->compared);
    size_t common = span_common(text, rest);
    for (size_t i = 0; i < common; i++) {
        if (text.data[i] != '\n') continue;
        r->line++;
        r->line_start = r->compared + i + 1;
    }
    r->compared += common;
    if (common < text.size) {
        keep_difference(r, span_of(text.data + common, text.size - common));
    }
}

static Status take_output(Replayer *r, Error *error)
{
    uint8_t bytes[READ_BYTES];
    for (;;) {
        ssize_t got = read(r->fd, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_errno(error, "cannot read from searcher");
        if (got == 0) break;
        Span text = span_of(bytes, (size_t)got);
        hash_stream_put(r->stream, text);
        for (size_t i = 0; i < text.size; i++)
            r->out->lines += text.data[i] == '\n';
        compare_bytes(r, text);
    }
    if (r->has_run && !r->differs && r->compared < r->run.size)
        keep_difference(r, (Span){0});
    return OK;
}

/* In the child: never returns. */
static void run_searcher(const char *path, const char *const *arguments,
                         int out)
{
    int null = open("/dev/null", O_RDONLY);
    if (null >= 0 && dup2(null, STDIN_FILENO) >= 0 &&
        dup2(out, STDOUT_FILENO) >= 0)
        execv(path, (char *const *)(uintptr_t)arguments);
    _exit(127);
}

static Status wait_for(pid_t pid, const char *searcher, Error *error)
{
    int state = 0;
    waitpid(pid, &state, 0);
    if (WIFEXITED(state) && WEXITSTATUS(state) <= 1) return OK;
    if (WIFEXITED(state) && WEXITSTATUS(state) == 127)
        return fail(error, ERR_IO, "%s: cannot be started", searcher);
    return fail(error, ERR_IO,
                "searcher failed to make the run again; see its message above");
}

static Status replay(Replayer *r, const RunSidecar *sidecar,
                     const char *searcher, Error *error)
{
    int ends[2];
    if (pipe(ends)) return fail_errno(error, "cannot make a pipe");
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0) run_searcher(searcher, sidecar->arguments, ends[1]);
    close(ends[1]);
    r->fd = ends[0];
    Status status = pid < 0 ? fail_errno(error, "cannot start searcher")
                            : take_output(r, error);
    close(ends[0]);
    Error ignored;
    if (pid > 0) {
        Status ended = wait_for(pid, searcher, status == OK ? error : &ignored);
        if (status == OK) status = ended;
    }
    return status;
}

static Status put_hash_text(char *out, Hash128 hash, Error *error)
{
    Buf text = {0};
    put_hash128(&text, hash);
    const char *digits = buf_text(&text);
    if (digits) memcpy(out, digits, 33);
    Status status = buf_check(&text, "hashing", error);
    buf_release(&text);
    return status;
}

static Status check_index(const RunSidecar *sidecar, RunReplay *out,
                          Error *error)
{
    Index *index = NULL;
    Hash128 hash;
    char text[33];
    Status status = index_open(sidecar->index, &index, error);
    if (status == OK) status = index_hash(index, &hash, error);
    if (status == OK) status = put_hash_text(text, hash, error);
    if (status == OK)
        out->index_changed = strcmp(text, sidecar->index_hash) != 0;
    index_close(index);
    return status;
}

static Status check_run(const RunSidecar *sidecar, Span run, RunReplay *out,
                        Error *error)
{
    char text[33];
    Status status = put_hash_text(text, hash128_bytes(run.data, run.size),
                                  error);
    if (status == OK) out->run_is_other = strcmp(text, sidecar->run_hash) != 0;
    return status;
}

Status run_replay(const RunSidecar *sidecar, const char *searcher,
                  const char *run, RunReplay *out, Error *error)
{
    FileMap map = {0};
    Replayer r = {.out = out, .has_run = run != NULL, .line = 1};
    *out = (RunReplay){0};
    Status status = check_index(sidecar, out, error);
    if (status == OK && run) status = file_map(run, &map, error);
    r.run = map.bytes;
    if (status == OK && run) status = check_run(sidecar, r.run, out, error);
    if (status == OK) status = hash_stream_new(&r.stream, error);
    if (status == OK) status = replay(&r, sidecar, searcher, error);
    if (status == OK) {
        status = put_hash_text(out->hash, hash_stream_end(r.stream), error);
    }
    if (status == OK) status = buf_check(&out->text, "comparing runs", error);
    out->is_same = status == OK && !strcmp(out->hash, sidecar->run_hash);
    hash_stream_free(r.stream);
    file_unmap(&map);
    return status;
}

void run_replay_release(RunReplay *replay)
{
    buf_release(&replay->text);
    *replay = (RunReplay){0};
}
