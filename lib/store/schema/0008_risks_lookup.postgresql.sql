create index risk_version_study on risk_version (study);
create index countermeasure_version_study on countermeasure_version (study);
create index milestone_version_study on milestone_version (study);
create index acceptance_version_study on acceptance_version (study);
create index risk_policy_version_study on risk_policy_version (study);
create index override_version_study on override_version (study);
