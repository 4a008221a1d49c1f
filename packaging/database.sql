-- The database of Budstikke, once the roles are there (roles.sql). It belongs to the role that migrates, and
-- nobody else of the server gets into it.
CREATE DATABASE budstikke OWNER budstikke_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE budstikke FROM PUBLIC;
-- An import is checked in a temporary table before it is taken.
GRANT CONNECT, TEMPORARY ON DATABASE budstikke TO budstikke_job;
GRANT CONNECT ON DATABASE budstikke TO budstikke_reader, budstikke_console, budstikke_pruner;
