-- Row versions of what a study knows of risks, and of the plan of milestones; money is whole kroner.
create table risk_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  factor text,
  cause text,
  area text,
  measure text,
  inherent_probability integer,
  inherent_consequence integer,
  probability integer,
  consequence integer,
  after_probability integer,
  after_consequence integer,
  highest_by text,
  knowledge text,
  owner text,
  status text,
  source text,
  origin text,
  constructed boolean
);

create table countermeasure_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  risk text,
  name text,
  probability integer,
  consequence integer,
  cost bigint,
  owner text,
  deadline date,
  progress text,
  phase text,
  constructed boolean
);

create table milestone_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  name text,
  phase text,
  area text,
  owner text,
  deadline date,
  done_on date,
  origin text,
  constructed boolean
);

create table acceptance_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  role text,
  reason text,
  accepted text,
  accepted_by text,
  accepted_at timestamptz
);

create table risk_policy_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  rules text,
  reason text,
  steps text
);

create table override_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  role text,
  reason text,
  given_by text,
  given_at timestamptz
);
