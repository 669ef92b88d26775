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

--changeset drawbridge:outbox-languages-and-substitutes
alter table outbox_messages add column language varchar(8) default 'EN' not null;
-- The same message on another channel, for the case that this one is given up.
alter table outbox_messages add column substitute_id uuid;
-- How many other messages this one tells of.
alter table outbox_messages add column merged integer default 0 not null;
-- How much a person was told lately.
create index outbox_messages_by_recipient on outbox_messages (company_id, recipient, created_at);

--changeset drawbridge:webhooks
create table webhooks (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  url varchar(2000) not null,
  -- Separated by spaces; null for all.
  types varchar(2000),
  sealed_secret bytea not null,
  created_at timestamp(6) with time zone not null,
  primary key (company_id, id)
);

--changeset drawbridge:web-push
create table push_keys (
  company_id uuid not null primary key references companies (company_id),
  public_key varchar(255) not null,
  sealed_private_key bytea not null
);
create table push_subscriptions (
  company_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  endpoint varchar(2000) not null,
  p256dh bytea not null,
  auth bytea not null,
  user_agent varchar(255) not null,
  created_at timestamp(6) with time zone not null,
  primary key (company_id, id),
  constraint push_subscriptions_of_user
    foreign key (company_id, user_id) references users (company_id, id)
);
create index push_subscriptions_by_user on push_subscriptions (company_id, user_id);
