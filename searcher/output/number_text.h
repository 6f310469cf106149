/* number_text.h - numbers as text, fast: runs hold thousands a query. */
#ifndef QUERN_OUTPUT_NUMBER_TEXT_H
#define QUERN_OUTPUT_NUMBER_TEXT_H

#include "common/base/buf.h"

/* What printf("%.9g") writes: reads back to the same 32 bits. */
void put_score(Buf *out, float score);

void put_number(Buf *out, uint64_t number);

#endif
