# write_commit.cmake - writes a C file that names the commit of the source.
#
#   cmake -DSOURCE=FOLDER -DOUTPUT=FILE -P write_commit.cmake
#
# Runs with every build, and writes only if the commit is another, so that
# nothing is compiled again. Without git the commit is empty.
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit "")
endif()
set(text "#include \"bench/measure/machine_facts.h\"\nconst char *const QUERN_COMMIT = \"${commit}\";\n")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} before)
endif()
if(NOT "${before}" STREQUAL "${text}")
  file(WRITE ${OUTPUT} "${text}")
endif()
