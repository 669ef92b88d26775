--liquibase formatted sql

--changeset drawbridge:unlock-requests
create table unlock_requests (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  user_id uuid not null,
  state varchar(20) not null,
  opened_at timestamp(6) with time zone not null,
  expiry timestamp(6) with time zone not null,
  attempts integer not null,
  -- The latest login that was blocked; null where the person asked without one.
  check_id uuid,
  attempted_at timestamp(6) with time zone,
  address varchar(255),
  device varchar(512),
  location varchar(255),
  -- What the login page shows, among others that it does not; null where no number is asked for.
  matching_number integer,
  choices varchar(20),
  minutes integer,
  decided_at timestamp(6) with time zone,
  document varchar(8000),
  assertion varchar(20000),
  version bigint not null,
  primary key (company_id, id),
  constraint unlock_requests_for_account
    foreign key (company_id, account_id) references accounts (company_id, id),
  constraint unlock_requests_of_user
    foreign key (company_id, user_id) references users (company_id, id)
);
create index unlock_requests_by_account on unlock_requests (company_id, account_id, id);
create index unlock_requests_by_user on unlock_requests (company_id, user_id, id);
create index unlock_requests_by_expiry on unlock_requests (state, expiry);
alter table companies add column number_matching boolean default false not null;

--changeset drawbridge:approval-requests
create table approval_requests (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  -- What is approved: an unlock under a policy.
  unlock_request_id uuid,
  policy_id uuid,
  requested_by uuid,
  title varchar(255) not null,
  text varchar(4000) not null,
  signed boolean not null,
  quorum integer not null,
  state varchar(20) not null,
  opened_at timestamp(6) with time zone not null,
  expiry timestamp(6) with time zone not null,
  decided_at timestamp(6) with time zone,
  version bigint not null,
  primary key (company_id, id),
  constraint approval_requests_of_unlock_request
    foreign key (company_id, unlock_request_id) references unlock_requests (company_id, id)
);
create index approval_requests_by_unlock on approval_requests (company_id, unlock_request_id);
create index approval_requests_by_expiry on approval_requests (state, expiry);

create table approval_request_approvers (
  company_id uuid not null,
  request_id uuid not null,
  user_id uuid not null,
  primary key (company_id, request_id, user_id),
  constraint approvers_of_request
    foreign key (company_id, request_id) references approval_requests (company_id, id),
  constraint approvers_are_users
    foreign key (company_id, user_id) references users (company_id, id)
);
create index approval_request_approvers_by_user on approval_request_approvers (company_id, user_id);

create table approval_votes (
  company_id uuid not null,
  request_id uuid not null,
  user_id uuid not null,
  approves boolean not null,
  voted_at timestamp(6) with time zone not null,
  document varchar(8000),
  assertion varchar(20000),
  primary key (company_id, request_id, user_id),
  constraint votes_on_request
    foreign key (company_id, request_id) references approval_requests (company_id, id)
);

--changeset drawbridge:signed-documents
-- What a ceremony signs, beside the person's presence.
alter table ceremonies add column document varchar(8000);

--changeset drawbridge:approval-templates
create table approval_templates (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  template_key varchar(100) not null,
  title varchar(255) not null,
  text varchar(2000) not null,
  signed boolean not null,
  quorum integer not null,
  created_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (company_id, id),
  constraint approval_templates_by_key unique (company_id, template_key)
);
create table approval_template_defaults (
  company_id uuid not null,
  template_id uuid not null,
  place varchar(64) not null,
  -- H2 takes "value" for a word of its own.
  default_value varchar(200) not null,
  primary key (company_id, template_id, place),
  constraint defaults_of_template
    foreign key (company_id, template_id) references approval_templates (company_id, id)
);
create table approval_template_approvers (
  company_id uuid not null,
  template_id uuid not null,
  user_id uuid not null,
  primary key (company_id, template_id, user_id),
  constraint approvers_of_template
    foreign key (company_id, template_id) references approval_templates (company_id, id),
  constraint template_approvers_are_users
    foreign key (company_id, user_id) references users (company_id, id)
);
alter table approval_requests add column application_id uuid;

--changeset drawbridge:escalation
create table approval_request_fallbacks (
  company_id uuid not null,
  request_id uuid not null,
  user_id uuid not null,
  primary key (company_id, request_id, user_id),
  constraint fallbacks_of_request
    foreign key (company_id, request_id) references approval_requests (company_id, id),
  constraint fallbacks_are_users
    foreign key (company_id, user_id) references users (company_id, id)
);
-- Null where there is nobody else to ask, or they were asked.
alter table approval_requests add column escalates_at timestamp(6) with time zone;
create index approval_requests_by_escalation on approval_requests (escalates_at);

--changeset drawbridge:approval-template-groups
create table approval_template_groups (
  company_id uuid not null,
  template_id uuid not null,
  group_id uuid not null,
  primary key (company_id, template_id, group_id),
  constraint groups_of_template
    foreign key (company_id, template_id) references approval_templates (company_id, id),
  constraint template_groups_are_groups
    foreign key (company_id, group_id) references account_groups (company_id, id)
);
