/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Types of answers as lists of facts: what was typed, and what it means or
 * what is wrong with it.
 */
#include "forms/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/text.h"
#include "tests/unit/type_facts.h"

#define COUNT(array)	(sizeof(array) / sizeof *(array))

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static int
in_english(void **state)
{
	(void)state;
	assert_true(text_use("en"));
	return 0;
}

struct fact {
	const char	*type;
	const char	*typed;
	const char	*value;		/* NULL: absent, or refused */
	enum type_code	 code;
};

static void
hold(const struct fact *facts, size_t n, const struct type_rules *rules)
{
	for (size_t i = 0; i < n; i++) {
		const char *text = facts[i].typed;
		struct type_value v;
		struct type_fault f;

		assert_int_equal(type_facts_parse(arena, facts[i].type, rules,
		    &text, 1, &v, &f), facts[i].code);
		assert_int_equal(v.n, facts[i].value != NULL);
		if (facts[i].value != NULL)
			assert_string_equal(v.texts[0], facts[i].value);
	}
}

#define HUNDRED	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LABEL	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
texts_and_names(void **state)
{
	static const struct fact facts[] = {
		{ "text", "", NULL, TYPE_FINE },
		{ "text", " \t\r\n ", NULL, TYPE_FINE },
		{ "text", "\xc2\xa0", NULL, TYPE_FINE },
		{ "text", " a b ", "a b", TYPE_FINE },
		{ "text", "a\tb", "a b", TYPE_FINE },
		{ "text", HUNDRED HUNDRED, HUNDRED HUNDRED, TYPE_FINE },
		{ "text", HUNDRED HUNDRED "a", NULL, TYPE_TOO_LONG },
		{ "text", "a\r\nb", NULL, TYPE_CHARACTERS },
		{ "text", "a\nb", NULL, TYPE_CHARACTERS },
		{ "text", "a\x01", NULL, TYPE_CHARACTERS },
		{ "text", "a\x7f", NULL, TYPE_CHARACTERS },
		{ "text", "a\xc2\x85z", NULL, TYPE_CHARACTERS },
		{ "text", "a\xe2\x80\xaez", NULL, TYPE_CHARACTERS },
		{ "text", "a\xe2\x81\xa6z", NULL, TYPE_CHARACTERS },
		{ "text", "a\xef\xbf\xbfz", NULL, TYPE_CHARACTERS },
		{ "text", "<script>", "<script>", TYPE_FINE },
		{ "name", "X", "X", TYPE_FINE },
		{ "name", "Jos\xc3\xa9 da Silva", "Jos\xc3\xa9 da Silva",
		  TYPE_FINE },
		{ "name", "O\xe2\x80\x99Neill-\xc5\xa0t\xc3\xa9rn 3rd",
		  "O\xe2\x80\x99Neill-\xc5\xa0t\xc3\xa9rn 3rd", TYPE_FINE },
		{ "name", "\xe5\xbc\xa0\xe4\xbc\x9f", "\xe5\xbc\xa0\xe4\xbc\x9f",
		  TYPE_FINE },
		{ "name", HUNDRED HUNDRED "a", NULL, TYPE_TOO_LONG },
		{ "name", "\xe2\x80\xaetxt.exe", NULL, TYPE_CHARACTERS },
	};
	static const struct fact long_facts[] = {
		{ "text", "a\r\nb\rc\n\nd\n", "a\nb\nc\n\nd", TYPE_FINE },
		{ "text", "a\x0b" "b", NULL, TYPE_CHARACTERS },
		{ "text", "abcde\nfghij", NULL, TYPE_TOO_LONG },
		{ "text", "a", NULL, TYPE_TOO_SHORT },
	};
	struct type_rules lines = { .lines = 5, .low = 2, .high = 10 };

	(void)state;
	hold(facts, COUNT(facts), NULL);
	hold(long_facts, COUNT(long_facts), &lines);
}

