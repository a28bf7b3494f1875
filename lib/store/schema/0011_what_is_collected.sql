-- What a workshop's ideas become (areas where nothing is said), and the function or area that they are about.
alter table plan_version add column collects text;
alter table plan_version add column about text;
