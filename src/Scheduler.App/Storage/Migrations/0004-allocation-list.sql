-- Which arm the next patient of a blinded trial gets was settled before anybody was enrolled: a list, drawn from in its order.
create table allocation_entry (
  clinic text not null references clinic (id),
  protocol text not null,
  number bigint not null,
  arm text not null,
  enrolment bigint unique references enrolment (key),
  primary key (clinic, protocol, number)
);
