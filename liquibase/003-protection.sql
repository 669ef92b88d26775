--liquibase formatted sql

--changeset drawbridge:protection-checks
-- Written in batches on the hot path: no foreign keys (what it names is never deleted) and no more
-- indexes than its three questions need: one check, a retry of a check, the checks of an account.
create table protection_checks (
  company_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  account_id uuid,
  user_account_id varchar(255) not null,
  retry_key uuid,
  status varchar(16) not null,
  locked boolean not null,
  ended_unlock boolean not null,
  checked_at timestamp(6) with time zone not null,
  user_ip varchar(64),
  user_device varchar(512),
  user_location varchar(255),
  user_geo varchar(255),
  device_location varchar(64),
  forwarded_for varchar(255),
  user_agent varchar(512),
  integration_type varchar(64),
  phase varchar(32),
  integration_data varchar(65536),
  primary key (company_id, id),
  constraint protection_checks_by_retry_key unique (company_id, application_id, retry_key)
);
create index protection_checks_by_account on protection_checks (company_id, account_id, id);