static void
mail_addresses(void **state)
{
	static const struct fact facts[] = {
		{ "email", "a@b.br", "a@b.br", TYPE_FINE },
		{ "email", " Ana.Lima+tag@Example.GOV.BR ",
		  "Ana.Lima+tag@example.gov.br", TYPE_FINE },
		{ "email", "o'neill@example.com", "o'neill@example.com",
		  TYPE_FINE },
		{ "email", "a@xn--bcher-kva.example", "a@xn--bcher-kva.example",
		  TYPE_FINE },
		{ "email", "a@" LABEL ".com", "a@" LABEL ".com", TYPE_FINE },
		{ "email", "a@" LABEL "a.com", NULL, TYPE_EMAIL },
		{ "email", "plain", NULL, TYPE_EMAIL },
		{ "email", "@b.br", NULL, TYPE_EMAIL },
		{ "email", "a@", NULL, TYPE_EMAIL },
		{ "email", "a@b", NULL, TYPE_EMAIL },
		{ "email", "a@b@c.br", NULL, TYPE_EMAIL },
		{ "email", "a b@c.br", NULL, TYPE_EMAIL },
		{ "email", ".a@b.br", NULL, TYPE_EMAIL },
		{ "email", "a.@b.br", NULL, TYPE_EMAIL },
		{ "email", "a..b@c.br", NULL, TYPE_EMAIL },
		{ "email", "a@.br", NULL, TYPE_EMAIL },
		{ "email", "a@b..br", NULL, TYPE_EMAIL },
		{ "email", "a@b.br.", NULL, TYPE_EMAIL },
		{ "email", "a@-b.br", NULL, TYPE_EMAIL },
		{ "email", "a@b-.br", NULL, TYPE_EMAIL },
		{ "email", "a@1.2.3.4", NULL, TYPE_EMAIL },
		{ "email", "a@b_c.br", NULL, TYPE_EMAIL },
		{ "email", "a@b.br, c@d.br", NULL, TYPE_EMAIL },
		{ "email", "a@b.br\nBcc: c@d.br", NULL, TYPE_CHARACTERS },
		{ "email", "<a@b.br>", NULL, TYPE_EMAIL },
		{ "email", "\"a\"@b.br", NULL, TYPE_EMAIL },
		{ "email", "jos\xc3\xa9@b.br", NULL, TYPE_EMAIL },
		{ "email", LABEL "a@b.br", LABEL "a@b.br", TYPE_FINE },
		{ "email", LABEL "aa@b.br", NULL, TYPE_EMAIL },
		{ "email", "a@" LABEL "." LABEL "." LABEL "." LABEL ".br", NULL,
		  TYPE_TOO_LONG },
	};

	(void)state;
	hold(facts, COUNT(facts), NULL);
}

static void
phones(void **state)
{
	static const struct fact facts[] = {
		{ "phone", "11 91234-5678", "11912345678", TYPE_FINE },
		{ "phone", "(11) 91234.5678", "11912345678", TYPE_FINE },
		{ "phone", "+55 11 91234-5678", "+5511912345678", TYPE_FINE },
		{ "phone", "12345678", "12345678", TYPE_FINE },
		{ "phone", "+123456789012345", "+123456789012345", TYPE_FINE },
		{ "phone", "1234567", NULL, TYPE_PHONE },
		{ "phone", "+1234567890123456", NULL, TYPE_PHONE },
		{ "phone", "11+91234567", NULL, TYPE_PHONE },
		{ "phone", "++5511912345678", NULL, TYPE_PHONE },
		{ "phone", "ask for Ana", NULL, TYPE_PHONE },
		{ "phone", "1191234567x", NULL, TYPE_PHONE },
		{ "phone", "+", NULL, TYPE_PHONE },
	};

	(void)state;
	hold(facts, COUNT(facts), NULL);
}

