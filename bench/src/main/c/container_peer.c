// The yardstick for adding a container: the same netlink messages as Weft sends, from C.
//
// Reads a number on each line of standard input, adds and deletes that many containers on one
// bridge, and prints the nanoseconds of each: a line "add 1 2 3 ...", a line "del 1 2 3 ...".
// Deleting the group of links afterwards is not timed, nor are the namespaces, which every round
// uses again: their end keeps the kernel busy for long and would slow down whoever comes next.
// Runs in the network namespace it is started in, which should be a private one.
//
// An ADD: open the namespace's file; create a veth with the peer in it under its final name, the
// host end up and a port of the bridge; open a socket inside; peer up, address, default route.
// A DEL: set the host end down and put it into a group, which is deleted later.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONTAINERS = 1024, REAP_GROUP = 0x77f0, BUFFER = 8192, PATH_LENGTH = 64 };

static void fail(const char *what) {
  fprintf(stderr, "container_peer: %s: %s\n", what, strerror(errno));
  exit(1);
}

struct message {
  char bytes[BUFFER];
  size_t length;
};

static struct nlmsghdr *begin(struct message *m, int type, int flags, const void *header, size_t size) {
  struct nlmsghdr *h = (struct nlmsghdr *)(m->bytes + m->length);
  memset(h, 0, NLMSG_LENGTH(size));
  h->nlmsg_type = type;
  h->nlmsg_flags = NLM_F_REQUEST | flags;
  memcpy(NLMSG_DATA(h), header, size);
  m->length += NLMSG_SPACE(size);
  return h;
}

static void end(struct message *m, struct nlmsghdr *h) {
  h->nlmsg_len = m->bytes + m->length - (char *)h;
}

static struct rtattr *put(struct message *m, int type, const void *data, size_t size) {
  struct rtattr *a = (struct rtattr *)(m->bytes + m->length);
  a->rta_type = type;
  a->rta_len = RTA_LENGTH(size);
  if (size) memcpy(RTA_DATA(a), data, size);
  m->length += RTA_SPACE(size);
  return a;
}

static void put_int(struct message *m, int type, int value) { put(m, type, &value, sizeof value); }

static void put_text(struct message *m, int type, const char *text) { put(m, type, text, strlen(text) + 1); }

static struct rtattr *open_nest(struct message *m, int type) { return put(m, type | NLA_F_NESTED, NULL, 0); }

static void close_nest(struct message *m, struct rtattr *a) { a->rta_len = m->bytes + m->length - (char *)a; }

static int netlink_socket(void) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  struct sockaddr_nl any = {.nl_family = AF_NETLINK};
  int on = 1;
  if (fd < 0 || bind(fd, (struct sockaddr *)&any, sizeof any) < 0) fail("netlink socket");
  setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
  setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
  return fd;
}

// What the kernel echoes of a link it made.
struct made {
  int index;
  int peer;
};

static struct made decode(struct nlmsghdr *h) {
  struct ifinfomsg *link = NLMSG_DATA(h);
  struct made made = {.index = link->ifi_index};
  int length = IFLA_PAYLOAD(h);
  for (struct rtattr *a = IFLA_RTA(link); RTA_OK(a, length); a = RTA_NEXT(a, length))
    if (a->rta_type == IFLA_LINK) memcpy(&made.peer, RTA_DATA(a), sizeof made.peer);
  return made;
}

