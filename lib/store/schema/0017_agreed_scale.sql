-- The step that the scale of a workshop's method ends with, where another than the method's own was agreed.
alter table workshop_version add column highest integer;
