-- SPDX-License-Identifier: Apache-2.0
-- The roles of an installation. Nothing that can log in owns anything: the
-- objects belong to balcao_owner, and each room is a login that may do what
-- its statements need and no more. Run at every migrate; repeats safely.
DO $$
DECLARE
	name text;
BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'balcao_owner') THEN
		CREATE ROLE balcao_owner NOLOGIN;
	END IF;
	FOREACH name IN ARRAY ARRAY['portal', 'account', 'vehicle', 'address',
	    'bill', 'benefit', 'contribution', 'general', 'payment', 'desk',
	    'auditor', 'exchange', 'courier', 'sealer', 'signer', 'balcao'] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles
		    WHERE rolname = 'room_' || name) THEN
			EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT',
			    'room_' || name);
		END IF;
	END LOOP;
END $$;

-- For people's own logins, made by hand (doc/auditor.md): reads audit_v1 and
-- nothing else. No room is a member, and it cannot log in itself.
DO $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles
	    WHERE rolname = 'balcao_auditor') THEN
		CREATE ROLE balcao_auditor NOLOGIN;
	END IF;
END $$;
