-- Links by which an account signs in once. Of a link its hash alone is kept, so that whoever reads the book can open none.
create table sign_in_link (
  hash text primary key,
  account text not null references account (name),
  until bigint not null,
  used_at bigint
);
