--liquibase formatted sql

--changeset drawbridge:account-names
-- The accounts of one name at all applications of a company; accounts_by_user_account_id wants the application.
create index accounts_by_name on accounts (company_id, user_account_id);
