/* run_engines.c - the engines that `bench run` measures, from its options. */
#include "bench/run_setup.h"

#include "common/program/discovery.h"
#include "common/program/log.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

static const char *copy_text(RunSetup *setup, Span text)
{
    Span copy = arena_copy(&setup->arena, text);
    return copy.data ? (const char *)copy.data : "";
}

static Subject *add_subject(RunSetup *setup, EngineKind kind, const char *name,
                            Error *error)
{
    for (size_t i = 0; i < setup->subject_count; i++) {
        if (!strcmp(setup->subjects[i].name, name)) {
            (void)fail(error, ERR_USAGE, "two engines are named '%s'", name);
            return NULL;
        }
    }
    if (setup->subject_count == MAX_SUBJECTS) {
        (void)fail(error, ERR_USAGE, "more than %d engines", MAX_SUBJECTS);
        return NULL;
    }
    Subject *subject = &setup->subjects[setup->subject_count++];
    *subject = (Subject){
        .name = name, .kind = kind, .queries = &setup->queries};
    return subject;
}

/* The searcher that was built or installed with this program, else that of
 * PATH; NULL if there is none. */
static const char *find_searcher(RunSetup *setup)
{
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 16);
    while (size > 0 && path[size - 1] != '/') size--;
    if (size <= 0) return NULL;
    snprintf(path + size, sizeof path - (size_t)size, "searcher");
    return access(path, X_OK) ? NULL : copy_text(setup, span_text(path));
}

static void set_arguments(RunSetup *setup, Subject *subject,
                          const char *const *arguments, double timeout)
{
    const char **to = setup->arguments[subject - setup->subjects];
    for (size_t i = 0; arguments[i] && i + 1 < MAX_ARGUMENTS; i++)
        to[i] = arguments[i];
    subject->start = (EngineStart){subject->name, to, timeout};
}

/* "quern", "quern 2", "quern 3 in process" */
static const char *quern_name(RunSetup *setup, size_t number, const char *end)
{
    char text[64];
    if (number == 0) {
        snprintf(text, sizeof text, "quern%s", end);
    } else {
        snprintf(text, sizeof text, "quern %zu%s", number + 1, end);
    }
    return copy_text(setup, span_text(text));
}

static Status add_index(const RunSettings *settings, RunSetup *setup,
                        size_t number, const char *folder, Error *error)
{
    const char *searcher = find_searcher(setup);
    Subject *subject = add_subject(
        setup, ENGINE_PROCESS, quern_name(setup, number, " in process"), error);
    if (!subject) return ERR_USAGE;
    subject->folder = folder;
    if (!searcher) {
        if (number == 0)
            log_warn("searcher is not next to this program: Quern is measured "
                     "in process only");
        return OK;
    }
    subject = add_subject(setup, ENGINE_PIPE, quern_name(setup, number, ""),
                          error);
    if (!subject) return ERR_USAGE;
    subject->folder = folder;
    bool plain = settings->qrels && !settings->syntax;
    const char *arguments[] = {searcher, "--quiet", "--serve",
                               "-i",     folder,    plain ? "--plain" : NULL,
                               NULL};
    set_arguments(setup, subject, arguments, settings->timeout);
    return OK;
}

static Status add_indexes(const RunSettings *settings, RunSetup *setup,
                          Error *error)
{
    size_t given = settings->indexes.count;
    Status status = OK;
    for (size_t i = 0; status == OK && i < (given ? given : 1); i++) {
        Buf path = {0};
        bool found;
        status = index_discover(given ? settings->indexes.items[i] : NULL,
                                "-i DIR", &path, &found, error);
        if (status == OK) {
            const char *folder = copy_text(setup, buf_span(&path));
            status = add_index(settings, setup, i, folder, error);
        }
        buf_release(&path);
    }
    return status;
}

static bool is_listed(const OptionList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!strcmp(list->items[i], name)) return true;
    }
    return false;
}

