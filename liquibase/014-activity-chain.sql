--liquibase formatted sql

--changeset drawbridge:activity-chain
alter table activities add column number bigint;
alter table activities add column hash varchar(64);
-- Also finds the entries without a number, in the order of their ids.
create unique index activities_by_number on activities (company_id, number, id);
create table activity_chains (
  company_id uuid not null primary key,
  length bigint not null,
  hash varchar(64) not null,
  seal bytea not null
);
