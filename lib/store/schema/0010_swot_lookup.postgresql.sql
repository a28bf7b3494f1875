create index swot_item_version_study on swot_item_version (study);
create index force_version_study on force_version (study);
create index note_version_study on note_version (study);
