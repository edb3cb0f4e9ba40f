-- The book: clinics, protocols, patients, enrolments, what happened to them, and where their visits are booked.
-- Numbers are bigint, also where they are small or yes and no, so that both stores answer with the same types. Dates and wall
-- times are text in ISO form, which sorts as they do; instants are seconds since 1970-01-01T00:00Z. {key} is the store's own way
-- to number rows.

create table clinic (
  id text primary key,
  version bigint not null,
  zone text not null
);

create table clinic_version (
  clinic text not null references clinic (id),
  version bigint not null,
  yaml text not null,
  imported_at bigint not null,
  imported_by text not null,
  primary key (clinic, version)
);

-- What can be taken: people, rooms, chairs and devices of a clinic, and its patients, who cannot be in two places either.
create table resource (
  key {key},
  clinic text not null references clinic (id),
  id text not null,
  is_patient bigint not null check (is_patient in (0, 1)),
  capacity bigint not null check (capacity >= 1),
  supervises bigint not null check (supervises >= 0),
  hands_on_minutes bigint not null check (hands_on_minutes >= 0),
  unique (clinic, is_patient, id)
);

-- Leave, a sick day, a broken chair: hours that a resource loses, beside those of the clinic's file. No resource: the clinic is closed.
create table absence (
  key {key},
  clinic text not null references clinic (id),
  resource text,
  first_date text not null,
  last_date text not null,
  from_minute bigint not null,
  to_minute bigint not null,
  reason text not null,
  check (first_date <= last_date and from_minute >= 0 and from_minute < to_minute and to_minute <= 1440)
);

create index absence_of_clinic on absence (clinic, last_date);

create table protocol_version (
  protocol text not null,
  version text not null,
  state text not null check (state in ('draft', 'active', 'retired')),
  yaml text not null,
  imported_at bigint not null,
  imported_by text not null,
  primary key (protocol, version)
);

create table patient (
  clinic text not null references clinic (id),
  id text not null,
  name text,
  contact text,
  channel text,
  zone text,
  availability text not null,
  consents_to_messages bigint not null check (consents_to_messages in (0, 1)),
  audit_key text,
  primary key (clinic, id)
);

create table enrolment (
  key {key},
  clinic text not null references clinic (id),
  patient text not null,
  protocol text not null,
  protocol_version text not null,
  enrolled text not null,
  parameters text not null,
  streams text not null,
  version bigint not null,
  waiting_since bigint,
  foreign key (clinic, patient) references patient (clinic, id),
  foreign key (protocol, protocol_version) references protocol_version (protocol, version)
);

create index enrolment_of_patient on enrolment (clinic, patient);

-- The arm of an enrolment stands apart, so that what does not ask for it cannot show it.
create table allocation (
  enrolment bigint primary key references enrolment (key),
  arm text not null
);

create table course_event (
  enrolment bigint not null references enrolment (key),
  number bigint not null,
  at text not null,
  kind text not null,
  visit text,
  detail text not null,
  primary key (enrolment, number)
);

-- Calendars that are not booked yet, of one course or of several that are repaired together.
create table proposal (
  key {key},
  clinic text not null references clinic (id),
  made_by text not null,
  made_at bigint not null,
  reserved_until bigint
);

create table proposal_part (
  proposal bigint not null references proposal (key) on delete cascade,
  enrolment bigint not null references enrolment (key),
  version bigint not null,
  asked text not null,
  calendar text not null,
  primary key (proposal, enrolment)
);

create index proposal_of_enrolment on proposal_part (enrolment);

-- A visit with its place. It belongs to an enrolment, or to nobody known here (what a clinic's file says is booked); and it is
-- booked, or reserved for a proposal.
create table booking (
  key {key},
  clinic text not null references clinic (id),
  enrolment bigint references enrolment (key),
  proposal bigint references proposal (key) on delete cascade,
  visit text,
  status text not null,
  date text not null,
  starts text not null,
  ends text not null,
  zone text not null,
  from_instant bigint not null,
  to_instant bigint not null,
  check (to_instant > from_instant),
  check ((enrolment is null) = (visit is null)),
  check (proposal is null or enrolment is not null)
);

create index booking_on_day on booking (clinic, date);
create unique index booking_once on booking (enrolment, visit) where proposal is null;
create index booking_of_proposal on booking (proposal) where proposal is not null;

-- What a booking takes of a resource, from the first to the last five minutes that it touches, clean-up included (taken_from,
-- taken_to). A use in hand takes one unit of the capacity, an exclusive one the first and no other may be taken then; a supervision
-- takes one of those that the resource bears. Uses with the same number in 'apart' are never both real: they are visits of one course
-- that exclude each other, or of one patient's stay.
create table resource_use (
  booking bigint not null references booking (key) on delete cascade,
  number bigint not null check (number between 1 and 999),
  resource bigint not null references resource (key),
  need text not null,
  role text not null,
  manner text not null check (manner in ('exclusive', 'share', 'supervision')),
  from_minute bigint not null,
  to_minute bigint not null,
  clean_up_minutes bigint not null,
  starts_apart_minutes bigint,
  taken_from bigint not null,
  taken_to bigint not null,
  unit bigint not null,
  apart bigint not null,
  side bigint,
  primary key (booking, number),
  check (taken_from < taken_to and taken_to - taken_from <= 2 * 86400),
  check (from_minute >= 0 and from_minute < to_minute and to_minute <= 1440)
);

create index use_of_resource on resource_use (resource, taken_from);

-- Windows outside whose ideal a visit is booked or was held.
create table deviation (
  key {key},
  enrolment bigint not null references enrolment (key),
  visit text not null,
  rule text not null,
  tier text not null check (tier in ('minor', 'major')),
  message text not null,
  reason text not null,
  noted_at bigint not null,
  noted_by text not null,
  signed_at bigint,
  signed_by text
);

create index deviation_of_enrolment on deviation (enrolment);

-- Whom the clinic has erased. Kept so that it is done again where an older book comes back.
create table erasure (
  clinic text not null,
  patient text not null,
  at bigint not null,
  primary key (clinic, patient)
);

-- What was asked under a key, and what was answered: the same again is answered the same, something else is refused.
create table asked_once (
  clinic text not null,
  key text not null,
  digest text not null,
  answer text not null,
  at bigint not null,
  primary key (clinic, key)
);

create table account (
  name text primary key,
  resource text,
  is_active bigint not null check (is_active in (0, 1))
);

create table account_role (
  account text not null references account (name),
  clinic text not null,
  role text not null,
  primary key (account, clinic, role)
);

-- The chain of what was done at a clinic. Nothing is ever changed or taken out.
create table audit (
  clinic text not null,
  number bigint not null,
  at bigint not null,
  actor text not null,
  act text not null,
  subject text not null,
  before text not null,
  after text not null,
  why text not null,
  previous text not null,
  hash text not null,
  primary key (clinic, number)
);
