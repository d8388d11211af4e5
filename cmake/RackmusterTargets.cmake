# One folder, one target, one namespace. The functions below are the only way
# targets are made, so every target gets the same language level, warnings,
# sanitizers and include root.

include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(RACKMUSTER_CCACHE ccache)
if(RACKMUSTER_CCACHE)
  # Paths relative to the source: one build directory profits from what another compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      ${RACKMUSTER_CCACHE})
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

add_library(rackmuster_options INTERFACE)
target_compile_options(rackmuster_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Werror
  # Members have defaults; naming only the others is the point of a designated initializer.
  -Wno-missing-field-initializers
  # GCC 12 sees overlaps in std::string that are not there (GCC bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict>)
target_compile_definitions(rackmuster_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH
  RACKMUSTER_VERSION="${PROJECT_VERSION}")
target_include_directories(rackmuster_options INTERFACE ${CMAKE_SOURCE_DIR})
if(RACKMUSTER_SANITIZE)
  target_compile_options(rackmuster_options INTERFACE
    -fsanitize=${RACKMUSTER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(rackmuster_options INTERFACE -fsanitize=${RACKMUSTER_SANITIZE})
endif()
# libFuzzer's coverage has to be in the code under test, not only in the
# harness, so it is a property of every target of such a build.
if(RACKMUSTER_FUZZ)
  target_compile_options(rackmuster_options INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(rackmuster_options INTERFACE -fsanitize=address,undefined)
endif()

# rackmuster_library(NAME SOURCES ... HEADERS ... LINK ...)
# LINK names the layers and libraries that the folder's README allows.
function(rackmuster_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;LINK" ${ARGN})
  if(ARG_SOURCES)
    add_library(rackmuster_${name} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(rackmuster_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  # A source includes its own header before anything else (tests/structure sees to that), which proves that the header
  # compiles by itself. Only headers without a source are compiled once more for it.
  set(proven)
  set(alone)
  foreach(header IN LISTS ARG_HEADERS)
    string(REGEX REPLACE "\\.h$" ".cpp" source ${header})
    if(source IN_LIST ARG_SOURCES)
      list(APPEND proven ${header})
    else()
      list(APPEND alone ${header})
    endif()
  endforeach()
  target_sources(rackmuster_${name} ${scope}
    FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${alone}
    FILE_SET proven_headers TYPE HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${proven})
  target_link_libraries(rackmuster_${name} ${scope} rackmuster_options ${ARG_LINK})
  set_target_properties(rackmuster_${name} PROPERTIES
    VERIFY_INTERFACE_HEADER_SETS ON INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
endfunction()

# rackmuster_test(NAME SOURCES ... LINK ... [LABELS ...] [TIMEOUT s])
# A QtTest program; the test's name is its path below tests/. With ThreadSanitizer it is tsan/..., so that it can stand
# beside the one of another build.
function(rackmuster_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  set(test ${name})
  if(RACKMUSTER_SANITIZE STREQUAL "thread")
    set(test tsan/${name})
    list(APPEND ARG_LABELS tsan)
  endif()
  string(REPLACE "/" "_" target "tst_${name}")
  add_executable(${target} ${ARG_SOURCES})
  set_target_properties(${target} PROPERTIES AUTOMOC ON)
  target_link_libraries(${target} PRIVATE rackmuster_options rackmuster_test_support Qt6::Test ${ARG_LINK})
  if(RACKMUSTER_SANITIZE STREQUAL "thread")
    if(NOT TARGET server_tests)
      add_custom_target(server_tests)
    endif()
    add_dependencies(server_tests ${target})
  endif()
  # The engine looks for the programs that it starts beside the one that it is in.
  if("rackmuster_engine" IN_LIST ARG_LINK OR "rackmuster_ui" IN_LIST ARG_LINK)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
    add_dependencies(${target} rackmuster-reader)
  endif()
  add_test(NAME ${test} COMMAND ${target})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${test} PROPERTIES TIMEOUT ${ARG_TIMEOUT}
    LABELS "${ARG_LABELS}"
    # QtTest's own patience of five minutes is shorter than what the thorough ones take. Some start programs between their
    # threads, which ThreadSanitizer else refuses.
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QTEST_FUNCTION_TIMEOUT=${ARG_TIMEOUT}000;TSAN_OPTIONS=die_after_fork=0 suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan-suppressions")
endfunction()

# rackmuster_fuzzer(NAME [WHOLE_SERVER] SOURCES ... LINK ...): built with RACKMUSTER_FUZZ only.
# `ctest -L fuzz` runs each one for RACKMUSTER_FUZZ_SECONDS from its corpus, that of a whole server eight times as long.
set(RACKMUSTER_FUZZ_SECONDS 15 CACHE STRING "Seconds each fuzzer runs under ctest")
function(rackmuster_fuzzer name)
  if(NOT RACKMUSTER_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "WHOLE_SERVER" "" "SOURCES;LINK;OPTIONS" ${ARGN})
  set(seconds ${RACKMUSTER_FUZZ_SECONDS})
  if(ARG_WHOLE_SERVER)
    math(EXPR seconds "8 * ${seconds}")
  endif()
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers)
  endif()
  add_executable(fuzz_${name} ${ARG_SOURCES})
  add_dependencies(fuzzers fuzz_${name})
  target_link_libraries(fuzz_${name} PRIVATE rackmuster_options ${ARG_LINK})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  # New inputs go to the build tree; the kept corpus is read only.
  set(found ${CMAKE_CURRENT_BINARY_DIR}/found-${name})
  file(MAKE_DIRECTORY ${found})
  add_test(NAME fuzz/${name} COMMAND fuzz_${name}
    -max_total_time=${seconds} -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 ${ARG_OPTIONS}
    ${found} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
  math(EXPR limit "${seconds} * 3 + 60")
  set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz TIMEOUT ${limit})
endfunction()
