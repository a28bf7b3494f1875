-- DuckDB scans columns fast and an index only slows its inserts; PostgreSQL would read every workshop to show one.
create index batch_study on batch (study);
create index batch_flip_batch on batch_flip (batch);
create index municipality_version_study on municipality_version (study);
create index area_version_study on area_version (study);
create index workshop_version_study on workshop_version (study);
create index rater_version_study on rater_version (study);
create index rating_workshop on rating (workshop, round);
create index comment_workshop on comment (workshop, round);
create index audit_study on audit (study);
