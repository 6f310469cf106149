# What `cmake --install` installs in addition to the programs: the library with
# its headers, documentation and examples; man pages and completions, which the
# programs generate from their option tables.
include(CMakePackageConfigHelpers)

if(TARGET quern)
  install(TARGETS quern EXPORT quern LIBRARY)
  install(TARGETS quern_static ARCHIVE)
  install(DIRECTORY include/quern TYPE INCLUDE FILES_MATCHING PATTERN *.h)
  install(FILES docs/library.md TYPE DOC)
  install(DIRECTORY docs/examples TYPE DOC)

  # pkg-config
  file(RELATIVE_PATH QUERN_PREFIX_FROM_PC
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
  string(REGEX REPLACE "/$" "" QUERN_PREFIX_FROM_PC "${QUERN_PREFIX_FROM_PC}")
  configure_file(cmake/quern.pc.in quern.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/quern.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

  # find_package(quern)
  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/quern)
  install(EXPORT quern NAMESPACE quern:: FILE quern-targets.cmake DESTINATION ${package})
  configure_package_config_file(cmake/quern_config.cmake.in quern-config.cmake
    INSTALL_DESTINATION ${package} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
  write_basic_package_version_file(quern-config-version.cmake COMPATIBILITY SameMajorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/quern-config.cmake
    ${PROJECT_BINARY_DIR}/quern-config-version.cmake DESTINATION ${package})
endif()

# quern_generate(PROGRAM WHAT FILE FOLDER): writes the output of PROGRAM
# --generate WHAT to FILE and installs it into FOLDER.
function(quern_generate program what file folder)
  set(output ${PROJECT_BINARY_DIR}/generated/${what}/${file})
  get_filename_component(output_folder ${output} DIRECTORY)
  file(MAKE_DIRECTORY ${output_folder})
  add_custom_command(OUTPUT ${output}
    COMMAND ${program} --generate ${what} > ${output}
    DEPENDS ${program} VERBATIM)
  set_property(GLOBAL APPEND PROPERTY QUERN_GENERATED ${output})
  install(FILES ${output} DESTINATION ${folder})
endfunction()

foreach(program IN ITEMS indexer searcher bench)
  quern_generate(${program} man ${program}.1 ${CMAKE_INSTALL_MANDIR}/man1)
  quern_generate(${program} complete-bash ${program}
    ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  quern_generate(${program} complete-zsh _${program} ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  quern_generate(${program} complete-fish ${program}.fish
    ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endforeach()

get_property(generated GLOBAL PROPERTY QUERN_GENERATED)
add_custom_target(quern_pages ALL DEPENDS ${generated})
