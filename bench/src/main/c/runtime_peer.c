// A container runtime's part in CNI: executes plugin files, one after the other, as a runtime does, and times them.
//
// A plugin gets CNI_COMMAND and its like in the environment and its configuration on standard input; what it
// prints is the prevResult of the next one. A DEL goes through the list backwards, with what the ADD printed last.
// Plugins are started from C, so that the starting costs both sides little.
//
// Each line of standard input is a command, its words separated by tabs:
//
//   list PID DIRECTORY [KEY=VALUE ...] -- TYPE CONFIGURATION [TYPE CONFIGURATION ...]
//       the next list of plugins, the first has number 0; PID is an agent that works for it, or 0. The word "@PORT@" in a
//       configuration becomes a port of the container's own.
//   namespaces COUNT     have at least so many, for containers 0 to COUNT - 1
//   ADD LIST FROM COUNT CALLERS
//   DEL LIST FROM COUNT CALLERS
//       so many containers by so many callers at once. Answers: "wall" and the nanoseconds of each, "cpu" and the
//       processor time of each one's processes with their children, "all" with wall-clock and agent's processor time.
//   keep COUNT           so many links of containers stay here for good.
//   settle LIST          wait until no other link of a container is left here. Answer: "settled" and the agent's
//                        processor time meanwhile.
//
// Runs in the network and mount namespaces it is started in, which should be private. The first failure ends it.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  MAX_CONTAINERS = 1024,
  MAX_LISTS = 16,
  MAX_PLUGINS = 8,
  MAX_CALLERS = 64,
  MAX_WORDS = 64,
  MAX_VARIABLES = 256,
  OWN_VARIABLES = 5,
  MAX_LINE = 1 << 16,
  MAX_OUTPUT = 1 << 15,
  FIRST_PORT = 20000,
  SETTLE_POLL_NS = 2000000,
  SETTLE_POLLS = 5000,
};

extern char **environ;

struct list {
  pid_t agent;
  const char *directory;
  int variables;
  char *variable[MAX_WORDS];
  int plugins;
  const char *type[MAX_PLUGINS];
  const char *configuration[MAX_PLUGINS];
  char *result[MAX_CONTAINERS];
};

static struct list lists[MAX_LISTS];
static int list_count;
static int namespaces;
// Links that were here before, whatever the kernel puts into each namespace.
static int own_links, kept_links;

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "runtime_peer: ");
  vfprintf(stderr, format, arguments);
  fprintf(stderr, errno ? ": %s\n" : "\n", strerror(errno));
  exit(1);
}

static long nanoseconds(struct timespec t) { return t.tv_sec * 1000000000L + t.tv_nsec; }

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return nanoseconds(t);
}

// The processor time of all threads of the list's agent so far.
static long agent_time(const struct list *list) {
  clockid_t clock;
  struct timespec t;
  if (!list->agent) return 0;
  if ((errno = clock_getcpuclockid(list->agent, &clock)) || clock_gettime(clock, &t)) fail("the agent's clock");
  return nanoseconds(t);
}

static char *text(const char *format, ...) {
  va_list arguments;
  char *made;
  va_start(arguments, format);
  if (vasprintf(&made, format, arguments) < 0) fail("no memory");
  va_end(arguments);
  return made;
}

// One container's trip through a list.
struct call {
  struct list *list;
  const char *command;
  int number;
  long wall;
  long cpu;
};

static char *namespace_path(int number) { return text("/run/netns/runtime-%d", number); }

// The configuration of a plugin with the container's port and the result so far.
static char *input_of(const struct call *call, int plugin, const char *previous) {
  const char *configuration = call->list->configuration[plugin];
  const char *mark = strstr(configuration, "\"@PORT@\"");
  char *own = mark ? text("%.*s%d%s", (int)(mark - configuration), configuration, FIRST_PORT + call->number, mark + 8)
                   : text("%s", configuration);
  if (!previous) return own;
  char *whole = text("%.*s,\"prevResult\":%s}", (int)(strrchr(own, '}') - own), own, previous);
  free(own);
  return whole;
}

