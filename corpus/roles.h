/* roles.h - which keys of a record are id, title and text.
 *
 * A row of a table is taken as a flat object whose keys are the columns. Keys
 * come from the options; the others are recognised as soon as a record has
 * them, and which are read is reported. Private to corpus/.
 */
#ifndef QUERN_CORPUS_ROLES_H
#define QUERN_CORPUS_ROLES_H

#include "corpus/seen_fields.h"

#include "common/input/json.h"

typedef struct Roles {
    const Source *source;
    const char *format;            /* begins the report: "jsonl" */
    const char *id, *title, *text; /* keys, or NULL while not known */
    bool is_table;                 /* see roles_init_table */
    bool takes_all; /* a table without text column: all columns are the text */
    Buf joined;     /* that text, or one of a value with others in it */
    DocumentField *fields; /* owned; those of the last document */
    bool *fields_seen;     /* owned; of each to be stored */
    SeenFields seen;
    bool announced, noted_no_id;
    bool has_lone; /* surrogates in the last document */
    char reason[256];
} Roles;

NODISCARD Status roles_init(Roles *roles, const Source *source,
                            const char *format, Error *error);

/* The same for the rows of a table, all of which have the same keys. Names are
 * recognised without case, if roles_spelling was used; without a text column
 * all columns but id and title are the text, each on a line. `id` is the column
 * that is the id because of its values, or NULL. */
NODISCARD Status roles_init_table(Roles *roles, const Source *source,
                                  const char *format, const char *id,
                                  Error *error);

/* Fills id, title, text and fields of *out, borrowed from the record and from
 * roles. False if the record cannot be a document: then `reason` is why. If
 * something of the document was left out, it is that; else it is empty. */
bool roles_apply(Roles *roles, JsonObject record, Document *out);

/* Reports the reason of the last roles_apply, if there is one. */
NODISCARD Status roles_report(const Roles *roles, const StreamRecord *record,
                              bool found, Error *error);

/* ERR_USAGE if no record so far had a key that the options name, or one that
 * can be the text: to be called after each record (it looks once, after the
 * first 1,000) and at the end of the source. The message names the keys. */
NODISCARD Status roles_check(Roles *roles, bool at_end, Error *error);

/* Is this a column that roles would recognise, or one from the options? Without
 * regard to case. */
bool roles_know_column(const CorpusOptions *options, Span name);

/* Is it one from the options? */
bool roles_name_column(const CorpusOptions *options, Span name);

/* The name as the options or roles spell it, if it differs from theirs only by
 * case; else the name itself. */
Span roles_spelling(const CorpusOptions *options, Span name);

void roles_release(Roles *roles);

#endif
