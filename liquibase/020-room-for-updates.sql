--liquibase formatted sql

--changeset drawbridge:room-for-updates dbms:postgresql
-- Locks and unlocks change columns that no index has. Where the page of an account has room for its
-- new version, PostgreSQL writes nothing into the table's five indexes; a policy changes all accounts
-- of a page at once. Pages that are there already stay full until the table is written anew.
alter table accounts set (fillfactor = 45);
