/* cache.c - see cache.h.  An entry is written under a temporary name and then
 * renamed, so a reader sees a whole entry or none. */
#include "cache.h"

#include "plugin.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define SUFFIX          ".image"
#define MAX_ENTRY_BYTES (SIZE_MAX / 2)

struct entry_header {
  char magic[8];
  struct hdl_cache_key key;
  uint64_t bytes; /* that follow */
  uint64_t hash;  /* of those */
};
static const char entry_magic[8] = "heddle\1";

struct hdl_cache_key hdl_cache_key(const void *image, size_t image_size,
                                   const void *runtime, size_t runtime_size,
                                   const char *options) {
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  XXH3_128bits_update(&state, &image_size, sizeof image_size);
  XXH3_128bits_update(&state, image, image_size);
  XXH3_128bits_update(&state, &runtime_size, sizeof runtime_size);
  XXH3_128bits_update(&state, runtime, runtime_size);
  XXH3_128bits_update(&state, options, strlen(options));
  XXH128_hash_t hash = XXH3_128bits_digest(&state);
  return (struct hdl_cache_key){.low = hash.low64, .high = hash.high64};
}

/* Returns false when there is no cache. */
static bool entry_path(struct hdl_cache_key key, char path[PATH_MAX]) {
  const char *directory = hdl_settings()->cache_dir;
  if (!directory)
    return false;
  int length =
      snprintf(path, PATH_MAX, "%s/%016llx%016llx" SUFFIX, directory,
               (unsigned long long)key.high, (unsigned long long)key.low);
  return length > 0 && length < PATH_MAX;
}

static bool read_all(int file, void *data, size_t size) {
  for (char *at = data; size > 0;) {
    ssize_t bytes = read(file, at, size);
    if (bytes < 0 && errno == EINTR)
      continue;
    if (bytes <= 0)
      return false;
    at += bytes;
    size -= (size_t)bytes;
  }
  return true;
}

static bool write_all(int file, const void *data, size_t size) {
  for (const char *at = data; size > 0;) {
    ssize_t bytes = write(file, at, size);
    if (bytes < 0 && errno == EINTR)
      continue;
    if (bytes <= 0)
      return false;
    at += bytes;
    size -= (size_t)bytes;
  }
  return true;
}

/* The checked contents of an open entry, or NULL. */
static void *read_entry(int file, struct hdl_cache_key key, size_t *size) {
  struct entry_header header;
  struct stat status;
  if (fstat(file, &status) != 0 || !read_all(file, &header, sizeof header) ||
      memcmp(header.magic, entry_magic, sizeof entry_magic) != 0 ||
      memcmp(&header.key, &key, sizeof key) != 0 ||
      header.bytes > MAX_ENTRY_BYTES ||
      (uint64_t)status.st_size != header.bytes + sizeof header)
    return NULL;
  void *data = malloc(header.bytes ? header.bytes : 1);
  if (data && read_all(file, data, header.bytes) &&
      XXH3_64bits(data, header.bytes) == header.hash) {
    *size = header.bytes;
    return data;
  }
  free(data);
  return NULL;
}

bool hdl_cache_load(struct hdl_cache_key key, void **data, size_t *size) {
  char path[PATH_MAX];
  if (!entry_path(key, path))
    return false;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return false;
  *data = read_entry(file, key, size);
  close(file);
  if (*data)
    hdl_info(2, "using the translation in %s", path);
  else
    hdl_info(1, "the cache entry %s is damaged; translating again", path);
  return *data != NULL;
}

/* Create `directory` and its parents. */
static bool make_directory(const char *directory) {
  char path[PATH_MAX];
  if (snprintf(path, sizeof path, "%s", directory) >= (int)sizeof path)
    return false;
  for (char *at = path + 1; *at; at++)
    if (*at == '/') {
      *at = '\0';
      if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return false;
      *at = '/';
    }
  return mkdir(path, 0777) == 0 || errno == EEXIST;
}

static bool write_entry(const char *path, struct hdl_cache_key key,
                        const void *data, size_t size) {
  char temporary[PATH_MAX];
  if (snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >=
      (int)sizeof temporary) {
    errno = ENAMETOOLONG;
    return false;
  }
  int file = mkstemp(temporary);
  if (file < 0)
    return false;
  struct entry_header header = {
      .key = key, .bytes = size, .hash = XXH3_64bits(data, size)};
  memcpy(header.magic, entry_magic, sizeof entry_magic);
  bool written =
      write_all(file, &header, sizeof header) && write_all(file, data, size);
  if (close(file) == 0 && written && rename(temporary, path) == 0)
    return true;
  int error = errno;
  unlink(temporary);
  errno = error;
  return false;
}

void hdl_cache_store(struct hdl_cache_key key, const void *data, size_t size) {
  static atomic_flag warned = ATOMIC_FLAG_INIT;
  char path[PATH_MAX];
  if (!entry_path(key, path))
    return;
  const char *directory = hdl_settings()->cache_dir;
  if (make_directory(directory) && write_entry(path, key, data, size)) {
    hdl_info(2, "keeping the translation in %s", path);
    return;
  }
  if (!atomic_flag_test_and_set(&warned))
    hdl_warn("cannot keep translated programs in %s (%s), so every run "
             "translates again; set HEDDLE_CACHE to a directory you can "
             "write, or to off",
             directory, strerror(errno));
}

void hdl_cache_usage(const char *directory, uint64_t *entries,
                     uint64_t *bytes) {
  *entries = *bytes = 0;
  DIR *stream = opendir(directory);
  if (!stream)
    return;
  for (struct dirent *item; (item = readdir(stream));) {
    size_t length = strlen(item->d_name);
    struct stat status;
    if (length < sizeof SUFFIX ||
        strcmp(item->d_name + length - (sizeof SUFFIX - 1), SUFFIX) != 0 ||
        fstatat(dirfd(stream), item->d_name, &status, 0) != 0)
      continue;
    ++*entries;
    *bytes += (uint64_t)status.st_size;
  }
  closedir(stream);
}
