/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filter is a table: what every worker calls, what each flag adds, and
 * what kills. Whatever no table names is answered EPERM, for the C library,
 * OpenSSL and libpq try many things and go on without. Only the start-up of
 * programs calls these functions; nothing here is undone.
 */
#include "lib/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/err.h"

#define COUNT(array)	(sizeof (array) / sizeof *(array))

enum {
	/* Any of these makes an open more than a look. O_TMPFILE holds
	 * O_DIRECTORY's bit too, which harms nobody. */
	WRITING = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY)
};

static const int always[] = {
	SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(alarm), SCMP_SYS(brk),
	SCMP_SYS(clock_getres), SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(close), SCMP_SYS(epoll_create1),
	SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_wait),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(fcntl),
	SCMP_SYS(fdatasync), SCMP_SYS(fstat), SCMP_SYS(fsync),
	SCMP_SYS(futex), SCMP_SYS(getegid), SCMP_SYS(geteuid),
	SCMP_SYS(getgid), SCMP_SYS(getpeername), SCMP_SYS(getpid),
	SCMP_SYS(getppid), SCMP_SYS(getrandom), SCMP_SYS(getrlimit),
	SCMP_SYS(getrusage),
	SCMP_SYS(getsockname), SCMP_SYS(getsockopt), SCMP_SYS(gettid),
	SCMP_SYS(gettimeofday), SCMP_SYS(getuid), SCMP_SYS(lseek),
	SCMP_SYS(madvise), SCMP_SYS(mlock), SCMP_SYS(mlock2),
	SCMP_SYS(mremap), SCMP_SYS(munlock), SCMP_SYS(munmap),
	SCMP_SYS(nanosleep), SCMP_SYS(pause), SCMP_SYS(poll),
	SCMP_SYS(ppoll), SCMP_SYS(pread64), SCMP_SYS(pselect6),
	SCMP_SYS(pwrite64), SCMP_SYS(read), SCMP_SYS(readv),
	SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(restart_syscall),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigpending),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigsuspend), SCMP_SYS(rt_sigtimedwait),
	SCMP_SYS(sched_yield), SCMP_SYS(select), SCMP_SYS(sendmsg),
	SCMP_SYS(sendto), SCMP_SYS(setitimer), SCMP_SYS(setsockopt),
	SCMP_SYS(shutdown), SCMP_SYS(sigaltstack), SCMP_SYS(sysinfo),
	SCMP_SYS(time), SCMP_SYS(uname), SCMP_SYS(write), SCMP_SYS(writev),
};

static const int to_read_files[] = {
	SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
	SCMP_SYS(fstatfs), SCMP_SYS(getcwd), SCMP_SYS(getdents64),
	SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(readlink),
	SCMP_SYS(readlinkat), SCMP_SYS(stat), SCMP_SYS(statfs),
	SCMP_SYS(statx),
};

static const int to_write_files[] = {
	SCMP_SYS(fchmod), SCMP_SYS(flock), SCMP_SYS(ftruncate),
	SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(mkdir), SCMP_SYS(mkdirat),
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(rename),
	SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(umask),
	SCMP_SYS(unlink), SCMP_SYS(unlinkat),
};

static const int for_threads[] = {
	SCMP_SYS(eventfd2), SCMP_SYS(membarrier), SCMP_SYS(pipe2),
	SCMP_SYS(rseq), SCMP_SYS(sched_getaffinity),
	SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler),
	SCMP_SYS(set_robust_list), SCMP_SYS(socketpair),
};

/* No honest path of ours or of a library makes these. */
static const int deadly[] = {
	SCMP_SYS(acct), SCMP_SYS(add_key), SCMP_SYS(bpf), SCMP_SYS(chroot),
	SCMP_SYS(delete_module), SCMP_SYS(execve), SCMP_SYS(execveat),
	SCMP_SYS(finit_module), SCMP_SYS(fork), SCMP_SYS(init_module),
	SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
	SCMP_SYS(io_uring_setup), SCMP_SYS(kexec_file_load),
	SCMP_SYS(kexec_load), SCMP_SYS(keyctl), SCMP_SYS(kill),
	SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(mount),
	SCMP_SYS(move_mount), SCMP_SYS(name_to_handle_at),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(open_tree),
	SCMP_SYS(perf_event_open), SCMP_SYS(personality),
	SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_send_signal), SCMP_SYS(pivot_root),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(ptrace), SCMP_SYS(reboot), SCMP_SYS(request_key),
	SCMP_SYS(setfsgid), SCMP_SYS(setfsuid), SCMP_SYS(setgid),
	SCMP_SYS(setgroups), SCMP_SYS(setns), SCMP_SYS(setregid),
	SCMP_SYS(setresgid), SCMP_SYS(setresuid), SCMP_SYS(setreuid),
	SCMP_SYS(setuid), SCMP_SYS(swapon), SCMP_SYS(tkill),
	SCMP_SYS(umount2), SCMP_SYS(unshare), SCMP_SYS(userfaultfd),
	SCMP_SYS(vfork),
};

