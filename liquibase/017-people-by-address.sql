--liquibase formatted sql

--changeset drawbridge:users-by-lower-email dbms:postgresql
-- An address is looked up in whatever case it is written, for each row of an import. H2 has no such indexes.
create index users_by_lower_email on users (company_id, lower(email));
