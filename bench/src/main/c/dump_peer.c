// Reads whole tables of the kernel as Weft does, from C: each line of standard input is "links" or
// "routes", the answer is a line "time NANOSECONDS ROWS". Of every row the same fields are looked at.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BUFFER = 1 << 15 };

struct request {
  struct nlmsghdr header;
  union {
    struct ifinfomsg link;
    struct rtmsg route;
  } body;
};

struct table {
  const char *name;
  int get, row;
  size_t header;
  int most;
};

static const struct table TABLES[] = {
    {"links\n", RTM_GETLINK, RTM_NEWLINK, sizeof(struct ifinfomsg), IFLA_MAX},
    {"routes\n", RTM_GETROUTE, RTM_NEWROUTE, sizeof(struct rtmsg), RTA_MAX},
};

// Keeps the compiler from leaving out what nobody uses.
static volatile unsigned long looked;

static void fail(const char *what) {
  fprintf(stderr, "dump_peer: %s: %s\n", what, strerror(errno));
  exit(1);
}

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void look(const struct table *table, struct nlmsghdr *h) {
  struct rtattr *found[IFLA_MAX + RTA_MAX] = {0};
  int length = h->nlmsg_len - NLMSG_SPACE(table->header);
  struct rtattr *a = (struct rtattr *)((char *)NLMSG_DATA(h) + NLMSG_ALIGN(table->header));
  for (; RTA_OK(a, length); a = RTA_NEXT(a, length))
    if ((a->rta_type & NLA_TYPE_MASK) <= table->most) found[a->rta_type & NLA_TYPE_MASK] = a;
  for (int i = 0; i <= table->most; i++)
    if (found[i] && RTA_PAYLOAD(found[i])) looked += *(unsigned char *)RTA_DATA(found[i]);
}

static void ask(int fd, const struct table *table) {
  struct request request = {.header = {.nlmsg_len = NLMSG_LENGTH(table->header),
                                       .nlmsg_type = table->get,
                                       .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP}};
  if (table->get == RTM_GETROUTE) request.body.route = (struct rtmsg){.rtm_family = AF_INET, .rtm_table = RT_TABLE_MAIN};
  if (send(fd, &request, request.header.nlmsg_len, 0) < 0) fail("send");
}

static long dump(int fd, const struct table *table) {
  static char answer[BUFFER];
  long rows = 0;
  ask(fd, table);
  for (;;) {
    int length = recv(fd, answer, sizeof answer, 0);
    if (length < 0) fail("receive");
    for (struct nlmsghdr *h = (struct nlmsghdr *)answer; NLMSG_OK(h, length); h = NLMSG_NEXT(h, length)) {
      if (h->nlmsg_type == NLMSG_DONE) return rows;
      if (h->nlmsg_type != table->row) fail("unexpected answer");
      look(table, h);
      rows++;
    }
  }
}

int main(void) {
  char line[16];
  int on = 1, fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0) fail("netlink socket");
  setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof on);
  while (fgets(line, sizeof line, stdin)) {
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
      if (strcmp(line, TABLES[i].name)) continue;
      long start = now();
      long rows = dump(fd, &TABLES[i]);
      printf("time %ld %ld\n", now() - start, rows);
      fflush(stdout);
    }
  }
  return 0;
}
