// weft-shim: what a container runtime executes as a CNI plugin. It hands the call to the agent, which
// is already running, and prints the agent's answer; where no agent listens, it becomes the one-shot
// command that the installer appended to this file. It knows nothing of networks.
//
//   standard input, environment, name --request--> cni.sock --answer--> standard output and error
//                                 `---no agent, declined---> execve(one-shot command, name)
//
// The bytes of request, answer and trailer are described in README.md beside this file.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

// Of linux/sockios.h, which musl does not have.
#ifndef SIOCGSKNS
#define SIOCGSKNS 0x894C
#endif

// How long the agent may take for everything; it bounds its own work well below. Tests set less.
#ifndef LIMIT_SECONDS
#define LIMIT_SECONDS 300
#endif

enum {
  PROTOCOL = 1,
  HEADER = 16,
  MAX_STRINGS = 1 << 20,
  MAX_INPUT = 4 << 20,
  MAX_ANSWER = 16 << 20,
  MAX_COMMAND = 1 << 16,  // bytes of the one-shot command
  MAX_WORDS = 256,        // of the one-shot command
  MAX_ERROR = 1 << 14,
  TRAILER_END = 12,  // the length of the one-shot command and the signature
};

// Codes of the CNI specification, section 5 "Error".
enum { IO_FAILURE = 5, INVALID_CONFIG = 7, TRY_AGAIN_LATER = 11, NOT_AVAILABLE = 50 };

enum { ANSWERED = 0, DECLINED = 1 };

static const char MAGIC[] = "WEFT";
static const char SIGNATURE[] = "WEFTSHIM";

// All that is read is bounded and the process serves one call: memory that is not touched costs nothing.
static char strings[MAX_STRINGS];
static char input[MAX_INPUT + 1];
static char answer[MAX_ANSWER];
static size_t strings_size, input_size;
static bool input_was_read, request_is_whole;

static const char *name, *command;
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static struct timespec deadline;
static void (*sigpipe)(int);  // what the runtime set

// ---- Output

// Waits until a descriptor that somebody made non-blocking can go on.
static bool may_repeat(int fd, short events) {
  if (errno != EAGAIN) return errno == EINTR;
  struct pollfd wait = {.fd = fd, .events = events};
  return poll(&wait, 1, -1) >= 0 || errno == EINTR;
}

static bool put(int fd, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t written = write(fd, bytes, size);
    if (written < 0) {
      if (!may_repeat(fd, POLLOUT)) return false;
      continue;
    }
    bytes += written;
    size -= (size_t)written;
  }
  return true;
}

static char message[MAX_ERROR];
static size_t message_size;

static void add(const char *text) {
  for (; *text && message_size < sizeof message; text++) message[message_size++] = *text;
}

// A part of a JSON string. Paths can have any bytes: what is not ASCII is not worth a decoder here.
static void add_quoted(const char *text) {
  static const char hex[] = "0123456789abcdef";
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    char plain[] = {(char)c, 0}, escaped[] = {'\\', (char)c, 0};
    char control[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15], 0};
    add(c < 0x20 ? control : c == '"' || c == '\\' ? escaped : c >= 0x7f ? "?" : plain);
  }
}

static void add_number(unsigned long number) {
  char digits[24];
  size_t at = sizeof digits - 1;
  digits[at] = 0;
  do digits[--at] = (char)('0' + number % 10);
  while (number /= 10);
  add(digits + at);
}

// Prints a CNI error object and ends. The texts of `what` and of `details` are put together; NULL ends
// each of them.
static _Noreturn void fail(unsigned code, const char *const *what, const char *const *details) {
  add("{\n    \"code\": ");
  add_number(code);
  add(",\n    \"msg\": \"");
  for (; *what; what++) add_quoted(*what);
  add("\",\n    \"details\": \"");
  for (; *details; details++) add_quoted(*details);
  add("\"\n}");
  put(STDOUT_FILENO, message, message_size);
  _exit(1);
}

