-- What patients and staff are told, and what has been sent of it. A row is the truth; a job has its key and nothing else.

-- In which language a patient is written to; null for the clinic's usual one.
alter table patient add column language text;

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
  was_instant bigint,
  mode text not null,
  is_on bigint not null check (is_on in (0, 1)),
  since bigint not null,
  -- What calendars know the visit by, the same for all versions.
  uid text not null,
  primary key (enrolment, visit)
);

-- What a person of the clinic has been told of a day: the version rises when their list is another.
create table told_day (
  clinic text not null references clinic (id),
  person text not null,
  day text not null,
  version bigint not null,
  list text not null,
  since bigint not null,
  primary key (clinic, person, day)
);

-- The subject is a visit of an enrolment, or a day of a person's.
create table reminder (
  key {key},
  clinic text not null references clinic (id),
  patient text,
  person text,
  enrolment bigint references enrolment (key),
  subject text not null,
  version bigint not null,
  kind text not null,
  channel text not null,
  due_at bigint not null,
  useful_until bigint not null,
  state text not null check (state in ('waiting', 'queued', 'claimed', 'sent', 'failed', 'expired', 'dead')),
  next_try bigint not null,
  tries bigint not null,
  claimed_by text,
  lease_until bigint,
  message_id text not null,
  problem text,
  done_at bigint,
  check ((patient is null) <> (person is null)),
  check ((patient is null) = (enrolment is null))
);

create unique index reminder_once on reminder (clinic, coalesce(enrolment, 0), coalesce(person, ''), subject, version, kind, channel);

create index reminder_due on reminder (next_try) where state = 'waiting';

create index reminder_lease on reminder (lease_until) where state in ('queued', 'claimed');

create index reminder_failed on reminder (clinic, useful_until) where state = 'failed';

create index reminder_enrolment on reminder (enrolment);

-- What a patient said by the link of a message; once for each.
create table reply (
  reminder bigint not null primary key references reminder (key),
  enrolment bigint not null references enrolment (key),
  visit text not null,
  said text not null check (said in ('confirm', 'decline', 'call')),
  said_at bigint not null,
  seen_at bigint,
  seen_by text
);

create index reply_unseen on reply (enrolment) where seen_at is null;

-- What links are signed with.
create table signing_key (
  purpose text not null primary key,
  secret text not null
);