/* NAME=COMMAND; the command is the shell's. */
static Status add_peer(const RunSettings *settings, RunSetup *setup,
                       const char *given, Error *error)
{
    const char *equals = strchr(given, '=');
    if (!equals || equals == given || !equals[1]) {
        return fail(error, ERR_USAGE, "--engine '%s' is not NAME=COMMAND",
                    given);
    }
    Span name = span_of(given, (size_t)(equals - given));
    Subject *subject = add_subject(setup, ENGINE_PEER, copy_text(setup, name),
                                   error);
    if (!subject) return ERR_USAGE;
    subject->compiles = is_listed(&settings->jit, subject->name);
    const char *arguments[] = {"/bin/sh", "-c", equals + 1, NULL};
    set_arguments(setup, subject, arguments, settings->timeout);
    return OK;
}

static Status check_jit(const RunSettings *settings, const RunSetup *setup,
                        Error *error)
{
    for (size_t i = 0; i < settings->jit.count; i++) {
        bool found = false;
        for (size_t s = 0; s < setup->subject_count; s++) {
            found |= setup->subjects[s].kind == ENGINE_PEER &&
                     !strcmp(setup->subjects[s].name, settings->jit.items[i]);
        }
        if (!found)
            return fail(error, ERR_USAGE,
                        "--jit '%s': no --engine of this name",
                        settings->jit.items[i]);
    }
    return OK;
}

Status run_add_engines(const RunSettings *settings, RunSetup *setup,
                       Error *error)
{
    Status status = add_indexes(settings, setup, error);
    for (size_t i = 0; status == OK && i < settings->engines.count; i++)
        status = add_peer(settings, setup, settings->engines.items[i], error);
    if (status == OK) status = check_jit(settings, setup, error);
    if (status != OK) return status;
    Subject *null = add_subject(setup, ENGINE_NULL, "null", error);
    if (!null) return ERR_USAGE;
    null->start = (EngineStart){"null", NULL, settings->timeout};
    for (size_t i = 0; status == OK && i < setup->subject_count; i++) {
        setup->subjects[i].plain = settings->qrels && !settings->syntax;
        status = subject_init(&setup->subjects[i], error);
    }
    return status;
}

static const char *command_text(RunSetup *setup, const Subject *subject)
{
    Buf text = {0};
    const char *const *arguments = subject->start.arguments;
    if (subject->kind == ENGINE_PEER) return arguments[2];
    for (size_t i = 0; arguments && arguments[i]; i++) {
        if (i) buf_put_byte(&text, ' ');
        buf_put_text(&text, arguments[i]);
    }
    const char *copy = copy_text(setup, buf_span(&text));
    buf_release(&text);
    return copy;
}

static Status describe_index(RunSetup *setup, const Index *index,
                             ResultEngine *engine, Error *error)
{
    const Manifest *manifest = &index->manifest;
    Hash128 hash;
    Buf text = {0};
    Status status = index_hash(index, &hash, error);
    if (status != OK) return status;
    put_hash128(&text, hash);
    engine->index_hash = copy_text(setup, buf_span(&text));
    buf_release(&text);
    engine->documents = (int64_t)manifest->document_count;
    for (size_t i = 0; i < manifest->segment_count; i++)
        engine->bytes += (int64_t)manifest->segments[i].bytes;
    const char *analyzer = manifest->analyzer.name;
    engine->analyzer = copy_text(setup,
                                 span_text(analyzer ? analyzer : "default"));
    engine->k1 = (double)manifest->k1;
    engine->b = (double)manifest->b;
    return OK;
}

static Status describe_engine(RunSetup *setup, size_t i, Results *results,
                              Error *error)
{
    const Subject *subject = &setup->subjects[i];
    ResultEngine engine = {.engine = i,
                           .name = subject->name,
                           .kind = subject->kind,
                           .command = command_text(setup, subject),
                           .index = subject->folder ? subject->folder : "",
                           .index_hash = "",
                           .analyzer = "",
                           .k1 = (double)NAN,
                           .b = (double)NAN,
                           .failure = ""};
    Index *index = NULL;
    Status status = OK;
    if (subject->folder) status = index_open(subject->folder, &index, error);
    if (index) status = describe_index(setup, index, &engine, error);
    if (index) index_close(index);
    if (status == OK) results_add_engine(results, &engine);
    return status;
}

Status run_describe_engines(RunSetup *setup, Results *results, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < setup->subject_count; i++)
        status = describe_engine(setup, i, results, error);
    return status;
}
