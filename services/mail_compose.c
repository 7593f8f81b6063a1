/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of every mail, one table. Plain text, no greeting by name, one
 * link; who gets it by mistake learns nothing about anybody.
 */
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/conf.h"
#include "lib/str.h"
#include "lib/text.h"
#include "services/mail.h"

struct words {
	const char	*subject;
	const char	*what;
	const char	*next;		/* says what the link is for */
	const char	*note;		/* NULL: none */
};

static const struct words all[] = {
	[MAIL_RECEIVED] = {
		N_("We have received your application"),
		N_("We have received your application. You do not need to do "
		"anything now."),
		N_("See its state, and how to prove that you sent it:"),
		NULL },
	[MAIL_QUESTION] = {
		N_("We have a question about your application"),
		N_("The office needs more information before it can go on. "
		"The time for the decision stands still until you answer."),
		N_("Read the question, and by when to answer it:"),
		NULL },
	[MAIL_DECIDED] = {
		N_("Your application has been decided"),
		N_("There is a decision about your application."),
		N_("Read the decision, its reasons, and what you can do if "
		"you do not agree:"),
		NULL },
	[MAIL_ISSUED] = {
		N_("Your document is ready"),
		N_("What you applied for is in the register, and your "
		"document is ready."),
		N_("See it and keep a copy:"),
		NULL },
	[MAIL_LAPSING] = {
		N_("Your application will lapse soon"),
		N_("We are still waiting for your answer. Without it, your "
		"application will lapse."),
		N_("See what is missing, and by when:"),
		NULL },
	[MAIL_LAPSED] = {
		N_("Your application has lapsed"),
		N_("Your application has lapsed because no answer reached us "
		"in time. You can apply again at any time."),
		N_("See what happened:"),
		NULL },
	[MAIL_REMINDER] = {
		N_("Something of yours expires soon"),
		N_("One of your registrations expires soon."),
		N_("See which one, and renew it:"),
		NULL },
	[MAIL_OFFER] = {
		N_("A vehicle is offered to you"),
		N_("The owner of a vehicle wants to transfer it to you, and "
		"gave us this address. Nothing happens unless you accept."),
		N_("See the offer. You can accept it once, and you will be "
		"asked to sign in:"),
		N_("If you expect no such offer, delete this message.") },
	[MAIL_CONFIRM] = {
		N_("Confirm your address"),
		N_("Somebody, we hope you, wants to open an account with this "
		"address."),
		N_("Confirm within 24 hours:"),
		N_("If it was not you, delete this message: no account is "
		"made.") },
	[MAIL_ALREADY] = {
		N_("You have an account already"),
		N_("Somebody, we hope you, wanted to open an account with this "
		"address. There is one already, and nothing was changed."),
		N_("Sign in, or set a new password if you forgot yours:"),
		N_("If it was not you, you need not do anything.") },
	[MAIL_RESET] = {
		N_("Set a new password"),
		N_("Somebody, we hope you, asked to set a new password for "
		"your account."),
		N_("Set it within one hour. The link works once:"),
		N_("If it was not you, delete this message: your password "
		"stays as it is.") },
	[MAIL_NO_ACCOUNT] = {
		N_("There is no account with this address"),
		N_("Somebody, we hope you, asked to set a new password. No "
		"account uses this address: perhaps yours has another one."),
		N_("Or open an account:"),
		N_("If it was not you, delete this message.") },
	[MAIL_PASSWORD_CHANGED] = {
		N_("Your password was changed"),
		N_("The password of your account was changed, and you were "
		"signed out everywhere else."),
		N_("If it was not you, set a new one at once:"),
		NULL },
	[MAIL_LINK] = {
		N_("Your link to continue your application"),
		N_("You began an application without an account. Whoever has "
		"this link can continue it, so keep it to yourself."),
		N_("Continue within 30 days:"),
		N_("If it was not you, delete this message.") },
	[MAIL_ERASED] = {
		N_("Your data was erased"),
		N_("What we held about you was erased, as you asked, and your "
		"account is closed. The keys are destroyed: nobody can read "
		"it again. Receipts that you kept still verify."),
		N_("You can open a new account at any time:"),
		NULL },
};
_Static_assert(sizeof all / sizeof *all == MAIL__MAX, "a mail has no words");

static void
put_body(struct buf *b, const struct conf *conf, const struct words *w,
    const char *reference, const char *path)
{
	buf_printf(b, "%s\n\n", _(w->what));
	if (!str_empty(reference))
		buf_printf(b, "%s %s\n\n", _("Reference:"), reference);
	buf_printf(b, "%s\n%s%s\n\n", _(w->next),
	    conf_text(conf, "web", "url"), path);
	if (w->note != NULL)
		buf_printf(b, "%s\n\n", _(w->note));
	buf_printf(b, "%s\n%s\n", conf_text(conf, "authority", "name"),
	    _("We never ask for your password by mail."));
}

void
mail_compose(struct arena *arena, const struct conf *conf,
    enum mail_template template, const char *language, const char *reference,
    const char *path, struct mail *out)
{
	const struct words *w = &all[template];
	const char *before = text_tag();
	struct buf b = buf_new(arena, 1024);

	text_use(language);
	put_body(&b, conf, w, reference, path);
	*out = (struct mail){
		.language = text_tag(),
		.subject = arena_strdup(arena, _(w->subject)),
		.text = buf_text(&b),
	};
	text_use(before);
}
