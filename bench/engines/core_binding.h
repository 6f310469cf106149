/* core_binding.h - binds this process, and the engines it starts, to one
 * processor.
 *
 * Waking another processor of a virtual machine costs more than most queries
 * take, and the cost varies; on one processor a question costs a switch.
 */
#ifndef QUERN_ENGINES_CORE_BINDING_H
#define QUERN_ENGINES_CORE_BINDING_H

typedef struct CoreBinding {
    int core; /* -1: could not be bound */
} CoreBinding;

/* Binds this thread to the last processor it may run on: the first ones get
 * most interrupts. Children inherit it. */
CoreBinding core_bind(void);

#endif
