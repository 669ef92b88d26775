--liquibase formatted sql

--changeset drawbridge:challenge-secrets
alter table api_keys add column purpose varchar(16) default 'MANAGEMENT' not null;

--changeset drawbridge:challenges
create table challenge_settings (
  company_id uuid not null primary key references companies (company_id),
  -- Separated by blanks: where people may be sent back to.
  allowed_origins varchar(8000) not null,
  -- Separated by blanks.
  verification_methods varchar(255) not null,
  version bigint not null
);
-- Those whose actions are tracked, by the name that the company's identity provider gives them.
create table challenge_users (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  user_id varchar(255) not null,
  email varchar(320),
  email_verified boolean not null,
  phone varchar(64),
  phone_verified boolean not null,
  username varchar(255),
  display_name varchar(255),
  locale varchar(35),
  -- A JSON object.
  custom varchar(16000) not null,
  created_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (company_id, id),
  constraint challenge_users_by_name unique (company_id, user_id)
);
create index challenge_users_by_email on challenge_users (company_id, email);
create index challenge_users_by_phone on challenge_users (company_id, phone);
create index challenge_users_by_username on challenge_users (company_id, username);
create table challenge_actions (
  company_id uuid not null references companies (company_id),
  code varchar(64) not null,
  default_outcome varchar(32) not null,
  created_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (company_id, code)
);
create table challenge_attempts (
  company_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  action_code varchar(64) not null,
  idempotency_key varchar(255) not null,
  state varchar(32) not null,
  state_updated_at timestamp(6) with time zone not null,
  created_at timestamp(6) with time zone not null,
  -- The key that its tokens are signed with.
  secret_id uuid not null,
  redirect_url varchar(2000),
  ip_address varchar(64),
  user_agent varchar(1000),
  device_id varchar(255),
  -- A JSON object.
  custom varchar(16000) not null,
  verification_method varchar(32),
  failed_tries integer not null,
  -- The secret of an authenticator app that is being enrolled, sealed.
  enrolling_secret bytea,
  -- When its success was first told; null while it was not.
  validated_at timestamp(6) with time zone,
  version bigint not null,
  primary key (company_id, id),
  constraint challenge_attempts_by_key
    unique (company_id, user_id, action_code, idempotency_key),
  constraint challenge_attempts_of_user
    foreign key (company_id, user_id) references challenge_users (company_id, id),
  constraint challenge_attempts_of_action
    foreign key (company_id, action_code) references challenge_actions (company_id, code)
);
create index challenge_attempts_by_user on challenge_attempts (company_id, user_id, created_at);

--changeset drawbridge:authenticators
create table authenticators (
  company_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  verification_method varchar(32) not null,
  -- Where codes go to.
  recipient varchar(320),
  -- Of an authenticator app, sealed.
  secret bytea,
  -- The time step (RFC 6238) of the last code, which does not count again.
  last_step bigint not null,
  created_at timestamp(6) with time zone not null,
  last_verified_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (company_id, id),
  constraint authenticators_by_method unique (company_id, user_id, verification_method),
  constraint authenticators_of_user
    foreign key (company_id, user_id) references challenge_users (company_id, id)
);
create table challenge_codes (
  company_id uuid not null,
  id uuid not null,
  attempt_id uuid not null,
  verification_method varchar(32) not null,
  recipient varchar(320) not null,
  code_mac bytea not null,
  created_at timestamp(6) with time zone not null,
  primary key (company_id, id),
  constraint challenge_codes_of_attempt
    foreign key (company_id, attempt_id) references challenge_attempts (company_id, id)
);
create index challenge_codes_by_attempt on challenge_codes (company_id, attempt_id);
create index challenge_codes_by_recipient on challenge_codes (company_id, recipient, created_at);
-- They are the codes of users, or of challenge users.
alter table recovery_codes drop constraint recovery_codes_of_user;

--changeset drawbridge:code-challenges
create table code_challenges (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  -- Whom it is for, by the company's name; null where that is not known yet.
  user_id varchar(255),
  action_code varchar(64) not null,
  idempotency_key varchar(255) not null,
  verification_method varchar(32) not null,
  recipient varchar(320) not null,
  -- From where it was asked for, as the company tells.
  ip_address varchar(64) not null,
  code_mac bytea not null,
  codes integer not null,
  tries integer not null,
  created_at timestamp(6) with time zone not null,
  expiry timestamp(6) with time zone not null,
  verified_at timestamp(6) with time zone,
  claimed_at timestamp(6) with time zone,
  version bigint not null,
  primary key (company_id, id)
);
create index code_challenges_by_recipient on code_challenges (company_id, recipient, created_at);
create index code_challenges_by_user on code_challenges (company_id, user_id, created_at);

--changeset drawbridge:challenge-sessions
create table challenge_sessions (
  company_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  client_id varchar(255) not null,
  verification_method varchar(32) not null,
  -- The key that its tokens are signed with.
  secret_id uuid not null,
  -- The SHA-256 of the refresh token that counts; an earlier one ends the session.
  refresh_hash bytea not null,
  created_at timestamp(6) with time zone not null,
  refreshed_at timestamp(6) with time zone not null,
  ended_at timestamp(6) with time zone,
  version bigint not null,
  primary key (company_id, id),
  constraint challenge_sessions_of_user
    foreign key (company_id, user_id) references challenge_users (company_id, id)
);
create index challenge_sessions_by_user on challenge_sessions (company_id, user_id);
