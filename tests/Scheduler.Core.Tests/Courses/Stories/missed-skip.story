# A skipped infusion is left out, and the others stay.
protocol: infusions
events:
  missed:
    when missed: infusion
    then: skip
story:
plan from 2027-01-04
all is booked
rating and infusion[1] take place
infusion[2] is missed
plan from 2027-01-08
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: infusion[3], infusion[4], check[1]
> completed: rating[1], infusion[1]
> skipped: infusion[2]
> applied: missed 1 time
> left out: infusion[2]
> asked besides: skipped-infusion-2
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
