-- No resource is taken beyond what it bears, whoever writes: a unit bears one use at a time; an exclusive use stands alone, with no
-- shares beside it on whichever units; and who supervises is in hand elsewhere only for a short while.
-- Writers wait for each other here (one transaction writes at a time), so that what a trigger sees is all there is.

create trigger use_comes before insert on resource_use begin
  select raise(abort, 'unit does not exist for this use') from resource r
    where r.key = new.resource and (new.unit < 1 or new.unit > case new.manner when 'exclusive' then 1 when 'share' then r.capacity else r.supervises end);
  select raise(abort, 'side is not what the length of the use says') from resource r
    where r.key = new.resource and new.side is not case
      when r.supervises = 0 then null
      when new.manner = 'supervision' then 0
      when new.to_minute - new.from_minute > r.hands_on_minutes then 1 end;
  select raise(abort, 'a use stands apart from nothing but the other visits of its course') from booking b
    where b.key = new.booking and new.apart <> new.booking * 1000 + new.number and new.apart is not -b.enrolment;
  select raise(abort, 'a use takes less than its own time') from booking b
    where b.key = new.booking and (
      new.taken_from > b.from_instant + (new.from_minute - substr(b.starts, 12, 2) * 60 - substr(b.starts, 15, 2)) * 60
      or new.taken_to < b.from_instant + (new.to_minute - substr(b.starts, 12, 2) * 60 - substr(b.starts, 15, 2)) * 60);
  select raise(abort, 'slot taken') from resource_use u
    where u.resource = new.resource and u.taken_from < new.taken_to and u.taken_from > new.taken_from - 2 * 86400 and u.taken_to > new.taken_from
      and u.apart <> new.apart and ((u.manner = 'supervision') = (new.manner = 'supervision') and u.unit = new.unit
        or u.manner <> 'supervision' and new.manner <> 'supervision' and (u.manner = 'exclusive') <> (new.manner = 'exclusive')
        or u.side <> new.side);
end;

create trigger use_changes before update on resource_use begin
  select raise(abort, 'unit does not exist for this use') from resource r
    where r.key = new.resource and (new.unit < 1 or new.unit > case new.manner when 'exclusive' then 1 when 'share' then r.capacity else r.supervises end);
  select raise(abort, 'side is not what the length of the use says') from resource r
    where r.key = new.resource and new.side is not case
      when r.supervises = 0 then null
      when new.manner = 'supervision' then 0
      when new.to_minute - new.from_minute > r.hands_on_minutes then 1 end;
  select raise(abort, 'a use stands apart from nothing but the other visits of its course') from booking b
    where b.key = new.booking and new.apart <> new.booking * 1000 + new.number and new.apart is not -b.enrolment;
  select raise(abort, 'a use takes less than its own time') from booking b
    where b.key = new.booking and (
      new.taken_from > b.from_instant + (new.from_minute - substr(b.starts, 12, 2) * 60 - substr(b.starts, 15, 2)) * 60
      or new.taken_to < b.from_instant + (new.to_minute - substr(b.starts, 12, 2) * 60 - substr(b.starts, 15, 2)) * 60);
  select raise(abort, 'slot taken') from resource_use u
    where u.resource = new.resource and u.taken_from < new.taken_to and u.taken_from > new.taken_from - 2 * 86400 and u.taken_to > new.taken_from
      and u.apart <> new.apart and (u.booking <> old.booking or u.number <> old.number) and ((u.manner = 'supervision') = (new.manner = 'supervision') and u.unit = new.unit
        or u.manner <> 'supervision' and new.manner <> 'supervision' and (u.manner = 'exclusive') <> (new.manner = 'exclusive')
        or u.side <> new.side);
end;

create trigger audit_stays before update on audit begin
  select raise(abort, 'the audit is never changed');
end;

create trigger audit_is_not_emptied before delete on audit begin
  select raise(abort, 'the audit is never changed');
end;