#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

// ---- Instead of the agent

static uint32_t decode32(const char *at) {
  const unsigned char *b = (const unsigned char *)at;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void encode32(char *at, size_t value) {
  for (int i = 0; i < 4; i++) at[i] = (char)(value >> (8 * i));
}

static bool read_at(int fd, char *bytes, size_t size, off_t from) {
  while (size > 0) {
    ssize_t got = pread(fd, bytes, size, from);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    from += got;
    size -= (size_t)got;
  }
  return true;
}

// The one-shot command from the end of this file, into `words`, of which two stay free.
static bool read_trailer(char **words, size_t *count) {
  static char text[MAX_COMMAND];
  char end[TRAILER_END];
  struct stat file;
  int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &file) < 0 || file.st_size < TRAILER_END) return false;
  if (!read_at(fd, end, sizeof end, file.st_size - TRAILER_END)) return false;
  if (memcmp(end + 4, SIGNATURE, sizeof SIGNATURE - 1)) return false;
  size_t size = decode32(end);
  if (size == 0 || size > sizeof text || (off_t)size > file.st_size - TRAILER_END) return false;
  if (!read_at(fd, text, size, file.st_size - TRAILER_END - (off_t)size)) return false;
  close(fd);
  if (text[size - 1] != 0) return false;
  for (char *word = text; word < text + size; word += strlen(word) + 1) {
    if (*count == MAX_WORDS - 2) return false;
    words[(*count)++] = word;
  }
  return words[0][0] == '/';
}

// What was read already is read once more by the one-shot command.
static bool restore_input(void) {
  if (!input_was_read) return true;
  int fd = memfd_create("weft-input", MFD_CLOEXEC);
  return fd >= 0 && put(fd, input, input_size) && lseek(fd, 0, SEEK_SET) == 0 &&
         dup2(fd, STDIN_FILENO) == STDIN_FILENO;
}

// `why` is for whoever finds that the one-shot command cannot be executed either.
static _Noreturn void run_one_shot(const char *why) {
  static char *words[MAX_WORDS];
  size_t count = 0;
  const char *const no_agent = "the agent was not used, socket ";
  if (!read_trailer(words, &count))
    fail(NOT_AVAILABLE,
         TEXTS("neither the agent nor a one-shot command is there for the plugin ", name),
         TEXTS(no_agent, address.sun_path, ": ", why,
               "; this file has no one-shot command at its end. Start the agent (weftd), or "
               "run 'weft install-cni', which also puts the one-shot command in place"));
  if (!restore_input())
    fail(IO_FAILURE, TEXTS("cannot keep the input for the one-shot command: ", strerror(errno)),
         TEXTS(no_agent, address.sun_path, ": ", why));
  words[count] = (char *)(uintptr_t)name;
  signal(SIGPIPE, sigpipe);
  execv(words[0], words);
  fail(NOT_AVAILABLE,
       TEXTS("cannot execute the one-shot command ", words[0], ": ", strerror(errno)),
       TEXTS(no_agent, address.sun_path, ": ", why,
             ". Start the agent (weftd), or run 'weft install-cni' again, which sets the one-shot "
             "command to the Java and the agent that are there now"));
}

// ---- The request

static void read_input(void) {
  while (input_size < sizeof input) {
    ssize_t got = read(STDIN_FILENO, input + input_size, sizeof input - input_size);
    if (got == 0) {
      input_was_read = true;
      return;
    }
    if (got > 0)
      input_size += (size_t)got;
    else if (!may_repeat(STDIN_FILENO, POLLIN))
      fail(IO_FAILURE, TEXTS("cannot read the network configuration from standard input"),
           TEXTS(strerror(errno)));
  }
  fail(INVALID_CONFIG, TEXTS("the network configuration is too large"),
       TEXTS("standard input has more than 4 MiB"));
}

