--liquibase formatted sql

--changeset drawbridge:challenge-rules
create table challenge_rule_sets (
  company_id uuid not null,
  action_code varchar(64) not null,
  version integer not null,
  default_outcome varchar(32) not null,
  -- A JSON array.
  rules varchar(100000) not null,
  created_at timestamp(6) with time zone not null,
  created_by varchar(255) not null,
  primary key (company_id, action_code, version),
  constraint challenge_rule_sets_of_action
    foreign key (company_id, action_code) references challenge_actions (company_id, code)
);
alter table challenge_actions add column rules_version integer default 1 not null;
insert into challenge_rule_sets
  (company_id, action_code, version, default_outcome, rules, created_at, created_by)
  select company_id, code, 1, default_outcome, '[]', created_at, 'drawbridge' from challenge_actions;
alter table challenge_actions drop column default_outcome;

--changeset drawbridge:challenge-facts
-- What was known when the attempt was decided, and how it was; null where no rules have decided it.
alter table challenge_attempts add column facts varchar(16000);
alter table challenge_attempts add column outcome varchar(32);
alter table challenge_attempts add column rules_version integer;
alter table challenge_attempts add column rule_id uuid;
create index challenge_attempts_by_action on challenge_attempts (company_id, action_code, created_at);
-- From where the person was let in, separated by blanks, and where that was last.
alter table challenge_users add column countries varchar(1000) default '' not null;
alter table challenge_users add column last_latitude double precision;
alter table challenge_users add column last_longitude double precision;
alter table challenge_users add column last_placed_at timestamp(6) with time zone;

--changeset drawbridge:challenge-devices
alter table challenge_settings add column remember_device_days integer default 0 not null;
create table challenge_devices (
  company_id uuid not null,
  user_id uuid not null,
  device varchar(300) not null,
  -- Without its version numbers.
  user_agent varchar(1000) not null,
  -- How the person answered when the browser was remembered; null for what the company names.
  verification_method varchar(32),
  known_until timestamp(6) with time zone not null,
  primary key (company_id, user_id, device),
  constraint challenge_devices_of_user
    foreign key (company_id, user_id) references challenge_users (company_id, id)
);
create index challenge_devices_by_end on challenge_devices (known_until);

--changeset drawbridge:challenge-wrong-codes
-- Of all attempts, in browsers that are not known.
alter table challenge_users add column wrong_codes integer default 0 not null;
alter table challenge_users add column wrong_codes_since timestamp(6) with time zone;

--changeset drawbridge:challenge-default-method
alter table challenge_users add column default_method varchar(32);

--changeset drawbridge:challenge-passkeys
-- They are the passkeys of users, or of challenge users.
alter table credential_records drop constraint credential_records_of_user;
