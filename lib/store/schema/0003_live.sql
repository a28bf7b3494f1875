-- A workshop that is led live: how it is run, where it stands, who has joined from which browser, and what they wrote.
create table plan_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  code text,
  items text,
  asks_role boolean,
  asks_municipality boolean,
  comments boolean,
  prompts text,
  minutes text
);

create table idea_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  workshop text,
  prompt integer,
  text text,
  members text,
  area text
);

-- The last row of a workshop says where it stands.
create table stage (
  seq bigint not null default nextval('log_seq'),
  workshop text not null,
  step text not null,
  round integer not null,
  method text not null,
  items text not null,
  ends_at timestamptz,
  actor text not null,
  moved_at timestamptz not null
);

-- Which rater a browser speaks for; the last row of a key and workshop counts. The key itself is never kept.
create table device (
  seq bigint not null default nextval('log_seq'),
  key_hash text not null,
  workshop text not null,
  rater text not null,
  joined_at timestamptz not null
);

create table contribution (
  seq bigint not null default nextval('log_seq'),
  tap text not null unique,
  workshop text not null,
  prompt integer not null,
  rater text not null,
  text text not null,
  written_at timestamptz not null
);
