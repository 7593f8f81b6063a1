/* SPDX-License-Identifier: Apache-2.0 */
/*
 * balcao demo: people, offices, holidays, fees and forms to try the house
 * with. All people are plainly fictitious and their addresses are in a domain
 * that no mail reaches (RFC 2606). A second run adds what the first lacked:
 * the passwords are derived from this installation's keys, so they are the
 * same each time and no other installation's.
 */
#include "bin/balcao.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bin/balcao_args.h"
#include "bin/balcao_file.h"
#include "bin/balcao_form.h"
#include "bin/balcao_holiday.h"
#include "bin/balcao_office.h"
#include "bin/balcao_password.h"
#include "bin/balcao_print.h"
#include "bin/balcao_staff.h"
#include "lib/arena.h"
#include "lib/clock.h"
#include "lib/conf.h"
#include "lib/crypto.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/account.h"
#include "services/room.h"

static const struct {
	const char	*code;
	const char	*name;
	const char	*parent;
} offices[] = {
	{ "town-hall", "Prefeitura de Demonstração", NULL },
	{ "vehicles", "Registro de Veículos", "town-hall" },
	{ "addresses", "Cadastro de Endereços", "town-hall" },
	{ "bills", "Contas e Tributos", "town-hall" },
	{ "benefits", "Assistência Social", "town-hall" },
	{ "contributions", "Associações", "town-hall" },
	{ "data-protection", "Proteção de Dados Pessoais", "town-hall" },
};

struct demo_person {
	const char	*role;		/* "citizen", or a role of staff */
	const char	*name;
	const char	*email;
	const char	*handle;	/* of staff, and their office */
	const char	*office;
	const char	*national_id;	/* of citizens: example numbers */
	struct civil	 born;
};

static const struct demo_person people[] = {
	{ "clerk", "Clara Modelo", "clara.modelo@example.org", "DET-014",
	    "vehicles", NULL, { 0 } },
	{ "clerk", "Caio Modelo", "caio.modelo@example.org", "DET-015",
	    "vehicles", NULL, { 0 } },
	{ "supervisor", "Sílvia Modelo", "silvia.modelo@example.org",
	    "SUP-003", "vehicles", NULL, { 0 } },
	{ "supervisor", "Paula Modelo", "paula.modelo@example.org",
	    "SUP-007", "data-protection", NULL, { 0 } },
	{ "auditor", "Augusto Modelo", "augusto.modelo@example.org",
	    "AUD-001", "town-hall", NULL, { 0 } },
	{ "administrator", "Adélia Modelo", "adelia.modelo@example.org",
	    "ADM-001", "town-hall", NULL, { 0 } },
	{ "citizen", "Ana Exemplo", "ana.exemplo@example.org", NULL, NULL,
	    "11144477735", { 1986, 3, 14, 0 } },
	{ "citizen", "Bruno Exemplo", "bruno.exemplo@example.org", NULL, NULL,
	    "52998224725", { 1971, 11, 2, 0 } },
};
enum { PEOPLE = sizeof people / sizeof *people };

/* ---- configuration ---- */

/* One that is there, under whatever name, will do. */
static bool
add_office(struct balcao *b, const char *code, const char *name,
    const char *parent, struct err *e)
{
	struct uuid id;
	bool added;

	return office_get(b, code, &id, NULL) ||
	    office_add(b, code, name, parent, &added, e);
}

static bool
add_offices(struct balcao *b, struct err *e)
{
	for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
		if (!add_office(b, offices[i].code, offices[i].name,
		    offices[i].parent, e))
			return false;
	return true;
}

static bool
add_holidays(struct balcao *b, struct err *e)
{
	int year = date_civil(clock_today()).year;
	struct holiday list[2 * HOLIDAY_NATIONAL];
	size_t added;

	holiday_national(year, list);
	holiday_national(year + 1, list + HOLIDAY_NATIONAL);
	return holiday_add(b, list, 2 * HOLIDAY_NATIONAL, &added, e);
}

static bool
add_parameters(struct balcao *b, struct err *e)
{
	const char *folder = arena_printf(b->arena, "%s/parameters",
	    conf_text(b->conf, "path", "forms"));
	const char *const *names;
	size_t n, added;
	bool faulty;

	if (!file_list(b->arena, folder, ".xml", &names, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!parameter_add(b, arena_printf(b->arena, "%s/%s", folder,
		    names[i]), &added, &faulty, e))
			return err_at(e, names[i]);
	return true;
}

/* Offices that only a form names get its word for a name. */
static bool
add_form(struct balcao *b, const char *path, struct err *e)
{
	const char *office;
	enum form_end end;

	return form_office(b, path, &office, e) &&
	    add_office(b, office, office, "town-hall", e) &&
	    form_add(b, path, &end, e);
}

static bool
add_forms(struct balcao *b, struct err *e)
{
	const char *folder = conf_text(b->conf, "path", "forms");
	const char *const *names;
	size_t n;

	if (!file_list(b->arena, folder, ".xml", &names, &n, e))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!add_form(b, arena_printf(b->arena, "%s/%s", folder,
		    names[i]), e))
			return false;
	return true;
}

