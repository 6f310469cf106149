/* history.c - where the documents of an index are from, and how it became what
 * it is: reads the file.
 */
#include "common/segment/history.h"

#include "common/base/escaped_text.h"
#include "common/base/hash.h"
#include "common/segment/manifest_internal.h"

#include <string.h>

/* MAX_TRIES: how often a reader starts again because a writer replaced it. */
enum { HISTORY_MAX_BYTES = 64 << 20, FIRST_SLOTS = 64, MAX_TRIES = 10 };

void history_release(History *history)
{
    arena_release(&history->arena);
    *history = (History){0};
}

static const char *keep(History *history, const char *text)
{
    return (const char *)arena_copy(&history->arena, span_text(text)).data;
}

/* Room for one more in an array of which a power of two is reserved. */
static void *grow(Arena *arena, void *array, size_t count, size_t size)
{
    if (count & (count - 1)) return array;
    void *larger = arena_alloc(arena, (count ? 2 * count : 1) * size);
    if (larger && count) memcpy(larger, array, count * size);
    return larger;
}

/* Sources */

/* The slot of a source, or the free one for it. */
static uint32_t *find_slot(const History *history, const char *source)
{
    size_t mask = history->slot_count - 1;
    size_t at = (size_t)hash_key(span_text(source)) & mask;
    for (uint32_t number; (number = history->slots[at]); at = (at + 1) & mask) {
        if (!strcmp(history->sources[number - 1], source)) break;
    }
    return &history->slots[at];
}

static bool make_room(History *history)
{
    if (history->source_count < history->slot_count / 2) return true;
    size_t count = history->slot_count ? 2 * history->slot_count : FIRST_SLOTS;
    uint32_t *slots = arena_zeroed(&history->arena, count, sizeof *slots);
    if (!slots) return false;
    history->slots = slots;
    history->slot_count = count;
    for (size_t i = 0; i < history->source_count; i++)
        *find_slot(history, history->sources[i]) = (uint32_t)i + 1;
    return true;
}

Status history_add_source(History *history, const char *source, Error *error)
{
    if (!make_room(history)) return fail_memory(error, "keeping the history");
    uint32_t *slot = find_slot(history, source);
    if (*slot) return OK;
    size_t size = strlen(source);
    if (history->source_bytes + size > HISTORY_MAX_SOURCE_BYTES) {
        history->more_sources++;
        return OK;
    }
    const char *kept = keep(history, source);
    history->sources = grow(&history->arena, history->sources,
                            history->source_count, sizeof *history->sources);
    if (!kept || !history->sources)
        return fail_memory(error, "keeping the history");
    history->sources[history->source_count++] = kept;
    history->source_bytes += size;
    *slot = (uint32_t)history->source_count;
    return OK;
}

/* Publications */

Status history_add(History *history, const Publication *publication,
                   Error *error)
{
    size_t count = history->publication_count;
    Publication copy = *publication;
    copy.time = keep(history, publication->time);
    copy.verb = keep(history, publication->verb);
    copy.from = keep(history, publication->from);
    if (copy.segment) copy.segment = keep(history, publication->segment);
    history->publications = grow(&history->arena, history->publications, count,
                                 sizeof copy);
    if (history->arena.status != OK)
        return fail_memory(error, "keeping the history");
    history->publications[count] = copy;
    history->publication_count++;
    if (count < HISTORY_MAX_PUBLICATIONS) return OK;
    memmove(history->publications, history->publications + 1,
            count * sizeof copy);
    history->publication_count--;
    history->forgotten++;
    return OK;
}

const Publication *history_find(const History *history, const char *segment)
{
    for (size_t i = history->publication_count; i-- > 0;) {
        const Publication *publication = &history->publications[i];
        if (publication->segment && !strcmp(publication->segment, segment))
            return publication;
    }
    return NULL;
}

/* Reading */

typedef struct HistoryParser {
    const char *name;
    History *out;
    uint32_t line;
    Span rest;
    Buf scratch; /* a value without its escapes */
} HistoryParser;

/* Takes *rest up to the next byte `end`, or all of it; moves *rest after it. */
static Span take(Span *rest, char end)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] != (uint8_t)end) size++;
    Span part = span_of(rest->data, size);
    size_t taken = size < rest->size ? size + 1 : size;
    *rest = span_of(rest->data + taken, rest->size - taken);
    return part;
}

/* A value without its escapes, as a C string in the scratch. */
static const char *parse_text(HistoryParser *parser, Span value)
{
    Buf *scratch = &parser->scratch;
    buf_clear(scratch);
    if (!put_unescaped(scratch, value)) return NULL;
    if (scratch->size && memchr(scratch->data, 0, scratch->size)) return NULL;
    const char *text = buf_text(scratch);
    if (!text) parser->out->arena.status = ERR_NO_MEMORY;
    return text;
}

static bool parse_source(HistoryParser *parser, Span value)
{
    Error ignored; /* the arena keeps it */
    const char *text = parse_text(parser, value);
    return text && history_add_source(parser->out, text, &ignored) == OK;
}

