-- One sequence for all, so that any two rows of any two logs have an order.
create sequence log_seq;

create table study (
  seq bigint not null default nextval('log_seq'),
  id text not null primary key,
  slug text not null unique,
  name text not null,
  demo boolean not null,
  created_at timestamptz not null
);

-- A batch is one write that stands or falls as a whole; the last flip says whether it stands, none that it does.
create table batch (
  seq bigint not null default nextval('log_seq'),
  id text not null primary key,
  study text not null,
  kind text not null,
  actor text not null,
  created_at timestamptz not null,
  file_name text,
  sha256 text,
  counts text not null
);

create table batch_flip (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  live boolean not null,
  actor text not null,
  flipped_at timestamptz not null
);

create view undone_batch as
select flip.batch
from batch_flip flip
join (select batch, max(seq) as seq from batch_flip group by batch) newest on newest.seq = flip.seq
where not flip.live;

create table original (
  batch text not null primary key,
  file_name text,
  sha256 text,
  bytes bytea not null
);

-- Row versions: the current row is the highest seq among the versions whose batch stands.
create table municipality_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  number text,
  name text,
  population bigint,
  year integer,
  keys text
);

create table area_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  code text,
  name text,
  sector text,
  description text,
  source text,
  today text,
  start text,
  barriers text,
  partners text,
  stays_local text,
  individual_decisions boolean
);

create table workshop_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  name text,
  method text,
  group_mode boolean,
  constructed boolean
);

create table rater_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  workshop text,
  name text,
  role text,
  municipality text
);

-- What people score: the last row per (workshop, round, rater, item, criterion) counts; no value is «vet ikke».
create table rating (
  seq bigint not null default nextval('log_seq'),
  tap text unique,
  workshop text not null,
  round integer not null,
  rater text not null,
  item text not null,
  criterion text not null,
  value integer check (value between -500000 and 500000),
  batch text,
  rated_at timestamptz not null
);

create table comment (
  seq bigint not null default nextval('log_seq'),
  tap text unique,
  workshop text not null,
  round integer not null,
  rater text not null,
  item text not null,
  text text not null,
  batch text,
  commented_at timestamptz not null
);

create table link (
  seq bigint not null default nextval('log_seq'),
  id text not null primary key,
  key_hash text not null unique,
  role text not null,
  study text,
  label text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table link_revocation (
  seq bigint not null default nextval('log_seq'),
  link text not null primary key,
  revoked_at timestamptz not null
);

create table audit (
  seq bigint not null default nextval('log_seq'),
  noted_at timestamptz not null,
  actor text not null,
  action text not null,
  study text,
  subject text not null,
  detail text not null
);
