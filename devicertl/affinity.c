/* affinity.c - the affinity format (OpenMP 5.2, 18.3.8 to 18.3.11 and 21.2.5).
 * There are no places to tell, but the other fields have their values. */
#include "libc/libc.h"

int omp_get_team_num(void);
int omp_get_num_teams(void);
int omp_get_ancestor_thread_num(int level);

enum { FORMAT = 256, RECORD = 512 /* longer ones go through the heap */ };

/* affinity-format-var, one for the device. */
static char format_var[FORMAT] = "thread %n of %N on warp %i";

/* A field, "%0.5n" or "%{thread_num}". */
struct field {
  bool zero, right;
  int32_t width;
  char type; /* the short name; 0: unknown */
};

static bool is_name(const char *at, const char *name) {
  while (*name && *at == *name)
    at++, name++;
  return !*name && *at == '}';
}

/* The short name of the long name at `at`, up to a brace. */
static char short_name(const char *at) {
  static const struct {
    char type;
    const char *name;
  } types[] = {
      {'t', "team_num"},       {'T', "num_teams"},   {'L', "nesting_level"},
      {'n', "thread_num"},     {'N', "num_threads"}, {'a', "ancestor_tnum"},
      {'H', "host"},           {'P', "process_id"},  {'i', "native_thread_id"},
      {'A', "thread_affinity"}};
  for (uint32_t i = 0; i < sizeof types / sizeof *types; i++)
    if (is_name(at, types[i].name))
      return types[i].type;
  return 0;
}

/* Read what follows a percent sign; returns what follows that. */
static const char *read_field(const char *at, struct field *f) {
  *f = (struct field){0};
  if (*at == '0') {
    f->zero = true;
    at++;
  }
  if (*at == '.') {
    f->right = true;
    at++;
  }
  for (; libc_is_digit(*at); at++)
    if (f->width < FORMAT)
      f->width = 10 * f->width + (*at - '0');
  if (*at != '{') {
    f->type = *at;
    return *at ? at + 1 : at;
  }
  f->type = short_name(++at);
  while (*at && *at != '}')
    at++;
  return *at ? at + 1 : at;
}

/* The value of a field; false if the device has none. */
static bool field_value(char type, int32_t *value) {
  const struct hdl_thread *t = hdl_self();
  switch (type) {
  case 't':
    *value = omp_get_team_num();
    return true;
  case 'T':
    *value = omp_get_num_teams();
    return true;
  case 'L':
    *value = (int32_t)t->team->level;
    return true;
  case 'n':
    *value = (int32_t)t->num;
    return true;
  case 'N':
    *value = (int32_t)t->team->size;
    return true;
  case 'a':
    *value = omp_get_ancestor_thread_num((int)t->team->level - 1);
    return true;
  case 'i':
    *value = (int32_t)t->id;
    return true;
  default:
    return false;
  }
}

static void put_field(struct libc_text *text, struct field f) {
  struct libc_spec spec = {
      .left = !f.right, .zero = f.zero && f.right, .width = f.width};
  char digits[12];
  struct libc_text number = {digits, sizeof digits, 0};
  int32_t value;
  if (field_value(f.type, &value)) {
    hdl_libc_format(&number, "%d", &value);
    bool negative = value < 0;
    hdl_libc_field(text, &spec, negative ? "-" : "", 0, digits + negative,
                   (int32_t)number.length - negative);
  } else {
    spec.zero = false;
    hdl_libc_field(text, &spec, "", 0, "undefined", 9);
  }
}

static void put_affinity(struct libc_text *text, const char *format) {
  if (!format || !*format)
    format = format_var;
  while (*format) {
    if (*format != '%') {
      libc_put(text, *format++);
    } else if (format[1] == '%') {
      libc_put(text, '%');
      format += 2;
    } else {
      struct field f;
      format = read_field(format + 1, &f);
      put_field(text, f);
    }
  }
}

/* End the text in `to`, of which `room` bytes are there, with a nul. */
static size_t finish(char *to, size_t room, size_t length) {
  if (room)
    to[length < room ? length : room - 1] = 0;
  return length;
}

static void copy(struct libc_text *text, const char *from) {
  while (*from)
    libc_put(text, *from++);
}

HDL_API void ompc_set_affinity_format(const char *format) {
  struct libc_text text = {format_var, FORMAT - 1, 0};
  copy(&text, format);
  finish(format_var, FORMAT, text.length);
}

HDL_API size_t ompc_get_affinity_format(char *to, size_t room) {
  struct libc_text text = {to, room ? room - 1 : 0, 0};
  copy(&text, format_var);
  return finish(to, room, text.length);
}

HDL_API size_t ompc_capture_affinity(char *to, size_t room,
                                     const char *format) {
  struct libc_text text = {to, room ? room - 1 : 0, 0};
  put_affinity(&text, format);
  return finish(to, room, text.length);
}

HDL_API void ompc_display_affinity(const char *format) {
  char room[RECORD], *to = room;
  struct libc_text text = {room, sizeof room - 2, 0};
  put_affinity(&text, format);
  if (text.length > text.room) {
    if (!(to = arch_malloc(text.length + 2)))
      hdl_fault(HDL_FAULT_NO_MEMORY, "a thread's affinity", NULL,
                text.length + 2, 0);
    text = (struct libc_text){to, text.length, 0};
    put_affinity(&text, format);
  }
  to[text.length] = '\n';
  to[text.length + 1] = 0;
  hdl_output(0, to, text.length + 1);
  if (to != room)
    arch_free(to);
}
