create index plan_version_study on plan_version (study);
create index plan_version_code on plan_version (code);
create index idea_version_study on idea_version (study);
create index stage_workshop on stage (workshop);
create index device_workshop on device (workshop);
create index device_key_hash on device (key_hash);
create index contribution_workshop on contribution (workshop);