static void
lock_memory(void)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	struct rlimit now;

	/* Under a limit, MCL_FUTURE would make later allocations fail. */
	if (setrlimit(RLIMIT_MEMLOCK, &all) == -1 &&
	    (getrlimit(RLIMIT_MEMLOCK, &now) == -1 ||
	    now.rlim_cur != RLIM_INFINITY))
		return;
	(void)mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}

bool
sandbox_hide(struct err *e)
{
	const struct rlimit none = { 0, 0 };

	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1)
		return err_set(e, ERR_SYSTEM, "PR_SET_DUMPABLE: %s",
		    strerror(errno));
	if (setrlimit(RLIMIT_CORE, &none) == -1)
		return err_set(e, ERR_SYSTEM, "RLIMIT_CORE: %s",
		    strerror(errno));
	lock_memory();
	return true;
}

static bool
is_only(uid_t uid, gid_t gid)
{
	uid_t r, e, s;
	gid_t rg, eg, sg;

	return getresuid(&r, &e, &s) == 0 && r == uid && e == uid &&
	    s == uid && getresgid(&rg, &eg, &sg) == 0 && rg == gid &&
	    eg == gid && sg == gid;
}

bool
sandbox_become(const char *user, struct err *e)
{
	const struct passwd *p = getpwnam(user);

	if (p == NULL)
		return err_set(e, ERR_SYSTEM, "no system user %s", user);
	if (is_only(p->pw_uid, p->pw_gid))
		return true;
	if (geteuid() != 0)
		return err_set(e, ERR_SYSTEM,
		    "only root can become %s", user);
	/* Groups while we still may, the user last. */
	if (setgroups(0, NULL) == -1 ||
	    setresgid(p->pw_gid, p->pw_gid, p->pw_gid) == -1 ||
	    setresuid(p->pw_uid, p->pw_uid, p->pw_uid) == -1)
		return err_set(e, ERR_SYSTEM, "cannot become %s: %s", user,
		    strerror(errno));
	if (!is_only(p->pw_uid, p->pw_gid) || getgroups(0, NULL) != 0)
		return err_set(e, ERR_SYSTEM,
		    "the kernel did not make us %s alone", user);
	if (p->pw_uid != 0 && setuid(0) == 0)
		return err_set(e, ERR_SYSTEM,
		    "%s can become root again", user);
	return true;
}

/* rc stays 0 as long as every rule was taken. */
static int
rules(scmp_filter_ctx c, uint32_t action, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int rc = seccomp_rule_add(c, action, calls[i], 0);

		if (rc < 0)
			return rc;
	}
	return 0;
}

/* Allow the call where the masked argument has this value. */
static int
where(scmp_filter_ctx c, int call, unsigned argument, uint64_t mask,
    uint64_t value)
{
	const struct scmp_arg_cmp cmp =
	    SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, mask, value);

	return seccomp_rule_add_array(c, SCMP_ACT_ALLOW, call, 1, &cmp);
}

static int
files(scmp_filter_ctx c, unsigned allow)
{
	int rc = 0;

	if ((allow & SANDBOX_READ_FILES) != 0) {
		rc |= rules(c, SCMP_ACT_ALLOW, to_read_files,
		    COUNT(to_read_files));
	} else {
		/* fstat(), as the C library has written it since 2.33. */
		rc |= where(c, SCMP_SYS(newfstatat), 3, AT_EMPTY_PATH,
		    AT_EMPTY_PATH);
	}
	if ((allow & SANDBOX_WRITE_FILES) != 0) {
		rc |= rules(c, SCMP_ACT_ALLOW, to_write_files,
		    COUNT(to_write_files));
	} else if ((allow & SANDBOX_READ_FILES) != 0) {
		rc |= where(c, SCMP_SYS(open), 1, WRITING, O_RDONLY);
		rc |= where(c, SCMP_SYS(openat), 2, WRITING, O_RDONLY);
	}
	return rc;
}

