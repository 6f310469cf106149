/* compiler.h - compiler-specific attributes and builtins, all in one place. */
#ifndef QUERN_BASE_COMPILER_H
#define QUERN_BASE_COMPILER_H

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(form, first) __attribute__((format(printf, form, first)))
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define NEVER_INLINE __attribute__((noinline))
/* A variable of another file that is never exported: addressed directly even in
 * code for a shared library, as -fvisibility=hidden does for definitions. */
#define HIDDEN __attribute__((visibility("hidden")))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define ALIGNED(bytes) __attribute__((aligned(bytes)))
#define PREFETCH(address) __builtin_prefetch(address)

#endif
