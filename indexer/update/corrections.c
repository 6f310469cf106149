/* corrections.c - what the counts of a segment lose with its removed
 * documents. */
#include "indexer/update/corrections.h"

#include <stdlib.h>

/* Analysing a document costs about as much as reading this number of postings.
 */
enum { POSTINGS_PER_DOCUMENT = 1 << 15, FEW_DOCUMENTS = 4 };

void corrections_release(Corrections *corrections)
{
    buf_release(&corrections->terms);
    buf_release(&corrections->pairs);
    *corrections = (Corrections){0};
}

/* Lists do not have the lengths of documents if there is neither of these. */
static bool lists_have_lengths(const CorrectionJob *job)
{
    return job->contents || segment_has(job->segment, SECTION_POSITIONS);
}

static bool text_is_better(const CorrectionJob *job)
{
    const Segment *segment = job->segment;
    uint64_t postings = segment->posting_count + segment->pair_postings;
    uint64_t documents = job->removed->count;
    return documents <= FEW_DOCUMENTS ||
           documents * POSTINGS_PER_DOCUMENT <= postings ||
           !lists_have_lengths(job);
}

Status corrections_find(const CorrectionJob *job, Corrections *out,
                        Error *error)
{
    bool agrees = false;
    Status status = OK;
    *out = (Corrections){0};
    if (job->analyzer_agrees && segment_has(job->segment, SECTION_STORED) &&
        text_is_better(job))
        status = correct_by_text(job, out, &agrees, error);
    if (status != OK || agrees) return status;
    corrections_release(out);
    return correct_by_lists(job, out, error);
}

/* The next of the new corrections. */
typedef struct CorrectionReader {
    const Correction *at, *end;
} CorrectionReader;

static CorrectionReader read_corrections(const Buf *corrections)
{
    const Correction *at = (const void *)corrections->data;
    size_t count = corrections->size / sizeof *at;
    return (CorrectionReader){at, at ? at + count : at};
}

static void put(RemovalsWriter *writer, bool is_pair, uint32_t number,
                TermRemoval removal)
{
    if (is_pair) {
        removals_writer_put_pair(writer, number, removal.df);
    } else {
        removals_writer_put_term(writer, number, removal);
    }
}

/* Adds the new corrections to those of the walk, in the order of numbers. */
static Status merge_table(RemovalsWriter *writer, bool is_pair,
                          RemovalWalk *walk, CorrectionReader new, Error *error)
{
    bool found;
    Status status = removal_walk_next(walk, &found, error);
    while (status == OK && (found || new.at < new.end)) {
        bool take_old = found &&
                        (new.at == new.end || walk->number <= new.at->number);
        bool take_new = new.at < new.end &&
                        (!found || new.at->number <= walk->number);
        uint32_t number = take_old ? walk->number : new.at->number;
        TermRemoval sum = {0};
        if (take_new) {
            sum = (TermRemoval){new.at->df, new.at->tf};
            new.at++;
        }
        if (take_old) {
            sum.df += walk->removal.df;
            sum.tf += walk->removal.tf;
            status = removal_walk_next(walk, &found, error);
        }
        put(writer, is_pair, number, sum);
    }
    return status;
}

static Status put_corrections(RemovalsWriter *writer,
                              const Corrections *corrections,
                              const Removals *old, Error *error)
{
    RemovalWalk walk;
    removal_walk_terms(&walk, old, 0);
    Status status = merge_table(writer, false, &walk,
                                read_corrections(&corrections->terms), error);
    if (status != OK) return status;
    removal_walk_pairs(&walk, old, 0);
    return merge_table(writer, true, &walk,
                       read_corrections(&corrections->pairs), error);
}

/* A bit for each document that is live now; NULL without memory. */
static uint64_t *live_bits(const CorrectionJob *job, const Removals *old)
{
    size_t words = (size_t)job->segment->document_count / 64 + 1;
    uint64_t *live = malloc(words * sizeof *live);
    for (size_t i = 0; live && i < words; i++) {
        uint64_t before = old ? old->live[i] : UINT64_MAX;
        live[i] = before & ~job->removed->bits[i];
    }
    return live;
}

/* Whether a reader accepts the file. The segment may be one that was made to
 * deceive: then its lists have more of these documents than it has in all. */
static Status check_file(const Segment *segment, const char *name,
                         const FolderHandle *folder, Error *error)
{
    Removals *removals;
    Status status = removals_open_in(folder, name, segment, &removals, error);
    removals_close(removals);
    return status;
}

static Status write_file(RemovalsWriter *writer,
                         const RemovedDocuments *removed,
                         const FolderHandle *folder, FileAccess access,
                         Arena *arena, ManifestSegment *entry, Error *error)
{
    char name[REMOVALS_NAME_BYTES];
    Status status = removals_writer_finish(writer, removed, folder, access,
                                           name, &entry->removed.bytes, error);
    if (status == OK) status = check_file(writer->segment, name, folder, error);
    if (status != OK) return status;
    entry->removed.name = (const char *)arena_copy(arena, span_text(name)).data;
    return entry->removed.name ? OK : fail_memory(error, "removing documents");
}

Status corrections_write(const CorrectionJob *job,
                         const Corrections *corrections, const Removals *old,
                         const FolderHandle *folder, FileAccess access,
                         Arena *arena, ManifestSegment *entry, Error *error)
{
    RemovalsWriter writer;
    uint64_t *live = live_bits(job, old);
    RemovedDocuments removed = {.live = live,
                                .nonempty = corrections->nonempty,
                                .tokens = corrections->tokens};
    if (old) {
        removed.nonempty += old->removed_nonempty;
        removed.tokens += old->removed_tokens;
    }
    removals_writer_init(&writer, job->segment);
    Status status = live ? put_corrections(&writer, corrections, old, error)
                         : fail_memory(error, "removing documents");
    if (status == OK)
        status = write_file(&writer, &removed, folder, access, arena, entry,
                            error);
    if (status == OK)
        entry->removed_documents = job->removed->count +
                                   (old ? old->removed_count : 0);
    removals_writer_release(&writer);
    free(live);
    return status;
}
