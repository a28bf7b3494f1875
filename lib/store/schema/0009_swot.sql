-- Row versions of what a study knows of its functions in words.
create table swot_item_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  area text,
  quadrant text,
  text text,
  municipality text,
  role text,
  source text,
  theme text,
  workshop text,
  points integer,
  voices integer,
  became text,
  constructed boolean
);

create table force_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  area text,
  side text,
  text text,
  strength integer,
  source text,
  origin text,
  constructed boolean
);

create table note_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  area text,
  kind text,
  text text,
  municipality text,
  source text,
  constructed boolean
);
