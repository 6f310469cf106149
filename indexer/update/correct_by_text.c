/* correct_by_text.c - the terms and pairs of removed documents, from their
 * stored text.
 *
 * What is found is believed only if the lists say the same: each term has the
 * document with this tf, each pair has it, and the length of the document and
 * of its title are those that the segment has.
 */
#include "common/segment/documents/documents.h"
#include "common/segment/pairs/pairs.h"
#include "common/segment/postings/posting_find.h"
#include "indexer/update/corrections.h"

#include <stdlib.h>

/* A term at a position of the document. */
typedef struct Occurrence {
    uint32_t position;
    uint32_t number;  /* of the term */
    uint32_t tf;      /* of the document in its list */
    bool is_frequent; /* pairs may be made of it */
} Occurrence;

typedef struct TextCorrector {
    const CorrectionJob *job;
    StoredReader *reader;
    TokenStream *stream;
    const uint8_t *title_ends;
    uint32_t title_width;
    Buf occurrences;  /* of the current document, in order of positions */
    Buf numbers;      /* scratch: u64 each */
    Buf terms, pairs; /* Corrections of single documents, in any order */
    uint32_t nonempty;
    uint64_t tokens;
    bool agrees;
} TextCorrector;

static void corrector_release(TextCorrector *corrector)
{
    stored_reader_free(corrector->reader);
    token_stream_free(corrector->stream);
    buf_release(&corrector->occurrences);
    buf_release(&corrector->numbers);
    buf_release(&corrector->terms);
    buf_release(&corrector->pairs);
}

static Status corrector_init(TextCorrector *corrector, const CorrectionJob *job,
                             Error *error)
{
    Segment *segment = job->segment;
    *corrector = (TextCorrector){.job = job, .agrees = true};
    Status status = stored_reader_new(segment, &corrector->reader, error);
    if (status == OK)
        status = token_stream_new(job->analyzer, &corrector->stream, error);
    if (status == OK)
        status = document_title_ends(segment, &corrector->title_ends,
                                     &corrector->title_width, error);
    if (status == OK)
        status = segment_verify(segment, SECTION_NORMS, 0,
                                segment->document_count, error);
    return status;
}

/* A token whose term's list has the document. */
static Status put_token(TextCorrector *corrector, const Token *token,
                        uint32_t docid, uint32_t shift, Error *error)
{
    Segment *segment = corrector->job->segment;
    TermRecord record;
    Postings list;
    Occurrence occurrence = {.position = token->position + shift};
    uint32_t posting;
    Status status = dictionary_find(segment, token->term, &record,
                                    &corrector->agrees, error);
    if (status != OK || !corrector->agrees) return status;
    status = postings_open(segment, &record, &list, error);
    if (status != OK) return status;
    corrector->agrees = posting_find(&list, docid, &posting, &occurrence.tf);
    occurrence.number = record.number;
    occurrence.is_frequent = segment->pair_min_df &&
                             record.df >= segment->pair_min_df;
    buf_put(&corrector->occurrences, &occurrence, sizeof occurrence);
    return OK;
}

/* The terms of a title or a text; *positions: how many it takes. */
static Status analyse(TextCorrector *corrector, uint32_t docid, Span text,
                      uint32_t shift, uint32_t *positions, Error *error)
{
    Status status = OK;
    token_stream_start(corrector->stream, text, TEXT_DOCUMENT);
    while (status == OK && corrector->agrees) {
        size_t count;
        const Token *tokens = token_stream_batch(corrector->stream, &count);
        if (count == 0) break;
        for (size_t i = 0; i < count && status == OK && corrector->agrees; i++)
            status = put_token(corrector, &tokens[i], docid, shift, error);
    }
    *positions = token_stream_positions(corrector->stream);
    if (status == OK && token_stream_status(corrector->stream) != OK)
        status = fail_memory(error, "tokenizing text");
    return status;
}

