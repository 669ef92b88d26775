--liquibase formatted sql

--changeset drawbridge:code-challenge-circumstances
-- What the company tells of the person when it asks for the code; rules are decided on it once it says whose the answer was.
alter table code_challenges add column user_agent varchar(1000);
alter table code_challenges add column device_id varchar(255);
-- A JSON object.
alter table code_challenges add column custom varchar(16000) default '{}' not null;
-- That codes are written in; null for what is known of the user, or the company's.
alter table code_challenges add column locale varchar(35);

--changeset drawbridge:attempt-authenticators
-- What the person answered with, a row of authenticators or of credential_records, which may be gone; null where it is none of these, or not known.
alter table challenge_attempts add column authenticator_id uuid;
