dnl SPDX-License-Identifier: Apache-2.0
dnl
dnl What compiler and linker do against a fault we have not found yet. Each
dnl flag is probed; a build with sanitizers leaves out what they replace.

AC_DEFUN([BALCAO_HARDENING], [
AC_ARG_ENABLE([hardening],
    [AS_HELP_STRING([--disable-hardening], [leave out hardening flags])])

HARDENING_CFLAGS=
HARDENING_LDFLAGS=
AS_IF([test "x$enable_hardening" != xno], [
	AS_IF([test "x$SANITIZER_CFLAGS" = x], [BALCAO_FORTIFY])
	dnl A canary in every function with an array: an overrun does not
	dnl return.
	BALCAO_FLAG([HARDENING_CFLAGS], [-fstack-protector-strong])
	dnl Large frames touch every page: no jump over the guard page.
	BALCAO_FLAG([HARDENING_CFLAGS], [-fstack-clash-protection])
	dnl Indirect jumps land on marked targets, returns where they came
	dnl from (x86; other machines take their own below).
	BALCAO_FLAG([HARDENING_CFLAGS], [-fcf-protection])
	BALCAO_FLAG([HARDENING_CFLAGS], [-mbranch-protection=standard])
	dnl A forgotten initialiser reads as zero, not as the last request.
	BALCAO_FLAG([HARDENING_CFLAGS], [-ftrivial-auto-var-init=zero])
	dnl Programs load at an address nobody knows.
	BALCAO_FLAG([HARDENING_CFLAGS], [-fPIE])
	BALCAO_LINK_FLAG([-pie])
	dnl Tables of addresses are resolved at start and then read-only.
	BALCAO_LINK_FLAG([-Wl,-z,relro])
	BALCAO_LINK_FLAG([-Wl,-z,now])
	dnl Data is never run.
	BALCAO_LINK_FLAG([-Wl,-z,noexecstack])
])
dnl A program loads only the libraries it calls: less code in each room.
BALCAO_LINK_FLAG([-Wl,--as-needed])
AC_SUBST([HARDENING_CFLAGS])
AC_SUBST([HARDENING_LDFLAGS])
])

dnl Bounds of known objects are checked by the C library. Level 3 knows
dnl sizes at run time; level 2 is what older compilers have; without
dnl optimisation there is none. Undefined first: some compilers set it.
AC_DEFUN([BALCAO_FORTIFY], [
	for balcao_level in 3 2; do
		AC_MSG_CHECKING([whether _FORTIFY_SOURCE=$balcao_level works])
		balcao_cflags=$CFLAGS
		balcao_fortify="-U_FORTIFY_SOURCE"
		balcao_fortify="$balcao_fortify -D_FORTIFY_SOURCE=$balcao_level"
		CFLAGS="$CFLAGS $balcao_fortify -Werror"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([
			[#include <string.h>]
		], [
			[char to[8], *from = (char *)to;]
			[memset(to, 0, sizeof to);]
			[return (int)strlen(from);]
		])], [balcao_works=yes], [balcao_works=no])
		CFLAGS=$balcao_cflags
		AC_MSG_RESULT([$balcao_works])
		AS_IF([test $balcao_works = yes], [
			HARDENING_CFLAGS="$HARDENING_CFLAGS $balcao_fortify"
			break
		])
	done
])

AC_DEFUN([BALCAO_LINK_FLAG], [
	AC_MSG_CHECKING([whether the linker takes $1])
	balcao_ldflags=$LDFLAGS
	balcao_cflags=$CFLAGS
	CFLAGS="$CFLAGS $HARDENING_CFLAGS"
	LDFLAGS="$LDFLAGS $HARDENING_LDFLAGS $1"
	AC_LINK_IFELSE([AC_LANG_PROGRAM([])], [
		AC_MSG_RESULT([yes])
		HARDENING_LDFLAGS="$HARDENING_LDFLAGS $1"
	], [AC_MSG_RESULT([no])])
	LDFLAGS=$balcao_ldflags
	CFLAGS=$balcao_cflags
])