static void
numbers(void **state)
{
	static const struct fact facts[] = {
		{ "integer", "0", "0", TYPE_FINE },
		{ "integer", "007", "7", TYPE_FINE },
		{ "integer", "45000", "45000", TYPE_FINE },
		{ "integer", "45.000", "45000", TYPE_FINE },
		{ "integer", "45,000", "45000", TYPE_FINE },
		{ "integer", "1.234.567", "1234567", TYPE_FINE },
		{ "integer", "1 234 567", "1234567", TYPE_FINE },
		{ "integer", "999999999999", "999999999999", TYPE_FINE },
		{ "integer", "1000000000000", NULL, TYPE_TOO_HIGH },
		{ "integer", "-1", NULL, TYPE_TOO_LOW },
		{ "integer", "12.5", NULL, TYPE_WHOLE },
		{ "integer", "12,50", NULL, TYPE_WHOLE },
		{ "integer", "0.500", NULL, TYPE_NUMBER },
		{ "integer", "1.2345", NULL, TYPE_NUMBER },
		{ "integer", "12.34.567", NULL, TYPE_NUMBER },
		{ "integer", "1.234,567", NULL, TYPE_NUMBER },
		{ "integer", "1e3", NULL, TYPE_NUMBER },
		{ "integer", "0x10", NULL, TYPE_NUMBER },
		{ "integer", "+1", NULL, TYPE_NUMBER },
		{ "integer", "--1", NULL, TYPE_NUMBER },
		{ "integer", "-", NULL, TYPE_NUMBER },
		{ "integer", ".", NULL, TYPE_NUMBER },
		{ "integer", "12 km", NULL, TYPE_NUMBER },
		{ "integer", "NaN", NULL, TYPE_NUMBER },
		{ "integer", "99999999999999999999", NULL, TYPE_NUMBER },
		{ "integer", "\xef\xbc\x91", NULL, TYPE_NUMBER },
		{ "money", "0", "0", TYPE_FINE },
		{ "money", "1", "100", TYPE_FINE },
		{ "money", "1,5", "150", TYPE_FINE },
		{ "money", "1.50", "150", TYPE_FINE },
		{ "money", "0,05", "5", TYPE_FINE },
		{ "money", "1.234,56", "123456", TYPE_FINE },
		{ "money", "1,234.56", "123456", TYPE_FINE },
		{ "money", "1 234,56", "123456", TYPE_FINE },
		{ "money", "1.234", "123400", TYPE_FINE },
		{ "money", "1.234.567,8", "123456780", TYPE_FINE },
		{ "money", "R$ 1.234,56", "123456", TYPE_FINE },
		{ "money", "R$1234,56", "123456", TYPE_FINE },
		{ "money", "R$\xc2\xa0" "10", "1000", TYPE_FINE },
		{ "money", "BRL 10", "1000", TYPE_FINE },
		{ "money", "999999999999.99", "99999999999999", TYPE_FINE },
		{ "money", "1000000000000", NULL, TYPE_TOO_HIGH },
		{ "money", "-0,01", NULL, TYPE_TOO_LOW },
		{ "money", "1,234,56", NULL, TYPE_NUMBER },
		{ "money", "1.2345", NULL, TYPE_NUMBER },
		{ "money", "0,500", NULL, TYPE_NUMBER },
		{ "money", ",50", NULL, TYPE_NUMBER },
		{ "money", "1,", NULL, TYPE_NUMBER },
		{ "money", "$ 10", NULL, TYPE_NUMBER },
		{ "money", "10 R$", NULL, TYPE_NUMBER },
		{ "money", "ten", NULL, TYPE_NUMBER },
		{ "money", "99999999999999999", NULL, TYPE_NUMBER },
		{ "money", "9999999999999999", NULL, TYPE_TOO_HIGH },
	};
	static const struct fact low_facts[] = {
		{ "integer", "-40", "-40", TYPE_FINE },
		{ "integer", "-41", NULL, TYPE_TOO_LOW },
		{ "integer", "51", NULL, TYPE_TOO_HIGH },
	};
	struct type_rules low = { .low = -40, .high = 50 };
	struct type_rules yen = { .high = 1000, .currency = "JPY" };
	static const struct fact yen_facts[] = {
		{ "money", "\xc2\xa5 500", "500", TYPE_FINE },
		{ "money", "5,5", NULL, TYPE_WHOLE },
	};

	(void)state;
	hold(facts, COUNT(facts), NULL);
	hold(low_facts, COUNT(low_facts), &low);
	hold(yen_facts, COUNT(yen_facts), &yen);
}

