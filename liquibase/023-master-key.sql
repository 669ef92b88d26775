--liquibase formatted sql

--changeset drawbridge:master-key
-- At most one row: what the master key of this database makes of a text that is known, so that a
-- node with another one notices. It belongs to no company, and no other table leads to it.
create table master_key (
  mac bytea not null primary key
);
