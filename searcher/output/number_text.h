/* number_text.h - fast number formatting: a run has thousands per query. */
#ifndef QUERN_OUTPUT_NUMBER_TEXT_H
#define QUERN_OUTPUT_NUMBER_TEXT_H

#include "common/base/buf.h"

/* Like printf("%.9g"), which reads back to the same 32 bits. */
void put_score(Buf *out, float score);

void put_number(Buf *out, uint64_t number);

#endif
