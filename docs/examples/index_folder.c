/* index_folder.c - builds an index of the files of a folder.
 *
 *     index_folder FOLDER INDEX
 *
 * Each file is a document, its path the id. If there is an index in INDEX, it
 * can be searched until the new one replaces it.
 */
#include <quern/quern.h>

#include <inttypes.h>
#include <stdio.h>

/* Files that cannot be indexed are skipped. The strings of a listener are
 * zero-terminated. */
static void print_skip(void *self, const quern_skip *skip)
{
    (void)self;
    printf("%s: %s\n", skip->source.data, skip->reason.data);
}

static void print_report(const quern_build_report *report)
{
    printf("%" PRIu64 " documents, %" PRIu64 " terms, %" PRIu64 " bytes\n",
           report->document_count, report->term_count, report->index_bytes);
}

static quern_status index_folder(const char *folder, const char *index,
                                 quern_error *error)
{
    quern_build_listener listener = QUERN_BUILD_LISTENER_INIT;
    listener.skipped = print_skip;
    quern_build_options options = QUERN_BUILD_OPTIONS_INIT;
    options.replace = true;
    options.listener = &listener;

    quern_builder *builder;
    const quern_build_report *report;
    quern_status status = quern_builder_new(quern_text(index), &options,
                                            &builder, error);
    if (status == QUERN_OK)
        status = quern_builder_add_path(builder, quern_text(folder), NULL,
                                        error);
    if (status == QUERN_OK)
        status = quern_builder_finish(builder, &report, error);
    if (status == QUERN_OK) print_report(report);
    quern_builder_free(builder);
    return status;
}

int main(int argc, char **argv)
{
    quern_error error;
    if (argc != 3) {
        fprintf(stderr, "usage: index_folder FOLDER INDEX\n");
        return 2;
    }
    if (index_folder(argv[1], argv[2], &error) != QUERN_OK) {
        fprintf(stderr, "index_folder: %s\n", error.message);
        return 2;
    }
    return 0;
}
