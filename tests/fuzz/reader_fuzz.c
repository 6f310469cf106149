/* reader_fuzz.c - any bytes as a file of documents, one target per format.
 *
 * CMakeLists.txt sets the format, QUERN_FUZZ_FORMAT, and QUERN_FUZZ_EXTRAS for
 * those that are read with a library. The first byte chooses
 * options. Reading must terminate, and documents must have ids and valid UTF-8.
 */
#define _GNU_SOURCE /* memfd_create */
#include "common/base/utf8_clean.h"
#include "corpus/corpus.h"
#include "tests/fuzz/fuzz.h"
#ifdef QUERN_FUZZ_EXTRAS
#include "readers/document_readers.h"
#endif

#include <sys/mman.h>
#include <unistd.h>

static Status changed(void *self, const Place *place, const char *reason,
                      Error *error)
{
    (void)self;
    (void)error;
    PROMISE(place->source && reason[0]);
    return OK;
}

static Status skipped(void *self, const Place *place, const char *reason,
                      Advice advice, Error *error)
{
    (void)advice;
    return changed(self, place, reason, error);
}

static void detected(void *self, const char *source, const char *what,
                     Advice advice)
{
    (void)advice;
    (void)self;
    PROMISE(source && what[0]);
}

static void check_document(const Document *document)
{
    PROMISE(document->id.size > 0);
    PROMISE(utf8_is_clean(document->title));
    PROMISE(utf8_is_clean(document->text));
    PROMISE(document->place.source);
}

static void read_all(Corpus *corpus, size_t size)
{
    Error error;
    Document document;
    bool found = true;
    size_t count = 0;
    Status status = OK;
    while (status == OK && found) {
        status = corpus_next(corpus, &document, &found, &error);
        if (status == OK && found) {
            check_document(&document);
            count++;
        }
    }
    /* Only a compressed file can contain far more than its size. */
    PROMISE(status == OK || error.message[0]);
    PROMISE(count <= size * 2000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const FIELDS[] = {"url"};
    if (!size) return 0;
    int fd = memfd_create("fuzz", 0);
    PROMISE(fd >= 0);
    PROMISE(write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const char *inputs[] = {path};
    uint8_t choice = data[0];
    CorpusOptions options = {
        .format = QUERN_FUZZ_FORMAT,
        .store_fields = FIELDS,
        .store_field_count = choice & 64 ? 1 : 0,
        .columns = choice & 32 ? "id,title,text,url" : NULL,
        .id_field = choice & 16 ? "url" : NULL,
        .header = (HeaderRow)(choice / 4 % 4 % (HEADER_NO + 1)),
        .title_from = (TitleFrom)(choice % 4 % (TITLE_FIRST_LINE + 1)),
        .max_record_bytes = choice & 128 ? 64 : 1 << 20,
#ifdef QUERN_FUZZ_EXTRAS
        .extras = &DOCUMENT_READERS
#endif
    };
    CorpusListener listener = {
        .skipped = skipped, .changed = skipped, .detected = detected};
    Corpus *corpus;
    Error error;
    if (corpus_open(&options, inputs, 1, &listener, &corpus, &error) == OK) {
        read_all(corpus, size);
    }
    corpus_close(corpus);
    close(fd);
    return 0;
}