// Sends and waits for the acknowledgement of the last message; the first failure ends the program.
static struct made exchange(int fd, struct message *m, unsigned last) {
  static char answer[BUFFER];
  struct made made = {0};
  if (send(fd, m->bytes, m->length, 0) < 0) fail("send");
  for (;;) {
    int length = recv(fd, answer, sizeof answer, 0);
    if (length < 0) fail("receive");
    for (struct nlmsghdr *h = (struct nlmsghdr *)answer; NLMSG_OK(h, length); h = NLMSG_NEXT(h, length)) {
      if (h->nlmsg_type == RTM_NEWLINK) made = decode(h);
      if (h->nlmsg_type != NLMSG_ERROR) continue;
      errno = -((struct nlmsgerr *)NLMSG_DATA(h))->error;
      if (errno) fail("the kernel refused a request");
      if (h->nlmsg_seq == last) return made;
    }
  }
}

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static int bridge(int fd) {
  struct message m = {.length = 0};
  struct ifinfomsg link = {.ifi_flags = IFF_UP, .ifi_change = IFF_UP};
  struct nlmsghdr *h =
      begin(&m, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK | NLM_F_ECHO, &link, sizeof link);
  h->nlmsg_seq = 1;
  put_text(&m, IFLA_IFNAME, "cbridge");
  struct rtattr *info = open_nest(&m, IFLA_LINKINFO);
  put_text(&m, IFLA_INFO_KIND, "bridge");
  close_nest(&m, info);
  end(&m, h);
  return exchange(fd, &m, 1).index;
}

static struct made create_veth(int fd, int number, int bridge_index, int target) {
  struct message m = {.length = 0};
  struct ifinfomsg link = {.ifi_flags = IFF_UP, .ifi_change = IFF_UP};
  struct ifinfomsg peer = {0};
  char name[IFNAMSIZ];
  snprintf(name, sizeof name, "c%d", number);
  struct nlmsghdr *h =
      begin(&m, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK | NLM_F_ECHO, &link, sizeof link);
  h->nlmsg_seq = 1;
  put_text(&m, IFLA_IFNAME, name);
  put_int(&m, IFLA_MASTER, bridge_index);
  put_int(&m, IFLA_NUM_TX_QUEUES, 1);
  put_int(&m, IFLA_NUM_RX_QUEUES, 1);
  struct rtattr *info = open_nest(&m, IFLA_LINKINFO);
  put_text(&m, IFLA_INFO_KIND, "veth");
  struct rtattr *data = open_nest(&m, IFLA_INFO_DATA);
  struct rtattr *end_of_pair = put(&m, VETH_INFO_PEER, &peer, sizeof peer);
  put_text(&m, IFLA_IFNAME, "eth0");
  put_int(&m, IFLA_NUM_TX_QUEUES, 1);
  put_int(&m, IFLA_NUM_RX_QUEUES, 1);
  put_int(&m, IFLA_NET_NS_FD, target);
  close_nest(&m, end_of_pair);
  close_nest(&m, data);
  close_nest(&m, info);
  end(&m, h);
  return exchange(fd, &m, 1);
}

