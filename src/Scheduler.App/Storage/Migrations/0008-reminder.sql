-- What patients are told of their visits, and what has been sent of it. A row is the truth; a job has its key and nothing else.

-- Up to which version of an enrolment its reminders have been made.
alter table enrolment add column reminded bigint not null default 0;

create index enrolment_unreminded on enrolment (key) where reminded < version;

-- The version rises when time or mode change, or the visit is off; not with a room.
create table announcement (
  enrolment bigint not null references enrolment (key),
  visit text not null,
  version bigint not null,
  starts text not null,
  ends text not null,
  from_instant bigint not null,
  mode text not null,
  is_on bigint not null check (is_on in (0, 1)),
  since bigint not null,
  -- What calendars know the visit by, the same for all versions.
  uid text not null,
  primary key (enrolment, visit)
);

create table reminder (
  key {key},
  clinic text not null references clinic (id),
  patient text not null,
  enrolment bigint not null references enrolment (key),
  visit text not null,
  version bigint not null,
  kind text not null,
  channel text not null,
  due_at bigint not null,
  useful_until bigint not null,
  state text not null check (state in ('waiting', 'claimed', 'sent', 'failed', 'expired', 'dead')),
  next_try bigint not null,
  tries bigint not null,
  claimed_by text,
  lease_until bigint,
  message_id text not null,
  problem text,
  done_at bigint,
  unique (enrolment, visit, version, kind, channel)
);

create index reminder_due on reminder (next_try) where state in ('waiting', 'claimed');
