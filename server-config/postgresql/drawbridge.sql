-- What Drawbridge needs of PostgreSQL: a role that owns one database, and nothing else. For the administrator, once:
--
--   psql -v ON_ERROR_STOP=1 -f drawbridge.sql postgres
--   psql -c '\password drawbridge' postgres

create role drawbridge login nosuperuser nocreatedb nocreaterole noreplication;

create database drawbridge owner drawbridge encoding 'UTF8' template template0;

-- Others do not even connect.
revoke all on database drawbridge from public;
