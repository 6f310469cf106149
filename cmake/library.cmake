# libquern.so and libquern.a: the library for other programs. Both are made of
# the objects that Quern's own programs link, and show only what QUERN_API marks.
set(rooms quern_api quern_snippet quern_search quern_query quern_update quern_merge quern_build quern_corpus
  quern_segment quern_codec quern_text quern_input quern_base)
list(TRANSFORM rooms REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE QUERN_OBJECTS)

add_library(quern SHARED ${QUERN_OBJECTS})
target_include_directories(quern INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(quern PRIVATE $<BUILD_INTERFACE:quern_flags> ${QUERN_LIBRARIES})
# nodelete: quern_guard_install leaves a signal handler, which dlclose must not unmap.
target_link_options(quern PRIVATE -Wl,--as-needed -Wl,-Bsymbolic-functions -Wl,-z,nodelete
  -Wl,--exclude-libs,ALL)
if(NOT QUERN_SANITIZE) # the sanitizers' functions come with the program
  target_link_options(quern PRIVATE -Wl,-z,defs)
endif()
set_target_properties(quern PROPERTIES LINKER_LANGUAGE C
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
  LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

# One object, whose hidden symbols are local: no name of ours can collide with
# one of the program that links it.
set(object ${PROJECT_BINARY_DIR}/quern.o)
add_custom_command(OUTPUT ${object}
  COMMAND ${CMAKE_LINKER} -r -o ${object} ${QUERN_OBJECTS}
  COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${object}
  DEPENDS ${rooms} COMMAND_EXPAND_LISTS VERBATIM) # make has no rules for the objects of another folder
add_library(quern_static STATIC ${object})
set_target_properties(quern_static PROPERTIES LINKER_LANGUAGE C OUTPUT_NAME quern
  ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
