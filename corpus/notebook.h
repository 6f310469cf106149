/* notebook.h - the text of a Jupyter notebook; private to corpus/.
 *
 * Text are the sources of cells (code, Markdown, raw), and of their outputs
 * what was printed, text/plain, and the name and value of an error. Images,
 * HTML, JavaScript, widgets, attachments, tracebacks and metadata are not: the
 * first of these are long, and none was written by a person. The title is the
 * first heading in a Markdown cell, which is then not part of the text.
 * nbformat 3 to 5.
 */
#ifndef QUERN_CORPUS_NOTEBOOK_H
#define QUERN_CORPUS_NOTEBOOK_H

#include "corpus/json_values.h"

/* False if it is not JSON, or has no list of cells: then nothing was put. */
bool notebook_put_text(JsonValues *self, Span json, Buf *title);

#endif
