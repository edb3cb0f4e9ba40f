# A check that counts from a skipped infusion, with nothing else to count from, is left out, and it is said.
protocol: infusions
events:
  missed:
    when missed: infusion
    then: skip
story:
plan from 2027-01-04
all is booked
rating and infusion[1 to 3] take place
infusion[4] is missed
plan from 2027-01-18
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: check[1]
> completed: rating[1], infusion[1], infusion[2], infusion[3]
> skipped: infusion[4]
> applied: missed 1 time
> P-1:1:1: warning CO009: check[1] counts from the end of infusion[4], which does not take place, and 'checked' names nothing else to count from; so the course goes without check[1].
> left out: infusion[4], check[1]
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Wed 2027-01-06 08:00 infusion[2], stays
> plan Fri 2027-01-08 08:00 infusion[3], stays