static void
chosen(void **state)
{
	static const struct fact facts[] = {
		{ "choice", "towbar", "towbar", TYPE_FINE },
		{ "choice", "Towbar", NULL, TYPE_CHOICE },
		{ "choice", "wings", NULL, TYPE_CHOICE },
		{ "choices", "roof", "roof", TYPE_FINE },
		{ "choices", "wings", NULL, TYPE_CHOICE },
		{ "yesno", "yes", "true", TYPE_FINE },
		{ "yesno", "no", "false", TYPE_FINE },
		{ "yesno", "", NULL, TYPE_FINE },
		{ "yesno", "true", NULL, TYPE_CHOICE },
		{ "yesno", "on", NULL, TYPE_CHOICE },
		{ "declaration", "yes", "true", TYPE_FINE },
		{ "declaration", "", NULL, TYPE_FINE },
		{ "declaration", "no", NULL, TYPE_DECLARE },
	};
	static const struct {
		const char	*typed[4];
		size_t		 n;
		int64_t		 low, high;
		const char	*read;		/* "" if refused */
		enum type_code	 code;
	} many[] = {
		{ { "roof", "towbar" }, 2, 0, 9, "Towing hook\nSun roof",
		  TYPE_FINE },
		{ { "roof", "roof", "" }, 3, 0, 9, "Sun roof", TYPE_FINE },
		{ { "" }, 1, 0, 9, "", TYPE_FINE },
		{ { NULL }, 0, 0, 9, "", TYPE_FINE },
		{ { "roof", "wings" }, 2, 0, 9, "", TYPE_CHOICE },
		{ { "roof" }, 1, 2, 9, "", TYPE_TOO_FEW },
		{ { "roof", "towbar" }, 2, 0, 1, "", TYPE_TOO_MANY },
	};

	(void)state;
	hold(facts, COUNT(facts), NULL);
	for (size_t i = 0; i < COUNT(many); i++) {
		const struct type *t = type_find("choices");
		struct type_rules rules = type_facts_rules(t);
		const char *texts[4];
		struct type_value v;
		struct type_fault f;

		rules.low = many[i].low;
		rules.high = many[i].high;
		memcpy(texts, many[i].typed, sizeof texts);
		assert_int_equal(type_facts_parse(arena, "choices", &rules,
		    texts, many[i].n, &v, &f), many[i].code);
		assert_string_equal(type_read(arena, t, &rules, &v),
		    many[i].read);
	}
}