// The first OWN_VARIABLES are made for the call, the others are the list's and this process's.
static void fill_environment(const struct call *call, char **all) {
  char *path = namespace_path(call->number);
  int count = 0;
  all[count++] = text("CNI_COMMAND=%s", call->command);
  all[count++] = text("CNI_CONTAINERID=container-%d", call->number);
  all[count++] = text("CNI_NETNS=%s", path);
  all[count++] = text("CNI_IFNAME=eth0");
  all[count++] = text("CNI_PATH=%s", call->list->directory);
  for (int i = 0; i < call->list->variables; i++) all[count++] = call->list->variable[i];
  for (char **v = environ; *v && count < MAX_VARIABLES - 1; v++) all[count++] = *v;
  all[count] = NULL;
  free(path);
}

static pid_t start(const char *file, char **environment, int in, int out) {
  posix_spawn_file_actions_t files;
  char *words[] = {(char *)file, NULL};
  pid_t child;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in, 0);
  posix_spawn_file_actions_adddup2(&files, out, 1);
  if ((errno = posix_spawn(&child, file, &files, NULL, words, environment))) fail("cannot start %s", file);
  posix_spawn_file_actions_destroy(&files);
  return child;
}

static void write_all(int fd, const char *bytes) {
  for (size_t left = strlen(bytes); left;) {
    ssize_t size = write(fd, bytes, left);
    if (size < 0 && errno != EINTR) fail("write");
    if (size > 0) bytes += size, left -= size;
  }
}

static char *read_all(int fd) {
  char *bytes = malloc(MAX_OUTPUT);
  size_t length = 0;
  for (;;) {
    ssize_t size = read(fd, bytes + length, MAX_OUTPUT - 1 - length);
    if (size < 0 && errno != EINTR) fail("read");
    if (size == 0) break;
    if (size > 0) length += size;
    if (length == MAX_OUTPUT - 1) errno = 0, fail("a plugin prints too much");
  }
  bytes[length] = 0;
  return bytes;
}