static int
sockets(scmp_filter_ctx c, unsigned allow)
{
	static const int connecting[] = { SCMP_SYS(connect) };
	static const int binding[] = { SCMP_SYS(bind) };
	int rc = 0;

	if ((allow & (SANDBOX_CONNECT_UNIX | SANDBOX_CONNECT_INET)) != 0)
		rc |= rules(c, SCMP_ACT_ALLOW, connecting, 1);
	if ((allow & SANDBOX_CONNECT_UNIX) != 0)
		rc |= where(c, SCMP_SYS(socket), 0, UINT32_MAX, AF_UNIX);
	if ((allow & SANDBOX_CONNECT_INET) == 0)
		return rc;
	rc |= where(c, SCMP_SYS(socket), 0, UINT32_MAX, AF_INET);
	rc |= where(c, SCMP_SYS(socket), 0, UINT32_MAX, AF_INET6);
	/* getaddrinfo() asks netlink which addresses this machine has. */
	rc |= where(c, SCMP_SYS(socket), 0, UINT32_MAX, AF_NETLINK);
	return rc | rules(c, SCMP_ACT_ALLOW, binding, 1);
}

static int
threads(scmp_filter_ctx c, unsigned allow)
{
	static const int new_process[] = { SCMP_SYS(clone) };
	static const int hidden_flags[] = { SCMP_SYS(clone3) };
	const struct scmp_arg_cmp no_thread =
	    SCMP_CMP64(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
	int rc;

	/* A filter cannot read clone3's flags behind their pointer; ENOSYS
	 * makes the C library call clone. */
	rc = rules(c, SCMP_ACT_ERRNO(ENOSYS), hidden_flags, 1);
	if ((allow & SANDBOX_THREADS) == 0)
		return rc | rules(c, SCMP_ACT_KILL_PROCESS, new_process, 1);
	rc |= where(c, SCMP_SYS(clone), 0, CLONE_THREAD, CLONE_THREAD);
	rc |= seccomp_rule_add_array(c, SCMP_ACT_KILL_PROCESS,
	    SCMP_SYS(clone), 1, &no_thread);
	return rc | rules(c, SCMP_ACT_ALLOW, for_threads, COUNT(for_threads));
}

/* What a value among the arguments decides. */
static int
by_argument(scmp_filter_ctx c)
{
	int rc = 0;

	/* Memory is never made code. */
	rc |= where(c, SCMP_SYS(mmap), 2, PROT_EXEC, 0);
	rc |= where(c, SCMP_SYS(mprotect), 2, PROT_EXEC, 0);
	rc |= where(c, SCMP_SYS(ioctl), 1, UINT32_MAX, FIONBIO);
	rc |= where(c, SCMP_SYS(ioctl), 1, UINT32_MAX, FIONREAD);
	rc |= where(c, SCMP_SYS(prctl), 0, UINT32_MAX, PR_SET_NAME);
	/* Limits are read, not set. */
	rc |= where(c, SCMP_SYS(prlimit64), 2, UINT64_MAX, 0);
	/* abort() and raise(). */
	rc |= where(c, SCMP_SYS(tgkill), 0, UINT32_MAX, (uint64_t)getpid());
	return rc;
}

static int
load(scmp_filter_ctx c, unsigned allow)
{
	int rc = 0;

	rc |= seccomp_attr_set(c, SCMP_FLTATR_ACT_BADARCH,
	    SCMP_ACT_KILL_PROCESS);
	rc |= seccomp_attr_set(c, SCMP_FLTATR_CTL_NNP, 1);
	/* All threads that libraries may have started by now. */
	rc |= seccomp_attr_set(c, SCMP_FLTATR_CTL_TSYNC, 1);
	/* A tree instead of a list: about eight steps a call. */
	rc |= seccomp_attr_set(c, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	rc |= rules(c, SCMP_ACT_ALLOW, always, COUNT(always));
	rc |= rules(c, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly));
	rc |= by_argument(c);
	rc |= files(c, allow);
	rc |= sockets(c, allow);
	rc |= threads(c, allow);
	return rc != 0 ? rc : seccomp_load(c);
}

bool
sandbox_enter(unsigned allow, struct err *e)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc;

	if (c == NULL)
		return err_set(e, ERR_SYSTEM, "no memory for the filter");
	rc = load(c, allow);
	seccomp_release(c);
	if (rc != 0)
		return err_set(e, ERR_SYSTEM,
		    "the kernel or libseccomp refused the filter");
	return true;
}
