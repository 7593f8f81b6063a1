/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes drafts that are ready to be sent: for each session token on standard
 * input one registration of a vehicle, begun and filled as the pages would.
 * Prints the lines that bench/filer.h describes.
 *
 *	prepare CONFIGURATION FIRST-NUMBER
 *
 * Every vehicle has its own number, counted from FIRST-NUMBER. Called by
 * bench/run.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "bench/filer.h"
#include "cgi-bin/guard.h"
#include "forms/form.h"
#include "forms/vin.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/str.h"
#include "services/intake.h"
#include "services/session.h"
#include "services/vehicle.h"

enum {
	NUMBERS = 1000000	/* six digits of the vehicle's */
};

static const struct form_field answers[] = {
	{ "vin", NULL },
	{ "make", "Fiat" }, { "model", "Argo 1.0" },
	{ "model-year", "2024" }, { "category", "car" },
	{ "colour", "red" }, { "fuel", "flex" },
	{ "first-registered-abroad", "no" },
	{ "inspection-certificate", "IC-1" },
	{ "inspection-date-day", "5" }, { "inspection-date-month", "1" },
	{ "inspection-date-year", "2024" },
	{ "invoice-number", "NF-1" },
	{ "purchase-date-day", "4" }, { "purchase-date-month", "1" },
	{ "purchase-date-year", "2024" }, { "price", "85000,00" },
	{ "seller-name", "Loja de Carros" },
	{ "owner-name", "Maria Exemplo" }, { "owner-cpf", "52998224725" },
	{ "owner-birth-date-day", "1" }, { "owner-birth-date-month", "2" },
	{ "owner-birth-date-year", "1980" },
	{ "owner-address-country", "BR" },
	{ "owner-address-street", "Rua das Flores" },
	{ "owner-address-number", "10" },
	{ "owner-address-city", "Curitiba" },
	{ "owner-address-state", "PR" },
	{ "owner-address-postcode", "80010-000" },
	{ "keeper-is-owner", "yes" }, { "odometer", "12" },
	{ "plate-preference", "next" },
	{ "email", "maria@people.example" },
	{ "true-and-complete", "yes" },
};
enum { ANSWERS = sizeof answers / sizeof *answers };

static void
fill(struct filer *f, struct form *form, int64_t number)
{
	const struct definition *d = form_definition(form);
	struct form_field field[ANSWERS];
	const struct form_error *wrong;
	char *vin = arena_printf(f->work, "9BD3581A0P1%06d",
	    (int)(number % NUMBERS));

	vin[8] = vin_check_digit(vin);
	memcpy(field, answers, sizeof field);
	field[0].value = vin;
	for (size_t i = 0; i < d->n_pages; i++)
		form_take(form, &d->pages[i], 0, field, ANSWERS);
	wrong = form_check(form);
	if (wrong != NULL)
		filer_fail(wrong->item != NULL ? wrong->item->name
		    : "the form", NULL);
}

static void
make_draft(struct filer *f, const char *token, int64_t number)
{
	static const struct uuid nothing;
	char id[UUID_TEXT], csrf[GUARD_TOKEN];
	struct session *session;
	struct draft d;
	struct err e;

	if (!filer_enter(f, token, &session, &e) ||
	    !intake_begin(f->room, f->work, session, &vehicle_service,
	    "vehicle-registration", nothing, &d, &e))
		filer_fail("a draft cannot be begun", &e);
	fill(f, d.form, number);
	if (!intake_save(f->room, f->work, &d, &e))
		filer_fail("a draft cannot be saved", &e);
	form_free(d.form);
	printf("/vehicles/check/%s %s %s\n", uuid_text(d.id, id), token,
	    guard_token(&session->token, csrf));
}

int
main(int argc, char **argv)
{
	struct filer f;
	struct err e;
	char *line = NULL;
	size_t size = 0;
	int64_t number;

	if (argc != 3 || !str_int(argv[2], 0, INT32_MAX, &number, NULL)) {
		fprintf(stderr, "usage: prepare CONFIGURATION FIRST-NUMBER\n");
		return EX_USAGE;
	}
	if (!filer_open(&f, "prepare", argv[1], &e))
		filer_fail("room vehicle does not open", &e);
	while (getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		make_draft(&f, line, number++);
		arena_reset(f.work);
	}
	free(line);
	return EX_OK;
}
