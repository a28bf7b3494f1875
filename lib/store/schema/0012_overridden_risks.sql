-- The risks that an override was given for, so that one that comes later is held back again.
alter table override_version add column risks text;
