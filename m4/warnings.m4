dnl SPDX-License-Identifier: Apache-2.0
dnl
dnl Every warning is probed alone, so that gcc and clang each take what they
dnl know. They end up in WARNING_CFLAGS.

dnl BALCAO_FLAG(variable, flag): add the flag if the compiler takes it. An
dnl unknown warning is an error here: clang would take anything otherwise.
AC_DEFUN([BALCAO_FLAG], [
	AC_MSG_CHECKING([whether $CC takes $2])
	balcao_cflags=$CFLAGS
	CFLAGS="$CFLAGS $$1 $2 -Werror"
	AC_LINK_IFELSE([AC_LANG_PROGRAM([])], [
		AC_MSG_RESULT([yes])
		$1="$$1 $2"
	], [AC_MSG_RESULT([no])])
	CFLAGS=$balcao_cflags
])

AC_DEFUN([BALCAO_WARNINGS], [
AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [let every warning end the build])])

WARNING_CFLAGS=
dnl What any careful reader would say.
BALCAO_FLAG([WARNING_CFLAGS], [-Wall])
BALCAO_FLAG([WARNING_CFLAGS], [-Wextra])
dnl A name that hides another has fooled better reviewers.
BALCAO_FLAG([WARNING_CFLAGS], [-Wshadow])
dnl f() takes anything; f(void) takes nothing.
BALCAO_FLAG([WARNING_CFLAGS], [-Wstrict-prototypes])
BALCAO_FLAG([WARNING_CFLAGS], [-Wold-style-definition])
dnl A function that is neither static nor in a header has no contract.
BALCAO_FLAG([WARNING_CFLAGS], [-Wmissing-prototypes])
BALCAO_FLAG([WARNING_CFLAGS], [-Wnested-externs])
dnl Sizes of void and of functions are a GNU fancy.
BALCAO_FLAG([WARNING_CFLAGS], [-Wpointer-arith])
dnl A literal is const: writing to it is a crash.
BALCAO_FLAG([WARNING_CFLAGS], [-Wwrite-strings])
dnl Casting const away is a promise broken without a word.
BALCAO_FLAG([WARNING_CFLAGS], [-Wcast-qual])
dnl The stack's depth must not depend on what a citizen types.
BALCAO_FLAG([WARNING_CFLAGS], [-Wvla])
BALCAO_FLAG([WARNING_CFLAGS], [-Walloca])
dnl Formats are literals, and agree with what they are given.
BALCAO_FLAG([WARNING_CFLAGS], [-Wformat=2])
dnl A misspelt macro in #if is silently 0.
BALCAO_FLAG([WARNING_CFLAGS], [-Wundef])
dnl Falling into the next case is said, not forgotten.
BALCAO_FLAG([WARNING_CFLAGS], [-Wimplicit-fallthrough])
dnl The same test twice in one chain: the second was meant to be another.
BALCAO_FLAG([WARNING_CFLAGS], [-Wduplicated-cond])
dnl && where & was meant, and the like.
BALCAO_FLAG([WARNING_CFLAGS], [-Wlogical-op])
dnl Two builds of one source are the same bytes.
BALCAO_FLAG([WARNING_CFLAGS], [-Wdate-time])
AS_IF([test "x$enable_werror" = xyes],
    [BALCAO_FLAG([WARNING_CFLAGS], [-Werror])])
AC_SUBST([WARNING_CFLAGS])
])
