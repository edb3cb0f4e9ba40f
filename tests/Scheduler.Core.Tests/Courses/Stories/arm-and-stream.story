# A patient of one arm with a stream has their visits.
protocol: parts later +talking
story:
plan from 2027-01-04
> plan Mon 2027-01-04 08:00 call[1]
> plan Mon 2027-01-04 09:30 dose[1]
> plan Mon 2027-01-04 11:00 talk[1]
> plan Mon 2027-01-11 08:00 dose[2]
