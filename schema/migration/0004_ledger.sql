-- SPDX-License-Identifier: Apache-2.0
-- The ledger: double entry, enforced here. Amounts are signed minor units,
-- debit positive. Nothing is changed or removed; a mistake is corrected by a
-- further journal.

CREATE SCHEMA ledger;

CREATE TABLE ledger.account (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	code		text NOT NULL,
	kind		text NOT NULL,
	role		text NOT NULL,
	currency	text NOT NULL,
	floor		int8,
	ceiling		int8,
	balance		int8 NOT NULL DEFAULT 0,
	account_version	int4 NOT NULL DEFAULT 0,
	CONSTRAINT account_code_once UNIQUE (code, currency),
	CONSTRAINT account_kind CHECK (kind IN ('asset', 'liability',
	    'revenue', 'expense', 'clearing')),
	CONSTRAINT account_role CHECK (role IN ('receivable', 'payable',
	    'clearing', 'counter', 'bank', 'suspense', 'fees', 'refunds',
	    'revenue')),
	CONSTRAINT account_currency CHECK (currency ~ '^[A-Z]{3}$'),
	CONSTRAINT account_floor CHECK (balance >= floor),
	CONSTRAINT account_ceiling CHECK (balance <= ceiling)
);

-- Which room may post which kind of journal, to accounts of which role.
CREATE TABLE ledger.journal_kind (
	id		uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	row_version	int4 NOT NULL DEFAULT 1,
	nonce		uuid NOT NULL DEFAULT gen_random_uuid(),
	kind		text NOT NULL,
	room		int2 NOT NULL,
	side		text NOT NULL,
	role		text NOT NULL,
	CONSTRAINT journal_kind_once UNIQUE (kind, room, side, role),
	CONSTRAINT journal_kind_side CHECK (side IN ('debit', 'credit'))
);

CREATE TABLE ledger.journal (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	idem_key	text NOT NULL,
	kind		text NOT NULL,
	ref		uuid,
	reverses	uuid REFERENCES ledger.journal,
	event_at	timestamptz NOT NULL,
	posted_at	timestamptz NOT NULL,
	xact		xid8 NOT NULL DEFAULT pg_current_xact_id(),
	CONSTRAINT journal_idem_once UNIQUE (idem_key),
	CONSTRAINT journal_reversed_once UNIQUE (reverses)
);

CREATE TABLE ledger.posting (
	id		uuid PRIMARY KEY,
	row_version	int4 NOT NULL,
	nonce		uuid NOT NULL,
	journal		uuid NOT NULL REFERENCES ledger.journal,
	line		int2 NOT NULL,
	account		uuid NOT NULL REFERENCES ledger.account,
	currency	text NOT NULL,
	amount		int8 NOT NULL,
	account_version	int4 NOT NULL,
	balance_after	int8 NOT NULL,
	CONSTRAINT posting_line_once UNIQUE (journal, line),
	CONSTRAINT posting_chain UNIQUE (account, account_version),
	CONSTRAINT posting_amount CHECK (amount <> 0)
);

-- A line joins a journal of this transaction, to an account that this kind
-- of journal may move, and takes the next place in the account's chain.
CREATE FUNCTION ledger.post() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	j ledger.journal;
	a ledger.account;
BEGIN
	SELECT * INTO j FROM ledger.journal WHERE id = NEW.journal;
	IF j.xact IS DISTINCT FROM pg_current_xact_id() THEN
		PERFORM casework.fail('journal_closed',
		    'no line joins a committed journal');
	END IF;
	UPDATE ledger.account SET balance = balance + NEW.amount,
	    account_version = account_version + 1
	WHERE id = NEW.account RETURNING * INTO a;
	IF a.currency IS DISTINCT FROM NEW.currency THEN
		PERFORM casework.fail('posting_currency',
		    'the account is kept in another currency');
	END IF;
	IF NOT EXISTS (SELECT FROM ledger.journal_kind k
	    WHERE k.kind = j.kind AND k.room = ops.this_room()
	    AND k.role = a.role AND k.side = CASE WHEN NEW.amount > 0
	        THEN 'debit' ELSE 'credit' END) THEN
		PERFORM casework.fail('journal_kind',
		    'this room posts no such line');
	END IF;
	NEW.account_version := a.account_version;
	NEW.balance_after := a.balance;
	RETURN NEW;
END $$;
CREATE TRIGGER post BEFORE INSERT ON ledger.posting
	FOR EACH ROW EXECUTE FUNCTION ledger.post();
ALTER TABLE ledger.posting ENABLE ALWAYS TRIGGER post;

-- A journal says when it was written, and by nobody else's clock.
CREATE FUNCTION ledger.open() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	NEW.xact := pg_current_xact_id();
	RETURN NEW;
END $$;
CREATE TRIGGER open BEFORE INSERT ON ledger.journal
	FOR EACH ROW EXECUTE FUNCTION ledger.open();
ALTER TABLE ledger.journal ENABLE ALWAYS TRIGGER open;

CREATE FUNCTION ledger.balanced() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM ledger.posting WHERE journal = NEW.id)
	    OR EXISTS (SELECT FROM ledger.posting WHERE journal = NEW.id
	    GROUP BY currency HAVING sum(amount) <> 0) THEN
		PERFORM casework.fail('journal_balance',
		    'a journal''s lines sum to zero');
	END IF;
	RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.journal
	DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW EXECUTE FUNCTION ledger.balanced();
ALTER TABLE ledger.journal ENABLE ALWAYS TRIGGER balanced;

-- Only postings move an account.
CREATE FUNCTION ledger.only_postings() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	IF pg_trigger_depth() < 2 OR to_jsonb(NEW) - 'balance'
	    - 'account_version' <> to_jsonb(OLD) - 'balance'
	    - 'account_version' THEN
		RAISE 'an account moves by postings alone'
		    USING CONSTRAINT = 'only_postings',
		    ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER only_postings BEFORE UPDATE ON ledger.account
	FOR EACH ROW EXECUTE FUNCTION ledger.only_postings();
ALTER TABLE ledger.account ENABLE ALWAYS TRIGGER only_postings;

SELECT audit.watch('ledger.account', 110::int2, false),
    audit.watch('ledger.journal', 111::int2, true),
    audit.watch('ledger.posting', 112::int2, true),
    audit.watch('ledger.journal_kind', 113::int2, true);

-- A fee taken at the counter: cash in, revenue of the service.
INSERT INTO ledger.journal_kind (kind, room, side, role)
SELECT 'fee_counter', r.code, v.side, v.role
FROM ops.room r, (VALUES ('debit', 'counter'), ('credit', 'revenue'))
    AS v (side, role)
WHERE r.name IN ('vehicle', 'address', 'bill', 'benefit', 'contribution',
    'general');
