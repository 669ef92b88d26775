--liquibase formatted sql

-- Change set 018 made this index without the company for a short while: whoever migrated then has it
-- so, and an account's checks could not be counted from the index alone.

--changeset drawbridge:checks-by-account-and-company
drop index protection_checks_by_account;
create index protection_checks_by_account on protection_checks (account_id, company_id, id);
