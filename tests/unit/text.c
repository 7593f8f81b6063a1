/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Translations, from small catalogues made here by msgfmt; and which language
 * a browser's header asks for. Without msgfmt the tests of catalogues are
 * skipped.
 */
#include "lib/text.h"

#include <errno.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/err.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

extern char **environ;

enum {
	PATH_SIZE = 200
};

static const char catalogue[] =
    "msgid \"\"\n"
    "msgstr \"\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n"
    "msgid \"Continue\"\n"
    "msgstr \"Continuar\"\n"
    "msgid \"Check your answers\"\n"
    "msgstr \"Confira as suas informa\xc3\xa7\xc3\xb5""es\"\n"
    "msgid \"%lu day\"\n"
    "msgid_plural \"%lu days\"\n"
    "msgstr[0] \"%lu dia\"\n"
    "msgstr[1] \"%lu dias\"\n"
    "msgctxt \"a vehicle's title\"\n"
    "msgid \"Title\"\n"
    "msgstr \"Propriedade\"\n"
    "msgctxt \"a page's title\"\n"
    "msgid \"Title\"\n"
    "msgstr \"T\xc3\xadtulo\"\n";

/* As the C library's own would stand beside ours. */
static const char libc_catalogue[] =
    "msgid \"\"\n"
    "msgstr \"\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "msgid \"No such file or directory\"\n"
    "msgstr \"Arquivo inexistente\"\n";

static const char late_catalogue[] =
    "msgid \"\"\n"
    "msgstr \"\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "msgid \"Late\"\n"
    "msgstr \"Tarde\"\n";

static char dir[] = "/tmp/balcao-text-XXXXXX";
static bool made;	/* are there catalogues to test with? */