static void
dates(void **state)
{
	static const struct {
		const char	*typed[3];
		const char	*value;
		enum type_code	 code;
		const char	*part;
	} facts[] = {
		{ { "5", "3", "2026" }, "2026-03-05", TYPE_FINE, NULL },
		{ { "05", "03", "2026" }, "2026-03-05", TYPE_FINE, NULL },
		{ { " 29 ", "2", "2024" }, "2024-02-29", TYPE_FINE, NULL },
		{ { "", "", "" }, NULL, TYPE_FINE, NULL },
		{ { NULL, NULL, NULL }, NULL, TYPE_FINE, NULL },
		{ { "29", "2", "2025" }, NULL, TYPE_DATE, NULL },
		{ { "31", "4", "2026" }, NULL, TYPE_DATE, NULL },
		{ { "0", "3", "2026" }, NULL, TYPE_DATE, NULL },
		{ { "5", "13", "2026" }, NULL, TYPE_DATE, NULL },
		{ { "5", "3", "0000" }, NULL, TYPE_DATE, NULL },
		{ { "5", "3", "26" }, NULL, TYPE_YEAR, "year" },
		{ { "5", "3", "20260" }, NULL, TYPE_YEAR, "year" },
		{ { "5", "3", "-026" }, NULL, TYPE_YEAR, "year" },
		{ { "", "3", "2026" }, NULL, TYPE_PART_MISSING, "day" },
		{ { "5", "", "2026" }, NULL, TYPE_PART_MISSING, "month" },
		{ { "5", "3", NULL }, NULL, TYPE_PART_MISSING, "year" },
		{ { "x", "3", "2026" }, NULL, TYPE_DATE, "day" },
		{ { "005", "3", "2026" }, NULL, TYPE_DATE, "day" },
		{ { "5", "Mar", "2026" }, NULL, TYPE_DATE, "month" },
		{ { "5", "3", "2\x01" "26" }, NULL, TYPE_CHARACTERS, "year" },
	};
	static const struct fact whole[] = {
		{ "date", "2026-03-05", "2026-03-05", TYPE_FINE },
		{ "date", "2026-02-30", NULL, TYPE_DATE },
		{ "date", "05/03/2026", NULL, TYPE_DATE },
		{ "date", "2026-3-5", NULL, TYPE_DATE },
		{ "date", "2026-03-05T00:00:00Z", NULL, TYPE_DATE },
		{ "date", "tomorrow", NULL, TYPE_DATE },
	};

	(void)state;
	hold(whole, COUNT(whole), NULL);
	for (size_t i = 0; i < COUNT(facts); i++) {
		const char *texts[3];
		struct type_value v;
		struct type_fault f;

		memcpy(texts, facts[i].typed, sizeof texts);
		assert_int_equal(type_facts_parse(arena, "date", NULL, texts,
		    3, &v, &f), facts[i].code);
		assert_int_equal(v.n, facts[i].value != NULL);
		if (facts[i].value != NULL)
			assert_string_equal(v.texts[0], facts[i].value);
		if (facts[i].part != NULL)
			assert_string_equal(f.part, facts[i].part);
		else
			assert_null(f.part);
	}
}

static void
official_numbers(void **state)
{
	static const struct fact facts[] = {
		{ "cpf", "52998224725", "52998224725", TYPE_FINE },
		{ "cpf", "529.982.247-25", "52998224725", TYPE_FINE },
		{ "cpf", "111.444.777-35", "11144477735", TYPE_FINE },
		{ "cpf", "00000000191", "00000000191", TYPE_FINE },
		{ "cpf", "52998224724", NULL, TYPE_CPF },
		{ "cpf", "52998224735", NULL, TYPE_CPF },
		{ "cpf", "11111111111", NULL, TYPE_CPF },
		{ "cpf", "00000000000", NULL, TYPE_CPF },
		{ "cpf", "5299822472", NULL, TYPE_CPF },
		{ "cpf", "529982247250", NULL, TYPE_CPF },
		{ "cpf", "5299822472X", NULL, TYPE_CPF },
		{ "vin", "1m8gdm9axkp042788", "1M8GDM9AXKP042788", TYPE_FINE },
		{ "vin", "1M8GDM9A XKP-042788", "1M8GDM9AXKP042788",
		  TYPE_FINE },
		{ "vin", "1XPTD40X0JD456115", "1XPTD40X0JD456115", TYPE_FINE },
		{ "vin", "1M8GDM9AXKPO42788", NULL, TYPE_VIN },
		{ "vin", "1M8GDM9AXKP04278", NULL, TYPE_VIN },
		{ "vin", "1M8GDM9AXKP0427888", NULL, TYPE_VIN },
		{ "vin", "AB12345", NULL, TYPE_VIN },
		{ "plate", "abc-1234", "ABC1234", TYPE_FINE },
		{ "plate", "ABC 1D23", "ABC1D23", TYPE_FINE },
		{ "plate", "ABC12D3", NULL, TYPE_PLATE },
		{ "plate", "ABC123", NULL, TYPE_PLATE },
		{ "plate", "1234ABC", NULL, TYPE_PLATE },
	};
	static const struct fact strict_facts[] = {
		{ "vin", "1M8GDM9AXKP042788", "1M8GDM9AXKP042788", TYPE_FINE },
		{ "vin", "1XPTD40X0JD456115", NULL, TYPE_VIN_CHECK },
		{ "vin", "1XPTD40X6JD456115", "1XPTD40X6JD456115", TYPE_FINE },
		{ "vin", "AB12345", "AB12345", TYPE_FINE },
		{ "vin", "OIQ99", "OIQ99", TYPE_FINE },
		{ "vin", "AB12", NULL, TYPE_VIN },
		{ "vin", "AB1234_7", NULL, TYPE_VIN },
	};
	struct type_rules strict = {
		.check_digit = true,
		.short_allowed = true,
	};

	(void)state;
	hold(facts, COUNT(facts), NULL);
	hold(strict_facts, COUNT(strict_facts), &strict);
}

