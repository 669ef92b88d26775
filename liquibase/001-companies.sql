--liquibase formatted sql
-- Every table carries company_id, and every unique key and foreign key begins with it, so that the
-- schema can be spread by company. Indexes on a bare id serve addresses that name no company; they
-- are not unique, because no key may span companies.

--changeset drawbridge:companies
create table companies (
  company_id uuid not null primary key,
  name varchar(255) not null,
  created_at timestamp(6) with time zone not null,
  version bigint not null
);

create table administrators (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  name varchar(255) not null,
  token_hash bytea not null,
  created_at timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone,
  primary key (company_id, id)
);

create table api_keys (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  name varchar(255) not null,
  sealed bytea not null,
  created_at timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone,
  last_used_at timestamp(6) with time zone,
  primary key (company_id, id)
);

--changeset drawbridge:applications
create table applications (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  name varchar(255) not null,
  url varchar(300) not null,
  host varchar(255) not null,
  validation_token varchar(64) not null,
  validated_at timestamp(6) with time zone,
  unknown_account varchar(16) not null,
  on_failure varchar(16) not null,
  initial_lock_status boolean not null,
  created_at timestamp(6) with time zone not null,
  keys_changed_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (company_id, id),
  constraint applications_by_url unique (company_id, url)
);
-- A token names its application by host, before any company is known.
create index applications_by_host on applications (host);
create index applications_by_id on applications (id);

create table signing_keys (
  company_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  sealed bytea not null,
  created_at timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone,
  last_used_at timestamp(6) with time zone,
  primary key (company_id, id),
  constraint signing_keys_of_application
    foreign key (company_id, application_id) references applications (company_id, id)
);
create index signing_keys_by_application on signing_keys (company_id, application_id);

--changeset drawbridge:company-language
alter table companies add column language varchar(8) default 'EN' not null;