static const char *
path_of(const char *name)
{
	static char path[PATH_SIZE];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

/* false where there is no msgfmt. */
static bool
run_msgfmt(const char *po, const char *mo)
{
	char in[PATH_SIZE], out[PATH_SIZE];
	char name[] = "msgfmt", option[] = "-o";
	char *argv[] = { name, option, out, in, NULL };
	int status;
	pid_t pid;

	snprintf(in, sizeof in, "%s", path_of(po));
	snprintf(out, sizeof out, "%s", path_of(mo));
	if (posix_spawnp(&pid, name, NULL, NULL, argv, environ) != 0)
		return false;
	if (waitpid(pid, &status, 0) != pid)
		return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool
write_file(const char *name, const char *content)
{
	FILE *f = fopen(path_of(name), "w");

	if (f == NULL)
		return false;
	fputs(content, f);
	return fclose(f) == 0;
}

static int
make_catalogues(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL || mkdir(path_of("pt_BR"), 0700) != 0 ||
	    mkdir(path_of("pt_BR/LC_MESSAGES"), 0700) != 0 ||
	    mkdir(path_of("pt"), 0700) != 0 ||
	    mkdir(path_of("pt/LC_MESSAGES"), 0700) != 0 ||
	    !write_file("pt_BR.po", catalogue) ||
	    !write_file("late.po", late_catalogue) ||
	    !write_file("libc.po", libc_catalogue))
		return -1;
	made = run_msgfmt("pt_BR.po", "pt_BR/LC_MESSAGES/balcao.mo") &&
	    run_msgfmt("libc.po", "pt_BR/LC_MESSAGES/libc.mo");
	return 0;
}

static int
remove_catalogues(void **state)
{
	static const char *const names[] = {
		"pt_BR/LC_MESSAGES/balcao.mo", "pt_BR/LC_MESSAGES/libc.mo",
		"pt_BR/LC_MESSAGES", "pt_BR", "pt/LC_MESSAGES/balcao.mo",
		"pt/LC_MESSAGES", "pt", "pt_BR.po", "libc.po", "late.po",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		remove(path_of(names[i]));
	return rmdir(dir);
}

static void
need_catalogues(void)
{
	if (!made)
		skip();
}

/* First of all tests: what is asked before stays remembered. */
static void
a_missing_catalogue_is_named(void **state)
{
	struct err e;

	(void)state;
	assert_false(text_init("/nonexistent/locale", &e));
	assert_int_equal(e.code, ERR_SYSTEM);
	assert_string_equal(e.text, "no translations in /nonexistent/locale/"
	    "pt_BR/LC_MESSAGES/balcao.mo");
}

/* Behind "pt_BR" gettext would look into "pt": too late for that. */
static void
opened_once_and_then_without_files(void **state)
{
	struct err e;

	(void)state;
	need_catalogues();
	if (!text_init(dir, &e))
		fail_msg("%s", e.text);
	assert_int_equal(remove(path_of("pt_BR/LC_MESSAGES/balcao.mo")), 0);
	assert_true(run_msgfmt("late.po", "pt/LC_MESSAGES/balcao.mo"));
	assert_string_equal(text_tag(), "en");
	assert_string_equal(_("Continue"), "Continue");
	assert_true(text_use("pt-BR"));
	assert_string_equal(text_tag(), "pt-BR");
	assert_string_equal(_("Continue"), "Continuar");
	assert_string_equal(_("Late"), "Late");
	assert_true(text_use("en"));
	assert_string_equal(_("Continue"), "Continue");
}

static void
every_kind_in_every_language(void **state)
{
	static const struct {
		const char	*tag;
		const char	*check, *one, *two, *vehicle, *page;
	} facts[] = {
		{ "pt-BR", "Confira as suas informa\xc3\xa7\xc3\xb5""es",
		    "%lu dia", "%lu dias", "Propriedade", "T\xc3\xadtulo" },
		{ "en", "Check your answers", "%lu day", "%lu days",
		    "Title", "Title" },
		{ "pt-BR", "Confira as suas informa\xc3\xa7\xc3\xb5""es",
		    "%lu dia", "%lu dias", "Propriedade", "T\xc3\xadtulo" },
	};

	(void)state;
	need_catalogues();
	for (size_t i = 0; i < COUNT(facts); i++) {
		assert_true(text_use(facts[i].tag));
		assert_string_equal(text("Check your answers"),
		    facts[i].check);
		assert_string_equal(text_n("%lu day", "%lu days", 1),
		    facts[i].one);
		assert_string_equal(text_n("%lu day", "%lu days", 2),
		    facts[i].two);
		assert_string_equal(text_in("a vehicle's title", "Title"),
		    facts[i].vehicle);
		assert_string_equal(text_in("a page's title", "Title"),
		    facts[i].page);
	}
}

/* Portuguese says "0 dia", English "0 days". */
static void
zero_follows_the_languages_rule(void **state)
{
	(void)state;
	need_catalogues();
	assert_true(text_use("pt-BR"));
	assert_string_equal(text_n("%lu day", "%lu days", 0), "%lu dia");
	assert_true(text_use("en"));
	assert_string_equal(text_n("%lu day", "%lu days", 0), "%lu days");
}

static void
what_is_not_translated_stays(void **state)
{
	char much[2000];

	(void)state;
	need_catalogues();
	assert_true(text_use("pt-BR"));
	assert_string_equal(text("Unheard of"), "Unheard of");
	assert_string_equal(text(""), "");
	assert_string_equal(text_in("nowhere", "Title"), "Title");
	assert_string_equal(text_in("a page's title", "Other"), "Other");
	memset(much, 'm', sizeof much);
	much[sizeof much - 1] = '\0';
	assert_ptr_equal(text_in("long", much), much);
	assert_true(text_use("en"));
}

static void
unknown_languages_change_nothing(void **state)
{
	static const char *const facts[] = {
		"", "pt", "pt_BR", "pt-br", "PT-BR", "fr", "en-GB",
		"../../etc", NULL,
	};

	(void)state;
	need_catalogues();
	assert_true(text_use("pt-BR"));
	for (size_t i = 0; i < COUNT(facts); i++) {
		assert_false(text_use(facts[i]));
		assert_string_equal(text_tag(), "pt-BR");
		assert_string_equal(_("Continue"), "Continuar");
	}
	assert_true(text_use("en"));
}

static void
system_errors_stay_english(void **state)
{
	(void)state;
	need_catalogues();
	assert_true(text_use("pt-BR"));
	assert_string_equal(strerror(ENOENT), "No such file or directory");
	assert_true(text_use("en"));
}

static void
the_table_of_languages(void **state)
{
	size_t n = 0;

	(void)state;
	assert_string_equal(text_languages[0].tag, "en");
	for (; text_languages[n].tag != NULL; n++) {
		assert_non_null(text_languages[n].gettext);
		assert_non_null(text_languages[n].name);
	}
	assert_int_equal(n, 2);
}

static void
what_a_browser_asks_for(void **state)
{
	static const struct {
		const char	*header;
		const char	*tag;
	} facts[] = {
		{ NULL, "en" },
		{ "", "en" },
		{ "en", "en" },
		{ "pt-BR", "pt-BR" },
		{ "PT-br", "pt-BR" },
		{ "pt", "pt-BR" },
		{ "fr", "en" },
		{ "fr, pt", "pt-BR" },
		/* real browsers */
		{ "pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", "pt-BR" },
		{ "en-US,en;q=0.9,pt-BR;q=0.8,pt;q=0.7", "en" },
		{ "en-US,en;q=0.5", "en" },
		{ "pt-BR,pt;q=0.8,en-US;q=0.5,en;q=0.3", "pt-BR" },
		{ "de-DE,de;q=0.9,en;q=0.5,pt;q=0.6", "pt-BR" },
		/* another kind of ours is better than none */
		{ "pt-PT", "pt-BR" },
		{ "pt-PT, en;q=0.5", "pt-BR" },
		{ "en-GB, pt;q=0.5", "en" },
		{ "pt-BR-x-lei", "pt-BR" },
		/* but a subtag's beginning is no kind of it */
		{ "ptx, en;q=0.1", "en" },
		{ "p, en;q=0.1", "en" },
		{ "pt-B;q=0.3, en;q=0.2", "pt-BR" },
		/* by quality, then by order */
		{ "en;q=0.5, pt-BR;q=0.6", "pt-BR" },
		{ "en;q=0.6, pt-BR;q=0.5", "en" },
		{ "en;q=0.999, pt-BR", "pt-BR" },
		{ "en;q=0.123, pt;q=0.124", "pt-BR" },
		{ "pt-BR, en", "pt-BR" },
		{ "en, pt-BR", "en" },
		{ "pt;q=0.5, en;q=0.5", "pt-BR" },
		/* nothing is less than a little */
		{ "en;q=0, pt;q=0.001", "pt-BR" },
		{ "pt;q=0", "en" },
		{ "pt-BR;q=0, pt", "en" },
		{ "pt;q=0, pt-BR", "pt-BR" },
		{ "en-GB;q=0, en;q=0.5, pt;q=0.4", "en" },
		{ "en;q=0, pt-BR;q=0", "en" },
		{ "en;q=0.0, pt;q=0.1", "pt-BR" },
		{ "en;q=0.000, pt;q=0.1", "pt-BR" },
		/* any */
		{ "*", "en" },
		{ "*, en;q=0", "pt-BR" },
		{ "*;q=0.5, pt", "pt-BR" },
		{ "en;q=0.1, *;q=0.5", "pt-BR" },
		{ "*;q=0", "en" },
		{ "*;q=0, pt", "pt-BR" },
		/* odd but allowed */
		{ " pt ", "pt-BR" },
		{ "\tpt\t;\tq=1.000\t", "pt-BR" },
		{ "pt;Q=0.5", "pt-BR" },
		{ "en;q=0., pt;q=0.1", "pt-BR" },
		{ ",,pt,,", "pt-BR" },
		/* malformed: passed over, the rest still counts */
		{ "pt;q=1.001", "en" },
		{ "pt;q=2", "en" },
		{ "pt;q=-1", "en" },
		{ "pt;q=.5", "en" },
		{ "pt;q=0.1234", "en" },
		{ "pt;q=", "en" },
		{ "pt;q", "en" },
		{ "pt;", "en" },
		{ "pt;q=a", "en" },
		{ "pt;q =1", "en" },
		{ "pt;q= 1", "en" },
		{ "pt;level=1", "en" },
		{ "pt;q=1;x=2", "en" },
		{ "pt en", "en" },
		{ "pt_BR", "en" },
		{ "pt-", "en" },
		{ "-pt", "en" },
		{ "pt--BR", "en" },
		{ "pt-BRBRBRBRB", "en" },
		{ "pppppppppt", "en" },
		{ "p1", "en" },
		{ "**", "en" },
		{ "*-BR", "en" },
		{ "pt\xc3\xa9", "en" },
		{ "en;q=2, pt;q=0.1", "pt-BR" },
		{ ";q=1, pt", "pt-BR" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++)
		if (strcmp(text_choose(facts[i].header), facts[i].tag) != 0)
			fail_msg("%s gives %s", facts[i].header,
			    text_choose(facts[i].header));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_missing_catalogue_is_named),
		cmocka_unit_test(opened_once_and_then_without_files),
		cmocka_unit_test(every_kind_in_every_language),
		cmocka_unit_test(zero_follows_the_languages_rule),
		cmocka_unit_test(what_is_not_translated_stays),
		cmocka_unit_test(unknown_languages_change_nothing),
		cmocka_unit_test(system_errors_stay_english),
		cmocka_unit_test(the_table_of_languages),
		cmocka_unit_test(what_a_browser_asks_for),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("text", tests, make_catalogues,
	    remove_catalogues);
}