static const char *keep_span(HistoryParser *parser, Span text)
{
    return (const char *)arena_copy(&parser->out->arena, text).data;
}

static bool parse_publication(HistoryParser *parser, Span value)
{
    Publication publication = {0};
    Span generation = take(&value, ' ');
    publication.time = keep_span(parser, take(&value, ' '));
    publication.verb = keep_span(parser, take(&value, ' '));
    uint64_t *const numbers[] = {&publication.added, &publication.replaced,
                                 &publication.removed, &publication.documents};
    bool valid = manifest_number(generation, &publication.generation);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        valid = manifest_number(take(&value, ' '), numbers[i]) && valid;
    Span segment = take(&value, ' ');
    if (!span_equals_text(segment, "-"))
        publication.segment = keep_span(parser, segment);
    publication.from = parse_text(parser, value);
    if (!valid || !publication.from || !publication.time || !publication.verb)
        return false;
    Error ignored; /* the arena keeps it */
    return history_add(parser->out, &publication, &ignored) == OK;
}

static bool parse_line(HistoryParser *parser, Span line)
{
    Span key = take(&line, ' ');
    if (span_equals_text(key, "source")) return parse_source(parser, line);
    if (span_equals_text(key, "publication"))
        return parse_publication(parser, line);
    if (span_equals_text(key, "more_sources"))
        return manifest_number(line, &parser->out->more_sources);
    return span_equals_text(key, "forgotten") &&
           manifest_number(line, &parser->out->forgotten);
}

/* Takes the last line off; its value must be the hash of all before it. */
static bool check_sum(Span *text)
{
    Span key = span_text("checksum ");
    size_t size = key.size + HASH_DIGITS + 1;
    uint64_t sum;
    if (text->size < size) return false;
    Span last = span_of(text->data + text->size - size, size);
    Span body = span_of(text->data, text->size - size);
    if (memcmp(last.data, key.data, key.size) != 0 ||
        last.data[size - 1] != '\n' ||
        !manifest_hash(span_of(last.data + key.size, HASH_DIGITS), &sum) ||
        hash_span(body) != sum)
        return false;
    *text = body;
    return true;
}

static Status parse_history(HistoryParser *parser, Error *error)
{
    if (!check_sum(&parser->rest))
        return fail(error, ERR_CORRUPT,
                    "%s: wrong checksum; the file is damaged or was edited",
                    parser->name);
    if (!span_equals_text(take(&parser->rest, '\n'), HISTORY_FIRST_LINE))
        return fail(error, ERR_UNSUPPORTED,
                    "%s: unsupported version of a history", parser->name);
    for (parser->line = 2; parser->rest.size; parser->line++) {
        if (!parse_line(parser, take(&parser->rest, '\n')) &&
            parser->out->arena.status == OK)
            return fail(error, ERR_CORRUPT, "%s:%u: invalid line", parser->name,
                        parser->line);
        if (parser->out->arena.status != OK)
            return fail_memory(error, "reading the history");
    }
    return OK;
}

Status history_parse(Span text, const char *name, History *out, Error *error)
{
    *out = (History){0};
    HistoryParser parser = {.name = name, .out = out, .rest = text};
    Status status = parse_history(&parser, error);
    buf_release(&parser.scratch);
    if (status != OK) history_release(out);
    return status;
}

/* As the sources of an older version's manifest. */
static Status read_sources(const Manifest *manifest, History *out, Error *error)
{
    Status status = OK;
    for (size_t i = 0; status == OK && i < manifest->source_count; i++)
        status = history_add_source(out, manifest->sources[i], error);
    if (status != OK) history_release(out);
    return status;
}

Status history_read(const FolderHandle *folder, const Manifest *manifest,
                    History *out, Error *error)
{
    *out = (History){0};
    const char *name = manifest->history.name;
    if (!name) return read_sources(manifest, out, error);
    Buf text = {0};
    Status status = folder_read_file(folder, name, HISTORY_MAX_BYTES, &text,
                                     error);
    if (status == OK) status = history_parse(buf_span(&text), name, out, error);
    buf_release(&text);
    return status;
}

/* Of the manifest that is there now. */
static Status read_newest(const FolderHandle *folder, History *out,
                          Error *error)
{
    Manifest manifest;
    Status status = manifest_read_in(folder, &manifest, error);
    if (status == OK) status = history_read(folder, &manifest, out, error);
    manifest_release(&manifest);
    return status;
}

Status history_read_from(const char *folder, const Manifest *manifest,
                         History *out, Error *error)
{
    FolderHandle handle;
    const char *name = manifest->history.name;
    *out = (History){0};
    if (!name) return read_sources(manifest, out, error);
    Status status = folder_open(folder, true, &handle, error);
    if (status != OK) return status;
    status = history_read(&handle, manifest, out, error);
    for (int tries = 0;
         tries < MAX_TRIES && status == ERR_IO && !folder_has(&handle, name);
         tries++)
        status = read_newest(&handle, out, error);
    folder_close(&handle);
    return status;
}
