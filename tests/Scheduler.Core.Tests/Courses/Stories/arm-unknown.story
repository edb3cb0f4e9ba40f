# Nobody is enrolled in an arm that does not exist.
protocol: parts never
story:
plan from 2027-01-04
> P-1:1:1: RQ018: This protocol has no arm 'never'. It has 'now', 'later'.