/* ---- people ---- */

static const char *
password_of(struct balcao *b, const struct demo_person *p)
{
	struct secret key = keyring_derive(&b->account->ring, "cs-demo/1");
	struct hash h = crypto_hmac(secret_bytes(&key), bytes_of(p->email));
	const char *password = password_from(b->arena, h.b);

	secret_wipe(&key, sizeof key);
	return password;
}

static bool
add_staff(struct balcao *b, const struct demo_person *p, struct err *e)
{
	bool added;

	return staff_add(b, &(struct staff){
	    .handle = p->handle,
	    .name = p->name,
	    .email = p->email,
	    .office = p->office,
	    .password = password_of(b, p),
	    .language = "pt-BR",
	    .roles = &p->role,
	    .n_roles = 1 }, &added, e) || err_at(e, p->handle);
}

static bool
add_citizen(struct balcao *b, const struct demo_person *p, struct err *e)
{
	struct err why = { 0 };
	struct uuid account, person;

	if (account_add(b->account, b->arena, &(struct account_new){
	    .name = p->name,
	    .email = p->email,
	    .password = password_of(b, p),
	    .language = "pt-BR",
	    .national_id = p->national_id,
	    .born = date_from(p->born) }, &account, &person, &why) ||
	    err_is(&why, "account_email_once") ||
	    err_is(&why, "person_national_id_once"))
		return true;
	*e = why;
	return err_at(e, p->email);
}

static bool
add_people(struct balcao *b, struct err *e)
{
	struct room *room;

	if (!balcao_account(b, &room, e))
		return false;
	for (size_t i = 0; i < PEOPLE; i++)
		if (!(people[i].handle != NULL ? add_staff : add_citizen)(b,
		    &people[i], e))
			return false;
	return true;
}

/* ---- who they are, for whoever tries them ---- */

static void
print_people(struct balcao *b, FILE *f)
{
	fputs("[\n", f);
	for (size_t i = 0; i < PEOPLE; i++) {
		const char *const pairs[][2] = {
			{ "role", people[i].role },
			{ "name", people[i].name },
			{ "handle", people[i].handle },
			{ "email", people[i].email },
			{ "password", password_of(b, &people[i]) },
		};
		const char *comma = "  {";

		for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
			if (pairs[p][1] == NULL)
				continue;
			fprintf(f, "%s \"%s\": ", comma, pairs[p][0]);
			print_json(f, pairs[p][1]);
			comma = ",";
		}
		fputs(i + 1 < PEOPLE ? " },\n" : " }\n", f);
	}
	fputs("]\n", f);
}

static bool
write_people(struct balcao *b, struct err *e)
{
	const char *slash = strrchr(b->conf_path, '/');
	const char *path = arena_printf(b->arena, "%.*sdemo-accounts.json",
	    slash != NULL ? (int)(slash - b->conf_path) + 1 : 0,
	    b->conf_path);
	const char *draft = arena_printf(b->arena, "%s.new", path);
	int fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
	    O_NOFOLLOW, 0600);
	FILE *f = fd >= 0 && fchmod(fd, 0600) == 0 ? fdopen(fd, "w") : NULL;
	bool ok = f != NULL;

	if (ok) {
		print_people(b, f);
		ok = fclose(f) == 0 && rename(draft, path) == 0;
	}
	if (!ok)
		return err_set(e, ERR_SYSTEM, "%.150s: %s", path,
		    strerror(errno));
	printf("These people may sign in (%s):\n", path);
	print_people(b, stdout);
	return true;
}

static bool
demo(struct balcao *b, struct args *args, struct err *e)
{
	if (!args_read(args, NULL, 0, 0, e))
		return false;
	if (!conf_bool(b->conf, "test", "demonstration"))
		return err_set(e, ERR_DENIED, "this is no demonstration: its "
		    "configuration does not say demonstration = yes under "
		    "[test]");
	return add_offices(b, e) && add_holidays(b, e) &&
	    add_parameters(b, e) && add_forms(b, e) && add_people(b, e) &&
	    write_people(b, e);
}

const struct verb demo_verbs[] = {
	{ "demo", "", "load people, forms and fees to try the house with",
	    demo },
	{ .name = NULL }
};
