# A visit that is made up may lie on its allowed days, and lies as near to the ideal ones as it can: a wish for Fridays does not move it further away.
protocol: wished
story:
plan from 2027-01-04
all is booked
dose takes place
rating is missed
plan from the next day
> plan Mon 2027-01-04 08:00 dose[1]
> plan Mon 2027-01-11 09:00 rating[1]
> completed: dose[1]
> missed: rating[1]
> applied: missed-rating 1 time
> asked besides: make-up-rating-1
> plan Mon 2027-01-04 08:00 dose[1], stays
> plan Tue 2027-01-12 13:00 rating[1]
