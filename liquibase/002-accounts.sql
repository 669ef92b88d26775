--liquibase formatted sql

--changeset drawbridge:users
create table users (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  username varchar(255) not null,
  email varchar(320) not null,
  email_verified boolean not null,
  first_name varchar(255) not null,
  last_name varchar(255) not null,
  phone varchar(32),
  user_type varchar(16) not null,
  auto_lock_minutes integer not null,
  auto_lock_on_attempt boolean not null,
  auto_lock_on_breach boolean not null,
  auto_lock_on_success boolean not null,
  allow_email_notification boolean not null,
  allow_sms_notification boolean not null,
  eula_accepted boolean not null,
  help_viewed boolean not null,
  created_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (company_id, id),
  constraint users_by_username unique (company_id, username)
);
create index users_by_id on users (id);
create index users_by_email on users (company_id, email);

--changeset drawbridge:accounts
create table accounts (
  company_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  user_account_id varchar(255) not null,
  user_id uuid,
  enabled boolean not null,
  auto_relock_allowed boolean not null,
  locked boolean not null,
  unlocked_at timestamp(6) with time zone not null,
  unlock_expiry timestamp(6) with time zone,
  locked_by_check uuid,
  locked_by_policy boolean not null,
  user_token_generation integer not null,
  created_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (company_id, id),
  constraint accounts_by_user_account_id unique (company_id, application_id, user_account_id),
  constraint accounts_of_application
    foreign key (company_id, application_id) references applications (company_id, id),
  constraint accounts_of_user foreign key (company_id, user_id) references users (company_id, id)
);
create index accounts_by_id on accounts (id);
create index accounts_by_user on accounts (company_id, user_id);

create table lock_changes (
  company_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  locked boolean not null,
  cause varchar(32) not null,
  actor varchar(300) not null,
  reason varchar(500),
  check_id uuid,
  changed_at timestamp(6) with time zone not null,
  primary key (company_id, id),
  constraint lock_changes_of_account
    foreign key (company_id, account_id) references accounts (company_id, id)
);
create index lock_changes_by_account on lock_changes (company_id, account_id, id);

--changeset drawbridge:groups
create table account_groups (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  group_key varchar(100) not null,
  group_name varchar(255) not null,
  group_description varchar(1000),
  created_by varchar(300) not null,
  created_at timestamp(6) with time zone not null,
  modified_by varchar(300) not null,
  modified_at timestamp(6) with time zone not null,
  version bigint not null,
  primary key (company_id, id),
  constraint account_groups_by_key unique (company_id, group_key)
);
create index account_groups_by_id on account_groups (id);

create table account_group_members (
  company_id uuid not null,
  group_id uuid not null,
  account_id uuid not null,
  primary key (company_id, group_id, account_id),
  constraint members_of_group
    foreign key (company_id, group_id) references account_groups (company_id, id),
  constraint members_are_accounts
    foreign key (company_id, account_id) references accounts (company_id, id)
);
create index account_group_members_by_account on account_group_members (company_id, account_id);

--changeset drawbridge:user-imports
create table user_imports (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  status varchar(16) not null,
  actor varchar(300) not null,
  request varchar(1000000) not null,
  results varchar(4000000),
  created_at timestamp(6) with time zone not null,
  finished_at timestamp(6) with time zone,
  primary key (company_id, id)
);
create index user_imports_by_status on user_imports (status, created_at);
