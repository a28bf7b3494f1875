create index mapping_version_study on mapping_version (study);