/* As a build does it (worker.c): the title, an unused position, the text. */
static Status analyse_document(TextCorrector *corrector, uint32_t docid,
                               Error *error)
{
    StoredDocument document;
    uint32_t title_positions = 0, positions;
    buf_clear(&corrector->occurrences);
    Status status = stored_reader_get(corrector->reader, docid, &document,
                                      error);
    if (status == OK && document.title.size)
        status = analyse(corrector, docid, document.title, 0, &title_positions,
                         error);
    uint32_t shift = title_positions ? title_positions + 1 : 0;
    if (status == OK)
        status = analyse(corrector, docid, document.text, shift, &positions,
                         error);
    if (status != OK) return status;
    uint32_t title_end = corrector->title_ends
                             ? title_end_of(corrector->title_ends,
                                            corrector->title_width, docid)
                             : 0;
    bool has_titles = segment_has(corrector->job->segment, SECTION_POSITIONS);
    if (has_titles && title_end != title_positions) corrector->agrees = false;
    return buf_check(&corrector->occurrences, "removing documents", error);
}

static int compare_numbers(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static uint64_t *sort_numbers(Buf *numbers, size_t *count)
{
    *count = numbers->size / sizeof(uint64_t);
    if (*count) qsort(numbers->data, *count, sizeof(uint64_t), compare_numbers);
    return (void *)numbers->data;
}

static void put_number(Buf *numbers, uint64_t number)
{
    buf_put(numbers, &number, sizeof number);
}

/* The terms of the document, each with its tf: how many positions it has. */
static void find_terms(TextCorrector *corrector, const Occurrence *occurrences,
                       size_t count)
{
    Buf *numbers = &corrector->numbers;
    size_t sorted_count;
    buf_clear(numbers);
    for (size_t i = 0; i < count; i++)
        put_number(numbers, (uint64_t)occurrences[i].number << 32 | i);
    uint64_t *sorted = sort_numbers(numbers, &sorted_count);
    for (size_t i = 0; i < sorted_count;) {
        uint32_t number = (uint32_t)(sorted[i] >> 32), tf = 0;
        uint32_t expected = occurrences[(uint32_t)sorted[i]].tf;
        uint32_t last = UINT32_MAX; /* which no position is */
        for (; i < sorted_count && sorted[i] >> 32 == number; i++) {
            uint32_t position = occurrences[(uint32_t)sorted[i]].position;
            tf += position != last;
            last = position;
        }
        if (tf != expected) corrector->agrees = false;
        correction_put(&corrector->terms, number, 1, tf);
    }
}

/* The first occurrence after those of position of `i`. */
static size_t next_position(const Occurrence *occurrences, size_t count,
                            size_t i)
{
    size_t end = i;
    while (end < count && occurrences[end].position == occurrences[i].position)
        end++;
    return end;
}

/* Each two frequent words next to each other, as numbers of terms. */
static void gather_pairs(TextCorrector *corrector,
                         const Occurrence *occurrences, size_t count)
{
    buf_clear(&corrector->numbers);
    for (size_t i = 0, next; i < count; i = next) {
        next = next_position(occurrences, count, i);
        if (next == count ||
            occurrences[next].position != occurrences[i].position + 1)
            continue;
        size_t end = next_position(occurrences, count, next);
        for (size_t a = i; a < next; a++) {
            for (size_t b = next; b < end && occurrences[a].is_frequent; b++) {
                if (!occurrences[b].is_frequent) continue;
                put_number(&corrector->numbers,
                           (uint64_t)occurrences[a].number << 32 |
                               occurrences[b].number);
            }
        }
    }
}

/* Each pair once. */
static Status find_pairs(TextCorrector *corrector, uint32_t docid, Error *error)
{
    Segment *segment = corrector->job->segment;
    size_t count;
    uint64_t *sorted = sort_numbers(&corrector->numbers, &count);
    for (size_t i = 0; i < count && corrector->agrees; i++) {
        Postings list;
        PairPresence presence;
        uint32_t posting, tf;
        if (i && sorted[i] == sorted[i - 1]) continue;
        Status status = pairs_find(segment, (uint32_t)(sorted[i] >> 32),
                                   (uint32_t)sorted[i], &list, &presence,
                                   error);
        if (status != OK) return status;
        corrector->agrees = presence == PAIR_STORED &&
                            posting_find(&list, docid, &posting, &tf);
        if (corrector->agrees)
            correction_put(&corrector->pairs, list.number, 1, 0);
    }
    return OK;
}

/* The number of positions that have a token. */
static uint32_t length_of(const Occurrence *occurrences, size_t count)
{
    uint32_t length = 0;
    for (size_t i = 0; i < count; i = next_position(occurrences, count, i))
        length++;
    return length;
}

static Status correct_document(TextCorrector *corrector, uint32_t docid,
                               Error *error)
{
    Segment *segment = corrector->job->segment;
    Status status = analyse_document(corrector, docid, error);
    if (status != OK || !corrector->agrees) return status;
    const Occurrence *occurrences = (const void *)corrector->occurrences.data;
    size_t count = corrector->occurrences.size / sizeof *occurrences;
    uint32_t length = length_of(occurrences, count);
    uint8_t code = segment->sections[SECTION_NORMS].data[docid];
    corrector->tokens += length;
    corrector->nonempty += length > 0;
    if (norm_encode(length) != code) corrector->agrees = false;
    find_terms(corrector, occurrences, count);
    if (segment->pair_min_df) {
        gather_pairs(corrector, occurrences, count);
        status = find_pairs(corrector, docid, error);
    }
    return status == OK
               ? buf_check(&corrector->numbers, "removing documents", error)
               : status;
}

static int compare_corrections(const void *left, const void *right)
{
    uint32_t a = ((const Correction *)left)->number;
    uint32_t b = ((const Correction *)right)->number;
    return (a > b) - (a < b);
}

/* Sorts by number and adds up what has the same. */
static void add_up(Buf *corrections)
{
    Correction *all = (void *)corrections->data;
    size_t count = corrections->size / sizeof *all, kept = 0;
    if (count == 0) return;
    qsort(all, count, sizeof *all, compare_corrections);
    for (size_t i = 1; i < count; i++) {
        if (all[i].number == all[kept].number) {
            all[kept].df += all[i].df;
            all[kept].tf += all[i].tf;
        } else {
            all[++kept] = all[i];
        }
    }
    corrections->size = (kept + 1) * sizeof *all;
}

static Status finish(TextCorrector *corrector, Corrections *out, Error *error)
{
    Status status = buf_check(&corrector->terms, "removing documents", error);
    if (status == OK)
        status = buf_check(&corrector->pairs, "removing documents", error);
    if (status != OK) return status;
    add_up(&corrector->terms);
    add_up(&corrector->pairs);
    *out = (Corrections){.terms = corrector->terms,
                         .pairs = corrector->pairs,
                         .nonempty = corrector->nonempty,
                         .tokens = corrector->tokens};
    corrector->terms = corrector->pairs = (Buf){0};
    return OK;
}

Status correct_by_text(const CorrectionJob *job, Corrections *out, bool *agrees,
                       Error *error)
{
    TextCorrector corrector;
    const uint64_t *bits = job->removed->bits;
    uint32_t count = job->segment->document_count;
    Status status = corrector_init(&corrector, job, error);
    for (uint32_t word = 0; word <= (count - 1) / 64; word++) {
        for (uint64_t left = bits[word]; left; left &= left - 1) {
            if (status != OK || !corrector.agrees) break;
            uint32_t docid = 64 * word + (uint32_t)__builtin_ctzll(left);
            status = correct_document(&corrector, docid, error);
        }
    }
    if (status == OK && corrector.agrees)
        status = finish(&corrector, out, error);
    *agrees = status == OK && corrector.agrees;
    corrector_release(&corrector);
    return status;
}
