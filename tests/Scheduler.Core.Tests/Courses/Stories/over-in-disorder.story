# What cannot have happened is refused, and the course stays as it was.
protocol: infusions
story:
infusion[1] takes place
plan from 2027-01-04
all is booked
infusion[7] takes place
rating and infusion[1] take place
infusion[1] is completed
rating is missed
plan from 2027-01-05
> P-1:1:1: CO002: infusion[1] cannot begin: it is not booked.
> P-1:1:1: CO002: infusion[1] cannot be completed: it is not booked.
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> P-1:2:1: CO001: The course has no infusion[7]. Did you mean 'infusion[1]'?
> P-1:2:1: CO001: The course has no infusion[7]. Did you mean 'infusion[1]'?
> P-1:6:1: CO002: infusion[1] cannot be completed: it is completed.
> P-1:6:1: CO004: This happened at 2027-01-04 09:30, before what was told last (2027-01-04 10:30). Tell events in their order.
> booked: infusion[2], infusion[3], infusion[4], check[1]
> completed: rating[1], infusion[1]
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