static bool add_string(const char *text) {
  size_t size = strlen(text) + 1;
  if (size > sizeof strings - strings_size) return false;
  memcpy(strings + strings_size, text, size);
  strings_size += size;
  return true;
}

static bool collect_strings(void) {
  bool fits = add_string(name);
  for (char **variable = environ; fits && *variable; variable++) fits = add_string(*variable);
  return fits;
}

// The agent compares the first two with its own: whoever runs in another network namespace or root
// directory means other things by the same names. The third is absent where it cannot be opened:
// containers are removed after their namespaces.
static int open_descriptors(int agent, int *fds) {
  // A socket tells its namespace at a tenth of what the way through /proc costs, to the privileged.
  fds[0] = ioctl(agent, SIOCGSKNS);
  if (fds[0] < 0) fds[0] = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  fds[1] = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fds[0] < 0 || fds[1] < 0) return -1;
  const char *netns = getenv("CNI_NETNS");
  // A FIFO or a terminal of that name holds up nobody.
  fds[2] = netns && *netns ? open(netns, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
  return fds[2] < 0 ? 2 : 3;
}

static struct timespec now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time;
}

// What is left of the limit bounds the next call on the socket.
static void bound_next_call(int fd) {
  struct timespec at = now();
  long long left = (deadline.tv_sec - at.tv_sec) * 1000000LL + (deadline.tv_nsec - at.tv_nsec) / 1000;
  if (left < 1) left = 1;  // 0 would mean for ever
  struct timeval limit = {.tv_sec = left / 1000000, .tv_usec = left % 1000000};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

// Two processes at the same work would be worse than one that is slow: no one-shot command here.
static _Noreturn void fail_late(void) {
  fail(TRY_AGAIN_LATER, TEXTS("the agent did not answer in time"),
       TEXTS("it listens on ", address.sun_path,
             " but hangs: look at its log, and restart it if need be"));
}

static bool set_address(void) {
  const char *directory = getenv("WEFT_RUN_DIR");
  if (!directory || !*directory) directory = "/run/weft";
  static const char file[] = "/cni.sock";
  size_t size = strlen(directory), room = sizeof address.sun_path - sizeof file;
  memcpy(address.sun_path, directory, size < room ? size : room);
  memcpy(address.sun_path + (size < room ? size : room), file, sizeof file);
  return size <= room;
}

// Whoever answers decides what the runtime believes: only root, or the user who asks.
static void check_peer(int fd) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
      (peer.uid == 0 || peer.uid == geteuid()))
    return;
  fail(NOT_AVAILABLE, TEXTS("refused to speak to a foreign agent"),
       TEXTS("who listens on ", address.sun_path,
             " is neither root nor the user of this process; check WEFT_RUN_DIR, and that only "
             "root may write to that directory"));
}

// Whatever fails before the request is complete leaves the agent with nothing to do.
static int connect_agent(void) {
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) run_one_shot(strerror(errno));
  for (;;) {
    bound_next_call(fd);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
    if (errno == EAGAIN) fail_late();
    if (errno != EINTR) run_one_shot(strerror(errno));
  }
}

// An agent that refuses may have answered and gone before it had the whole request.
static bool send_rest(int fd, struct msghdr *request, size_t left) {
  while (left > 0) {
    bound_next_call(fd);
    ssize_t sent = sendmsg(fd, request, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) fail_late();
    if (sent < 0) return false;
    left -= (size_t)sent;
    request->msg_control = NULL;  // the descriptors went with the first byte
    request->msg_controllen = 0;
    for (size_t part = (size_t)sent; part > 0;) {
      struct iovec *first = request->msg_iov;
      size_t taken = part < first->iov_len ? part : first->iov_len;
      first->iov_base = (char *)first->iov_base + taken;
      first->iov_len -= taken;
      part -= taken;
      if (first->iov_len == 0) request->msg_iov++, request->msg_iovlen--;
    }
  }
  return true;
}

