-- Row versions of what a study knows of costs; money is whole kroner.
create table cost_item_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  area text,
  name text,
  kroner bigint,
  kind text,
  variable boolean,
  one_off boolean,
  from_year integer,
  to_year integer,
  model text,
  constructed boolean
);

create table own_cost_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  area text,
  municipality text,
  kroner bigint,
  alone bigint,
  jobs double precision,
  constructed boolean
);

create table partial_cost_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  area text,
  members text,
  kroner bigint,
  constructed boolean
);

create table participation_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  area text,
  municipality text,
  takes_part boolean,
  host boolean,
  jobs double precision,
  constructed boolean
);

create table model_choice_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  shares text,
  floor bigint,
  cap bigint,
  host text,
  host_percent double precision,
  phase_in text
);

create table confirmation_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  digest text,
  confirmed_by text,
  confirmed_at timestamptz
);
