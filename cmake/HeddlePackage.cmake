# What users see: configuration files, headers, CMake and pkg-config packages.
# The build tree gets the same files at the same places as an install prefix;
# none of them names an absolute path.
file(GLOB public_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/*.h)
set(built_headers)
foreach(header IN LISTS public_headers)
  get_filename_component(name ${header} NAME)
  set(copy ${PROJECT_BINARY_DIR}/include/${name})
  add_custom_command(OUTPUT ${copy}
    COMMAND ${CMAKE_COMMAND} -E copy ${header} ${copy}
    DEPENDS ${header} VERBATIM)
  list(APPEND built_headers ${copy})
endforeach()
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/include)
add_custom_target(public-headers ALL DEPENDS ${built_headers})

set(package_dir lib/cmake/Heddle)
foreach(name heddle.cfg heddle-aot.cfg)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/${name}
    ${PROJECT_BINARY_DIR}/${name} COPYONLY)
endforeach()
configure_file(${PROJECT_SOURCE_DIR}/cmake/HeddleConfig.cmake
  ${PROJECT_BINARY_DIR}/${package_dir}/HeddleConfig.cmake COPYONLY)
configure_file(${PROJECT_SOURCE_DIR}/cmake/heddle.pc.in
  ${PROJECT_BINARY_DIR}/lib/pkgconfig/heddle.pc @ONLY)
include(CMakePackageConfigHelpers)
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/${package_dir}/HeddleConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)

foreach(directory test examples)
  if(EXISTS ${PROJECT_SOURCE_DIR}/${directory}/lit.site.cfg.py.in)
    configure_file(${PROJECT_SOURCE_DIR}/${directory}/lit.site.cfg.py.in
      ${PROJECT_BINARY_DIR}/${directory}/lit.site.cfg.py @ONLY)
  endif()
endforeach()

install(TARGETS heddle HeddleGlobalize LIBRARY DESTINATION lib)
install(TARGETS heddle-info RUNTIME DESTINATION bin)
install(FILES ${PROJECT_BINARY_DIR}/lib/libompdevice.a DESTINATION lib)
install(FILES ${public_headers} DESTINATION include)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/heddle.cfg
  ${PROJECT_SOURCE_DIR}/cmake/heddle-aot.cfg DESTINATION .)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/HeddleConfig.cmake
  ${PROJECT_BINARY_DIR}/${package_dir}/HeddleConfigVersion.cmake
  DESTINATION ${package_dir})
install(FILES ${PROJECT_BINARY_DIR}/lib/pkgconfig/heddle.pc
  DESTINATION lib/pkgconfig)