static void configure(int fd, int index, int number) {
  struct message m = {.length = 0};
  struct ifinfomsg link = {.ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
  struct ifaddrmsg address = {.ifa_family = AF_INET, .ifa_prefixlen = 16, .ifa_index = index};
  struct rtmsg route = {.rtm_family = AF_INET,
                        .rtm_table = RT_TABLE_MAIN,
                        .rtm_protocol = RTPROT_STATIC,
                        .rtm_scope = RT_SCOPE_UNIVERSE,
                        .rtm_type = RTN_UNICAST};
  unsigned own = htonl(0x0a140000u + 2 + number), gateway = htonl(0x0a140001u);
  struct nlmsghdr *h = begin(&m, RTM_NEWLINK, 0, &link, sizeof link);
  h->nlmsg_seq = 1;
  end(&m, h);
  h = begin(&m, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &address, sizeof address);
  h->nlmsg_seq = 2;
  put(&m, IFA_LOCAL, &own, 4);
  put(&m, IFA_ADDRESS, &own, 4);
  end(&m, h);
  h = begin(&m, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK, &route, sizeof route);
  h->nlmsg_seq = 3;
  put(&m, RTA_GATEWAY, &gateway, 4);
  end(&m, h);
  exchange(fd, &m, 3);
}

static int add(int fd, int number, int bridge_index, const char *path) {
  int target = open(path, O_RDONLY | O_CLOEXEC);
  if (target < 0) fail(path);
  struct made veth = create_veth(fd, number, bridge_index, target);
  int own = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  if (own < 0 || setns(target, CLONE_NEWNET) < 0) fail("enter");
  int inside = netlink_socket();
  if (setns(own, CLONE_NEWNET) < 0) fail("return");
  configure(inside, veth.peer, number);
  close(inside);
  close(own);
  close(target);
  return veth.index;
}

static void set_aside(int fd, int index) {
  struct message m = {.length = 0};
  struct ifinfomsg link = {.ifi_index = index, .ifi_change = IFF_UP};
  struct nlmsghdr *h = begin(&m, RTM_NEWLINK, NLM_F_ACK, &link, sizeof link);
  h->nlmsg_seq = 1;
  put_int(&m, IFLA_GROUP, REAP_GROUP);
  end(&m, h);
  exchange(fd, &m, 1);
}

static void reap(int fd) {
  struct message m = {.length = 0};
  struct ifinfomsg link = {0};
  struct nlmsghdr *h = begin(&m, RTM_DELLINK, NLM_F_ACK, &link, sizeof link);
  h->nlmsg_seq = 1;
  put_int(&m, IFLA_GROUP, REAP_GROUP);
  end(&m, h);
  exchange(fd, &m, 1);
}

static void delete_link(int fd, int index) {
  struct message m = {.length = 0};
  struct ifinfomsg link = {.ifi_index = index};
  struct nlmsghdr *h = begin(&m, RTM_DELLINK, NLM_F_ACK, &link, sizeof link);
  h->nlmsg_seq = 1;
  end(&m, h);
  exchange(fd, &m, 1);
}

static void make_namespace(int own, char *path, int number) {
  snprintf(path, PATH_LENGTH, "/run/netns/peer-%d", number);
  int file = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
  if (file < 0) fail(path);
  close(file);
  if (unshare(CLONE_NEWNET) < 0) fail("new namespace");
  if (mount("/proc/thread-self/ns/net", path, "none", MS_BIND, NULL) < 0) fail("mount namespace");
  if (setns(own, CLONE_NEWNET) < 0) fail("return");
}

static void print(const char *what, const long *nanoseconds, int count) {
  printf("%s", what);
  for (int i = 0; i < count; i++) printf(" %ld", nanoseconds[i]);
  printf("\n");
}

static void run(int fd, int bridge_index, char (*paths)[PATH_LENGTH], int count) {
  static long added[MAX_CONTAINERS], deleted[MAX_CONTAINERS];
  static int indices[MAX_CONTAINERS];
  for (int i = 0; i < count; i++) {
    long start = now();
    indices[i] = add(fd, i, bridge_index, paths[i]);
    added[i] = now() - start;
  }
  for (int i = 0; i < count; i++) {
    long start = now();
    set_aside(fd, indices[i]);
    deleted[i] = now() - start;
  }
  reap(fd);
  print("add", added, count);
  print("del", deleted, count);
  fflush(stdout);
}

int main(void) {
  static char paths[MAX_CONTAINERS][PATH_LENGTH];
  int namespaces = 0;
  char line[32];
  int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  mkdir("/run/netns", 0755);
  int fd = netlink_socket();
  int bridge_index = bridge(fd);
  while (fgets(line, sizeof line, stdin)) {
    int count = atoi(line);
    if (count < 1 || count > MAX_CONTAINERS) {
      fprintf(stderr, "container_peer: a round has 1 to %d containers\n", MAX_CONTAINERS);
      return 2;
    }
    for (; namespaces < count; namespaces++) make_namespace(own, paths[namespaces], namespaces);
    run(fd, bridge_index, paths, count);
  }
  while (namespaces-- > 0) {
    umount2(paths[namespaces], MNT_DETACH);
    unlink(paths[namespaces]);
  }
  delete_link(fd, bridge_index);
  return 0;
}
