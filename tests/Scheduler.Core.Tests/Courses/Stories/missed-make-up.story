# A missed check is made up within four days.
protocol: infusions
events:
  missed:
    when missed: check
    then: make up within 4 days
story:
plan from 2027-01-04
all is booked
rating and infusion[1 to 4] take place
check is missed
plan from 2027-01-21
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> completed: rating[1], infusion[1], infusion[2], infusion[3], infusion[4]
> missed: check[1]
> applied: missed 1 time
> asked besides: make-up-check-1
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Wed 2027-01-06 08:00 infusion[2], stays
> plan Fri 2027-01-08 08:00 infusion[3], stays
> plan Mon 2027-01-11 08:00 infusion[4], stays
> plan Thu 2027-01-21 08:00 check[1]
