/* model_segment.h - a segment file and the lists it was made from.
 *
 * The model is random except for its shape. The writers make the file; the
 * readers must give the model back.
 */
#ifndef QUERN_SEGMENT_MODEL_SEGMENT_H
#define QUERN_SEGMENT_MODEL_SEGMENT_H

#include "common/base/arena.h"
#include "common/segment/segment.h"
#include "tests/support/random.h"

/* So that a term in 160 documents has them. */
enum { MODEL_CHAMPIONS = 20 };

typedef struct ModelShape {
    uint32_t document_count;
    uint32_t term_count; /* besides a few that reach every class */
    uint32_t bitmap_share, bounds_share, short_limit;
    bool positions, titles, stored;
    const char *term_start; /* what all terms begin with */
} ModelShape;

typedef struct ModelTerm {
    Span term;
    uint32_t df;
    uint64_t total_tf;
    uint32_t *docids, *tfs;
    uint32_t **positions; /* of each posting */
} ModelTerm;

typedef struct Model {
    ModelShape shape;
    Arena arena;
    ModelTerm *terms; /* in byte order */
    uint32_t term_count;
    uint32_t *lengths, *title_ends; /* of each document */
    uint64_t token_count;
    char path[256]; /* of the segment file */
} Model;

/* Limits so low that a few hundred documents reach every class. */
extern const ModelShape SMALL_SHAPE;

/* Makes a model and its file in a new folder. Fails the test if it cannot. */
void model_new(Model *model, ModelShape shape, uint64_t seed);

/* Removes the files too. */
void model_free(Model *model);

/* "id-7" or longer, unlike in length. */
void model_id(uint32_t docid, Buf *out);

/* Title and text of a document, as they were stored. */
void model_text(uint32_t docid, Buf *title, Buf *text);

#endif
