# After a missed infusion the whole phase is repeated, what was held included.
protocol: infusions
events:
  missed:
    when missed: infusion
    then: repeat acute
story:
plan from 2027-01-04
all is booked
rating and infusion[1 to 2] take place
infusion[3] is missed
plan from 2027-01-11
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> completed: rating[1]
> applied: missed 1 time
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-11 08:00 infusion[1]
> plan Wed 2027-01-13 08:00 infusion[2]
> plan Fri 2027-01-15 08:00 infusion[3]
> plan Mon 2027-01-18 08:00 infusion[4]
> plan Mon 2027-01-25 08:00 check[1]
