/* file_text.h - what is text of a file that is one document; private to
 * corpus/.
 *
 * JSON: its strings and numbers (json_values.h); notebooks: their cells
 * (notebook.h); of Markdown and text files with front matter the values, and
 * its title (front_matter.h). Of any other file all bytes.
 */
#ifndef QUERN_CORPUS_FILE_TEXT_H
#define QUERN_CORPUS_FILE_TEXT_H

#include "corpus/reader.h"

/* Owns what was made of the file. */
typedef struct FileText {
    Buf text, title;
} FileText;

/* Replaces text and title of *out, whose text is all bytes of the file. JSON
 * with syntax errors is left as it is, and reported as a change. */
NODISCARD Status file_text_take(FileText *self, const Source *source,
                                Document *out, Error *error);

/* Whether the name is a notebook's: that is one document wherever it is. */
bool file_is_notebook(const char *path);

void file_text_release(FileText *self);

#endif
