-- How a study reads sheets with other headings than ours; columns is a JSON list.
create table mapping_version (
  seq bigint not null default nextval('log_seq'),
  batch text not null,
  study text not null,
  id text not null,
  removed boolean not null,
  layout text,
  kind text,
  columns text
);
