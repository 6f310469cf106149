/* add_documents.c - adds documents from memory, with progress; Ctrl-C cancels.
 *
 *     add_documents INDEX <DOCUMENTS
 *
 * Each line of standard input is a document: id, tab, title, tab, text. It
 * could as well come from a database or a socket: documents are added as they
 * arrive, in any number, and the index is written at the end. It replaces an
 * older index then; documents cannot be added to that one.
 */
#include <quern/quern.h>

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static bool is_cancelled(void *self)
{
    (void)self;
    return interrupted != 0;
}

static void print_progress(void *self, const quern_build_progress *progress)
{
    (void)self;
    if (progress->phase == QUERN_PHASE_READING)
        printf("%" PRIu64 " documents\n", progress->document_count);
    else
        printf("%" PRIu64 " terms\n", progress->term_count);
    fflush(stdout);
}

/* The text up to the next separator; *rest continues after it. */
static quern_string split_off(char **rest, const char *separator)
{
    quern_string part;
    part.data = *rest;
    part.size = strcspn(*rest, separator);
    *rest += part.size;
    if (**rest) ++*rest;
    return part;
}

/* Failures are kept by the builder: quern_builder_finish returns the first. */
static void add_line(quern_builder *builder, char *line)
{
    quern_document document = QUERN_DOCUMENT_INIT;
    document.id = split_off(&line, "\t");
    document.title = split_off(&line, "\t");
    document.text = split_off(&line, "\n");
    quern_builder_add(builder, &document, NULL);
}

static quern_status build(const char *folder, quern_error *error)
{
    static char line[1 << 16];
    quern_build_listener listener = QUERN_BUILD_LISTENER_INIT;
    listener.progress = print_progress;
    listener.cancelled = is_cancelled;
    quern_build_options options = QUERN_BUILD_OPTIONS_INIT;
    options.replace = true;
    options.on_duplicate = QUERN_KEEP_LAST;
    options.listener = &listener;

    quern_builder *builder;
    quern_status status = quern_builder_new(quern_text(folder), &options,
                                            &builder, error);
    if (status != QUERN_OK) return status;
    while (!interrupted && fgets(line, sizeof line, stdin))
        add_line(builder, line);
    status = quern_builder_finish(builder, NULL, error);
    quern_builder_free(builder);
    return status;
}

int main(int argc, char **argv)
{
    quern_error error;
    if (argc != 2) {
        fprintf(stderr, "usage: add_documents INDEX <DOCUMENTS\n");
        return 2;
    }
    signal(SIGINT, interrupt);
    switch (build(argv[1], &error)) {
    case QUERN_OK: return 0;
    case QUERN_CANCELLED: printf("cancelled: nothing was changed\n"); return 1;
    default: fprintf(stderr, "add_documents: %s\n", error.message); return 2;
    }
}
