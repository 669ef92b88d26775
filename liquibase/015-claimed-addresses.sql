--liquibase formatted sql

--changeset drawbridge:claimed-addresses
-- Of a person who signed up and confirmed by SMS: nobody but the person says that the address is theirs.
alter table users add column email_claimed boolean default false not null;
