--liquibase formatted sql

-- What is looked up by a whole key must not be found by its company alone. Where PostgreSQL knows nothing of a table yet, or takes companies to be small, all
-- indexes that begin with the company cost the same to it, and it takes the newest. So keys and uniques begin with the company; other indexes of the tables
-- that every login reads begin with what they find by.

--changeset drawbridge:checks-by-account
--validCheckSum: ANY
drop index protection_checks_by_account;
create index protection_checks_by_account on protection_checks (account_id, company_id, id);

--changeset drawbridge:challenge-users-by-address
drop index challenge_users_by_email;
drop index challenge_users_by_phone;
drop index challenge_users_by_username;
create index challenge_users_by_email on challenge_users (email, company_id);
create index challenge_users_by_phone on challenge_users (phone, company_id);
create index challenge_users_by_username on challenge_users (username, company_id);
