--liquibase formatted sql

--changeset drawbridge:usual-ports
-- Origins and issuers are compared without the usual port of their scheme. An application that is
-- there without it, too, stays the one that is found.
update applications set url = substring(url, 1, length(url) - 4), version = version + 1
where url like 'https://%:443' and not exists (
  select 1 from applications other where other.company_id = applications.company_id
  and other.url = substring(applications.url, 1, length(applications.url) - 4));
update applications set url = substring(url, 1, length(url) - 3), version = version + 1
where url like 'http://%:80' and not exists (
  select 1 from applications other where other.company_id = applications.company_id
  and other.url = substring(applications.url, 1, length(applications.url) - 3));
