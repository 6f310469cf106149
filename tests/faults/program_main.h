/* program_main.h - a program's main under a name by which tests can call it.
 *
 * CMakeLists.txt has main.c of a program begin with this file. */
#ifndef QUERN_FAULTS_PROGRAM_MAIN_H
#define QUERN_FAULTS_PROGRAM_MAIN_H

int program_main(int argc, char **argv);

#ifdef QUERN_PROGRAM_MAIN
#define main program_main
#endif

#endif