static void
addresses(void **state)
{
	static const struct {
		/* country, street, number, complement, district, city, state,
		 * postcode, lines */
		const char	*typed[TYPE_FACTS_ADDRESS];
		const char	*read;
		enum type_code	 code;
		const char	*part;
	} facts[] = {
		{ { "BR", "Av. Paulista", "1578", "", "Bela Vista",
		    "S\xc3\xa3o Paulo", "sp", "01310-200", "" },
		  "Av. Paulista, 1578\nBela Vista\nS\xc3\xa3o Paulo - SP\n"
		  "01310-200", TYPE_FINE, NULL },
		{ { NULL, "Sitio Boa Vista", NULL, NULL, NULL, "Goias", "GO",
		    "76600000", NULL },
		  "Sitio Boa Vista\nGoias - GO\n76600-000", TYPE_FINE, NULL },
		{ { "BR", "", "", "", "", "", "", "", "" }, "", TYPE_FINE,
		  NULL },
		{ { "", "", "", "", "", "", "", "", "" }, "", TYPE_FINE, NULL },
		{ { "BR", "Rua A", "1", "", "", "Manaus", "AM", "69400-000",
		    "" }, "Rua A, 1\nManaus - AM\n69400-000", TYPE_FINE, NULL },
		{ { "BR", "Rua A", "1", "", "", "Manaus", "AM", "69300-000",
		    "" }, "", TYPE_POSTCODE_STATE, "postcode" },
		{ { "BR", "Rua A", "1", "", "", "Manaus", "AM", "6940-000",
		    "" }, "", TYPE_POSTCODE, "postcode" },
		{ { "BR", "Rua A", "1", "", "", "Manaus", "XX", "69400-000",
		    "" }, "", TYPE_STATE, "state" },
		{ { "BR", "", "1", "", "", "Manaus", "AM", "69400-000", "" },
		  "", TYPE_PART_MISSING, "street" },
		{ { "BR", "Rua A", "1", "", "", "", "AM", "69400-000", "" },
		  "", TYPE_PART_MISSING, "city" },
		{ { "BR", "Rua A", "1", "", "", "Manaus", "AM", "", "" },
		  "", TYPE_PART_MISSING, "postcode" },
		{ { "BR", "", "", "", "", "", "", "", "all in one line" },
		  "", TYPE_PART_MISSING, "street" },
		{ { "GB", "", "", "", "", "", "", "",
		    "10 Downing Street\r\nLondon SW1A 2AA" },
		  "10 Downing Street\nLondon SW1A 2AA\nUnited Kingdom",
		  TYPE_FINE, NULL },
		{ { "PT", "Rua Augusta", "24", "", "", "Lisboa", "", "1100-053",
		    "" }, "Rua Augusta, 24\nLisboa\n1100-053\nPortugal",
		  TYPE_FINE, NULL },
		{ { "us", "", "", "", "", "", "", "", "?" },
		  "?\nUnited States", TYPE_FINE, NULL },
		{ { "US", "", "", "", "", "Springfield", "", "", "" }, "",
		  TYPE_PART_MISSING, "lines" },
		{ { "XX", "Rua A", "", "", "", "", "", "", "" }, "",
		  TYPE_COUNTRY, "country" },
		{ { "BR", HUNDRED HUNDRED, "", "", "", "Manaus", "AM",
		    "69400-000", "" }, "", TYPE_TOO_LONG, "street" },
		{ { "BR", "Rua A", "1", "", "", "Man\naus", "AM", "69400-000",
		    "" }, "", TYPE_CHARACTERS, "city" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		const struct type *t = type_find("address");
		struct type_rules rules = type_facts_rules(t);
		const char *texts[TYPE_FACTS_ADDRESS];
		struct type_value v;
		struct type_fault f;

		memcpy(texts, facts[i].typed, sizeof texts);
		assert_int_equal(type_facts_parse(arena, "address", NULL,
		    texts, TYPE_FACTS_ADDRESS, &v, &f), facts[i].code);
		assert_string_equal(type_read(arena, t, &rules, &v),
		    facts[i].read);
		if (facts[i].part != NULL)
			assert_string_equal(f.part, facts[i].part);
	}
}

static void
read_by_language(void **state)
{
	static const struct {
		const char	*type;
		const char	*value;
		const char	*english;
	} facts[] = {
		{ "money", "123456", "R$\xc2\xa0" "1,234.56" },
		{ "money", "5", "R$\xc2\xa0" "0.05" },
		{ "money", "100000000", "R$\xc2\xa0" "1,000,000.00" },
		{ "integer", "2026", "2026" },
		{ "integer", "45000", "45,000" },
		{ "date", "2026-03-05", "5 March 2026" },
		{ "date", "2000-12-31", "31 December 2000" },
		{ "yesno", "true", "Yes" },
		{ "yesno", "false", "No" },
		{ "cpf", "52998224725", "529.982.247-25" },
		{ "choice", "roof", "Sun roof" },
		{ "text", "as it is", "as it is" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		const struct type *t = type_find(facts[i].type);
		struct type_rules rules = type_facts_rules(t);
		const char *text = facts[i].value;
		struct type_value v = { &text, 1 };

		assert_string_equal(type_read(arena, t, &rules, &v),
		    facts[i].english);
	}
}

static void
not_canonical(void **state)
{
	static const struct {
		const char	*type;
		const char	*value;
	} facts[] = {
		{ "text", "" }, { "text", " a" }, { "text", "a\nb" },
		{ "email", "a@B.br" }, { "phone", "11 912345678" },
		{ "date", "2026-3-5" }, { "date", "2026-02-30" },
		{ "integer", "01" }, { "integer", "+1" }, { "integer", "1.0" },
		{ "integer", "-1" }, { "money", "1.00" }, { "money", "-5" },
		{ "money", "1e3" }, { "choice", "wings" }, { "yesno", "yes" },
		{ "yesno", "1" }, { "declaration", "false" },
		{ "vin", "1m8gdm9axkp042788" }, { "plate", "ABC-1234" },
		{ "cpf", "529.982.247-25" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		const struct type *t = type_find(facts[i].type);
		struct type_rules rules = type_facts_rules(t);
		const char *text = facts[i].value;
		struct type_value v = { &text, 1 };

		assert_false(type_canonical(arena, t, &rules, &v));
	}
}

static void
names_of_types_and_codes(void **state)
{
	(void)state;
	for (size_t i = 0; type_facts_names[i] != NULL; i++)
		assert_string_equal(type_name(type_find(type_facts_names[i])),
		    type_facts_names[i]);
	assert_null(type_find("string"));
	assert_null(type_find(""));
	assert_null(type_find(NULL));
	assert_int_equal(type_code_find("missing"), TYPE_MISSING);
	assert_int_equal(type_code_find("constraint"), TYPE_CONSTRAINT);
	assert_int_equal(type_code_find("country"), TYPE_COUNTRY);
	assert_int_equal(type_code_find("wrong"), TYPE__MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_and_names),
		cmocka_unit_test(mail_addresses),
		cmocka_unit_test(phones),
		cmocka_unit_test(numbers),
		cmocka_unit_test(chosen),
		cmocka_unit_test(dates),
		cmocka_unit_test(official_numbers),
		cmocka_unit_test(addresses),
		cmocka_unit_test_setup(read_by_language, in_english),
		cmocka_unit_test(not_canonical),
		cmocka_unit_test(names_of_types_and_codes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
