--liquibase formatted sql

--changeset drawbridge:breached-addresses
create table breached_addresses (
  company_id uuid not null references companies (company_id),
  address_hash varchar(64) not null,
  signalled_at timestamp(6) with time zone not null,
  primary key (company_id, address_hash)
);
create index breached_addresses_by_age on breached_addresses (company_id, signalled_at);

--changeset drawbridge:registration-rules
create table registration_rules (
  company_id uuid not null primary key references companies (company_id),
  allowed_domains varchar(8000) not null,
  denied_domains varchar(8000) not null,
  deny_breached boolean not null,
  version bigint not null
);

--changeset drawbridge:answered-calls
-- So that a retry does nothing a second time.
create table answered_calls (
  company_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  kind varchar(32) not null,
  token_hash varchar(64) not null,
  subject_hash varchar(64) not null,
  called_at timestamp(6) with time zone not null,
  primary key (company_id, id),
  constraint answered_call_by_token unique (company_id, application_id, kind, token_hash),
  constraint answered_call_of_application
    foreign key (company_id, application_id) references applications (company_id, id)
);
create index answered_calls_by_age on answered_calls (company_id, application_id, called_at);
