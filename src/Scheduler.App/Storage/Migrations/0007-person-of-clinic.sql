-- Who somebody is, is said at each clinic: the person of one is nobody at another, and may have there the id of somebody else.
create table account_person (
  account text not null references account (name),
  clinic text not null references clinic (id),
  person text not null,
  primary key (account, clinic)
);

insert into account_person (account, clinic, person)
select distinct a.name, p.clinic, p.id
from account a join account_role r on r.account = a.name join resource p on p.id = a.resource and p.is_patient = 0 and r.clinic in ('', p.clinic);

alter table account drop column resource;

-- An account without roles may do nothing; nobody was ever made inactive besides.
alter table account drop column is_active;
