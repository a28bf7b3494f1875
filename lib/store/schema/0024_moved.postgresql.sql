-- How often a study or a workshop was written to, counted apart in each connection's slot, so that nobody waits for
-- another. Room is left on each page for the next count of the same row.
create table moved (
  owner text not null,
  slot integer not null,
  moves bigint not null,
  primary key (owner, slot)
) with (fillfactor = 50);
