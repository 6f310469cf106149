/* trial_folder.h - the scratch folder of a program that runs trials. */
#ifndef QUERN_FAULTS_TRIAL_FOLDER_H
#define QUERN_FAULTS_TRIAL_FOLDER_H

#include "tests/faults/rounds.h"

/* Ends the program with status 3 if there can be no folder. */
void trial_folder_make(void);

/* A path in the folder, for good. */
char *trial_path(const char *name);

/* Prints how many points passed, of which program; removes the folder. Returns
 * the status to exit with. */
int trials_end(const char *program, const Tally *tally);

#endif
