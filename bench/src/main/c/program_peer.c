// Runs programs as a C program would, which is cheaper than from a JVM, and times them.
//
// Each line of standard input is a command, its words separated by tabs; a word "<" ends it, and
// what follows is the program's standard input. The answer is a line "time NANOSECONDS BYTES": from
// before the start of the program until it ended, and how much it printed, all of which was read.
// A program that fails ends this one.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_WORDS = 32, MAX_LINE = 8192, CHUNK = 1 << 16 };

extern char **environ;

static void fail(const char *what) {
  fprintf(stderr, "program_peer: %s: %s\n", what, strerror(errno));
  exit(1);
}

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

// Splits a line into words; returns the standard input for the program.
static char *parse(char *line, char **words) {
  int count = 0;
  line[strcspn(line, "\n")] = 0;
  for (char *word = strtok(line, "\t"); word && count < MAX_WORDS - 1; word = strtok(NULL, "\t")) {
    if (!strcmp(word, "<")) {
      words[count] = NULL;
      return strtok(NULL, "\t");
    }
    words[count++] = word;
  }
  words[count] = NULL;
  return NULL;
}

static long drain(int fd) {
  static char chunk[CHUNK];
  long total = 0;
  for (;;) {
    ssize_t size = read(fd, chunk, sizeof chunk);
    if (size < 0 && errno != EINTR) fail("read");
    if (size == 0) return total;
    if (size > 0) total += size;
  }
}

static pid_t start(char **words, int in, int out) {
  posix_spawn_file_actions_t files;
  pid_t child;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in, 0);
  posix_spawn_file_actions_adddup2(&files, out, 1);
  errno = posix_spawnp(&child, words[0], &files, NULL, words, environ);
  if (errno) fail(words[0]);
  posix_spawn_file_actions_destroy(&files);
  return child;
}

static void run(char *line) {
  char *words[MAX_WORDS];
  char *input = parse(line, words);
  int in[2], out[2], status;
  if (!words[0]) return;
  long begun = now();
  if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0) fail("pipe");
  // A line fits into the pipe, so this does not wait for the reader.
  if (input && write(in[1], input, strlen(input)) < 0) fail("write");
  close(in[1]);
  pid_t child = start(words, in[0], out[1]);
  close(in[0]);
  close(out[1]);
  long bytes = drain(out[0]);
  close(out[0]);
  if (waitpid(child, &status, 0) < 0) fail("wait");
  long taken = now() - begun;
  if (status) {
    fprintf(stderr, "program_peer: %s ended with status %d\n", words[0], status);
    exit(1);
  }
  printf("time %ld %ld\n", taken, bytes);
  fflush(stdout);
}

int main(void) {
  static char line[MAX_LINE];
  while (fgets(line, sizeof line, stdin)) run(line);
  return 0;
}
