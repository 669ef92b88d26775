--liquibase formatted sql

--changeset drawbridge:outbox
create table outbox_messages (
  -- All zeros for what the platform itself sends: a test of the gateways.
  company_id uuid not null,
  id uuid not null,
  channel varchar(16) not null,
  kind varchar(64) not null,
  recipient varchar(320) not null,
  -- Subject and body, encrypted; null once they need not be known any longer.
  sealed bytea,
  created_at timestamp(6) with time zone not null,
  -- Null once the message is sent or given up.
  next_try_at timestamp(6) with time zone,
  tries integer not null,
  sent_at timestamp(6) with time zone,
  failed_at timestamp(6) with time zone,
  last_error varchar(300),
  -- When the text of a message that stays here is emptied.
  text_until timestamp(6) with time zone,
  primary key (company_id, id)
);
-- What is due is asked for across companies, by the timer of every node.
create index outbox_messages_by_due on outbox_messages (channel, next_try_at);
create index outbox_messages_by_text on outbox_messages (text_until);
-- The platform administrator reads all companies' messages, newest first.
create index outbox_messages_by_id on outbox_messages (id);

--changeset drawbridge:outbox-retries
-- When an administrator had it tried again; null where nobody had.
alter table outbox_messages add column tried_since timestamp(6) with time zone;
