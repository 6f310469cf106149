/* null_engine.h - an engine that answers at once: its time is the pipe's. */
#ifndef QUERN_ENGINES_NULL_ENGINE_H
#define QUERN_ENGINES_NULL_ENGINE_H

/* Reads lines from standard input and answers each with 1, until its end. */
void null_engine_serve(void);

#endif
