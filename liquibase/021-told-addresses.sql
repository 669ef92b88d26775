--liquibase formatted sql

--changeset drawbridge:told-addresses
-- What the identity provider told last, even where another address was verified: a protected account may be named by it.
alter table challenge_users add column told_email varchar(320);
