--liquibase formatted sql

--changeset drawbridge:credential-records
-- WebAuthn Level 3 section 4, "credential record". Without a user until the sign-up is confirmed.
create table credential_records (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  user_id uuid,
  credential_id bytea not null,
  user_handle bytea not null,
  public_key bytea not null,
  signature_count bigint not null,
  aaguid uuid not null,
  nickname varchar(100) not null,
  transports varchar(200) not null,
  discoverable boolean,
  backup_eligible boolean not null,
  backed_up boolean not null,
  attestation_format varchar(32) not null,
  attestation_trusted boolean not null,
  application_id uuid,
  subject varchar(255),
  username varchar(255) not null,
  created_at timestamp(6) with time zone not null,
  last_used_at timestamp(6) with time zone,
  version bigint not null,
  primary key (company_id, id),
  constraint credential_records_by_credential_id unique (company_id, credential_id),
  constraint credential_records_of_user
    foreign key (company_id, user_id) references users (company_id, id)
);
create index credential_records_by_user on credential_records (company_id, user_id);
create index credential_records_by_age on credential_records (created_at);

--changeset drawbridge:ceremonies
-- A registration or authentication ceremony under way. One that no company is known of, because
-- the authenticator will say who signs in, belongs to the company of zeros.
create table ceremonies (
  company_id uuid not null,
  id uuid not null,
  secret_hash bytea not null,
  kind varchar(16) not null,
  application_id uuid,
  subject varchar(255),
  user_id uuid,
  username varchar(255) not null,
  nickname varchar(100) not null,
  options varchar(20000) not null,
  expiry timestamp(6) with time zone not null,
  primary key (company_id, id)
);
create index ceremonies_by_expiry on ceremonies (expiry);

--changeset drawbridge:sign-ups
create table sign_ups (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  application_id uuid not null,
  subject varchar(255) not null,
  username varchar(255) not null,
  email varchar(320) not null,
  first_name varchar(255) not null,
  last_name varchar(255) not null,
  phone varchar(32),
  credential_record_id uuid not null,
  code_mac bytea not null,
  tries integer not null,
  created_at timestamp(6) with time zone not null,
  expiry timestamp(6) with time zone not null,
  finished_at timestamp(6) with time zone,
  primary key (company_id, id),
  constraint sign_ups_of_application
    foreign key (company_id, application_id) references applications (company_id, id)
);
create index sign_ups_by_subject on sign_ups (company_id, application_id, subject, username);
create index sign_ups_by_email on sign_ups (company_id, email, created_at);

--changeset drawbridge:enrolments
-- An invitation to make a passkey, for somebody who is a user already.
create table enrolments (
  company_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  secret_hash bytea not null,
  created_at timestamp(6) with time zone not null,
  expiry timestamp(6) with time zone not null,
  used_at timestamp(6) with time zone,
  primary key (company_id, id),
  constraint enrolments_of_user
    foreign key (company_id, user_id) references users (company_id, id)
);
create index enrolments_by_user on enrolments (company_id, user_id);

--changeset drawbridge:recovery-codes
create table recovery_codes (
  company_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  code_mac bytea not null,
  created_at timestamp(6) with time zone not null,
  used_at timestamp(6) with time zone,
  primary key (company_id, id),
  constraint recovery_codes_of_user
    foreign key (company_id, user_id) references users (company_id, id)
);
create index recovery_codes_by_user on recovery_codes (company_id, user_id);

--changeset drawbridge:sessions
create table sessions (
  company_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  secret_hash bytea not null,
  user_agent varchar(300) not null,
  created_at timestamp(6) with time zone not null,
  last_used_at timestamp(6) with time zone not null,
  ended_at timestamp(6) with time zone,
  primary key (company_id, id),
  constraint sessions_of_user foreign key (company_id, user_id) references users (company_id, id)
);
create index sessions_by_user on sessions (company_id, user_id);
create index sessions_by_age on sessions (created_at);

--changeset drawbridge:break-glass-codes
create table break_glass_codes (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  code_mac bytea not null,
  minutes integer not null,
  created_by varchar(300) not null,
  created_at timestamp(6) with time zone not null,
  expiry timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone,
  used_at timestamp(6) with time zone,
  used_for uuid,
  primary key (company_id, id),
  constraint break_glass_codes_for_account
    foreign key (company_id, used_for) references accounts (company_id, id)
);
-- So that administrators can be told.
alter table administrators add column email varchar(320);

--changeset drawbridge:passkey-rules
-- Which authenticators a company accepts; no row for any.
create table passkey_rules (
  company_id uuid not null primary key references companies (company_id),
  trusted_attestation boolean not null,
  -- Comma-separated; null for any.
  allowed_aaguids varchar(4000),
  version bigint not null
);

--changeset drawbridge:codes-by-channel
-- A code by mail and another by SMS, and who they were sent to; what was under way starts again.
delete from sign_ups;
alter table sign_ups add column sms_code_mac bytea not null;
alter table sign_ups add column mailed_to varchar(320);
alter table sign_ups add column texted_to varchar(32);
drop index sign_ups_by_email;
create index sign_ups_by_mailed_to on sign_ups (company_id, mailed_to, created_at);
create index sign_ups_by_texted_to on sign_ups (company_id, texted_to, created_at);

--changeset drawbridge:proving-enrolments
-- Whether the link was mailed and nothing else, so that who follows it reads the user's mail.
alter table enrolments add column mailed boolean default false not null;

--changeset drawbridge:user-language
-- Null for the company's.
alter table users add column language varchar(8);
