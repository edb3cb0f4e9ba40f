-- Hours that a resource has on some days instead of its own, beside the absences that take from them; each in the order of the keys. 'instead' holds stretches in
-- minutes from midnight ('480-720,780-1020'; empty for none), and is null for an absence. 'weekdays' are those on which it holds, by their ISO numbers ('1,3'); empty for all.
alter table absence add column instead text check (instead is null or resource is not null);
alter table absence add column weekdays text not null default '';
