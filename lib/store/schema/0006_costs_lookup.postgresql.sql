create index cost_item_version_study on cost_item_version (study);
create index own_cost_version_study on own_cost_version (study);
create index partial_cost_version_study on partial_cost_version (study);
create index participation_version_study on participation_version (study);
create index model_choice_version_study on model_choice_version (study);
create index confirmation_version_study on confirmation_version (study);