static bool send_request(int fd, const int *fds, int fd_count) {
  char header[HEADER] = {0};
  memcpy(header, MAGIC, 4);
  header[4] = PROTOCOL;
  encode32(header + 8, strings_size);
  encode32(header + 12, input_size);
  struct iovec parts[] = {{header, HEADER}, {strings, strings_size}, {input, input_size}};
  union {
    char bytes[CMSG_SPACE(3 * sizeof(int))];
    struct cmsghdr alignment;
  } control = {0};
  size_t size = (size_t)fd_count * sizeof(int);
  struct msghdr request = {.msg_iov = parts,
                           .msg_iovlen = 3,
                           .msg_control = control.bytes,
                           .msg_controllen = CMSG_SPACE(size)};
  struct cmsghdr *rights = CMSG_FIRSTHDR(&request);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(size);
  memcpy(CMSG_DATA(rights), fds, size);
  return send_rest(fd, &request, HEADER + strings_size + input_size);
}

// ---- The answer

static bool receive(int fd, char *bytes, size_t size) {
  while (size > 0) {
    bound_next_call(fd);
    ssize_t got = recv(fd, bytes, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) fail_late();
    if (got <= 0) return false;
    bytes += got;
    size -= (size_t)got;
  }
  return true;
}

// Nobody knows how far an agent came that had the whole request. Everything but ADD may be done again.
static _Noreturn void lost(const char *how) {
  if (request_is_whole && command && !strcmp(command, "ADD"))
    fail(TRY_AGAIN_LATER, TEXTS("the agent was lost while it worked: ", how),
         TEXTS("delete the attachment, which removes what there is of it, and add it again"));
  run_one_shot(how);
}

static _Noreturn void print_answer(int fd) {
  char header[HEADER];
  if (!receive(fd, header, sizeof header)) lost("it closed the connection before it answered");
  if (memcmp(header, MAGIC, 4)) lost("its answer is none of this protocol");
  if (header[5] == DECLINED) run_one_shot("it declined");
  size_t output = decode32(header + 8), errors = decode32(header + 12);
  if (header[4] != PROTOCOL || header[5] != ANSWERED || header[7] != 0)
    lost("its answer is none of this version of the protocol");
  if (output > MAX_ANSWER || errors > MAX_ANSWER - output) lost("its answer is too large");
  if (!receive(fd, answer, output + errors)) lost("it closed the connection within its answer");
  bool printed = put(STDOUT_FILENO, answer, output);
  put(STDERR_FILENO, answer + output, errors);
  _exit(printed ? (unsigned char)header[6] : 1);
}

// A descriptor opened here must not become a standard one that the runtime left closed. What stands in
// can be neither read nor written.
static void occupy_standard_descriptors(void) {
  int fd;
  do fd = open("/", O_PATH);
  while (fd >= 0 && fd <= STDERR_FILENO);
  close(fd);
}

int main(int argc, char **argv) {
  occupy_standard_descriptors();
  sigpipe = signal(SIGPIPE, SIG_IGN);
  const char *path = argc > 0 ? argv[0] : "", *slash = strrchr(path, '/');
  name = slash ? slash + 1 : path;
  command = getenv("CNI_COMMAND");
  // The specification has VERSION read nothing; without a command a person wants to know what this is.
  if (command && *command && strcmp(command, "VERSION")) read_input();
  if (!set_address()) run_one_shot("this path is too long for a socket");
  if (!collect_strings()) run_one_shot("the environment is too large for a request");
  deadline = now();
  deadline.tv_sec += LIMIT_SECONDS;
  int agent = connect_agent();
  check_peer(agent);
  int fds[3], fd_count = open_descriptors(agent, fds);
  if (fd_count < 0) run_one_shot("this process has no /proc to tell its namespace from");
  request_is_whole = send_request(agent, fds, fd_count);
  print_answer(agent);
}
