# External libraries, each used in one file (README.md, 'Libraries').
# quern_config.cmake.in and quern.pc.in name them again, for programs
# that link libquern.a.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(YAJL REQUIRED IMPORTED_TARGET yajl)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
find_library(STEMMER_LIBRARY stemmer REQUIRED)   # Debian's package has no .pc file
find_path(STEMMER_INCLUDE libstemmer.h REQUIRED)
# Libraries of document formats, for `indexer` alone (readers/). Without one the
# format is reported with the package that is missing.
pkg_check_modules(GUMBO IMPORTED_TARGET gumbo)
pkg_check_modules(GMIME IMPORTED_TARGET gmime-3.0)
pkg_check_modules(UCHARDET IMPORTED_TARGET uchardet)
set(QUERN_LIBRARIES PkgConfig::XXHASH PkgConfig::ZSTD PkgConfig::ZLIB PkgConfig::YAJL
  PkgConfig::UTF8PROC ${STEMMER_LIBRARY} Threads::Threads m)
