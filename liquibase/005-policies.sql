--liquibase formatted sql

--changeset drawbridge:policies
create table policies (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  -- Null once the policy is deleted, so that its key can be used again.
  policy_key varchar(100),
  policy_name varchar(255) not null,
  policy_description varchar(1000),
  policy_type varchar(16) not null,
  scheduled_action varchar(16),
  alert_action varchar(16),
  multi_approval_action varchar(16),
  allow_unlock boolean not null,
  required_approvals integer not null,
  frequency varchar(16),
  cron_schedule varchar(100),
  schedule_date_time timestamp(6) with time zone,
  time_zone varchar(64) not null,
  active_date timestamp(6) with time zone,
  end_date timestamp(6) with time zone,
  metadata varchar(16384),
  due_at timestamp(6) with time zone,
  in_force varchar(16),
  created_at timestamp(6) with time zone not null,
  modified_at timestamp(6) with time zone not null,
  deleted_at timestamp(6) with time zone,
  version bigint not null,
  primary key (company_id, id),
  constraint policies_by_key unique (company_id, policy_key)
);
create index policies_by_id on policies (id);
-- What is due is asked for across companies, by the timer of every node.
create index policies_by_due on policies (due_at);

create table policy_members (
  company_id uuid not null,
  policy_id uuid not null,
  account_id uuid not null,
  primary key (company_id, policy_id, account_id),
  constraint members_of_policy
    foreign key (company_id, policy_id) references policies (company_id, id),
  constraint policy_members_are_accounts
    foreign key (company_id, account_id) references accounts (company_id, id)
);
create index policy_members_by_account on policy_members (company_id, account_id);

create table policy_group_members (
  company_id uuid not null,
  policy_id uuid not null,
  group_id uuid not null,
  primary key (company_id, policy_id, group_id),
  constraint group_members_of_policy
    foreign key (company_id, policy_id) references policies (company_id, id),
  constraint policy_group_members_are_groups
    foreign key (company_id, group_id) references account_groups (company_id, id)
);
create index policy_group_members_by_group on policy_group_members (company_id, group_id);

create table policy_approvers (
  company_id uuid not null,
  policy_id uuid not null,
  user_id uuid not null,
  primary key (company_id, policy_id, user_id),
  constraint approvers_of_policy
    foreign key (company_id, policy_id) references policies (company_id, id),
  constraint policy_approvers_are_users
    foreign key (company_id, user_id) references users (company_id, id)
);
create index policy_approvers_by_user on policy_approvers (company_id, user_id);

create table policy_executions (
  company_id uuid not null,
  id uuid not null,
  policy_id uuid not null,
  -- What makes an execution the same one: an occurrence of the schedule, or a request's key.
  occurrence varchar(100) not null,
  effect varchar(16) not null,
  group_id uuid,
  actor varchar(300) not null,
  due_at timestamp(6) with time zone not null,
  started_at timestamp(6) with time zone not null,
  finished_at timestamp(6) with time zone,
  done_to uuid,
  changed_accounts bigint not null,
  primary key (company_id, id),
  constraint policy_executions_by_occurrence unique (company_id, policy_id, occurrence),
  constraint executions_of_policy
    foreign key (company_id, policy_id) references policies (company_id, id)
);
create index policy_executions_by_state on policy_executions (finished_at, due_at, id);
create index policy_executions_by_policy on policy_executions (company_id, policy_id, finished_at);
create index policy_executions_by_id on policy_executions (id);

--changeset drawbridge:policy-holds
-- Which policies hold which accounts locked, and how strongly.
create table policy_holds (
  company_id uuid not null,
  policy_id uuid not null,
  account_id uuid not null,
  effect varchar(16) not null,
  held_since timestamp(6) with time zone not null,
  primary key (company_id, policy_id, account_id),
  constraint holds_of_policy
    foreign key (company_id, policy_id) references policies (company_id, id),
  constraint holds_are_on_accounts
    foreign key (company_id, account_id) references accounts (company_id, id)
);
create index policy_holds_by_account on policy_holds (company_id, account_id);
-- The strongest of them, kept with the account for the sake of the check.
alter table accounts add column policy_effect varchar(16);
alter table accounts drop column locked_by_policy;

--changeset drawbridge:policy-fallback-approvers
-- Who is asked, too, where the approvers have not decided in time.
create table policy_fallback_approvers (
  company_id uuid not null,
  policy_id uuid not null,
  user_id uuid not null,
  primary key (company_id, policy_id, user_id),
  constraint fallback_approvers_of_policy
    foreign key (company_id, policy_id) references policies (company_id, id),
  constraint policy_fallback_approvers_are_users
    foreign key (company_id, user_id) references users (company_id, id)
);
alter table policies add column escalation_minutes integer;
