-- Floors and caps of single municipalities, where they are not the same for all.
alter table model_choice_version add column floors text;
alter table model_choice_version add column caps text;
