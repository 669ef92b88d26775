--liquibase formatted sql

--changeset drawbridge:activity
create table activities (
  company_id uuid not null,
  id uuid not null,
  occurred_at timestamp(6) with time zone not null,
  type varchar(64) not null,
  subject_id uuid not null,
  actor varchar(300) not null,
  details varchar(4000) not null,
  primary key (company_id, id)
);
create index activities_by_time on activities (company_id, occurred_at, id);
