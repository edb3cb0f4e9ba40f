# Where what is booked is kept, a missed infusion finds a place between, or there is no calendar.
protocol: infusions
events:
  missed:
    when missed: rating
    then: skip
story:
plan from 2027-01-04
all is booked
rating and infusion[1] take place
infusion[2] is missed
plan from 2027-01-08, keeping until 2027-02-28
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: infusion[3], infusion[4], check[1]
> completed: rating[1], infusion[1]
> missed: infusion[2]
> no calendar: No calendar with the rest placed from 2027-01-08 on is possible because of 'rhythm' (infusion: one every 3 days, give or take 1 day).
> no calendar: No calendar with the rest placed from 2027-01-08 on is possible because of the visits of infusion in their order, one a day.
