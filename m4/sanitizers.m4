dnl SPDX-License-Identifier: Apache-2.0
dnl
dnl Builds for finding faults: AddressSanitizer with UndefinedBehavior-
dnl Sanitizer, and libFuzzer's instrumentation (clang only). Never for
dnl production: a sanitizer's run time is an attack surface of its own.

AC_DEFUN([BALCAO_SANITIZERS], [
AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers], [build with ASan and UBSan])])
AC_ARG_ENABLE([fuzzing],
    [AS_HELP_STRING([--enable-fuzzing],
	[build fuzz targets for libFuzzer, with sanitizers (clang)])])

SANITIZER_CFLAGS=
FUZZING_LDFLAGS=
AS_IF([test "x$enable_fuzzing" = xyes], [enable_sanitizers=yes])
AS_IF([test "x$enable_sanitizers" = xyes], [
	BALCAO_FLAG([SANITIZER_CFLAGS], [-fsanitize=address,undefined])
	AS_IF([test "x$SANITIZER_CFLAGS" = x],
	    [AC_MSG_ERROR([$CC has no sanitizers])])
	dnl A fault ends the program: a test that goes on would pass.
	BALCAO_FLAG([SANITIZER_CFLAGS], [-fno-sanitize-recover=all])
	dnl Readable stacks in the report.
	BALCAO_FLAG([SANITIZER_CFLAGS], [-fno-omit-frame-pointer])
])
AS_IF([test "x$enable_fuzzing" = xyes], [
	balcao_before=$SANITIZER_CFLAGS
	BALCAO_FLAG([SANITIZER_CFLAGS], [-fsanitize=fuzzer-no-link])
	AS_IF([test "x$SANITIZER_CFLAGS" = "x$balcao_before"],
	    [AC_MSG_ERROR([fuzzing needs clang: ./configure CC=clang])])
	FUZZING_LDFLAGS=-fsanitize=fuzzer
])
AC_SUBST([SANITIZER_CFLAGS])
AC_SUBST([FUZZING_LDFLAGS])
])
