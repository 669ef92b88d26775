--liquibase formatted sql

--changeset drawbridge:event-transmitters
create table event_transmitters (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  issuer varchar(255) not null,
  audience varchar(255) not null,
  key_set_url varchar(2000) not null,
  created_at timestamp(6) with time zone not null,
  last_received_at timestamp(6) with time zone,
  primary key (company_id, id)
);
-- So that a token does nothing a second time.
create table received_tokens (
  company_id uuid not null,
  transmitter_id uuid not null,
  token_id varchar(255) not null,
  received_at timestamp(6) with time zone not null,
  primary key (company_id, transmitter_id, token_id),
  constraint received_from_transmitter
    foreign key (company_id, transmitter_id) references event_transmitters (company_id, id)
);
create index received_tokens_by_age on received_tokens (company_id, transmitter_id, received_at);
