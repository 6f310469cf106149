#!/usr/bin/env python3
"""abi.py [--update] COMPILER LIBRARY... - guards what programs see of libquern.

Describes include/quern in one text: every function, callback, struct (size,
offset and type of each member), enum value and macro. Fails with a diff if it
is not quern.abi, next to this file, or if a LIBRARY (libquern.so, libquern.a)
shows other symbols than these functions. --update rewrites quern.abi.
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
INCLUDE = os.path.join(HERE, "..", "..", "include")
RECORD = os.path.join(HERE, "quern.abi")
# Of a release, not of the ABI; and what has no value.
UNRECORDED = r"QUERN_(VERSION_\w+|API|\w+_H)$"
ADVICE = """
What programs see of libquern has changed. docs/library.md, "What may change", lists what a minor release may add:
functions, enum values, and members at the end of structs that begin with struct_size or that only the library fills in.
Anything else needs a new major version (project() in CMakeLists.txt, and include/quern/status.h). If this change is
intended and allowed, record it with
  cmake --build build/dev --target update_abi
and commit tests/abi/quern.abi; otherwise undo it.
"""


def headers():
    return sorted(name for name in os.listdir(os.path.join(INCLUDE, "quern")) if name.endswith(".h"))


def read(header):
    """The code of a header, without comments and directives, and its macros."""
    text = open(os.path.join(INCLUDE, "quern", header), encoding="utf-8").read()
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S).replace("\\\n", " ")
    macros = re.findall(r"^#define (QUERN_\w+)[ \t]*(.*)$", text, flags=re.M)
    code = re.sub(r"^#.*$", " ", text, flags=re.M)
    code = re.sub(r'extern "C" \{', " ", code)
    return " ".join(code.split()), macros


def split_top(text, separator):
    """Splits at separators outside of parentheses."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def members(body):
    """(type, name) of each member: `const quern_hit *hits`, `size_t start, end`."""
    for declaration in split_top(body, ";"):
        function = re.match(r"(.*\(\*)(\w+)(\)\(.*\))$", declaration)
        if function:
            yield function.group(1) + function.group(3), function.group(2)
            continue
        first, *others = split_top(declaration, ",")
        base, stars, name, array = re.match(r"(.*?)(\**)(\w+)((?:\[\w+\])*)$", first).groups()
        yield (base.strip() + " " + stars).strip() + array, name
        for other in others:
            stars, name, array = re.match(r"(\**)(\w+)((?:\[\w+\])*)$", other).groups()
            yield (base.strip() + " " + stars).strip() + array, name


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def struct_lines(name, body):
    yield f'printf("struct %s: %zu bytes\\n", "{name}", sizeof({name}));'
    for kind, member in members(body):
        yield (f'printf("    %3zu  %zu bytes  %s %s\\n", offsetof({name}, {member}), '
               f'sizeof((({name} *)0)->{member}), {quoted(kind)}, "{member}");')


def enum_lines(name, body):
    yield f'printf("enum %s: %zu bytes\\n", "{name}", sizeof({name}));'
    for value in split_top(body, ","):
        value = value.split("=")[0].strip()
        yield f'printf("    %s = %d\\n", "{value}", (int){value});'


def statements(code):
    """One statement of C that prints it for each thing that the code declares."""
    for match in re.finditer(r"typedef struct \w+ \{([^}]*)\} (\w+);", code):
        yield from struct_lines(match.group(2), match.group(1))
    for match in re.finditer(r"typedef enum \w+ \{([^}]*)\} (\w+);", code):
        yield from enum_lines(match.group(2), match.group(1))
    for match in re.finditer(r"typedef struct (\w+) \1;", code):
        yield f'puts("opaque {match.group(1)}");'
    for match in re.finditer(r"typedef (?!struct|enum)[^;{]*;", code):
        yield f"puts({quoted(match.group(0))});"
    for declaration in functions(code):
        yield f"puts({quoted(declaration)});"


def functions(code):
    return [match.group(1) for match in re.finditer(r"QUERN_API ([^;{]*);", code)]


def description(compiler):
    lines = []
    for header in headers():
        code, macros = read(header)
        lines.append(f'puts("\\n[{header}]");')
        lines += [f"puts({quoted('macro ' + name + ' ' + ' '.join(value.split()))});"
                  for name, value in macros if not re.match(UNRECORDED, name)]
        lines += statements(code)
    source = "#include <quern/quern.h>\n#include <stdio.h>\nint main(void)\n{\n" + "\n".join(lines) + "\nreturn 0;\n}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "describe.c")
        open(path, "w", encoding="utf-8").write(source)
        subprocess.run([compiler, "-w", "-I", INCLUDE, "-o", path[:-2], path], check=True)
        return subprocess.run([path[:-2]], capture_output=True, text=True, check=True).stdout.lstrip()


def entries(lines):
    """The lines, those of a member or an enum value with the name of its struct or enum."""
    owner = ""
    for line in lines:
        owner = owner if line.startswith(" ") else line.split(":")[0]
        yield f"{owner}: {' '.join(line.split())}" if line.startswith(" ") else line


def breaks(recorded, now):
    """Why programs that were built before would break."""
    before, after = list(entries(recorded)), list(entries(now))
    for entry in before:
        if entry not in after and not re.match(r"struct \w+: \d+ bytes$|macro QUERN_\w+_INIT ", entry):
            yield f"removed or changed: {entry}"
    for entry in after:
        struct = re.match(r"(struct \w+): \d+ \d+ bytes", entry)
        if struct and entry not in before and f"{struct.group(1)}: 0 8 bytes size_t struct_size" in before and any(
                re.match(struct.group(1) + r": \d+ bytes$", same) for same in set(before) & set(after)):
            yield f"in padding, where struct_size does not show it: {entry}"


def symbols(library):
    which = ["-D"] if ".so" in os.path.basename(library) else ["-g"]
    listed = subprocess.run(["nm", *which, "--defined-only", "--format=posix", library],
                            capture_output=True, text=True, check=True).stdout
    return {line.split()[0].split("@")[0] for line in listed.splitlines() if len(line.split()) > 2}


def check_symbols(library):
    declared = {re.search(r"(\w+)\(", declaration).group(1) for header in headers()
                for declaration in functions(read(header)[0])}
    shown = symbols(library)
    for name in sorted(shown - declared):
        print(f"{library} shows {name}, which no header of include/quern declares")
    for name in sorted(declared - shown):
        print(f"{library} does not show {name}, which include/quern declares")
    return shown == declared


def main(arguments):
    if arguments[:1] == ["--update"]:
        open(RECORD, "w", encoding="utf-8").write(description(arguments[1]))
        return 0
    compiler, *libraries = arguments
    now = description(compiler).splitlines()
    recorded = open(RECORD, encoding="utf-8").read().splitlines()
    change = list(difflib.unified_diff(recorded, now, "quern.abi", "include/quern", lineterm="", n=2))
    if change:
        print("\n".join(change) + "\n")
        for why in breaks(recorded, now):
            print("programs that were built before break:", why)
        print(ADVICE)
    right = [check_symbols(library) for library in libraries]
    return 1 if change or not all(right) else 0


sys.exit(main(sys.argv[1:]))
