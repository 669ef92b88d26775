--liquibase formatted sql

--changeset drawbridge:code-limits
-- The recipient as limits compare it: in lower case.
alter table code_challenges add column mailbox varchar(320) default '' not null;
update code_challenges set mailbox = lower(recipient);
drop index code_challenges_by_recipient;
create index code_challenges_by_mailbox on code_challenges (mailbox, company_id, created_at);
create index code_challenges_by_place on code_challenges (ip_address, company_id, created_at);