// Executes a plugin; what it printed belongs to the caller.
static char *execute(struct call *call, int plugin, const char *previous, char **environment) {
  char *file = text("%s/%s", call->list->directory, call->list->type[plugin]);
  char *input = input_of(call, plugin, previous);
  struct rusage used;
  int in[2], out[2], status;
  if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0) fail("pipe");
  pid_t child = start(file, environment, in[0], out[1]);
  close(in[0]);
  close(out[1]);
  write_all(in[1], input);
  close(in[1]);
  char *output = read_all(out[0]);
  close(out[0]);
  if (wait4(child, &status, 0, &used) < 0) fail("wait");
  if (status) errno = 0, fail("%s of container %d by %s: status %d: %s", call->command, call->number, file, status, output);
  call->cpu += (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000L +
               (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000L;
  free(input);
  free(file);
  return output;
}

static void add(struct call *call, char **environment) {
  char *result = NULL;
  for (int i = 0; i < call->list->plugins; i++) {
    char *next = execute(call, i, result, environment);
    free(result);
    result = next;
  }
  call->list->result[call->number] = result;
}

static void del(struct call *call, char **environment) {
  char *result = call->list->result[call->number];
  for (int i = call->list->plugins; i-- > 0;) free(execute(call, i, result, environment));
  free(result);
  call->list->result[call->number] = NULL;
}

static void serve(struct call *call) {
  char *environment[MAX_VARIABLES];
  fill_environment(call, environment);
  long begun = now();
  if (!strcmp(call->command, "ADD")) add(call, environment);
  else del(call, environment);
  call->wall = now() - begun;
  for (int i = 0; i < OWN_VARIABLES; i++) free(environment[i]);
}

// What callers take calls from.
struct queue {
  struct call *calls;
  int count;
  atomic_int next;
};

static void *serve_next(void *argument) {
  struct queue *queue = argument;
  for (int i; (i = atomic_fetch_add(&queue->next, 1)) < queue->count;) serve(&queue->calls[i]);
  return NULL;
}

static void serve_all(struct queue *queue, int callers) {
  pthread_t thread[MAX_CALLERS];
  if (callers == 1) {
    serve_next(queue);
    return;
  }
  for (int i = 0; i < callers; i++)
    if ((errno = pthread_create(&thread[i], NULL, serve_next, queue))) fail("thread");
  for (int i = 0; i < callers; i++) pthread_join(thread[i], NULL);
}

static int number(const char *word, int most) {
  int value = word ? atoi(word) : -1;
  errno = 0;
  if (value < 0 || value > most) fail("a number from 0 to %d is wanted, not %s", most, word ? word : "nothing");
  return value;
}

static struct list *find_list(const char *word) {
  int at = number(word, MAX_LISTS);
  if (at >= list_count) fail("there is no list %d", at);
  return &lists[at];
}

static void run_calls(char **words) {
  static struct call calls[MAX_CONTAINERS];
  struct list *list = find_list(words[1]);
  int from = number(words[2], namespaces), count = number(words[3], namespaces - from);
  int callers = number(words[4], MAX_CALLERS);
  struct queue queue = {.calls = calls, .count = count};
  for (int i = 0; i < count; i++) calls[i] = (struct call){.list = list, .command = words[0], .number = from + i};
  long agent = agent_time(list), begun = now();
  serve_all(&queue, callers);
  long wall = now() - begun;
  printf("wall");
  for (int i = 0; i < count; i++) printf(" %ld", calls[i].wall);
  printf("\ncpu");
  for (int i = 0; i < count; i++) printf(" %ld", calls[i].cpu);
  printf("\nall %ld %ld\n", wall, agent_time(list) - agent);
}

static void make_list(char **words) {
  struct list *list = &lists[list_count++];
  if (list_count > MAX_LISTS) errno = 0, fail("too many lists");
  list->agent = atoi(words[1]);
  list->directory = strdup(words[2]);
  int i = 3;
  for (; words[i] && strcmp(words[i], "--"); i++) list->variable[list->variables++] = strdup(words[i]);
  for (i++; words[i] && words[i + 1] && list->plugins < MAX_PLUGINS; i += 2) {
    list->type[list->plugins] = strdup(words[i]);
    list->configuration[list->plugins++] = strdup(words[i + 1]);
  }
}

static void make_namespaces(int count) {
  int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  mkdir("/run/netns", 0755);
  for (; namespaces < count; namespaces++) {
    char *path = namespace_path(namespaces);
    int file = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
    if (file < 0) fail("%s", path);
    close(file);
    if (unshare(CLONE_NEWNET) < 0) fail("new namespace");
    if (mount("/proc/thread-self/ns/net", path, "none", MS_BIND, NULL) < 0) fail("mount namespace");
    if (setns(own, CLONE_NEWNET) < 0) fail("return");
    free(path);
  }
  close(own);
}

static void remove_namespaces(void) {
  while (namespaces-- > 0) {
    char *path = namespace_path(namespaces);
    umount2(path, MNT_DETACH);
    unlink(path);
    free(path);
  }
}

static int count_links(void) {
  struct if_nameindex *all = if_nameindex();
  int count = 0;
  if (!all) fail("links");
  while (all[count].if_index) count++;
  if_freenameindex(all);
  return count;
}

// Every list has a bridge that stays.
static void settle(const struct list *list) {
  int links = own_links + list_count + kept_links;
  struct timespec pause = {.tv_nsec = SETTLE_POLL_NS};
  long agent = agent_time(list);
  for (int i = 0; count_links() > links; i++) {
    if (i == SETTLE_POLLS) errno = 0, fail("there are still more than %d links", links);
    nanosleep(&pause, NULL);
  }
  printf("settled %ld\n", agent_time(list) - agent);
}

static void run(char *line) {
  char *words[MAX_WORDS] = {NULL};
  int count = 0;
  line[strcspn(line, "\n")] = 0;
  for (char *word = strtok(line, "\t"); word && count < MAX_WORDS - 2; word = strtok(NULL, "\t")) words[count++] = word;
  if (!count) return;
  if (!strcmp(words[0], "list")) make_list(words);
  else if (!strcmp(words[0], "namespaces")) make_namespaces(number(words[1], MAX_CONTAINERS));
  else if (!strcmp(words[0], "ADD") || !strcmp(words[0], "DEL")) run_calls(words);
  else if (!strcmp(words[0], "keep")) kept_links = number(words[1], MAX_CONTAINERS);
  else if (!strcmp(words[0], "settle")) settle(find_list(words[1]));
  else errno = 0, fail("%s is no command", words[0]);
  fflush(stdout);
}

int main(void) {
  static char line[MAX_LINE];
  own_links = count_links();
  while (fgets(line, sizeof line, stdin)) run(line);
  remove_namespaces();
  return 0;
}
