#!/usr/bin/env python3
"""imports.py BUILD_TYPE LIBQUERN.SO OBJECT... - the library keeps its promises.

What libquern.so may not do is visible in what it imports: no standard stream,
no end of the process, no signal handler, no environment, nothing that depends
on the locale or changes the state of the process. The few exceptions are listed
with the OBJECT (a file name without .c.o) that may use them. Its variables are
compared with a list, too, except in a build with sanitizers.
"""
import collections
import os
import re
import subprocess
import sys

FORBIDDEN = {
    "writes to a standard stream": r"stdout|stderr|printf|vprintf|puts|putchar|putchar_unlocked|perror|psignal|psiginfo|"
                                   r"error|error_at_line|v?warnx?|v?errx?|syslog|vsyslog|(__)?v?printf_chk",
    "reads a standard stream": r"stdin|getchar|scanf|vscanf|__isoc99_v?scanf",
    "ends the process": r"exit|_exit|_Exit|quick_exit|abort|raise|kill|pthread_kill|pthread_exit|__assert_fail|atexit|"
                        r"longjmp|siglongjmp",
    "handles signals": r"signal|sigaction|sigprocmask|pthread_sigmask|sigaltstack|sigwait|sigwaitinfo|alarm|setitimer",
    "starts a thread": r"pthread_create|thrd_create",
    "uses the environment": r"(secure_)?getenv|setenv|putenv|unsetenv|clearenv|environ",
    "starts a process": r"fork|vfork|system|popen|posix_spawnp?|exec[lv]\w*",
    "changes the state of the process": r"setlocale|uselocale|chdir|fchdir|umask|srand|srandom|tzset|setrlimit|feset\w+|"
                                        r"nice|setpriority|sched_setaffinity|set[eug]*id",
    "depends on the locale": r"strto(f|d|ld)|atof|str(n)?casecmp|strcoll|strxfrm|isw\w+|tow\w+|mbs?\w*towcs?|wcs?\w*tombs?|"
                             r"localeconv|nl_langinfo|__ctype_\w+",
    "is not safe with threads": r"getpw(uid|nam)|getgr(gid|nam)|gmtime|localtime|ctime|asctime|strtok|rand|random|tmpnam|"
                                r"mktemp|readdir64_r|dirname|basename",
}
# The files that may, and why.
C_LOCALE = "for the duration of a call, in this thread (c_locale.h)"
EXCEPTIONS = {
    ("map_guard", "_exit"): "quern_guard_install",
    ("map_guard", "sigaction"): "quern_guard_install",
    ("cpu", "getenv"): "QUERN_CPU",
    ("thread", "pthread_create"): "with signals blocked",
    ("thread", "pthread_sigmask"): "threads of the library run no handler of the program",
    ("buf", "uselocale"): C_LOCALE,
    ("status", "uselocale"): C_LOCALE,
    ("tree", "uselocale"): C_LOCALE,
    ("folder_names", "uselocale"): C_LOCALE,
    ("ignore_rules", "uselocale"): C_LOCALE,
    ("manifest_value", "uselocale"): C_LOCALE,
    ("manifest_value", "strtof"): C_LOCALE,
    ("query_format", "uselocale"): C_LOCALE,
    ("query_format", "strtof"): C_LOCALE,
    ("query_lexer", "uselocale"): C_LOCALE,
    ("query_lexer", "strtof"): C_LOCALE,
}
# Writable variables: of the process, set once or atomic.
VARIABLES = {
    "maps": "map_guard: the mapped files, for quern_guard_install",
    "program_name": "map_guard: what its message begins with",
    "cpu_cached_level": "cpu: the instruction set, atomic",
    "process_seed": "hash: random, set once",
    "seed_once": "hash: pthread_once",
    "text": "analyzer: a buffer of each thread for versions",
}
COMPILERS_OWN = r"completed\.\d+|__cpu_model|__cpu_features2|__TMC_END__|__dso_handle|_edata|_end|__bss_start|\.\w+|"


def lines(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def imports(*paths, options=()):
    """(file, name) of each."""
    for line in lines("nm", *options, "-A", "-u", "--format=posix", *paths):
        path, name = line.split()[:2]
        yield os.path.basename(path.rstrip(":")).split(".")[0], name.split("@")[0]


def check_imports(build_type, library, objects):
    """Each forbidden name that the library imports must be an exception in every object that uses it."""
    users = collections.defaultdict(set)
    for user, name in imports(*objects):
        users[name].add(user)
    wrong, used = [], set()
    for name in sorted({name for _, name in imports(library, options=["-D"])}):
        for what, pattern in FORBIDDEN.items():
            if not re.fullmatch(pattern, name) or (name == "__assert_fail" and build_type != "Release"):
                continue
            for user in sorted(users.get(name, {"(none of the objects)"})):
                used.add((user, name))
                if (user, name) not in EXCEPTIONS:
                    wrong.append(f"{user}: {name} {what}, which the library must not")
    wrong += [f"{user} no longer uses {name}: remove the exception" for user, name in sorted(EXCEPTIONS.keys() - used)]
    return wrong


def check_variables(library):
    variables = set()
    for line in lines("objdump", "-t", library):
        match = re.match(r"[0-9a-f]+ .{7} (\.data|\.bss|\.tbss|\.tdata)\t[0-9a-f]+ +(?:\.hidden )?(.*)$", line)
        if match and not re.fullmatch(COMPILERS_OWN, match.group(2)):
            # gcc writes text.0 for a static variable of a function, clang function.text.
            variables.add(re.sub(r"\.\d+$", "", match.group(2)).split(".")[-1])
    return ([f"a new writable variable of the process: {name}" for name in sorted(variables - VARIABLES.keys())] +
            [f"there is no variable {name} any more" for name in sorted(VARIABLES.keys() - variables)])


def main(build_type, library, *objects):
    wrong = check_imports(build_type, library, objects)
    if build_type != "sanitized":
        wrong += check_variables(library)
    for line in wrong:
        print(line)
    print(len(objects), "objects,", len(wrong), "wrong")
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
